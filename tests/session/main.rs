//! The page's model, driven as the page drives it.
#![cfg(not(target_arch = "wasm32"))]

mod runs;

use harbor_point::replication::{
    Cabin, Consistency, CustomerId, NodeId, NodeSet, Position, ReadAnswer, ReadId, RequestId, Switch,
};
use harbor_point::simulation::{Action, How, Micros};
use harbor_point::teaching::frame::{CabinView, Fate, Frame};
use harbor_point::teaching::link::Shown;
use harbor_point::teaching::session::{Intent, Mark, Session, Transport};
use harbor_point::teaching::stories;
use std::rc::Rc;

const C14: Intent = Intent::Reserve { cabin: Cabin::Tonight(14), customer: CustomerId(5521) };

fn session(intents: impl IntoIterator<Item = Intent>) -> Session {
    let mut session = Session::new();
    intents.into_iter().for_each(|intent| session.update(intent));
    session
}

fn transcript(session: &Session) -> Vec<Rc<str>> {
    session.frame().story.lines.iter().map(|line| Rc::clone(&line.text)).collect()
}

fn cabin_14(session: &Session, node: NodeId) -> CabinView {
    session.frame().nodes[node.slot()].cabins[13]
}

#[test]
fn a_booking_becomes_real_step_by_step() {
    let mut session = session([C14]);
    let mut seen = Vec::new();
    for _ in 0..40 {
        session.update(Intent::Step);
        let state = (cabin_14(&session, NodeId::MD_DB_4), session.frame().requests[0].fate);
        if seen.last() != Some(&state) {
            seen.push(state);
        }
    }
    let customer = CustomerId(5521);
    assert_eq!(
        seen,
        [
            (CabinView::Free, Fate::Pending),
            (CabinView::Reserving(customer), Fate::Pending),
            (CabinView::Taken(customer), Fate::Kept),
        ]
    );
}

#[test]
fn playing_takes_the_time_that_the_speed_says() {
    let mut session = session([C14, Intent::Speed(10), Intent::Play]);
    for _ in 0..100 {
        session.update(Intent::Tick(Micros::from_millis(16)));
    }
    assert_eq!(session.transport().now, Micros::from_millis(16));
    session.update(Intent::Pause);
    session.update(Intent::Tick(Micros::from_millis(16)));
    assert_eq!(session.transport().now, Micros::from_millis(16));
}

#[test]
fn where_nothing_but_heartbeats_is_due_a_step_stays_put_and_says_so() {
    let mut session = session([]);
    session.update(Intent::Step);
    session.update(Intent::Step);
    let before = session.transport();
    for _ in 0..8 {
        session.update(Intent::Step);
    }
    assert!(session.notice().is_some());
    assert!(session.transport().now < Micros::from_secs(2), "{:?} {before:?}", session.transport());
}

#[test]
fn what_did_not_change_is_the_same_part_of_the_next_frame() {
    let mut session = session([C14, Intent::SeekTime(Micros(0))]);
    let before = Rc::clone(session.frame());
    session.update(Intent::Step);
    let after = session.frame();
    assert!(Rc::ptr_eq(&before.grid, &after.grid) && Rc::ptr_eq(&before.nodes, &after.nodes));
    assert!(!Rc::ptr_eq(&before.flights, &after.flights));
}

#[test]
fn a_link_leads_to_the_same_moment() {
    for story in stories::ALL {
        let mut there = session([Intent::Open(story.script.to_owned())]);
        for place in 0..5 {
            let step = there.transport().last_step * place / 4;
            there.update(Intent::Seek(step));
            let here = session([Intent::Follow(there.link(Shown::default()))]);
            assert_eq!(here.frame(), there.frame(), "{} at {step}", story.name);
            assert_eq!(here.link(Shown::default()), there.link(Shown::default()));
        }
    }
}

/// However often a script asks for a step, where nothing is due there is none.
#[test]
fn many_steps_at_rest_take_no_time() {
    let session = session([Intent::Open("step 1000000\nstep 1000000".into())]);
    assert!(session.notice().is_none());
    assert!(session.transport().now < Micros::from_secs(2));
}

#[test]
fn a_link_may_point_past_the_end_of_its_script() {
    let mut there = session([C14, Intent::Play]);
    (0..40).for_each(|_| there.update(Intent::Tick(Micros::from_millis(100))));
    let here = session([Intent::Follow(there.link(Shown::default()))]);
    assert_eq!(here.frame(), there.frame());
}

/// What takes too long to wait for is not waited for, and the reason is told; what had been reached is reached again.
#[test]
fn only_so_much_is_played_in_one_go() {
    let told = |session: &Session| {
        let notice = session.notice().expect("something is told");
        (notice.title.to_string(), notice.details.iter().map(|detail| detail.to_string()).collect::<Vec<_>>().join(" "))
    };
    let begun = "cluster replicas=5 shards=2\nreserve C14 for 5521";
    let (idle, why) = ("run 3600s", "this takes more than 1000000 steps, and no more are played at once");

    let mut there = session([Intent::Open(begun.into()), Intent::Command(idle.into())]);
    let (title, detail) = told(&there);
    assert_eq!(title, "The run stopped on the way; go on from here.");
    assert!(detail.ends_with(why), "{detail}");
    let (step, at) = (there.transport().step, there.transport().now);
    assert!(step >= 1_000_000 && at > Micros::from_secs(1000) && at < Micros::from_secs(3600), "{step}, {at}");
    there.update(Intent::Command("run 10ms".into()));
    assert_eq!((there.notice(), there.transport().now), (None, at + Micros::from_millis(10)), "it goes on");

    // Elsewhere it is too far; here one has been there.
    let link = there.link(Shown::default());
    let (title, detail) = told(&session([Intent::Follow(link.clone())]));
    assert_eq!((&*title, &*detail), ("This link cannot be opened; the run stays as it was.", why));
    let again = Session::begin(Some(there.kept()), &link);
    assert_eq!((again.notice(), again.frame()), (None, there.frame()));

    // A script stops there, and its link leads there.
    let stopped = session([Intent::Open(format!("{begun}\n{idle}"))]);
    assert_eq!(told(&stopped).0, "The script stopped.");
    let here = session([Intent::Follow(stopped.link(Shown::default()))]);
    assert_eq!((here.frame(), here.transport().step), (stopped.frame(), stopped.transport().step));
}

#[test]
fn what_is_wrong_is_told_and_changes_nothing() {
    let lines = ["crsh md-db-4", "crash md-db-3", "reserve C99 for 1", "expect r1 kept", "promote", ""];
    let scripts = ["reserve C99 for 1", "crash\nrun", "\u{0}", "expect no leader"];
    let links = ["", "v=1", "zzz", "00000000&v=1&script=run+1ms", "<img src=x onerror=alert(1)>"];
    let wrong = lines.map(|line| Intent::Command(line.into())).into_iter();
    let wrong = wrong.chain(scripts[..3].iter().map(|text| Intent::Open((*text).into())));
    let wrong = wrong.chain(links.map(|link| Intent::Follow(link.into())));
    for intent in wrong {
        let mut session = session([C14, Intent::Step, Intent::Step]);
        let before = (Rc::clone(session.frame()), session.script_text());
        session.update(intent.clone());
        assert!(session.notice().is_some(), "{intent:?}");
        assert_eq!((Rc::clone(session.frame()), session.script_text()), before, "{intent:?}");
    }
}

#[test]
fn a_wrong_line_is_told_with_its_column() {
    let mut session = session([Intent::Command("reserve C99 for 5521".into())]);
    let notice = session.notice().expect("it is wrong");
    assert!(notice.from_command_box && notice.details[0].contains("column 9"), "{notice:?}");
    session.update(Intent::Dismiss);
    assert!(session.notice().is_none());
}

#[test]
fn every_click_leaves_the_line_that_does_the_same() {
    let mut clicked = session([C14]);
    (0..6).for_each(|_| clicked.update(Intent::Step));
    clicked.update(Intent::Act(Action::Crash(NodeId::MD_DB_4)));
    clicked.update(Intent::SeekTime(clicked.transport().end));
    let written = session([Intent::Open(clicked.script_text().to_string())]);
    assert_eq!(transcript(&written), transcript(&clicked));
    assert!(clicked.script_text().ends_with("crash md-db-4"));
}

fn run(line: &str) -> Intent {
    Intent::Command(line.to_owned())
}

/// All that tells one moment of a run from another.
fn moment(session: &Session) -> (Rc<Frame>, Rc<str>, Transport, Vec<Mark>) {
    (Rc::clone(session.frame()), session.script_text(), session.transport(), session.marks().to_vec())
}

#[test]
fn stepping_back_leads_through_the_same_moments() {
    let mut session = session([Intent::Open(stories::ALL[2].script.to_owned())]);
    session.update(Intent::Seek(0));
    let mut forth = Vec::new();
    while session.transport().step < session.transport().last_step {
        forth.push((session.transport().step, Rc::clone(session.frame())));
        session.update(Intent::Step);
    }
    for (step, frame) in forth.iter().rev() {
        session.update(Intent::StepBack);
        assert_eq!((session.transport().step, session.frame()), (*step, frame));
    }
}

#[test]
fn a_story_speaks_at_the_moment_that_it_speaks_of() {
    let write = stories::ALL[0];
    let mut session = session([Intent::Open(write.script.to_owned()), Intent::Seek(0)]);
    let says = |session: &Session, words: &str| {
        let (title, text) = session.telling().expect("the story speaks");
        assert_eq!(title, Some(write.title));
        assert!(text.starts_with(words), "{text}");
    };
    says(&session, "The write, step by step: what makes the booking of C14 real");
    while session.frame().nodes[0].appended.index < 981_244 {
        says(&session, if session.transport().step == 0 { "The write" } else { "md-db-4 checks that C14 is free" });
        session.update(Intent::Step);
    }
    says(&session, "Its own disk is not enough");
    let heard = Rc::clone(session.telling().expect("it still speaks").1);
    session.update(Intent::Step);
    assert!(Rc::ptr_eq(&heard, session.telling().expect("it still speaks").1), "what did not change is the same");

    // Past the end it keeps its last word, until something is done that it does not tell of.
    session.update(Intent::SeekTime(session.transport().end));
    session.update(Intent::Command("run 1s".to_owned()));
    says(&session, "Singapore has had no part in it");
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_4)));
    assert_eq!(session.telling(), None);
    session.update(Intent::Seek(0));
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_2)));
    assert_eq!(session.telling(), None);
    session.update(Intent::Open("heal\n# Only this.\n\n# And this.\nrun 5ms".to_owned()));
    assert_eq!(session.telling(), Some((None, &Rc::from("Only this. And this."))));
}

#[test]
fn a_read_is_shown_with_its_way_its_answer_and_its_verdict() {
    let (read, cabin) = (ReadId(1), Cabin::Tonight(14));
    let at = Some((NodeId::SG_DB_1, How::As(Consistency::Local)));
    let ask = Intent::Act(Action::Read { read, cabin, customer: Some(CustomerId(5521)), at });
    let cut = Intent::Act(Action::Partition(NodeSet::EMPTY.with(NodeId::SG_DB_1)));
    let run = |millis: u64| Intent::Command(format!("run {millis}ms"));
    let mut session = session([cut, C14, run(50), ask]);
    let labels = |session: &Session| -> Vec<String> {
        session.frame().flights.iter().map(|flight| flight.label.to_string()).collect()
    };
    assert!(labels(&session).contains(&"q1 C14?".to_owned()), "{:?}", labels(&session));
    let shown = &session.frame().reads[0];
    assert_eq!((shown.node, shown.answer, &shown.verdict), (Some(NodeId::SG_DB_1), None, &None));
    assert_eq!(&*shown.why, "It is on its way to sg-db-1.");

    session.update(run(120));
    assert!(labels(&session).contains(&"free".to_owned()), "{:?}", labels(&session));
    session.update(run(200));
    let shown = &session.frame().reads[0];
    let applied = Position { term: 27, index: 981_243 };
    assert_eq!(shown.answer.map(|(answer, _)| answer), Some(ReadAnswer::Seen { holder: None, applied }));
    let verdict = shown.verdict.as_ref().expect("it was answered");
    assert_eq!((verdict.fresh, verdict.unseen), (false, Some((RequestId(1), Position { index: 981_244, ..applied }))));
    assert!(shown.why.starts_with("q1 is stale: sg-db-1 has applied 27:981243"), "{}", shown.why);
    let before = Rc::clone(&session.frame().reads);
    session.update(run(50));
    assert!(Rc::ptr_eq(&before, &session.frame().reads), "what did not change is not made anew");
}

#[test]
fn an_old_leader_and_a_lost_disk_are_shown_for_what_they_are() {
    let run = |line: &str| Intent::Command(line.to_owned());
    let cut = Intent::Act(Action::Partition(NodeSet::EMPTY.with(NodeId::MD_DB_4)));
    let mut session = session([run("set lease=on"), cut, run("run 390ms")]);
    let leader = |session: &Session| {
        let view = &session.frame().nodes[NodeId::MD_DB_4.slot()];
        (view.without_lease, view.lost_disk)
    };
    assert_eq!(leader(&session), (false, false));
    session.update(run("run 50ms"));
    assert_eq!(leader(&session), (true, false));
    assert!(session.frame().cluster.switches.has(Switch::Lease));
    session.update(run("lose-disk md-db-4"));
    assert_eq!(leader(&session), (false, true));
    session.update(run("restart md-db-4"));
    assert_eq!(leader(&session), (false, true), "it comes back with an empty disk");
}

#[test]
fn what_a_form_says_is_done_line_by_line_and_a_read_gets_a_name_of_its_own() {
    let mut session = session([Intent::Say("set batch=16\nread C14\nread C14 for 5521 at sg-db-1 local".to_owned())]);
    assert_eq!(&*session.script_text(), "set batch=16\nread C14 as q1\nread C14 for 5521 at sg-db-1 local as q2");
    assert_eq!(session.frame().reads.len(), 2);
    session.update(Intent::Say("heal\nread C99\nheal".to_owned()));
    let notice = session.notice().expect("the form is wrong");
    assert!(!notice.from_command_box);
    assert_eq!(&*notice.details[0], "read C99");
    assert!(notice.details[1].starts_with("line 1, column 6: \"C99\" is no cabin"), "{:?}", notice.details);
    assert!(session.script_text().ends_with("q2\nheal"), "what came before the mistake was done, what follows was not");
}

#[test]
fn of_a_burst_a_few_are_listed_and_all_are_counted() {
    let mut session = session([C14, Intent::Say("burst 200/s for 1s".to_owned()), run("run 3s")]);
    let frame = Rc::clone(session.frame());
    let shown: Vec<RequestId> = frame.requests.iter().map(|request| request.request).collect();
    // All but the one with a name.
    let came = frame.crowd.asked - 1;
    assert!((150..=250).contains(&came), "{came}");
    assert_eq!(
        shown,
        [1, 9_998 + came, 9_999 + came, 10_000 + came].map(RequestId),
        "the one with a name, and the latest"
    );
    assert_eq!((frame.crowd.kept, frame.crowd.waiting, frame.crowd.lost), (came + 1, 0, 0));
    let arrived: u32 = frame.measures.series.iter().map(|interval| interval.arrived).sum();
    assert_eq!(arrived, came + 1, "the series reaches back to the first who asked");
    session.update(Intent::Seek(0));
    assert_eq!(session.frame().crowd.asked, 0);
    assert!(session.frame().measures.series.is_empty());
}
