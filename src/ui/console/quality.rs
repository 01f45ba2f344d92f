//! What a link is like: how long it takes, how much passes, how much of it is lost, doubled or overtaken. Both ways.

use crate::simulation::{LinkQuality, print_duration, print_per_mille};
use crate::teaching::frame::LinkView;
use crate::ui::console::sentence::says;
use crate::ui::markup::{each, markup};
use crate::ui::view::View;
use crate::ui::words::span;
use yew::Html;

/// A property of a link: how a script writes it, what it is called, and what it is now.
struct Property {
    says: &'static str,
    label: &'static str,
    now: String,
}

fn properties(quality: &LinkQuality) -> [Property; 6] {
    let property = |says, label, now| Property { says, label, now };
    let bandwidth = match quality.bandwidth {
        None => "unlimited".to_owned(),
        Some(bytes) if bytes % 1_000_000 == 0 => format!("{}MB/s", bytes / 1_000_000),
        Some(bytes) => format!("{}kB/s", bytes / 1000),
    };
    [
        property("latency=", "latency, one way", print_duration(quality.latency)),
        property("jitter=", "and by chance up to", print_duration(quality.jitter)),
        property("loss=", "lost", print_per_mille(quality.loss_per_mille)),
        property("duplicate=", "arrive twice", print_per_mille(quality.duplicate_per_mille)),
        property("reorder=", "are overtaken", print_per_mille(quality.reorder_per_mille)),
        property("bandwidth=", "bandwidth", bandwidth),
    ]
}

/// The form that makes a link better or worse.
pub fn link_quality(view: &View, link: &LinkView) -> Html {
    let field = |property: &Property| {
        markup! {
            "<label key=" {property.says} " class='field'><span>" {property.label} "</span>
                <input type='text' autocomplete='off' spellcheck='false' initially=" {property.now.clone()} "
                    data-says=" {property.says} " data-if-changed='true'/>
            </label>"
        }
    };
    markup! {
        "<form class='sentence quality' data-says='link " {link.a} " " {link.b} "' onsubmit=" {says(view)} ">"
            {each(&properties(&link.forth), field)}
            "<button type='submit' class='plain'>Set</button>
        </form>"
    }
}

/// What is wrong with a whole link, or else how long it takes.
pub fn flaws(link: &LinkView) -> String {
    let quality = &link.forth;
    let mut says = span(quality.latency);
    for (share, what) in [
        (quality.loss_per_mille, "lost"),
        (quality.duplicate_per_mille, "twice"),
        (quality.reorder_per_mille, "overtaken"),
    ] {
        if share > 0 {
            says += &format!(", {} {what}", print_per_mille(share));
        }
    }
    if let Some(bytes) = quality.bandwidth {
        says += &format!(", {} kB/s", bytes / 1000);
    }
    says
}
