//! A person's way through a lesson: answers, exercises, hints, runs of one's own, and what is remembered of it.
#![cfg(not(target_arch = "wasm32"))]

mod progress;
mod watching;

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
