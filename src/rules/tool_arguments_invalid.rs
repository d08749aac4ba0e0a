//! `tool-arguments-invalid`: the arguments of a call are no JSON.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::extract::{Syntax, extract};
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "tool-arguments-invalid",
    severity: Severity::Error,
    summary: "The arguments of a tool call are not a JSON object in a string",
    docs: r#"
`arguments` is a string that holds a JSON object. A call that was cut off at the output limit, or that
takes nothing and was stored as an empty string, breaks every later round of the conversation.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Run the linter."},
  {"role": "assistant", "content": "Running.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "lint", "arguments": "{\"path\": \"sr"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "0 problems"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Run the linter."},
  {"role": "assistant", "content": "Running.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "lint", "arguments": "{\"path\": \"src\"}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "0 problems"}]}
```
"#,
    basis: Basis::Provider,
    check: Some(check),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for arguments in all_arguments(request) {
        let Some(text) = known_text(arguments) else {
            continue;
        };
        if text.trim().is_empty() {
            found.push(
                Finding::new(&RULE, Place::value(arguments), "the arguments of the call are empty")
                    .label("write \"{}\"")
                    .help("a call without arguments carries an empty JSON object: \"{}\""),
            );
            continue;
        }
        extract(Syntax::Json, &text, &mut |document| {
            let fault = match (document.errors.first(), document.root()) {
                (Some(error), _) => Some(error.message.clone()),
                (None, Some(root)) if root.kind() != Kind::Object => {
                    Some(format!("they are {}, not an object", root.kind_name()))
                }
                _ => None,
            };
            if let Some(fault) = fault {
                found.push(
                    Finding::new(
                        &RULE,
                        Place::value(arguments),
                        format!("the arguments of the call are not a JSON object: {fault}"),
                    )
                    .label("not a JSON object in a string")
                    .help("repair the string, or write \"{}\"; a call cut off by the output limit must be dropped or mended"),
                );
            }
        });
    }
}

/// The `arguments` of every call in the history.
fn all_arguments<'t>(request: &Request<'t>) -> Vec<Node<'t>> {
    match request.kind {
        DocumentKind::ChatCompletions => request
            .root
            .get("messages")
            .into_iter()
            .flat_map(|messages| messages.elements())
            .filter_map(|message| message.get("tool_calls"))
            .flat_map(|calls| calls.elements())
            .filter_map(|call| call.get("function")?.get("arguments"))
            .collect(),
        DocumentKind::Responses => request
            .root
            .get("input")
            .into_iter()
            .flat_map(|input| input.elements())
            .filter(|item| {
                item.get("type").and_then(known_text).is_some_and(|kind| kind == "function_call")
            })
            .filter_map(|item| item.get("arguments"))
            .collect(),
        _ => Vec::new(),
    }
}
