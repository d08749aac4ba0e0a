//! Which API a tool's settings send requests to, if to any that is known.

use std::sync::Arc;

use super::beside;
use super::embedded;
use super::entry::Entry;
use super::reader;
use super::sighting::{Sighting, Written};
use super::{Address, AddressForm, Context, Evidence, Identified, Verdict, lookalike, meant_url};
use crate::document::{Document, Kind, Node};
use crate::knowledge::{Client, DEFAULT_PROVIDER, DocumentKind, Provider, shown_prefix};

/// The provider that an entry is for, and what says so.
pub(super) type Said = (Arc<Provider>, Evidence);

/// The entries of `document` that are ours, each as a document of its own.
pub fn all(
    document: &Document<'_>,
    context: &Context<'_>,
    known: &[Identified],
) -> Vec<Identified> {
    let found = of_clients(document, context, known, &context.clients);
    if !found.is_empty() || context.is_env {
        return found;
    }
    // A file may be called as a tool's own and be another's.
    let clients = context.catalog.clients().iter();
    let fallback: Vec<_> = clients.filter(|client| client.is_fallback()).cloned().collect();
    of_clients(document, context, known, &fallback)
}

/// As [`all`], of the tools whose file it is by its name alone, and where no request is in it.
pub fn of_tools(document: &Document<'_>, context: &Context<'_>) -> Vec<Identified> {
    of_clients(document, context, &[], &context.clients)
}

fn of_clients(
    document: &Document<'_>,
    context: &Context<'_>,
    known: &[Identified],
    clients: &[Arc<Client>],
) -> Vec<Identified> {
    let Some(root) = document.root() else { return Vec::new() };
    // What a request says of itself is told with the request.
    let requests: Vec<_> = known.iter().map(|one| document.tree.node(one.root).span()).collect();
    // Most files of requests are one, or a list of them, and nothing else.
    if requests.iter().any(|request| request.covers(root.span())) {
        return Vec::new();
    }
    let of = |client: &Arc<Client>, file: Node<'_>| {
        let entries = reader::entries(file, client, context).into_iter();
        let outside = entries.filter(|entry| {
            let span = document.tree.node(entry.root).span();
            !requests.iter().any(|request| request.covers(span)) && !is_of_request(entry, known)
        });
        let ours = outside.filter_map(|mut entry| {
            let own = provider_of(&entry, context);
            let node = document.tree.node(entry.root);
            let (provider, evidence) = beside::settled(&mut entry, own, node, context)?;
            let is = |name: &str, word: bool| node.get(name).and_then(Node::as_bool) == Some(word);
            if is_record(root, &entry, node) {
                return Some(record(root, node));
            }
            // What is switched off sends nothing.
            if is("enabled", false) || is("disabled", true) || is("deprecated", true) {
                return None;
            }
            Some(identified(root, node, entry, provider, evidence, context))
        });
        let ours: Vec<_> = ours.collect();
        let parts: Vec<bool> =
            ours.iter().map(|one| ours.iter().any(|other| is_in(one, other))).collect();
        let whole = ours.into_iter().zip(parts).filter(|(_, is_part)| !is_part);
        whole.map(|(one, _)| one).collect::<Vec<_>>()
    };
    let mut found: Vec<_> = clients.iter().flat_map(|client| of(client, root)).collect();
    // What is a text in it is a document of its own.
    let held = embedded::embedded(root, clients).into_iter();
    for file in held.filter(|file| file.node.kind() == Kind::Object) {
        let owners = context.catalog.clients_of(&format!("/{}", file.file));
        found.extend(owners.iter().flat_map(|client| of(client, file.node)));
    }
    found
}

/// Whether all that one entry says is said in another too, which says more: then it is no connection of its
/// own.
fn is_in(one: &Identified, other: &Identified) -> bool {
    let Some((one, other)) = one.entry.as_deref().zip(other.entry.as_deref()) else { return false };
    if one.data().inherits.is_none() {
        return false;
    }
    let said = |entry: &Entry| {
        let all = entry.urls.iter().chain(&entry.keys).chain(&entry.models);
        all.map(|sighting| sighting.node).collect::<Vec<_>>()
    };
    let (inner, outer) = (said(one), said(other));
    outer.len() > inner.len() && inner.iter().all(|node| outer.contains(node))
}

/// Whether an entry's URL is the one that a request beside it is sent to.
fn is_of_request(entry: &Entry, known: &[Identified]) -> bool {
    // A base URL beside a request may well be a setting with a key of its own.
    let addresses = known.iter().filter_map(|request| request.address.as_ref());
    let nodes: Vec<_> = addresses
        .filter(|address| address.form != AddressForm::Base)
        .map(|address| address.node)
        .collect();
    entry.urls.iter().any(|url| nodes.contains(&url.node))
}

/// Whether an entry of a file that nothing is known of is part of the record of a run. A record has no key.
fn is_record(root: Node<'_>, entry: &Entry, node: Node<'_>) -> bool {
    let has_key =
        !(entry.keys.is_empty() && entry.key_variables.is_empty() && entry.headers.is_empty());
    entry.client.is_fallback() && !has_key && lookalike::is_record(root, &node.pointer_from(root))
}

fn record(root: Node<'_>, node: Node<'_>) -> Identified {
    Identified {
        root: node.id(),
        pointer: node.pointer_from(root),
        verdict: Verdict::Skipped("the record of a run".to_owned()),
        address: None,
        headers: None,
        status: None,
        in_batch: false,
        entry: None,
    }
}

fn identified(
    root: Node<'_>,
    node: Node<'_>,
    entry: Entry,
    provider: Arc<Provider>,
    evidence: Evidence,
    context: &Context<'_>,
) -> Identified {
    let kind = if context.is_env { DocumentKind::EnvFile } else { DocumentKind::ClientConfig };
    Identified {
        root: node.id(),
        pointer: node.pointer_from(root),
        verdict: Verdict::Judged { kind, provider: Some(provider), evidence },
        address: None,
        headers: entry.headers.first().copied(),
        status: None,
        in_batch: false,
        entry: Some(Box::new(entry)),
    }
}

/// The provider that an entry is for, and what says so; nothing where it is for another API, or for
/// none that it names.
fn provider_of(entry: &Entry, context: &Context<'_>) -> Option<Said> {
    let catalog = context.catalog;
    let mut is_elsewhere = false;
    for url in &entry.urls {
        let Some(text) = url.counts() else { continue };
        let meant = || meant_url(text).and_then(|(meant, _)| Address::parse(&meant));
        let Some(address) = Address::parse(text).or_else(meant) else { continue };
        let Some(host) = &address.host else { continue };
        let known = catalog.provider_near_host(host);
        let known = known.filter(|provider| !url.is_common || is_called(entry, provider, host));
        if let Some(provider) = known {
            let provider = context.declared.as_ref().unwrap_or(provider);
            return Some((Arc::clone(provider), Evidence::Addressed(host.clone())));
        }
        is_elsewhere |= !address.is_local();
    }
    // A gateway of one's own stands before the API, and takes what it likes.
    let is_said = |url: &Sighting| url.written != Written::Broken && !url.text.trim().is_empty();
    if is_elsewhere || entry.urls.iter().any(is_said) {
        return None;
    }
    if let Some((id, url)) = &entry.built_in {
        let host = Address::parse(url)?.host?;
        let provider = catalog.provider_of_host(&host)?;
        return Some((Arc::clone(provider), Evidence::Named(id.text.clone())));
    }
    by_variable(entry, context).or_else(|| by_model(entry, context))
}

/// Whether a URL of a common name is called, and not shown to people beside a model's name.
fn is_called(entry: &Entry, provider: &Provider, host: &str) -> bool {
    let is_page = provider.not_hosts.iter().any(|other| other.host.eq_ignore_ascii_case(host));
    let has_key = !(entry.keys.is_empty() && entry.key_variables.is_empty());
    provider.host_use(host).is_some() || (has_key && !is_page)
}

/// A key that stands under, or is read from, a variable that only this API's keys are kept in.
fn by_variable(entry: &Entry, context: &Context<'_>) -> Option<Said> {
    let variable =
        |sighting: &Sighting| Some(sighting.variable().unwrap_or(&sighting.name).to_owned());
    let named = entry.keys.iter().filter_map(variable);
    let said = entry.key_variables.iter().filter_map(|name| name.known().map(str::to_owned));
    named.chain(said).find_map(|name| {
        let knowing = context.catalog.providers().iter().filter(|provider| {
            let bare =
                shown_prefix(&name).map_or(name.as_str(), |(prefix, _)| &name[prefix.len()..]);
            provider.auth.env.iter().any(|known| known.eq_ignore_ascii_case(bare))
        });
        let provider = match knowing.collect::<Vec<_>>().as_slice() {
            [] => return None,
            [only] => Arc::clone(only),
            // Several APIs call the variable so; then the model tells them apart.
            _ => match model_provider(entry, context) {
                Some((provider, _)) => provider,
                None => chosen(context)?,
            },
        };
        Some((provider, Evidence::Named(name)))
    })
}

/// A model that the API itself lists.
fn by_model(entry: &Entry, context: &Context<'_>) -> Option<Said> {
    if entry.data().by_host_only { None } else { model_provider(entry, context) }
}

fn model_provider(entry: &Entry, context: &Context<'_>) -> Option<Said> {
    entry.models.iter().filter_map(Sighting::counts).find_map(|id| {
        let knowing: Vec<_> = context.catalog.providers_of_model(id).collect();
        let provider = match knowing.as_slice() {
            [] => return None,
            [only] => Arc::clone(only),
            several => {
                let fallback = chosen(context)?;
                let is_known = several.iter().any(|known| known.id == fallback.id);
                if is_known { fallback } else { Arc::clone(several[0]) }
            }
        };
        Some((provider, Evidence::Modelled(id.to_owned())))
    })
}

/// The settings that the text of a known tool's file was meant to be, where it names an API.
pub fn meant(text: &str, context: &Context<'_>) -> Option<(String, Verdict)> {
    let client = context.clients.iter().find(|client| !client.is_generic)?;
    // What is commented out was not meant.
    let is_said = |line: &&str| !line.trim_start().starts_with(['#', '/']);
    let names = |name: &str| text.lines().filter(is_said).any(|line| line.contains(name));
    let providers = context.catalog.providers();
    let by_host = providers.iter().find_map(|provider| {
        let hosts = provider.hosts.iter().map(|host| host.host.as_str());
        let named =
            hosts.chain(provider.domains.iter().map(String::as_str)).find(|host| names(host))?;
        Some((Arc::clone(provider), Evidence::Addressed(named.to_owned())))
    });
    let by_variable = || {
        let all = providers
            .iter()
            .flat_map(|provider| provider.auth.env.iter().map(move |name| (provider, name)));
        let mut named = all.filter(|(_, name)| names(name));
        let (provider, name) = named.next()?;
        let is_shared = named.any(|(_, other)| other == name);
        let provider = if is_shared { chosen(context)? } else { Arc::clone(provider) };
        Some((provider, Evidence::Named(name.clone())))
    };
    let (provider, evidence) = by_host.or_else(by_variable)?;
    let kind = DocumentKind::ClientConfig;
    Some((client.id.clone(), Verdict::Judged { kind, provider: Some(provider), evidence }))
}

/// Why a tool's file is none of ours: whoever describes a tool is told how far it was read.
pub fn not_ours(root: Node<'_>, context: &Context<'_>) -> Option<String> {
    let owners = context.clients.iter().filter(|client| !client.is_generic);
    let owners: Vec<_> = owners.collect();
    let stands = |client: &&&Arc<Client>| !reader::entries(root, client, context).is_empty();
    if let Some(client) = owners.iter().find(stands) {
        let name = &client.name;
        return Some(format!("settings of {name}: nothing in them names an API that is known"));
    }
    // Several tools may call a file so; which of them it is of is not known then.
    let [client] = owners.as_slice() else { return None };
    Some(format!("a file of {}, in which none of its entries stands", client.name))
}

/// The provider where several would do.
fn chosen(context: &Context<'_>) -> Option<Arc<Provider>> {
    let said = context.declared.clone().or_else(|| context.fallback.clone());
    said.or_else(|| context.catalog.provider(DEFAULT_PROVIDER).cloned())
}
