//! `json-mode-without-json`: jSON is asked for, and no message says so.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::Kind;
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "json-mode-without-json",
    severity: Severity::Warning,
    summary: "JSON is asked for, and no message says so",
    docs: r#"
JSON mode says nothing of the fields. The documentation's own example asks for them in a message; without
that their names and forms are the model's guess.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "response_format": {"type": "json_object"}, "messages": [{"role": "user", "content": "Name three rivers."}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "response_format": {"type": "json_object"}, "messages": [{"role": "user", "content": "Name three rivers, as JSON with the field rivers."}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let format = match request.kind {
        DocumentKind::Responses => request.root.get("text").and_then(|text| text.get("format")),
        DocumentKind::ChatCompletions => request.root.get("response_format"),
        _ => None,
    };
    let Some(kind) = format.and_then(|format| format.get("type")) else { return };
    if known_text(kind).is_none_or(|kind| kind != "json_object") {
        return;
    }
    let said = ["messages", "input", "instructions"]
        .iter()
        .filter_map(|name| request.root.get(name))
        .flat_map(|part| part.walk())
        .any(|node| {
            node.is_hole()
                || (node.kind() == Kind::String && node.raw().to_ascii_lowercase().contains("json"))
        });
    if !said {
        found.push(
            Finding::new(
                &RULE,
                Place::value(kind),
                "JSON is asked for, and no message speaks of JSON",
            )
            .label("say it in a message too")
            .help("ask for JSON, and name the fields, in the system or the user message")
            .not_refused(),
        );
    }
}
