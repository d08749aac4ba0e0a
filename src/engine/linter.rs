//! The linter: what a program or an editor builds once and asks many times.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;

use super::builder::{ConfigSource, LinterBuilder, known_provider};
use super::config::{Config, ConfigError, FilesEntry};
use super::environment::Surroundings;
use super::lint::TextLint;
use super::paths::{relative, whole_path};
use super::report::{FileReport, Report};
use super::resolver::{Resolver, shown};
use super::rulings::{Rulings, is_told};
use super::run::unread;
use crate::diagnostic::{Level, Source};
use crate::discover::shown_path;
use crate::extract::Syntax;
use crate::identify::{Context, OtherProviders};
use crate::knowledge::{Catalog, DocumentKind};
use crate::rules::mask;

/// Finds what the API would refuse, in texts, values and files.
///
/// ```
/// use requestlint::Linter;
///
/// let linter = Linter::builder().provider("mimo").build()?;
/// let text = r#"{"model": "mimo-v2-pro", "temperature": 3, "messages": [{"role": "user", "content": "Hi"}]}"#;
/// let report = linter.check_text("request.json", text);
/// let found = &report.diagnostics[0];
/// assert_eq!(found.rule, "out-of-range");
/// assert_eq!(found.pointer, "/temperature");
/// assert_eq!(&text[found.span.start..found.span.end], "3");
/// # Ok::<(), requestlint::SetupError>(())
/// ```
#[derive(Debug)]
pub struct Linter {
    pub(super) settings: LinterBuilder,
    pub(super) kind: Option<DocumentKind>,
    pub(super) select: Vec<String>,
    pub(super) levels: BTreeMap<&'static str, Level>,
    pub(super) exclude: GlobSet,
    pub(super) fixed: Option<Arc<Config>>,
    pub(super) clock: String,
    pub(super) process: Option<Arc<BTreeMap<String, String>>>,
    pub(super) resolver: Resolver,
}

impl Linter {
    /// Settings to build a linter from.
    #[must_use]
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    /// Lints a text that stands, or could stand, at `path`: the path tells its syntax (JSON
    /// where there is none; a text of another is skipped), and the configuration is the nearest one
    /// up from it.
    ///
    /// A faulty configuration is told in the report's `error`.
    #[must_use]
    pub fn check_text(&self, path: &str, text: &str) -> FileReport {
        let syntax = match self.syntax_at(Path::new(path)) {
            Some(syntax) => syntax,
            None if Path::new(path).extension().is_none() => Syntax::Json,
            None => return unread(FileReport { path: path.to_owned(), ..FileReport::default() }),
        };
        if self.settings.force_exclude && self.excludes(Path::new(path)) {
            let skipped = Some("excluded by the configuration or the command line".to_owned());
            return FileReport { path: mask(path).into_owned(), skipped, ..FileReport::default() };
        }
        self.lint(Path::new(path), &mask(path), text.to_owned(), syntax, self.kind.clone())
    }

    /// Lints a request body before a program sends it. The body is taken for a request whatever it
    /// looks like, and its strings for what they say; pointers of the findings lead into it. Where
    /// the provider has no such endpoint, or the request is another vendor's, the report has no
    /// document that was judged, and `skipped` says why.
    ///
    /// ```
    /// use requestlint::Linter;
    /// use serde_json::json;
    ///
    /// let linter = Linter::builder().provider("xiaomi").today("2026-11-24").build()?;
    /// let body = json!({"model": "mimo-v2.6-pro", "messages": []});
    /// let found = linter.check_value(&body).diagnostics;
    /// assert_eq!(found[0].rule, "wrong-length");
    /// assert_eq!(found[0].pointer, "/messages");
    /// # Ok::<(), requestlint::SetupError>(())
    /// ```
    #[must_use]
    pub fn check_value(&self, body: &serde_json::Value) -> FileReport {
        let kind = self.kind.clone().unwrap_or_else(|| kind_of(body));
        let path = "request.json";
        self.lint(Path::new(path), path, body.to_string(), Syntax::Body, Some(kind))
    }

    /// Lints files and folders.
    #[must_use]
    pub fn check_paths(&self, paths: &[PathBuf]) -> Report {
        let mut report = Report::default();
        self.run(paths, &|_, _| {}, &mut |file| {
            report.summary.add(&file);
            report.files.push(file);
        });
        report
    }

    /// Whether findings of `rule` are told, as far as the linter was built to; a file's configuration may
    /// switch it off besides.
    #[must_use]
    pub fn tells(&self, rule: &str) -> bool {
        is_told(rule, &self.select, self.levels.get(rule))
    }

    /// Faults of configuration files that were met so far.
    #[must_use]
    pub fn config_errors(&self) -> Vec<Arc<ConfigError>> {
        self.resolver.errors()
    }

    pub(super) fn excludes(&self, path: &Path) -> bool {
        if self.exclude.is_match(shown(path)) || self.exclude.is_match(shown_path(path)) {
            return true;
        }
        // A faulty configuration is told when the file is linted.
        let Ok(Some(config)) = self.config_for(path) else {
            return false;
        };
        relative(path, &config.root).is_some_and(|path| config.exclude.is_match(path))
    }

    /// The syntax that the file at `path` is read in; `None` where it is of a kind that is not read.
    pub(super) fn syntax_at(&self, path: &Path) -> Option<Syntax> {
        // A faulty configuration is told when the file is linted.
        let config = self.config_for(path).ok().flatten();
        let own = config.as_ref().and_then(|config| config.catalog.as_deref());
        own.unwrap_or(Catalog::bundled()).syntax_of(&whole_path(path))
    }

    pub(super) fn config_for(&self, path: &Path) -> Result<Option<Arc<Config>>, Arc<ConfigError>> {
        match self.settings.config {
            ConfigSource::None => Ok(None),
            ConfigSource::File(_) => Ok(self.fixed.clone()),
            ConfigSource::Discover => self.resolver.for_file(path),
        }
    }

    pub(super) fn lint(
        &self,
        path: &Path,
        shown: &str,
        text: String,
        syntax: Syntax,
        kind: Option<DocumentKind>,
    ) -> FileReport {
        match self.config_for(path) {
            Ok(config) => self.lint_with(config.as_deref(), path, shown, text, syntax, kind),
            Err(error) => FileReport {
                path: shown.to_owned(),
                error: Some(format!("not linted: its configuration is faulty: {error}")),
                ..FileReport::default()
            },
        }
    }

    fn lint_with(
        &self,
        config: Option<&Config>,
        path: &Path,
        shown: &str,
        text: String,
        syntax: Syntax,
        kind: Option<DocumentKind>,
    ) -> FileReport {
        let catalog =
            config.and_then(|config| config.catalog.as_deref()).unwrap_or(Catalog::bundled());
        let entries: Vec<&FilesEntry> = config
            .and_then(|config| Some((config, relative(path, &config.root)?)))
            .map(|(config, path)| {
                config.files.iter().filter(|entry| entry.include.is_match(&path)).collect()
            })
            .unwrap_or_default();
        let by_id = |id: &String| catalog.provider(id).cloned();
        let declared = match &self.settings.provider {
            Some(id) => match known_provider(catalog, id) {
                Ok(provider) => Some(Arc::clone(provider)),
                Err(error) => {
                    return FileReport {
                        path: shown.to_owned(),
                        error: Some(error.to_string()),
                        ..FileReport::default()
                    };
                }
            },
            None => entries.iter().rev().find_map(|entry| entry.provider.as_ref()).and_then(by_id),
        };
        let mut levels = config.map(|config| config.levels.clone()).unwrap_or_default();
        levels.extend(self.levels.iter().map(|(rule, level)| (*rule, *level)));
        let ignore: Vec<_> = entries.iter().flat_map(|entry| &entry.ignore).collect();
        let today = self
            .settings
            .today
            .as_deref()
            .or_else(|| config.and_then(|config| config.today.as_deref()))
            .unwrap_or(&self.clock);
        let is_env = matches!(syntax, Syntax::Env | Syntax::Envrc);
        let root = config.map(|config| config.root.as_path());
        let surroundings = Surroundings::new(path, root, self.process.clone());
        let context = Context {
            catalog,
            // Whatever an environment file is declared to be, no request is in it.
            kind: kind
                .or_else(|| entries.iter().rev().find_map(|entry| entry.kind.clone()))
                .filter(|_| !is_env),
            declared,
            fallback: config.and_then(|config| config.provider.as_ref()).and_then(by_id),
            other_providers: config
                .and_then(|config| config.other_providers)
                .unwrap_or(OtherProviders::Auto),
            is_line: syntax == Syntax::Jsonl,
            is_body: syntax == Syntax::Body,
            is_env,
            clients: catalog.clients_of(&whole_path(path)),
            path: shown,
            around: &surroundings,
        };
        let identity =
            if context.is_body { shown.to_owned() } else { self.resolver.identity(path) };
        let rulings = Rulings {
            identity,
            surroundings: &surroundings,
            context,
            today,
            levels: &levels,
            select: &self.select,
            ignore: &ignore,
            require_reason: config.is_some_and(|config| config.require_suppression_reason),
        };
        TextLint::new(Arc::new(Source::new(shown, text)), rulings).run(syntax)
    }
}

/// What kind of request a body is that is known to be one.
fn kind_of(body: &serde_json::Value) -> DocumentKind {
    let text = body.to_string();
    let mut kind = DocumentKind::ChatCompletions;
    crate::extract::extract(Syntax::Body, &text, &mut |document| {
        if let Some(root) = document.root() {
            kind = crate::identify::kind_of_request(root);
        }
    });
    kind
}
