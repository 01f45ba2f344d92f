//! Every lesson through the core: what it plays, what it asks, what it lets one reach. And that a lesson in which
//! something does not come out is found out.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::teaching::lesson::check::{check, read_and_check};
use harbor_point::teaching::lesson::judge::{cured, prediction};
use harbor_point::teaching::lesson::{Item, ItemKind, LESSONS, Lesson, Part};
use std::collections::BTreeMap;
use std::process::{Command, Output};

/// The lessons that come with the page, by name, in order.
fn lessons() -> BTreeMap<String, (String, Lesson)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    files
        .filter(|file| {
            file.extension().is_some_and(|it| it == "md") && file.file_stem().is_some_and(|it| it != "README")
        })
        .map(|file| {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&file).expect("a lesson");
            let lesson = Lesson::parse(&text).unwrap_or_else(|errors| panic!("{name}: {}", errors[0]));
            (name, (text, lesson))
        })
        .collect()
}

#[test]
fn there_are_twelve_each_with_what_a_lesson_needs() {
    let lessons = lessons();
    let numbers: Vec<&str> = lessons.keys().map(|name| &name[..3]).collect();
    assert_eq!(numbers, (1..=12).map(|number| format!("{number:02}-")).collect::<Vec<_>>());
    for (name, (text, lesson)) in &lessons {
        let count = |kind| lesson.items().filter(|(item, ..)| item.kind == kind).count();
        assert!(count(ItemKind::Predict) >= 2, "{name}");
        assert!(count(ItemKind::Do) + count(ItemKind::Diagnose) >= 1, "{name}");
        assert!((5..=15).contains(&lesson.minutes), "{name}");
        assert!(text.lines().all(|line| line.chars().count() <= 220), "{name}");
    }
}

#[test]
fn the_list_of_lessons_says_what_the_files_say() {
    let files = lessons().into_iter().map(|(name, (_, lesson))| (name, lesson.title, lesson.minutes));
    let list = LESSONS.iter().map(|entry| (entry.name.to_owned(), entry.title.to_owned(), entry.minutes));
    assert_eq!(list.collect::<Vec<_>>(), files.collect::<Vec<_>>());
}

#[test]
fn every_scenario_plays_every_prediction_has_one_answer_and_every_goal_is_reached() {
    for (name, (_, lesson)) in lessons() {
        let checked = check(&lesson);
        assert_eq!(checked.problems, [], "{name}: {:#?}", checked.findings);
    }
}

#[test]
fn the_right_answer_stands_in_every_place_and_each_wrong_one_gets_its_reason() {
    let mut places = BTreeMap::new();
    for (name, (_, lesson)) in lessons() {
        for (item, place, part) in lesson.items() {
            let before = lesson.run_before(place);
            let right = match part {
                Part::Predict(predict) => {
                    let judged =
                        prediction(&before, predict).unwrap_or_else(|trouble| panic!("{name} {item}: {trouble}"));
                    let wrong = judged.choices.iter().filter(|choice| !choice.holds);
                    assert!(wrong.clone().count() >= 1, "{name} {item}");
                    wrong.for_each(|choice| assert!(!choice.reasons.is_empty(), "{name} {item}"));
                    judged.right()
                }
                Part::Diagnose(diagnosis) => {
                    let healthy = |cause| cured(&before, diagnosis, cause).is_ok_and(|replay| replay.healthy);
                    diagnosis.causes.iter().position(healthy).unwrap_or_else(|| panic!("{name} {item}"))
                }
                _ => continue,
            };
            *places.entry(right).or_insert(0) += 1;
        }
    }
    let all: usize = places.values().sum();
    for place in 0..3 {
        let here = places.get(&place).copied().unwrap_or(0);
        assert!(here * 6 > all && here * 2 < all, "who always answers the same is no better than chance: {places:?}");
    }
}

#[test]
fn the_table_of_ideas_names_items_that_are_there() {
    let lessons = lessons();
    let readme = include_str!("../lessons/README.md");
    let section = readme.split("## Where each idea is asked for").nth(1).expect("a table");
    let rows: Vec<&str> = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).collect();
    let rows: Vec<&str> = rows.into_iter().take_while(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 9, "three objectives, three insights, three questions");
    for row in rows {
        let named = row.trim_matches('|').split('|').nth(1).expect("two columns");
        assert!(named.split(',').count() >= 2, "{row}");
        for named in named.split(',') {
            let (number, item) = named.trim().split_once(' ').expect("a number and an item");
            let item = Item::parse(item).unwrap_or_else(|| panic!("{row}: {named}"));
            let lesson = lessons.iter().find(|(name, _)| name.starts_with(&format!("{number}-")));
            let (_, (_, lesson)) = lesson.unwrap_or_else(|| panic!("{row}: {named}"));
            assert!(lesson.items().any(|(other, ..)| other == item), "{row}: {named}");
        }
    }
}

/// A lesson of one block, below a scenario.
fn with(block: &str) -> String {
    format!(
        "# T\n\nAbout.\n\n**After this you can** do it. **Takes** 5 minutes.\n\n## One\n\n```scenario\ncluster ack=leader-fsync\n```\n\n\
         ```{block}\n```\n\n## In one sentence\n\nSo.\n\n- **PostgreSQL** a\n- **MongoDB** b\n- **Read on** c\n"
    )
}

#[track_caller]
fn problems(block: &str, expected: &[&str]) {
    let text = with(block);
    let (_, checked) = read_and_check(&text).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]));
    let told: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn a_lesson_in_which_something_does_not_come_out_is_found_out() {
    let reserve = "reserve C14 for 5521 as r1\nrun 100ms";
    problems(
        &format!("predict\nask A?\nchoice a: r1 409\nchoice b: r1 pending\n{reserve}"),
        &["line 13, column 1: none of the answers holds"],
    );
    problems(
        &format!("predict\nask A?\nchoice a: r1 201\nchoice b: r1 pending\nchoice c: r1 kept\n{reserve}"),
        &["line 13, column 1: more than one answer holds: 1 and 3"],
    );
    problems(
        &format!("predict\nask A?\nchoice a: r1 201\nchoice b: r1 pending\n{reserve}\nrun until r1 lost within 1s"),
        &["line 13, column 1: the run stops: line 19, at 1100.000 ms: waited 1s for r1 lost, which did not come about"],
    );
    problems(
        &format!("predict\nask A?\nchoice a: r1 201\nchoice b: r1 pending\n{reserve}\nwhy q7"),
        &["line 13, column 1: why q7: it has not come about"],
    );
    problems(
        "scenario continue\nexpect leader md-db-2",
        &["line 13, column 1: the run stops: line 14, at 0.000 ms: expected leader md-db-2, which does not hold"],
    );
    problems(
        &format!("do\ngoal leader md-db-4\nallow reserve\nsolution\n{reserve}"),
        &["line 13, column 1: every goal is met at the start"],
    );
    problems(
        &format!("do\ngoal r1 409 and leader md-db-4\nallow crash\npar 1\nsolution\n{reserve}\nheal"),
        &[
            "line 13, column 1: the par is 1, and the solution takes 2 commands",
            "line 13, column 1: the solution does not reach the goals: the customer of r1 has heard 201 Created, with the token 27:981244",
            "line 18, column 1: the solution may not do this: Here only crash may be used, not reserve. Time may always run.",
            "line 20, column 1: the solution may not do this: Here only crash may be used, not heal. Time may always run.",
        ],
    );
    let faults = "ask Why?\nfaults\nreserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4\nrun 1s";
    let one = "cause Slow\nfix disk md-db-4 fsync=1ms";
    problems(
        &format!("diagnose\n{faults}\nsymptom r1 lost\nhealthy r1 kept\n{one}\ncause b\nfix heal"),
        &[
            "line 13, column 1: the symptom is not there: the promise of r1 is in doubt: md-db-4, the leader of term 27, went down; a \
         copy of 27:981244 is on md-db-4 and md-db-2 and sg-db-1",
        ],
    );
    problems(
        &format!("diagnose\n{faults}\nsymptom r1 in-doubt\nhealthy r1 kept\n{one}\ncause b\nfix heal"),
        &["line 13, column 1: no fix makes the run healthy"],
    );
    let elected = "cause Nobody took over\nfix set failover=auto\nfix set ack=sync-quorum";
    problems(
        &format!(
            "diagnose\n{faults}\nrun 9s\nsymptom r1 in-doubt\nhealthy r1 kept\n{elected}\n{elected} too\nfix heal"
        )
        .replace("quorum too", "quorum"),
        &["line 13, column 1: more than one fix makes the run healthy: Nobody took over; Nobody took over"],
    );
    problems(&format!("diagnose\n{faults}\nrun 9s\nsymptom r1 in-doubt\nhealthy r1 kept\n{one}\n{elected}"), &[]);
}

#[test]
fn a_fault_may_wait_in_vain_under_a_fix() {
    let faults = "faults\ncut md-db-4 md-db-2\nreserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4\n\
                  promote md-db-2 force\nrun until leader md-db-2";
    problems(
        &format!(
            "diagnose\nask Why?\n{faults}\nsymptom r1 lost\nhealthy not violation promises-kept\n\
                  cause One disk\nfix set ack=sync-quorum\ncause Impatience\nfix set timeout=9s\nwhy r1"
        ),
        &[],
    );
}

fn run_checker(name: &str, text: Option<&str>) -> (String, String, Option<i32>) {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if let Some(text) = text {
        std::fs::write(&file, text).expect("a lesson can be written");
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["run", "--quiet", "--locked", "--example", "lesson", "--"]);
    let Output { stdout, stderr, status } = cargo.arg(&file).output().expect("cargo runs");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&file.display().to_string(), "FILE");
    (said(&stdout), said(&stderr), status.code())
}

#[test]
fn the_checker_says_what_holds_and_ends_as_it_says() {
    let good = with("predict\nask A?\nchoice a: r1 201\nchoice b: r1 pending\nreserve C14 for 5521 as r1\nrun 100ms");
    let (out, err, code) = run_checker("good.md", Some(&good));
    assert_eq!(
        out,
        "T: 2 steps, 5 minutes\npredict-1, line 13: what holds is \"a\": the customer of r1 has heard 201 Created, with the token 27:981244\n    not \"b\": the customer of r1 has heard 201 \
         Created, with the token 27:981244\n"
    );
    assert_eq!((err.as_str(), code), ("", Some(0)));

    let (_, err, code) = run_checker("flawed.md", Some(&good.replace("r1 pending", "r1 kept")));
    assert_eq!((err.as_str(), code), ("FILE: line 13, column 1: more than one answer holds: 1 and 2\n", Some(1)));

    let (out, err, code) = run_checker("wrong.md", Some(&good.replace("r1 201", "r2 201")));
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert_eq!(
        err,
        "FILE: line 15, column 11: \"r2\" has not been made at this point; expected a request made before (r1)\n"
    );
    let (_, err, code) = run_checker("no-such.md", None);
    assert!(err.starts_with("FILE: ") && code == Some(2), "{err}");
}
