//! Lints one text: extract, identify, check, settle.

use std::sync::Arc;

use super::broken::Broken;
use super::fingerprint::Fingerprints;
use super::masked::masked;
use super::report::{DocumentReport, FileReport, Suppressed, SuppressedBy};
use super::rulings::Rulings;
use super::settle::Settling;
use super::suppression::{Owner, Suppressions};
use crate::diagnostic::{Diagnostic, DocumentRef, Source, Span};
use crate::document::{Document, Node, Tree};
use crate::extract::{self, Syntax};
use crate::fix::Site;
use crate::identify::{self, Identified, Verdict};
use crate::knowledge::{DocumentKind, Provider};
use crate::rules::{self, BatchFile, Finding, Request};

/// What findings speak of.
pub(super) struct Read<'s> {
    /// The document.
    pub(super) tree: &'s Tree<'s>,
    /// Its root, where anything could be read.
    pub(super) root: Option<Node<'s>>,
    /// The document that an edit is made in; `None` where none can be.
    pub(super) site: Option<Site<'s>>,
}

/// Lints one file's text.
pub struct TextLint<'c> {
    pub(super) rulings: Rulings<'c>,
    pub(super) source: Arc<Source>,
    pub(super) report: FileReport,
    prints: Fingerprints,
    pub(super) broken: Vec<Broken>,
    batch: BatchFile,
    pub(super) suppressions: Suppressions,
    /// The kind and provider of the first request in the file: what a broken neighbour would be.
    pub(super) neighbour: Option<(DocumentKind, Option<Arc<Provider>>)>,
    pub(super) reason: Option<String>,
    /// How many lines of JSON Lines hold no request, and the number of the first.
    other_lines: (usize, usize),
    pub(super) syntax: Syntax,
}

impl<'c> TextLint<'c> {
    /// A lint of `source` by `rulings`.
    #[must_use]
    pub fn new(source: Arc<Source>, rulings: Rulings<'c>) -> Self {
        let report = FileReport {
            path: source.path().to_owned(),
            identity: rulings.identity.clone(),
            ..FileReport::default()
        };
        let prints = Fingerprints::new(rulings.identity.clone());
        Self {
            rulings,
            source,
            report,
            prints,
            broken: Vec::new(),
            batch: BatchFile::default(),
            suppressions: Suppressions::default(),
            neighbour: None,
            reason: None,
            other_lines: (0, 0),
            syntax: Syntax::Json,
        }
    }

    /// Lints the text as `syntax`.
    #[must_use]
    pub fn run(mut self, syntax: Syntax) -> FileReport {
        self.syntax = syntax;
        let source = Arc::clone(&self.source);
        extract::extract(syntax, source.text(), &mut |document| {
            if syntax.has_comments() {
                let (comments, index) = (&document.comments, document.index);
                let demands = self.rulings.require_reason;
                self.suppressions.read(comments, index, index == 0, &source, demands);
            }
            self.document(document);
            let carriers = self.rulings.context.clients.clone();
            self.embedded(document, syntax, &carriers, None);
        });
        self.tell_broken();
        self.suppress();
        self.report.diagnostics.sort_by(|one, other| {
            (one.span.start, one.rule, one.span.end).cmp(&(
                other.span.start,
                other.rule,
                other.span.end,
            ))
        });
        // What an anchor names is written once, however many requests it is repeated in.
        self.report.diagnostics.dedup_by(|again, first| {
            again.span == first.span && again.rule == first.rule && again.message == first.message
        });
        if self.report.documents.is_empty() {
            self.report.skipped = self.reason;
        } else if self.other_lines.0 > 0 {
            let (count, first) = self.other_lines;
            let lines = if count == 1 { "line holds" } else { "lines hold" };
            let reason = self.reason.unwrap_or_default();
            self.report.skipped =
                Some(format!("{count} other {lines} no request (line {first}: {reason})"));
        } else if self.rulings.context.kind.is_some() {
            // Declared to be checked, and not checked.
            let mut verdicts = self.report.documents.iter().map(|document| &document.verdict);
            if let Some(reason) = verdicts.find_map(Verdict::reason) {
                self.report.skipped = Some(reason.to_owned());
                self.report.notable = true;
            }
        }
        if !self.report.diagnostics.is_empty() || !self.report.suppressed.is_empty() {
            self.report.source = Some(self.source);
        }
        self.report
    }

    /// Moves suppressed findings aside, and tells of comments that suppress nothing.
    fn suppress(&mut self) {
        self.suppressions.apply(&mut self.report);
        let mut told = Vec::new();
        for (owner, finding) in self.suppressions.useless(|rule| self.rulings.tells(rule)) {
            let Some(severity) = self.rulings.severity(&finding) else { continue };
            let settling = Settling {
                source: &self.source,
                tree: &Tree::empty(),
                root: None,
                document: &owner.reference,
                provider: owner.provider.as_deref(),
                site: None,
            };
            told.push(settling.settle(finding, severity, &mut self.prints));
        }
        for diagnostic in told {
            if let Some(diagnostic) = not_ignored(&self.rulings, diagnostic, &mut self.report) {
                self.suppressions.take(diagnostic, &mut self.report);
            }
        }
    }

    fn document(&mut self, document: &Document<'_>) {
        let findings = |report: &FileReport| report.diagnostics.len() + report.suppressed.len();
        let before = findings(&self.report);
        self.read_document(document);
        // Only what has a finding is shown.
        let is_shown = findings(&self.report) > before || !document.errors.is_empty();
        if let Some(root) = document.root().filter(|_| is_shown) {
            self.report.secrets.extend(rules::secrets_by_name(root));
        }
    }

    fn read_document(&mut self, document: &Document<'_>) {
        if document.template.is_some() {
            let name = self.syntax.name();
            self.reason = Some(format!("a template: no {name} before it is filled in"));
            self.report.counted = true;
            return;
        }
        let found = identify::identify(document, &self.rulings.context);
        let is_line = self.rulings.context.is_line;
        if document.errors.is_empty() {
            if found.is_empty() {
                let context = &self.rulings.context;
                self.reason.get_or_insert_with(|| identify::no_request(document, context));
                if is_line {
                    let start = document.root().map_or(0, |root| root.span().start);
                    let line = self.source.position(start).line;
                    let (count, first) = self.other_lines;
                    self.other_lines = (count + 1, if count == 0 { line } else { first });
                }
            }
            for identified in found {
                self.judge(document, identified);
            }
            return;
        }
        let declared = self.rulings.context.kind.is_some();
        let ours = found.iter().find(|one| matches!(one.verdict, Verdict::Judged { .. }));
        match ours {
            Some(identified) => {
                let first = identified.clone();
                self.syntax_error(document, &first);
                let is_first =
                    |other: &Identified| other.root == first.root && other.pointer == first.pointer;
                let others = found.into_iter().filter(|other| !is_first(other));
                others.for_each(|other| self.judge(document, other));
            }
            None if is_line || declared => {
                let reason = self.unparsed(&document.errors[0]);
                self.reason.get_or_insert(reason);
                self.broken.push(Broken {
                    index: document.index,
                    span: root_span(document),
                    findings: self.syntax_findings(document),
                });
            }
            None => self.unreadable(document),
        }
    }

    /// A request that does not parse: the error, and what else holds whatever was lost.
    fn syntax_error(&mut self, document: &Document<'_>, identified: &Identified) {
        let findings = self.syntax_findings(document);
        self.judge_with(document, identified.clone(), findings);
    }

    fn judge(&mut self, document: &Document<'_>, identified: Identified) {
        self.judge_with(document, identified, Vec::new());
    }

    fn judge_with(
        &mut self,
        document: &Document<'_>,
        identified: Identified,
        mut findings: Vec<Finding>,
    ) {
        let Verdict::Judged { kind, provider, evidence } = &identified.verdict else {
            self.tell(document, &identified, findings);
            return;
        };
        let root = document.tree.node(identified.root);
        let entry = identified.entry.as_deref();
        let found = if let Some((entry, provider)) = entry.zip(provider.as_deref()) {
            let secrets = &mut self.report.secrets;
            let context = &self.rulings.context;
            self.rulings.check_setup(document, context, entry, provider, evidence, secrets)
        } else {
            let request = Request {
                root,
                kind,
                provider: provider.as_deref(),
                evidence,
                headers: identified.headers.map(|headers| document.tree.node(headers)),
                status: identified.status.map(|status| document.tree.node(status)),
                address: identified.address.as_ref(),
                in_batch: identified.in_batch,
                catalog: self.rulings.context.catalog,
                today: self.rulings.today,
            };
            self.report.secrets.extend(rules::secrets_of_request(&request));
            let mut found = rules::check(&request);
            if document.is_exact() {
                found.extend(self.batch.line(&request));
            }
            found
        };
        let holds = |finding: &Finding| rules::holds_in_part(document, root, evidence, finding);
        findings.extend(found.into_iter().filter(holds));
        if document.is_exact() && self.suppressions.has_any_in(document.index) {
            let reference = self.reference(document.index, root_span(document), &identified);
            let provider = provider.clone();
            let elsewhere = entry.map_or(&[][..], |entry| self.rulings.found_elsewhere(entry));
            self.suppressions.own(document.index, Owner { reference, provider, elsewhere });
        }
        self.tell(document, &identified, findings);
    }

    /// Adds the document to the report, and its findings.
    fn tell(&mut self, document: &Document<'_>, identified: &Identified, findings: Vec<Finding>) {
        let span = document.tree.node(identified.root).span();
        if let Verdict::Judged { kind, provider, .. } = &identified.verdict {
            self.neighbour.get_or_insert_with(|| (kind.clone(), provider.clone()));
        }
        self.note(document.index, span, &identified.pointer, identified.verdict.clone());
        if let (Some(entry), Some(noted)) = (&identified.entry, self.report.documents.last_mut()) {
            noted.client = Some(entry.client.id.clone());
        }
        self.settle(Some(document), document.index, span, identified, findings);
    }

    pub(super) fn note(&mut self, index: usize, span: Span, pointer: &str, verdict: Verdict) {
        self.report.documents.push(DocumentReport {
            index,
            line: self.source.position(span.start).line,
            pointer: rules::mask(pointer).into_owned(),
            span,
            verdict: masked(verdict),
            client: None,
        });
    }

    pub(super) fn settle(
        &mut self,
        document: Option<&Document<'_>>,
        index: usize,
        span: Span,
        identified: &Identified,
        findings: Vec<Finding>,
    ) {
        if findings.is_empty() {
            return;
        }
        let Verdict::Judged { provider, .. } = &identified.verdict else {
            return;
        };
        let span = document.map_or(span, root_span);
        let reference = self.reference(index, span, identified);
        let empty = Tree::empty();
        let tree = document.map_or(&empty, |document| &document.tree);
        let root: Option<Node<'_>> = document.and_then(Document::root);
        let syntax = self.syntax;
        let site = document.map(|document| Site::new(syntax, &document.tree, &document.comments));
        self.settle_as(&reference, Read { tree, root, site }, provider.as_deref(), findings);
    }

    /// Adds findings to the report, as far as they are told.
    pub(super) fn settle_as(
        &mut self,
        reference: &DocumentRef,
        Read { tree, root, site }: Read<'_>,
        provider: Option<&Provider>,
        findings: Vec<Finding>,
    ) {
        let source = &self.source;
        let settling = Settling { source, site, tree, root, document: reference, provider };
        for finding in findings {
            let Some(severity) = self.rulings.severity(&finding) else {
                continue;
            };
            if self.rulings.is_harmless_here(&finding) {
                continue;
            }
            let diagnostic = settling.settle(finding, severity, &mut self.prints);
            if let Some(diagnostic) = not_ignored(&self.rulings, diagnostic, &mut self.report) {
                self.report.diagnostics.push(diagnostic);
            }
        }
    }

    /// What a finding says of its document. A pointer starts at the document, whatever the request in it
    /// is wrapped in.
    pub(super) fn reference(
        &self,
        index: usize,
        span: Span,
        identified: &Identified,
    ) -> DocumentRef {
        let (kind, provider) = match &identified.verdict {
            Verdict::Judged { kind, provider, .. } => (kind.name(), provider.as_ref()),
            Verdict::Skipped(_) => ("", None),
        };
        DocumentRef {
            index,
            kind: kind.to_owned(),
            provider: provider.map(|provider| provider.id.clone()).unwrap_or_default(),
            pointer: String::new(),
            request: rules::mask(&identified.pointer).into_owned(),
            span,
            start: self.source.position(span.start),
            end: self.source.position(span.end),
        }
    }
}

pub(super) fn root_span(document: &Document<'_>) -> Span {
    match document.root() {
        Some(root) => root.span(),
        None => document.errors.first().map_or(Span::default(), |error| error.span),
    }
}

/// The finding, unless the configuration leaves it untold: then it is kept aside.
fn not_ignored(
    rulings: &Rulings<'_>,
    diagnostic: Diagnostic,
    report: &mut FileReport,
) -> Option<Diagnostic> {
    if !rulings.ignores(&diagnostic) {
        return Some(diagnostic);
    }
    report.suppressed.push(Suppressed { diagnostic, reason: None, by: SuppressedBy::Config });
    None
}
