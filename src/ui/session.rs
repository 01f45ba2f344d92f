//! Stands in for the session until it lands: a sample run of hand-made frames, to design against.
use crate::replication::*;
use crate::simulation::{Invariant, Micros, Place};
use crate::teaching::frame::Progress;
use crate::teaching::frame::*;
use crate::teaching::session::{Intent, Notice, Transport};
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Action,
    Milestone,
    Promise,
    Violation,
}
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub step: u64,
    pub at: Micros,
    pub kind: MarkKind,
}

pub struct Session {
    frame: Rc<Frame>,
    playing: bool,
    speed: u32,
    marks: Rc<[Mark]>,
    notice: Option<Rc<Notice>>,
    script: Rc<str>,
}

impl Session {
    pub fn new() -> Self {
        Self { frame: sample(1), playing: false, speed: 10, marks: [(1, 1000, MarkKind::Action), (3, 8000, MarkKind::Milestone), (5, 13000, MarkKind::Promise)].iter().map(|(s, a, k)| Mark { step: *s, at: Micros(*a), kind: *k }).collect(), notice: None,
        script: "cluster ack=sync-quorum seed=1\nreserve C14 for 5521 as r1\nrun until r1 201\ncrash md-db-4\npromote md-db-2\n".into() }
    }
    pub fn update(&mut self, intent: Intent) {
        match intent {
            Intent::Play => self.playing = true,
            Intent::Pause => self.playing = false,
            Intent::Speed(s) => self.speed = s,
            Intent::Tick(t) if self.playing => {
                let mut f = (*self.frame).clone();
                f.now = Micros(f.now.0 + t.0 * u64::from(self.speed) / 1000);
                self.frame = Rc::new(f);
            }
            Intent::Step => self.frame = sample(self.frame.step + 1),
            Intent::StepBack => self.frame = sample(self.frame.step.saturating_sub(1)),
            Intent::Seek(s) => self.frame = sample(s),
            Intent::Follow(s) => {
                if let Some(n) = s.strip_prefix("sample=").and_then(|n| n.parse().ok()) {
                    self.frame = sample(n)
                }
            }
            Intent::Command(c) => {
                self.notice = Some(Rc::new(Notice {
                    title: "This line was not understood; nothing ran.".into(),
                    details: Rc::from([Rc::from(format!(
                        "line 1, column 1: `{c}` is no command here; expected reserve, crash, run …"
                    ))]),
                    from_command_box: true,
                }))
            }
            _ => self.notice = None,
        }
    }
    pub fn frame(&self) -> &Rc<Frame> {
        &self.frame
    }
    pub fn transport(&self) -> Transport {
        Transport {
            playing: self.playing,
            speed: self.speed,
            step: self.frame.step,
            last_step: 6,
            now: self.frame.now,
            end: Micros(20_000).max(self.frame.now),
        }
    }
    pub fn notice(&self) -> Option<&Rc<Notice>> {
        self.notice.as_ref()
    }
    pub fn script_text(&self) -> Rc<str> {
        self.script.clone()
    }
    pub fn link(&self) -> String {
        format!("sample={}", self.frame.step)
    }
    pub fn marks(&self) -> Rc<[Mark]> {
        self.marks.clone()
    }
}

fn pos(term: u64, index: u64) -> Position {
    Position { term, index }
}
fn cmd(cabin: u8, customer: u32, r: u32) -> Command {
    Command::Booking {
        booking: Booking::Reserve,
        cabin: Cabin::Tonight(cabin),
        customer: CustomerId(customer),
        request: RequestId(r),
    }
}

/// (appended, durable, committed, applied) a node; extra cells
fn sample(n: u64) -> Rc<Frame> {
    let s = n.min(6);
    let ms = |m: u64| Micros(m * 1000);
    let stages: [[u64; 4]; 3] = match s {
        0 => [[243; 4]; 3],
        1 => [[244, 243, 243, 243], [243; 4], [243; 4]],
        2 => [[244, 244, 243, 243], [244, 243, 243, 243], [243; 4]],
        3 => [[245, 244, 244, 244], [245, 244, 243, 243], [243; 4]],
        4 => [[245, 245, 244, 244], [245, 245, 244, 244], [243; 4]],
        5 => [[245, 245, 244, 244], [246, 246, 246, 246], [244, 243, 243, 243]],
        _ => [[244, 244, 244, 244], [243; 4], [244, 244, 244, 244]],
    };
    let down = |i: usize| matches!((s, i), (4, 0) | (5, 0) | (6, 1));
    let leader = match s {
        4 => None,
        5 => Some(1),
        6 => Some(2),
        _ => Some(0),
    };
    let term = if s >= 5 { 28 } else { 27 };
    let base = 981_000;
    let ids: Vec<NodeId> = NodeId::all(3).collect();
    let entry = |i: u64, lane: usize| -> (u64, Command) {
        match i {
            241 => (27, cmd(3, 5102, 90)),
            242 => (27, cmd(19, 4417, 91)),
            243 => (27, cmd(8, 5310, 92)),
            244 if s == 6 && lane == 2 => (28, Command::Noop),
            244 if s == 6 && lane == 0 => (28, Command::Noop),
            244 => (27, cmd(14, 5521, 1)),
            245 if s >= 5 && lane == 1 => (28, Command::Noop),
            245 => (27, cmd(7, 6003, 2)),
            _ => (28, cmd(21, 7110, 3)),
        }
    };
    let mut nodes = vec![];
    let mut lanes = vec![];
    for (k, id) in ids.iter().enumerate() {
        let st = stages[k];
        let cells: Rc<[Cell]> = (241..=st[0])
            .map(|i| {
                let (t, c) = entry(i, k);
                Cell {
                    position: pos(t, base + i),
                    command: c,
                    durable: i <= st[1],
                    committed: i <= st[2],
                    applied: i <= st[3],
                }
            })
            .collect();
        let rolled: Rc<[Cell]> = if s == 6 && k == 0 {
            [(244, cmd(14, 5521, 1)), (245, cmd(7, 6003, 2))]
                .iter()
                .map(|(i, c)| Cell {
                    position: pos(27, base + i),
                    command: *c,
                    durable: true,
                    committed: *i == 244,
                    applied: *i == 244,
                })
                .collect()
        } else {
            Rc::from([])
        };
        let mut cabins = [CabinView::Free; 24];
        for (c, who) in [
            (1, 4001),
            (2, 4002),
            (5, 4003),
            (6, 4004),
            (9, 4005),
            (11, 4006),
            (12, 4007),
            (16, 4008),
            (20, 4009),
            (22, 4010),
        ] {
            cabins[c - 1] = CabinView::Taken(CustomerId(who));
        }
        for cell in cells.iter() {
            if let Command::Booking { cabin: Cabin::Tonight(c), customer, .. } = cell.command {
                cabins[usize::from(c) - 1] =
                    if cell.applied { CabinView::Taken(customer) } else { CabinView::Reserving(customer) };
            }
        }
        nodes.push(Rc::new(NodeView {
            node: *id,
            region: if k == 2 { Region::Singapore } else { Region::EastCoast },
            running: !down(k),
            role: (!down(k)).then_some(if leader == Some(k) { Role::Leader } else { Role::Follower }),
            stale_leader: s == 6 && k == 0 && false,
            synchronous: k == 1 || (s >= 5 && k == 0),
            term: if down(k) { 27 } else { term },
            appended: cells.last().unwrap().position,
            durable: pos(27, base + st[1]),
            committed: base + st[2],
            applied: base + st[3],
            writing: (st[1] < st[0]).then_some(DiskWrite {
                entries: Some((base + st[1] + 1, base + st[0])),
                from: ms(5),
                until: ms(7),
            }),
            cabins: Rc::from(cabins),
            gateway_cut: false,
            control_cut: false,
        }));
        let follows = leader.is_some() && leader != Some(k);
        lanes.push(Rc::new(Lane {
            node: *id,
            running: !down(k),
            compacted_through: base + 240,
            cells,
            rolled_back: rolled,
            next: follows.then_some(base + st[0] + 1),
            matched: follows.then_some(base + st[1]),
        }));
    }
    let dir = |l: u64, open| LinkDirection { open, latency: ms(l), jitter: Micros(0), loss_per_mille: 0 };
    let cut = s >= 4;
    let links: Rc<[LinkView]> = Rc::from([
        LinkView { a: ids[0], b: ids[1], forth: dir(1, true), back: dir(1, true) },
        LinkView { a: ids[0], b: ids[2], forth: dir(110, !cut), back: dir(110, !cut) },
        LinkView { a: ids[1], b: ids[2], forth: dir(110, s != 4), back: dir(110, true) },
    ]);
    let now = ms(7 + s * 2);
    let n = Place::Node;
    let mut fl = vec![];
    let mut add = |kind, from, to, label: &str, f: u64| {
        let id = fl.len() as u64 + s * 100;
        fl.push(Flight {
            id,
            kind,
            from,
            to,
            label: label.into(),
            sent_at: Micros(now.0 - f * 10),
            due_at: Micros(now.0 + (1000 - f * 10)),
        });
    };
    match s {
        0 => add(FlightKind::Request, Place::Customers, Place::Gateway, "reserve C14", 50),
        1 => {
            add(FlightKind::Append, n(ids[0]), n(ids[1]), "append 981244", 40);
            add(FlightKind::Append, n(ids[0]), n(ids[2]), "append 981244", 12);
            add(FlightKind::Request, Place::Gateway, n(ids[0]), "reserve C7", 40);
        }
        2 => {
            add(FlightKind::Acknowledge, n(ids[1]), n(ids[0]), "received 981244", 55);
            add(FlightKind::Append, n(ids[0]), n(ids[2]), "append 981244", 22);
            add(FlightKind::Append, n(ids[0]), n(ids[2]), "append 981245", 17);
        }
        3 => {
            add(FlightKind::Answer, n(ids[0]), Place::Gateway, "201 r1", 50);
            add(FlightKind::Append, n(ids[0]), n(ids[1]), "commit 981244", 50);
            add(FlightKind::Acknowledge, n(ids[1]), n(ids[0]), "durable 981244", 25);
            add(FlightKind::Append, n(ids[0]), n(ids[2]), "append 981244", 52);
            add(FlightKind::Heartbeat, n(ids[2]), n(ids[0]), "heartbeat", 40);
        }
        4 => {
            add(FlightKind::Control, Place::ControlPlane, n(ids[1]), "promote", 40);
            add(FlightKind::Term, n(ids[1]), n(ids[2]), "term 28", 30);
        }
        5 => {
            add(FlightKind::Append, n(ids[1]), n(ids[2]), "append 981246", 45);
            add(FlightKind::Reject, n(ids[2]), n(ids[1]), "no 981245 here", 40);
            add(FlightKind::Answer, Place::Gateway, Place::Customers, "201 r3", 50);
        }
        _ => {
            add(FlightKind::Append, n(ids[2]), n(ids[1]), "append 981244", 50);
        }
    }
    let mut reqs = vec![];
    let mut req = |r: u32, what: &str, fate, p: Option<Position>, asked: u64, ans: Option<u64>, why: &str| {
        reqs.push(RequestView {
            request: RequestId(r),
            what: what.into(),
            fate,
            position: p,
            asked_at: ms(asked),
            answered_at: ans.map(ms),
            why: why.into(),
        })
    };
    if s >= 1 {
        let (fate, why) = match s {
            1 | 2 => (
                Fate::Pending,
                "Entry 27:981244 is not committed: sync-quorum waits for md-db-2 to have it on disk (it has 981243).",
            ),
            3 => (
                Fate::Kept,
                "Entry 27:981244 is on the disks of md-db-4 and md-db-2, in the log of the leader of term 27.",
            ),
            4 => (Fate::InDoubt, "md-db-4, the leader that decides, is down; md-db-2 has entry 27:981244 on its disk."),
            5 => (Fate::Kept, "Entry 27:981244 is in the log of md-db-2, the leader of term 28."),
            _ => (Fate::Lost, "sg-db-1 leads term 28, and its log holds 28:981244 where 27:981244 was."),
        };
        req(1, "reserve C14 for 5521", fate, (s >= 3).then_some(pos(27, 981_244)), 0, (s >= 3).then_some(13), why);
    }
    if s >= 3 {
        req(
            2,
            "reserve C07 for 6003",
            if s == 3 { Fate::Pending } else { Fate::Unanswered },
            None,
            6,
            None,
            "Entry 27:981245 is on md-db-4 alone; nobody has been told.",
        );
    }
    if s == 5 {
        req(
            3,
            "reserve C03 for 8112",
            Fate::Conflict,
            None,
            11,
            Some(15),
            "C03 was taken by 5102 at 981241; nothing was appended.",
        );
    }
    let rows: Rc<[ProgressRow]> = ids
        .iter()
        .enumerate()
        .filter(|(k, _)| leader.is_some() && leader != Some(*k))
        .map(|(k, id)| {
            let st = stages[k];
            ProgressRow {
                follower: *id,
                synchronous: k != 2,
                probing: s == 5 && k == 2,
                next: base + st[0] + 1,
                received: base + st[0].min(st[1]),
                matched: base + st[1],
                applied: base + st[3],
                truth: (!down(k)).then_some((base + st[0], base + st[1], base + st[3])),
                lag_entries: stages[leader.unwrap()][0].saturating_sub(st[1]),
                lag_time: Micros(3400),
            }
        })
        .collect();
    let promos: Rc<[PromotionView]> = ids.iter().enumerate().map(|(k, id)| { let safe = k == 1 && s == 4; PromotionView { node: *id, safe, verdict: if safe { "Provably safe: every entry that could be committed is in its log.".into() } else { format!("Not provably safe: {id} may lack committed entries.").into() },
        reasons: Rc::from([Rc::from("Under sync-quorum an entry is committed once md-db-4 and md-db-2 both have it on disk; md-db-2 is reachable and shows 981245."), Rc::from("The most up-to-date reachable log is md-db-2’s, 27:981245; sg-db-1’s ends at 27:981243.")]), durable: pos(27, base + stages[k][1]), matched: Some(base + stages[k][1]), known_commit: base + stages[k][2], term, lag_entries: 245 - stages[k][1].min(245),
        discards: if k == 2 { Rc::from([Discard { position: pos(27, 981_244), what: "reserve C14 for 5521".into(), promise: Some(RequestId(1)) }, Discard { position: pos(27, 981_245), what: "reserve C07 for 6003".into(), promise: None }]) } else { Rc::from([]) } } }).collect();
    let sent = [
        "A customer asks the gateway for cabin C14.",
        "md-db-4 appends entry 27:981244, reserve C14 for 5521, and sends it to md-db-2 and sg-db-1. It is on no disk yet.",
        "md-db-4 has 981244 on its disk; md-db-2 has received it and is writing.",
        "md-db-2’s disk has 981244: leader and synchronous follower both hold it, so the commit index is 981244 and the customer hears 201.",
        "md-db-4 is down. Nobody leads; what md-db-2 holds decides what survives.",
        "md-db-2 leads term 28. The promise r1 is kept: its entry was on md-db-2’s disk.",
        "sg-db-1 was promoted by force. md-db-4 returns, and gives up 27:981244: the promise r1 is lost.",
    ];
    let lines: Rc<[StoryLine]> = [
        (1, 0, Place::Customers, "asks for C14 for 5521 as r1", true),
        (2, 5000, n(ids[0]), "append 27:981244 reserve C14 for 5521", true),
        (3, 5000, n(ids[0]), "send append 981244 to md-db-2", false),
        (4, 5000, n(ids[0]), "send append 981244 to sg-db-1", false),
        (5, 7000, n(ids[0]), "durable 981244", false),
        (6, 8000, n(ids[1]), "durable 981244, acknowledged", true),
        (7, 9000, n(ids[0]), "commit 981244", true),
        (8, 9000, n(ids[0]), "applied 981244", true),
        (9, 14000, Place::Gateway, "201 Created r1 27:981244", true),
    ]
    .iter()
    .take(1 + 2 * s as usize)
    .map(|(st, at, p, t, m)| StoryLine {
        step: *st,
        at: Micros(*at),
        place: Some(*p),
        text: (*t).into(),
        milestone: *m,
    })
    .collect();
    let committed = base
        + match leader {
            Some(k) => stages[k][2],
            None => 244,
        };
    Rc::new(Frame {
        now,
        step: s,
        cluster: Rc::new(ClusterView {
            leader: leader.map(|k| ids[k]),
            term,
            committed,
            rule: CommitRule::SyncQuorum,
            rule_means: "The entry is on the disks of the leader and of every synchronous follower.",
            sync: NodeSet::EMPTY.with(ids[0]).with(ids[1]),
            gateway_leader: leader.map(|k| ids[k]),
        }),
        nodes: nodes.into(),
        links,
        flights: fl.into(),
        grid: Rc::new(Grid {
            first: base + 241,
            last: base + stages.iter().map(|s| s[0]).max().unwrap(),
            committed,
            lanes: lanes.into(),
        }),
        requests: reqs.into(),
        progress: Rc::new(Progress {
            leader: leader.map(|k| ids[k]),
            rows,
            waiting: (s < 3).then(|| "981244 waits for md-db-2: its disk holds entries up to 981243.".into()),
        }),
        promotions: promos,
        story: Rc::new(Story { sentence: sent[s as usize].into(), lines }),
        violations: if s == 6 {
            Rc::from([ViolationView { invariant: Invariant::PromisesKept, at: ms(19), step: 12, text: "r1 was answered 201 for entry 27:981244 at 13.000 ms; sg-db-1 leads term 28 without it since it was promoted by force.".into() }])
        } else {
            Rc::from([])
        },
    })
}
