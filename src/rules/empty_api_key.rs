//! `empty-api-key`: a header for the key without a key in it.

use super::finding::{Finding, Place};
use super::headers::key_headers;
use super::{Basis, Request, Rule, Setup};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "empty-api-key",
    severity: Severity::Error,
    summary: "The key is empty",
    docs: r#"
A header, a variable or a setting that should carry the key carries nothing: the API answers as if there were no
key at all. In an example that people copy and fill in, such as `.env.example`, it is right.

```json bad
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": ""},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```env bad
MIMO_BASE_URL=https://api.mimo-v2.com/v1
MIMO_API_KEY=
```

```env good file=.env.example
MIMO_BASE_URL=https://api.mimo-v2.com/v1
MIMO_API_KEY=
```
"#,
    basis: Basis::Always,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for header in key_headers(request) {
        if header.key.trim().is_empty() {
            found.push(
                Finding::new(
                    &RULE,
                    Place::value(header.value),
                    format!("the header `{}` carries no key", header.name),
                )
                .label("the key goes here")
                .help("write the variable that holds the key, such as $MIMO_API_KEY"),
            );
        }
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    if setup.entry.is_template {
        return;
    }
    for key in &setup.entry.keys {
        if key.known().is_some_and(|text| text.trim().is_empty()) {
            found.push(
                Finding::new(&RULE, Place::sighting(key), format!("`{}` holds no key", key.name))
                    .label("the key goes here")
                    .help("take the key from the console, or leave the line out"),
            );
        }
    }
}
