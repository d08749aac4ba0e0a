//! `wrong-method`: an HTTP method that the endpoint does not take.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::url::is_own;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-method",
    severity: Severity::Error,
    summary: "The HTTP method is not the one that the endpoint takes",
    docs: r#"
Requests with a body are sent by `POST`; lists and states are read by `GET`.

```json bad provider=xiaomi
{"method": "GET", "url": "https://api.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"method": "POST", "url": "https://api.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Safe,
    check: Some(check),
    check_entry: None,
};

/// Methods that browsers and monitors send before or beside a request.
const ASKING: [&str; 2] = ["OPTIONS", "HEAD"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let (Some(provider), Some(address)) = (request.provider, request.address) else { return };
    // A batch line's method is a field like another, and its schema holds it.
    let is_line = request.in_batch || request.kind.name() == "batch-line";
    if is_line || !is_own(request.catalog, Some(provider), Some(address)) {
        return;
    }
    let Some(method) = address.method.map(|method| request.root.tree().node(method)) else {
        return;
    };
    let Some(written) = known_text(method) else { return };
    let name = written.trim().to_ascii_uppercase();
    let path = address.steps();
    let wanted: Vec<&str> = provider
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.is_at(&path))
        .map(|endpoint| endpoint.method.as_str())
        .collect();
    let Some(first) = wanted.first() else { return };
    if name.is_empty() || wanted.contains(&name.as_str()) || ASKING.contains(&name.as_str()) {
        return;
    }
    let message = format!("`{path}` does not take {name}");
    found.push(
        Finding::new(&RULE, Place::value(method), message)
            .label("another method is wanted")
            .help(format!("write {first}"))
            .remedy(Remedy::safe(Change::text(method, *first))),
    );
}
