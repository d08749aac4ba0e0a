//! `malformed-api-key`: a text that no API has for a key.

use super::finding::Finding;
use super::keys::{self, Judgement, Key, Slip};
use super::{Basis, Fixes, Request, Rule, Setup, remedies};
use crate::diagnostic::Severity;
use crate::document::Tree;
use crate::fix::{Change, Remedy};

/// The rule.
pub static RULE: Rule = Rule {
    id: "malformed-api-key",
    severity: Severity::Error,
    summary: "The key is not a key as it stands",
    docs: r#"
What was pasted is not the key alone: a line break, a space or a comma came with it, quotes, the word `Bearer` or the name of its variable became a part of
it, its middle is covered as the console shows it, or it is a variable in a form that this tool does not fill in.
It is sent as it stands, and refused. The same is told of a key in the braces of a variable (`${sk-…}`). A line break makes clients fail before they send anything.

Which forms of a variable a tool fills in stands in its file in `schemas/clients/`. Beside a request every form is
taken for one that is filled in. A covered key there is a warning: a recorder may have covered it. In an example that people copy and fill in it is no finding.

```json bad provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Authorization": "Bearer Bearer $MIMO_API_KEY"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Authorization": "Bearer $MIMO_API_KEY"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```env bad provider=xiaomi
MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1
MIMO_API_KEY="tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6\n"
```

```env good provider=xiaomi
MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1
MIMO_API_KEY="tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6"
```

```json bad provider=xiaomi file=.claude/settings.json
{"env": {"ANTHROPIC_BASE_URL": "https://api.xiaomimimo.com/anthropic", "ANTHROPIC_AUTH_TOKEN": "${MIMO_API_KEY}"}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Safe,
    check: Some(check),
    check_entry: Some(check_entry),
};

const HELP: &str = "copy the key from the console, all of it and nothing else";

const NAMED: &str = "write the name of a variable, and set it to the key; if the file was ever shared, have a new key made";

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for key in keys::of_request(request) {
        let Judgement::Malformed(slip) = key.judgement else { continue };
        let severity = if slip == Slip::Masked { Severity::Warning } else { Severity::Error };
        let message = format!("the header `{}` {}", key.name, slip.words());
        found.push(
            fixed(Finding::new(&RULE, key.place, message), request.root.tree(), &key)
                .severity(severity)
                .label(slip.label())
                .help(HELP),
        );
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    if setup.entry.is_template {
        return;
    }
    for key in keys::of_setup(setup) {
        let Judgement::Malformed(slip) = key.judgement else { continue };
        if keys::is_told_elsewhere(setup, &key) {
            continue;
        }
        // Marks of a template engine: the file may be filled in as a whole before the tool reads it.
        // `${…}` and `{env:…}` are those of other tools.
        let is_template = slip == Slip::Unfilled
            && key.text().contains(['{', '<', '%'])
            && !key.text().starts_with("${")
            && !key.text().starts_with("{env:");
        let severity = if is_template { Severity::Warning } else { keys::severity(setup, &key) };
        let help = match slip {
            Slip::Unfilled => unfilled(setup),
            Slip::Named => NAMED.to_owned(),
            _ => HELP.to_owned(),
        };
        let message = format!("`{}` {}", key.name, slip.words());
        found.push(
            fixed(Finding::new(&RULE, key.place, message), setup.root.tree(), &key)
                .severity(severity)
                .label(key.label(slip.label()))
                .help(help),
        );
    }
}

/// What was pasted with the key goes, where the key alone is left.
fn fixed(mut finding: Finding, tree: &Tree<'_>, key: &Key) -> Finding {
    let written = key.as_written();
    let (first, second) = written.as_bytes().split_at(written.len() / 2);
    if key.judgement == Judgement::Malformed(Slip::Twice) && first == second {
        let node = tree.node(key.place.node);
        let end = node.as_str().filter(|said| said.ends_with(written)).map(|said| said.len());
        finding.remedy = end.filter(|_| key.elsewhere.is_none()).map(|end| {
            let range = end - second.len()..end;
            Remedy::safe(Change::Part { node: node.id(), range, to: String::new() })
        });
        return finding;
    }
    if let Some(kept) = key.alone().filter(|_| key.elsewhere.is_none()) {
        let said = tree.node(key.place.node).as_str();
        let prefix = said.as_deref().and_then(|said| said.strip_suffix(key.as_written()));
        finding.remedy = prefix.and_then(|prefix| remedies::trimmed(tree, key.place, prefix, kept));
    }
    finding
}

/// How the tool wants a variable written, if it knows one.
fn unfilled(setup: &Setup<'_>) -> String {
    let client = &setup.entry.client;
    match client.expands.first() {
        Some(form) => {
            format!("what is filled in here is `{}`", form.replace("NAME", "MIMO_API_KEY"))
        }
        None => format!("{} fills in no variables here: give it the key itself", client.name),
    }
}
