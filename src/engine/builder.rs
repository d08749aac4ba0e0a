//! Settings for a linter, and what keeps one from being built.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobSet, GlobSetBuilder};

use super::config::{Config, ConfigError};
use super::fixing::Fixing;
use super::globs;
use super::linter::Linter;
use super::resolver::Resolver;
use super::today::{is_date, today};
use crate::diagnostic::Level;
use crate::discover::shown_path;
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
            SetupError::Unreadable(path, error) => {
                write!(f, "cannot read {}: {error}", path.display())
            }
            SetupError::Setting(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for SetupError {}

/// Settings for a [`Linter`]. What is set here goes before the configuration file.
#[derive(Debug, Clone, Default)]
pub struct LinterBuilder {
    pub(super) provider: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) config: ConfigSource,
    pub(super) select: Vec<String>,
    pub(super) levels: Vec<(String, Level)>,
    pub(super) today: Option<String>,
    pub(super) exclude: Vec<String>,
    pub(super) force_exclude: bool,
    pub(super) hidden: bool,
    pub(super) no_ignore: bool,
    pub(super) jobs: Option<usize>,
    pub(super) check_env: bool,
    pub(super) fix: Option<Fixing>,
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

    /// Looks for the variables of settings in the environment of this process too.
    #[must_use]
    pub fn check_env(mut self, check: bool) -> Self {
        self.check_env = check;
        self
    }

    /// Applies fixes to the files that are linted.
    #[must_use]
    pub fn fix(mut self, fixing: Fixing) -> Self {
        self.fix = Some(fixing);
        self
    }

    /// Builds the linter.
    ///
    /// # Errors
    /// A setting names a rule, provider, kind or date that there is not, or the configuration file
    /// is faulty or cannot be read.
    pub fn build(self) -> Result<Linter, SetupError> {
        let resolver = Resolver::default();
        let fixed = match &self.config {
            ConfigSource::Discover => None,
            named => config_here(named)?,
        };
        if let Some(id) = &self.provider {
            // A provider of one's own is known from the configuration of the current folder.
            let here = match &self.config {
                ConfigSource::Discover => config_here(&ConfigSource::Discover).ok().flatten(),
                ConfigSource::File(_) | ConfigSource::None => fixed.clone(),
            };
            let catalog = here.as_ref().and_then(|config| config.catalog.as_deref());
            known_provider(catalog.unwrap_or(Catalog::bundled()), id)?;
        }
        let kind = self.kind.as_deref().map(known_kind).transpose()?;
        let select =
            self.select.iter().map(|rule| known_rule(rule)).collect::<Result<Vec<_>, _>>()?;
        let mut levels = BTreeMap::new();
        for (rule, level) in &self.levels {
            levels.insert(known_rule(rule)?, *level);
        }
        if let Some(day) = self.today.as_deref().filter(|day| !is_date(day)) {
            return Err(SetupError::Setting(format!("`{day}` is no date; write it as 2026-11-24")));
        }
        Ok(Linter {
            exclude: glob_set(&self.exclude)?,
            kind,
            select: select.into_iter().map(str::to_owned).collect(),
            levels,
            fixed,
            clock: today(),
            process: self.check_env.then(|| Arc::new(variables_of_process())),
            resolver,
            settings: self,
        })
    }
}

/// The variables of this process; what is no UTF-8 is set all the same.
fn variables_of_process() -> BTreeMap<String, String> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect()
}

/// The configuration that holds in the current folder.
///
/// # Errors
/// It is faulty, or the file that is named cannot be read.
pub fn config_here(source: &ConfigSource) -> Result<Option<Arc<Config>>, SetupError> {
    match source {
        ConfigSource::None => Ok(None),
        ConfigSource::File(path) => read_config(path).map(Some),
        ConfigSource::Discover => {
            let folder = std::env::current_dir().unwrap_or_default();
            Resolver::default().for_folder(&folder).map_err(SetupError::Config)
        }
    }
}

fn read_config(path: &Path) -> Result<Arc<Config>, SetupError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| SetupError::Unreadable(path.to_path_buf(), error))?;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    match Config::parse(&absolute, &shown_path(path), &text) {
        Ok(Some(config)) => Ok(Arc::new(config)),
        Ok(None) => {
            Err(SetupError::Setting(format!("{} has no [tool.requestlint]", path.display())))
        }
        Err(error) => Err(SetupError::Config(Arc::new(*error))),
    }
}

pub fn known_provider<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Arc<Provider>, SetupError> {
    catalog.provider(id).ok_or_else(|| {
        let ids: Vec<_> = catalog.providers().iter().map(|provider| provider.id.as_str()).collect();
        SetupError::Setting(format!("there is no provider `{id}`; known: {}", ids.join(", ")))
    })
}

fn known_kind(name: &str) -> Result<DocumentKind, SetupError> {
    DocumentKind::parse(name).ok_or_else(|| {
        let names: Vec<_> =
            DocumentKind::BUILT_IN.iter().map(|kind| kind.name().to_owned()).collect();
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

fn glob_set(patterns: &[String]) -> Result<GlobSet, SetupError> {
    let bad =
        |error: globset::Error| SetupError::Setting(format!("bad glob in --exclude: {error}"));
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        for glob in globs::of(pattern).map_err(bad)? {
            set.add(glob);
        }
    }
    set.build().map_err(bad)
}
