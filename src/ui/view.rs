//! What every part of the page is drawn from: one moment, whole, and the way to ask for another.

use crate::replication::NodeId;
use crate::teaching::frame::{Frame, NodeView};
use crate::teaching::session::{Mark, Notice, Runs, Transport};
use crate::ui::console::Offers;
use crate::ui::diagram::Look;
use crate::ui::keep::Trouble;
use crate::ui::lessons::{Resume, Sheet};
use crate::ui::markup::Handler;
use crate::ui::msg::{Anchor, Dialog, Msg};
use crate::ui::stage::Scene;
use crate::ui::why::Answered;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};
use yew::{AttrValue, Callback};

/// One moment of the page.
#[derive(Debug)]
pub struct View {
    /// The moment of the run.
    pub frame: Rc<Frame>,
    /// Those that the log, the figures, the transcript and the timeline show: theirs may come later.
    pub slow: [Rc<Frame>; 4],
    /// Time runs so fast that nobody reads back: of what is scrolled through, only the end is drawn.
    pub races: bool,
    /// Where time stands.
    pub transport: Transport,
    /// What is marked on the scrubber.
    pub marks: Rc<[Mark]>,
    /// The script so far.
    pub script: Rc<str>,
    /// Every run, and which is present.
    pub runs: Rc<Runs>,
    /// What must be told.
    pub notice: Option<Rc<Notice>>,
    /// Why the browser keeps nothing.
    pub trouble: Option<Rc<Trouble>>,
    /// Where everything stands on the stage.
    pub scene: Rc<Scene>,
    /// The cabin of the next booking, and its customer as typed.
    pub booking: (u8, Rc<str>),
    /// What the command box holds.
    pub line: Rc<str>,
    /// What could come next in it.
    pub offers: Rc<Offers>,
    /// Which panels are open, by their numbers.
    pub unfolded: [bool; 2],
    /// What stands in front of the page.
    pub dialog: Option<Dialog>,
    /// What the script that was opened says now: a story's title, and its words.
    pub telling: Option<(Option<&'static str>, Rc<str>)>,
    /// The run over time.
    pub chart: Look,
    /// It is folded away.
    pub folded: bool,
    /// What was asked, and answered.
    pub why: Option<Rc<Answered>>,
    /// What was just done beside the run, for a moment.
    pub told: Option<AttrValue>,
    /// What is said aloud of the story.
    pub said: Rc<str>,
    /// What there is to see of lessons, once any was opened.
    pub sheet: Option<Rc<dyn Sheet>>,
    /// The lesson that an earlier visit stopped at.
    pub resume: Option<Resume>,
    /// For a class: only what a class looks at, and that large.
    pub classroom: bool,
    /// The legend is pinned.
    pub legend: bool,
    /// A step is being shown under way.
    pub gliding: bool,
    /// Takes what is asked for.
    pub ask: Callback<Msg>,
}

impl View {
    /// Asks for what `meaning` makes of an event, if it means anything.
    pub fn on(&self, meaning: impl Fn(&Event) -> Option<Msg> + 'static) -> Handler {
        let ask = self.ask.clone();
        Handler::new(move |event| {
            if let Some(msg) = meaning(event) {
                ask.emit(msg);
            }
        })
    }

    /// Asks for `msg` at each event.
    pub fn click(&self, msg: impl Into<Msg>) -> Handler {
        self.always(msg.into())
    }

    #[inline(never)]
    fn always(&self, msg: Msg) -> Handler {
        self.on(move |_| Some(msg.clone()))
    }

    /// Asks for what a form means to say, in place of the browser's sending it.
    pub fn submit(&self, msg: Msg) -> Handler {
        self.on(move |event| {
            event.prevent_default();
            Some(msg.clone())
        })
    }

    /// Asks for what the value of an input means.
    pub fn input(&self, meaning: fn(String) -> Option<Msg>) -> Handler {
        self.on(move |event| meaning(event.target()?.unchecked_into::<HtmlInputElement>().value()))
    }

    /// Opens a dialog beside a button of the stage, clicked or pressed.
    pub fn opens(&self, dialog: impl Fn(Anchor) -> Dialog + 'static) -> Handler {
        self.on(move |event| {
            if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
                if !matches!(key.key().as_str(), "Enter" | " ") {
                    return None;
                }
                event.prevent_default();
                event.stop_propagation();
            }
            Some(Msg::Show(dialog(Anchor::of(event))))
        })
    }

    /// The node that leads.
    pub fn leader(&self) -> Option<&Rc<NodeView>> {
        self.node(self.frame.cluster.leader?)
    }

    /// One node.
    pub fn node(&self, node: NodeId) -> Option<&Rc<NodeView>> {
        self.frame.nodes.iter().find(|view| view.node == node)
    }
}
