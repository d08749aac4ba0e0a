//! `requestlint.toml`, or `[tool.requestlint]` in `pyproject.toml`.
//!
//! A fault in it is an error that points into the file: a linter that runs with another
//! configuration than the one that was written is worse than one that does not run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobSet, GlobSetBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::globs;
use super::today::is_date;
use crate::diagnostic::{Level, Source, Span};
use crate::identify::OtherProviders;
use crate::knowledge::{Catalog, DocumentKind, SchemaError, similar};
use crate::rules;

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
    /// Findings that are not told: a rule, or `*`, and the pointer it is ignored at.
    pub ignore: Vec<(String, Option<String>)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    provider: Option<Spanned<String>>,
    other_providers: Option<Spanned<String>>,
    today: Option<Spanned<toml::Value>>,
    #[serde(default)]
    exclude: Vec<Spanned<String>>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    files: Vec<RawFiles>,
    #[serde(default)]
    providers: BTreeMap<Spanned<String>, RawProvider>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFiles {
    include: Vec<Spanned<String>>,
    kind: Option<Spanned<String>>,
    provider: Option<Spanned<String>>,
    schema: Option<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvider {
    path: Spanned<String>,
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

/// Checks what serde cannot: names, globs, dates, and the files that the configuration names.
struct Reader {
    source: Arc<Source>,
    root: PathBuf,
}

type Checked<T> = Result<T, Box<ConfigError>>;

impl Reader {
    fn wrong<T, V>(&self, at: &Spanned<V>, message: String, help: Option<String>) -> Checked<T> {
        let span = at.span();
        Err(Box::new(ConfigError {
            source: Arc::clone(&self.source),
            span: Span::new(span.start, span.end),
            message,
            help,
        }))
    }

    fn check(&self, raw: Raw) -> Checked<Config> {
        let catalog = self.catalog(&raw)?;
        let known = catalog.as_deref().unwrap_or(Catalog::bundled());
        let other_providers = match &raw.other_providers {
            None => None,
            Some(word) => Some(match word.get_ref().as_str() {
                "auto" => OtherProviders::Auto,
                "error" => OtherProviders::Error,
                "skip" => OtherProviders::Skip,
                other => {
                    let help = Some("accepted: auto, error, skip".to_owned());
                    return self.wrong(
                        word,
                        format!("`other-providers` does not take `{other}`"),
                        help,
                    );
                }
            }),
        };
        let mut files = Vec::new();
        for (index, entry) in raw.files.iter().enumerate() {
            files.push(self.files_entry(index, entry, known)?);
        }
        Ok(Config {
            root: self.root.clone(),
            provider: self.provider(raw.provider.as_ref(), known)?,
            other_providers,
            exclude: self.globs(&raw.exclude)?,
            levels: self.levels(&raw.rules)?,
            files,
            today: self.today(raw.today.as_ref())?,
            catalog: catalog.clone(),
        })
    }

    fn provider(&self, name: Option<&Spanned<String>>, known: &Catalog) -> Checked<Option<String>> {
        let Some(name) = name else { return Ok(None) };
        if known.provider(name.get_ref()).is_some() {
            return Ok(Some(name.get_ref().clone()));
        }
        let ids: Vec<&str> =
            known.providers().iter().map(|provider| provider.id.as_str()).collect();
        let help = format!(
            "known: {}; one of your own is added as [providers.{}]",
            ids.join(", "),
            name.get_ref()
        );
        self.wrong(name, format!("there is no provider `{}`", name.get_ref()), Some(help))
    }

    fn levels(
        &self,
        raw: &BTreeMap<Spanned<String>, Spanned<String>>,
    ) -> Checked<BTreeMap<&'static str, Level>> {
        let mut levels = BTreeMap::new();
        for (name, word) in raw {
            let rule = self.rule(name, name.get_ref())?;
            let Some(level) = Level::parse(word.get_ref()) else {
                let help = Some("accepted: error, warning, info, off".to_owned());
                return self.wrong(word, format!("`{}` is no level", word.get_ref()), help);
            };
            levels.insert(rule, level);
        }
        Ok(levels)
    }

    fn rule<V>(&self, at: &Spanned<V>, name: &str) -> Checked<&'static str> {
        match rules::find(name) {
            Some(rule) => Ok(rule.id),
            None => {
                let meant = similar::nearest(name, rules::ALL.iter().map(|rule| rule.id));
                let help = meant.map_or("`requestlint rules` lists them".to_owned(), |meant| {
                    format!("did you mean `{meant}`?")
                });
                self.wrong(at, format!("there is no rule `{name}`"), Some(help))
            }
        }
    }

    fn today(&self, raw: Option<&Spanned<toml::Value>>) -> Checked<Option<String>> {
        let Some(raw) = raw else { return Ok(None) };
        let text = match raw.get_ref() {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if is_date(&text) {
            return Ok(Some(text));
        }
        self.wrong(
            raw,
            format!("`today` is no date: {text}"),
            Some("write it as \"2026-11-24\"".to_owned()),
        )
    }

    fn globs(&self, raw: &[Spanned<String>]) -> Checked<GlobSet> {
        let mut set = GlobSetBuilder::new();
        for glob in raw {
            match globs::of(glob.get_ref()) {
                Ok(both) => {
                    for glob in both {
                        set.add(glob);
                    }
                }
                Err(error) => {
                    return self.wrong(glob, format!("bad glob: {}", error.kind()), None);
                }
            }
        }
        match set.build() {
            Ok(set) => Ok(set),
            Err(error) => {
                let whole = Spanned::new(0..0, ());
                self.wrong(&whole, format!("bad globs: {error}"), None)
            }
        }
    }

    fn files_entry(&self, index: usize, raw: &RawFiles, known: &Catalog) -> Checked<FilesEntry> {
        let kind = match (&raw.kind, &raw.schema) {
            (Some(kind), Some(_)) => {
                let help =
                    Some("a schema of your own is a kind of its own: leave `kind` out".to_owned());
                return self.wrong(kind, "`kind` and `schema` exclude each other".to_owned(), help);
            }
            (_, Some(_)) => Some(DocumentKind::Custom(custom_name(index).into())),
            (Some(kind), None) => match DocumentKind::parse(kind.get_ref()) {
                Some(kind) => Some(kind),
                None => {
                    let names: Vec<_> =
                        DocumentKind::BUILT_IN.iter().map(|kind| kind.name().to_owned()).collect();
                    let help = Some(format!("accepted: {}", names.join(", ")));
                    return self.wrong(
                        kind,
                        format!("there is no kind `{}`", kind.get_ref()),
                        help,
                    );
                }
            },
            (None, None) => None,
        };
        let mut ignore = Vec::new();
        for entry in &raw.ignore {
            let (name, pointer) = match entry.get_ref().split_once(':') {
                Some((name, pointer)) => (name, Some(pointer.to_owned())),
                None => (entry.get_ref().as_str(), None),
            };
            let rule = if name == "*" { "*" } else { self.rule(entry, name)? };
            ignore.push((rule.to_owned(), pointer));
        }
        let provider = self.provider(raw.provider.as_ref(), known)?;
        Ok(FilesEntry { include: self.globs(&raw.include)?, kind, provider, ignore })
    }

    /// The bundled catalog with the user's providers and schemas, where there are any.
    fn catalog(&self, raw: &Raw) -> Checked<Option<Arc<Catalog>>> {
        if raw.providers.is_empty() && raw.files.iter().all(|entry| entry.schema.is_none()) {
            return Ok(None);
        }
        let mut catalog = Catalog::extended();
        for (id, provider) in &raw.providers {
            self.add_provider(&mut catalog, id.get_ref(), &provider.path)?;
        }
        for (index, entry) in raw.files.iter().enumerate() {
            let Some(path) = &entry.schema else { continue };
            let added = read_json(&self.root.join(path.get_ref()))
                .and_then(|schema| catalog.add_schema(&custom_name(index), schema));
            if let Err(error) = added {
                return self.wrong(path, format!("the schema {}: {error}", path.get_ref()), None);
            }
        }
        Ok(Some(Arc::new(catalog)))
    }

    fn add_provider(&self, catalog: &mut Catalog, id: &str, path: &Spanned<String>) -> Checked<()> {
        let folder = self.root.join(path.get_ref());
        let added = read_provider(&folder)
            .and_then(|(provider, schemas)| catalog.add_provider(id, &provider, schemas));
        match added {
            Ok(()) => Ok(()),
            Err(error) => {
                let help = Some("the folder holds provider.json and <kind>.schema.json, as `requestlint schema provider` describes".to_owned());
                self.wrong(path, format!("the provider `{id}`: {error}"), help)
            }
        }
    }
}

/// The name of the kind that the `[[files]]` entry number `index` makes with its schema.
fn custom_name(index: usize) -> String {
    format!("schema-{index}")
}

fn read_text(path: &Path) -> Result<String, SchemaError> {
    std::fs::read_to_string(path)
        .map_err(|error| SchemaError(format!("{}: {error}", path.display())))
}

fn read_json(path: &Path) -> Result<serde_json::Value, SchemaError> {
    serde_json::from_str(&read_text(path)?)
        .map_err(|error| SchemaError(format!("{}: {error}", path.display())))
}

/// The text of a folder's `provider.json`, and its schemas by kind.
fn read_provider(folder: &Path) -> Result<(String, Vec<(String, serde_json::Value)>), SchemaError> {
    let provider = read_text(&folder.join("provider.json"))?;
    let entries = std::fs::read_dir(folder)
        .map_err(|error| SchemaError(format!("{}: {error}", folder.display())))?;
    let mut schemas = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(kind) = name.strip_suffix(".schema.json") {
            schemas.push((kind.to_owned(), read_json(&entry.path())?));
        }
    }
    schemas.sort_by(|one, other| one.0.cmp(&other.0));
    Ok((provider, schemas))
}
