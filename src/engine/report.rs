//! What came of a run.

use std::sync::Arc;

use crate::diagnostic::{Applicability, Diagnostic, Severity, Source, Span, Summary};
use crate::identify::Verdict;

/// A document of a file: what it was taken for, or why it was left alone.
#[derive(Debug, Clone)]
pub struct DocumentReport {
    /// Its number in the file, counted from 0.
    pub index: usize,
    /// The line it starts on, counted from 1.
    pub line: usize,
    /// JSON Pointer from the file's root (in JSONL: the line's) to it.
    pub pointer: String,
    /// Its bytes.
    pub span: Span,
    /// What came of it.
    pub verdict: Verdict,
    /// The tool whose settings it is, by its id.
    pub client: Option<String>,
}

impl DocumentReport {
    /// Whether it was held to something.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        matches!(self.verdict, Verdict::Judged { .. })
    }

    /// Whether it is a tool's settings and no request.
    #[must_use]
    pub fn is_settings(&self) -> bool {
        matches!(&self.verdict, Verdict::Judged { kind, .. } if kind.is_settings())
    }
}

/// What keeps a finding from being told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment in the file.
    Comment,
    /// An entry of `ignore` in the configuration.
    Config,
    /// An entry of the baseline.
    Baseline,
}

/// A finding that is not told.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Why it is suppressed, in the words of the comment.
    pub reason: Option<String>,
    /// What suppresses it.
    pub by: SuppressedBy,
}

/// A text with fixes applied.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// The text as it was.
    pub before: Arc<Source>,
    /// The bytes of keys in it, which nothing may show.
    pub secrets: Vec<Span>,
    /// The text as it is then.
    pub after: String,
    /// The bytes of keys in that.
    pub secrets_after: Vec<Span>,
}

/// What came of one file.
#[derive(Debug, Clone, Default)]
pub struct FileReport {
    /// The path as it is shown.
    pub path: String,
    /// The path from the root of the repository, or from the current folder where there is none: the same
    /// wherever one looks at the file from. Empty where it was not linted.
    pub identity: String,
    /// The text; kept only where there are findings, suppressed ones too, to show in it.
    pub source: Option<Arc<Source>>,
    /// The bytes of the text that keys stand in, which nothing may show: [`crate::rules::hide`] covers them.
    pub secrets: Vec<Span>,
    /// The findings, in order of their offsets, then rules.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that the configuration, a comment in the file or the baseline suppresses.
    pub suppressed: Vec<Suppressed>,
    /// The documents in it that are requests, or look like some.
    pub documents: Vec<DocumentReport>,
    /// Why the whole file was left alone.
    pub skipped: Option<String>,
    /// Whether it might have held a request for all one can tell: then it is counted.
    pub counted: bool,
    /// Whether a person should hear of that without asking.
    pub notable: bool,
    /// How many findings were fixed.
    pub fixed: usize,
    /// The text with fixes applied, where there are some.
    pub rewritten: Option<Rewritten>,
    /// Why it could not be read, or not be written.
    pub error: Option<String>,
}

impl Summary {
    /// Adds what came of one file.
    pub fn add(&mut self, file: &FileReport) {
        let judged =
            |document: &&DocumentReport| matches!(document.verdict, Verdict::Judged { .. });
        // A batch line and its body are one, and so are the connections that one object describes.
        let count = |settings: bool| {
            let documents = file.documents.iter().filter(judged);
            let mut spans: Vec<Span> = documents
                .filter(|document| document.is_settings() == settings)
                .map(|document| document.span)
                .collect();
            spans.dedup_by(|inner, outer| outer.covers(*inner));
            spans.len()
        };
        let settings = count(true);
        let documents = count(false) + settings;
        self.settings += settings;
        self.documents += documents;
        self.files += usize::from(documents > 0);
        self.skipped += file.documents.iter().filter(|document| !judged(document)).count();
        self.skipped += usize::from(file.skipped.is_some() && file.counted);
        self.failures += usize::from(file.error.is_some());
        let by = |by| file.suppressed.iter().filter(|one| one.by == by).count();
        self.suppressed += by(SuppressedBy::Comment) + by(SuppressedBy::Config);
        self.baselined += by(SuppressedBy::Baseline);
        self.fixed += file.fixed;
        for diagnostic in &file.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
            match diagnostic.fix.as_ref().map(|fix| fix.applicability) {
                Some(Applicability::Safe) => self.fixable += 1,
                Some(Applicability::Unsafe) => self.unsafe_fixable += 1,
                None => {}
            }
        }
    }
}

/// What came of a run over files.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By file, in order of their paths.
    pub files: Vec<FileReport>,
    /// The figures.
    pub summary: Summary,
}

impl Report {
    /// All findings, in order of path, offset, rule.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|file| &file.diagnostics)
    }
}
