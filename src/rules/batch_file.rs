//! What holds over the lines of a batch file: each sees what stood in the lines before it.

use std::collections::HashMap;

use super::finding::{Finding, Place, RelatedPlace};
use super::request::{Request, known_text};
use super::{Rule, batch_custom_id, batch_mixed_endpoints, batch_mixed_models};
use crate::diagnostic::Span;
use crate::document::Node;
use crate::knowledge::DocumentKind;

/// What the lines of a file held so far.
#[derive(Debug, Default)]
pub struct BatchFile {
    ids: HashMap<String, Span>,
    endpoints: Kinds,
    models: Kinds,
}

impl BatchFile {
    /// The findings for a line that does not fit the lines before it.
    pub fn line(&mut self, request: &Request<'_>) -> Vec<Finding> {
        if *request.kind != DocumentKind::BatchLine {
            return Vec::new();
        }
        let mut found = Vec::new();
        found.extend(batch_custom_id::repeated(&mut self.ids, request));
        let mut look = |rule: &Rule, finding: Option<Finding>| {
            found.extend(finding.and_then(|finding| rule.borne_out(request.provider, finding)));
        };
        look(
            &batch_mixed_endpoints::RULE,
            batch_mixed_endpoints::differs(&mut self.endpoints, request),
        );
        look(&batch_mixed_models::RULE, batch_mixed_models::differs(&mut self.models, request));
        found
    }
}

/// The values that one field had in the lines so far; in a good file it is one.
#[derive(Debug, Default)]
pub struct Kinds {
    first: Option<Span>,
    seen: Vec<String>,
}

impl Kinds {
    /// A finding of `rule` where `node` is the first to hold a value that differs from the first line's.
    /// `words` makes the message of the value.
    pub fn differs(
        &mut self,
        rule: &Rule,
        node: Node<'_>,
        words: impl FnOnce(&str) -> String,
    ) -> Option<Finding> {
        let value = known_text(node)?;
        if self.seen.iter().any(|known| *known == value) {
            return None;
        }
        self.seen.push(value.clone().into_owned());
        let Some(first) = self.first else {
            self.first = Some(node.span());
            return None;
        };
        let mut finding = Finding::new(rule, Place::value(node), words(&value));
        let message = "in the first line".to_owned();
        finding.related.push(RelatedPlace { span: first, message });
        Some(finding)
    }
}
