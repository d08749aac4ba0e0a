//! `missing-auth`: a request without a key.

use super::finding::{Finding, Place};
use super::headers::headers;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node, is_hole};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-auth",
    severity: Severity::Error,
    summary: "None of the headers carries a key",
    docs: r#"
The headers beside a request to the API are given, and none of them carries a key. It is told where these are what a
person wrote to be sent: a `Content-Type` is among them, and nothing that only a client adds. A recording may have lost its key
on purpose, and settings may take the key from elsewhere: both are left alone.

```json bad
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"Content-Type": "application/json"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"Content-Type": "application/json", "api-key": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// What only a client that sends a request adds.
const ADDED: [&str; 8] = [
    "user-agent",
    "host",
    "content-length",
    "accept-encoding",
    "connection",
    "date",
    "traceparent",
    "via",
];

/// Parts of the names of headers and fields that may carry a key in one way or another.
const CARRIERS: [&str; 7] = ["auth", "key", "token", "cookie", "secret", "credential", "sign"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(list) = request.headers.filter(|list| list.kind() == Kind::Object) else { return };
    let is_sent = request.host_use().is_some() && !request.in_batch && request.kind.is_request();
    if !is_sent {
        return;
    }
    let names: Vec<String> =
        headers(request).iter().map(|header| header.name.to_ascii_lowercase()).collect();
    let says = |wanted: &str| names.iter().any(|name| name == wanted);
    let may_carry = names.iter().any(|name| carries(name) || is_hole(name));
    if may_carry
        || ADDED.iter().any(|name| says(name))
        || names.iter().any(|name| name.starts_with("x-"))
    {
        return;
    }
    if !says("content-type") || has_auth_beside(list) || has_query_key(request) {
        return;
    }
    let by: Vec<String> = request
        .provider
        .into_iter()
        .flat_map(|provider| &provider.auth.headers)
        .filter(|header| header.kinds.iter().any(|kind| kind == request.kind.name()))
        .map(|header| match &header.scheme {
            Some(scheme) => format!("`{}: {scheme} $MIMO_API_KEY`", header.name),
            None => format!("`{}: $MIMO_API_KEY`", header.name),
        })
        .collect();
    found.push(
        Finding::new(&RULE, Place::container(list), "none of the headers carries a key")
            .label("a header with the key is missing")
            .help(format!("accepted: {}", by.join(" or "))),
    );
}

fn carries(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CARRIERS.iter().any(|part| name.contains(part))
}

/// Whether something beside the headers is about the key: `"auth": {…}`.
fn has_auth_beside(headers: Node<'_>) -> bool {
    let Some(root) = headers.tree().root() else { return false };
    let around = root.walk().find(|node| {
        node.kind() == Kind::Object
            && node.members().any(|member| member.value.id() == headers.id())
    });
    around.is_some_and(|around| around.members().any(|member| carries(&member.key.name())))
}

/// Whether the URL carries the key, which is another fault.
fn has_query_key(request: &Request<'_>) -> bool {
    let Some(address) = request.address else { return false };
    let url = request.root.tree().node(address.node).as_str().unwrap_or_default();
    url.split_once('?').is_some_and(|(_, query)| carries(query))
}
