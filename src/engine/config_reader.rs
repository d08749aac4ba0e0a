//! Checks what serde cannot in a configuration: names, globs, dates, and the files that it names.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use globset::{GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::config::{Config, ConfigError, FilesEntry, Ignored, Raw, RawFiles};
use super::today::is_date;
use super::{globs, user_schemas};
use crate::diagnostic::{Level, Source, Span};
use crate::identify::OtherProviders;
use crate::knowledge::{Catalog, DocumentKind, similar};
use crate::rules;

/// The checks of one configuration file.
pub(super) struct Reader {
    pub(super) source: Arc<Source>,
    pub(super) root: PathBuf,
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

    pub(super) fn check(&self, raw: Raw) -> Checked<Config> {
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
            source: Arc::clone(&self.source),
            root: self.root.clone(),
            provider: self.provider(raw.provider.as_ref(), known)?,
            other_providers,
            exclude: self.globs(&raw.exclude)?,
            levels: self.levels(&raw.rules)?,
            files,
            today: self.today(raw.today.as_ref())?,
            require_suppression_reason: raw.require_suppression_reason,
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
        let ignore =
            raw.ignore.iter().map(|entry| self.ignored(entry)).collect::<Checked<Vec<_>>>()?;
        let provider = self.provider(raw.provider.as_ref(), known)?;
        Ok(FilesEntry { include: self.globs(&raw.include)?, kind, provider, ignore })
    }

    /// `RULE`, or `RULE:POINTER`.
    fn ignored(&self, entry: &Spanned<String>) -> Checked<Ignored> {
        let (name, pointer) = match entry.get_ref().split_once(':') {
            Some((name, pointer)) => (name, Some(pointer)),
            None => (entry.get_ref().as_str(), None),
        };
        let rule = if name == "*" { "*" } else { self.rule(entry, name)? };
        if let Some(pointer) = pointer.filter(|pointer| !pointer.starts_with('/')) {
            let help = format!(
                "a JSON Pointer begins with `/`, and `*` stands for any one step: \"{rule}:/{}\"",
                pointer.replace('.', "/")
            );
            return self.wrong(entry, format!("`{pointer}` is no pointer"), Some(help));
        }
        let span = entry.span();
        Ok(Ignored {
            rule: rule.to_owned(),
            pointer: pointer.map(str::to_owned),
            span: Span::new(span.start, span.end),
            used: AtomicBool::new(false),
        })
    }

    /// The bundled catalog with the user's providers and schemas, where there are any.
    fn catalog(&self, raw: &Raw) -> Checked<Option<Arc<Catalog>>> {
        let is_bare = raw.providers.is_empty() && raw.clients.is_empty();
        if is_bare && raw.files.iter().all(|entry| entry.schema.is_none()) {
            return Ok(None);
        }
        let mut catalog = Catalog::extended();
        for (id, provider) in &raw.providers {
            self.add_provider(&mut catalog, id.get_ref(), &provider.path)?;
        }
        for (id, client) in &raw.clients {
            let file = self.root.join(client.path.get_ref());
            if let Err(error) = user_schemas::add_client(&mut catalog, id.get_ref(), &file) {
                let message = format!("the client `{}` cannot be used: {error}", id.get_ref());
                let help = Some("`requestlint schema client` describes such a file".to_owned());
                return self.wrong(&client.path, message, help);
            }
        }
        for (index, entry) in raw.files.iter().enumerate() {
            let Some(path) = &entry.schema else { continue };
            let file = self.root.join(path.get_ref());
            let added = user_schemas::add_schema(&mut catalog, &custom_name(index), &file);
            if let Err(error) = added {
                return self.wrong(path, format!("the schema cannot be used: {error}"), None);
            }
        }
        Ok(Some(Arc::new(catalog)))
    }

    fn add_provider(&self, catalog: &mut Catalog, id: &str, path: &Spanned<String>) -> Checked<()> {
        let folder = self.root.join(path.get_ref());
        match user_schemas::add_provider(catalog, id, &folder) {
            Ok(()) => Ok(()),
            Err(error) => {
                let help = Some("the folder holds provider.json and <kind>.schema.json, as `requestlint schema provider` describes".to_owned());
                self.wrong(path, format!("the provider `{id}` cannot be used: {error}"), help)
            }
        }
    }
}

/// The name of the kind that the `[[files]]` entry number `index` makes with its schema.
fn custom_name(index: usize) -> String {
    format!("schema-{index}")
}
