//! A run drawn over time: every message with what came of it, what each node was, and what came about when.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use harbor_point::replication::NodeId;
use harbor_point::simulation::{Action, Event, LossReason, Micros, Place};
use harbor_point::teaching::diagram::{
    Diagram, Fate, Layout, Line, MarkKind, NodeState, Sheet, Voyage, Watch, Window, Zoom, drawing, file,
};
use harbor_point::teaching::session::{Intent, Session};
use harbor_point::teaching::stories;
use harbor_point::teaching::timeline::Timeline;
use harbor_point::teaching::vocabulary::Vocabulary;
use support::play;

/// A window of a run, in milliseconds.
fn drawn(timeline: &Timeline, from: u64, until: u64) -> Diagram {
    let (from, until) = (Micros::from_millis(from), Micros::from_millis(until));
    let window = Window { zoom: Zoom::Span(until), from, until };
    let watch = Watch::over(timeline, None, from, until, u64::MAX);
    Diagram::of(timeline, &watch, window, timeline.world().now())
}

/// All of it, as lines: messages in the order of sending, then marks, then what the nodes were.
fn told(diagram: &Diagram) -> String {
    let voyages = diagram.voyages.iter().map(|voyage| {
        let end = match voyage.end {
            None => format!("due {}", voyage.due_at),
            Some(end) => match end.lost {
                None => format!("arrived {}", end.at),
                Some(because) => format!("lost {}: {because}", end.at),
            },
        };
        let (routine, at) = (if voyage.routine { ", routine" } else { "" }, voyage.sent_at);
        format!("{at} {} > {}: {:?} {}{routine}; {end}", voyage.from, voyage.to, voyage.kind, voyage.label)
    });
    let marks = diagram.marks.iter().map(|mark| {
        let lane = mark.lane.map(|lane| format!("{lane}: ")).unwrap_or_default();
        format!("{} {:?} {lane}{} ({})", mark.at, mark.kind, mark.label, mark.short)
    });
    let spans = diagram
        .spans
        .iter()
        .map(|span| format!("{} to {} {} {:?} in {}", span.from, span.until, span.node, span.state, span.term));
    voyages.chain(marks).chain(spans).map(|line| line + "\n").collect()
}

#[test]
fn the_write_story_over_time() {
    let mut timeline = play(stories::ALL[0].script);
    timeline.run_until(Micros::from_millis(60)).expect("it is short");
    timeline.seek_time(Micros::from_millis(20));
    let diagram = drawn(&timeline, 0, 25);
    // What is drawn does not end with the present moment: the future that has been seen once is part of the scrubber.
    assert_eq!(
        told(&diagram),
        "\
0.000 ms customers > gateway: Request r1 C14; arrived 5.000 ms
5.000 ms gateway > md-db-4: Request r1 C14; arrived 6.000 ms
6.000 ms md-db-4 > md-db-2: Append append 981244; arrived 7.041 ms
6.000 ms md-db-4 > sg-db-1: Append append 981244; due 116.374 ms
9.041 ms md-db-2 > md-db-4: Acknowledge durable 981244; arrived 10.046 ms
10.046 ms md-db-4 > gateway: Answer 201 Created; arrived 11.046 ms
10.046 ms md-db-4 > md-db-2: Heartbeat commit 981244; arrived 11.084 ms
10.046 ms md-db-4 > sg-db-1: Heartbeat commit 981244; due 120.138 ms
11.046 ms gateway > customers: Answer 201 Created; arrived 16.046 ms
11.084 ms md-db-2 > md-db-4: Acknowledge applied 981244; arrived 12.114 ms
6.000 ms Appended md-db-4: C14 appended on md-db-4 (C14)
7.041 ms Appended md-db-2: C14 appended on md-db-2 (C14)
8.000 ms Durable md-db-4: C14 on md-db-4's disk (C14)
9.041 ms Durable md-db-2: C14 on md-db-2's disk (C14)
10.046 ms Committed md-db-4: C14 committed (C14)
10.046 ms Applied md-db-4: C14 applied on md-db-4 (C14)
10.046 ms Promise md-db-4: 201 Created for r1 (201)
11.084 ms Applied md-db-2: C14 applied on md-db-2 (C14)
0.000 ms to 25.000 ms md-db-4 Leader in 27
0.000 ms to 25.000 ms md-db-2 Follower in 27
0.000 ms to 25.000 ms sg-db-1 Follower in 27
"
    );
}

#[test]
fn whatever_a_message_is_lost_by_its_line_ends_there() {
    let timeline = play(
        "cluster seed=3\nlink md-db-4 md-db-2 loss=100%\nreserve C14 for 5521 as r1\nrun 8ms\ncut md-db-4 sg-db-1\nrun 50ms",
    );
    let diagram = drawn(&timeline, 0, 60);
    let sheet = Sheet::new(&diagram, Layout::WIDE);
    let row = |place| sheet.lanes.iter().find(|(lane, _)| *lane == place).expect("it has a line").1;
    let (leader, follower) = (row(Place::Node(NodeId::MD_DB_4)), row(Place::Node(NodeId::MD_DB_2)));
    let of = |because: LossReason| {
        let lost = |it: &&_| {
            let line: &Line = it;
            diagram.voyages[line.voyage].end.is_some_and(|end| end.lost == Some(because))
        };
        let line = sheet.lines.iter().find(lost).expect("one is lost so");
        assert_eq!(line.fate, Fate::Lost);
        (line, &diagram.voyages[line.voyage])
    };

    let (line, voyage) = of(LossReason::Chance);
    assert_eq!((&*voyage.label, voyage.end.map(|end| end.at)), ("append 981244", Some(voyage.due_at)));
    assert!(leader < line.to.1 && line.to.1 < follower, "the link loses it somewhere on the way");

    let (line, voyage) = of(LossReason::Cut);
    assert_eq!((&*voyage.label, voyage.to), ("append 981244", Place::Node(NodeId::SG_DB_1)));
    assert_eq!(voyage.end.map(|end| end.at), Some(Micros::from_millis(8)), "with the cut, before it was due");
    assert_eq!(line.to.0, diagram.window.place(Micros::from_millis(8), sheet.layout.plot()));

    let stopped = |it: &&Voyage| it.sent_at == it.due_at;
    let stopped = diagram.voyages.iter().find(stopped).expect("the next heartbeat does not even leave");
    assert_eq!((&*stopped.label, stopped.to), ("heartbeat", Place::Node(NodeId::SG_DB_1)));
    assert_eq!(stopped.sent_at, Micros::from_millis(50));
}

#[test]
fn a_crash_and_a_failover_over_time() {
    let timeline = play(stories::ALL.iter().find(|story| story.name == "failover").expect("it is there").script);
    let end = timeline.reach().1;
    let diagram = drawn(&timeline, 0, end.0.div_ceil(1000));
    let spans = |node| {
        let own = diagram.spans.iter().filter(move |span| span.node == node);
        own.map(|span| (span.state, span.term, span.from.0)).collect::<Vec<_>>()
    };
    assert_eq!(
        spans(NodeId::MD_DB_4),
        [
            (NodeState::Leader, 27, 0),
            (NodeState::Down, 27, 16_079),
            (NodeState::Follower, 27, 522_079),
            (NodeState::Follower, 28, 523_086)
        ]
    );
    assert_eq!(
        spans(NodeId::MD_DB_2),
        [(NodeState::Follower, 27, 0), (NodeState::Candidate, 28, 18_079), (NodeState::Leader, 28, 22_079)]
    );
    let marks = |kind| {
        let of = diagram.marks.iter().filter(move |mark| mark.kind == kind);
        of.map(|mark| mark.label.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(marks(MarkKind::Down), ["crash md-db-4"]);
    assert_eq!(marks(MarkKind::Up), ["restart md-db-4"]);
    assert_eq!(marks(MarkKind::Leads), ["md-db-2 leads in term 28"]);
    assert_eq!(marks(MarkKind::Refused), ["promotion of sg-db-1 refused"]);
    let lost = diagram.voyages.iter().filter(|it| it.end.is_some_and(|end| end.lost == Some(LossReason::ReceiverDown)));
    assert!(lost.count() > 1, "what was sent to md-db-4 while it was down");
}

#[test]
fn a_lost_promise_is_marked_where_it_is_decided() {
    let timeline = play(stories::ALL.iter().find(|story| story.name == "forced").expect("it is there").script);
    let diagram = drawn(&timeline, 0, 1000);
    let lost = diagram.marks.iter().find(|mark| mark.kind == MarkKind::Lost).expect("r1 is lost");
    assert_eq!((&*lost.label, lost.lane), ("promise r1 lost", Some(Place::Node(NodeId::SG_DB_1))));
}

/// What the records tell of messages, the diagram shows, once each, in every story.
#[test]
fn no_message_that_the_records_tell_of_is_missing() {
    for story in stories::ALL {
        let timeline = play(story.script);
        let diagram = drawn(&timeline, 0, timeline.reach().1.0.div_ceil(1000));
        let mut sent: Vec<(Micros, u64, Place)> = Vec::new();
        let mut lost: Vec<(Micros, Place, Place)> = Vec::new();
        for logged in timeline.records() {
            match logged.record.event {
                Event::Sent { to, .. } => sent.push((logged.record.at, logged.step, to)),
                Event::Lost { from, to, .. } => lost.push((logged.record.at, from, to)),
                _ => {}
            }
        }
        assert!(sent.len() > 5, "{}", story.name);
        let mut shown: Vec<_> =
            diagram.voyages.iter().map(|it| (it.sent_at, it.step.expect("all are seen to leave"), it.to)).collect();
        for one in &sent {
            let place = shown.iter().position(|it| it == one);
            shown.remove(place.unwrap_or_else(|| panic!("{}: {one:?} is missing", story.name)));
        }
        let gone = |it: &Voyage| it.end.filter(|end| end.lost.is_some()).map(|end| (end.at, it.from, it.to));
        let mut shown: Vec<_> = diagram.voyages.iter().filter_map(gone).collect();
        for one in &lost {
            let place = shown.iter().position(|it| it == one);
            shown.remove(place.unwrap_or_else(|| panic!("{}: {one:?} is not lost", story.name)));
        }
    }
}

/// However one comes to a moment, the same is drawn: what was seen before changes nothing.
#[test]
fn what_is_drawn_depends_on_the_moment_alone() {
    for story in stories::ALL {
        let open = || {
            let mut session = Session::new();
            session.update(Intent::Open(story.script.to_owned()));
            session
        };
        let mut wandering = open();
        let last = wandering.transport().last_step;
        for place in 0..12 {
            wandering.update(Intent::Seek(last * (place * 5 % 12) / 12));
            let here = wandering.draw(Zoom::All);
            let mut fresh = open();
            fresh.update(Intent::Seek(wandering.transport().step));
            assert_eq!(*here, *fresh.draw(Zoom::All), "{}", story.name);
        }
    }
}

#[test]
fn what_did_not_change_is_the_same_diagram_and_another_future_is_another() {
    let mut session = Session::new();
    session.update(Intent::Open(stories::ALL[0].script.to_owned()));
    let whole = session.draw(Zoom::All);
    session.update(Intent::Seek(2));
    assert!(std::rc::Rc::ptr_eq(&whole, &session.draw(Zoom::All)), "only the present moment moved");
    session.update(Intent::Act(Action::Crash(NodeId::MD_DB_4)));
    session.update(Intent::Command("run 20ms".to_owned()));
    let other = session.draw(Zoom::All);
    assert!(other.voyages.iter().all(|it| it.label.as_ref() != "201 Created"));
    assert!(whole.voyages.iter().any(|it| it.label.as_ref() == "201 Created"));
}

#[test]
fn in_a_crowd_the_nearest_are_drawn_and_the_rest_is_counted() {
    let mut timeline = play("burst 200/s for 2s\nrun 2s");
    timeline.seek_time(Micros::from_millis(1000));
    let diagram = drawn(&timeline, 500, 1500);
    assert!(diagram.left_out > 1000 && diagram.voyages.len() <= 240, "{}", diagram.left_out);
    let near = |it: &Voyage| it.sent_at.0.abs_diff(1_000_000) < 150_000;
    assert!(diagram.voyages.iter().all(near) && diagram.voyages.iter().all(|it| !it.routine));
    let few = drawn(&timeline, 1000, 1010);
    assert_eq!(few.left_out, 0);
}

/// Ten minutes of a burst: what lies around the present moment is there, and not much of the rest is followed.
#[test]
fn a_long_run_is_followed_around_the_present_moment() {
    let mut session = Session::new();
    session.update(Intent::Open("burst 200/s for 120s\nrun 120s".to_owned()));
    for at in [119_000, 60_000, 0, 90_000] {
        session.update(Intent::SeekTime(Micros::from_millis(at)));
        let diagram = session.draw(Zoom::All);
        assert_eq!(diagram.window.until, Micros::from_secs(200));
        let (from, until) = diagram.followed;
        assert!(from.0 <= at * 1000 && at * 1000 <= until.0, "{diagram:?}");
        assert!(until.since(from) < Micros::from_secs(6), "{from} to {until}");
        assert!(diagram.voyages.iter().any(|it| it.sent_at.0.abs_diff(at * 1000) < 100_000));
        let near = session.draw(Zoom::Span(Micros::from_millis(25)));
        assert!(near.left_out == 0 && near.voyages.len() > 20, "{}", near.voyages.len());
    }
}

#[test]
fn a_file_stands_alone_and_has_every_message_once() {
    for words in [Vocabulary::Raft, Vocabulary::PostgreSql] {
        let timeline = play(stories::ALL[0].script);
        let diagram = drawn(&timeline, 0, 25);
        let text = file(&diagram, timeline.world().now(), timeline.reach().1, words);
        let legend = 8;
        assert_eq!(text.matches("<g class='voyage ").count(), diagram.voyages.len() + legend);
        assert!(text.contains(&format!("{} messages", diagram.voyages.len())));
        assert!(!text.contains("href") && !text.contains("url(") && text.matches("http").count() == 1, "{text}");
        let page = drawing(&diagram, &Sheet::new(&diagram, Layout::NARROW), words);
        assert!(!page.contains("style=") && page.matches("<g class='voyage ").count() == diagram.voyages.len());
    }
}

#[test]
fn who_points_near_a_message_means_it() {
    let timeline = play(stories::ALL[0].script);
    let diagram = drawn(&timeline, 0, 25);
    let sheet = Sheet::new(&diagram, Layout::WIDE);
    for line in &sheet.lines {
        let middle = ((line.from.0 + line.to.0) / 2, (line.from.1 + line.to.1) / 2);
        let found = sheet.nearest(middle, 90).expect("it is there");
        // Two may lie so close together that either is meant.
        assert!(found.voyage == line.voyage || (found.from.0 - line.from.0).abs() < 2000, "{found:?} for {line:?}");
    }
    assert_eq!(sheet.nearest((sheet.lines[0].from.0, sheet.height + 500), 90), None);
}

#[test]
fn requests_and_answers_are_no_routine() {
    let timeline = play("reserve C14 for 5521 as r1\nrun 20ms\nread C14 at md-db-2 local as q1\nrun 40ms");
    let diagram = drawn(&timeline, 0, 60);
    let kinds = |label: &str| {
        diagram.voyages.iter().filter(|it| it.label.as_ref() == label).map(|it| it.routine).collect::<Vec<_>>()
    };
    assert_eq!(kinds("r1 C14"), [false; 2]);
    assert_eq!(kinds("201 Created"), [false; 2]);
    assert_eq!(kinds("q1 C14?"), [false; 2]);
    assert_eq!(kinds("taken"), [false; 2]);
    assert_eq!(kinds("heartbeat"), [true; 2]);
}

/// Where messages of a kind cannot be told apart they are one drawing: none is left out, and few elements are made.
#[test]
fn a_crowd_is_one_drawing_of_each_kind() {
    let timeline = play("link md-db-4 sg-db-1 latency=1s\nburst 100/s for 2s\nlink md-db-4 md-db-2 loss=30%\nrun 2s");
    let diagram = drawn(&timeline, 1500, 2000);
    assert!(diagram.voyages.len() > 100, "{}", diagram.voyages.len());
    let sheet = Sheet::new(&diagram, Layout::WIDE);
    let text = drawing(&diagram, &sheet, Vocabulary::Raft);
    let ways = |class: &str| {
        let drawings = text.split("<path class='").filter_map(move |part| part.strip_prefix(class));
        drawings.map(|part| part.split("'/>").next().unwrap_or("").matches('M').count()).collect::<Vec<_>>()
    };
    let (lines, heads, crosses) = (ways("way' d='"), ways("head' d='"), ways("cross' d='"));
    assert_eq!(lines.iter().sum::<usize>(), sheet.lines.len());
    let lost = sheet.lines.iter().filter(|line| line.fate == Fate::Lost).count();
    assert!(lost > 0 && crosses.iter().sum::<usize>() == lost, "{lost} lost");
    assert_eq!(heads.iter().sum::<usize>() + lost, sheet.lines.len());
    assert_eq!(text.matches("<g class='voyage ").count(), lines.len());
    assert!(lines.len() < 16, "{lines:?}");
}

/// Who watches a run as it goes sees what one sees who looks at each of its moments anew.
#[test]
fn what_was_over_is_forgotten_and_not_missed() {
    let mut timeline = play("link md-db-4 sg-db-1 latency=300ms\nburst 40/s for 60s\nlink md-db-4 md-db-2 loss=10%");
    let mut watched = None;
    for tenth in 1..300 {
        let now = Micros::from_millis(tenth * 100);
        timeline.run_until(now).expect("it is short enough");
        let from = Micros(now.since(Micros::from_millis(200)).0);
        let window = Window { zoom: Zoom::Span(now), from, until: now };
        let watch = Watch::over(&timeline, watched.take(), from, now, u64::MAX);
        if tenth % 7 == 0 {
            let anew = Watch::over(&timeline, None, from, now, u64::MAX);
            let [as_it_goes, anew] = [&watch, &anew].map(|watch| Diagram::of(&timeline, watch, window, now));
            assert!(anew.voyages.len() > 20 && anew.marks.len() > 10, "{anew:?}");
            assert_eq!(told(&as_it_goes), told(&anew));
            assert_eq!(as_it_goes.followed, anew.followed);
        }
        watched = Some(watch);
    }
}

/// What was forgotten is not said to be followed.
#[test]
fn what_was_forgotten_is_not_said_to_be_followed() {
    let mut timeline = play("burst 40/s for 60s\nrun 100ms");
    let mut watched = None;
    for tenth in 1..200 {
        let now = Micros::from_millis(tenth * 100);
        timeline.run_until(now).expect("it is short enough");
        watched = Some(Watch::over(&timeline, watched, Micros(now.since(Micros::from_millis(200)).0), now, u64::MAX));
    }
    let (watch, now) = (watched.expect("it was watched"), timeline.world().now());
    let whole = Window { zoom: Zoom::All, from: Micros(0), until: now };
    let (since, through) = Diagram::of(&timeline, &watch, whole, now).followed;
    assert!(since > Micros::from_secs(1) && through == now, "{since} to {through}");
}
