//! How a key reaches an API, and what keys there are.

use serde::Deserialize;

use super::Provider;

/// How a key reaches the API.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Auth {
    /// The headers that carry it.
    #[serde(default)]
    pub headers: Vec<AuthHeader>,
    /// Variables that its keys are kept in, and no other API's.
    #[serde(default)]
    pub env: Vec<String>,
    /// Variables that its base URL is kept in.
    #[serde(default)]
    pub env_base: Vec<String>,
    /// Texts that stand for a key in the documentation.
    #[serde(default)]
    pub placeholders: Vec<String>,
}

/// A header that carries a key.
#[derive(Debug, Clone, Deserialize)]
pub struct AuthHeader {
    /// Its name.
    pub name: String,
    /// The word before the key, such as `Bearer`.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The kinds of request that are known to take it.
    #[serde(default)]
    pub kinds: Vec<String>,
}

/// A kind of key.
#[derive(Debug, Clone, Deserialize)]
pub struct KeyKind {
    /// How such keys begin, such as `tp-`.
    pub prefix: String,
    /// What it is for, in words.
    pub what: String,
    /// The uses of the hosts that take it: `api`, `token-plan`, `batch`.
    pub hosts: Vec<String>,
    /// The form of the whole key, as a regular expression.
    #[serde(default)]
    pub pattern: Option<String>,
}

impl Provider {
    /// What kind of key `text` is by its beginning.
    #[must_use]
    pub fn key_kind(&self, text: &str) -> Option<&KeyKind> {
        // More than the beginning must be there: `tp-...` is a form, and no key.
        let is_key = |kind: &&KeyKind| {
            text.strip_prefix(kind.prefix.as_str()).is_some_and(|rest| rest.len() >= 8)
        };
        self.keys.iter().find(is_key)
    }
}
