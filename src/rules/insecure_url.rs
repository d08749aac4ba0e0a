//! `insecure-url`: a URL that is not encrypted.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule, Setup, remedies};
use crate::diagnostic::Severity;
use crate::document::Tree;
use crate::fix::Remedy;
use crate::identify::Address;
use crate::knowledge::Provider;

/// The rule.
pub static RULE: Rule = Rule {
    id: "insecure-url",
    severity: Severity::Warning,
    summary: "The URL of the API begins with http:// and not https://",
    docs: r#"
The key goes over the network in plain text, and whoever stands between can read it. The API is documented under `https://` only.

```json bad
{"method": "POST", "url": "http://api.mimo-v2.com/v1/chat/completions",
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good
{"method": "POST", "url": "https://api.mimo-v2.com/v1/chat/completions",
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Safe,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(address) = request.address else { return };
    // The line that names the URL tells it, and not the body in it again.
    if !request.in_batch && is_insecure(request.provider, address) {
        let tree = request.root.tree();
        found.push(finding(tree, Place::value(tree.node(address.node)), address));
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let set = setup.from_elsewhere(&setup.entry.urls, |entry| &entry.url);
    for url in setup.entry.urls.iter().chain(&set) {
        let Some(address) = url.known().and_then(Address::parse) else { continue };
        if is_insecure(Some(setup.provider), &address) {
            found.push(finding(setup.root.tree(), Place::sighting(url), &address));
        }
    }
}

/// What is wrong with another host is told by the rule on hosts.
fn is_insecure(provider: Option<&Provider>, address: &Address) -> bool {
    let host = address.host.as_deref().filter(|_| address.is_plain);
    // A provider of one's own may be this machine.
    let host = host.filter(|_| !address.is_local());
    provider.zip(host).is_some_and(|(provider, host)| provider.host(host).is_some())
}

fn finding(tree: &Tree<'_>, place: Place, address: &Address) -> Finding {
    let mut finding = Finding::new(&RULE, place, "the key goes over the network in plain text")
        .label("not encrypted")
        .help("write https:// for http://")
        .not_refused();
    // A port of its own may speak plain text alone.
    if address.port.is_none() {
        finding.remedy = remedies::written(tree, place, "http://", "https://").map(Remedy::safe);
    }
    finding
}
