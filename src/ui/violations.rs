//! What must never happen and did: said calmly, in full, and with a way to its moment.

use crate::simulation::Invariant;
use crate::teaching::frame::ViolationView;
use crate::teaching::session::Intent;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, markup};
use crate::ui::view::View;
use crate::ui::words::{clock, prose};
use yew::Html;

/// The first ones are the causes; what followed from them is in the transcript.
const SHOWN: usize = 3;

/// A broken promise follows from something else that went wrong, if anything did.
fn follows(of: &&ViolationView) -> bool {
    of.invariant >= Invariant::PromisesKept
}

/// The banner, where there is something to say. Each line leads to its moment.
pub fn violations(view: &View) -> Html {
    let violations = &view.frame.violations;
    let heading = match violations.len() {
        0 => None,
        1 => Some("This must never happen, and did".to_owned()),
        many => Some(format!("{many} things must never happen, and did")),
    };
    let causes = violations.iter().filter(|of| !follows(of));
    let shown: Vec<_> = causes.chain(violations.iter().filter(follows)).take(SHOWN).collect();
    let more = violations.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| markup! { "<p>" {more} " more in the transcript</p>" });
    let banner = heading.map(|heading| {
        markup! {
            "<div class='violation'>"
                {icon(Icon::Warning)}
                "<div><p>" {heading} "</p><ul>" {each(&shown, |violation| line(view, violation))} "</ul>" {more} "</div>
            </div>"
        }
    });
    markup! { "<div class='violations' role='alert'>" {banner} "</div>" }
}

fn line(view: &View, violation: &ViolationView) -> Html {
    let name = violation.invariant.name();
    let text = violation.text.strip_prefix(name).and_then(|text| text.strip_prefix(": ")).unwrap_or(&violation.text);
    markup! {
        "<li><button type='button' title='See " {clock(violation.at)} "' onclick=" {view.click(Intent::Seek(violation.step))} ">
            <b>" {name.replace('-', " ")} ": </b>" {prose(text)}
        "</button></li>"
    }
}
