//! From a text to documents: one file a syntax.
//!
//! Each syntax gives the one document tree, with spans into the text, and recovers where it can.

mod env;
mod json;
mod jsonl;
mod toml;
mod words;
mod yaml;

use serde::Deserialize;

pub use self::toml::{KeyPart, Statement, StatementKind, statements};

use self::json::Dialect;
use crate::document::{Arena, Document};

/// A syntax that documents are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// JSON (RFC 8259).
    Json,
    /// JSON Lines: a document a line.
    Jsonl,
    /// YAML 1.2: one document or several.
    Yaml,
    /// JSON with comments and trailing commas.
    Jsonc,
    /// JSON5.
    Json5,
    /// TOML 1.1.
    Toml,
    /// Variables of an environment: `.env` and its kin.
    Env,
    /// A script that sets them: direnv's `.envrc`.
    Envrc,
    /// A JSON body as it is sent: one request, whose strings say what they say. No path names it.
    #[serde(skip)]
    Body,
}

impl Syntax {
    /// The extensions of the files that are read.
    pub const EXTENSIONS: [&str; 9] =
        [".json", ".jsonl", ".ndjson", ".jsonc", ".json5", ".yaml", ".yml", ".toml", ".env"];

    /// The syntax that a path's extension names; `None` where it names none that is read. A tool may
    /// read its files otherwise: that is data, and [`crate::knowledge`] has it.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Syntax::Json),
            "jsonl" | "ndjson" => Some(Syntax::Jsonl),
            "yaml" | "yml" => Some(Syntax::Yaml),
            "jsonc" => Some(Syntax::Jsonc),
            "json5" => Some(Syntax::Json5),
            "toml" => Some(Syntax::Toml),
            _ if env::is_script(name) => Some(Syntax::Envrc),
            _ if env::is_env_file(name) => Some(Syntax::Env),
            _ => None,
        }
    }

    /// Whether comments may stand in it.
    #[must_use]
    pub fn has_comments(self) -> bool {
        !matches!(self, Syntax::Json | Syntax::Jsonl | Syntax::Body)
    }

    /// The syntax's name, as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Json | Syntax::Jsonl | Syntax::Body => "JSON",
            Syntax::Yaml => "YAML",
            Syntax::Jsonc => "JSONC",
            Syntax::Json5 => "JSON5",
            Syntax::Toml => "TOML",
            Syntax::Env | Syntax::Envrc => ".env",
        }
    }
}

/// Hands each document of `text` to `visit`, in order. The room for a document's nodes is used again
/// for the next, so `visit` only borrows it.
pub fn extract(syntax: Syntax, text: &str, visit: &mut dyn FnMut(&Document<'_>)) {
    let dialect = match syntax {
        Syntax::Jsonc => Dialect::Jsonc,
        Syntax::Json5 => Dialect::Json5,
        _ => Dialect::Json,
    };
    match syntax {
        Syntax::Json | Syntax::Jsonc | Syntax::Json5 => {
            visit(&json::parse(text, 0..text.len(), dialect, Arena::default()));
        }
        Syntax::Jsonl => jsonl::extract(text, visit),
        Syntax::Yaml => yaml::extract(text, visit),
        Syntax::Toml => visit(&toml::parse(text)),
        Syntax::Env => visit(&env::parse(text, env::Dialect::Plain)),
        Syntax::Envrc => visit(&env::parse(text, env::Dialect::Shell)),
        Syntax::Body => visit(&json::parse_body(text)),
    }
}
