//! What is done to the network: who reaches whom, and what becomes of single messages on their way.

use super::Statement;
use super::commands::node;
use super::cursor::{Cursor, Parsed};
use crate::replication::NodeSet;
use crate::simulation::{Action, InFlight, MessageKind, Place};

/// Both sides of the bar together are all nodes; without a bar the other side is everybody else.
pub(super) fn partition(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    let all: NodeSet = cursor.names().nodes().collect();
    let mut left = NodeSet::EMPTY.with(node(cursor)?);
    loop {
        let one_left = left.len() + 1 >= all.len();
        if let Some(node) = if one_left { None } else { cursor.accept_node(left) } {
            left = left.with(node);
        } else if cursor.accept("|") {
            let mut named = left;
            while named != all {
                named = named.with(cursor.node(named)?);
            }
            return Ok(Statement::Act(Action::Partition(left)));
        } else if cursor.at_end() {
            return Ok(Statement::Act(Action::Partition(left)));
        } else {
            let twice = left.iter().any(|node| cursor.word() == Some(node.name()));
            cursor.ask_end();
            return Err(cursor.fail(match cursor.word_is_node() {
                true if twice => "is named twice",
                true => "leaves nobody on the other side",
                false => "does not belong here",
            }));
        }
    }
}

pub(super) fn cut(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    if cursor.accept_one([("gateway", ())]).is_some() {
        return node(cursor).map(Action::CutGateway).map(Statement::Act);
    }
    if cursor.accept_one([("control", ())]).is_some() {
        return node(cursor).map(Action::CutControl).map(Statement::Act);
    }
    let from = node(cursor)?;
    let both = !cursor.accept(">");
    let to = cursor.node(NodeSet::EMPTY.with(from))?;
    Ok(Statement::Act(Action::Cut { from, to, both }))
}

pub(super) fn heal(cursor: &mut Cursor<'_>) -> Parsed<Statement> {
    let Some(first) = cursor.accept_node(NodeSet::EMPTY) else {
        return Ok(Statement::Act(Action::Heal(None)));
    };
    let second = cursor.node(NodeSet::EMPTY.with(first))?;
    Ok(Statement::Act(Action::Heal(Some((first, second)))))
}

/// A message on its way: its kind, from where to where, and which.
pub(super) fn message(cursor: &mut Cursor<'_>) -> Parsed<InFlight> {
    let kind = kind(cursor)?;
    let from = place(cursor, None)?;
    cursor.require(">")?;
    let to = place(cursor, Some(from))?;
    Ok(InFlight { kind, from, to, number: which(cursor)? })
}

/// The same between nodes.
pub(super) fn message_between_nodes(cursor: &mut Cursor<'_>) -> Parsed<InFlight> {
    let (kind, from) = (kind(cursor)?, node(cursor)?);
    cursor.require(">")?;
    let to = cursor.node(NodeSet::EMPTY.with(from))?;
    Ok(InFlight { kind, from: Place::Node(from), to: Place::Node(to), number: which(cursor)? })
}

fn kind(cursor: &mut Cursor<'_>) -> Parsed<MessageKind> {
    cursor.one("kind of message", MessageKind::ALL.map(|kind| (kind.name(), kind)))
}

fn which(cursor: &mut Cursor<'_>) -> Parsed<u16> {
    if !cursor.accept("number") {
        return Ok(1);
    }
    cursor.require("=")?;
    Ok(cursor.number("which of them,", 1..=InFlight::MOST.into())? as u16)
}

/// Whoever sends and gets messages, but for the one that was named.
fn place(cursor: &mut Cursor<'_>, besides: Option<Place>) -> Parsed<Place> {
    let others = [Place::Gateway, Place::ControlPlane, Place::Customers];
    let places: Vec<Place> = cursor.names().nodes().map(Place::Node).chain(others).collect();
    let left = places.iter().filter(|place| Some(**place) != besides);
    match cursor.accept_one(left.map(|place| (place.word(), *place))) {
        Some(place) => Ok(place),
        None if besides.is_some_and(|named| cursor.word() == Some(named.word())) => Err(cursor.fail("is named twice")),
        None => Err(cursor.fail("neither sends nor gets messages")),
    }
}
