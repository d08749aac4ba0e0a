//! What does not parse: whether it was meant for one of ours, and what is told of it.

use super::lint::{TextLint, root_span};
use crate::diagnostic::Span;
use crate::document::{Document, NodeId, SyntaxError, SyntaxErrorKind};
use crate::extract::Syntax;
use crate::identify::{self, Evidence, Identified, Verdict};
use crate::knowledge::DEFAULT_PROVIDER;
use crate::rules::{self, Finding};

/// A broken line of JSON Lines, kept until its neighbours have shown whether they are requests.
pub(super) struct Broken {
    pub(super) index: usize,
    pub(super) span: Span,
    pub(super) findings: Vec<Finding>,
}

impl TextLint<'_> {
    /// Why a text that does not parse is left alone.
    pub(super) fn unparsed(&mut self, error: &SyntaxError) -> String {
        self.report.counted |= error.kind != SyntaxErrorKind::Empty;
        // Not even what it is could be seen: a person should hear of it.
        self.report.notable |=
            matches!(error.kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::TooLarge);
        if error.kind == SyntaxErrorKind::Empty {
            return "empty".to_owned();
        }
        let line = self.source.position(error.span.start).line;
        format!(
            "not valid {} (line {line}: {}), and no request as far as it can be read",
            self.syntax.name(),
            error.message
        )
    }

    /// What keeps a document from being read. Only JSON goes over the wire as it stands, and is refused;
    /// of another syntax a program cannot make a request in the first place.
    pub(super) fn syntax_findings(&self, document: &Document<'_>) -> Vec<Finding> {
        let mut findings = rules::syntax_findings(document, self.syntax);
        if !matches!(self.syntax, Syntax::Json | Syntax::Jsonl | Syntax::Body) {
            findings.iter_mut().for_each(|finding| finding.refused = false);
        }
        findings
    }

    /// A text of which too little can be read to see what it is. A tool's own file that names the API is
    /// its settings all the same.
    pub(super) fn unreadable(&mut self, document: &Document<'_>) {
        let reason = self.unparsed(&document.errors[0]);
        let told_already = self.report.documents.iter().any(|one| one.client.is_some());
        match identify::meant_settings(self.source.text(), &self.rulings.context) {
            Some((client, verdict)) if !told_already => {
                let span = root_span(document);
                let findings = self.syntax_findings(document);
                self.tell_unread(document.index, span, verdict, findings);
                if let Some(noted) = self.report.documents.last_mut() {
                    noted.client = Some(client);
                }
            }
            _ => {
                self.reason.get_or_insert(reason);
            }
        }
    }

    /// Adds what could not be read to the report, as what it was meant to be.
    fn tell_unread(&mut self, index: usize, span: Span, verdict: Verdict, findings: Vec<Finding>) {
        let identified = Identified {
            root: NodeId::default(),
            pointer: String::new(),
            verdict,
            address: None,
            headers: None,
            status: None,
            in_batch: false,
            entry: None,
        };
        self.note(index, span, "", identified.verdict.clone());
        self.settle(None, index, span, &identified, findings);
    }

    /// A line that does not parse is a fault where its neighbours are requests, or where the file is
    /// declared to hold some.
    pub(super) fn tell_broken(&mut self) {
        let declared = self.rulings.context.kind.clone().map(|kind| {
            let context = &self.rulings.context;
            (kind, context.declared.clone().or_else(|| context.fallback.clone()))
        });
        let Some((kind, provider)) = declared.or_else(|| self.neighbour.clone()) else {
            return;
        };
        let provider =
            provider.or_else(|| self.rulings.context.catalog.provider(DEFAULT_PROVIDER).cloned());
        for broken in std::mem::take(&mut self.broken) {
            let verdict = Verdict::Judged {
                kind: kind.clone(),
                provider: provider.clone(),
                evidence: Evidence::Shaped,
            };
            self.tell_unread(broken.index, broken.span, verdict, broken.findings);
        }
    }
}
