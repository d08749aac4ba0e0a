//! `key-endpoint-mismatch`: a key at a host that does not take it.

use std::borrow::Cow;

use regex::Regex;

use super::finding::{Finding, Place};
use super::keys::{self, Destination, Judgement, Key};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::{Severity, Target};
use crate::identify::Address;
use crate::knowledge::{Catalog, KeyKind, Provider};

/// The rule.
pub static RULE: Rule = Rule {
    id: "key-endpoint-mismatch",
    severity: Severity::Error,
    summary: "The key is for another host",
    docs: r#"
Keys of the pay-as-you-go API begin with `sk-` and go to `api.xiaomimimo.com`; keys of a Token Plan begin with `tp-` or
`ttp-` and go to the `token-plan-…` host of their cluster. Each is refused at the other's host.

What is underlined is the URL, and the key is shown beside it; in a `.env` file the pointer names the key. A reseller has keys of its own: one of
Xiaomi's form there is a warning, since no fact says what form its own have.

Key and URL may stand in different files: a compose file and the `env_file` that it names, settings and the `.env` that
sets their variable, `.env` and `.env.local` (a warning, since a program may read just one of them).

```env bad provider=xiaomi
MIMO_BASE_URL=https://api.xiaomimimo.com/v1
MIMO_API_KEY=tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
```

```env good provider=xiaomi
MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1
MIMO_API_KEY=tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(address) = request.address else { return };
    let (Some(host), Some(provider)) = (&address.host, request.provider) else { return };
    let node = request.root.tree().node(address.node);
    let place =
        Destination { host: Cow::Borrowed(host), node: node.id(), span: node.span(), set: None };
    for key in keys::of_request(request) {
        found.extend(mismatch(&key, &place, provider, request.catalog, false));
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    if setup.entry.is_template {
        return;
    }
    let all = keys::of_setup(setup);
    let hosts = keys::hosts_of_setup(setup);
    let pairs = all.iter().flat_map(|key| hosts.iter().map(move |place| (key, place)));
    for (key, place) in pairs.filter(|(key, place)| !place.is_told_elsewhere(key, setup.catalog)) {
        found.extend(mismatch(key, place, setup.provider, setup.catalog, setup.is_env));
    }
    // What reads one of the two files alone has another key, or none.
    let beside = keys::keys_beside(setup);
    let beside = beside.iter().filter(|_| all.is_empty());
    for (key, place) in beside.flat_map(|key| hosts.iter().map(move |place| (key, place))) {
        let told = mismatch(key, place, setup.provider, setup.catalog, setup.is_env);
        found.extend(told.map(|finding| finding.severity(Severity::Warning)));
    }
    // A key without a URL of its own belongs to the one host that the file names.
    if let (true, Some(place)) = (setup.is_env && hosts.is_empty(), only_host(setup)) {
        let told = all
            .iter()
            .filter_map(|key| mismatch(key, &place, setup.provider, setup.catalog, setup.is_env));
        found.extend(told.map(|finding| finding.severity(Severity::Warning)));
    }
}

fn only_host<'t>(setup: &Setup<'t>) -> Option<Destination<'t>> {
    let mut places = setup.root.members().filter_map(|member| {
        let host = Address::parse(&member.value.as_str()?)?.host?;
        setup.catalog.provider_of_host(&host)?;
        let (node, span) = (member.value.id(), member.value.span());
        Some(Destination { host: host.into(), node, span, set: None })
    });
    let first = places.next()?;
    places.all(|other| other.host == first.host).then_some(first)
}

/// The finding where `key` is of a kind that the host does not take.
fn mismatch(
    key: &Key,
    place: &Destination<'_>,
    provider: &Provider,
    catalog: &Catalog,
    is_env: bool,
) -> Option<Finding> {
    if key.judgement != Judgement::Sound {
        return None;
    }
    // The host decides, whatever API the settings are declared to be for.
    let provider = catalog.provider_of_host(&place.host).map_or(provider, AsRef::as_ref);
    let serves = provider.host_use(&place.host)?;
    let (kind, owner) = match provider.key_kind(key.text()) {
        Some(kind) if kind.hosts.iter().any(|host| host == serves) => return None,
        Some(kind) => (kind, provider),
        None if provider.keys.is_empty() => foreign_kind(key, catalog)?,
        None => return None,
    };
    let where_it_is = match &key.elsewhere {
        Some((file, 0)) => format!("`{}` in {file}", key.name),
        Some((file, line)) => format!("`{}` in {file}:{line}", key.name),
        None => format!("`{}`", key.name),
    };
    let message = format!(
        "{where_it_is} begins with `{}`, and {} takes no such key",
        kind.prefix, place.host
    );
    let fitting = owner.hosts.iter().filter(|host| kind.hosts.contains(&host.serves));
    let fitting: Vec<&str> = fitting.map(|host| host.host.as_str()).collect();
    // In an environment file the pointer names the variable that is refused, and the underline is where
    // its key must not go.
    let is_here = key.elsewhere.is_none();
    let node = if is_here && is_env { key.place.node } else { place.node };
    let at = Place { node, target: Target::Value, span: place.span };
    let mut finding = Finding::new(&RULE, at, message)
        .label(format!("such keys go to {}", fitting.join(", ")))
        .help(format!("`{}` is for: {}", kind.prefix, kind.what));
    if is_here {
        finding = finding.related_at(key.place, "the key");
    }
    Some(finding)
}

/// The kind of another provider's key, where the whole key is of its form.
fn foreign_kind<'c>(key: &Key, catalog: &'c Catalog) -> Option<(&'c KeyKind, &'c Provider)> {
    catalog.providers().iter().find_map(|provider| {
        let kind = provider.key_kind(key.text())?;
        let form = Regex::new(kind.pattern.as_deref()?).ok()?;
        form.is_match(key.text()).then_some((kind, provider.as_ref()))
    })
}
