//! The `.gitignore` files that apply to a folder.

use std::path::Path;
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Whether a folder is the root of a repository.
#[must_use]
pub fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}

/// The root of the repository that a folder, a whole path, lies in.
#[must_use]
pub fn repository_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| is_repository(folder))
}

/// The `.gitignore` files from a repository's root down to one folder.
#[derive(Debug, Clone, Default)]
pub struct IgnoreChain {
    files: Vec<Arc<Gitignore>>,
}

impl IgnoreChain {
    /// What applies in `folder`: its own file and those of the folders above it, up to the root of
    /// the repository that it lies in. Outside a repository only its own file counts.
    #[must_use]
    pub fn above(folder: &Path) -> Self {
        let Ok(absolute) = std::path::absolute(folder) else {
            return Self::default();
        };
        let mut chain = Self::default();
        let root = repository_of(&absolute);
        if let Some(root) = root {
            chain.add(&root.join(".git/info/exclude"), root);
        }
        let top = root.unwrap_or(&absolute);
        let folders: Vec<&Path> =
            absolute.ancestors().take_while(|folder| folder.starts_with(top)).collect();
        for folder in folders.into_iter().rev() {
            chain.add(&folder.join(".gitignore"), folder);
        }
        chain
    }

    /// The chain with the file of `folder`, which lies directly below the chain's last folder.
    #[must_use]
    pub fn below(&self, folder: &Path) -> Self {
        let mut chain = self.clone();
        if let Ok(folder) = std::path::absolute(folder) {
            chain.add(&folder.join(".gitignore"), &folder);
        }
        chain
    }

    fn add(&mut self, file: &Path, root: &Path) {
        if !file.is_file() {
            return;
        }
        let mut builder = GitignoreBuilder::new(root);
        // A bad pattern must not hide the good ones beside it, nor stop a run.
        let _ = builder.add(file);
        if let Ok(built) = builder.build() {
            self.files.push(Arc::new(built));
        }
    }

    /// Whether `path` is ignored. The deepest file that speaks of it decides.
    #[must_use]
    pub fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        if self.files.is_empty() {
            return false;
        }
        let Ok(path) = std::path::absolute(path) else {
            return false;
        };
        for file in self.files.iter().rev() {
            match file.matched(&path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}
