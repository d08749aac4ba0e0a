//! What a rule returns.

use crate::diagnostic::{Severity, Span, Target};
use crate::document::{Member, Node, NodeId};
use crate::fix::Remedy;

/// A place in a document: a node, and what of it is underlined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The node that the pointer names.
    pub node: NodeId,
    /// What is underlined.
    pub target: Target,
    /// The underlined bytes.
    pub span: Span,
}

impl Place {
    /// A value; a string with its quotes.
    #[must_use]
    pub fn value(node: Node<'_>) -> Self {
        Self { node: node.id(), target: Target::Value, span: node.span() }
    }

    /// The key of a member.
    #[must_use]
    pub fn key(member: &Member<'_>) -> Self {
        Self { node: member.value.id(), target: Target::Key, span: member.key.span() }
    }

    /// The opening brace or bracket of a container that lacks something.
    #[must_use]
    pub fn container(node: Node<'_>) -> Self {
        Self { node: node.id(), target: Target::Container, span: node.opening() }
    }
}

/// A second place, with what it has to do with the finding.
#[derive(Debug, Clone)]
pub struct RelatedPlace {
    /// The bytes.
    pub span: Span,
    /// What it has to do with the finding.
    pub message: String,
}

/// A fault in a request, before positions, configuration and predictions are added.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is, unless the configuration says otherwise.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What was found: one sentence without a full stop.
    pub message: String,
    /// What was meant; may be empty.
    pub label: String,
    /// What is accepted, or what to write instead.
    pub help: Option<String>,
    /// The API's own words for this very refusal.
    pub answer: Option<String>,
    /// What names in braces stand for in the provider's words, such as `{limit}`; `{value}` is the
    /// underlined text where nothing else is said.
    pub values: Vec<(&'static str, String)>,
    /// False where nothing is refused: the API takes it and does nothing, say.
    pub refused: bool,
    /// Whether nothing says which of several APIs it is for: then only what all of them answer is predicted.
    pub is_of_any: bool,
    /// Other places that belong to it.
    pub related: Vec<RelatedPlace>,
    /// Bytes within which a schema's complaints are the same cause and stay untold.
    pub claims: Vec<Span>,
    /// What removes it, where the right text is known.
    pub remedy: Option<Remedy>,
}

impl Finding {
    /// A finding of `rule` at `place`, at the rule's own severity.
    #[must_use]
    pub fn new(rule: &super::Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            place,
            message: message.into(),
            label: String::new(),
            help: None,
            answer: None,
            values: Vec::new(),
            refused: true,
            is_of_any: false,
            related: Vec::new(),
            claims: Vec::new(),
            remedy: None,
        }
    }

    /// Says what was meant at the underlined place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what is accepted.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Reports it at another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, node: Node<'_>, message: impl Into<String>) -> Self {
        self.related.push(RelatedPlace { span: node.span(), message: message.into() });
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related_at(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(RelatedPlace { span: place.span, message: message.into() });
        self
    }

    /// Takes over what a schema would complain of within `node`.
    #[must_use]
    pub fn claim(mut self, node: Node<'_>) -> Self {
        self.claims.push(node.span());
        self
    }

    /// Quotes what the API answers to this; nothing where the provider's general words do not fit.
    #[must_use]
    pub fn answer(mut self, answer: impl Into<String>) -> Self {
        self.answer = Some(answer.into());
        self
    }

    /// Says what a name in braces stands for in the provider's words.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// Says what removes it.
    #[must_use]
    pub fn remedy(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Says that the API takes it nevertheless.
    #[must_use]
    pub fn not_refused(mut self) -> Self {
        self.refused = false;
        self
    }
}
