//! Base URLs, to which a client adds the path of a request.

use super::{Fault, Part, Target, name_of};

/// What is wrong with a base URL on a host of the API.
pub fn fault(target: &Target<'_>) -> Option<Fault> {
    if target.is_not_served() {
        return super::whole::fault(target);
    }
    if target.usage.appends.is_none() && target.is_invented() {
        return invented(target);
    }
    match (target.usage.protocol, target.usage.appends) {
        (Some(protocol), Some(appends)) => known_client(target, protocol, appends),
        (Some(protocol), None) => known_protocol(target, protocol),
        (None, _) => any_protocol(target),
    }
}

/// A base URL that is none, whatever is added to it.
fn invented(target: &Target<'_>) -> Option<Fault> {
    let right = target.url(target.base_path(target.protocol())?);
    Some(undocumented(target, format!("write {right}"), right, false))
}

/// A base URL that no page has.
fn undocumented(target: &Target<'_>, help: String, right: String, is_firm: bool) -> Fault {
    Fault {
        part: Part::Endpoint,
        message: format!(
            "`{}` is no base URL that {} documents",
            target.path, target.provider.name
        ),
        label: "not documented".to_owned(),
        help,
        right: Some(right),
        is_firm,
        is_answered: true,
        is_hopeless: false,
    }
}

/// The client adds `appends`: the whole URL is known.
fn known_client(target: &Target<'_>, protocol: &str, appends: &str) -> Option<Fault> {
    if target.is_served(&format!("{}{appends}", target.path)) {
        return None;
    }
    let Some(right) = target.base_path(protocol) else {
        return not_spoken(target, protocol);
    };
    if target.endpoint(protocol).is_none() {
        return other_host(target, protocol, right);
    }
    let adds = format!("write {}: {} adds `{appends}`", target.url(right), target.usage.client());
    known_mistake(target, protocol, right, &adds).or_else(|| {
        if target.is_familiar() {
            let called = format!("{}{appends}", target.path);
            let message = format!(
                "{} would call `{called}`, which {} does not serve",
                target.usage.client(),
                target.provider.name
            );
            let fault = target.base_fault(message, "the wrong path", adds);
            return Some(fault.right(target.url(right)));
        }
        // The form of a base URL, and none that is documented; another path may be one that is in use.
        Some(undocumented(target, adds, target.url(right), target.is_invented()))
    })
}

/// What the client adds is not known, and what it speaks is.
fn known_protocol(target: &Target<'_>, protocol: &str) -> Option<Fault> {
    let right = target.base_path(protocol)?;
    // A host for something else may be what is meant: batches have a client of their own.
    target.endpoint(protocol)?;
    // What is documented, and, where nothing says that it must be, a bare host: code adds the rest.
    if target.path == right || (target.path.is_empty() && !target.usage.is_strict) {
        return None;
    }
    known_mistake(target, protocol, right, &format!("write {}", target.url(right)))
}

/// The mistakes that are made, with the words for each.
fn known_mistake(target: &Target<'_>, protocol: &str, right: &str, help: &str) -> Option<Fault> {
    let path = target.path.as_str();
    let client = target.usage.client();
    let fault = |message: String, label: &str| {
        let fault = target.base_fault(message, label, help.to_owned());
        Some(fault.right(target.url(right)))
    };
    if let Some(other) = other_protocol(target, protocol) {
        let (theirs, own) = (name_of(other), name_of(protocol));
        let client = if target.usage.client.is_some() { client } else { "this one" };
        let told = fault(
            format!(
                "`{path}` is for clients that speak the {theirs} protocol, and {client} speaks that of {own}"
            ),
            "another protocol's path",
        );
        return told.map(Fault::hopeless);
    }
    let is_doubled = path.ends_with("/v1/v1")
        || format!("{path}{}", target.usage.appends.unwrap_or_default()).contains("/v1/v1");
    if is_doubled {
        let message = match target.usage.appends.filter(|_| !path.ends_with("/v1/v1")) {
            Some(appends) => format!("`/v1` is doubled: {client} adds `{appends}` itself"),
            None => "`/v1` is doubled".to_owned(),
        };
        let told = fault(message, "`/v1` once too often");
        return if path.ends_with("/v1/v1") { told.map(Fault::hopeless) } else { told };
    }
    if target.tail().is_some() {
        return fault(
            format!("this is the URL of a request, and {client} wants the base URL"),
            "the client adds the end of it",
        );
    }
    let missing = right.strip_prefix(path).filter(|missing| missing.starts_with('/'));
    if let Some(missing) = missing {
        return fault(format!("the base URL lacks `{missing}`"), "too short");
    }
    // Some clients of Anthropic's protocol add `/v1/messages`, and others `/messages`.
    let is_longer = path.strip_prefix(right) == Some("/v1") && target.usage.appends.is_none();
    if is_longer {
        return fault(
            "most clients add `/v1/messages` to this themselves".to_owned(),
            "`/v1` may be doubled",
        );
    }
    None
}

/// The protocol whose base URL this is, where it is not the client's.
fn other_protocol<'p>(target: &Target<'p>, protocol: &str) -> Option<&'p str> {
    let family = if protocol == "responses" { "openai" } else { protocol };
    let own = target.provider.base_path(family).unwrap_or_default();
    let below = |base: &str| {
        let rest = target.path.strip_prefix(base).filter(|_| !base.is_empty());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let others = target.provider.bases.iter().map(|base| base.protocol.as_str());
    others.filter(|other| *other != family).find(|other| {
        target.provider.base_path(other).is_some_and(|base| base != own && below(base))
    })
}

/// Nothing is known of the client: what is wrong under every protocol.
fn any_protocol(target: &Target<'_>) -> Option<Fault> {
    let is_request = target.tail().is_some() && target.is_served(&target.path);
    if !is_request && (target.is_begun() || !target.is_familiar()) {
        return None;
    }
    let protocol = target.protocol();
    let right = target.base_path(protocol)?;
    target.endpoint(protocol)?;
    let help = format!("write {}", target.url(right));
    if is_request {
        let message = "this is the URL of a request, under the name of a base URL".to_owned();
        let fault = target.base_fault(message, "most clients add the end of it", help);
        return Some(fault.right(target.url(right)));
    }
    let is_doubled = target.path.contains("/v1/v1");
    let (message, label) = if is_doubled {
        ("`/v1` is doubled".to_owned(), "`/v1` once too often")
    } else {
        let path = &target.path;
        (format!("no endpoint of {} begins with `{path}`", target.provider.name), "the wrong path")
    };
    let fault = target.base_fault(message, label, help).right(target.url(right));
    Some(if is_doubled { fault.hopeless() } else { fault })
}

/// The API has the endpoint, and not on this host.
fn other_host(target: &Target<'_>, protocol: &str, right: &str) -> Option<Fault> {
    let endpoint = target.provider.endpoint(super::kind_of(protocol))?;
    let host = target.provider.hosts.iter().find(|host| endpoint.is_on(&host.serves))?;
    let message = format!(
        "`{}` takes batches only, and {} sends chats",
        target.host(),
        target.usage.client()
    );
    let right = format!("https://{}{right}", host.host);
    Some(target.base_fault(message, "not for chats", format!("write {right}")).right(right))
}

/// The API has no such endpoint at all.
fn not_spoken(target: &Target<'_>, protocol: &str) -> Option<Fault> {
    let is_known = target.provider.endpoint(super::kind_of(protocol)).is_some();
    // A client that adds something else than is known would be judged by guesses.
    if is_known {
        return None;
    }
    let name = &target.provider.name;
    Some(Fault {
        part: Part::Endpoint,
        message: format!("{name} is not known to have an endpoint for {protocol}"),
        label: "no such endpoint is documented".to_owned(),
        help: format!("let {} speak another protocol", target.usage.client()),
        right: None,
        is_firm: false,
        is_answered: true,
        is_hopeless: false,
    })
}
