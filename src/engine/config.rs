//! `requestlint.toml`, or `[tool.requestlint]` in `pyproject.toml`.
//!
//! A fault in it is an error that points into the file: a linter that runs with another
//! configuration than the one that was written is worse than one that does not run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use globset::GlobSet;
use serde::Deserialize;
use toml::Spanned;

use super::config_reader::Reader;
use crate::diagnostic::{Level, Source, Span};
use crate::identify::OtherProviders;
use crate::knowledge::{Catalog, DocumentKind, similar};

/// A fault in a configuration file.
#[derive(Debug, Clone)]
pub struct ConfigError {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes that are wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.source.position(self.span.start);
        write!(f, "{}:{}:{}: {}", self.source.path(), at.line, at.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

/// A configuration, checked.
#[derive(Debug)]
pub struct Config {
    /// The file that it stands in.
    pub source: Arc<Source>,
    /// The folder that its globs start from.
    pub root: PathBuf,
    /// The provider for what has no evidence of its own.
    pub provider: Option<String>,
    /// What to do with other vendors' requests.
    pub other_providers: Option<OtherProviders>,
    /// Paths that are left alone.
    pub exclude: GlobSet,
    /// Levels by rule.
    pub levels: BTreeMap<&'static str, Level>,
    /// What is declared of files.
    pub files: Vec<FilesEntry>,
    /// The day to judge by.
    pub today: Option<String>,
    /// Whether a comment that suppresses something has to say why.
    pub require_suppression_reason: bool,
    /// The catalog with the user's providers and schemas in it; `None` where there are none.
    pub catalog: Option<Arc<Catalog>>,
}

/// A `[[files]]` entry.
#[derive(Debug)]
pub struct FilesEntry {
    /// The files.
    pub include: GlobSet,
    /// What they hold.
    pub kind: Option<DocumentKind>,
    /// The provider they are held to.
    pub provider: Option<String>,
    /// Findings that are not told.
    pub ignore: Vec<Ignored>,
}

/// An entry of `ignore`.
#[derive(Debug)]
pub struct Ignored {
    /// The rule, or `*`.
    pub rule: String,
    /// The pointer at or below which it is ignored; everywhere where there is none.
    pub pointer: Option<String>,
    /// Its bytes in the configuration.
    pub span: Span,
    /// Whether a finding was left untold for it.
    pub used: AtomicBool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Raw {
    pub(super) provider: Option<Spanned<String>>,
    pub(super) other_providers: Option<Spanned<String>>,
    pub(super) today: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub(super) require_suppression_reason: bool,
    #[serde(default)]
    pub(super) exclude: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rules: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) files: Vec<RawFiles>,
    #[serde(default)]
    pub(super) providers: BTreeMap<Spanned<String>, RawProvider>,
    #[serde(default)]
    pub(super) clients: BTreeMap<Spanned<String>, RawProvider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawFiles {
    pub(super) include: Vec<Spanned<String>>,
    pub(super) kind: Option<Spanned<String>>,
    pub(super) provider: Option<Spanned<String>>,
    pub(super) schema: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) ignore: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProvider {
    pub(super) path: Spanned<String>,
}

#[derive(Debug, Deserialize)]
struct Pyproject {
    tool: Option<Tools>,
}

#[derive(Debug, Deserialize)]
struct Tools {
    requestlint: Option<Raw>,
}

impl Config {
    /// Reads the configuration in `text`, which stands in the file at `path` and is shown as
    /// `shown`. `None` where a `pyproject.toml` has none.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn parse(path: &Path, shown: &str, text: &str) -> Result<Option<Self>, Box<ConfigError>> {
        let source = Arc::new(Source::new(shown, text));
        let is_pyproject = path.file_name().is_some_and(|name| name == "pyproject.toml");
        let raw = if is_pyproject {
            toml::from_str::<Pyproject>(text)
                .map(|file| file.tool.and_then(|tools| tools.requestlint))
        } else {
            toml::from_str::<Raw>(text).map(Some)
        };
        let raw = raw.map_err(|error| from_toml(&source, &error))?;
        let Some(raw) = raw else { return Ok(None) };
        let root = path.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        Reader { source, root }.check(raw).map(Some)
    }
}

fn from_toml(source: &Arc<Source>, error: &toml::de::Error) -> Box<ConfigError> {
    let span = error.span().map_or(Span::default(), |span| Span::new(span.start, span.end));
    let message = error.message();
    // `toml` lists the known names in its message; what is missing is the nearest of them.
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let is_text = message.starts_with("invalid type: string") && message.contains("a sequence");
    if is_text {
        return Box::new(ConfigError {
            source: Arc::clone(source),
            span,
            message: "one text stands where a list belongs".to_owned(),
            help: Some(format!("write [{}]", span.slice(source.text()))),
        });
    }
    let meant = message
        .starts_with("unknown field")
        .then(|| quoted.split_first())
        .flatten()
        .and_then(|(wrong, known)| similar::nearest(wrong, known.iter().copied()));
    Box::new(ConfigError {
        source: Arc::clone(source),
        span,
        message: message.trim_end().to_owned(),
        help: meant.map(|meant| format!("did you mean `{meant}`?")),
    })
}
