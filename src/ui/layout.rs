//! What stands where on the page. Each part says what it depends on, so that what did not change is not drawn again.

use crate::teaching::session::Intent;
use crate::ui::console::{
    command_box, faults, folding, forget_dialog, reserve, rule_choice, rule_dialog, run_list, script_panel, switches,
};
use crate::ui::diagram;
use crate::ui::grid::log_grid;
use crate::ui::header::header;
use crate::ui::icon::{Icon, icon};
use crate::ui::keep::keep_notice;
use crate::ui::keys::keys;
use crate::ui::later::later;
use crate::ui::legend::legend_dialog;
use crate::ui::lessons::welcome;
use crate::ui::markup::{each, markup, nodes_of};
use crate::ui::menus::{link_menu, node_menu};
use crate::ui::messages::{message_gone, message_list, message_menu};
use crate::ui::msg::Dialog;
use crate::ui::part::{part, same};
use crate::ui::progress::{lag_clock, progress_table};
use crate::ui::promises::promises;
use crate::ui::promotion::promotion_dialog;
use crate::ui::stage::stage;
use crate::ui::story::{now, transcript, waits};
use crate::ui::transport::transport_bar;
use crate::ui::view::View;
use crate::ui::violations::violations;
use crate::ui::vocabulary::vocabulary_dialog;
use std::rc::Rc;
use yew::Html;

/// The page.
pub fn page(view: &Rc<View>) -> Html {
    let frame = &view.frame;
    let (cluster, links, story) = (same(&frame.cluster), same(&frame.links), same(&frame.story));
    let ([log, figures, told, _], races) = (&view.slow, u64::from(view.races));
    let (promotions, notice) = (same(&figures.promotions), view.notice.as_ref().map_or(0, same));
    let cabins = view.leader().map_or(0, |leader| same(&leader.cabins));
    let booking = [cabins, view.booking.0.into(), same(&view.booking.1)];
    let telling = view.telling.as_ref().map_or(0, |(_, text)| same(text));
    let at_start = u64::from(frame.step == 0) + 2 * u64::from(waits(view));
    let lesson = view.sheet.as_ref().filter(|sheet| sheet.is_open());
    let welcomes = frame.step == 0 && view.telling.is_none() && lesson.is_none();
    markup! {
        {part(view, &[cluster, same(&frame.grid), same(&frame.promotions), view.classroom.into()], |view| header(view))}
        {part(view, &[notice], |view| notice_banner(view))}
        {part(view, &[view.trouble.as_ref().map_or(0, same)], |view| keep_notice(view))}
        "<main class='page" {view.classroom.then_some(" is-class")} {lesson.map(|_| " is-lesson")} "'>"
            {lesson.map(|sheet| markup! {
                "<div class='page-lesson'><div class='lesson-place'>" {part(view, &[same(sheet)], |view| reader(view))} {why_part(view)} "</div></div>"
            })}
            "
            <div class='page-stage'>"
                {lesson.map(|_| alarm(view))}
                {stage(view)}
                {part(view, &[view.legend.into()], |view| pinned(view))}
            "</div>
            <div class='page-side'>"
                {part(view, &[story, same(&view.said), telling, at_start], |view| now(view))}
                {lesson.is_none().then(|| why_part(view))}
                {part(view, &booking, |view| reserve(view))}
                {welcomes.then(|| welcome(view))}
                {lesson.is_none().then(|| alarm(view))}
                {part(view, &[same(&figures.requests), same(&figures.crowd)], |view| promises(view))}
            "</div>
            <div class='page-grid'>" {part(view, &[same(&log.grid), same(&log.nodes), races], log_grid)} "</div>
            <div class='page-diagram'>" {diagram::panel(view)} "</div>
            <div class='page-work'>
                <div class='page-progress'>"
                    {part(view, &[same(&figures.progress), lag_clock(figures)], |view| progress_table(view))}
                    {nodes_of(folding(view, figures).into())}
                "</div>
                <div class='page-words'>"
                    {part(view, &[same(&view.line), same(&view.offers), notice], |view| command_box(view))}
                    {part(view, &[same(&view.script)], |view| script_panel(view))}
                    {part(view, &[same(&view.runs)], |view| run_list(view))}
                "</div>
                <div class='page-transcript'>" {part(view, &[same(&told.story), races], transcript)} "</div>
            </div>
            <div class='page-console'>"
                {part(view, &[same(&figures.nodes), links, promotions], |view| faults(view))}
                {part(view, &[cluster, same(&figures.nodes)], |view| rule_choice(view))}
                {part(view, &[cluster], |view| switches(view))}
            "</div>
        </main>"
        {transport_bar(view)}
        "<p class='told' role='status'>" {view.told.clone()} "</p>"
        {later().and_then(|later| (later.in_front)(view))}
    }
}

/// The lesson that is open.
fn reader(view: &View) -> Html {
    view.sheet.as_ref().map(|sheet| sheet.reader(view)).unwrap_or_default()
}

/// What must never happen and did: beside the story, or above the stage while a lesson speaks of it.
fn alarm(view: &Rc<View>) -> Html {
    part(view, &[same(&view.frame.violations)], |view| violations(view))
}

/// What was asked last, and answered: beside the story, or below the lesson that asks for it.
fn why_part(view: &Rc<View>) -> Html {
    let asked = view.why.as_ref();
    part(view, &[asked.map_or(0, same), u64::from(asked.is_some()) * view.frame.step], |view| answer(view))
}

fn answer(view: &View) -> Html {
    let panel = later().zip(view.why.as_ref()).map(|(later, _)| (later.why)(view));
    markup! { "<div class='why-place'>" {panel} "</div>" }
}

/// The legend, while it is pinned.
fn pinned(view: &View) -> Html {
    let panel = later().filter(|_| view.legend).map(|later| (later.legend)(view));
    markup! { "<div class='legend-place'>" {panel} "</div>" }
}

/// A notice that is not about the command box. One that is told again is another: it is said aloud again.
fn notice_banner(view: &View) -> Html {
    let notice = view.notice.as_ref().filter(|notice| !notice.from_command_box).map(|notice| {
        markup! {
            "<div key=" {same(notice)} " class='notice'>"
                {icon(Icon::Warning)}
                "<div>
                    <p><b>" {&notice.title} "</b></p>"
                    {each(&notice.details, |detail| markup! { "<p translate='no'>" {detail} "</p>" })}
                "</div>
                <button type='button' class='plain' onclick=" {view.click(Intent::Dismiss)} ">Go on</button>
            </div>"
        }
    });
    markup! { "<div class='notices' role='alert'>" {notice} "</div>" }
}

/// The dialog in front of the page, unless what it speaks of is gone.
pub fn in_front(view: &View) -> Option<Html> {
    let frame = &view.frame;
    Some(match view.dialog? {
        Dialog::Node(node, _) => node_menu(view, view.node(node)?),
        Dialog::Link(a, b, _) => link_menu(view, frame.links.iter().find(|link| (link.a, link.b) == (a, b))?),
        Dialog::Promotion { node, forcing } => {
            promotion_dialog(view, frame.promotions.iter().find(|promotion| promotion.node == node)?, forcing)
        }
        Dialog::Message(id, _) => match frame.flights.iter().find(|flight| flight.id == id) {
            Some(flight) => message_menu(view, flight),
            None => message_gone(view),
        },
        Dialog::Messages => message_list(view),
        Dialog::Forget => forget_dialog(view),
        Dialog::Legend => legend_dialog(view),
        Dialog::Keys => keys(view),
        Dialog::Rule => rule_dialog(view),
        Dialog::Words => vocabulary_dialog(view),
        Dialog::Lessons => view.sheet.as_ref()?.map(view),
    })
}
