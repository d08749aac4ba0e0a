//! What is known already: findings that a file lists, and that a run does not tell again.
//!
//! The file names findings by their fingerprints, so that an entry survives moved lines. One entry
//! stands on a line of its own, in the order of paths, so that a change of it reads well.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::report::{FileReport, Suppressed, SuppressedBy};
use crate::diagnostic::Diagnostic;
use crate::discover::replace;

const VERSION: u32 = 1;

/// A finding that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// The file, from the root of its repository.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The finding's identity; see [`Diagnostic::fingerprint`].
    pub fingerprint: String,
    /// What was found, for people who read the file.
    pub message: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format_version: u32,
    findings: Vec<BaselineEntry>,
}

/// Why a baseline cannot be read or written.
#[derive(Debug)]
pub enum BaselineError {
    /// It cannot be read or written.
    Io(io::Error),
    /// It is no baseline: why, with line and column.
    Malformed(String),
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BaselineError::Io(error) => f.write_str(&super::run::plain(error)),
            BaselineError::Malformed(why) => write!(f, "no baseline of requestlint: {why}"),
        }
    }
}

impl std::error::Error for BaselineError {}

/// The findings that are known, and what a run has met of them.
#[derive(Debug, Default)]
pub struct Baseline {
    known: BTreeMap<String, BaselineEntry>,
    met: BTreeSet<String>,
    /// The files that were linted in full.
    linted: BTreeSet<String>,
    found: Vec<BaselineEntry>,
    is_updated: bool,
}

impl Baseline {
    /// Reads the baseline at `path`.
    ///
    /// # Errors
    /// The file cannot be read, or is no baseline.
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        let text = std::fs::read_to_string(path).map_err(BaselineError::Io)?;
        let malformed = |error: serde_json::Error| BaselineError::Malformed(error.to_string());
        let stored: Stored = serde_json::from_str(&text).map_err(malformed)?;
        if stored.format_version != VERSION {
            return Err(BaselineError::Malformed(format!(
                "its format_version is {}, and this requestlint reads {VERSION}",
                stored.format_version
            )));
        }
        let known = stored.findings.into_iter().map(|one| (one.fingerprint.clone(), one)).collect();
        Ok(Self { known, ..Self::default() })
    }

    /// The same, as one that takes all findings in: each is known from now on.
    #[must_use]
    pub fn updating(self) -> Self {
        Self { is_updated: true, ..self }
    }

    /// Moves the findings that are known aside, and takes down what was linted.
    pub fn apply(&mut self, report: &mut FileReport) {
        let mut told = Vec::new();
        for diagnostic in std::mem::take(&mut report.diagnostics) {
            self.found.push(entry(&report.identity, &diagnostic));
            if self.is_updated || self.known.contains_key(&diagnostic.fingerprint) {
                self.met.insert(diagnostic.fingerprint.clone());
                let by = SuppressedBy::Baseline;
                report.suppressed.push(Suppressed { diagnostic, reason: None, by });
            } else {
                told.push(diagnostic);
            }
        }
        report.diagnostics = told;
        // A file that could not be read tells nothing of what is gone from it.
        if report.error.is_none() {
            self.linted.insert(report.identity.clone());
        }
    }

    /// The entries whose finding is gone: those of rules that `is_told` says the run looked for, from files
    /// that were linted, and from those that `exists` says are no more.
    pub fn gone(
        &self,
        exists: impl Fn(&str) -> bool,
        is_told: impl Fn(&str) -> bool,
    ) -> Vec<&BaselineEntry> {
        let is_over = |one: &BaselineEntry| {
            !exists(&one.path) || (self.linted.contains(&one.path) && is_told(&one.rule))
        };
        let known = self.known.values().filter(|one| !self.met.contains(&one.fingerprint));
        let mut gone: Vec<_> = known.filter(|one| is_over(one)).collect();
        gone.sort();
        gone
    }

    /// Writes the findings of this run to `path`, with the entries that it cannot judge: of files that were
    /// not linted, and of rules that it did not look for. What they are of must still be there, as `exists`
    /// says. Tells how many stand in it.
    ///
    /// # Errors
    /// The file cannot be written; the old one is then as it was.
    pub fn write(
        &self,
        path: &Path,
        exists: impl Fn(&str) -> bool,
        is_told: impl Fn(&str) -> bool,
    ) -> Result<usize, BaselineError> {
        let gone: BTreeSet<_> = self.gone(exists, is_told).into_iter().collect();
        let is_kept =
            |one: &&BaselineEntry| !gone.contains(one) && !self.met.contains(&one.fingerprint);
        let kept = self.known.values().filter(is_kept).cloned();
        let entries: BTreeSet<BaselineEntry> = self.found.iter().cloned().chain(kept).collect();
        let text = text(&entries).map_err(|error| BaselineError::Io(error.into()))?;
        match std::fs::read_to_string(path) {
            Ok(before) => replace(path, &before, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => std::fs::write(path, &text),
            Err(error) => Err(error),
        }
        .map_err(BaselineError::Io)?;
        Ok(entries.len())
    }
}

fn entry(path: &str, diagnostic: &Diagnostic) -> BaselineEntry {
    BaselineEntry {
        path: path.to_owned(),
        rule: diagnostic.rule.to_owned(),
        fingerprint: diagnostic.fingerprint.clone(),
        message: diagnostic.message.clone(),
    }
}

fn text(entries: &BTreeSet<BaselineEntry>) -> serde_json::Result<String> {
    let lines: Vec<String> =
        entries.iter().map(serde_json::to_string).collect::<serde_json::Result<_>>()?;
    let list = if lines.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n    {}\n  ]", lines.join(",\n    "))
    };
    Ok(format!("{{\n  \"format_version\": {VERSION},\n  \"findings\": {list}\n}}\n"))
}
