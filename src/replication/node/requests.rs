//! How a leader takes requests: each is judged against everything in its log, and what it accepts gets an index. Requests
//! that came in together are written together and sent together.

use super::{Node, Standing};
use crate::replication::{Answer, Command, Entry, Event, Index, Judgement, Output, Request, Write};

impl Node {
    /// Requests that were waiting for this node at one moment, in the order in which they came.
    pub(super) fn on_requests(&mut self, requests: &[Request], out: &mut Vec<Output>) {
        self.take_in(requests, false, out);
    }

    /// Takes requests in, be it that they just came or that they were `held` back until now.
    pub(super) fn take_in(&mut self, requests: &[Request], held: bool, out: &mut Vec<Output>) {
        let mut accepted = Vec::new();
        for request in requests {
            let judged = self.judge_request(request).or_else(|| {
                let follower = if held { None } else { self.hold_back(request) }?;
                Some((Judgement::HeldBack { follower }, None))
            });
            let Some((judgement, answer)) = judged else {
                let Request { id, booking, cabin, customer } = *request;
                accepted.extend(self.assign(Command::Booking { booking, cabin, customer, request: id }));
                continue;
            };
            out.push(Output::Event(Event::Judged { request: request.id, judgement }));
            out.extend(answer.map(|answer| Output::Answer { request: request.id, answer }));
        }
        self.spread(accepted, out);
    }

    /// Whether a request is to get an index, or what else becomes of it. It is judged against everything in the log,
    /// applied or not.
    fn judge_request(&mut self, request: &Request) -> Option<(Judgement, Option<Answer>)> {
        let (applied, uncommitted) = (self.applied, self.log.last().index - self.commit + self.held_back() as Index);
        let (may_answer, waits) = (self.may_answer(), self.waits_in_office());
        let Standing::Leader(leader) = &mut self.standing else {
            return Some((Judgement::NotLeader, Some(Answer::NotLeader)));
        };
        if leader.handing_over().is_some() {
            return Some((Judgement::NotLeader, Some(Answer::NotLeader)));
        }
        let allows = leader.speculative.allows(request.booking, request.cabin, request.customer);
        match leader.speculative.carried_out(request.id) {
            _ if !may_answer && !waits => Some((Judgement::NoLease, Some(Answer::NotLeader))),
            Some(at) if waits || at.index > applied || leader.waiting.contains_key(&at.index) => {
                leader.waiting.insert(at.index, request.id);
                Some((Judgement::UnderWay(at), None))
            }
            Some(at) => Some((Judgement::CarriedOut(at), Some(Answer::Created(at)))),
            None if !allows && waits => Some((Judgement::NoLease, Some(Answer::NotLeader))),
            None if !allows => {
                let holder = leader.speculative.holder(request.cabin);
                Some((Judgement::Conflict(*request), Some(Answer::Conflict { holder })))
            }
            None if uncommitted >= self.limits.bound => {
                Some((Judgement::Overloaded { uncommitted }, Some(Answer::Unavailable)))
            }
            None => None,
        }
    }

    /// A leader's own entry, such as its first.
    pub(super) fn append(&mut self, command: Command, out: &mut Vec<Output>) {
        let entries = self.assign(command).into_iter().collect();
        self.spread(entries, out);
    }

    /// Assigns the next index: the beginning of a replicated write. Appended is not committed.
    fn assign(&mut self, command: Command) -> Option<Entry> {
        let Standing::Leader(leader) = &mut self.standing else { return None };
        let entry = Entry { term: self.term, index: self.log.last().index + 1, command };
        self.log.append(entry);
        leader.speculative.apply(&entry);
        if let Some(request) = command.request() {
            leader.waiting.insert(entry.index, request);
        }
        self.note_append(entry.index);
        Some(entry)
    }

    /// New entries go to this node's disk and to its followers.
    fn spread(&mut self, entries: Vec<Entry>, out: &mut Vec<Output>) {
        if entries.is_empty() {
            return;
        }
        out.push(Output::Event(Event::Appended { entries: entries.as_slice().into(), from: None }));
        out.push(Output::Persist { write: Write { entries, ..Write::default() }, then: Vec::new() });
        self.replicate(out);
        self.advance_commit(out);
    }
}
