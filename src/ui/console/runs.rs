//! Every run of this session: the present one, and those that were left. Doing something in the past begins another, and
//! so does opening a script; none is lost, and each goes on at the moment in which it was left.

use crate::teaching::session::{Intent, Run};
use crate::ui::dialog::modal;
use crate::ui::markup::{each, markup};
use crate::ui::msg::{Dialog, Msg};
use crate::ui::view::View;
use crate::ui::words::clock;
use yew::Html;

/// The list of runs.
pub fn run_list(view: &View) -> Html {
    let present = view.runs.present;
    let forget = (view.runs.all.len() > 1).then(|| {
        let show = view.click(Msg::Show(Dialog::Forget));
        markup! { "<button type='button' class='plain' aria-haspopup='dialog' onclick=" {show} ">Forget the others …</button>" }
    });
    markup! {
        "<section class='panel runs' aria-labelledby='runs-title'>
            <div class='panel-head'><h2 id='runs-title'>Runs</h2><p>each past that was left can be taken up again</p></div>
            <ol class='run-list'>" {each(&view.runs.all, |run| item(view, run, run.number == present))} "</ol>
            <div class='script-tools'>
                <button type='button' class='plain' onclick=" {view.click(Intent::NewRun)} ">New run</button>"
                {forget}
            "</div>
        </section>"
    }
}

/// Asks whether the runs that were left are to be forgotten.
pub fn forget_dialog(view: &View) -> Html {
    let others = view.runs.all.len() - 1;
    let body = markup! {
        "<p>What was done in " {others} " other " {if others == 1 { "run" } else { "runs" }} " is forgotten, here and in this browser. This run stays.</p>
        <div class='modal-actions'>
            <button type='button' class='plain' onclick=" {view.click(Msg::Close)} ">Keep them</button>
            <button type='button' class='danger' onclick=" {view.click(Msg::Chosen(Intent::Forget))} ">Forget them</button>
        </div>"
    };
    modal(view, "forget", "Forget the runs that were left?", body)
}

/// One run: what was done in it last, and where it stands.
fn item(view: &View, run: &Run, is_present: bool) -> Html {
    let last = run.last().unwrap_or("nothing was done yet");
    let stands = if is_present { "this run".to_owned() } else { format!("left at {}", clock(run.at)) };
    let current = is_present.then_some("true");
    markup! {
        "<li key=" {run.number} "><button type='button' class='menu-item' aria-current=" {current} " onclick=" {view.click(Intent::TakeUp(run.number))} ">
            <b class='run-number'>" {run.number} "</b>
            <code>" {last.to_owned()} "</code>
            <span class='run-stands'>" {stands} "</span>
        </button></li>"
    }
}
