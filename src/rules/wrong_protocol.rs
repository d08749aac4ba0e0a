//! `wrong-protocol`: a tool in another protocol's form.

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-protocol",
    severity: Severity::Error,
    summary: "A tool is written in another protocol's form",
    docs: r#"
The three protocols write a function differently:

- chat completions: `{"type": "function", "function": {"name": …, "parameters": …}}`
- messages (Anthropic): `{"name": …, "input_schema": …}`
- responses: `{"type": "function", "name": …, "parameters": …}`

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "What does AAPL trade at?"}],
 "tools": [{"type": "function", "name": "get_quote", "parameters": {"type": "object"}}], "tool_choice": "auto"}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "What does AAPL trade at?"}],
 "tools": [{"type": "function", "function": {"name": "get_quote", "parameters": {"type": "object"}}}], "tool_choice": "auto"}
```
"#,
    basis: Basis::Provider,
    check: Some(check),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Chat,
    Messages,
    Responses,
}

fn form_of(tool: Node<'_>) -> Option<Form> {
    let has = |name: &str| tool.get(name).is_some();
    if tool.kind() != Kind::Object {
        None
    } else if has("function") {
        Some(Form::Chat)
    } else if has("input_schema") {
        Some(Form::Messages)
    } else if has("name") && has("parameters") {
        Some(Form::Responses)
    } else {
        None
    }
}

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let wanted = match request.kind {
        DocumentKind::ChatCompletions => Form::Chat,
        DocumentKind::Messages => Form::Messages,
        DocumentKind::Responses => Form::Responses,
        _ => return,
    };
    for tool in request.tools() {
        let Some(form) = form_of(tool).filter(|form| *form != wanted) else {
            continue;
        };
        let written = match form {
            Form::Chat => "that of chat completions",
            Form::Messages => "Anthropic's",
            Form::Responses => "that of the Responses API",
        };
        let (kind, right) = match wanted {
            Form::Chat => (
                "chat completions",
                "{\"type\": \"function\", \"function\": {\"name\": …, \"parameters\": …}}",
            ),
            Form::Messages => {
                ("messages", "{\"name\": …, \"description\": …, \"input_schema\": …}")
            }
            Form::Responses => {
                ("responses", "{\"type\": \"function\", \"name\": …, \"parameters\": …}")
            }
        };
        let finding = Finding::new(
            &RULE,
            Place::container(tool),
            format!("the form of this tool is {written}, not that of {kind}"),
        )
        .label("another protocol's form")
        .help(format!("write {right}"))
        .claim(tool);
        found.push(match wanted {
            Form::Chat => finding.answer("`function` is not set"),
            _ => finding,
        });
    }
}
