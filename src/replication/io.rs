//! What goes into a node and what comes out of it. Nothing else does: no clock, no network, no disk, no chance.

use super::{Answer, Event, Message, NodeId, Notice, Order, Position, Read, ReadAnswer, Request, RequestId, Write};

/// What a node is stepped with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Another node's message arrived.
    Message {
        /// From whom.
        from: NodeId,
        /// What it says.
        message: Message,
    },
    /// The gateway hands over a customer's request.
    Request(Request),
    /// Several, which waited for this node together.
    Requests(Vec<Request>),
    /// The gateway hands over a customer's read.
    Read(Read),
    /// The control plane orders something.
    Order(Order),
    /// The disk has finished a write that ended with this entry.
    Written(Position),
    /// A timer that the node set went off.
    Timer(Timer),
    /// It is time for one follower to hear from its leader: a heartbeat for it alone, with the entries that it lacks.
    Probe(NodeId),
}

/// What a node wants its surroundings to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send now.
    Send(Send),
    /// Make durable, and only then send: an acknowledgement cannot outrun the disk.
    Persist {
        /// What to make durable.
        write: Write,
        /// What to send once it is.
        then: Vec<Send>,
    },
    /// Wake this node when a timer is over; a later setting replaces an earlier one.
    SetTimer(Timer),
    /// Answer a request.
    Answer {
        /// Which.
        request: RequestId,
        /// How.
        answer: Answer,
    },
    /// Answer a read.
    AnswerRead {
        /// Which.
        read: Read,
        /// How.
        answer: ReadAnswer,
    },
    /// Tell what happened.
    Event(Event),
}

/// What a node can be woken for. How long each takes, its surroundings know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// The next heartbeat is due.
    Heartbeat,
    /// The leader has been silent for too long. How long that is, is drawn anew for each setting.
    Election,
}

/// Something to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Send {
    /// To another node.
    Peer {
        /// To whom.
        to: NodeId,
        /// What.
        message: Message,
        /// It says nothing new: no need to speak of it.
        routine: bool,
    },
    /// To the control plane.
    ControlPlane(Notice),
    /// An elected leader's word to the control plane, and to the gateway that it leads.
    Announce {
        /// What the control plane is told.
        notice: Notice,
        /// It says nothing new.
        routine: bool,
    },
}
