//! Applies fixes to a text until none is left, and never makes it worse.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::linter::Linter;
use super::progress::{MOST_TRIES, Progress, Trial};
use super::report::{FileReport, Rewritten};
use super::run::plain;
use crate::diagnostic::{Applicability, Fix};
use crate::discover::replace;
use crate::document::Node;
use crate::extract::{Syntax, extract};

/// How many bytes of text are linted to try the fixes of a file before they are told of. Where that is not
/// enough, they are told of as the rules offer them.
const MOST_TRIED: usize = 4 << 20;

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
    pub(super) fn allows(self, fix: &Fix) -> bool {
        self.with_unsafe || fix.applicability == Applicability::Safe
    }
}

impl Linter {
    /// Lints a text as [`Linter::check_text`] does, and applies fixes as the linter was built to. Nothing
    /// is written; `rewritten` of the report holds the text. Where it was built to apply none, the fixes of
    /// the findings are those that would be applied.
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
        let syntax = self.syntax_at(Path::new(path)).unwrap_or(Syntax::Json);
        let lint = |text: &str| self.check_text(path, text);
        let trial = Trial { lint: &lint, doubled: &|text| doubled_keys(syntax, text) };
        match self.settings.fix {
            Some(fixing) => self.fixed(report, fixing, trial),
            None => self.promised(report, trial),
        }
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
        let lint = |text: &str| lint(text.to_owned());
        let trial = Trial { lint: &lint, doubled: &|text| doubled_keys(syntax, text) };
        let Some(fixing) = self.settings.fix else { return self.promised(report, trial) };
        let before = report.clone();
        let fixed = self.fixed(report, fixing, trial);
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
    fn fixed(&self, before: FileReport, fixing: Fixing, trial: Trial<'_>) -> FileReport {
        let Some(source) = before.source.as_ref().map(Arc::clone) else { return before };
        let done = Progress::of(&before, source.text(), fixing, trial, MOST_TRIES);
        let fixed = done.mended(&before);
        let rewritten = done.text.map(|after| Rewritten {
            before: source,
            secrets: before.secrets.clone(),
            after,
            secrets_after: done.report.secrets.clone(),
        });
        let report = match fixing.write {
            true => self.promised(done.report, trial),
            false => before,
        };
        FileReport { rewritten, fixed, ..report }
    }

    /// `report`, whose fixes are those that fixing would apply: with `--fix` the safe ones, and all with
    /// `--unsafe-fixes`.
    fn promised(&self, mut report: FileReport, trial: Trial<'_>) -> FileReport {
        let offers = report.diagnostics.iter().any(|found| found.fix.is_some());
        let source = report.source.as_ref().map(Arc::clone).filter(|_| offers);
        let Some(source) = source else { return report };
        let tries = (MOST_TRIED / source.text().len().max(1)).clamp(4, MOST_TRIES);
        let done = |with_unsafe| {
            let fixing = Fixing { with_unsafe, write: false };
            let done = Progress::of(&report, source.text(), fixing, trial, tries);
            done.is_complete().then(|| done.gone(&report))
        };
        let Some(safe) = done(false) else { return report };
        let is_left = |number: usize| report.diagnostics[number].fix.is_some() && !safe[number];
        let all = match (0..safe.len()).any(is_left) {
            true => match done(true) {
                None => return report,
                all => all,
            },
            false => None,
        };
        for (number, found) in report.diagnostics.iter_mut().enumerate().filter(|one| !safe[one.0])
        {
            let is_fixed = all.as_ref().is_some_and(|all| all[number]);
            match &mut found.fix {
                // It may take another, which is not safe, to make it complete.
                Some(fix) if is_fixed => fix.applicability = Applicability::Unsafe,
                fix => *fix = None,
            }
        }
        report
    }
}

/// How many keys of objects in `text` stand there already.
fn doubled_keys(syntax: Syntax, text: &str) -> usize {
    let mut doubled = 0;
    extract(syntax, text, &mut |document| {
        for node in document.root().into_iter().flat_map(Node::walk) {
            let names: HashSet<_> = node.members().map(|member| member.key.name()).collect();
            doubled += node.members().count() - names.len();
        }
    });
    doubled
}
