//! Hidden files and folders in which tools keep hosts, keys and models.

use std::sync::LazyLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::bundle;

#[derive(Debug, Default, Deserialize)]
struct File {
    folders: Vec<String>,
    files: Vec<String>,
}

struct Places {
    folders: Vec<String>,
    files: GlobSet,
}

static BUNDLED: LazyLock<Places> = LazyLock::new(|| {
    let file: File = bundle::file("hidden-places.json")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let mut files = GlobSetBuilder::new();
    for glob in file.files.iter().filter_map(|glob| Glob::new(glob).ok()) {
        files.add(glob);
    }
    let files = files.build().unwrap_or_else(|_| GlobSet::empty());
    Places { folders: file.folders, files }
});

/// Whether a file, or a folder, of this name is such a place.
#[must_use]
pub fn contains(name: &str, is_folder: bool) -> bool {
    if is_folder {
        BUNDLED.folders.iter().any(|folder| folder == name)
    } else {
        BUNDLED.files.is_match(name)
    }
}
