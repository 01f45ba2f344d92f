//! The fenced blocks: what happens, and what a learner is asked.

use super::Reader;
use super::lines::{BlockLine, is_command, lines};
use super::source::number;
use crate::simulation::ClusterConfig;
use crate::teaching::lesson::error::shown;
use crate::teaching::lesson::{
    Allowed, Cause, Choice, Cycle, CycleLine, Diagnosis, Doing, Exercise, Part, Predict, Scenario,
};
use crate::teaching::script::{Line, Names, Script, Usage, parse_cluster};
use std::ops::{Range, RangeInclusive};

/// How many answers a question may have.
const CHOICES: RangeInclusive<usize> = 2..=6;

/// How many goals, and how many hints, an exercise may have.
const MOST_GOALS: usize = 8;

/// How many lines a loop may have.
const MOST_LINES: usize = 12;

impl<'a> Reader<'a> {
    /// A fenced block of some kind.
    pub(super) fn fence(&mut self, info: &str, range: Range<usize>) {
        let Some(inside) = self.inside_fence(&range) else {
            return self.wrong(range.start, "this block never ends", "a line with ``` after it");
        };
        let (line, _) = self.source.place(range.start);
        let (first, _) = self.source.place(inside.start);
        let text: &'a str = self.source.text;
        let block = lines(&text[inside], first);
        let words: Vec<&str> = info.split_whitespace().collect();
        let part = match words[..] {
            ["scenario"] => self.scenario(line, &block, true),
            ["scenario", "continue"] => self.scenario(line, &block, false),
            ["predict"] => self.predict(line, &block, range.start),
            ["do"] => self.exercise(line, &block, range.start),
            ["diagnose"] => self.diagnosis(line, &block, range.start),
            ["loop"] => self.cycle(&block, range.start),
            _ => {
                let found = format!("{} is no kind of block", shown(info));
                return self.wrong(range.start, found, "scenario, scenario continue, predict, do, diagnose or loop");
            }
        };
        if self.run_lines > Script::MOST_LINES as usize {
            let expected = format!("at most {}, up to the next scenario", Script::MOST_LINES);
            self.wrong(range.start, format!("the lesson's run has {} lines here", self.run_lines), expected);
            self.run_lines = 0;
        }
        self.part(part, range.start);
    }

    /// What stands between the two lines of a fence; nothing if there is no second one.
    fn inside_fence(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let block = self.source.text[range.clone()].trim_end();
        let fence = block.chars().next()?;
        let from = block.find('\n')? + 1;
        let to = block.rfind('\n')? + 1;
        let last = block[to..].trim();
        let closes = last.len() >= 3 && last.chars().all(|character| character == fence);
        closes.then(|| range.start + from..range.start + to)
    }

    /// Script lines, the names of which the lesson's run then has.
    fn run(&mut self, block: &[BlockLine<'a>]) -> Vec<Line> {
        let mut names = self.names.clone();
        let lines: Vec<Line> = block.iter().filter_map(|line| self.statement(*line, 0, &mut names)).collect();
        self.names = names;
        self.run_lines += lines.len();
        self.fresh = false;
        lines
    }

    fn scenario(&mut self, line: u32, mut block: &[BlockLine<'a>], anew: bool) -> Part {
        let mut cluster = None;
        if anew {
            let mut config = ClusterConfig::default();
            if let Some(first) = block.first().filter(|first| first.word() == "cluster") {
                config = self.cluster(*first, 0).unwrap_or_default();
                block = &block[1..];
            }
            self.names = Names::new(&config);
            self.run_lines = 0;
            cluster = Some(config);
        }
        let lines = self.run(block);
        self.fresh = anew;
        Part::Scenario(Scenario { line, cluster, lines })
    }

    fn cycle(&mut self, block: &[BlockLine<'a>], at: usize) -> Part {
        let mut lines = Vec::new();
        for line in block {
            match Doing::ALL.into_iter().find(|doing| doing.name() == line.word()) {
                Some(doing) => lines.push(CycleLine { doing, text: self.text_after(*line, "what the line says") }),
                None => self.no_keyword(*line, &Doing::ALL.map(Doing::name), false),
            }
        }
        self.must(at, "loop", (1..=MOST_LINES).contains(&block.len()), "one to twelve lines");
        Part::Cycle(Cycle { lines })
    }

    fn cluster(&mut self, line: BlockLine<'a>, from: usize) -> Option<ClusterConfig> {
        let shift = number(line.text[..from].chars().count());
        let wrong = |error| super::LessonError::of_script(&error, line.number, shift);
        parse_cluster(&line.text[from..]).map_err(|error| self.errors.push(wrong(error))).ok()
    }

    fn predict(&mut self, line: u32, block: &[BlockLine<'a>], at: usize) -> Part {
        let commands: Vec<BlockLine<'a>> = block.iter().copied().filter(|line| line.is_command()).collect();
        let lines = self.run(&commands);
        let mut predict = Predict { line, ask: String::new(), choices: Vec::new(), lines, why: None };
        for line in block.iter().filter(|line| !line.is_command()) {
            match line.word() {
                "ask" => predict.ask = self.once(*line, &predict.ask, "a question"),
                "choice" => {
                    let names = self.names.clone();
                    let choice = self.text_and_conditions(*line, &names);
                    predict.choices.extend(choice.map(|(text, conditions)| Choice {
                        line: line.number,
                        text,
                        conditions,
                    }));
                }
                "why" => predict.why = self.question(*line),
                _ => self.no_keyword(*line, &["ask", "choice", "why"], true),
            }
        }
        self.must(at, "predict", !predict.ask.is_empty(), "a line that begins with ask");
        self.must(at, "predict", !commands.is_empty(), "a run or a step after which the answers are judged");
        let choices = block.iter().filter(|line| line.word() == "choice").count();
        self.must(at, "predict", CHOICES.contains(&choices), "two to six lines that begin with choice");
        Part::Predict(predict)
    }

    fn exercise(&mut self, line: u32, block: &[BlockLine<'a>], at: usize) -> Part {
        let end = block.iter().position(|line| line.word() == "solution").unwrap_or(block.len());
        let (told, solution) = block.split_at(end);
        if let Some(word) = solution.first().filter(|word| !word.rest().is_empty()) {
            self.wrong_in(
                *word,
                0,
                "the solution does not begin here",
                "solution on a line of its own, and commands below",
            );
        }
        let solution = self.run(solution.get(1..).unwrap_or_default());
        let mut exercise =
            Exercise { line, goals: Vec::new(), allow: Vec::new(), par: None, hints: Vec::new(), solution };
        for line in told {
            match line.word() {
                "goal" => {
                    let names = self.names.clone();
                    exercise.goals.extend(self.conditions_after(*line, &names));
                }
                "allow" => self.allow(*line, &mut exercise.allow),
                "par" => exercise.par = self.par(*line),
                "hint" => exercise.hints.push(self.text_after(*line, "a hint")),
                _ => self.no_keyword(*line, &["goal", "allow", "par", "hint", "solution"], false),
            }
        }
        let has = |word: &str| told.iter().any(|line| line.word() == word);
        self.must(at, "do", has("goal") && exercise.goals.len() <= MOST_GOALS, "one to eight goals");
        self.must(at, "do", has("allow"), "a line that begins with allow");
        self.must(at, "do", exercise.hints.len() <= MOST_GOALS, "at most eight hints");
        self.must(at, "do", end + 1 < block.len(), "the line solution, and commands below it");
        Part::Do(exercise)
    }

    fn allow(&mut self, line: BlockLine<'a>, allow: &mut Vec<Allowed>) {
        for (at, piece) in Self::pieces(line) {
            let words: Vec<&str> = piece.split_whitespace().collect();
            let known = match words[..] {
                [word] => is_command(word),
                [word, second] => Usage::of_commands().any(|usage| {
                    let mut form = usage.form.split([' ', '=']);
                    (form.next(), form.next()) == (Some(word), Some(second))
                }),
                _ => false,
            };
            if known {
                allow.push(Allowed(words.join(" ")));
            } else {
                let expected = "the name of a command, such as crash or set ack, with commas between several";
                self.wrong_in(line, at, format!("{} is no command", shown(piece)), expected);
            }
        }
    }

    fn par(&mut self, line: BlockLine<'a>) -> Option<u32> {
        let par = line.rest().parse().ok().filter(|par| (1..=99).contains(par));
        if par.is_none() {
            let at = line.text.trim_end().len() - line.rest().len();
            self.wrong_in(
                line,
                at,
                format!("{} is no such number", shown(line.rest())),
                "how few commands do, from 1 to 99",
            );
        }
        par
    }

    fn diagnosis(&mut self, line: u32, block: &[BlockLine<'a>], at: usize) -> Part {
        if !self.fresh {
            let expected = "a scenario block with nothing but the cluster and its setting up, right before this one";
            self.wrong(at, "the faults would be played on a run that has gone on", expected);
        }
        let before = self.names.clone();
        let commands: Vec<BlockLine<'a>> = block.iter().copied().filter(|line| line.is_command()).collect();
        let faults = self.run(&commands);
        let mut diagnosis = Diagnosis {
            line,
            ask: String::new(),
            faults,
            symptom: Vec::new(),
            healthy: Vec::new(),
            causes: Vec::new(),
            why: None,
        };
        let names = self.names.clone();
        for line in block.iter().filter(|line| !line.is_command()) {
            match line.word() {
                "ask" => diagnosis.ask = self.once(*line, &diagnosis.ask, "a question"),
                "faults" if line.rest().is_empty() => {}
                "symptom" => diagnosis.symptom.extend(self.conditions_after(*line, &names)),
                "healthy" => diagnosis.healthy.extend(self.conditions_after(*line, &names)),
                "cause" => {
                    let text = self.text_after(*line, "what the run may come from");
                    diagnosis.causes.push(Cause { line: line.number, text, cluster: None, fix: Vec::new() });
                }
                "fix" => self.fix(*line, &before, &mut diagnosis.causes),
                "why" => diagnosis.why = self.question(*line),
                _ => {
                    let keywords = ["ask", "faults", "symptom", "healthy", "cause", "fix", "why"];
                    self.no_keyword(*line, &keywords, true);
                }
            }
        }
        let has = |word: &str| block.iter().any(|line| line.word() == word);
        self.must(at, "diagnose", !diagnosis.ask.is_empty(), "a line that begins with ask");
        self.must(at, "diagnose", !commands.is_empty(), "the line faults, and commands below it");
        self.must(at, "diagnose", has("symptom"), "a line that begins with symptom");
        self.must(at, "diagnose", has("healthy"), "a line that begins with healthy");
        self.must(at, "diagnose", CHOICES.contains(&diagnosis.causes.len()), "two to six lines that begin with cause");
        let fixed = block.windows(2).all(|two| two[0].word() != "cause" || two[1].word() == "fix")
            && block.last().is_some_and(|last| last.word() != "cause");
        self.must(at, "diagnose", fixed, "a line that begins with fix below each cause");
        Part::Diagnose(diagnosis)
    }

    /// A command, or a cluster to begin with instead, below the cause that it takes away.
    fn fix(&mut self, line: BlockLine<'a>, names: &Names, causes: &mut [Cause]) {
        let Some(cause) = causes.last_mut() else {
            return self.wrong_in(line, 0, "this fix is for nothing", "a line that begins with cause before it");
        };
        if line.rest().starts_with("cluster") {
            let from = line.text.trim_end().len() - line.rest().len();
            cause.cluster = self.cluster(line, from);
        } else {
            cause.fix.extend(self.statement_after(line, &mut names.clone()));
        }
    }

    /// The text of a keyword that a block may have once.
    fn once(&mut self, line: BlockLine<'a>, before: &str, expected: &str) -> String {
        if !before.is_empty() {
            self.wrong_in(line, 0, format!("{} stands here a second time", shown(line.word())), "it once");
        }
        self.text_after(line, expected)
    }

    fn must(&mut self, at: usize, kind: &str, holds: bool, expected: &str) {
        if !holds {
            self.wrong(at, format!("this {kind} block is not whole"), expected);
        }
    }
}
