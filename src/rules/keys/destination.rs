//! Where the keys of a tool's settings are sent.

use std::borrow::Cow;

use super::{Key, env_files};
use crate::diagnostic::Span;
use crate::document::NodeId;
use crate::identify::{Address, Entry, Set, Sighting, Variable};
use crate::knowledge::Catalog;
use crate::rules::Setup;

/// A host that a key is sent to, and where the URL stands.
#[derive(Debug)]
pub struct Destination<'t> {
    /// The host, in lower case.
    pub host: Cow<'t, str>,
    /// The URL's node.
    pub node: NodeId,
    /// The URL's bytes.
    pub span: Span,
    /// What sets it, where it stands in another file.
    pub set: Option<Set>,
}

impl Destination<'_> {
    /// Whether `key` stands beside the URL in another file, where one tool reads both as one connection: then
    /// what does not fit is told there.
    #[must_use]
    pub fn is_told_elsewhere(&self, key: &Key, catalog: &Catalog) -> bool {
        let Some((url, (file, line))) = self.set.as_ref().zip(key.elsewhere.as_ref()) else {
            return false;
        };
        let (name, file) = (key.name.clone(), file.clone());
        let key = Set { name, value: None, file, line: *line };
        let of_url = || Entry::read_in_its_file(url, catalog, |entry| &entry.url);
        let of_key = || Entry::read_in_its_file(&key, catalog, |entry| &entry.key);
        url.file == key.file && of_url().is_some_and(|of_url| of_key() == Some(of_url))
    }
}

/// The hosts that the keys of an entry are sent to.
#[must_use]
pub fn hosts_of_setup(setup: &Setup<'_>) -> Vec<Destination<'static>> {
    let of = |url: &Sighting| {
        let host = Address::parse(url.counts()?)?.host?;
        // What stands in for a variable that is set is not where the key goes.
        let span = if url.set.is_some() { url.whole } else { url.span };
        Some(Destination { host: host.into(), node: url.node, span, set: url.set.clone() })
    };
    let found: Vec<_> = setup.entry.urls.iter().filter_map(of).collect();
    let host_of = |url: &str| Address::parse(url).and_then(|address| address.host);
    let own = setup.entry.built_in.as_ref();
    // A variable may give a provider that the tool brings itself another URL.
    let names = own.and_then(|(id, _)| setup.entry.data().built_in_url.get(&id.text));
    let client = &setup.entry.client;
    let set =
        names.into_iter().flatten().find_map(|name| setup.environment.value(name, client, None));
    if let Some(set) = set {
        let host = set.value.as_deref().and_then(host_of);
        // Where both say something else, which of them counts is not known.
        let agrees = found.iter().all(|one| Some(one.host.as_ref()) == host.as_deref());
        let place = own.filter(|_| found.is_empty()).zip(host);
        return match place {
            Some(((id, _), host)) => {
                let Variable { name, value, file, line } = set;
                let set = Some(Set { name, value, file, line });
                vec![Destination { host: host.into(), node: id.node, span: id.span, set }]
            }
            None if agrees => found,
            None => Vec::new(),
        };
    }
    if !found.is_empty() {
        return found;
    }
    let to = |(id, url): &(Sighting, String)| {
        let host = host_of(url)?.into();
        Some(Destination { host, node: id.node, span: id.span, set: None })
    };
    if let Some(own) = own.and_then(to) {
        return vec![own];
    }
    // What the entry writes itself, and is not known, goes before what its files say.
    if !setup.entry.urls.is_empty() {
        return Vec::new();
    }
    let named = env_files::values(setup, &setup.entry.data().url).into_iter();
    let hosts = named.filter_map(|(node, span, variable)| {
        let host = host_of(variable.value.as_deref()?)?.into();
        let Variable { name, value, file, line } = variable;
        Some(Destination { host, node, span, set: Some(Set { name, value, file, line }) })
    });
    hosts.collect()
}
