//! A node that has lost its disk, and how a leader makes it count again.
//!
//! Such a node has forgotten what it acknowledged, which terms it adopted, and for whom it voted. Taken at its word, it
//! could help an older leader commit, or a candidate that lacks what it used to hold. So it takes in what a leader sends,
//! but it does not vote, does not stand, and its reports do not count; it says so with everything that it answers to a
//! leader. The leader, on hearing it, drops what it believed of the node, counts none of its copies and none of its
//! acknowledgements, and remembers where its own log ended. The node is whole again once
//!
//! (a) a majority without it has acknowledged a round that began after that: so this leader was the newest, and its log
//! held everything that the node may ever have helped to commit; and
//! (b) the node has all of that log on its disk.
//!
//! Then the leader tells it, and it writes down that it is whole.

use super::{Node, Standing, peer};
use crate::replication::{Event, Index, Message, NodeId, Output, Progress, Round, Write};

/// What a leader keeps in mind of a follower that has lost its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recovery {
    /// The last index that the leader held when it heard of the loss: the follower must have everything up to here.
    pub through: Index,
    /// The round that began then: a majority must acknowledge it, or a later one.
    round: Round,
    /// The round that began when the follower was told that it is whole: with its acknowledgement it counts again.
    told: Option<Round>,
}

impl Node {
    /// It has lost its disk, and no leader has made it whole: it neither counts nor votes.
    #[must_use]
    pub fn has_lost_its_disk(&self) -> bool {
        self.lost_disk
    }

    /// A follower that has lost its disk says so with each append that it gets.
    pub(super) fn confess(&self, leader: NodeId, round: Round, out: &mut Vec<Output>) {
        if self.lost_disk {
            let routine = self.following() == Some(leader);
            out.push(Output::Send(peer(
                leader,
                Message::LostDisk { term: self.term, round, durable: self.durable() },
                routine,
            )));
        }
    }

    /// A follower has lost its disk: everything that this leader believed of it is void. So it is once more if, on the
    /// way back, less is on its disk than it acknowledged.
    pub(super) fn on_lost_disk(&mut self, follower: NodeId, round: Round, durable: Index, out: &mut Vec<Output>) {
        let last = self.log.last().index;
        let Some(progress) = self.progress_mut(follower) else { return };
        let lost_again = round >= progress.round && durable < progress.matched;
        match &mut progress.recovery {
            // It has not heard yet that it is whole.
            Some(recovery) if !lost_again && recovery.told.is_some_and(|told| round >= told) => recovery.told = None,
            Some(_) if !lost_again => {}
            _ => {
                let round = self.begin_round();
                let recovery = Some(Recovery { through: last, round, told: None });
                if let Some(progress) = self.progress_mut(follower) {
                    progress.void(round, last);
                    (progress.recovery, progress.round) = (recovery, round);
                }
                out.push(Output::Event(Event::FollowerLostDisk { follower, through: last }));
            }
        }
    }

    /// An acknowledgement of what the follower held before it lost it was on its way: it means nothing any more.
    pub(super) fn is_from_before_a_loss(&self, follower: NodeId, round: Round) -> bool {
        let progress = self.leading().and_then(|leader| leader.progress().get(&follower));
        progress.is_some_and(|progress| round < progress.since)
    }

    /// After an acknowledgement: perhaps the follower is whole.
    pub(super) fn tend_recovery(&mut self, follower: NodeId, round: Round, out: &mut Vec<Output>) {
        let confirmed = self.majority_round();
        let Some(Progress { recovery: Some(Recovery { through, round: since, told }), matched, .. }) =
            self.progress_mut(follower).cloned()
        else {
            return;
        };
        match told {
            Some(told) if round >= told => {
                if let Some(progress) = self.progress_mut(follower) {
                    progress.recovery = None;
                }
                out.push(Output::Event(Event::FollowerWhole { follower }));
            }
            None if matched >= through && confirmed >= since => {
                let told = Some(self.begin_round());
                if let Some(progress) = self.progress_mut(follower) {
                    progress.recovery = Some(Recovery { through, round: since, told });
                }
                out.push(Output::Send(peer(follower, Message::Whole { term: self.term }, false)));
            }
            _ => {}
        }
    }

    /// The leader says that this node has everything again.
    pub(super) fn on_whole(&mut self, leader: NodeId, out: &mut Vec<Output>) {
        let follows = matches!(&self.standing, Standing::Follower(follower) if follower.leader == Some(leader));
        if follows && std::mem::take(&mut self.lost_disk) {
            out.push(Output::Event(Event::Whole { leader }));
            out.push(Output::Persist { write: Write { whole: true, ..Write::default() }, then: Vec::new() });
        }
    }
}
