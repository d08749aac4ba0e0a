//! The figures of a run.

use serde::Serialize;

use super::Severity;

/// The figures of a run, as the JSON output has them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that hold at least one document that was judged.
    pub files: usize,
    /// Documents that were judged; a batch line and its body count once.
    pub documents: usize,
    /// How many of them are tools' settings and no requests; for the summary line.
    #[serde(skip)]
    pub settings: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are infos.
    pub infos: usize,
    /// Findings that carry a fix which only says what was meant.
    pub fixable: usize,
    /// Findings that carry a fix which may change what the request does.
    pub unsafe_fixable: usize,
    /// Findings that were fixed, and stand in none of the figures above.
    pub fixed: usize,
    /// Requests that were left alone, and files that could not be read as text or as JSON.
    pub skipped: usize,
    /// Findings that are suppressed, and stand in none of the figures above.
    pub suppressed: usize,
    /// Findings that the baseline lists, and that stand in none of the figures above.
    pub baselined: usize,
    /// Files that could not be read; the JSON output lists them instead.
    #[serde(skip)]
    pub failures: usize,
}

impl Summary {
    /// How many findings are at least as bad as `severity`.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Info => self.errors + self.warnings + self.infos,
        }
    }
}
