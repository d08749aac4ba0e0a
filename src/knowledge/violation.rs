//! A schema's complaint, before a rule words it.

use serde_json::Value;

use super::annotation::{Annotation, Wording};
use super::provider::Confidence;
use crate::document::NodeId;

/// What a keyword complains of.
#[derive(Debug, Clone, PartialEq)]
pub enum Complaint {
    /// `required`: the object lacks this property.
    Missing(String),
    /// `additionalProperties`: the object has this property.
    Unknown {
        /// The name.
        name: String,
        /// The names that the object may have.
        known: Vec<String>,
    },
    /// `type`: none of these.
    Type(Vec<String>),
    /// `enum` or `const`: none of these.
    NotOneOf(Vec<Value>),
    /// `pattern`: does not match.
    Pattern(String),
    /// `minimum`, `maximum` and their exclusive forms; the whole range that the schema states.
    Range {
        /// The least accepted value, in words.
        least: Option<String>,
        /// The greatest accepted value, in words.
        most: Option<String>,
    },
    /// `minItems`, `minLength`, `minProperties`: fewer than this.
    TooFew(u64),
    /// `maxItems`, `maxLength`, `maxProperties`: more than this.
    TooMany(u64),
    /// The schema `false`: must not be there.
    Forbidden,
    /// Any other keyword, in a user's schema.
    Other,
}

/// A schema's complaint about one node.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The node complained of: for something missing or unknown, the object.
    pub node: NodeId,
    /// The keyword.
    pub keyword: String,
    /// The complaint.
    pub complaint: Complaint,
    /// The annotation beside the keyword.
    pub annotation: Annotation,
    /// The annotation of the property that is missing.
    pub missing: Option<Annotation>,
    /// `description` of the schema that complains, or of the missing property.
    pub description: Option<String>,
}

impl Violation {
    /// The words for this complaint that the schema brings itself.
    #[must_use]
    pub fn wording(&self) -> Option<&Wording> {
        match &self.complaint {
            Complaint::Missing(_) => self.missing.as_ref()?.missing.as_ref(),
            Complaint::Unknown { .. } => self.annotation.unknown.as_ref(),
            _ => self.annotation.keywords.get(&self.keyword),
        }
    }

    /// How sure the constraint is; what nobody marked is taken as documented.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.stated_confidence().unwrap_or(Confidence::Documented)
    }

    /// How sure the schema itself calls the constraint.
    #[must_use]
    pub fn stated_confidence(&self) -> Option<Confidence> {
        let own = self.wording().and_then(|wording| wording.confidence);
        let beside = match &self.complaint {
            Complaint::Missing(_) => self.missing.as_ref().and_then(|missing| missing.confidence),
            _ => self.annotation.confidence,
        };
        own.or(beside)
    }

    /// Makes the constraint as sure as `confidence`.
    pub fn stand_on(&mut self, confidence: Confidence) {
        let annotation = match &self.complaint {
            Complaint::Missing(_) => self.missing.get_or_insert_default(),
            _ => &mut self.annotation,
        };
        annotation.confidence = Some(confidence);
    }
}
