//! Elections: how nodes make a leader by themselves (Raft, sections 5.2, 5.4.1 and 9.6 of Ongaro's thesis).
//!
//! A follower that has not heard from a leader for the length of its time-out first asks whether it would be elected: a
//! node that still hears a leader says no, so one that merely cannot be reached does not unseat anybody. With a majority
//! of such words it takes the next term, votes for itself, and asks for votes. A node votes once a term, for a candidate
//! whose log is at least as up to date as its own, and both term and vote are on its disk before anybody hears of it. A
//! candidate leads with the votes of more than half of all nodes.
//!
//! Every two majorities share a node, so no term has two elected leaders, and a rule that wants copies on more than half
//! of the disks has one at every majority of voters: no committed entry is lost. A rule that is content with fewer, such
//! as two of five, takes more votes: so many that those who do not vote are too few to be all who hold an entry. The
//! control plane says how many by the weakest rule that ever held, for an older leader may still commit by it, and what it
//! committed stays where it is. Where one disk may be all, no number of votes helps short of all: under such rules
//! elections lose entries.
//!
//! A leader that hears no majority for as long as two time-outs steps down: somebody else may have been elected.
//!
//! An elected leader begins with the rule that it was configured with, tells the control plane, and announces itself to
//! the gateway; it says so again now and then, for either may have been out of reach.

use super::{Follower, Node, Standing, peer};
use crate::replication::{
    AskVote, Event, Message, Micros, NodeId, NodeSet, Notice, Output, Position, Send, StepDownReason, Switch, Term,
    Timer, VoteRefusal, Write,
};

/// The shortest time after which a silent leader is taken to be gone. Time-outs are drawn between it and its double.
pub const ELECTION_TIMEOUT: Micros = Micros::from_millis(300);

/// After how many heartbeats an elected leader announces itself again.
const ANNOUNCE_HEARTBEATS: u8 = 20;

/// How a node that wants to lead goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Candidacy {
    /// The control plane has asked it to; it waits for the verdict.
    Campaign,
    /// It asks who would vote for it; these would.
    PreVote(NodeSet),
    /// It asks for votes; these voted for it, besides itself.
    Vote(NodeSet),
}

impl Node {
    /// Sets the time-out after which this node takes its leader to be gone; each setting replaces the one before.
    pub(super) fn await_leader(&self, out: &mut Vec<Output>) {
        if self.is_on(Switch::Failover) {
            out.push(Output::SetTimer(Timer::Election));
        }
    }

    /// No leader was heard for too long.
    pub(super) fn on_election_timer(&mut self, out: &mut Vec<Output>) {
        if !self.may_stand() {
            if self.lost_disk {
                self.await_leader(out);
            }
            return;
        }
        self.standing = Standing::Candidate(Candidacy::PreVote(NodeSet::EMPTY));
        out.push(Output::Event(Event::Stands { term: self.next_term(), pre: true, votes: self.raised_votes() }));
        for request in self.ask_votes(true) {
            out.push(Output::Send(request));
        }
        self.await_leader(out);
    }

    /// Stands for election at once, whether a leader is heard or not.
    pub(super) fn stand(&mut self, out: &mut Vec<Output>) {
        if !self.may_stand() {
            return;
        }
        self.term = self.next_term();
        self.voted = Some(self.id);
        self.standing = Standing::Candidate(Candidacy::Vote(NodeSet::EMPTY));
        out.push(Output::Event(Event::Stands { term: self.term, pre: false, votes: self.raised_votes() }));
        let write = Write { term: Some(self.term), vote: self.voted, ..Write::default() };
        out.push(Output::Persist { write, then: self.ask_votes(false) });
        self.await_leader(out);
    }

    fn may_stand(&self) -> bool {
        self.is_on(Switch::Failover) && self.leading().is_none() && !self.lost_disk
    }

    /// How many votes make it a leader, with its own.
    fn votes_needed(&self) -> usize {
        self.configuration.votes.max(self.members / 2 + 1)
    }

    fn raised_votes(&self) -> Option<usize> {
        Some(self.votes_needed()).filter(|votes| *votes > self.members / 2 + 1)
    }

    fn next_term(&self) -> Term {
        self.term.max(self.configuration.floor) + 1
    }

    fn ask_votes(&self, pre: bool) -> Vec<Send> {
        let ask = AskVote { term: self.term, last: self.log.last(), pre };
        self.others().map(|node| peer(node, Message::AskVote(ask), false)).collect()
    }

    /// Another node asks for this one's vote, or whether it would get it.
    pub(super) fn on_ask_vote(&mut self, candidate: NodeId, ask: AskVote, out: &mut Vec<Output>) {
        let AskVote { term, last, pre } = ask;
        let newer = !pre && self.adopt_if_newer(term, Some(candidate), out);
        let refusal = self.refusal_to(candidate, last, pre);
        out.push(Output::Event(Event::Voted { candidate, pre, refusal }));
        let vote = peer(candidate, Message::Vote { term, pre, refusal }, false);
        let votes = !pre && refusal.is_none();
        if votes {
            self.voted = Some(candidate);
            self.await_leader(out);
        }
        if votes || newer {
            let write = Write { term: Some(term), vote: self.voted, ..Write::default() };
            out.push(Output::Persist { write, then: vec![vote] });
        } else {
            out.push(Output::Send(vote));
        }
    }

    /// Why this node does not vote for a candidate.
    fn refusal_to(&self, candidate: NodeId, theirs: Position, pre: bool) -> Option<VoteRefusal> {
        let ours = self.log.last();
        match self.voted {
            _ if self.lost_disk => Some(VoteRefusal::LostDisk),
            _ if pre && self.heard_leader().is_some() => self.heard_leader().map(VoteRefusal::HearsLeader),
            Some(other) if !pre && other != candidate => Some(VoteRefusal::VotedFor(other)),
            _ if theirs < ours => Some(VoteRefusal::Behind { theirs, ours }),
            _ => None,
        }
    }

    /// The leader, this node itself if it leads, that was heard within the shortest time-out.
    fn heard_leader(&self) -> Option<NodeId> {
        match &self.standing {
            Standing::Leader(_) => Some(self.id),
            Standing::Follower(Follower { leader, heard: Some(heard), .. })
                if self.clock.since(*heard) < ELECTION_TIMEOUT =>
            {
                *leader
            }
            _ => None,
        }
    }

    /// A vote, or the word that there would be one.
    pub(super) fn on_vote(&mut self, voter: NodeId, term: Term, pre: bool, granted: bool, out: &mut Vec<Output>) {
        let (needed, due) = (self.votes_needed(), granted && term == self.term);
        let votes = match &mut self.standing {
            Standing::Candidate(Candidacy::PreVote(votes)) if due && pre => votes,
            Standing::Candidate(Candidacy::Vote(votes)) if due && !pre => votes,
            _ => return,
        };
        *votes = votes.with(voter);
        let with_its_own = votes.len() + 1;
        if with_its_own < needed {
            return;
        }
        if pre {
            self.stand(out);
        } else {
            self.take_office(self.configuration.rule, self.configuration.sync, out);
            self.announce(false, out);
        }
    }

    /// Tells control plane and gateway who leads.
    fn announce(&self, routine: bool, out: &mut Vec<Output>) {
        out.push(Output::Send(Send::Announce { notice: Notice::Elected { node: self.id, term: self.term }, routine }));
    }

    /// With every heartbeat of a leader: it steps down if it has heard no majority for too long, and announces itself now
    /// and then. Whether it still leads.
    pub(super) fn leads_on(&mut self, out: &mut Vec<Output>) -> bool {
        let since = Micros(self.majority_round());
        let Standing::Leader(leader) = &mut self.standing else { return false };
        if !self.configuration.switches.has(Switch::Failover) {
            return true;
        }
        let since = since.max(leader.in_office_since());
        if self.clock.since(since).0 > 2 * ELECTION_TIMEOUT.0 {
            self.stop_leading(StepDownReason::NoMajority { since }, out);
            return false;
        }
        leader.heartbeats = (leader.heartbeats + 1) % ANNOUNCE_HEARTBEATS;
        if leader.heartbeats == 0 {
            self.announce(true, out);
        }
        true
    }

    /// Leads no more, or will not lead, and waits for another to do so.
    pub(super) fn stop_leading(&mut self, because: StepDownReason, out: &mut Vec<Output>) {
        self.standing = Standing::Follower(Follower::default());
        out.push(Output::Event(Event::SteppedDown { because }));
        self.await_leader(out);
    }
}
