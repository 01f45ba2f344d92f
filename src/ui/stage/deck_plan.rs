//! Tonight's 24 cabins as one node would show them, in the outline of a ship. A cabin that differs from what the leader
//! shows is ringed: that is what a stale replica looks like.

use crate::replication::{Cabin, CustomerId};
use crate::teaching::frame::{CabinView, Cell};
use crate::ui::markup::{each_of, markup};
use crate::ui::words::about;
use yew::Html;

/// Cabins stand in rows of this many.
const ACROSS: usize = 8;
/// One cabin's size.
const CABIN: (f64, f64) = (25.5, 17.0);

/// The plan, 244 units wide and 62 high; `truth` is the leader's, nothing for the leader's own plan; `last` tells which
/// entry changed a cabin last.
pub fn deck_plan<'a>(
    cabins: &[CabinView],
    truth: Option<&[CabinView]>,
    last: &dyn Fn(Cabin) -> Option<&'a Cell>,
) -> Html {
    let differs = |place: usize| truth.is_some_and(|truth| differs(cabins.get(place), truth.get(place)));
    markup! {
        "<g class='deck' aria-hidden='true' transform='translate(10 97)'>
            <path class='deck-hull' d='M6 0H208C226 4 238 16 244 30.5C238 45 226 57 208 61H6C2 50 0 42 0 30.5S2 11 6 0Z'/>"
            {each_of(cabins.len(), &|place| cabin(place, cabins[place], differs(place), last))}
        "</g>"
    }
}

/// One cabin.
fn cabin<'a>(place: usize, view: CabinView, differs: bool, last: &dyn Fn(Cabin) -> Option<&'a Cell>) -> Html {
    let changed = last(Cabin::Tonight(u8::try_from(place + 1).unwrap_or(0)));
    let entry = changed.and_then(|cell| about(&[cell.position], cell.command.request()));
    let (x, y) = (8.0 + CABIN.0 * (place % ACROSS) as f64, 5.0 + CABIN.1 * (place / ACROSS) as f64);
    let state = match view {
        CabinView::Free => "free",
        CabinView::Taken(_) => "taken",
        CabinView::Reserving(_) => "reserving",
        CabinView::Releasing(_) => "releasing",
    };
    let stale = differs.then_some(" is-stale");
    markup! {
        "<g class='cabin is-" {state} {stale} "' data-entry=" {entry} " transform='translate(" {x} " " {y} ")'>
            <rect x='1' y='1' width='23.5' height='15' rx='2.5'/>
            <text x='12.8' y='12.3' text-anchor='middle'>" {format!("{:02}", place + 1)} "</text>
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
