//! From a rule's finding to a diagnostic: positions, configured level, prediction, identity; and no
//! key in any of its texts.

use crate::diagnostic::{
    Diagnostic, DocumentRef, Edit, Fix, Prediction, Related, Severity, Source, Span,
};
use crate::document::{Node, Tree, pointer};
use crate::fix::{self, Site};
use crate::knowledge::{DocumentKind, Provider};
use crate::rules::{Finding, mask, shown};

use super::fingerprint::Fingerprints;

/// What a finding is settled against.
pub struct Settling<'s> {
    pub source: &'s Source,
    pub tree: &'s Tree<'s>,
    /// The root of the tree, that pointers start from; `None` where nothing could be read.
    pub root: Option<Node<'s>>,
    pub document: &'s DocumentRef,
    pub provider: Option<&'s Provider>,
    /// The document as it can be edited; `None` where it cannot.
    pub site: Option<Site<'s>>,
}

impl Settling<'_> {
    /// The diagnostic that `finding` becomes at `severity`.
    pub fn settle(
        &self,
        finding: Finding,
        severity: Severity,
        prints: &mut Fingerprints,
    ) -> Diagnostic {
        let span = finding.place.span;
        let place = match self.root {
            Some(root) => self.tree.node(finding.place.node).pointer_from(root),
            None => String::new(),
        };
        let predicts = self.prediction(&finding, &place);
        let fix = self.fix(&finding);
        let names = pointer::names_only(&place);
        let value: String = span
            .slice(self.source.text())
            .chars()
            .filter(|character| !character.is_whitespace())
            .take(256)
            .collect();
        Diagnostic {
            rule: finding.rule,
            severity,
            message: mask(&finding.message).into_owned(),
            label: mask(&finding.label).into_owned(),
            help: finding.help.map(|help| mask(&help).into_owned()),
            path: self.source.path().to_owned(),
            document: self.document.clone(),
            fingerprint: prints.next(finding.rule, &self.document.kind, &names, &value),
            // A key that stands for a field's name is a key all the same.
            pointer: mask(&place).into_owned(),
            target: finding.place.target,
            span,
            start: self.source.position(span.start),
            end: self.source.position(span.end),
            predicts,
            related: finding
                .related
                .into_iter()
                .map(|related| self.related(related.span, &related.message))
                .collect(),
            fix,
        }
    }

    /// The edits that remove the finding. What they write is shown, so there is no key in it.
    fn fix(&self, finding: &Finding) -> Option<Fix> {
        let remedy = finding.remedy.as_ref()?;
        let edits = fix::edits(self.site.as_ref()?, remedy)?;
        let is_plain = edits.iter().all(|edit| mask(&edit.text) == edit.text);
        let position = |offset| self.source.position(offset);
        let place = |edit: &Edit| (position(edit.span.start), position(edit.span.end));
        let places = edits.iter().map(place).collect();
        is_plain.then_some(Fix { applicability: remedy.applicability, edits, places })
    }

    fn related(&self, span: Span, message: &str) -> Related {
        Related {
            message: mask(message).into_owned(),
            path: self.source.path().to_owned(),
            span,
            start: self.source.position(span.start),
            end: self.source.position(span.end),
        }
    }

    /// What the API answers, from the provider's table and the schema's own quotation.
    fn prediction(&self, finding: &Finding, place: &str) -> Option<Prediction> {
        // An answer that a test keeps is not sent.
        if !finding.refused || self.document.kind == DocumentKind::ErrorResponse.name() {
            return None;
        }
        // Settings are not sent; what does not parse in them keeps the tool from sending anything.
        let kinds = [DocumentKind::ClientConfig, DocumentKind::EnvFile];
        let is_settings = kinds.iter().any(|kind| kind.name() == self.document.kind);
        if is_settings && matches!(finding.rule, "syntax-error" | "duplicate-key") {
            return None;
        }
        let known = self.provider?.prediction(finding.rule)?;
        // A status of success says that this provider takes it.
        if known.status < 400 {
            return None;
        }
        let words = finding.answer.clone().or_else(|| known.message.clone());
        let words = words.filter(|words| !words.is_empty() && !finding.is_of_any);
        Some(Prediction {
            status: known.status,
            code: if finding.is_of_any { known.status.to_string() } else { known.code.clone() },
            message: words.map(|words| self.filled(&words, finding, place)),
            // What is only a warning by its facts is not known to be refused.
            certain: known.confidence.is_firm() && finding.severity == Severity::Error,
        })
    }

    /// The API's words with this finding's values and indices in them.
    fn filled(&self, words: &str, finding: &Finding, place: &str) -> String {
        let mut filled = words.to_owned();
        for (name, value) in &finding.values {
            filled = filled.replace(&format!("{{{name}}}"), &mask(&shown(value)));
        }
        if filled.contains("{value}") {
            let span = finding.place.span;
            let text = span.slice(self.source.text());
            // As the API would read it, not as the file escapes it.
            let node = self.root.and_then(|root| root.at(place));
            // What is underlined may be a part of what stands there.
            let read = node.filter(|node| node.span() == span).and_then(Node::as_str);
            let text = read.as_deref().unwrap_or_else(|| text.trim_matches('"'));
            filled = filled.replace("{value}", &mask(&shown(text)));
        }
        let indices = place
            .split('/')
            .filter(|step| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()));
        for index in indices {
            filled = filled.replacen("[N]", &format!("[{index}]"), 1);
        }
        filled
    }
}
