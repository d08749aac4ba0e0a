//! A setting of a tool that its data has told, and when.

use serde::Deserialize;
use serde_json::Value;

use super::provider::{Confidence, Tags};

/// A setting that makes the tool send refused requests, or deal badly with a refusal.
#[derive(Debug, Deserialize)]
pub struct ClientSetting {
    /// Pointer pattern from the entry; `*` is any one step.
    pub at: String,
    /// Whether `at` starts at the document's root.
    #[serde(default)]
    pub root: bool,
    /// Pattern from the entry to the parts of it, such as its models, that are each looked at alone: `at`
    /// and the conditions start there.
    #[serde(default)]
    pub each: Option<String>,
    /// The rule that tells it.
    pub rule: String,
    /// When it is told.
    pub when: When,
    /// What was found; here and below `{key}` is the name under which the entry stands, and `{value}` the
    /// value's text.
    pub message: String,
    /// What was meant at the place.
    pub label: String,
    /// The value that mends it, in a text with `{key}` and `{value}` as above.
    #[serde(default)]
    pub write: Option<Value>,
    /// What to write instead, and what it prevents.
    pub help: String,
    /// Where that is known from.
    pub source: Tags,
    /// The day it was looked up, `YYYY-MM-DD`.
    pub verified: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// When a setting is told: every member that is given must hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct When {
    /// The value is one of these.
    pub is: Vec<Value>,
    /// The value is none of these.
    pub is_not: Vec<Value>,
    /// The value is a number above this.
    pub above: Option<f64>,
    /// The value is a number below this.
    pub below: Option<f64>,
    /// Nothing stands there, though what would hold it does.
    pub absent: bool,
    /// Some element of the list is one of these.
    pub holds: Vec<Value>,
    /// Only where what the entry speaks is this.
    pub protocol: Option<String>,
    /// Only where this pattern from the entry leads somewhere.
    pub beside: Option<String>,
    /// Only where this pointer from the document's root leads to the entry's own name.
    pub chosen_by: Option<String>,
    /// Only where the member of this name beside the value is the entry's own name; it goes before `chosen_by`.
    pub named_beside: Option<String>,
    /// Only where the API is one of these.
    pub providers: Vec<String>,
    /// Not where another setting of the entry is one of its values.
    pub unless: Vec<OtherSetting>,
    /// Only where each of these settings is one of its values.
    pub given: Vec<OtherSetting>,
    /// Only where this pattern from the entry leads nowhere.
    pub without: Option<String>,
    /// Only where the text is the id of one of the API's models as it stands, or nearly so.
    pub names_model: bool,
    /// Only where the text stands at none of these patterns from the document's root.
    pub not_among: Vec<String>,
}

/// Where the pattern of another setting starts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// At the entry, or at each part of it that is looked at alone.
    #[default]
    Part,
    /// At the entry.
    Entry,
    /// At the document's root.
    Root,
}

/// Another setting that decides.
#[derive(Debug, Deserialize)]
pub struct OtherSetting {
    /// Pointer pattern.
    pub at: String,
    /// Where `at` starts.
    #[serde(default)]
    pub from: Start,
    /// Its values.
    pub is: Vec<Value>,
}
