//! Reads: whom a customer asks, how sure the answer is to be, and what came of it. A read costs little where nothing is
//! asked of it; the table says what such an answer was worth.

use crate::replication::{CABINS, Cabin, ReadAnswer};
use crate::simulation::{Action, ReadRouting, ReadVerdict};
use crate::teaching::frame::{NodeView, ReadView, RequestView};
use crate::teaching::session::Intent;
use crate::teaching::why::Question;
use crate::ui::console::FIRST_BOOKING;
use crate::ui::console::sentence::{option, says};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, each_of, markup, nodes_of, text};
use crate::ui::msg::Msg;
use crate::ui::view::View;
use crate::ui::words::prose;
use std::rc::Rc;
use yew::Html;

/// Each way to read, as scripts write it, and what its answer is worth.
const WAYS: [(&str, &str); 5] = [
    ("local", "Whatever that node has applied, at once, be it old."),
    ("leader", "Everything committed, unless the node has been replaced as leader and does not know."),
    (
        "linearizable",
        "Everything that was committed when the read began. The leader first confirms that it leads: one round of messages.",
    ),
    ("token", "That booking, and all before it: the node waits until it has applied the entry of the token."),
    ("bounded", "Nothing older than the bound: a node that cannot be sure of that refuses."),
];

/// What is in the panel: a form, where reads go that name no node, and what came of each.
pub fn reads(view: &View) -> Html {
    nodes_of(vec![form(view), routing(view), answers(view)])
}

/// The form, a sentence: read this cabin for this customer at this node in this way.
#[allow(clippy::cast_possible_truncation)]
fn form(view: &View) -> Html {
    let cabin = |place: usize| {
        let number = place as u8 + 1;
        option(&Cabin::Tonight(number).to_string().into(), number == FIRST_BOOKING.0)
    };
    let node = |of: &Rc<NodeView>| option(&of.node.name().into(), false);
    let promised: Vec<&RequestView> = view.frame.requests.iter().filter(|request| has_token(request)).collect();
    let token = |request: &&RequestView| option(&request.request.to_string().into(), false);
    let way = |(way, _): &(&'static str, &str)| {
        let without = *way == "token" && promised.is_empty();
        markup! {
            "<option key=" {*way} " class='way-" {*way} "' value=" {*way} " selected=" {*way == WAYS[0].0} " disabled=" {without} " translate='no'>"
                {*way} {without.then_some(" (nobody has one yet)")}
            "</option>"
        }
    };
    let worth = |(way, worth): &(&'static str, &'static str)| markup! { "<span key=" {*way} " class='worth worth-" {*way} "'>" {prose(worth)} "</span>" };
    markup! {
        "<form class='sentence' onsubmit=" {says(view)} ">
            <label class='field'><span>Read cabin</span><select data-says='read '>" {each_of(CABINS.into(), &cabin)} "</select></label>
            <label class='field'><span>for customer</span>
                <input type='text' inputmode='numeric' autocomplete='off' initially=" {FIRST_BOOKING.1} " data-says='for '/>
            </label>
            <label class='field'><span>at</span>
                <select data-says='at '>
                    <option class='no-node' value='' selected='selected'>wherever the routing sends it</option>"
                    {each(&view.frame.nodes, node)}
                "</select>
            </label>
            <label class='field only-at-node'><span>how sure</span>
                <select data-says='' aria-describedby='read-worth'>" {each(&WAYS, way)} "</select>
            </label>
            <label class='field only-at-node only-token'><span>of</span><select data-says=''>" {each(&promised, token)} "</select></label>
            <label class='field only-at-node only-bounded'><span>at most this old</span>
                <input type='text' autocomplete='off' spellcheck='false' initially='500ms' data-says=''/>
            </label>
            <button type='submit' class='plain'>" {icon(Icon::Question)} "Read</button>
            <p id='read-worth' class='sentence-note' aria-live='polite'>
                <b>What the answer is worth:</b> <span class='worth worth-routed'>what the routing below makes of it.</span>"
                {each(&WAYS, worth)}
            "</p>
        </form>"
    }
}

/// Whether a customer holds the commit token of this request.
fn has_token(request: &RequestView) -> bool {
    request.position.is_some() && request.answered_at.is_some()
}

/// Where reads go that name no node.
fn routing(view: &View) -> Html {
    let choice = |routing: &ReadRouting| {
        let routing = *routing;
        let (name, means) = match routing {
            ReadRouting::Any => ("any", "the running nodes in turn, read as local"),
            ReadRouting::Leader => ("leader", "the leader that the gateway knows"),
            ReadRouting::Token => ("token", "the running nodes in turn, with the customer’s newest token"),
        };
        markup! {
            "<label>
                <input type='radio' name='routing' value=" {name} " checked=" {routing == view.frame.cluster.routing} "
                    onchange=" {view.click(Intent::Act(Action::SetReads(routing)))} "/>
                <b translate='no'>" {name} "</b><span>" {means} "</span>
            </label>"
        }
    };
    markup! { "<fieldset class='sync-set routing'><legend>Reads that name no node go to</legend>" {each(&ReadRouting::ALL, choice)} "</fieldset>" }
}

/// What came of each read, the latest first.
fn answers(view: &View) -> Html {
    let reads = &view.frame.reads;
    if reads.is_empty() {
        return markup! { "<p class='empty'>Nobody has read anything yet. Book a cabin, and read it at sg-db-1 while the entry is on its way.</p>" };
    }
    markup! {
        "<div class='table-scroll' tabindex='0' role='group' aria-label='Answers to reads'>
            <table class='progress-table reads-table'>
                <thead>
                    <tr>
                        <th scope='col'>read</th>
                        <th scope='col'>asked</th>
                        <th scope='col'>answer</th>
                        <th scope='col'>by</th>
                        <th scope='col'>had applied, of committed</th>
                        <th scope='col'>fresh</th>
                        <th scope='col'>read your writes</th>
                        <th scope='col'>monotonic reads</th>
                        <th scope='col'><span class='visually-hidden'>why</span></th>
                    </tr>
                </thead>
                <tbody>" {each_of(reads.len(), &|place| row(view, &reads[reads.len() - 1 - place]))} "</tbody>
            </table>
        </div>"
    }
}

/// One read.
fn row(view: &View, read: &ReadView) -> Html {
    let id = read.read.id.to_string();
    let what = format!("{} {}", read.read.cabin, read.read.consistency);
    let asked = read.customer.map_or(what.clone(), |customer| format!("{what} for {customer}"));
    let answer = match (read.answer, &read.verdict) {
        (Some((ReadAnswer::Seen { holder, .. }, _)), Some(verdict)) => {
            let word = if holder.is_some() { "taken" } else { "free" };
            markup! { "<td><b>" {word} "</b></td><td>" {verdict.by} "</td>" {verdicts(verdict)} }
        }
        (refused, _) => {
            let word = match (refused, &read.verdict) {
                (Some(_), _) => "refused",
                (None, Some(_)) => "answered",
                (None, None) => "waiting",
            };
            let coming = (word == "answered").then_some("The answer is on its way. ");
            markup! { "<td><b>" {word} "</b></td><td colspan='5' class='reads-why'>" {coming} {prose(&read.why)} "</td>" }
        }
    };
    markup! {
        "<tr key=" {id.clone()} ">
            <th scope='row' translate='no'>" {id.clone()} "</th>
            <td translate='no'>" {asked} "</td>"
            {answer}
            "<td><button type='button' class='plain' aria-label='Why? " {id} "' onclick=" {view.click(Msg::Ask(Question::Read(read.read.id)))} ">Why?</button></td>
        </tr>"
    }
}

/// How an answer stands, and by which positions.
fn verdicts(verdict: &ReadVerdict) -> Html {
    let session = verdict.customer.is_some();
    let own = verdict.unseen.map(|(request, _)| format!("lacks {request}"));
    let seen = verdict.newer.map(|(read, _)| format!("older than {read}"));
    let stale = (!verdict.fresh).then(|| "stale".to_owned());
    markup! {
        "<td>" {verdict.applied} " of " {verdict.committed} "</td>"
        {held(true, "fresh", stale)}
        {held(session, "held", own)}
        {held(session, "held", seen)}
    }
}

/// Whether something held; a dash where it cannot be asked.
fn held(asked: bool, holds: &'static str, broken: Option<String>) -> Html {
    match (asked, broken) {
        (false, _) => {
            markup! { "<td><span aria-hidden='true'>–</span><span class='visually-hidden'>no customer was named</span></td>" }
        }
        (_, None) => markup! { "<td class='is-held'>" {icon(Icon::Tick)} " " {text(holds)} "</td>" },
        (_, Some(broken)) => markup! { "<td class='is-broken'>" {icon(Icon::Cross)} " " {broken} "</td>" },
    }
}
