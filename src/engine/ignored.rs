//! Entries of `ignore` in a configuration that leave nothing untold.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::config::{Config, Ignored};
use super::fingerprint::Fingerprints;
use super::linter::Linter;
use super::report::FileReport;
use super::rulings::is_told;
use super::settle::Settling;
use crate::diagnostic::{DocumentRef, Level, Severity, Span};
use crate::document::Tree;
use crate::rules::{self, Useless, unused_suppression};

impl Linter {
    /// For each configuration whose files were all linted, the entries that no finding fits. Nothing is
    /// said after a run that looked at less, or otherwise than the configuration says.
    pub(super) fn unused_ignores(&self, paths: &[PathBuf]) -> Vec<FileReport> {
        let settings = &self.settings;
        if !self.exclude.is_empty() || settings.provider.is_some() || settings.kind.is_some() {
            return Vec::new();
        }
        let folders: Vec<PathBuf> = paths
            .iter()
            .filter(|path| path.is_dir())
            .filter_map(|path| path.canonicalize().ok())
            .collect();
        let is_whole = |config: &Config| {
            let root = config.root.canonicalize();
            root.is_ok_and(|root| folders.iter().any(|folder| root.starts_with(folder)))
        };
        let mut configs: Vec<Arc<Config>> =
            self.resolver.all().into_iter().chain(self.fixed.clone()).collect();
        configs.sort_by(|one, other| one.source.path().cmp(other.source.path()));
        configs.dedup_by(|one, other| Arc::ptr_eq(one, other));
        let reports = configs.iter().filter(|config| is_whole(config));
        reports.filter_map(|config| self.unused_in(config)).collect()
    }

    fn unused_in(&self, config: &Config) -> Option<FileReport> {
        let level = |rule: &str| self.levels.get(rule).or_else(|| config.levels.get(rule));
        let is_told = |rule: &str| is_told(rule, &self.select, level(rule));
        if !is_told(rules::UNUSED_SUPPRESSION) {
            return None;
        }
        let severity = match level(rules::UNUSED_SUPPRESSION) {
            Some(Level::At(severity)) => *severity,
            _ => Severity::Warning,
        };
        let source = &config.source;
        let span = Span::new(0, source.text().len());
        let document = DocumentRef {
            index: 0,
            kind: "config".to_owned(),
            provider: String::new(),
            pointer: String::new(),
            request: String::new(),
            span,
            start: source.position(span.start),
            end: source.position(span.end),
        };
        let tree = Tree::empty();
        let settling = Settling {
            source,
            tree: &tree,
            root: None,
            document: &document,
            provider: None,
            site: None,
        };
        let identity = self.resolver.identity(Path::new(source.path()));
        let mut prints = Fingerprints::new(identity.clone());
        let mut report =
            FileReport { path: source.path().to_owned(), identity, ..FileReport::default() };
        for (file, entry) in config.files.iter().enumerate() {
            for (at, one) in entry.ignore.iter().enumerate() {
                let Some(rule) = unused(one, &is_told, self.select.is_empty()) else { continue };
                let finding = unused_suppression(one.span, &Useless::Unused(rule));
                let mut told = settling.settle(finding, severity, &mut prints);
                told.pointer = format!("/files/{file}/ignore/{at}");
                report.diagnostics.push(told);
            }
        }
        report.source = Some(Arc::clone(source));
        (!report.diagnostics.is_empty()).then_some(report)
    }
}

/// The rule of an entry that was of no use, where the run would have found what it is for.
fn unused(
    entry: &Ignored,
    is_told: &dyn Fn(&str) -> bool,
    all_are_told: bool,
) -> Option<&'static str> {
    if entry.used.load(Ordering::Relaxed) {
        return None;
    }
    if entry.rule == "*" {
        return all_are_told.then_some("*");
    }
    let rule = rules::find(&entry.rule)?.id;
    // What these find hangs on files that may lie elsewhere, or on what git knows.
    let hangs = rules::found_elsewhere(true, false).contains(&rule);
    (is_told(rule) && !hangs).then_some(rule)
}
