//! Answering reads: at once, or when what they wait for has come. `replication::read` says what each kind promises.

use super::{Node, Standing};
use crate::replication::{
    Consistency, Event, Micros, Output, Position, Read, ReadAnswer, ReadId, ReadRefusal, ReadWait, Round, Term,
};

/// A read that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Waiting {
    read: Read,
    until: Until,
}

/// What it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Until {
    /// A round of this node's, as the leader of a term, is confirmed.
    Confirmed { term: Term, round: Round },
    /// An entry is applied.
    Applied(Position),
}

/// The reads that wait at a node, and how current its state is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reads {
    pub(super) waiting: Vec<Waiting>,
    /// Everything that was committed anywhere up to this moment is applied here; nothing if the node cannot tell.
    pub(super) as_of: Option<Micros>,
}

impl Reads {
    /// At a node that is known to be current.
    pub fn current(now: Micros) -> Self {
        Self { as_of: Some(now), ..Self::default() }
    }

    /// Everything committed up to `moment` is applied.
    pub fn know(&mut self, moment: Option<Micros>) {
        self.as_of = self.as_of.max(moment);
    }

    /// The state went back: it is not known any more how current it is.
    pub fn forget(&mut self) {
        self.as_of = None;
    }
}

impl Node {
    /// Everything that was committed anywhere up to this moment is in the queryable state.
    #[must_use]
    pub fn as_of(&self) -> Option<Micros> {
        self.reads.as_of
    }

    pub(super) fn on_read(&mut self, read: Read, out: &mut Vec<Output>) {
        let refusal = match read.consistency {
            Consistency::Local => None,
            Consistency::Leader => self.leads_surely().err(),
            Consistency::Bounded(bound) => {
                let age = self.reads.as_of.map(|as_of| self.clock.since(as_of));
                (age.is_none_or(|age| age > bound)).then_some(ReadRefusal::TooOld { age })
            }
            Consistency::Linearizable if self.leading().is_some() => {
                let round = self.begin_round();
                self.put_off(read, Until::Confirmed { term: self.term, round }, ReadWait::Round(round), out);
                return self.ask_for_confirmation(out);
            }
            Consistency::Linearizable => Some(ReadRefusal::NotLeader),
            Consistency::Token(token) if token.index > self.applied => {
                let wait = ReadWait::Applied { index: token.index, applied: self.applied };
                return self.put_off(read, Until::Applied(token), wait, out);
            }
            Consistency::Token(token) => self.lacks(token),
        };
        self.answer_read(read, refusal, out);
    }

    /// What a read waits for here.
    #[must_use]
    pub fn read_wait(&self, read: ReadId) -> Option<ReadWait> {
        let waiting = self.reads.waiting.iter().find(|waiting| waiting.read.id == read)?;
        Some(match waiting.until {
            Until::Confirmed { round, .. } => ReadWait::Round(round),
            Until::Applied(token) => ReadWait::Applied { index: token.index, applied: self.applied },
        })
    }

    fn put_off(&mut self, read: Read, until: Until, wait: ReadWait, out: &mut Vec<Output>) {
        self.reads.waiting.push(Waiting { read, until });
        out.push(Output::Event(Event::ReadWaits { read, wait }));
    }

    /// Answers the reads whose wait is over. After every step, for anything may have ended it.
    pub(super) fn settle_reads(&mut self, out: &mut Vec<Output>) {
        let mut place = 0;
        while let Some(Waiting { read, until }) = self.reads.waiting.get(place).copied() {
            match self.outcome(until) {
                None => place += 1,
                Some(refusal) => {
                    self.reads.waiting.remove(place);
                    self.answer_read(read, refusal, out);
                }
            }
        }
    }

    /// Nothing while the wait goes on, and then what speaks against an answer.
    #[allow(clippy::option_option)]
    fn outcome(&self, until: Until) -> Option<Option<ReadRefusal>> {
        match until {
            Until::Confirmed { term, .. } if self.leading().is_none() || self.term != term => {
                Some(Some(ReadRefusal::LeadsNoMore))
            }
            Until::Confirmed { round, .. } => {
                (self.leads_surely().is_ok() && self.confirmed_round() >= round).then_some(None)
            }
            Until::Applied(token) => (self.applied >= token.index).then(|| self.lacks(token)),
        }
    }

    /// A leader whose round is confirmed led when the round began, so everything committed by then it had committed.
    pub(super) fn note_confirmation(&mut self) {
        if self.leads_surely().is_ok() {
            self.reads.know(Some(Micros(self.confirmed_round())));
        }
    }

    fn lacks(&self, token: Position) -> Option<ReadRefusal> {
        (!self.log.holds(token)).then(|| ReadRefusal::RolledBack { holds: self.log.position_at(token.index) })
    }

    fn answer_read(&self, read: Read, refusal: Option<ReadRefusal>, out: &mut Vec<Output>) {
        let seen =
            ReadAnswer::Seen { holder: self.bookings.holder(read.cabin), applied: self.log.position_at(self.applied) };
        out.push(Output::AnswerRead { read, answer: refusal.map_or(seen, ReadAnswer::Refused) });
    }

    /// It believes that it leads, and what it knows to be committed is all that is.
    pub(super) fn leads_surely(&self) -> Result<(), ReadRefusal> {
        match &self.standing {
            Standing::Leader(_) if !self.may_answer() => Err(ReadRefusal::NoLease),
            Standing::Leader(_) if self.log.term_at(self.commit) == Some(self.term) => Ok(()),
            Standing::Leader(_) => Err(ReadRefusal::NotEstablished { term: self.term }),
            _ => Err(ReadRefusal::NotLeader),
        }
    }
}
