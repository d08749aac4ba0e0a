//! `base-url`: a URL that misses the endpoint.

use super::finding::Finding;
use super::url::{self, Faulty, Part};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::fix::Remedy;

/// The rule.
pub static RULE: Rule = Rule {
    id: "base-url",
    severity: Severity::Error,
    summary: "The base URL is too short, too long or that of another protocol",
    docs: r#"
A client adds the path of the request to its base URL: `/chat/completions` to the one that ends in `/v1`, and `/v1/messages` to
the one that ends in `/anthropic`. With `/v1` missing or doubled, with the base URL of the other protocol, or with a whole
URL where a base URL is wanted, every call meets a page that says 404.

The same is told of what is no URL as it stands, such as one with a misspelt scheme, of two slashes in a row, and of a space
before or behind the URL.

It is an error where the tool is known or a request is sent to the URL, and where a variable's name says what its program speaks
(`ANTHROPIC_BASE_URL`) and no program could make the URL work. Elsewhere it is a warning: a program may well add the
rest itself. A bare host is no finding under a name that does not say what is spoken, such as `MIMO_BASE_URL`: as many
programs add the whole path to it as add the end.

```json bad provider=xiaomi
{"method": "POST", "url": "https://api.xiaomimimo.com/chat/completions",
 "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"method": "POST", "url": "https://api.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```

```env bad provider=xiaomi
ANTHROPIC_BASE_URL=https://api.xiaomimimo.com/v1
```

```env good provider=xiaomi
ANTHROPIC_BASE_URL=https://api.xiaomimimo.com/anthropic
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    found.extend(url::in_request(request).and_then(finding));
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(url::in_setup(setup).into_iter().filter_map(finding));
}

fn finding(faulty: Faulty<'_>) -> Option<Finding> {
    let change = faulty.change();
    let Faulty { place, fault, is_known, .. } = faulty;
    if fault.part != Part::Base {
        return None;
    }
    let severity = if fault.is_firm && is_known { Severity::Error } else { Severity::Warning };
    let mut finding = Finding::new(&RULE, place, fault.message).label(fault.label);
    // A bare host is often what a program wants, which adds the path itself.
    let is_safe = severity == Severity::Error;
    finding.remedy = change.map(|change| Remedy::safe_if(is_safe, change));
    let finding = finding.help(fault.help).severity(severity);
    Some(if fault.is_answered { finding } else { finding.not_refused() })
}
