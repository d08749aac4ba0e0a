//! Which configuration holds for a file: the nearest one up from it.

use std::collections::HashMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::config::{Config, ConfigError};
use crate::diagnostic::{Source, Span};
use crate::discover::{repository_of, shown_path};
use crate::rules::mask;

type Found = Result<Option<Arc<Config>>, Arc<ConfigError>>;

/// Finds configurations, each read once.
#[derive(Debug, Default)]
pub struct Resolver {
    by_folder: Mutex<HashMap<PathBuf, Found>>,
    /// By folder, the root of the repository that it lies in.
    repositories: Mutex<HashMap<PathBuf, Option<PathBuf>>>,
}

impl Resolver {
    /// The configuration for the file at `path`.
    ///
    /// # Errors
    /// The nearest configuration is faulty.
    pub fn for_file(&self, path: &Path) -> Found {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        match absolute.parent() {
            Some(folder) => self.for_folder(folder),
            None => Ok(None),
        }
    }

    /// The configuration for the files in `folder`, an absolute path.
    ///
    /// # Errors
    /// The nearest configuration is faulty.
    pub fn for_folder(&self, folder: &Path) -> Found {
        let mut by_folder = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut passed = Vec::new();
        let mut result: Found = Ok(None);
        for folder in folder.ancestors() {
            if let Some(known) = by_folder.get(folder) {
                result = known.clone();
                break;
            }
            passed.push(folder.to_path_buf());
            match in_folder(folder) {
                Ok(None) => {}
                found => {
                    result = found;
                    break;
                }
            }
        }
        for folder in passed {
            by_folder.insert(folder, result.clone());
        }
        result
    }

    /// The path of a file from the root of its repository, or from the current folder where there is
    /// none. Keys in it are covered.
    #[must_use]
    pub fn identity(&self, path: &Path) -> String {
        let whole = plain_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()));
        let root = whole.parent().and_then(|folder| self.repository(folder));
        let root = root.or_else(|| std::env::current_dir().ok());
        let relative = root.as_deref().and_then(|root| whole.strip_prefix(root).ok());
        mask(&shown_path(relative.unwrap_or(&whole))).into_owned()
    }

    fn repository(&self, folder: &Path) -> Option<PathBuf> {
        let mut known = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(root) = known.get(folder) {
            return root.clone();
        }
        let root = repository_of(folder).map(Path::to_path_buf);
        known.insert(folder.to_path_buf(), root.clone());
        root
    }

    /// Every configuration that was met, each once.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Config>> {
        let by_folder = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<Arc<Config>> =
            by_folder.values().filter_map(|found| found.as_ref().ok().cloned().flatten()).collect();
        all.sort_by(|one, other| one.root.cmp(&other.root));
        all.dedup_by(|one, other| Arc::ptr_eq(one, other));
        all
    }

    /// Every fault that was met, each once, in order of path.
    #[must_use]
    pub fn errors(&self) -> Vec<Arc<ConfigError>> {
        let by_folder = self.by_folder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut errors: Vec<_> =
            by_folder.values().filter_map(|found| found.as_ref().err().cloned()).collect();
        errors.sort_by(|one, other| one.source.path().cmp(other.source.path()));
        errors.dedup_by(|one, other| one.source.path() == other.source.path());
        errors
    }
}

/// The file in `folder`, a whole path, that holds its configuration, faulty or not; as it is shown.
#[must_use]
pub fn config_file_in(folder: &Path) -> Option<String> {
    let path = |source: &Source| source.path().to_owned();
    match in_folder(folder) {
        Ok(config) => config.map(|config| path(&config.source)),
        Err(error) => Some(path(&error.source)),
    }
}

fn in_folder(folder: &Path) -> Found {
    for name in ["requestlint.toml", ".requestlint.toml", "pyproject.toml"] {
        let path = folder.join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound || path.is_dir() => continue,
            Err(error) => return Err(Arc::new(unreadable(&path, &error))),
        };
        let config =
            Config::parse(&path, &shown(&path), &text).map_err(|error| Arc::new(*error))?;
        if let Some(config) = config {
            return Ok(Some(Arc::new(config)));
        }
    }
    Ok(None)
}

fn unreadable(path: &Path, error: &io::Error) -> ConfigError {
    ConfigError {
        source: Arc::new(Source::new(shown(path), "")),
        span: Span::default(),
        message: format!("the configuration cannot be read: {error}"),
        help: None,
    }
}

/// The path as seen from the current folder, where it lies below it.
pub fn shown(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    shown_path(path.strip_prefix(&current).unwrap_or(path))
}

/// A whole path without the steps that lead nowhere and back.
fn plain_path(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            _ => plain.push(step),
        }
    }
    plain
}
