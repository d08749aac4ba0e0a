//! A text on its way to having no more fixes.

use std::collections::{HashMap, HashSet};

use super::fixing::Fixing;
use super::report::{DocumentReport, FileReport};
use crate::Diagnostic;
use crate::diagnostic::{Edit, Fix, Severity};
use crate::fix::{apply, compatible};
use crate::rules;

/// Most rounds of fixes over one text: a fix may bring another to light.
const MOST_ROUNDS: usize = 50;

/// Most fixes that follow one another before the first counts: of as many slips in the syntax, one is told
/// at a time.
const MOST_STEPS: usize = 100;

/// Most texts that are tried for one file that is fixed.
pub const MOST_TRIES: usize = 1000;

/// So many fixes that write the same for the same rule may not help before the others like them are not
/// tried: a file may hold the same fault on every line.
const MOST_ALIKE: usize = 8;

/// What came of a text.
pub struct Progress<'l> {
    /// The findings that are left.
    pub report: FileReport,
    /// The text, where it changed.
    pub text: Option<String>,
    /// Findings whose fix does not help the text as it is.
    rejected: HashSet<Identity>,
    fixing: Fixing,
    trial: Trial<'l>,
    /// How many keys stand twice in the text.
    doubled: usize,
    /// How many texts may still be tried.
    tries: usize,
}

/// How a text is looked at that fixes make.
#[derive(Clone, Copy)]
pub struct Trial<'l> {
    /// Lints it.
    pub lint: &'l dyn Fn(&str) -> FileReport,
    /// Counts the keys that stand twice in it: not of every document is that a finding.
    pub doubled: &'l dyn Fn(&str) -> usize,
}

/// By what a finding is known again in a text that changed around it. Its fingerprint would not do: of
/// several alike it counts them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Identity {
    rule: &'static str,
    document: usize,
    pointer: String,
}

impl Identity {
    fn of(found: &Diagnostic) -> Self {
        let (document, pointer) = (found.document.index, found.pointer.clone());
        Self { rule: found.rule, document, pointer }
    }
}

/// A text with its findings.
type Tried = (FileReport, String);

impl<'l> Progress<'l> {
    /// Applies to `text`, which `before` tells of, what may be applied.
    pub fn of(
        before: &FileReport,
        text: &str,
        fixing: Fixing,
        trial: Trial<'l>,
        tries: usize,
    ) -> Self {
        let (report, rejected) = (before.clone(), HashSet::new());
        let doubled = (trial.doubled)(text);
        let mut progress = Self { report, text: None, rejected, fixing, trial, doubled, tries };
        for _ in 0..MOST_ROUNDS {
            let base = progress.text.clone().unwrap_or_else(|| text.to_owned());
            if !progress.round(&base) {
                break;
            }
        }
        progress
    }

    /// Whether all was tried that could be.
    pub fn is_complete(&self) -> bool {
        self.tries > 0
    }

    /// Of the findings of `before`, in their order, which are there no more.
    pub fn gone(&self, before: &FileReport) -> Vec<bool> {
        let mut left = counts(&self.report);
        let is_gone = |found: &Diagnostic| match left.get_mut(&Identity::of(found)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        };
        before.diagnostics.iter().map(is_gone).collect()
    }

    /// How many findings of `before` fixes removed.
    pub fn mended(&self, before: &FileReport) -> usize {
        let gone = self.gone(before);
        let has_fix =
            |found: &Diagnostic| found.fix.as_ref().is_some_and(|fix| self.fixing.allows(fix));
        let mended =
            before.diagnostics.iter().zip(gone).filter(|(found, gone)| *gone && has_fix(found));
        mended.count().max(usize::from(self.text.is_some()))
    }

    /// The fixes that may be applied, each with the identity of its finding.
    fn wanted(&self) -> Vec<(Identity, Fix)> {
        let found = mendable(&self.report).into_iter();
        let wanted = found.filter(|found| !self.rejected.contains(&Identity::of(found)));
        wanted
            .filter_map(|found| Some((Identity::of(found), self.fix_of(found)?.clone())))
            .collect()
    }

    fn fix_of<'d>(&self, found: &'d Diagnostic) -> Option<&'d Fix> {
        found.fix.as_ref().filter(|fix| self.fixing.allows(fix))
    }

    /// Applies what can be applied together; whether there may be more.
    fn round(&mut self, base: &str) -> bool {
        let wanted = self.wanted();
        let fixes: Vec<&Fix> = wanted.iter().map(|(_, fix)| fix).collect();
        let together = compatible(&fixes);
        if together.is_empty() {
            return false;
        }
        let mut accepted: Vec<usize> = Vec::new();
        // One that does not help is found by halves, so that it costs the others nothing.
        let mut open = vec![together];
        while let Some(some) = open.pop() {
            let all = accepted.iter().chain(&some).map(|number| fixes[*number]);
            let Some(tried) = self.tried(base, all) else { return false };
            let names = some.iter().map(|number| &wanted[*number].0);
            if let Some(((report, text), by_steps)) = self.followed(tried, &names.collect()) {
                accepted.extend(some);
                self.doubled = (self.trial.doubled)(&text);
                (self.text, self.report) = (Some(text), report);
                // What came of it by steps cannot be put together with other fixes of this text.
                if by_steps {
                    break;
                }
            } else if let [number] = some.as_slice() {
                self.rejected.insert(wanted[*number].0.clone());
                let alike = |other: usize| {
                    let texts = |fix: &Fix| -> Vec<String> {
                        fix.edits.iter().map(|edit| edit.text.clone()).collect()
                    };
                    wanted[other].0.rule == wanted[*number].0.rule
                        && texts(fixes[other]) == texts(fixes[*number])
                };
                let is_rejected = |other: &usize| self.rejected.contains(&wanted[*other].0);
                let failed = (0..wanted.len()).filter(is_rejected).filter(|other| alike(*other));
                if failed.count() >= MOST_ALIKE {
                    for group in &mut open {
                        group.retain(|other| !alike(*other));
                    }
                    open.retain(|group| !group.is_empty());
                    let others = (0..wanted.len()).filter(|other| alike(*other));
                    let others = others.filter(|other| !accepted.contains(other));
                    self.rejected.extend(others.map(|other| wanted[other].0.clone()));
                }
            } else {
                let (first, second) = some.split_at(some.len() / 2);
                open.extend([second.to_vec(), first.to_vec()]);
            }
        }
        // In another text what did not help may; in this one, what stood in the way of others is out of it.
        if !accepted.is_empty() {
            self.rejected.clear();
        }
        true
    }

    /// `text` with these fixes applied; `None` after too many tries.
    fn tried<'f>(
        &mut self,
        text: &str,
        fixes: impl Iterator<Item = &'f Fix>,
    ) -> Option<Option<Tried>> {
        self.tries = self.tries.checked_sub(1)?;
        let mut edits: Vec<&Edit> = fixes.flat_map(|fix| &fix.edits).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        Some(apply(text, edits).map(|text| ((self.trial.lint)(&text), text)))
    }

    /// What comes of a text that is `tried` by fixes of the findings `of`: better than before by as many
    /// findings, at once or by the fixes that it takes then; and whether it took any.
    ///
    /// A number in quotes may be out of range without them, and of two slips in the syntax the second is told
    /// when the first is mended.
    fn followed(&mut self, tried: Option<Tried>, of: &HashSet<&Identity>) -> Option<(Tried, bool)> {
        let (mut report, mut text) = tried?;
        let before = self.report.diagnostics.iter();
        let told = |found: &Diagnostic| (Identity::of(found), found.message.clone());
        let mut seen: HashSet<(Identity, String)> = before.map(told).collect();
        let mut steps = 0;
        loop {
            // Two names that become one would lose a value, now or with the next fix.
            if (self.trial.doubled)(&text) > self.doubled {
                return None;
            }
            if is_better(&self.report, &report, of.len()) {
                return Some(((report, text), steps > 0));
            }
            let is_next = |found: &&Diagnostic| {
                let is_new = !seen.contains(&told(found));
                // A second slip in a syntax has the identity of the first.
                is_new || rules::tells_in_turn(found.rule) && of.contains(&Identity::of(found))
            };
            let next: Vec<&Diagnostic> = mendable(&report).into_iter().filter(is_next).collect();
            let fixes: Vec<&Fix> = next.iter().filter_map(|found| self.fix_of(found)).collect();
            let chosen = compatible(&fixes);
            steps += 1;
            if chosen.is_empty() || steps > MOST_STEPS {
                return None;
            }
            let fixable = next.iter().filter(|found| self.fix_of(found).is_some());
            let all: Vec<_> = fixable.map(|found| told(found)).collect();
            let names: Vec<_> = chosen.iter().map(|number| all[*number].clone()).collect();
            let tried = self.tried(&text, chosen.iter().map(|number| fixes[*number]))?;
            seen.extend(names);
            (report, text) = tried?;
        }
    }
}

/// The findings that a fix may be applied for: of a document that does not parse, what keeps it from that.
fn mendable(report: &FileReport) -> Vec<&Diagnostic> {
    let broken = report.diagnostics.iter().filter(|found| found.rule == rules::SYNTAX_ERROR);
    let broken: HashSet<usize> = broken.map(|found| found.document.index).collect();
    let is_mendable = |found: &&Diagnostic| {
        found.rule == rules::SYNTAX_ERROR || !broken.contains(&found.document.index)
    };
    report.diagnostics.iter().filter(is_mendable).collect()
}

/// How often each identity is among the findings.
fn counts(report: &FileReport) -> HashMap<Identity, usize> {
    let mut counts = HashMap::new();
    for found in &report.diagnostics {
        *counts.entry(Identity::of(found)).or_default() += 1;
    }
    counts
}

/// Whether a text has so many findings less, none that is worse, and all its documents.
fn is_better(before: &FileReport, after: &FileReport, fixes: usize) -> bool {
    let count = |report: &FileReport, is: &dyn Fn(&Diagnostic) -> bool| {
        report.diagnostics.iter().filter(|found| is(found)).count()
    };
    let errors = |report| count(report, &|found| found.severity == Severity::Error);
    let faults = |report| count(report, &|found| found.rule == rules::SYNTAX_ERROR);
    let judged = |report: &FileReport| {
        report.documents.iter().filter(|one| DocumentReport::is_judged(one)).count()
    };
    after.error.is_none()
        && after.diagnostics.len() + fixes <= before.diagnostics.len()
        && errors(after) <= errors(before)
        && faults(after) <= faults(before)
        && judged(after) >= judged(before)
}
