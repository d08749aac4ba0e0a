//! `duplicate-tool-name`: two tools of one name.

use std::collections::HashMap;

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::Node;
use crate::fix::{Change, Remedy, text_of};

/// The rule.
pub static RULE: Rule = Rule {
    id: "duplicate-tool-name",
    severity: Severity::Error,
    summary: "Two tools have the same name",
    docs: r#"
The names of a request's tools must differ. Two tool servers that bring a tool of the same name are the
usual cause.

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "What is on tomorrow?"}], "tools": [
  {"type": "function", "function": {"name": "list_events", "parameters": {"type": "object"}}},
  {"type": "function", "function": {"name": "list_events", "parameters": {"type": "object"}}}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "What is on tomorrow?"}], "tools": [
  {"type": "function", "function": {"name": "work_list_events", "parameters": {"type": "object"}}},
  {"type": "function", "function": {"name": "home_list_events", "parameters": {"type": "object"}}}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Safe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let mut seen: HashMap<String, (Node<'_>, Node<'_>)> = HashMap::new();
    for tool in request.tools() {
        let Some(name) = tool.get("function").unwrap_or(tool).get("name") else {
            continue;
        };
        let Some(text) = known_text(name).filter(|text| !text.is_empty()) else {
            continue;
        };
        match seen.get(text.as_ref()) {
            Some((first, called)) => {
                let message = format!("two tools are called `{}`", super::mask(&text));
                let finding = Finding::new(&RULE, Place::value(name), message)
                    .label("the same name again")
                    .related(*called, "first here")
                    .help("keep one, or give one a prefix");
                // One tool twice is once too often; of two that differ one cannot be chosen.
                let is_same = text_of(*first).is_some_and(|text| Some(text) == text_of(tool));
                let remedy = is_same.then(|| Remedy::safe(Change::Drop { element: tool.id() }));
                found.push(Finding { remedy, ..finding });
            }
            None => {
                seen.insert(text.into_owned(), (tool, name));
            }
        }
    }
}
