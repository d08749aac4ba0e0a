//! What a path says of a file.

use std::path::Path;

use crate::discover::shown_path;

/// The whole path, with `/` between folders, that globs over paths are held against.
pub fn whole_path(path: &Path) -> String {
    shown_path(std::path::absolute(path).as_deref().unwrap_or(path))
}

/// Whether a walk has met our own configuration, which is read as such.
pub fn is_own_config(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "requestlint.toml" || name == ".requestlint.toml")
}

/// `path` as seen from `root`, with `/` between folders; `None` where it does not lie below.
pub fn relative(path: &Path, root: &Path) -> Option<String> {
    let absolute = std::path::absolute(path).ok()?;
    let root = std::path::absolute(root).ok()?;
    Some(shown_path(absolute.strip_prefix(root).ok()?))
}
