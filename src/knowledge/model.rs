//! A model's facts, as `provider.json` holds them.

use serde::Deserialize;

use super::provider::{Confidence, Tags};

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// Conversation.
    Chat,
    /// Text to speech.
    SpeechSynthesis,
    /// Speech to text.
    SpeechRecognition,
}

/// Whether a model can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelStatus {
    /// Served, or served until its end date.
    Current,
    /// Ended.
    Retired,
    /// Used with this host by third parties only; no page of the provider names it.
    Unlisted,
    /// Reached through some client's own channel only.
    ClientOnly,
}

/// A model, as one provider serves it.
#[derive(Debug, Clone, Deserialize)]
pub struct Model {
    /// The id on the wire.
    pub id: String,
    /// What it is for.
    pub kind: ModelKind,
    /// Whether it can be called.
    pub status: ModelStatus,
    /// First day, `YYYY-MM-DD`.
    #[serde(default)]
    pub since: Option<String>,
    /// First day on which it is refused, `YYYY-MM-DD`.
    #[serde(default)]
    pub until: Option<String>,
    /// The id to use instead.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// Context window in tokens.
    #[serde(default)]
    pub context_window: Option<u64>,
    /// Most output tokens of one answer.
    #[serde(default)]
    pub max_output: Option<u64>,
    /// Output tokens where the request names no limit.
    #[serde(default)]
    pub default_output: Option<u64>,
    /// What a request may hold: `text`, `image`, `audio`, `video`.
    #[serde(default)]
    pub input: Vec<String>,
    /// Kinds of request that it takes.
    #[serde(default)]
    pub endpoints: Vec<String>,
    /// What it can do.
    #[serde(default)]
    pub features: Features,
    /// Speech synthesis: voices and formats.
    #[serde(default)]
    pub speech: Option<Speech>,
    /// Whether a Token Plan serves it.
    #[serde(default)]
    pub token_plan: Option<bool>,
    /// Whether batch inference serves it.
    #[serde(default)]
    pub batch: Option<bool>,
    /// Remarks.
    #[serde(default)]
    pub note: Option<String>,
    /// Where this is known from.
    pub source: Tags,
    /// The day it was looked up, `YYYY-MM-DD`.
    pub verified: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Model {
    /// Whether the provider's own word or a real answer says that the model exists here.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.confidence.is_firm()
            && matches!(self.status, ModelStatus::Current | ModelStatus::Retired)
    }

    /// Whether the model is refused on `today` (`YYYY-MM-DD`; such dates compare as text).
    #[must_use]
    pub fn has_ended(&self, today: &str) -> bool {
        match &self.until {
            Some(until) => today >= until.as_str(),
            None => self.status == ModelStatus::Retired,
        }
    }
}

/// What a model can do.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Features {
    /// Calls functions.
    #[serde(default)]
    pub tools: Option<bool>,
    /// Thinking by default: `on`, `off`, or `none` where it cannot.
    #[serde(default)]
    pub thinking: Option<String>,
    /// Answers in JSON when asked.
    #[serde(default)]
    pub json_mode: Option<bool>,
    /// Searches the web.
    #[serde(default)]
    pub web_search: Option<bool>,
}

/// Speech synthesis.
#[derive(Debug, Clone, Deserialize)]
pub struct Speech {
    /// Where the voice comes from: `preset`, `design` or `clone`.
    pub voice: String,
    /// Preset voices.
    #[serde(default)]
    pub voices: Vec<String>,
    /// Audio formats.
    #[serde(default)]
    pub formats: Vec<String>,
}
