//! Models that an environment names apart from a URL: whose they are.

use std::sync::Arc;

use super::address::Address;
use super::client::Said;
use super::entry::Entry;
use super::pattern;
use super::sighting::Sighting;
use super::{Context, Evidence};
use crate::document::Node;
use crate::knowledge::Provider;

/// How the name of a variable ends that says where something is.
const PLACES: [&str; 8] =
    ["URL", "HOST", "ENDPOINT", "BASE", "SERVER", "PROXY", "GATEWAY", "ADDRESS"];

/// What follows a connection's own part of a name, where that says through what its requests go.
const THROUGH: [&str; 7] =
    ["HOST", "PROXY", "PROXY_URL", "SERVER", "SERVER_URL", "GATEWAY", "GATEWAY_URL"];

/// The API that an entry is for which stands in an environment at `node` and names no URL. In one a model is
/// often named without what its URL's variable begins with; and where every URL leads elsewhere, to a gateway
/// or to this machine, the model's name is what is called so there.
///
/// Models that are none of the API's are taken from the entry: they are for whatever has no URL there.
pub fn settled(
    entry: &mut Entry,
    own: Option<Said>,
    node: Node<'_>,
    context: &Context<'_>,
) -> Option<Said> {
    if entry.client.is_generic && entry.urls.is_empty() {
        let through = entry.captures.iter().flat_map(|part| {
            THROUGH.iter().filter_map(move |end| host_in(node, &format!("{part}_{end}")))
        });
        if through.into_iter().any(|host| context.catalog.provider_of_host(&host).is_none()) {
            return None;
        }
    }
    let is_told = matches!(&own, Some((_, evidence)) if !matches!(evidence, Evidence::Modelled(_)));
    if is_told || !entry.client.is_generic || !entry.urls.is_empty() {
        return own;
    }
    let hosts = hosts(node);
    let ours: Vec<_> = hosts
        .iter()
        .filter_map(|host| Some((context.catalog.provider_of_host(host)?, host)))
        .collect();
    if ours.len() < hosts.len() {
        return None;
    }
    let Some((provider, host)) = ours.first() else {
        let (provider, evidence) = own?;
        let all = entry.models.iter().filter_map(Sighting::counts);
        let is_alone = all.into_iter().all(|id| is_of(&provider, id));
        return is_alone.then_some((provider, evidence));
    };
    if !entry.keys.is_empty() || ours.iter().any(|(other, _)| other.id != provider.id) {
        return own;
    }
    entry.models.retain(|model| model.counts().is_some_and(|id| is_of(provider, id)));
    let said = (Arc::clone(provider), Evidence::Addressed((*host).clone()));
    (!entry.models.is_empty()).then_some(said)
}

/// Whether an id is one of the API's, or was meant to be.
fn is_of(provider: &Provider, id: &str) -> bool {
    !id.contains(['/', ':', ' ', ',']) && provider.meant_model(id).is_some()
}

/// The hosts that the variables at `node` name.
fn hosts(node: Node<'_>) -> Vec<String> {
    let names = pattern::captures(node, "/{}", false);
    let is_place = |name: &&String| {
        let last = name.rsplit('_').next().unwrap_or(name);
        PLACES.iter().any(|place| last.eq_ignore_ascii_case(place))
    };
    names.iter().filter(is_place).filter_map(|name| host_in(node, name)).collect()
}

/// The host that the variable `name` at `node` names.
fn host_in(node: Node<'_>, name: &str) -> Option<String> {
    let variable = pattern::matches(node, &format!("/{name}"), None, true);
    variable.into_iter().find_map(|one| {
        let text = one.text();
        let is_web = text.starts_with("http://") || text.starts_with("https://");
        Address::parse(&text).filter(|_| is_web)?.host
    })
}
