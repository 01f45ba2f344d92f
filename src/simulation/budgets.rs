//! What may happen, and how often, while every order of events is tried.

use super::{Action, How};
use crate::replication::{Booking, Cabin, Consistency, CustomerId, NodeId, ReadId, RequestId};

/// How often each thing may happen in one run. What has no budget left does not happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Budgets {
    /// Bookings that customers ask for, at any node that takes them.
    pub writes: u8,
    /// All of them want the same cabin; otherwise each wants its own.
    pub rivals: bool,
    /// Reads of the first customer's, of what any node has.
    pub local_reads: u8,
    /// Reads of the first customer's, of nodes that believe that they lead.
    pub leader_reads: u8,
    /// Crashes, of any node.
    pub crashes: u8,
    /// Disks that are lost, of any node that runs.
    pub lost_disks: u8,
    /// Restarts of crashed nodes.
    pub restarts: u8,
    /// Promotions that the control plane finds provably safe.
    pub promotions: u8,
    /// Promotions while the leader is there to hand over.
    pub switchovers: u8,
    /// Promotions by force.
    pub forced: u8,
    /// Election time-outs, of any node that does not lead; none where the operator promotes.
    pub elections: u8,
    /// Cuts of one link, both ways.
    pub cuts: u8,
    /// Cuts of one link, one way.
    pub one_way_cuts: u8,
    /// Heals of one link.
    pub heals: u8,
    /// Messages between nodes that get lost.
    pub losses: u8,
    /// Messages between nodes that arrive twice.
    pub duplicates: u8,
    /// Messages between nodes that all others on their way overtake.
    pub overtakings: u8,
}

/// The cabins that are free when the story begins, as far as anybody asks for them.
const FREE: [u8; 4] = [14, 16, 19, 22];

impl Budgets {
    /// The booking that is asked for as the `number`th, from 1.
    #[must_use]
    pub fn booking(&self, number: u8, at: NodeId) -> Action {
        let place = usize::from(number - 1) * usize::from(!self.rivals);
        Action::Request {
            request: RequestId(u32::from(number)),
            booking: Booking::Reserve,
            cabin: Cabin::Tonight(FREE[place % FREE.len()]),
            customer: CustomerId(5520 + u32::from(number)),
            at: Some(at),
        }
    }

    /// The read that is asked for as the `number`th, from 1.
    #[must_use]
    pub fn read(&self, number: u8, at: NodeId, consistency: Consistency) -> Action {
        let (cabin, customer) = (Cabin::Tonight(FREE[0]), Some(CustomerId(5521)));
        Action::Read { read: ReadId(u32::from(number)), cabin, customer, at: Some((at, How::As(consistency))) }
    }

    /// What an action costs, if there is a budget for its kind.
    pub(super) fn of(&mut self, action: &Action, hands_over: bool) -> Option<&mut u8> {
        match action {
            Action::Request { .. } => Some(&mut self.writes),
            Action::Read { at: Some((_, How::As(Consistency::Local))), .. } => Some(&mut self.local_reads),
            Action::Read { .. } => Some(&mut self.leader_reads),
            Action::Crash(_) => Some(&mut self.crashes),
            Action::LoseDisk(_) => Some(&mut self.lost_disks),
            Action::Restart(_) => Some(&mut self.restarts),
            Action::Promote { force: false, .. } if hands_over => Some(&mut self.switchovers),
            Action::Promote { force: false, .. } => Some(&mut self.promotions),
            Action::Promote { force: true, .. } => Some(&mut self.forced),
            Action::Cut { both: true, .. } => Some(&mut self.cuts),
            Action::Cut { both: false, .. } => Some(&mut self.one_way_cuts),
            Action::Heal(_) => Some(&mut self.heals),
            _ => None,
        }
    }
}
