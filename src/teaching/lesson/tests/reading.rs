//! What is read.

use crate::simulation::{Action, ClusterConfig};
use crate::teaching::lesson::{Allowed, Block, Inline, Item, Lesson, Part, Place};
use crate::teaching::script::{Line, Statement};
use crate::teaching::why::Question;

/// The example of the documentation.
pub(super) fn example() -> &'static str {
    let readme = include_str!("../../../../lessons/README.md");
    let from = readme.split("````markdown\n").nth(1).expect("an example of a lesson");
    from.split("````").next().unwrap_or(from)
}

fn lesson(text: &str) -> Lesson {
    Lesson::parse(text).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]))
}

#[test]
fn the_documented_example_is_a_lesson_that_can_be_taught_from() {
    let lesson = lesson(example());
    let checked = crate::teaching::lesson::check::check(&lesson);
    assert_eq!(checked.problems, [], "{:#?}", checked.findings);
    let items: Vec<String> = lesson.items().map(|(item, ..)| item.to_string()).collect();
    assert_eq!(items, ["predict-1", "do-1", "diagnose-1"]);
}

#[test]
fn prose_becomes_a_tree_and_nothing_of_it_is_markup() {
    let text = example().replacen(
        "\n\n**After",
        "\n\nA *word*, **`code`** &lt;b&gt; [and *more*](https://example.org/a?b=1).\nNext line.\n\n1. one\n2. two\n   - deeper\n\n\
         | a | b |\n| --- | --- |\n| `c` | d |\n\n**After",
        1,
    );
    let text_of = |text: &str| Inline::Text(text.to_owned());
    let code = |text: &str| Inline::Code(text.to_owned());
    let paragraph = |text: &str| Block::Paragraph(vec![text_of(text)]);
    let lesson = lesson(&text);
    assert_eq!(
        lesson.intro[1..],
        [
            Block::Paragraph(vec![
                text_of("A "),
                Inline::Emphasis(vec![text_of("word")]),
                text_of(", "),
                Inline::Strong(vec![code("code")]),
                text_of(" <b> "),
                Inline::Link {
                    to: "https://example.org/a?b=1".to_owned(),
                    text: vec![text_of("and "), Inline::Emphasis(vec![text_of("more")])]
                },
                text_of(". Next line."),
            ]),
            Block::List {
                first: Some(1),
                items: vec![
                    vec![paragraph("one")],
                    vec![paragraph("two"), Block::List { first: None, items: vec![vec![paragraph("deeper")]] }],
                ],
            },
            Block::Table {
                head: vec![vec![text_of("a")], vec![text_of("b")]],
                rows: vec![vec![vec![code("c")], vec![text_of("d")]]],
            },
        ]
    );
}

#[test]
fn blocks_keep_the_lines_of_the_file_and_the_names_of_the_run() {
    let text = "# T\n\nAbout.\n\n**After this you can** do it.\n**Takes** 1 minute.\n\n## One\n\n\
        ```scenario\ncluster ack=leader-fsync\n# said to oneself\nreserve C14 for 1 as r1\n```\n\n\
        ```do\ngoal r2 kept and not r1 lost\nallow reserve, set  ack\npar 1\nhint Ask: is it free?\nsolution\n\
        reserve C16 for 2 as r2\nrun until r2 201\n```\n\n\
        ```predict\nask Which?\nchoice a: b: r2 201 and term 27\nchoice c: r1 lost\nrun 1ms\nwhy 27:981244\n```\n\n\
        ## In one sentence\n\nSo.\n\n- **PostgreSQL** a\n- **MongoDB** b\n- **Read on** c\n";
    let lesson = lesson(text);
    let [Part::Scenario(scenario), Part::Do(exercise), Part::Predict(predict)] = &lesson.steps[0].parts[..] else {
        panic!("{:#?}", lesson.steps[0]);
    };
    assert!(scenario.cluster.is_some_and(|cluster| cluster != ClusterConfig::default()));
    assert_eq!((scenario.line, scenario.lines[0].number), (10, 13));
    assert_eq!(exercise.goals.len(), 2);
    assert_eq!(exercise.allow, [Allowed("reserve".to_owned()), Allowed("set ack".to_owned())]);
    assert_eq!((exercise.par, &exercise.hints[..]), (Some(1), &["Ask: is it free?".to_owned()][..]));
    let acts = |line: &Line| matches!(line.statement, Statement::Act(Action::Request { .. }));
    assert_eq!(
        exercise.solution.iter().map(|line| (line.number, acts(line))).collect::<Vec<_>>(),
        [(22, true), (23, false)]
    );
    let choices: Vec<_> =
        predict.choices.iter().map(|choice| (choice.text.as_str(), choice.conditions.len())).collect();
    assert_eq!(choices, [("a: b", 2), ("c", 1)]);
    assert!(matches!(predict.why, Some(Question::Entry(_))));
    assert_eq!((lesson.minutes, lesson.able.len()), (1, 1));

    let before = lesson.run_before(Place { step: 0, part: 2 });
    assert_eq!(
        before.text(),
        "cluster ack=leader-fsync\nreserve C14 for 1 as r1\nreserve C16 for 2 as r2\nrun until r2 201\n"
    );
    assert_eq!(lesson.run_after(Place { step: 0, part: 2 }).lines.last().map(|line| line.number), Some(30));
}

#[test]
fn a_lesson_may_end_its_lines_in_the_manner_of_any_system() {
    let dos = example().replace('\n', "\r\n");
    assert_eq!(lesson(&dos), lesson(example()));
    assert_eq!(lesson(&format!("\u{feff}{}", example())), lesson(example()));
}

#[test]
fn items_are_written_in_one_way_only() {
    assert_eq!(Item::parse("predict-12").map(|item| item.to_string()).as_deref(), Some("predict-12"));
    for wrong in ["", "predict", "predict-", "predict-0", "predict-01", "predict-+1", "guess-1", "do-1-1"] {
        assert_eq!(Item::parse(wrong), None, "{wrong}");
    }
}
