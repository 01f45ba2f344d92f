//! What is remembered of lessons, and what a teacher may read of it.

use super::*;

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
