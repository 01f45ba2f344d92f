//! Tonight's 24 cabins as one node would show them, in the outline of a ship. A cabin that differs from what the leader
//! shows is ringed: that is what a stale replica looks like.

use crate::replication::{Cabin, CustomerId, Position, RequestId};
use crate::teaching::frame::CabinView;
use crate::ui::markup::{each_of, markup};
use crate::ui::part::{Fingerprint, part_of, same};
use crate::ui::view::View;
use crate::ui::words::about;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use yew::Html;

/// Cabins stand in rows of this many.
const ACROSS: usize = 8;
/// One cabin's size.
const CABIN: (f64, f64) = (25.5, 17.0);

/// The plan of a node, by its number: 244 units wide and 62 high. It is drawn anew when it would look different, or when
/// other entries made it so.
pub fn deck_plan(view: &Rc<View>, node: usize) -> Html {
    let mut entries = Fingerprint::default();
    (0..view.frame.nodes[node].cabins.len()).for_each(|place| changed(view, node, place).hash(&mut entries));
    let depends =
        [same(&view.frame.nodes[node].cabins), truth(view, node).map_or(0, same), entries.finish(), node as u64];
    part_of(view, &depends, node, |view, node| {
        let (cabins, truth) = (&view.frame.nodes[node].cabins, truth(view, node));
        let differs = |place: usize| truth.is_some_and(|truth| differs(cabins.get(place), truth.get(place)));
        let cabin = |place: usize| cabin(place, cabins[place], differs(place), changed(view, node, place));
        markup! {
            "<g class='deck' aria-hidden='true' transform='translate(10 97)'>
                <path class='deck-hull' d='M6 0H208C226 4 238 16 244 30.5C238 45 226 57 208 61H6C2 50 0 42 0 30.5S2 11 6 0Z'/>"
                {each_of(cabins.len(), &cabin)}
            "</g>"
        }
    })
}

/// What the leader shows, unless this is the leader.
pub fn truth(view: &View, node: usize) -> Option<&Rc<[CabinView]>> {
    let leader = view.leader()?;
    (leader.node != view.frame.nodes[node].node).then_some(&leader.cabins)
}

/// The entry that changed a cabin last on a node, and the request behind it.
fn changed(view: &View, node: usize, place: usize) -> Option<(Position, Option<RequestId>)> {
    let cabin = Cabin::Tonight(u8::try_from(place + 1).unwrap_or(0));
    let cell = view.frame.grid.last_about(view.frame.nodes[node].node, cabin)?;
    Some((cell.position, cell.command.request()))
}

/// One cabin.
fn cabin(place: usize, view: CabinView, differs: bool, changed: Option<(Position, Option<RequestId>)>) -> Html {
    let entry = changed.and_then(|(position, request)| about(&[position], request));
    let (x, y) = (9.0 + CABIN.0 * (place % ACROSS) as f64, 6.0 + CABIN.1 * (place / ACROSS) as f64);
    let state = match view {
        CabinView::Free => "free",
        CabinView::Taken(_) => "taken",
        CabinView::Reserving(_) => "reserving",
        CabinView::Releasing(_) => "releasing",
    };
    let stale = differs.then_some(" is-stale");
    markup! {
        "<g class='cabin is-" {state} {stale} "' data-entry=" {entry} ">
            <rect x=" {x} " y=" {y} " width='23.5' height='15' rx='2.5'/>
            <text x=" {x + 11.8} " y=" {y + 11.3} " text-anchor='middle'>" {format!("{:02}", place + 1)} "</text>
        </g>"
    }
}

/// Who holds the cabin in the queryable state.
fn holder(view: CabinView) -> Option<CustomerId> {
    match view {
        CabinView::Taken(customer) | CabinView::Releasing(customer) => Some(customer),
        CabinView::Free | CabinView::Reserving(_) => None,
    }
}

/// Whether two plans would tell a reader different things.
fn differs(mine: Option<&CabinView>, theirs: Option<&CabinView>) -> bool {
    mine.copied().and_then(holder) != theirs.copied().and_then(holder)
}

/// The cabins that a reader here would see otherwise than at the leader, and how.
#[must_use]
pub fn stale_cabins(cabins: &[CabinView], truth: &[CabinView]) -> Vec<(Cabin, &'static str)> {
    let numbers = 1..=u8::try_from(cabins.len()).unwrap_or(u8::MAX);
    numbers
        .zip(cabins.iter().zip(truth))
        .filter(|(_, (mine, theirs))| differs(Some(mine), Some(theirs)))
        .map(|(number, (mine, theirs))| {
            let says = match (holder(*mine), holder(*theirs)) {
                (None, _) => "still free",
                (_, None) => "taken",
                _ => "another’s",
            };
            (Cabin::Tonight(number), says)
        })
        .collect()
}
