//! Applies fixes to a text until none is left, and never makes it worse.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::linter::Linter;
use super::report::{DocumentReport, FileReport, Rewritten};
use super::run::plain;
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::discover::replace;
use crate::extract::Syntax;
use crate::fix::{apply, compatible};

/// Most rounds of fixes over one file: a fix may bring another to light.
const MOST_ROUNDS: usize = 10;

/// Most texts that are tried for one file.
const MOST_TRIES: usize = 1000;

/// Which fixes are applied, and what becomes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixing {
    /// Whether those are applied too that may change what a request does.
    pub with_unsafe: bool,
    /// Whether files are written; else the report tells what they would hold, and their findings as they
    /// are.
    pub write: bool,
}

impl Fixing {
    fn allows(self, fix: &Fix) -> bool {
        self.with_unsafe || fix.applicability == Applicability::Safe
    }
}

/// A text on its way to having no more fixes.
struct Progress {
    report: FileReport,
    text: String,
    fixed: usize,
    tries: usize,
    /// Findings, by their identity, whose fix does not help.
    rejected: HashSet<String>,
}

impl Linter {
    /// Lints a text as [`Linter::check_text`] does, and applies fixes as the linter was built to. Nothing
    /// is written; `rewritten` of the report holds the text.
    ///
    /// ```
    /// use requestlint::Linter;
    /// use requestlint::engine::Fixing;
    ///
    /// let fixing = Fixing { with_unsafe: false, write: true };
    /// let linter = Linter::builder().provider("mimo").fix(fixing).build()?;
    /// let text = r#"{"model": "mimo-v2-por", "messages": [{"role": "user", "content": "Hi"}]}"#;
    /// let report = linter.fix_text("chat.json", text);
    /// assert_eq!(report.fixed, 1);
    /// assert_eq!(report.rewritten.map(|text| text.after), Some(text.replace("por", "pro")));
    /// # Ok::<(), requestlint::SetupError>(())
    /// ```
    #[must_use]
    pub fn fix_text(&self, path: &str, text: &str) -> FileReport {
        let report = self.check_text(path, text);
        let Some(fixing) = self.settings.fix else { return report };
        self.fixed(report, fixing, &|text| self.check_text(path, text))
    }

    /// Lints the text of a file, and fixes the file where that is wanted.
    pub(super) fn lint_file(
        &self,
        path: &Path,
        shown: &str,
        text: String,
        syntax: Syntax,
    ) -> FileReport {
        let lint = |text: String| self.lint(path, shown, text, syntax, self.kind.clone());
        let report = lint(text);
        let Some(fixing) = self.settings.fix else { return report };
        let before = report.clone();
        let fixed = self.fixed(report, fixing, &|text| lint(text.to_owned()));
        let Some(rewritten) = fixed.rewritten.as_ref().filter(|_| fixing.write) else {
            return fixed;
        };
        match replace(path, rewritten.before.text(), &rewritten.after) {
            Ok(()) => fixed,
            Err(error) => {
                let error = Some(format!("cannot be fixed: {}", plain(&error)));
                FileReport { error, ..before }
            }
        }
    }

    /// What comes of the text that `before` tells of. Where files are not written, the findings stay those
    /// of the text as it is.
    fn fixed(
        &self,
        before: FileReport,
        fixing: Fixing,
        lint: &dyn Fn(&str) -> FileReport,
    ) -> FileReport {
        let Some(source) = before.source.as_ref().map(Arc::clone) else { return before };
        let mut progress = Progress {
            report: before.clone(),
            text: source.text().to_owned(),
            fixed: 0,
            tries: 0,
            rejected: HashSet::new(),
        };
        for _ in 0..MOST_ROUNDS {
            if !progress.round(fixing, lint) {
                break;
            }
        }
        if progress.fixed == 0 {
            return progress.without_promises(fixing, before);
        }
        let rewritten = Some(Rewritten {
            before: source,
            secrets: before.secrets.clone(),
            after: progress.text.clone(),
            secrets_after: progress.report.secrets.clone(),
        });
        let fixed = progress.fixed;
        let report = if fixing.write { progress.report.clone() } else { before };
        FileReport { rewritten, fixed, ..progress.without_promises(fixing, report) }
    }
}

impl Progress {
    /// The report without the fixes that were tried and did not help: nobody is told to try them again.
    fn without_promises(&self, fixing: Fixing, mut report: FileReport) -> FileReport {
        for found in report.diagnostics.iter_mut().filter(|_| fixing.write) {
            if self.rejected.contains(&found.fingerprint) {
                found.fix = None;
            }
        }
        report
    }

    /// Applies what can be applied together; whether anything was.
    fn round(&mut self, fixing: Fixing, lint: &dyn Fn(&str) -> FileReport) -> bool {
        let wanted = self.report.diagnostics.iter().filter_map(|found| {
            let fix = found.fix.as_ref().filter(|fix| fixing.allows(fix))?;
            (!self.rejected.contains(&found.fingerprint))
                .then(|| (found.fingerprint.clone(), fix.clone()))
        });
        let wanted: Vec<(String, Fix)> = wanted.collect();
        let fixes: Vec<&Fix> = wanted.iter().map(|(_, fix)| fix).collect();
        let together = compatible(&fixes);
        if together.is_empty() {
            return false;
        }
        let base = self.text.clone();
        let mut accepted: Vec<usize> = Vec::new();
        // One that does not help is found by halves, so that it costs the others nothing.
        let mut open = vec![together];
        while let Some(some) = open.pop() {
            let all = accepted.iter().chain(&some);
            let mut edits: Vec<&Edit> = all.flat_map(|number| &fixes[*number].edits).collect();
            edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
            self.tries += 1;
            if self.tries > MOST_TRIES {
                return false;
            }
            let tried = apply(&base, edits).map(|text| (lint(&text), text));
            let better = tried.filter(|(report, _)| is_better(&self.report, report, some.len()));
            if let Some((report, text)) = better {
                self.fixed += some.len();
                accepted.extend(some);
                (self.text, self.report) = (text, report);
            } else if let [number] = some.as_slice() {
                self.rejected.insert(wanted[*number].0.clone());
            } else {
                let (first, second) = some.split_at(some.len() / 2);
                open.extend([second.to_vec(), first.to_vec()]);
            }
        }
        !accepted.is_empty()
    }
}

/// Whether a text has so many findings less, none that is worse, and all its documents.
fn is_better(before: &FileReport, after: &FileReport, fixes: usize) -> bool {
    let count = |report: &FileReport, is: &dyn Fn(&crate::Diagnostic) -> bool| {
        report.diagnostics.iter().filter(|found| is(found)).count()
    };
    let errors = |report| count(report, &|found| found.severity == Severity::Error);
    let faults = |report| count(report, &|found| found.rule == "syntax-error");
    let judged = |report: &FileReport| {
        report.documents.iter().filter(|one| DocumentReport::is_judged(one)).count()
    };
    after.error.is_none()
        && after.diagnostics.len() + fixes <= before.diagnostics.len()
        && errors(after) <= errors(before)
        && faults(after) <= faults(before)
        && judged(after) >= judged(before)
}
