//! Rounds: how a leader learns that it still leads. What it sends belongs to a round, an acknowledgement names the round
//! that it answers, and a round that enough nodes have acknowledged is confirmed: `replication::read` says what follows.

use super::{Node, Standing};
use crate::replication::{Copies, CopyList, Demand, Index, Output, Round, Send};

impl Node {
    /// Everything that is sent from now on belongs to a new round.
    pub(super) fn begin_round(&mut self) -> Round {
        let Standing::Leader(leader) = &mut self.standing else { return 0 };
        leader.round = self.clock.0.max(leader.round + 1);
        leader.round
    }

    /// Asks every follower to confirm, now, that this node leads.
    pub(super) fn ask_for_confirmation(&mut self, out: &mut Vec<Output>) {
        for follower in self.others() {
            self.send_append(follower, 0, out);
            if let Some(Output::Send(Send::Peer { routine, .. })) = out.last_mut() {
                *routine = false;
            }
        }
    }

    /// The newest round that enough nodes have acknowledged: whether they are enough is for `enough` to say. It counts
    /// rounds as it counts copies, and indexes are shorter than clocks: so rounds are told from half an hour ago on, and
    /// an older one counts as none.
    fn acknowledged_round(&self, enough: &[&Demand]) -> Round {
        let Some(leader) = self.leading() else { return 0 };
        let first = leader.round.saturating_sub(Round::from(u32::MAX / 2));
        let copies = |node, round: Round| {
            let late = Index::try_from(round.saturating_sub(first)).unwrap_or(Index::MAX);
            Copies { node, received: late, durable: late, applied: late }
        };
        let others = leader.progress.iter().filter(|(_, progress)| progress.recovery.is_none());
        let others = others.map(|(node, progress)| copies(*node, progress.round));
        let rounds: CopyList = std::iter::once(copies(self.id, leader.round)).chain(others).collect();
        match enough.iter().map(|demand| demand.committed(&rounds)).min() {
            None | Some(0) => 0,
            Some(late) => first + Round::from(late),
        }
    }

    /// The newest round that confirms that this node led when the round began: `replication::read` says why.
    #[must_use]
    pub fn confirmed_round(&self) -> Round {
        self.leading().map_or(0, |leader| self.acknowledged_round(&[&leader.demand, &self.majority()]))
    }

    /// The newest round that more than half of all nodes have acknowledged.
    #[must_use]
    pub fn majority_round(&self) -> Round {
        self.acknowledged_round(&[&self.majority()])
    }

    fn majority(&self) -> Demand {
        Demand::AnyDurable(self.members / 2 + 1)
    }
}
