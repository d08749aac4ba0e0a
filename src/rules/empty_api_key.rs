//! `empty-api-key`: a place for the key without a key in it.

use super::finding::Finding;
use super::keys::{self, Judgement, Key};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "empty-api-key",
    severity: Severity::Error,
    summary: "The key is empty",
    docs: r#"
A header, a variable or a setting that should carry the key carries nothing: the API answers as if there were no
key at all. In an example that people copy and fill in, such as `.env.example`, it is right, and so it is where
another key of the same connection is set.

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
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for key in keys::of_request(request) {
        if key.judgement == Judgement::Empty {
            found.push(
                Finding::new(&RULE, key.place, format!("the header `{}` carries no key", key.name))
                    .label("the key goes here")
                    .help("write the variable that holds the key, such as $MIMO_API_KEY"),
            );
        }
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let all = keys::of_setup(setup);
    if setup.entry.is_template || has_another(setup, &all) || is_unused(setup) {
        return;
    }
    for key in all.iter().filter(|key| key.judgement == Judgement::Empty) {
        if keys::is_told_elsewhere(setup, key) || keys::is_overridden(setup, &key.name) {
            continue;
        }
        // A tool may take the key that is left out from somewhere else.
        let may_be_left =
            key.is_null || setup.entry.client.is_fallback() || keys::may_be_left(setup);
        let severity = if may_be_left { Severity::Warning } else { keys::severity(setup, key) };
        found.push(
            Finding::new(&RULE, key.place, format!("`{}` holds no key", key.name))
                .severity(severity)
                .label(key.label("the key goes here"))
                .help("take the key from the console, or leave the line out"),
        );
    }
}

/// Whether it is a provider that the tool brings itself, and that nothing in the file uses: tools write such
/// entries for all that they know, without a key.
fn is_unused(setup: &Setup<'_>) -> bool {
    let entry = setup.entry;
    entry.built_in.is_some() && entry.models.is_empty() && entry.urls.is_empty()
}

/// Whether the connection has a key nevertheless.
fn has_another(setup: &Setup<'_>, all: &[Key]) -> bool {
    let filled_in = setup.entry.keys.iter().filter(|key| key.known().is_none()).count();
    let read = all.iter().filter(|key| key.by_variable).count();
    filled_in + setup.entry.key_variables.len() > read
        || all.iter().any(|key| key.judgement != Judgement::Empty)
}
