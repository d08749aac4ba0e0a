//! One finding, with everything that an output or an editor needs to show it.

use serde::Serialize;

use super::{Position, Severity, Span};

/// What is underlined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// A value; a string with its quotes.
    Value,
    /// A key: an unknown or a duplicate field.
    Key,
    /// The opening brace or bracket of a container that lacks something.
    Container,
}

/// What the API would answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// HTTP status.
    pub status: u16,
    /// The `error.code` of the answer.
    pub code: String,
    /// The API's own words, where they are on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether the provider's own word or a real answer says so; else it is what one would expect.
    #[serde(skip)]
    pub certain: bool,
}

impl Prediction {
    /// Status and code for people; a code that only repeats the status is left out.
    #[must_use]
    pub fn short(&self) -> String {
        let status = self.status.to_string();
        if self.code == status { status } else { format!("{status} {}", self.code) }
    }
}

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What this place has to do with the finding.
    pub message: String,
    /// The file, as it is shown.
    pub path: String,
    /// The bytes in that file.
    pub span: Span,
    /// Where the span starts.
    pub start: Position,
    /// Where the span ends.
    pub end: Position,
}

/// Whether a fix may be applied without a person looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It only says what was meant.
    Safe,
    /// It may change what the request does.
    Unsafe,
}

impl Applicability {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        }
    }
}

/// One replacement of bytes by text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// A change that removes the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// Its replacements, in order of their spans, none overlapping another.
    pub edits: Vec<Edit>,
    /// Where each of them begins and ends, in the same order.
    pub places: Vec<(Position, Position)>,
}

/// The document that a finding is about: the tree that its pointer starts in.
///
/// A file of JSON is one document, and so is each line of JSON Lines. The request may lie deeper in it,
/// in a wrapper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRef {
    /// Its number in the file, counted from 0.
    pub index: usize,
    /// What the request in it is, such as `chat-completions`.
    pub kind: String,
    /// The provider it is held to, such as `mimo`; empty where it is held to a schema alone.
    pub provider: String,
    /// JSON Pointer to the document, where a file of another syntax embeds it; else empty.
    pub pointer: String,
    /// JSON Pointer from the document's root to the request.
    pub request: String,
    /// The bytes of the document.
    pub span: Span,
    /// Where the document starts.
    pub start: Position,
    /// Where the document ends.
    pub end: Position,
}

/// How a rule is reported: at a severity, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported at this severity.
    At(Severity),
}

impl Level {
    /// The level that a word of the configuration names: `error`, `warning`, `info` or `off`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "off" => Some(Level::Off),
            word => Severity::parse(word).map(Level::At),
        }
    }
}

/// One fault that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it, such as `unknown-model`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What was found: one sentence without a full stop.
    pub message: String,
    /// What was meant, or what is wrong at the underlined place; may be empty.
    pub label: String,
    /// What is accepted, or what to write instead.
    pub help: Option<String>,
    /// The file, as it is shown.
    pub path: String,
    /// The document within the file.
    pub document: DocumentRef,
    /// JSON Pointer of the node, from the document's root.
    pub pointer: String,
    /// What of the node is underlined.
    pub target: Target,
    /// The underlined bytes.
    pub span: Span,
    /// Where the span starts.
    pub start: Position,
    /// Where the span ends.
    pub end: Position,
    /// What the API would answer; `None` where nothing is refused.
    pub predicts: Option<Prediction>,
    /// Other places that belong to the finding.
    pub related: Vec<Related>,
    /// An identity that survives moved lines: a hash of path, rule, kind, the pointer's names, the
    /// normalised value and the occurrence among equals.
    pub fingerprint: String,
    /// A change that removes it, where one is known.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// The options of the command line that apply its fix, where it has one.
    #[must_use]
    pub fn fixed_by(&self) -> Option<&'static str> {
        self.fix.as_ref().map(|fix| match fix.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix --unsafe-fixes",
        })
    }
}
