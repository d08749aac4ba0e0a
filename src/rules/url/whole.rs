//! URLs that requests are sent to as they stand.

use crate::knowledge::similar;

use super::{Fault, Part, Target, name_of};

/// What is wrong with the URL of a request on a host of the API.
pub fn fault(target: &Target<'_>) -> Option<Fault> {
    let path = target.path.as_str();
    if target.is_served(path) {
        return other_protocol(target);
    }
    let elsewhere = target.provider.endpoints.iter().find(|endpoint| endpoint.is_at(path));
    if let Some(endpoint) = elsewhere {
        let host = target.provider.hosts.iter().find(|host| endpoint.is_on(&host.serves))?;
        let message = format!("`{}` does not serve `{path}`", target.host());
        let right = format!("https://{}{path}", host.host);
        let help = format!("write {right}");
        return Some(target.base_fault(message, "another host's path", help).right(right));
    }
    let known = target.provider.not_endpoint(path);
    let is_chat = target.tail().is_some() || target.is_begun();
    if let Some(known) = known.filter(|_| !is_chat) {
        return Some(Fault {
            part: Part::Endpoint,
            message: format!("`{path}` is no endpoint of {}", target.provider.name),
            label: "not served".to_owned(),
            help: known
                .instead
                .as_deref()
                .map_or_else(|| listed(target), |instead| spelt_out(target, instead)),
            right: None,
            is_firm: known.confidence.is_firm(),
            is_answered: true,
            is_hopeless: false,
        });
    }
    let right = right_path(target)?;
    let help = format!("write {}", target.url(right));
    if target.is_begun() {
        let message = "this is a base URL, and that of a request is wanted".to_owned();
        return Some(target.base_fault(message, "too short", help).right(target.url(right)));
    }
    let is_familiar = target.is_familiar();
    if target.tail().is_some() && is_familiar {
        let (message, label) = match right.strip_suffix(path) {
            _ if path.contains("/v1/v1/") => {
                ("`/v1` is doubled".to_owned(), "`/v1` once too often")
            }
            Some(missing) => (format!("the URL lacks `{missing}` before `{path}`"), "too short"),
            None => {
                let name = &target.provider.name;
                (format!("`{path}` is no endpoint of {name}"), "the wrong path")
            }
        };
        return Some(target.base_fault(message, label, help).right(target.url(right)));
    }
    let near = similar::nearest(path, target.endpoints().map(|endpoint| endpoint.path.as_str()));
    Some(Fault {
        part: Part::Endpoint,
        message: format!("`{path}` is no endpoint that {} documents", target.provider.name),
        label: near
            .map_or_else(|| "not documented".to_owned(), |near| format!("did you mean `{near}`?")),
        right: near.or_else(|| target.tail().map(|_| right)).map(|path| target.url(path)),
        help: match near {
            Some(near) => format!("write {}", target.url(near)),
            None if target.tail().is_some() => help,
            None => listed(target),
        },
        is_firm: false,
        is_answered: true,
        is_hopeless: false,
    })
}

/// A tool is told to send what it speaks to another protocol's endpoint.
fn other_protocol(target: &Target<'_>) -> Option<Fault> {
    let protocol = target.usage.protocol.filter(|_| target.usage.client.is_some())?;
    let (_, spoken) = target.tail()?;
    // Whether a client of OpenAI's sends chats or responses, the URL may well decide.
    let is_same = (spoken == "anthropic") == (protocol == "anthropic");
    let right = target.endpoint(protocol).filter(|_| !is_same)?;
    let message = format!(
        "this endpoint speaks the {} protocol, and {} that of {}",
        name_of(spoken),
        target.usage.client(),
        name_of(protocol)
    );
    let right = target.url(&right.path);
    let help = format!("write {right}");
    Some(target.base_fault(message, "another protocol's path", help).right(right))
}

/// The path that was meant.
fn right_path<'t>(target: &Target<'t>) -> Option<&'t str> {
    let protocol = target.protocol();
    let right = target.endpoint(protocol).or_else(|| target.endpoints().next())?;
    Some(right.path.as_str())
}

/// What to call instead, with the URL on this host for the path in it.
fn spelt_out(target: &Target<'_>, instead: &str) -> String {
    let named = target.endpoints().map(|endpoint| endpoint.path.as_str());
    let named = named.filter(|path| instead.contains(path)).max_by_key(|path| path.len());
    named.map_or_else(|| instead.to_owned(), |path| instead.replacen(path, &target.url(path), 1))
}

/// The endpoints of the host.
fn listed(target: &Target<'_>) -> String {
    let mut paths: Vec<_> = target.endpoints().map(|endpoint| endpoint.path.as_str()).collect();
    paths.dedup();
    format!("endpoints: {}", paths.join(", "))
}
