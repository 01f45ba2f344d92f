//! What has not happened yet: fog over the drawing, thin where someone has been already, thick where nobody has. Its edge
//! is the present moment. While time runs the style moves it, so that nothing is drawn or laid out for it.

use super::Chart;
use crate::simulation::Micros;
use crate::teaching::diagram::Window;
use crate::ui::browser;
use crate::ui::markup::units;
use crate::ui::media::Media;
use web_sys::{HtmlElement, HtmlInputElement};

/// How long the fog moves by itself, in milliseconds: it is told anew well before.
const AHEAD_MS: u64 = 700;
/// Longer than that, and time has leapt.
const LEAP_MS: u64 = 400;

/// Where the fog was put last.
#[derive(Debug, Default)]
pub struct Fog(Option<(Window, Micros, u32)>);

/// Puts its edges where the clock and the end of the run have them; at a `speed` they go on from there.
#[allow(clippy::cast_precision_loss)]
pub fn lift(chart: &mut Chart, now: Micros, end: Micros, speed: Option<u32>) {
    let Some(drawn) = &chart.look.drawn else { return };
    let (Some(thin), Some(thick)) =
        (browser::find::<HtmlElement>(".fog-known"), browser::find::<HtmlElement>(".fog-unknown"))
    else {
        return;
    };
    let (window, plot) = (drawn.diagram.window, drawn.sheet.layout.plot());
    let place = |at: Micros| units(window.place(at, plot).clamp(-50, plot + 50) as f64 / plot as f64 * 100.0);
    let still =
        |edge: &HtmlElement, at: Micros| edge.style().set_css_text(&format!("transform:translate({}%)", place(at)));
    let speed = speed.filter(|_| !Media::ReducedMotion.holds());
    let goes_on = matches!((chart.fog.0, speed), (Some((before, then, at)), Some(speed))
            if before == window && at == speed && now >= then && now.since(then).0 <= LEAP_MS * u64::from(speed));
    if !goes_on {
        still(&thin, now);
        still(&thick, end);
        // Once the browser knows where they are, they can move on from there.
        let _ = speed.map(|_| thin.offset_width());
    }
    if let Some(speed) = speed {
        for (edge, from) in [(&thin, now), (&thick, end)] {
            // What was reached before stands still until the present comes up to it.
            if from <= now {
                let to = place(Micros(from.0 + AHEAD_MS * u64::from(speed)));
                edge.style()
                    .set_css_text(&format!("transform:translate({to}%);transition:transform {AHEAD_MS}ms linear"));
            }
        }
    }
    chart.fog.0 = speed.map(|speed| (window, now, speed));
    if let Some(slider) = browser::find::<HtmlInputElement>(".sheet-slider") {
        slider.set_value(&window.place(now, plot).clamp(0, plot).to_string());
    }
}
