//! Whose file is which.

use std::collections::BTreeSet;
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::client::Client;

/// The files of several tools, as one set of globs.
#[derive(Debug)]
pub struct Owners {
    set: GlobSet,
    /// Whose each glob is, by the tool's index.
    owners: Vec<usize>,
}

impl Owners {
    /// The files of `clients`.
    pub(super) fn of(clients: &[Arc<Client>]) -> Self {
        let (mut set, mut owners) = (GlobSetBuilder::new(), Vec::new());
        for (index, client) in clients.iter().enumerate() {
            for file in &client.files {
                // A glob that is none was refused when the client was read.
                if let Ok(glob) = GlobBuilder::new(file).literal_separator(true).build() {
                    set.add(glob);
                    owners.push(index);
                }
            }
        }
        Self { set: set.build().unwrap_or_default(), owners }
    }

    /// The indices of the tools whose file `path` is, each once, in order.
    pub(super) fn owning(&self, path: &str) -> BTreeSet<usize> {
        self.set.matches(path).into_iter().map(|glob| self.owners[glob]).collect()
    }
}
