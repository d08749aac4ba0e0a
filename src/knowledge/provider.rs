//! A provider's facts, as `provider.json` holds them.

use serde::Deserialize;

use super::auth::{Auth, KeyKind};
use super::endpoint::{Base, Endpoint, Host, NotEndpoint, NotHost};
use super::model::Model;

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
pub enum Confidence {
    /// Official documentation says so.
    #[serde(rename = "D")]
    Documented,
    /// A real answer of the API, quoted in public.
    #[serde(rename = "O")]
    Observed,
    /// A third party's word only.
    #[serde(rename = "C")]
    ThirdParty,
    /// Inferred.
    #[serde(rename = "?")]
    Inferred,
}

impl Confidence {
    /// How people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Confidence::Documented => "documented",
            Confidence::Observed => "observed",
            Confidence::ThirdParty => "a third party's word",
            Confidence::Inferred => "inferred",
        }
    }

    /// Whether an error may rest on it.
    #[must_use]
    pub fn is_firm(self) -> bool {
        matches!(self, Confidence::Documented | Confidence::Observed)
    }
}

/// One or several source tags (`X-oai`); what they stand for is in `schemas/sources.json`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Tags {
    /// One tag.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Tags {
    /// The tags, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Tags::One(tag) => std::slice::from_ref(tag),
            Tags::Many(tags) => tags.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}

impl std::fmt::Display for Tags {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.iter().collect::<Vec<_>>().join(", "))
    }
}

/// Everything known of one API that requests can be held to.
#[derive(Debug, Clone, Deserialize)]
pub struct Provider {
    /// The name in the configuration and in outputs, such as `mimo`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// Hosts that serve it.
    #[serde(default)]
    pub hosts: Vec<Host>,
    /// Hosts that people take for it.
    #[serde(default)]
    pub not_hosts: Vec<NotHost>,
    /// Domains in which nobody else has hosts.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Its endpoints.
    #[serde(default)]
    pub endpoints: Vec<Endpoint>,
    /// Paths that people call and that are no endpoints.
    #[serde(default)]
    pub not_endpoints: Vec<NotEndpoint>,
    /// The base URLs that clients are given.
    #[serde(default)]
    pub bases: Vec<Base>,
    /// How a key is sent.
    #[serde(default)]
    pub auth: Auth,
    /// Kinds of key, by how they begin.
    #[serde(default)]
    pub keys: Vec<KeyKind>,
    /// Its models.
    #[serde(default)]
    pub models: Vec<Model>,
    /// Wrong spellings of its model ids that were seen.
    #[serde(default)]
    pub spellings: Vec<Spelling>,
    /// Suffixes that some client puts behind a model id.
    #[serde(default)]
    pub suffixes: Vec<Affix>,
    /// Prefixes that some gateway puts before a model id.
    #[serde(default)]
    pub prefixes: Vec<Affix>,
    /// Its error table.
    #[serde(default)]
    pub errors: Vec<ErrorCode>,
    /// How it asks to be tried again.
    #[serde(default)]
    pub backoff: Option<Backoff>,
    /// What it answers to what a rule finds.
    #[serde(default)]
    pub predictions: Vec<RulePrediction>,
    /// The rules that stand on its facts.
    #[serde(default)]
    pub rules: Vec<RuleFact>,
    /// Limits that no schema can state.
    #[serde(default)]
    pub limits: Vec<Limit>,
}

/// A limit.
#[derive(Debug, Clone, Deserialize)]
pub struct Limit {
    /// The name by which a rule finds it, where one looks for it.
    #[serde(default)]
    pub id: Option<String>,
    /// How much; `None` where it is not published.
    pub value: Option<f64>,
    /// The unit.
    pub unit: String,
}

impl Limit {
    /// The limit in bytes, where it is one of size: a megabyte is the larger of its two meanings, so that
    /// nothing is refused by the other.
    #[must_use]
    pub fn bytes(&self) -> Option<u64> {
        let unit = match self.unit.as_str() {
            "MB" => 1024.0 * 1024.0,
            "bytes" => 1.0,
            _ => return None,
        };
        Some((self.value? * unit) as u64)
    }
}

/// What a rule stands on at one provider.
#[derive(Debug, Clone, Deserialize)]
pub struct RuleFact {
    /// The rule.
    pub rule: String,
    /// How sure it is that the provider refuses what the rule finds.
    pub confidence: Confidence,
    /// Where that is known from.
    pub source: Tags,
    /// The day it was looked up, `YYYY-MM-DD`.
    pub verified: String,
}

/// A wrong model id that was seen.
#[derive(Debug, Clone, Deserialize)]
pub struct Spelling {
    /// What was written.
    pub wrong: String,
    /// What was meant, where there is such a model.
    #[serde(default)]
    pub right: Option<String>,
    /// Whether it is right somewhere else: at a gateway, say.
    #[serde(default)]
    pub elsewhere: bool,
    /// Where it comes from.
    #[serde(default)]
    pub note: Option<String>,
}

/// A text before or behind a model id.
#[derive(Debug, Clone, Deserialize)]
pub struct Affix {
    /// The text, when it stands behind.
    #[serde(default)]
    pub suffix: Option<String>,
    /// The text, when it stands before.
    #[serde(default)]
    pub prefix: Option<String>,
    /// What it is.
    pub what: String,
}

/// A row of the error table.
#[derive(Debug, Clone, Deserialize)]
pub struct ErrorCode {
    /// HTTP status.
    pub status: u16,
    /// `error.code`.
    pub code: String,
    /// `error.type`, where it always comes with the same.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// What it means.
    pub meaning: String,
    /// What to do.
    #[serde(default)]
    pub solution: Option<String>,
    /// `no`, `backoff` or `retry-after`.
    pub retry: String,
    /// The general words that it comes with, whatever the cause.
    #[serde(default)]
    pub answers: Vec<String>,
    /// How sure it is; documented where nothing is said.
    #[serde(default = "documented")]
    pub confidence: Confidence,
}

/// How to wait between tries.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Backoff {
    /// Seconds before the first try again.
    pub first: u64,
    /// How many times longer each wait is than the one before.
    pub factor: u64,
    /// The longest wait, in seconds.
    pub longest: u64,
    /// How many tries in all.
    pub tries: u64,
}

/// What the API answers to what a rule finds.
#[derive(Debug, Clone, Deserialize)]
pub struct RulePrediction {
    /// The rule, or `*` for every other.
    pub rule: String,
    /// HTTP status.
    pub status: u16,
    /// `error.code`.
    pub code: String,
    /// The API's words; `{value}` stands for the value.
    #[serde(default)]
    pub message: Option<String>,
    /// How sure it is; documented where nothing is said.
    #[serde(default = "documented")]
    pub confidence: Confidence,
}

pub(super) const fn documented() -> Confidence {
    Confidence::Documented
}

impl Provider {
    /// The model with exactly this id.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// What `error.code` and status answer a finding of `rule`.
    #[must_use]
    pub fn prediction(&self, rule: &str) -> Option<&RulePrediction> {
        self.predictions
            .iter()
            .find(|known| known.rule == rule)
            .or_else(|| self.predictions.iter().find(|known| known.rule == "*"))
    }

    /// What `rule` stands on here.
    #[must_use]
    pub fn rule_fact(&self, rule: &str) -> Option<&RuleFact> {
        self.rules.iter().find(|fact| fact.rule == rule)
    }

    /// What the host (without port) is for: `api`, `token-plan` or `batch`.
    #[must_use]
    pub fn host_use(&self, host: &str) -> Option<&str> {
        let known = self.hosts.iter().find(|known| known.host.eq_ignore_ascii_case(host))?;
        Some(known.serves.as_str())
    }

    /// The limit that rules know as `id`.
    #[must_use]
    pub fn limit(&self, id: &str) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.id.as_deref() == Some(id))
    }

    /// The listed id that `written` most likely means, where it is none itself.
    #[must_use]
    pub fn meant_model(&self, written: &str) -> Option<&str> {
        self.meant_model_with_distance(written).map(|(id, _)| id)
    }

    /// As [`Provider::meant_model`], with how many letters differ; none where the spelling is a known
    /// one.
    #[must_use]
    pub fn meant_model_with_distance(&self, written: &str) -> Option<(&str, usize)> {
        if let Some(spelling) = self.spellings.iter().find(|known| known.wrong == written) {
            return spelling.right.as_deref().map(|right| (right, 0));
        }
        let bare = self.bare_id(written);
        let listed =
            || self.models.iter().filter(|model| model.is_listed()).map(|model| model.id.as_str());
        if let Some(id) = listed().find(|id| *id == bare) {
            return Some((id, 0));
        }
        super::similar::nearest_with_distance(bare, listed())
    }

    /// The model to propose for `written`, which is none: as [`Provider::meant_model`], but of another line,
    /// or of another version of the same name, only one that can be called on `today`.
    #[must_use]
    pub fn proposed_model(&self, written: &str, today: &str) -> Option<&str> {
        let bare = self.bare_id(written).to_ascii_lowercase();
        let meant = self.meant_model_with_distance(written);
        let Some(line) = line(&bare) else { return meant.map(|(id, _)| id) };
        let living =
            self.models.iter().filter(|model| model.is_listed() && !model.has_ended(today));
        let living: Vec<&str> = living.map(|model| model.id.as_str()).collect();
        let is_of_line = |id: &str| self::line(id) == Some(line);
        if let Some((id, distance)) = meant
            && (distance == 0 || is_of_line(id) || (distance == 1 && living.contains(&id)))
        {
            return Some(id);
        }
        if living.iter().any(|id| is_of_line(id)) {
            return super::similar::nearest(&bare, living.into_iter().filter(|id| is_of_line(id)));
        }
        // A version that is none, or is still to come: the same name in another one.
        let name = &bare[line.len()..];
        let is_named = |id: &&str| self::line(id).is_some_and(|line| id[line.len()..] == *name);
        living.into_iter().find(|id| !name.is_empty() && is_named(id))
    }

    /// `written` without what some client or gateway puts around a model's id.
    #[must_use]
    pub fn bare_id<'w>(&self, written: &'w str) -> &'w str {
        let mut bare = written.trim();
        for affix in self.suffixes.iter().chain(&self.prefixes) {
            if let Some(suffix) = &affix.suffix {
                bare = bare.strip_suffix(suffix.as_str()).unwrap_or(bare);
            }
            if let Some(prefix) = &affix.prefix {
                bare = bare.strip_prefix(prefix.as_str()).unwrap_or(bare);
            }
        }
        bare
    }
}

/// The line that an id names: its beginning with the version, such as `mimo-v2.5` of `mimo-v2.5-pro`.
fn line(id: &str) -> Option<&str> {
    let at = id.find("-v")? + 2;
    let version =
        id[at..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    (version > 0).then(|| &id[..at + version])
}
