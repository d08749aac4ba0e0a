//! The known causes of refusals, as `causes.json` holds them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::bundle;
use super::provider::{Confidence, Tags};

/// A known cause of a refused request.
#[derive(Debug, Clone, Deserialize)]
pub struct Cause {
    /// What is wrong, in a few words without a full stop.
    pub cause: String,
    /// The rule that finds it in a request.
    #[serde(default)]
    pub rule: Option<String>,
    /// Why the text of a request does not show it, where no rule finds it.
    #[serde(default)]
    pub not_told: Option<String>,
    /// Whether the rule sees only some of its forms: what it does not find may be the cause all the same.
    #[serde(default)]
    pub partly_told: bool,
    /// How it is mended.
    pub fix: String,
    /// The kinds of request that can have it; every kind where it is empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// What each provider answers to it.
    pub providers: Vec<Answered>,
}

/// What a provider answers to a cause.
#[derive(Debug, Clone, Deserialize)]
pub struct Answered {
    /// The provider.
    pub id: String,
    /// The HTTP status.
    pub status: u16,
    /// `error.code`, where it is not the one that the status mostly comes with.
    #[serde(default)]
    pub code: Option<String>,
    /// A word of the HTML page that comes in the place of a JSON error.
    #[serde(default)]
    pub page: Option<String>,
    /// The API's words; `{name}` stands for a part that varies.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Where that is known from.
    pub source: Tags,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Cause {
    /// Whether a request of `kind` can have it.
    #[must_use]
    pub fn fits_kind(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|own| own == kind)
    }
}

/// Every known cause, in the order of `schemas/causes.json`.
#[must_use]
pub fn causes() -> &'static [Cause] {
    static CAUSES: LazyLock<Vec<Cause>> = LazyLock::new(|| {
        bundle::file("causes.json")
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    });
    &CAUSES
}
