//! The runs of a session: numbered, left, taken up again, kept from one visit to the next, and carried by a link.

use super::*;
use harbor_point::teaching::keep::Kept;
use harbor_point::teaching::link::Panel;
use harbor_point::teaching::session::Run;

/// Every run by its number, the present one marked, and what was done last in it.
fn runs(session: &Session) -> Vec<String> {
    let runs = session.runs();
    let named = |run: &Run| {
        let mark = if run.number == runs.present { "*" } else { "" };
        format!("{}{mark} {}", run.number, run.last().unwrap_or("nothing"))
    };
    runs.all.iter().map(named).collect()
}

#[test]
fn doing_something_in_the_past_begins_a_run_and_keeps_the_one_that_was_left() {
    let mut session = session([C14]);
    (0..30).for_each(|_| session.update(Intent::Step));
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_2)));
    assert_eq!(runs(&session), ["1* crash md-db-2"], "what is done at the end goes on with the run");
    (0..20).for_each(|_| session.update(Intent::StepBack));
    let left = moment(&session);
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_4)));
    assert!(!session.script_text().contains("crash md-db-2"));
    assert_eq!(runs(&session), ["1 crash md-db-2", "2* crash md-db-4"]);
    session.update(Intent::Step);
    let branch = moment(&session);

    session.update(Intent::TakeUp(1));
    assert_eq!(moment(&session), left);
    assert_eq!(runs(&session), ["1* crash md-db-2", "2 crash md-db-4"]);
    session.update(Intent::TakeUp(2));
    assert_eq!(moment(&session), branch);
    session.update(Intent::TakeUp(2));
    session.update(Intent::TakeUp(7));
    assert_eq!(moment(&session), branch, "there is nothing to be taken up");
}

#[test]
fn a_run_can_be_left_for_a_new_one_and_one_without_a_trace_is_none() {
    let mut session = session([Intent::NewRun, C14, run("run 20ms")]);
    let first = moment(&session);
    session.update(Intent::NewRun);
    session.update(Intent::Play);
    session.update(Intent::Tick(Micros::from_millis(200)));
    assert_eq!(runs(&session), ["1 reserve C14 for 5521 as r1", "2* nothing"]);
    assert!(session.frame().requests.is_empty() && session.script_text().is_empty());
    session.update(Intent::TakeUp(1));
    assert_eq!((moment(&session), runs(&session)), (first, vec!["1* reserve C14 for 5521 as r1".to_owned()]));

    for story in stories::ALL.iter().chain(stories::ALL) {
        session.update(Intent::Open(story.script.to_owned()));
    }
    let numbers: Vec<u32> = session.runs().all.iter().map(|run| run.number).collect();
    let expected: Vec<u32> = (1..=1 + stories::ALL.len() as u32).collect();
    assert_eq!(numbers, expected, "the same script is the same run");
    let link = session.link(Shown::default());
    session.update(Intent::TakeUp(1));
    session.update(Intent::Follow(link));
    assert_eq!(session.runs().present, 1 + stories::ALL.len() as u32, "so is one that a link leads to");
}

#[test]
fn the_runs_that_were_left_can_be_forgotten() {
    let mut session = session([C14, Intent::NewRun, run("crash md-db-2"), run("run 5ms")]);
    let before = moment(&session);
    session.update(Intent::Forget);
    assert_eq!((runs(&session), moment(&session)), (vec!["2* crash md-db-2".to_owned()], before));
}

#[test]
fn of_very_many_runs_the_first_are_forgotten_but_never_the_present_one() {
    let mut session = session([C14]);
    for millis in 1..150 {
        session.update(Intent::Open(format!("reserve C14 for 5521\nrun {millis}ms")));
    }
    let numbers: Vec<u32> = session.runs().all.iter().map(|run| run.number).collect();
    assert_eq!(numbers, (51..=150).collect::<Vec<u32>>());
    session.update(Intent::TakeUp(51));
    session.update(Intent::Open("heal".to_owned()));
    assert_eq!((session.runs().present, session.runs().all.len()), (151, 100));
    assert_eq!(session.runs().get(51), None, "the first of those that were left");
}

/// Whatever was done in the midst of a script, the lines that are kept of it lead to the same.
#[test]
fn a_run_that_branches_off_a_story_is_written_down_rightly() {
    for story in stories::ALL {
        let opened = session([Intent::Open(story.script.to_owned())]);
        for place in 1..8 {
            let mut branch = session([Intent::Open(story.script.to_owned())]);
            branch.update(Intent::SeekTime(Micros(opened.transport().end.0 * place / 8)));
            branch.update(Intent::Act(Action::Pause(NodeId::SG_DB_1)));
            branch.update(run("run 30ms"));
            let written = session([Intent::Open(format!("{}\nrun 30ms", branch.script_text()))]);
            assert_eq!(transcript(&written), transcript(&branch), "{} at {place}/8", story.name);
        }
    }
}

#[test]
fn what_is_done_after_a_script_stopped_is_written_down_in_its_place() {
    for (fails, kept) in [
        ("heal\n# Never.\nexpect no leader\ncrash md-db-2", "heal\n# Never."),
        ("run 5ms\nrun until r1 201 within 9ms", "run 14ms"),
        ("reserve C14 for 1\nrun until no leader within 9ms", "reserve C14 for 1 as r1\nrun 9ms"),
    ] {
        let fails =
            if fails.contains("r1 201") { format!("reserve C14 for 1 at sg-db-1\n{fails}") } else { fails.into() };
        let mut stopped = session([Intent::Open(fails.clone())]);
        assert!(stopped.notice().is_some(), "{fails}");
        assert_eq!(*stopped.script_text(), *fails, "it stays as it was opened until something is done");
        stopped.update(Intent::Act(Action::Crash(NodeId::MD_DB_4)));
        assert!(stopped.script_text().contains(kept), "{}", stopped.script_text());
        assert!(stopped.script_text().ends_with("\ncrash md-db-4"), "{}", stopped.script_text());
        let again = session([Intent::Follow(stopped.link(Shown::default()))]);
        assert_eq!((again.frame(), again.notice()), (stopped.frame(), None));
    }
}

/// A session whose browser kept what another one left.
fn visit(left: &Session, fragment: &str) -> Session {
    Session::begin(Some(Kept::decode(&left.kept().encode()).expect("it was just written")), fragment)
}

#[test]
fn what_a_visit_leaves_another_finds() {
    let mut left = session([C14, run("run 20ms"), Intent::NewRun, run("crash md-db-2"), run("run 90ms")]);
    left.update(Intent::SeekTime(Micros::from_millis(40)));
    let mut here = visit(&left, "");
    assert_eq!((moment(&here), here.runs().all.len(), here.runs().present), (moment(&left), 2, 2));
    left.update(Intent::TakeUp(1));
    here.update(Intent::TakeUp(1));
    assert_eq!(moment(&here), moment(&left), "the run that was left too");
}

#[test]
fn going_back_and_coming_again_keeps_what_lay_ahead() {
    let mut session = session([C14, run("run 100ms")]);
    let (last, end) = (session.transport().last_step, session.transport().end);
    session.update(Intent::Seek(5));
    let again = visit(&session, &session.link(Shown::default()));
    assert_eq!((again.transport().step, again.transport().last_step, again.transport().end), (5, last, end));
}

#[test]
fn the_address_comes_before_what_was_kept() {
    let left = session([C14, run("run 20ms"), Intent::NewRun, run("crash md-db-2"), run("run 90ms")]);
    let elsewhere = session([C14, run("run 20ms")]).link(Shown::default());
    assert_eq!(runs(&visit(&left, &elsewhere)), ["1* reserve C14 for 5521 as r1", "2 crash md-db-2"], "it is that run");
    let other = session([run("heal")]).link(Shown::default());
    assert_eq!(runs(&visit(&left, &other)), ["1 reserve C14 for 5521 as r1", "2 crash md-db-2", "3* heal"]);
    assert_eq!(runs(&visit(&left, "new")), ["1 reserve C14 for 5521 as r1", "2 crash md-db-2", "3* nothing"]);
    let damaged = visit(&left, &other[1..]);
    assert_eq!(runs(&damaged), ["1 reserve C14 for 5521 as r1", "2* crash md-db-2"]);
    assert!(damaged.notice().is_some_and(|notice| notice.details[0].contains("cut off")), "{:?}", damaged.notice());
}

#[test]
fn a_run_that_cannot_be_played_any_more_is_told_and_stays() {
    let mut kept = session([C14, Intent::NewRun, run("heal")]).kept();
    kept.runs[1].script = "heel".into();
    let mut here = Session::begin(Some(kept), "");
    assert!(here.notice().is_some_and(|notice| notice.details[0].contains("heel")), "{:?}", here.notice());
    assert_eq!(runs(&here), ["1 reserve C14 for 5521 as r1", "2 heel", "3* nothing"]);
    here.update(Intent::TakeUp(1));
    assert_eq!(runs(&here), ["1* reserve C14 for 5521 as r1", "2 heel"]);
}

#[test]
fn a_link_carries_what_is_shown_and_which_run_it_is() {
    let shown = Shown { panel: Some(Panel::Rule), class: true, ..Shown::default() };
    let there = session([C14, Intent::NewRun, run("crash md-db-2"), Intent::TakeUp(1), Intent::TakeUp(2)]);
    let mut here = Session::begin(None, &there.link(shown));
    assert_eq!((runs(&here), here.arrived(), here.arrived()), (vec!["2* crash md-db-2".to_owned()], Some(shown), None));
    // Where the number is taken, the next is given.
    let mut here = session([run("heal"), Intent::NewRun, run("heal"), run("run 5ms"), run("crash md-db-4")]);
    here.update(Intent::Follow(there.link(shown)));
    assert_eq!(runs(&here), ["1 heal", "2 crash md-db-4", "3* crash md-db-2"]);
}

/// A window of the browser, and what was kept when it looked last.
struct Window {
    session: Session,
    held: Option<Kept>,
}

impl Window {
    fn open(kept: &Option<Kept>) -> Self {
        Self { session: Session::begin(kept.clone(), ""), held: kept.clone() }
    }

    /// Does something, and keeps it as the page does: what another window kept meanwhile is taken in first.
    fn does(&mut self, kept: &mut Option<Kept>, intents: impl IntoIterator<Item = Intent>) -> Vec<String> {
        intents.into_iter().for_each(|intent| self.session.update(intent));
        if let Some(now) = kept.clone().filter(|now| self.held.as_ref() != Some(now)) {
            self.session.join(self.held.take(), now);
        }
        *kept = Some(self.session.kept());
        self.held.clone_from(kept);
        runs(&self.session)
    }
}

#[test]
fn of_two_windows_neither_loses_what_the_other_does() {
    let mut kept = None;
    let (mut one, mut other) = (Window::open(&kept), Window::open(&kept));
    one.does(&mut kept, [run("crash md-db-2")]);
    assert_eq!(other.does(&mut kept, [run("crash sg-db-1")]), ["1* crash sg-db-1", "2 crash md-db-2"]);
    assert_eq!(one.does(&mut kept, [Intent::NewRun, run("heal")]), ["1 crash md-db-2", "2* heal", "3 crash sg-db-1"]);
    assert_eq!(other.does(&mut kept, []), ["1* crash sg-db-1", "2 crash md-db-2", "3 heal"]);
    assert_eq!(runs(&Window::open(&kept).session), ["1* crash sg-db-1", "2 crash md-db-2", "3 heal"]);
}

#[test]
fn what_one_window_forgets_the_other_does_not_bring_back() {
    let mut kept = None;
    let mut one = Window::open(&kept);
    one.does(&mut kept, [C14, Intent::NewRun, run("heal"), Intent::NewRun, run("crash md-db-2")]);
    let mut other = Window::open(&kept);
    other.does(&mut kept, [Intent::NewRun, run("crash sg-db-1")]);
    assert_eq!(
        one.does(&mut kept, [Intent::Forget]),
        ["3* crash md-db-2", "4 crash sg-db-1"],
        "the other stands there"
    );
    assert_eq!(other.does(&mut kept, [run("run 5ms")]), ["3 crash md-db-2", "4* crash sg-db-1"]);
    assert_eq!(one.does(&mut kept, [run("heal")]), ["3* heal", "4 crash sg-db-1"]);
}

#[test]
fn a_run_that_goes_on_in_one_window_is_one_run_in_the_other() {
    let mut kept = None;
    let (mut one, mut other) = (Window::open(&kept), Window::open(&kept));
    other.does(&mut kept, [run("crash sg-db-1")]);
    for does in ["reserve C14 for 5521 as r1", "run 5ms", "crash md-db-4", "run 5ms", "promote md-db-2"] {
        one.does(&mut kept, [run(does)]);
        let here = other.does(&mut kept, [run("run 1ms")]);
        assert_eq!(here.len(), 2, "{here:?}");
    }
    assert_eq!(runs(&other.session), ["1* crash sg-db-1", "2 promote md-db-2"]);
    // It stands there as it stands in its own window.
    one.does(&mut kept, [Intent::Step, run("run 7ms")]);
    other.does(&mut kept, [run("run 1ms")]);
    let there = other.session.runs().get(2).cloned().expect("it is there");
    assert_eq!((there.at, there.step), (one.session.frame().now, one.session.frame().step));
}

#[test]
fn where_both_windows_go_on_from_one_run_each_has_its_own() {
    let mut kept = None;
    let mut one = Window::open(&kept);
    one.does(&mut kept, [C14, run("run 5ms")]);
    let mut other = Window::open(&kept);
    one.does(&mut kept, [run("crash md-db-2")]);
    assert_eq!(other.does(&mut kept, [run("crash sg-db-1")]), ["1* crash sg-db-1", "2 crash md-db-2"]);
    assert_eq!(one.does(&mut kept, [run("heal")]), ["1* heal", "2 crash sg-db-1"]);
    assert_eq!(other.does(&mut kept, []), ["1* crash sg-db-1", "2 heal"]);
}
