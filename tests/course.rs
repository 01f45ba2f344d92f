//! A person's way through a lesson: answers, exercises, hints, runs of one's own, and what is remembered of it.
#![cfg(not(target_arch = "wasm32"))]

use harbor_point::replication::NodeId;
use harbor_point::simulation::{Action, Micros};
use harbor_point::teaching::lesson::course::{Verdict, Visit};
use harbor_point::teaching::lesson::progress::{Given, Progress, Record};
use harbor_point::teaching::lesson::report::report;
use harbor_point::teaching::lesson::{Item, Lesson, Part, Place};
use harbor_point::teaching::session::{Intent, Session};
use std::rc::Rc;

fn lesson(file: &str) -> Rc<Lesson> {
    let text = std::fs::read_to_string(format!("lessons/{file}.md")).expect("a lesson");
    Rc::new(Lesson::parse(&text).unwrap_or_else(|errors| panic!("{file}: {}", errors[0])))
}

fn item(text: &str) -> Item {
    Item::parse(text).expect("an item")
}

fn begin(file: &str) -> (Visit, Session) {
    let mut session = Session::new();
    (Visit::begin(lesson(file), Record::default(), &mut session), session)
}

fn permits(visit: &Visit, session: &Session, line: &str) -> Result<(), String> {
    visit.permits(&Intent::Command(line.to_owned()), session)
}

fn command(visit: &Visit, session: &mut Session, line: &str) {
    permits(visit, session, line).unwrap_or_else(|refusal| panic!("{line}: {refusal}"));
    session.update(Intent::Command(line.to_owned()));
    assert_eq!(session.notice(), None, "{line}");
}

/// The choice of the open prediction that begins so.
fn choice(visit: &Visit, begins: &str) -> usize {
    let Some((_, _, Part::Predict(predict))) = visit.open() else { panic!("no prediction is open") };
    predict.choices.iter().position(|choice| choice.text.starts_with(begins)).expect("a choice")
}

/// Time runs until what a lesson shows has been seen.
fn watch(session: &mut Session) {
    for _ in 0..100 {
        if session.showing().is_none() {
            return;
        }
        session.update(Intent::Tick(Micros::from_millis(100)));
    }
    panic!("it never ends");
}

#[test]
fn a_right_and_a_wrong_answer_play_on_to_the_moment_that_decides() {
    let (mut visit, mut session) = begin("01-the-write");
    assert_eq!((visit.step(), visit.shown(&session)), (0, 3), "the last part is the question");
    assert_eq!(session.frame().now, Micros(0));

    visit.answer(choice(&visit, "The leader's log"), &mut session).unwrap();
    assert!(session.transport().playing && session.showing().is_some());
    assert_eq!(session.frame().now, Micros(0), "it is shown from where the question was asked");
    assert_eq!(visit.deciding(&session), Some(item("predict-1")));
    assert_eq!(visit.shown(&session), 3, "nothing is told before the run has come so far");
    watch(&mut session);
    assert_eq!(visit.deciding(&session), None);
    assert!(!session.transport().playing);
    assert_eq!(session.frame().now, Micros(6_000));
    let verdict = visit.verdict(item("predict-1")).unwrap();
    assert!(verdict.is_right());
    assert_eq!(visit.shown(&session), 4, "the answer can be read now");

    visit.next(&mut session);
    assert_eq!(session.frame().now, Micros(6_000), "the next step goes on from there");
    visit.answer(choice(&visit, "The leader's disk has it"), &mut session).unwrap();
    let verdict = visit.verdict(item("predict-2")).unwrap();
    let Verdict::Predicted { chosen, right, choices, so, why, .. } = &*verdict else { panic!("{verdict:?}") };
    assert_eq!((verdict.is_right(), *chosen, *right), (false, 0, 1));
    let facts = [
        "md-db-4, the leader, counts everything up to 981243 as committed",
        "md-db-2's last entry is 981244",
        "the last entry on md-db-2's disk is 981243",
    ];
    assert_eq!(so[..], facts, "what is so is told of just that of which the right answer speaks");
    assert_eq!(choices[0].reasons, ["md-db-4, the leader, counts everything up to 981243 as committed"]);
    assert!(
        why.as_ref().is_some_and(|why| why.finding.to_string().contains("sync-quorum waits for word from md-db-2"))
    );
    session.show_end();
    assert_eq!(session.frame().now, Micros(8_000), "one need not wait for it");

    let wrong = Given { tries: 1, done: true, choices: vec![0], ..Given::default() };
    assert_eq!(visit.given(item("predict-2")), Some(&wrong));
    assert!(visit.given(item("predict-1")).is_some_and(|given| given.first_right));
}

#[test]
fn whoever_steps_through_what_decides_is_told_at_its_end() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.answer(0, &mut session).unwrap();
    session.update(Intent::Step);
    assert!(!session.transport().playing);
    assert_eq!(visit.deciding(&session), Some(item("predict-1")));
    session.update(Intent::StepBack);
    session.update(Intent::Play);
    watch(&mut session);
    assert_eq!((visit.deciding(&session), session.frame().now), (None, Micros(6_000)));
    session.update(Intent::StepBack);
    assert_eq!(visit.deciding(&session), None, "what was told stays told");

    visit.next(&mut session);
    visit.answer(0, &mut session).unwrap();
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_2)));
    assert_eq!(visit.deciding(&session), None, "another run decides nothing, so nothing is waited for");
}

#[test]
fn an_exercise_begins_where_the_question_before_it_or_what_one_watched_has_ended() {
    let (mut visit, mut session) = begin("11-the-leader-at-its-limit");
    visit.go(4, &mut session);
    assert!(visit.open().is_some_and(|(open, ..)| open == item("predict-4")));
    visit.answer(2, &mut session).unwrap();
    session.show_end();
    assert!(visit.open().is_some_and(|(open, ..)| open == item("do-1")));
    assert_eq!(visit.standing(&session).and_then(|standing| standing.commands), Some(0), "the run goes on");
    command(&visit, &mut session, "set sync=md-db-4,md-db-2");
    command(&visit, &mut session, "run 1500ms");
    assert!(visit.check(&session), "{:?}", visit.standing(&session));

    let (mut visit, mut session) = begin("06-the-wrong-node");
    visit.go(4, &mut session);
    let scenario = visit.open().map(|(_, place, _)| place.part - 1).map(|part| Place { step: 4, part });
    visit.play(scenario.expect("the scenario before it"), &mut session);
    assert_eq!(visit.standing(&session).and_then(|standing| standing.commands), None, "it has not come so far");
    session.show_end();
    command(&visit, &mut session, "heal");
    assert_eq!(visit.standing(&session).and_then(|standing| standing.commands), Some(1));

    let (mut visit, mut session) = begin("05-nothing-is-lost");
    visit.go(3, &mut session);
    visit.answer(0, &mut session).unwrap();
    session.show_end();
    assert_eq!(visit.standing(&session).map(|standing| standing.commands), Some(None), "a scenario lies between");
    visit.again(&mut session);
    assert_eq!(visit.standing(&session).map(|standing| standing.commands), Some(Some(0)));
}

#[test]
fn what_takes_too_long_to_watch_is_passed_over() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.answer(0, &mut session).unwrap();
    // On a machine that gets to a tick only once in two seconds.
    for ticks in 1.. {
        session.update(Intent::Tick(Micros::from_secs(2)));
        if session.showing().is_none() {
            assert_eq!(ticks, 5, "ten seconds");
            break;
        }
    }
    assert_eq!((session.frame().now, session.transport().playing), (Micros(6_000), false));

    visit.next(&mut session);
    visit.answer(0, &mut session).unwrap();
    session.update(Intent::Speed(1));
    (0..7).for_each(|_| session.update(Intent::Tick(Micros::from_secs(2))));
    assert!(session.showing().is_some(), "who wants it slow has it slow");
}

#[test]
fn the_lines_of_a_loop_light_up_as_the_run_goes_through_them() {
    let (mut visit, mut session) = begin("03-follower-progress");
    visit.go(1, &mut session);
    let lesson = Rc::clone(visit.lesson());
    let cycle = lesson.steps[1].parts.iter().find_map(|part| match part {
        Part::Cycle(cycle) => Some(cycle),
        _ => None,
    });
    let cycle = cycle.expect("a loop");
    let lit = |session: &Session| -> Vec<usize> {
        let lines = session.lit(cycle).into_iter().enumerate();
        lines.filter(|(_, lit)| lit.as_ref().is_some_and(|lit| lit.latest)).map(|(place, _)| place + 1).collect()
    };
    assert_eq!(lit(&session), [1], "the entry has been sent");
    let sent = session.lit(cycle).swap_remove(0).expect("it did something").says;
    assert_eq!(sent.len(), 2, "to each follower: {sent:?}");
    assert!(sent[0].starts_with("md-db-4: sent to md-db-2: append"), "{sent:?}");
    let mut seen = vec![lit(&session)];
    visit.answer(0, &mut session).unwrap();
    session.update(Intent::Pause);
    while session.showing().is_some() {
        session.update(Intent::Step);
        seen.push(lit(&session));
    }
    seen.dedup();
    assert_eq!(seen, [vec![1], vec![2, 3, 4, 5]], "one word decides, and all that follows is one moment");
    session.update(Intent::Command("run 300ms".to_owned()));
    assert_eq!(lit(&session), [2], "Singapore's word moves nothing but its own match index");
}

#[test]
fn a_step_goes_on_from_what_earlier_steps_did_up_to_the_last_scenario() {
    let text = "# T\n\nAbout.\n\n**After this you can** do it. **Takes** 1 minute.\n\n## One\n\n```scenario\n```\n\n\
        ```do\ngoal not sg-db-1 role follower\nallow crash\nsolution\ncrash sg-db-1\n```\n\n\
        ## Two\n\n```predict\nask Up?\nchoice Yes: leader md-db-4\nchoice No: no leader\nrun 1ms\n```\n\n\
        ## Three\n\n```scenario\n```\n\n## In one sentence\n\nSo.\n\n- **PostgreSQL** a\n- **MongoDB** b\n- **Read on** c\n";
    let lesson = Lesson::parse(text).unwrap_or_else(|errors| panic!("{}", errors[0]));
    let goes_on: Vec<usize> = (0..4).map(|step| lesson.goes_on_from(step).count()).collect();
    assert_eq!(goes_on, [0, 2, 0, 0], "from the scenario, and the exercise");
}

#[test]
fn one_can_go_back_at_any_time_and_come_again_another_day() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.answer(choice(&visit, "The deck plan"), &mut session).unwrap();
    visit.next(&mut session);
    visit.next(&mut session);
    assert_eq!(visit.step(), 2);
    assert_eq!(session.frame().now, Micros(8_000), "what was passed over has happened all the same");
    visit.back(&mut session);
    visit.back(&mut session);
    visit.back(&mut session);
    assert_eq!((visit.step(), visit.shown(&session)), (0, 4));
    assert_eq!(session.frame().now, Micros(0));

    let mut another = Session::new();
    visit.go(2, &mut session);
    let mut again = Visit::begin(Rc::clone(visit.lesson()), visit.record().clone(), &mut another);
    assert_eq!(again.step(), 2);
    let verdict = again.verdict(item("predict-1")).expect("what was answered is judged again");
    assert!(!verdict.is_right());
    assert_eq!(Some(verdict), visit.verdict(item("predict-1")));
    assert_eq!(again.verdict(item("predict-2")), None);
}

#[test]
fn an_exercise_takes_its_own_commands_alone_and_knows_when_it_is_done() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.go(4, &mut session);
    assert!(visit.open().is_some_and(|(open, ..)| open == item("do-1")));
    let standing = visit.standing(&session).unwrap();
    assert_eq!((standing.commands, standing.met), (Some(0), false));
    assert_eq!(standing.goals[0].wanted, "md-db-4 has 981245 on its disk");
    assert_eq!(standing.goals[0].told, "the last entry on md-db-4's disk is 981244");
    let held: Vec<bool> = standing.goals.iter().map(|goal| goal.held).collect();
    assert_eq!(held, [false, true, false], "what is so from the start is to be kept, not reached");

    assert_eq!(
        permits(&visit, &session, "promote md-db-2 force"),
        Err("Here these may be used: reserve, crash, pause, cut; not promote. Time may always run.".to_owned())
    );
    assert!(permits(&visit, &session, "set  ack=leader-fsync").is_err_and(|refusal| refusal.contains("not set ack.")));
    assert_eq!(permits(&visit, &session, "run 5ms"), Ok(()));
    let promote = Action::Promote { node: NodeId::MD_DB_2, force: true };
    assert!(visit.permits(&Intent::Act(promote), &session).is_err());
    assert_eq!(visit.permits(&Intent::Act(Action::Crash(NodeId::MD_DB_2)), &session), Ok(()));
    assert_eq!(visit.permits(&Intent::StepBack, &session), Ok(()), "time is the reader's");

    command(&visit, &mut session, "reserve C16 for 7733");
    command(&visit, &mut session, "run 1s");
    assert!(!visit.check(&session), "it was committed");
    visit.again(&mut session);
    visit.hint();
    assert_eq!(visit.hints().len(), 1);
    command(&visit, &mut session, "cut md-db-2 > md-db-4");
    command(&visit, &mut session, "reserve C16 for 7733");
    assert!(!visit.check(&session));
    command(&visit, &mut session, "run until r2 in-doubt");
    assert_eq!(visit.standing(&session).map(|standing| (standing.commands, standing.met)), Some((Some(2), true)));
    assert!(visit.check(&session));
    let given = visit.given(item("do-1")).unwrap();
    assert_eq!((given.tries, given.hints, given.commands, given.first_right), (2, 1, Some(2), false));
    assert_eq!(visit.open(), None);
    assert!(!visit.check(&session), "once is enough");
}

#[test]
fn the_past_of_an_exercise_is_given_and_another_run_is_not_it() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.go(4, &mut session);
    session.update(Intent::Seek(3));
    assert!(permits(&visit, &session, "crash md-db-2").is_err_and(|refusal| refusal.contains("is given")));
    session.update(Intent::Open("crash md-db-2\nreserve C14 for 1 as r2\nrun until r2 in-doubt".to_owned()));
    let standing = visit.standing(&session).unwrap();
    assert_eq!((standing.commands, standing.met), (None, false), "its goals would not be met by just any run");
    assert!(!visit.check(&session));
}

#[test]
fn a_run_of_ones_own_begins_anywhere_and_leads_back() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.go(4, &mut session);
    command(&visit, &mut session, "crash md-db-2");
    command(&visit, &mut session, "run 50ms");
    let now = session.frame().now;
    visit.take_over(&mut session);
    assert!(visit.is_away());
    command(&visit, &mut session, "promote sg-db-1 force");
    command(&visit, &mut session, "run 2s");
    assert_eq!(visit.standing(&session).and_then(|standing| standing.commands), None);
    let own = session.script_text();
    visit.take_back(&mut session);
    assert!(!visit.is_away());
    assert_eq!(session.frame().now, now);
    assert_eq!(visit.standing(&session).and_then(|standing| standing.commands), Some(1));
    assert!(session.runs().all.iter().any(|run| run.script.starts_with(&*own)), "nothing is lost");
}

#[test]
fn what_a_lesson_shows_leaves_no_runs_behind_but_what_was_done_does() {
    let mut session = Session::new();
    session.update(Intent::Command("crash md-db-2".to_owned()));
    let mut visit = Visit::begin(lesson("01-the-write"), Record::default(), &mut session);
    assert_eq!(session.runs().all.len(), 2, "the run before the lesson, and the lesson's");
    for _ in 0..5 {
        visit.next(&mut session);
    }
    assert_eq!(session.runs().all.len(), 2);
    assert!(!visit.has_next());
    assert!(!visit.record().finished, "nothing was answered");
    visit.go(0, &mut session);
    visit.answer(0, &mut session).unwrap();
    session.update(Intent::Command("crash md-db-4".to_owned()));
    assert_eq!(session.showing(), None, "whoever does something has taken over");
    visit.next(&mut session);
    assert_eq!(session.runs().all.len(), 3, "also what was done instead; the lesson goes on where it would have");
}

#[test]
fn progress_is_written_and_read_and_says_what_is_wrong() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.answer(1, &mut session).unwrap();
    visit.go(4, &mut session);
    visit.hint();
    visit.spend(61_500);
    let progress = Progress { lessons: [("01-the-write".to_owned(), visit.record().clone())].into() };
    let json = progress.to_json();
    assert_eq!(Progress::from_json(&json), Ok(progress.clone()));
    assert_eq!(Progress::from_json(&Progress::default().to_json()), Ok(Progress::default()));

    let told = |text: &str| Progress::from_json(text).unwrap_err().to_string();
    assert_eq!(
        told(&json.replace("predict-1", "predict-0")),
        "this is not the progress of lessons: \"predict-0\" is no item; expected one such as predict-1, do-1 or \
         diagnose-1 at line 8 column 19"
    );
    assert_eq!(
        told(&json.replace(": 1,", ": 2,")),
        "the file is of version 2, written by a newer page; expected at most 1"
    );
    assert_eq!(
        told("{}"),
        "this is not the progress of lessons: missing field `harbor-point-progress` at line 1 column 2"
    );
    assert!(told(&json.replace("\"step\": 4", "\"step\": -1")).contains("invalid value: integer `-1`"));
    assert!(told(&json[..json.len() / 2]).contains("EOF while parsing"));
    assert!(told(&" ".repeat(2_000_000)).contains("expected at most 1048576"));
}

#[test]
fn nothing_is_lost_when_progress_is_put_together() {
    let given = |tries, done, choices: &[u32]| Given { tries, done, choices: choices.to_vec(), ..Given::default() };
    let record = |step, items: &[(&str, Given)]| Record {
        step,
        finished: step > 3,
        items: items.iter().map(|(name, given)| (item(name), given.clone())).collect(),
    };
    let of = |name: &str, record: Record| Progress { lessons: [(name.to_owned(), record)].into() };
    let here = of("a", record(2, &[("predict-1", given(1, true, &[2])), ("do-1", given(5, false, &[]))]));
    let there = of(
        "a",
        record(4, &[("do-1", Given { commands: Some(3), ..given(2, true, &[]) }), ("do-2", given(1, false, &[]))]),
    );
    let elsewhere = of("b", record(1, &[("diagnose-1", given(2, true, &[0, 1]))]));
    let merged = |parts: &[&Progress]| {
        let mut all = Progress::default();
        parts.iter().for_each(|part| all.merge((*part).clone()));
        all
    };
    let all = merged(&[&here, &there, &elsewhere]);
    assert_eq!(all, merged(&[&elsewhere, &there, &here]), "in any order");
    assert_eq!(all, merged(&[&all, &here, &all]), "and as often as one likes");
    assert_eq!(all.lessons["a"].step, 4);
    assert!(all.lessons["a"].finished);
    assert_eq!(all.lessons["a"].items[&item("predict-1")], given(1, true, &[2]));
    assert_eq!(all.lessons["a"].items[&item("do-1")], Given { commands: Some(3), ..given(5, true, &[]) });
    assert_eq!(all.lessons.len(), 2);
}

#[test]
fn the_report_says_what_was_answered_in_how_many_tries_and_how_long_it_took() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.spend(4_200);
    visit.answer(1, &mut session).unwrap();
    visit.next(&mut session);
    visit.answer(0, &mut session).unwrap();
    visit.go(4, &mut session);
    visit.spend(95_000);
    visit.hint();
    command(&visit, &mut session, "crash md-db-2");
    command(&visit, &mut session, "reserve C16 for 7733");
    command(&visit, &mut session, "run 3s");
    assert!(visit.check(&session));
    let progress = Progress { lessons: [("1".to_owned(), visit.record().clone())].into() };
    let text = report(&progress, [("1", &**visit.lesson()), ("2", &**visit.lesson())]);
    assert_eq!(
        text,
        "Harbor Point: what was done in the lessons\n\n\
         The write, step by step: 3 of 5 done, 1 min 39 s\n  \
         predict-1: Customer 5521 asks for C14, and the request reaches md-db-4. What is the first thing to change?\n    \
         right at once; answered \"The leader's log: the booking gets the next number there\"; 4 s\n  \
         predict-2: A disk takes 2 ms. When the leader's disk is done, how far has the booking come?\n    \
         wrong; answered \"The leader's disk has it, so it is decided\"; 0 s\n  \
         predict-3: Now the disk of md-db-2 finishes too. Two disks hold the entry. Is the booking decided at this very \
         moment?\n    not tried\n  \
         predict-4: When the customer hears 201 Created, which deck plans show C14 as taken?\n    not tried\n  \
         do-1: md-db-4 has 981245 on its disk; 981245 is not committed; r2 is in doubt\n    \
         right, 1 try; 2 commands; 1 hint; 1 min 35 s\n"
    );
}

#[test]
fn a_stretch_that_was_left_does_not_call_the_run_back() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.answer(1, &mut session).unwrap();
    session.update(Intent::Pause);
    session.update(Intent::Command("run 500ms".to_owned()));
    let now = session.frame().now;
    session.update(Intent::Play);
    session.update(Intent::Tick(Micros::from_millis(50)));
    assert!(session.frame().now >= now, "{} after {now}", session.frame().now);
}

#[test]
fn to_go_on_with_the_lesson_is_to_come_back_to_it() {
    let (mut visit, mut session) = begin("01-the-write");
    visit.take_over(&mut session);
    visit.answer(1, &mut session).unwrap();
    assert!(!visit.is_away());
    visit.go(4, &mut session);
    visit.take_over(&mut session);
    visit.again(&mut session);
    assert!(!visit.is_away());
    session.update(Intent::StepBack);
    assert_eq!(visit.permits(&Intent::Command("run 1s".to_owned()), &session), Ok(()), "time may always run");
}

#[test]
fn a_lesson_is_finished_once_everything_is_done() {
    let (mut visit, mut session) = begin("01-the-write");
    while visit.has_next() {
        while let Some((_, _, part)) = visit.open() {
            match part {
                Part::Do(exercise) => {
                    let solution: Vec<String> =
                        exercise.solution.iter().map(|line| line.statement.to_string()).collect();
                    solution.into_iter().for_each(|line| session.update(Intent::Command(line)));
                    assert!(visit.check(&session));
                }
                _ => visit.answer(0, &mut session).unwrap(),
            }
        }
        assert!(!visit.record().finished);
        visit.next(&mut session);
    }
    assert!(visit.record().finished);
}

#[test]
fn a_run_that_a_lesson_made_is_not_kept_and_one_that_was_taken_over_is() {
    let mut session = Session::new();
    session.update(Intent::Command("reserve C14 for 5521 as r1".to_owned()));
    let mut visit = Visit::begin(lesson("05-nothing-is-lost"), Record::default(), &mut session);
    let scripts = |session: &Session| session.kept().runs.iter().map(|run| run.script.to_string()).collect::<Vec<_>>();
    assert_eq!(scripts(&session), ["reserve C14 for 5521 as r1"], "the lesson can make its own again");
    visit.take_over(&mut session);
    assert_eq!(scripts(&session).len(), 2);
}
