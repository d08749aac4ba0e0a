//! `x-requestlint`: what a schema says of its own keywords to people.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::provider::{Confidence, Tags};

/// The annotation beside a schema's keywords.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Annotation {
    /// Where the constraint is known from.
    #[serde(default)]
    pub source: Option<Tags>,
    /// The day it was looked up, `YYYY-MM-DD`.
    #[serde(default)]
    pub verified: Option<String>,
    /// How sure it is.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// Set where the API takes the field and does nothing: what to use instead.
    #[serde(default)]
    pub ignored: Option<String>,
    /// On a property that is ignored: what has the effect that it was meant for, by its value. Where there
    /// is a list and none of it fits, what has the effect is not known, and the field is no fix's to remove.
    #[serde(default)]
    pub moves: Option<Vec<Move>>,
    /// On a property that is ignored: whether its members were meant to stand in its place.
    #[serde(default)]
    pub spreads: bool,
    /// Used where the property is required and absent.
    #[serde(default)]
    pub missing: Option<Wording>,
    /// Used for names that the object does not know.
    #[serde(default)]
    pub unknown: Option<Wording>,
    /// On an object: what a name that it does not know most likely means here.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
    /// On a property: another rule tells what it is doing here, so it is not offered as a known one.
    #[serde(default)]
    pub unlisted: bool,
    /// On an object: names that other APIs know, and that are therefore no slips.
    #[serde(default)]
    pub foreign: Vec<String>,
    /// What to write in place of a name that only another API knows, in a sentence.
    #[serde(default)]
    pub instead: BTreeMap<String, String>,
    /// By keyword.
    #[serde(default)]
    pub keywords: BTreeMap<String, Wording>,
}

/// A field that does what another, which is ignored, was meant to do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Move {
    /// The value of the other for which it holds; any where there is none.
    #[serde(default)]
    pub when: Option<Value>,
    /// Its name; it stands beside the other.
    pub field: String,
    /// Its value.
    pub write: Value,
}

/// What to say, instead of the general words, when a keyword refuses something.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Wording {
    /// The rule that reports it.
    #[serde(default)]
    pub rule: Option<String>,
    /// `error`, `warning` or `info`.
    #[serde(default)]
    pub severity: Option<String>,
    /// What was found.
    #[serde(default)]
    pub message: Option<String>,
    /// What was meant.
    #[serde(default)]
    pub label: Option<String>,
    /// What to write instead.
    #[serde(default)]
    pub help: Option<String>,
    /// What to write in its place, where only one value can be meant.
    #[serde(default)]
    pub write: Option<Value>,
    /// Whether what stands there is to be written as the text of JSON in a string.
    #[serde(default)]
    pub as_text: bool,
    /// Values that are written for others, with what they mean.
    #[serde(default)]
    pub meant: BTreeMap<String, String>,
    /// The API's own words for this refusal.
    #[serde(default)]
    pub answer: Option<String>,
    /// Set where the API takes it nevertheless: no refusal is predicted.
    #[serde(default)]
    pub taken: bool,
    /// Where this is known from, if not from the annotation's own source.
    #[serde(default)]
    pub source: Option<Tags>,
    /// How sure it is, if not as sure as the annotation itself.
    #[serde(default)]
    pub confidence: Option<Confidence>,
}

/// The key of the annotation in a schema.
pub const KEY: &str = "x-requestlint";

impl Annotation {
    /// The annotation of `schema`; the default one where it has none or one that is no annotation.
    #[must_use]
    pub fn of(schema: &Value) -> Self {
        schema
            .get(KEY)
            .and_then(|annotation| Annotation::deserialize(annotation).ok())
            .unwrap_or_default()
    }
}
