//! Hosts that are taken for the API's.

use super::{Fault, Part, Target, kind_of};
use crate::identify::AddressForm;
use crate::knowledge::similar;

/// What is wrong with a host that does not serve the API.
pub fn fault(target: &Target<'_>, host: &str) -> Option<Fault> {
    let provider = target.provider;
    let name = &provider.name;
    if let Some(known) = provider.not_host(host) {
        let right = known.instead.as_deref().map(authority);
        let is_firm = known.confidence.is_firm();
        let told = known.what.trim_end_matches('.');
        return Some(told_host(
            target,
            host,
            &format!("`{host}` is no host of {name}: {}", lowered(told)),
            right,
            is_firm,
        ));
    }
    if let Some(meant) = provider.meant_host(host) {
        let message = format!("`{host}` is no host of {name}");
        return Some(told_host(target, host, &message, Some(&meant.host), false));
    }
    // The clusters of batch inference are not all listed: the console shows each account its own.
    let is_unlisted_cluster = provider.hosts.iter().any(|known| {
        let region = known.region.as_deref().filter(|_| known.serves == "batch");
        region.and_then(|region| known.host.split_once(region)).is_some_and(|(before, after)| {
            host.strip_prefix(before).is_some_and(|rest| rest.ends_with(after))
        })
    });
    if is_unlisted_cluster {
        return None;
    }
    let hosts = provider.hosts.iter().map(|known| known.host.as_str());
    let right = similar::nearest(host, hosts.clone()).or_else(|| hosts.clone().next());
    let message = format!("{name} is not known to have a host `{host}`");
    Some(told_host(target, host, &message, right, false))
}

fn told_host(
    target: &Target<'_>,
    host: &str,
    message: &str,
    right: Option<&str>,
    is_firm: bool,
) -> Fault {
    let right = right.map(|right| format!("https://{right}{}", path(target)));
    let help = match &right {
        Some(right) => format!("write {right}"),
        None => "write a base URL of the documentation".to_owned(),
    };
    let label = if host.contains(['{', '<']) { "the cluster goes here" } else { "not the API" };
    Fault {
        part: Part::Endpoint,
        message: message.to_owned(),
        label: label.to_owned(),
        help,
        right: right.filter(|_| !host.contains(['{', '<'])),
        is_firm,
        // A page of somebody's, or a name that leads nowhere.
        is_answered: is_firm && !host.contains(['{', '<']),
        is_hopeless: false,
    }
}

/// The path that the right host wants: that of a request or of a base, for the same protocol.
fn path(target: &Target<'_>) -> String {
    let protocol = target.protocol();
    let base = target.base_path(protocol).unwrap_or_default();
    let endpoint =
        target.provider.endpoint(kind_of(protocol)).map(|endpoint| endpoint.path.as_str());
    let is_whole = match target.usage.form {
        AddressForm::Whole => true,
        AddressForm::Either => target.tail().is_some(),
        AddressForm::Base => false,
    };
    endpoint.filter(|_| is_whole).unwrap_or(base).to_owned()
}

/// The host of a URL.
fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// A sentence as the end of another.
fn lowered(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
