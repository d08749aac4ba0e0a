//! Finds the files below some paths, in a fixed order.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::gitignore::IgnoreChain;

/// Folders that hold what tools have made or fetched, with whatever requests others have put there.
const NEVER: [&str; 4] = ["node_modules", "__pycache__", ".git", ".venv"];

/// The file that makes a folder one of Python's environments, whatever its name.
const PYTHON_ENVIRONMENT: &str = "pyvenv.cfg";

/// A file that was found, or why there is none.
#[derive(Debug)]
pub struct Found {
    /// Its path, as it was reached.
    pub path: PathBuf,
    /// Whether a person named it, rather than a folder above it.
    pub named: bool,
    /// Whether a walk met it as a link: what that leads to is read where it lies, if at all.
    pub link: bool,
    /// Why it cannot be had.
    pub error: Option<io::Error>,
}

impl Found {
    fn named(path: &Path, error: Option<io::Error>) -> Self {
        Self { path: path.to_path_buf(), named: true, link: false, error }
    }

    fn met(path: PathBuf, link: bool, error: Option<io::Error>) -> Self {
        Self { path, named: false, link, error }
    }
}

/// How to walk.
pub struct Walk<'w> {
    /// Walk hidden files and folders too.
    pub hidden: bool,
    /// Heed no `.gitignore`.
    pub no_ignore: bool,
    /// Whether a name, of a folder if true, is that of a place where tools keep their settings: it is
    /// read although it is hidden, and although a `.gitignore` names it.
    pub is_known_place: &'w dyn Fn(&str, bool) -> bool,
    /// Whether the configuration excludes a path.
    pub excluded: &'w dyn Fn(&Path) -> bool,
    /// Whether exclusions hold for files that a person names, as a hook does.
    pub force_exclude: bool,
}

impl Walk<'_> {
    /// The files at and below `paths`, each once, in order of their paths.
    #[must_use]
    pub fn files(&self, paths: &[PathBuf]) -> Vec<Found> {
        let mut found = Vec::new();
        for path in paths {
            match std::fs::metadata(path) {
                Err(error) => found.push(Found::named(path, Some(error))),
                Ok(metadata) if metadata.is_dir() => self.below(path, &mut found),
                Ok(_) if self.force_exclude && (self.excluded)(path) => {}
                Ok(_) => found.push(Found::named(path, None)),
            }
        }
        found.sort_by_cached_key(|file| (shown_path(&file.path), !file.named));
        let mut seen = BTreeSet::new();
        found.retain(|file| seen.insert(shown_path(&file.path)));
        found
    }

    fn below(&self, root: &Path, found: &mut Vec<Found>) {
        let mut chains: HashMap<PathBuf, IgnoreChain> = HashMap::new();
        if !self.no_ignore {
            chains.insert(root.to_path_buf(), IgnoreChain::above(root));
        }
        let walk = WalkDir::new(root).follow_links(false).sort_by_file_name().into_iter();
        let wanted =
            walk.filter_entry(|entry| entry.depth() == 0 || self.wants(entry, &mut chains));
        for entry in wanted {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let link = entry.file_type().is_symlink();
                    // A folder's files are found where they lie, or lie outside what was asked for.
                    if !(link && entry.path().is_dir()) {
                        found.push(Found::met(entry.into_path(), link, None));
                    }
                }
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_path_buf();
                    let error = error
                        .into_io_error()
                        .unwrap_or_else(|| io::Error::other("a folder that leads back to itself"));
                    // What was there a moment ago and is gone is nothing to report.
                    if error.kind() != io::ErrorKind::NotFound {
                        found.push(Found::met(path, false, Some(error)));
                    }
                }
            }
        }
    }

    fn wants(&self, entry: &DirEntry, chains: &mut HashMap<PathBuf, IgnoreChain>) -> bool {
        let is_folder = entry.file_type().is_dir();
        let name = entry.file_name().to_string_lossy();
        if (is_folder && is_made_by_tools(&name, entry.path())) || (self.excluded)(entry.path()) {
            return false;
        }
        let known = (self.is_known_place)(&name, is_folder);
        if name.starts_with('.') && !known && !self.hidden {
            return false;
        }
        if self.no_ignore {
            return true;
        }
        let parent = entry.path().parent().unwrap_or(entry.path());
        let chain = chains.get(parent).cloned().unwrap_or_default();
        if !known && chain.ignores(entry.path(), is_folder) {
            return false;
        }
        if is_folder {
            // What is said above of a known place says nothing of what lies in it: `.claude/*`.
            let above = if known { IgnoreChain::default() } else { chain };
            chains.insert(entry.path().to_path_buf(), above.below(entry.path()));
        }
        true
    }
}

fn is_made_by_tools(name: &str, folder: &Path) -> bool {
    NEVER.contains(&name) || folder.join(PYTHON_ENVIRONMENT).is_file()
}

/// A path as it is shown: `/` between folders, no `./` before it.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text =
        if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() };
    let mut rest = text.as_str();
    while let Some(shorter) = rest.strip_prefix("./") {
        rest = shorter.trim_start_matches('/');
    }
    if rest.is_empty() { ".".to_owned() } else { rest.to_owned() }
}
