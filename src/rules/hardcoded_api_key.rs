//! `hardcoded-api-key`: a key in a file that is shared.

use super::finding::{Finding, Place};
use super::keys::{self, Judgement, Key};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "hardcoded-api-key",
    severity: Severity::Warning,
    summary: "A key stands in a file that is shared",
    docs: r#"
A key that looks real stands in plain text in a request, a tool's settings or an example that people copy. Whoever reads the
file, or its history, can use it. The same is told of a key that stands where a tool wants the name of the variable
that holds it, and of one with a space, quotes or the word `Bearer` around it. An environment file such as `.env` is the place for a key, and a file that a
`.gitignore` names is no finding.

```json bad provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"api-key": "sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"api-key": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```env bad provider=xiaomi file=.env.example
MIMO_BASE_URL=https://api.xiaomimimo.com/v1
MIMO_API_KEY=sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
```

```env good provider=xiaomi file=.env.example
MIMO_BASE_URL=https://api.xiaomimimo.com/v1
MIMO_API_KEY=sk-...
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for key in keys::of_request(request).iter().filter(|key| is_real(key)) {
        tell(key, &format!("the header `{}`", key.name), found);
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    // An environment file is where keys belong, unless people are to copy it.
    if setup.is_env && !setup.entry.is_template {
        return;
    }
    let keys = keys::of_setup(setup);
    // What is in the file can be read there whether it is sent or not.
    let mut all = keys::in_reserve(setup);
    all.retain(|one| keys.iter().all(|key| key.place.span != one.place.span || !is_real(key)));
    all.extend(keys);
    for key in all.iter().filter(|key| is_real(key)) {
        tell(key, &format!("`{}`", key.name), found);
    }
    for name in setup.entry.key_variables.iter().filter(|name| keys::is_key_for_name(name)) {
        let message = format!("`{}` holds a key, and wants the name of a variable", name.name);
        found.push(
            Finding::new(&RULE, Place::sighting(name), message)
                .label("the name of the variable goes here")
                .help("write the variable's name, and set the variable to the key; if the file was ever shared, have a new key made")
                .not_refused(),
        );
    }
}

fn is_real(key: &Key) -> bool {
    let is_real = match key.judgement {
        Judgement::Sound => keys::looks_real(key.text()),
        // What was pasted with a key hides it from nobody.
        Judgement::Malformed(_) => key.alone().is_some_and(keys::looks_real),
        _ => false,
    };
    is_real && key.elsewhere.is_none()
}

fn tell(key: &Key, name: &str, found: &mut Vec<Finding>) {
    found.push(
        Finding::new(&RULE, key.place, format!("{name} holds a key in plain text"))
            .label("whoever reads this file can use it")
            .help("keep the key in a variable; if the file was ever shared, have a new key made")
            .not_refused(),
    );
}
