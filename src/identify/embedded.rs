//! Files that a file holds: a tool's settings as a text or an object in another's.

use std::sync::Arc;

use super::pattern;
use crate::document::Node;
use crate::knowledge::{Client, Embedded as Data};

/// A value that is the content of a file.
#[derive(Debug, Clone)]
pub struct Embedded<'t> {
    /// The value: a string, or an object.
    pub node: Node<'t>,
    /// The path that it is read as, with `/` between folders.
    pub file: String,
}

/// The files that the document at `root` holds, as the data of `carriers` says.
#[must_use]
pub fn embedded<'t>(root: Node<'t>, carriers: &[Arc<Client>]) -> Vec<Embedded<'t>> {
    let all = carriers.iter().flat_map(|client| &client.embedded);
    let mut found: Vec<Embedded<'t>> = Vec::new();
    for data in all.filter(|data| is_given(root, data)) {
        for place in pattern::matches(root, &data.at, None, false) {
            let name = place.name.into_owned();
            let is_known = found.iter().any(|one| one.node.id() == place.node.id());
            if place.part.is_none() && !is_known {
                let file = data.file.clone().unwrap_or(name);
                found.push(Embedded { node: place.node, file });
            }
        }
    }
    found
}

fn is_given(root: Node<'_>, data: &Data) -> bool {
    data.given.iter().all(|setting| {
        let places = pattern::matches(root, &setting.at, None, false);
        places.iter().any(|place| setting.is.iter().any(|wanted| place.is(wanted)))
    })
}
