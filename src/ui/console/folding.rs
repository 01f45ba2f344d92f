//! Panels that are folded until somebody opens them, or until the run has something to show in them. What is in them comes
//! with the second module.

use crate::teaching::frame::Frame;
use crate::ui::console::{load, reads};
use crate::ui::later::later;
use crate::ui::markup::{markup, truth};
use crate::ui::msg::{Msg, Panel};
use crate::ui::part::{part_of, same};
use crate::ui::view::View;
use std::rc::Rc;
use yew::Html;

impl Panel {
    /// All of them, in the order in which they stand.
    const ALL: [Self; 2] = [Self::Reads, Self::Load];

    /// What the panel is called, and what it is for.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Reads => ("Reads", "is the cabin free? It depends on who is asked, and how"),
            Self::Load => ("Load", "the weekend’s sailings open: many customers come by themselves"),
        }
    }
}

/// The panels, as they stand at a moment.
pub fn folding(view: &Rc<View>, frame: &Frame) -> [Html; 2] {
    let depends = [
        [same(&frame.reads), same(&frame.requests), same(&frame.cluster), frame.nodes.len() as u64],
        [same(&frame.measures), same(&frame.cluster), 0, 0],
    ];
    Panel::ALL.map(|panel| {
        let place = panel as usize;
        let open = u64::from(view.unfolded[place]);
        let depends = depends[place].map(|depends| depends * open);
        part_of(view, &[open, depends[0], depends[1], depends[2], depends[3]], place, frame_of)
    })
}

/// A panel: its title opens and closes it.
fn frame_of(view: &Rc<View>, place: usize) -> Html {
    let panel = Panel::ALL[place];
    let (title, says) = panel.words();
    let open = view.unfolded[place];
    let inside = later().filter(|_| open).map(|later| (later.panel)(view, panel));
    markup! {
        "<section class='panel folding' aria-label=" {title} ">
            <div class='panel-head'>
                <h2><button type='button' class='fold' aria-expanded=" {truth(open)} " onclick=" {view.click(Msg::Fold(panel))} ">" {title} "</button></h2>
                <p>" {says} "</p>
            </div>"
            {inside}
        "</section>"
    }
}

/// What is in a panel.
pub fn inside(view: &Rc<View>, panel: Panel) -> Html {
    match panel {
        Panel::Reads => reads(view),
        Panel::Load => load(view),
    }
}

/// The panels that have something to show now, and had nothing before.
pub fn filled(before: &Frame, now: &Frame) -> [bool; 2] {
    [before.reads.is_empty() && !now.reads.is_empty(), before.crowd.asked == 0 && now.crowd.asked > 0]
}
