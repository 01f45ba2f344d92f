//! What a lesson plays, and what is told of it when.

use super::*;

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
    let Verdict::Predicted { chosen, right, choices, so } = &*verdict else { panic!("{verdict:?}") };
    assert_eq!((verdict.is_right(), *chosen, *right), (false, 0, 1));
    let facts = [
        "md-db-4, the leader, counts everything up to 981243 as committed",
        "md-db-2's last entry is 981244",
        "the last entry on md-db-2's disk is 981243",
    ];
    assert_eq!(so[..], facts, "what is so is told of just that of which the right answer speaks");
    assert_eq!(choices[0].reasons, ["md-db-4, the leader, counts everything up to 981243 as committed"]);
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
        let lines = session.lit(cycle).into_iter().zip(1..);
        lines.filter(|(says, _)| !says.is_empty()).map(|(_, number)| number).collect()
    };
    assert_eq!(lit(&session), [1], "the entry has been sent");
    let sent = session.lit(cycle).swap_remove(0);
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
