//! The linter: what a program or an editor builds once and asks many times.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::config::{Config, ConfigError, FilesEntry};
use super::lint::{Rulings, TextLint};
use super::report::{FileReport, Report};
use super::resolver::{Resolver, shown};
use super::today::{is_date, today};
use crate::diagnostic::{Diagnostic, Level, Source};
use crate::discover::{Found, MAX_FILE_SIZE, Read, Walk, read, shown_path};
use crate::extract::Syntax;
use crate::identify::{Context, OtherProviders};
use crate::knowledge::{Catalog, DocumentKind, Provider, similar};
use crate::rules;

/// Where the configuration comes from.
#[derive(Debug, Clone, Default)]
pub enum ConfigSource {
    /// The nearest one up from each file.
    #[default]
    Discover,
    /// This file, for all.
    File(PathBuf),
    /// None.
    None,
}

/// What keeps a linter from being built.
#[derive(Debug)]
pub enum SetupError {
    /// The configuration is faulty.
    Config(Arc<ConfigError>),
    /// The configuration that was named cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A setting names what there is not.
    Setting(String),
}

impl std::fmt::Display for SetupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SetupError::Config(error) => error.fmt(f),
            SetupError::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            SetupError::Setting(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for SetupError {}

/// Settings for a [`Linter`]. What is set here goes before the configuration file.
#[derive(Debug, Clone, Default)]
pub struct LinterBuilder {
    provider: Option<String>,
    kind: Option<String>,
    config: ConfigSource,
    select: Vec<String>,
    levels: Vec<(String, Level)>,
    today: Option<String>,
    exclude: Vec<String>,
    force_exclude: bool,
    hidden: bool,
    no_ignore: bool,
    jobs: Option<usize>,
}

impl LinterBuilder {
    /// Holds every request to this provider.
    #[must_use]
    pub fn provider(mut self, id: impl Into<String>) -> Self {
        self.provider = Some(id.into());
        self
    }

    /// Takes every document for one of this kind, such as `chat-completions`.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Where the configuration comes from. By default the nearest one up from each file.
    #[must_use]
    pub fn config(mut self, config: ConfigSource) -> Self {
        self.config = config;
        self
    }

    /// Tells only findings of these rules.
    #[must_use]
    pub fn select(mut self, rules: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.select.extend(rules.into_iter().map(Into::into));
        self
    }

    /// Tells findings of a rule at this level.
    #[must_use]
    pub fn level(mut self, rule: impl Into<String>, level: Level) -> Self {
        self.levels.push((rule.into(), level));
        self
    }

    /// Judges by this day, `YYYY-MM-DD`, instead of today.
    #[must_use]
    pub fn today(mut self, today: impl Into<String>) -> Self {
        self.today = Some(today.into());
        self
    }

    /// Leaves alone what these globs match, seen from the current folder.
    #[must_use]
    pub fn exclude(mut self, globs: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.exclude.extend(globs.into_iter().map(Into::into));
        self
    }

    /// Lets exclusions hold for files that are named, as hooks name them.
    #[must_use]
    pub fn force_exclude(mut self, force: bool) -> Self {
        self.force_exclude = force;
        self
    }

    /// Walks hidden files and folders.
    #[must_use]
    pub fn hidden(mut self, hidden: bool) -> Self {
        self.hidden = hidden;
        self
    }

    /// Heeds no `.gitignore`.
    #[must_use]
    pub fn no_ignore(mut self, no_ignore: bool) -> Self {
        self.no_ignore = no_ignore;
        self
    }

    /// Lints with this many threads; by default as many as the machine has.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> Self {
        self.jobs = Some(jobs.max(1));
        self
    }

    /// Builds the linter.
    ///
    /// # Errors
    /// A setting names a rule, provider, kind or date that there is not, or the configuration file
    /// is faulty or cannot be read.
    pub fn build(self) -> Result<Linter, SetupError> {
        let fixed = match &self.config {
            ConfigSource::File(path) => Some(read_config(path)?),
            ConfigSource::Discover | ConfigSource::None => None,
        };
        let catalog = fixed.as_ref().and_then(|config| config.catalog.clone());
        let known = catalog.as_deref().unwrap_or(Catalog::bundled());
        if let Some(id) = &self.provider
            && matches!(self.config, ConfigSource::File(_) | ConfigSource::None)
        {
            known_provider(known, id)?;
        }
        let kind = self.kind.as_deref().map(known_kind).transpose()?;
        let select = self.select.iter().map(|rule| known_rule(rule)).collect::<Result<Vec<_>, _>>()?;
        let mut levels = BTreeMap::new();
        for (rule, level) in &self.levels {
            levels.insert(known_rule(rule)?, *level);
        }
        if let Some(day) = self.today.as_deref().filter(|day| !is_date(day)) {
            return Err(SetupError::Setting(format!("`{day}` is no date; write it as 2026-11-24")));
        }
        Ok(Linter {
            exclude: globs(&self.exclude)?,
            kind,
            select: select.into_iter().map(str::to_owned).collect(),
            levels,
            fixed,
            clock: today(),
            resolver: Resolver::default(),
            settings: self,
        })
    }
}

fn read_config(path: &Path) -> Result<Arc<Config>, SetupError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| SetupError::Unreadable(path.to_path_buf(), error))?;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match Config::parse(&absolute, &shown_path(path), &text) {
        Ok(Some(config)) => Ok(Arc::new(config)),
        Ok(None) => Err(SetupError::Setting(format!("{} has no [tool.requestlint]", path.display()))),
        Err(error) => Err(SetupError::Config(Arc::new(*error))),
    }
}

fn known_provider<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Arc<Provider>, SetupError> {
    catalog.provider(id).ok_or_else(|| {
        let ids: Vec<_> = catalog.providers().iter().map(|provider| provider.id.as_str()).collect();
        SetupError::Setting(format!("there is no provider `{id}`; known: {}", ids.join(", ")))
    })
}

fn known_kind(name: &str) -> Result<DocumentKind, SetupError> {
    DocumentKind::parse(name).ok_or_else(|| {
        let names: Vec<_> = DocumentKind::BUILT_IN.iter().map(|kind| kind.name().to_owned()).collect();
        SetupError::Setting(format!("there is no kind `{name}`; known: {}", names.join(", ")))
    })
}

fn known_rule(name: &str) -> Result<&'static str, SetupError> {
    rules::find(name).map(|rule| rule.id).ok_or_else(|| {
        let meant = similar::nearest(name, rules::ALL.iter().map(|rule| rule.id));
        let hint = meant.map_or("`requestlint rules` lists them".to_owned(), |meant| {
            format!("did you mean `{meant}`?")
        });
        SetupError::Setting(format!("there is no rule `{name}`; {hint}"))
    })
}

fn globs(patterns: &[String]) -> Result<GlobSet, SetupError> {
    let bad = |error: globset::Error| SetupError::Setting(format!("bad glob in --exclude: {error}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let text = pattern.trim_start_matches("./").trim_end_matches('/');
        let anywhere = if text.contains('/') { "" } else { "**/" };
        for glob in [format!("{anywhere}{text}"), format!("{anywhere}{text}/**")] {
            set.add(GlobBuilder::new(&glob).literal_separator(true).build().map_err(bad)?);
        }
    }
    set.build().map_err(bad)
}

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
    settings: LinterBuilder,
    kind: Option<DocumentKind>,
    select: Vec<String>,
    levels: BTreeMap<&'static str, Level>,
    exclude: GlobSet,
    fixed: Option<Arc<Config>>,
    clock: String,
    resolver: Resolver,
}

impl Linter {
    /// Settings to build a linter from.
    #[must_use]
    pub fn builder() -> LinterBuilder {
        LinterBuilder::default()
    }

    /// Lints a text that stands, or could stand, at `path`: the extension tells its syntax (JSON
    /// where it tells none), and the configuration is the nearest one up from it.
    ///
    /// A faulty configuration is told in the report's `error`.
    #[must_use]
    pub fn check_text(&self, path: &str, text: &str) -> FileReport {
        let syntax = Syntax::of_path(path).unwrap_or(Syntax::Json);
        self.lint(Path::new(path), path, text.to_owned(), syntax, self.kind.clone())
    }

    /// Lints a request body before a program sends it. The body is taken for a request whatever it
    /// looks like; pointers of the findings lead into it.
    ///
    /// ```
    /// use requestlint::Linter;
    /// use serde_json::json;
    ///
    /// let linter = Linter::builder().provider("xiaomi").today("2026-11-24").build()?;
    /// let body = json!({"model": "mimo-v2.6-pro", "messages": []});
    /// let found = linter.check_value(&body);
    /// assert_eq!(found[0].rule, "wrong-length");
    /// assert_eq!(found[0].pointer, "/messages");
    /// # Ok::<(), requestlint::SetupError>(())
    /// ```
    #[must_use]
    pub fn check_value(&self, body: &serde_json::Value) -> Vec<Diagnostic> {
        let kind = self.kind.clone().unwrap_or_else(|| kind_of(body));
        let path = "request.json";
        self.lint(Path::new(path), path, body.to_string(), Syntax::Json, Some(kind)).diagnostics
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

    /// Lints files and folders, and hands over what came of each file in order of their paths, as
    /// soon as it and all before it are done. `progress` hears of each finished file, from any
    /// thread: how many are done, and of how many.
    pub fn run(
        &self,
        paths: &[PathBuf],
        progress: &(dyn Fn(usize, usize) + Sync),
        sink: &mut dyn FnMut(FileReport),
    ) {
        let found = self.files(paths);
        let jobs = self.settings.jobs.unwrap_or_else(|| {
            std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        });
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            // Bounded, so that a slow reader of the output holds up the work and not the memory.
            let (sender, receiver) = mpsc::sync_channel::<(usize, FileReport)>(64);
            for _ in 0..jobs.min(found.len()) {
                let (sender, found, next, done) = (sender.clone(), &found, &next, &done);
                scope.spawn(move || {
                    while let Some(file) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let index = file.0;
                        let report = self.file(&file.1);
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1, found.len());
                        if sender.send((index, report)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut early: BTreeMap<usize, FileReport> = BTreeMap::new();
            let mut wanted = 0;
            for (index, report) in receiver {
                early.insert(index, report);
                while let Some(report) = early.remove(&wanted) {
                    sink(report);
                    wanted += 1;
                }
            }
        });
    }

    /// Faults of configuration files that were met so far.
    #[must_use]
    pub fn config_errors(&self) -> Vec<Arc<ConfigError>> {
        self.resolver.errors()
    }

    fn files(&self, paths: &[PathBuf]) -> Vec<(usize, Found)> {
        let excluded = |path: &Path, _is_folder: bool| self.excludes(path);
        let walk = Walk {
            hidden: self.settings.hidden,
            no_ignore: self.settings.no_ignore,
            excluded: &excluded,
            force_exclude: self.settings.force_exclude,
        };
        let found = walk.files(paths).into_iter().filter(|file| {
            file.named || file.error.is_some() || Syntax::of_path(&file.path.to_string_lossy()).is_some()
        });
        found.enumerate().collect()
    }

    fn excludes(&self, path: &Path) -> bool {
        if self.exclude.is_match(shown(path)) || self.exclude.is_match(shown_path(path)) {
            return true;
        }
        // A faulty configuration is told when the file is linted.
        let Ok(Some(config)) = self.config_for(path) else { return false };
        relative(path, &config.root).is_some_and(|path| config.exclude.is_match(path))
    }

    fn config_for(&self, path: &Path) -> Result<Option<Arc<Config>>, Arc<ConfigError>> {
        match self.settings.config {
            ConfigSource::None => Ok(None),
            ConfigSource::File(_) => Ok(self.fixed.clone()),
            ConfigSource::Discover => self.resolver.for_file(path),
        }
    }

    fn file(&self, found: &Found) -> FileReport {
        let shown = shown_path(&found.path);
        let mut report = FileReport { path: shown.clone(), ..FileReport::default() };
        if let Some(error) = &found.error {
            report.error = Some(plain(error));
            return report;
        }
        let Some(syntax) = Syntax::of_path(&shown) else {
            report.skipped = Some("of a kind that is not read".to_owned());
            return report;
        };
        match read(&found.path, MAX_FILE_SIZE) {
            Read::Text(text) => self.lint(&found.path, &shown, text, syntax, self.kind.clone()),
            Read::Skipped { reason, notable } => {
                report.skipped = Some(reason);
                report.notable = notable || found.named;
                report
            }
            Read::Failed(error) if error.kind() == io::ErrorKind::NotFound && !found.named => {
                report.skipped = Some("vanished while it was read".to_owned());
                report
            }
            Read::Failed(error) => {
                report.error = Some(plain(&error));
                report
            }
        }
    }

    fn lint(
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
        let catalog = config.and_then(|config| config.catalog.as_deref()).unwrap_or(Catalog::bundled());
        let entries: Vec<&FilesEntry> = config
            .and_then(|config| Some((config, relative(path, &config.root)?)))
            .map(|(config, path)| config.files.iter().filter(|entry| entry.include.is_match(&path)).collect())
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
        let ignore: Vec<_> = entries.iter().flat_map(|entry| entry.ignore.iter().cloned()).collect();
        let today = self
            .settings
            .today
            .as_deref()
            .or_else(|| config.and_then(|config| config.today.as_deref()))
            .unwrap_or(&self.clock);
        let context = Context {
            catalog,
            kind: kind.or_else(|| entries.iter().rev().find_map(|entry| entry.kind.clone())),
            declared,
            fallback: config.and_then(|config| config.provider.as_ref()).and_then(by_id),
            other_providers: config
                .and_then(|config| config.other_providers)
                .unwrap_or(OtherProviders::Auto),
            is_line: syntax == Syntax::Jsonl,
            path: shown,
        };
        let rulings = Rulings { context, today, levels: &levels, select: &self.select, ignore: &ignore };
        TextLint::new(Arc::new(Source::new(shown, text)), rulings).run(syntax)
    }
}

/// What kind of request a body is that is known to be one.
fn kind_of(body: &serde_json::Value) -> DocumentKind {
    let text = body.to_string();
    let mut kind = DocumentKind::ChatCompletions;
    crate::extract::extract(Syntax::Json, &text, &mut |document| {
        if let Some(root) = document.root() {
            kind = crate::identify::kind_of_request(root);
        }
    });
    kind
}

/// `path` as seen from `root`, with `/` between folders; `None` where it does not lie below.
fn relative(path: &Path, root: &Path) -> Option<String> {
    let absolute = std::path::absolute(path).ok()?;
    let root = std::path::absolute(root).ok()?;
    Some(shown_path(absolute.strip_prefix(root).ok()?))
}

/// An I/O error in words, without the number that the system gives it.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
