//! The root of the page. It owns the session and nothing else that a run depends on: every wish comes here as a message,
//! goes to the session, and comes back as a frame whose unchanged parts are the same pointers.

use crate::teaching::frame::Frame;
use crate::teaching::session::Session;
use crate::teaching::session::{Intent, Transport};
use crate::ui::ask::{Ask, Dialog, Dispatch};
use crate::ui::browser;
use crate::ui::clock::Clock;
use crate::ui::console::rule_dialog;
use crate::ui::glide::Glide;
use crate::ui::keyboard::{self, Pressed};
use crate::ui::keys::keys;
use crate::ui::layout::{Page, PageProps};
use crate::ui::media::Media;
use crate::ui::menus::{link_menu, node_menu};
use crate::ui::promotion::PromotionDialog;
use crate::ui::same::Same;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// How long the address waits for the run to settle.
const ADDRESS_DELAY_MS: u32 = 400;
/// How long "copied" is shown.
const COPIED_MS: u32 = 2500;

/// What reaches the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// For the session.
    Intent(Intent),
    /// For the page itself.
    Ask(Ask),
    /// A key.
    Pressed(Pressed),
    /// An animation frame, with its time stamp in milliseconds.
    Frame(f64),
    /// Someone changed the address.
    Follow(String),
    /// The run has settled: the address takes it up.
    WriteAddress,
    /// Whether the clipboard took the link.
    Copied(bool),
    /// "Copied" has been read.
    CopiedRead,
}

/// The whole page.
pub struct App {
    session: Session,
    dispatch: Dispatch,
    clock: Clock,
    glide: Option<Glide>,
    dialog: Option<Dialog>,
    copied: bool,
    address: Option<Timeout>,
    fading: Option<Timeout>,
    _listeners: [Option<EventListener>; 2],
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("dialog", &self.dialog).finish_non_exhaustive()
    }
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        browser::recall_theme();
        let mut session = Session::new();
        let fragment = browser::fragment();
        if !fragment.is_empty() {
            session.update(Intent::Follow(fragment));
        }
        let link = ctx.link();
        Self {
            session,
            dispatch: Dispatch { intent: link.callback(Msg::Intent), page: link.callback(Msg::Ask) },
            clock: Clock::default(),
            glide: None,
            dialog: None,
            copied: false,
            address: None,
            fading: None,
            _listeners: [
                keyboard::listen(link.callback(Msg::Pressed)),
                browser::on_fragment(link.callback(Msg::Follow)),
            ],
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Intent(intent) => self.intend(ctx, intent),
            Msg::Ask(ask) => return self.ask(ctx, ask),
            Msg::Pressed(Pressed::PlayOrPause) => {
                let playing = self.session.transport().playing;
                self.intend(ctx, if playing { Intent::Pause } else { Intent::Play });
            }
            Msg::Pressed(Pressed::Intent(intent)) => self.intend(ctx, intent),
            Msg::Pressed(Pressed::Page(ask)) => return self.ask(ctx, ask),
            Msg::Frame(stamp_ms) => {
                let elapsed = self.clock.elapsed(stamp_ms);
                self.glide.take_if(|glide| !glide.advance(stamp_ms));
                if self.session.transport().playing {
                    self.intend(ctx, Intent::Tick(elapsed));
                }
            }
            Msg::Follow(fragment) if fragment == self.session.link() => return false,
            Msg::Follow(fragment) => self.session.update(Intent::Follow(fragment)),
            Msg::WriteAddress => {
                self.address = None;
                browser::replace_fragment(&self.session.link());
                return false;
            }
            Msg::Copied(copied) => {
                self.copied = copied;
                let link = ctx.link().clone();
                self.fading = Some(Timeout::new(COPIED_MS, move || link.send_message(Msg::CopiedRead)));
            }
            Msg::CopiedRead => self.copied = false,
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let (frame, now) = match &self.glide {
            Some(glide) => (glide.frame(), glide.now()),
            None => (self.session.frame(), self.session.frame().now),
        };
        let props = PageProps {
            frame: Same::of(frame),
            transport: Transport { now, ..self.session.transport() },
            marks: Same::of(&self.session.marks()),
            script: Same::of(&self.session.script_text()),
            notice: self.session.notice().map(Same::of),
            copied: self.copied,
        };
        html! {
            <ContextProvider<Dispatch> context={self.dispatch.clone()}>
                <Page ..props />
                // In a place of its own: without it, a dialog that opens would be taken for the page, and the page be
                // made anew, with whatever was typed into it.
                <>{ self.dialog.and_then(|dialog| show(dialog, frame, &self.dispatch)) }</>
            </ContextProvider<Dispatch>>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        if self.session.transport().playing || self.glide.is_some() {
            self.clock.run(&ctx.link().callback(Msg::Frame));
        } else {
            self.clock.stop();
        }
    }
}

impl App {
    /// Hands a wish to the session.
    fn intend(&mut self, ctx: &Context<Self>, intent: Intent) {
        let glides = matches!(intent, Intent::Step | Intent::StepMilestone) && !Media::ReducedMotion.holds();
        let before = Rc::clone(self.session.frame());
        self.session.update(intent);
        self.glide = if glides { Glide::between(before, self.session.frame()) } else { None };
        if !self.session.transport().playing {
            self.settle(ctx);
        }
    }

    /// Lets the address follow, once nothing more happens for a moment.
    fn settle(&mut self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        self.address = Some(Timeout::new(ADDRESS_DELAY_MS, move || link.send_message(Msg::WriteAddress)));
    }

    /// Does what concerns the page alone; says whether it looks different now.
    fn ask(&mut self, ctx: &Context<Self>, ask: Ask) -> bool {
        match ask {
            Ask::Show(dialog) => self.dialog = Some(dialog),
            Ask::Close => return self.dialog.take().is_some(),
            Ask::SwitchTheme => {
                browser::switch_theme();
                return false;
            }
            Ask::CopyLink => {
                let fragment = self.session.link();
                browser::replace_fragment(&fragment);
                browser::copy(browser::address_with(&fragment), ctx.link().callback(Msg::Copied));
                return false;
            }
            Ask::SaveScript => {
                browser::save("harbor-point.txt", &self.session.script_text());
                return false;
            }
        }
        true
    }
}

/// The dialog in front of the page, unless what it speaks of is gone.
fn show(dialog: Dialog, frame: &Frame, dispatch: &Dispatch) -> Option<Html> {
    match dialog {
        Dialog::Node(node, anchor) => {
            let view = frame.nodes.iter().find(|view| view.node == node)?;
            Some(node_menu(dispatch, view, anchor))
        }
        Dialog::Link(a, b, anchor) => {
            let link = frame.links.iter().find(|link| (link.a, link.b) == (a, b))?;
            Some(link_menu(dispatch, link, anchor))
        }
        Dialog::Promotion(node) => {
            let promotion = frame.promotions.iter().find(|view| view.node == node)?.clone();
            Some(html! { <PromotionDialog key={format!("promote-{node}")} {promotion} /> })
        }
        Dialog::Keys => Some(keys()),
        Dialog::Rule => Some(rule_dialog(dispatch, frame.cluster.rule)),
    }
}
