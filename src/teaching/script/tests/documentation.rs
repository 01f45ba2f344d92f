//! What `lessons/README.md` says is so.

use crate::replication::{CommitRule, RequestId};
use crate::simulation::Invariant;
use crate::teaching::script::{Condition, Names, Script, Statement, Usage, parse_cluster};

const README: &str = include_str!("../../../../lessons/README.md");

/// The tables whose last column holds examples: the cells of each row, the bars in them no longer escaped.
fn rows_with_examples() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut within = false;
    for line in README.lines() {
        if !line.starts_with('|') {
            within = false;
        } else if line.ends_with("| example |") {
            within = true;
        } else if within && !line.starts_with("| ---") {
            let line = line.replace("\\|", "\u{0}");
            let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\u{0}', "|"));
            rows.push(cells.collect());
        }
    }
    rows
}

/// The texts in fences of this kind.
fn fenced(kind: &str) -> Vec<&'static str> {
    let fence = format!("```{kind}\n");
    README.split(fence.as_str()).skip(1).map(|text| text.split("```").next().unwrap_or(text)).collect()
}

fn names() -> Names {
    let mut names = Names::default();
    names.add(RequestId(1));
    names.learn(&Statement::parse("read C14 as q1", &names).unwrap());
    names
}

#[test]
fn every_usage_has_its_row() {
    let rows = rows_with_examples();
    let documented: Vec<(&str, &str)> = rows
        .iter()
        .filter(|row| row.len() == 3)
        .map(|row| (row[0].trim_matches('`'), row[1].as_str()))
        .filter(|(form, _)| !CommitRule::ALL.iter().any(|rule| rule.name() == *form))
        .filter(|(form, _)| !Invariant::ALL.iter().any(|invariant| invariant.name() == *form))
        .collect();
    let usages: Vec<(&str, &str)> =
        Usage::of_commands().chain(Usage::of_conditions()).map(|usage| (usage.form, usage.meaning)).collect();
    assert_eq!(documented, usages);
}

#[test]
fn every_rule_and_every_invariant_has_its_row() {
    let documented: Vec<String> = rows_with_examples().into_iter().map(|row| row[0].replace('`', "")).collect();
    for rule in CommitRule::ALL {
        assert!(documented.iter().any(|name| name == rule.name()), "{rule}");
    }
    for invariant in Invariant::ALL {
        assert!(documented.iter().any(|name| name == invariant.name()), "{invariant}");
    }
}

#[test]
fn every_example_can_be_read() {
    let rows = rows_with_examples();
    assert!(rows.len() > 50, "{}", rows.len());
    for row in rows {
        let example = row.last().unwrap().trim_matches('`');
        // A row is about its first word, unless that stands for a name.
        let subject = row[0].trim_matches('`').split(' ').next().unwrap();
        assert!(["N", "rN", "qN"].contains(&subject) || example.contains(subject), "{example}");
        if example.starts_with("cluster") {
            parse_cluster(example).unwrap_or_else(|error| panic!("{example}: {error}"));
        } else if Statement::parse(example, &names()).is_err() {
            Condition::parse(example, &names()).unwrap_or_else(|error| panic!("{example}: {error}"));
        }
    }
}

#[test]
fn every_script_is_one_and_the_mistake_is_one() {
    assert_eq!(fenced("script").len(), 2);
    for text in fenced("script") {
        Script::parse(text).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]));
    }
    for text in fenced("mistake") {
        let error = Script::parse(text).unwrap_err().remove(0).to_string();
        assert!(README.contains(&format!("\n    {error}\n")), "{error}");
    }
}

#[test]
fn the_bounds_are_those_of_the_parser() {
    let script = format!("| a script | {} KiB and {} lines |", Script::MOST_BYTES / 1024, Script::MOST_LINES);
    let request = format!("| the name of a request | {} |", Names::LAST_REQUEST);
    let mistakes = format!("At most {} mistakes", Script::MOST_ERRORS);
    for said in [script, request, mistakes] {
        assert!(README.contains(&said), "{said}");
    }
    assert!(Statement::parse("step 1000000", &names()).is_ok() && Statement::parse("step 1000001", &names()).is_err());
    assert!(Statement::parse("run 60min", &names()).is_ok() && Statement::parse("run 60.1min", &names()).is_err());
    assert!(Condition::parse("term 999999999", &names()).is_ok());
    assert!(Condition::parse("term 1000000000", &names()).is_err());
}
