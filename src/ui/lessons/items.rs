//! What a lesson asks: to say what will happen, to reach a goal, to find out what went wrong; and what came of it. All
//! of it is as the core found it.

use super::Wish;
use super::prose::line;
use super::sheet::Asked;
use crate::teaching::lesson::course::{Standing, Verdict};
use crate::teaching::lesson::judge::{Goal, wanted};
use crate::teaching::lesson::{Allowed, Diagnosis, Exercise, Predict};
use crate::teaching::script::ClusterLine;
use crate::teaching::why::{Explanation, Question};
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{each, each_of, markup};
use crate::ui::view::View;
use crate::ui::words::prose;
use yew::Html;

/// A question about what will happen.
pub fn predict(view: &View, asked: &Asked, of: &Predict) -> Html {
    let verdict = match asked.verdict.as_deref() {
        Some(Verdict::Predicted { chosen, right, choices, so, .. }) if !asked.open => {
            Some((*chosen, *right, choices, so))
        }
        _ => None,
    };
    let choice = |place: usize| {
        let text = line(&of.choices[place].text);
        let Some((chosen, right, judged, ..)) = verdict else { return unjudged(view, asked, place, text) };
        let (class, drawing, says) = match (place == right, place == chosen) {
            (true, true) => ("is-right", Some(Icon::Tick), "Your answer, and so it is: "),
            (true, false) => ("is-right", Some(Icon::Tick), "So it is: "),
            (false, true) => ("is-wrong", Some(Icon::Cross), "Your answer: "),
            (false, false) => ("is-other", None, "Not so: "),
        };
        let reasons =
            each(&judged[place].reasons, |reason| markup! { "<span class='reason'>" {prose(reason)} "</span>" });
        markup! {
            "<li class='choice " {class} "'>" {drawing.map(icon)} "<div><span class='visually-hidden'>" {says} "</span>" {text} {reasons} "</div></li>"
        }
    };
    let told = verdict.map(|(chosen, right, _, so)| {
        let answer = line(&of.choices[right].text);
        let says = if chosen == right {
            markup! { "<b>Right.</b>" }
        } else {
            markup! { "<b>Not this time.</b> So it is: " {answer} "" }
        };
        markup! {
            "<div class='verdict-told' role='status'>
                <p>" {says} "</p>
                <p class='because'>The cluster: " {prose(&so.join("; "))} ".</p>"
                {after(view, asked, of.why)}
            "</div>"
        }
    });
    question(
        asked,
        "What will happen?",
        &of.ask,
        markup! {
            {told} {playing(view, asked)} "<ol class='choices'>" {each_of(of.choices.len(), &choice)} "</ol>"
        },
    )
}

/// A run that went wrong.
pub fn diagnose(view: &View, asked: &Asked, of: &Diagnosis) -> Html {
    let verdict = match asked.verdict.as_deref() {
        Some(Verdict::Diagnosed { chosen, healthy, told, why, .. }) => Some((*chosen, *healthy, told, why)),
        _ => None,
    };
    let cause = |place: usize| {
        let cause = &of.causes[place];
        let fix = each(&cause.fix, |fix| markup! { "<code>" {fix.statement.to_string()} "</code>" });
        let cluster = cause.cluster.map(|cluster| markup! { "<code>" {ClusterLine(&cluster).to_string()} "</code>" });
        let text = markup! { {line(&cause.text)} "<span class='fix'>the fix to try: " {cluster} {fix} "</span>" };
        let tried = asked.given.choices.iter().any(|choice| *choice as usize == place);
        match verdict {
            Some((chosen, true, ..)) if chosen == place => {
                markup! { "<li class='choice is-right'>" {icon(Icon::Tick)} "<div><span class='visually-hidden'>The cause: </span>" {text} "</div></li>" }
            }
            Some((chosen, false, told, _)) if chosen == place => {
                let reasons = each(told, |reason| markup! { "<span class='reason'>" {prose(reason)} "</span>" });
                markup! { "<li class='choice is-wrong'>" {icon(Icon::Cross)} "<div><span class='visually-hidden'>Not the cause: </span>" {text} {reasons} "</div></li>" }
            }
            _ if tried && !asked.deciding => {
                markup! { "<li class='choice is-other'>" {icon(Icon::Cross)} "<div><span class='visually-hidden'>Not the cause: </span>" {text} "</div></li>" }
            }
            _ => unjudged(view, asked, place, text),
        }
    };
    let told = verdict.map(|(_, healthy, _, why)| {
        let says = if healthy { "Found." } else { "That is not it." };
        let more = if healthy {
            " With this fix the same faults were played again, and nothing is wrong. In the run that went wrong:"
        } else {
            " The same faults were played again with this fix, and it still goes wrong. Look at the run again, then name another cause."
        };
        markup! { "<div class='verdict-told' role='status'><p><b>" {says} "</b>" {more} "</p>" {because(why.as_ref())} "</div>" }
    });
    let symptom = each(&of.symptom, |condition| markup! { "<li>" {prose(&wanted(condition))} "</li>" });
    question(
        asked,
        "What went wrong?",
        &of.ask,
        markup! {
            "<p class='lesson-note'>The run that went wrong is on the page. What one sees of it:</p><ul class='lesson-list'>" {symptom} "</ul>
        <p class='item-tools'>
            <button type='button' class='plain' onclick=" {view.click(Wish::SetOut(asked.item))} ">" {icon(Icon::StepBack)} "See the run that went wrong</button>"
                {of.why.map(|_| ask(view, asked))}
            "</p>
        " {told} {playing(view, asked)} "<ol class='choices'>" {each_of(of.causes.len(), &cause)} "</ol>"
        },
    )
}

/// A goal to reach.
pub fn exercise(view: &View, asked: &Asked, of: &Exercise) -> Html {
    let standing = asked.standing.as_ref();
    let elsewhere = standing.is_some_and(|standing| standing.commands.is_none());
    let goal = |goal: &Goal| {
        let (class, drawing, says) = match (goal.held, goal.met) {
            (true, true) => ("is-held", Icon::Tick, "To be kept: "),
            (true, false) => ("is-unmet", Icon::Warning, "No longer so; if it cannot be again, begin again: "),
            (false, true) => ("is-met", Icon::Tick, "Reached: "),
            (false, false) => ("is-unmet", Icon::Target, ""),
        };
        let told = (!goal.met).then(|| markup! { "<span class='reason'>" {prose(&goal.told)} "</span>" });
        markup! {
            "<li class='goal " {class} "'>" {icon(drawing)} "<div><span class='goal-stands'>" {says} "</span>" {prose(&goal.wanted)} {told} "</div></li>"
        }
    };
    let goals = match standing {
        Some(_) if elsewhere => each(&of.goals, |condition| {
            markup! { "<li class='goal'>" {icon(Icon::Target)} "<div>" {prose(&wanted(condition))} "</div></li>" }
        }),
        Some(standing) => each(&standing.goals, goal),
        None => each(&of.goals, |condition| {
            markup! { "<li class='goal is-met'>" {icon(Icon::Tick)} "<div>" {prose(&wanted(condition))} "</div></li>" }
        }),
    };
    let commands: Vec<&Allowed> = of.allow.iter().filter(|command| !command.lets_time_pass()).collect();
    let allowed = each(&commands, |command| {
        let (says, finds) = way(&command.0);
        let way = match finds {
            Some(panel) => {
                markup! { "<button type='button' class='quiet' onclick=" {view.click(Wish::Find(panel))} ">" {says} "</button>" }
            }
            None => markup! { {says} "" },
        };
        markup! { "<li><code>" {command.0.clone()} "</code> " {way} "</li>" }
    });
    let tools = asked.open.then(|| {
        let left = of.hints.len() - asked.hints.len();
        let hint = (left > 0).then(|| {
            markup! { "<button type='button' class='plain' onclick=" {view.click(Wish::Hint)} ">" {icon(Icon::Question)} "A hint</button>" }
        });
        markup! {
            "<p class='item-tools'>
                <button type='button' class='plain' onclick=" {view.click(Wish::Again)} ">" {icon(Icon::Start)} "Begin again</button>" {hint}
            "</p>"
        }
    });
    let done = (!asked.open).then(|| {
        let used = asked.given.commands.unwrap_or_default();
        let par = of.par.map(|par| {
            if used <= par { ". It takes no fewer.".to_owned() } else { format!(". It can be done with {par}.") }
        });
        let word = if used == 1 { " command" } else { " commands" };
        markup! { "<div class='verdict-told' role='status'><p><b>Done</b>, with " {used} {word} {par} "</p></div>" }
    });
    question(
        asked,
        "Your turn",
        "Bring this about, on the page itself:",
        markup! {
            "<ul class='goals'>" {goals} "</ul>
            <p class='lesson-note'>What you may use, by hand or as a <button type='button' class='quiet' onclick=" {view.click(Wish::Find("[aria-labelledby=command-title]"))} ">Command</button>; and time: Play, or to the next milestone, at the speed beside the clock." {standing.and_then(counted)} "</p>
            <ul class='allowed'>" {allowed} "</ul>"
            {tools}
            "<ol class='hints' role='status'>" {each(&asked.hints, |hint| markup! { "<li>" {line(hint)} "</li>" })} "</ol>"
            {done}
        },
    )
}

/// How many commands were used; or that this run is another than the exercise's.
fn counted(standing: &Standing) -> Option<Html> {
    Some(match standing.commands {
        Some(0) => return None,
        Some(used) => markup! { " So far: " {used} "." },
        None => markup! { " <b>The run on the page is another one.</b>" },
    })
}

fn question(asked: &Asked, kind: &'static str, ask: &str, children: Html) -> Html {
    let state = if asked.open { "is-open" } else { "is-done" };
    markup! {
        "<section key='" {asked.item.to_string()} "' id='" {asked.item.to_string()} "' class='item " {state} "' aria-label=" {kind} ">
            <p class='item-kind'>" {kind} "</p>
            <h4>" {line(ask)} "</h4>"
            {children}
        "</section>"
    }
}

/// Where on the page a command is at hand: in words, and the panel, if it is one.
fn way(command: &str) -> (&'static str, Option<&'static str>) {
    let mut words = command.split(' ');
    match (words.next().unwrap_or_default(), words.next().unwrap_or_default()) {
        ("crash" | "restart" | "pause" | "resume" | "lose-disk" | "promote" | "demote" | "partition", _) => {
            ("click a node", None)
        }
        ("cut" | "link", _) => ("click a line between nodes", None),
        ("heal", _) => ("Heal every cut, under Break things", Some(".heal-all")),
        ("drop" | "delay" | "duplicate", _) => ("click a message", None),
        ("reserve", _) => ("Book a cabin", Some(".reserve")),
        ("read", _) | ("set", "reads") => ("Reads", Some("[aria-label=Reads]")),
        ("burst" | "cpu", _) | ("set", "batch" | "bound" | "throttle") => ("Load", Some("[aria-label=Load]")),
        ("set", "ack" | "sync") => ("201 Created means", Some("[aria-labelledby=rules-title]")),
        ("set", "terms" | "lease" | "gateway-token" | "failover") => {
            ("Old leaders and new ones", Some("[aria-labelledby=switches-title]"))
        }
        _ => ("Command", Some("[aria-labelledby=command-title]")),
    }
}

/// A choice of which nothing is told yet: one that can be taken, or while an answer is being decided, one that could.
fn unjudged(view: &View, asked: &Asked, place: usize, text: Html) -> Html {
    if asked.open {
        return markup! {
            "<li><button type='button' class='choice is-free' onclick=" {view.click(Wish::Answer(place))} ">" {text} "</button></li>"
        };
    }
    let chosen = asked.given.choices.last().is_some_and(|choice| *choice as usize == place);
    let (class, says) = if chosen { ("is-chosen", "Your answer: ") } else { ("is-other", "") };
    markup! {
        "<li class='choice " {class} "'><div><span class='visually-hidden'>" {says} "</span>" {text} "</div></li>"
    }
}

/// The run that decides an answer plays; what it came to is told at its end.
fn playing(view: &View, asked: &Asked) -> Option<Html> {
    asked.deciding.then(|| {
        markup! {
            "<div class='deciding' role='status'>
                <p><b>Watch.</b> The run decides it.</p>
                <button type='button' class='plain' onclick=" {view.click(Wish::ShowEnd)} ">" {icon(Icon::Milestone)} "Skip to the end</button>
            </div>"
        }
    })
}

/// What the core says of it, with what speaks against a promotion.
fn because(why: Option<&Explanation>) -> Option<Html> {
    let why = why?;
    let objections = why.objections();
    let more = each(objections, |objection| markup! { " " {prose(&objection.to_string())} });
    Some(markup! { "<p class='because'>" {prose(&why.finding.to_string())} {more} "</p>" })
}

/// What one can do after an answer.
fn after(view: &View, asked: &Asked, why: Option<Question>) -> Html {
    markup! {
        "<p class='item-tools'>
            <button type='button' class='plain' onclick=" {view.click(Wish::SetOut(asked.item))} ">" {icon(Icon::StepBack)} "Back to before</button>"
            {why.map(|_| ask(view, asked))}
        "</p>"
    }
}

fn ask(view: &View, asked: &Asked) -> Html {
    markup! { "<button type='button' class='plain' onclick=" {view.click(Wish::Ask(asked.item))} ">" {icon(Icon::Question)} "Why?</button>" }
}
