//! `wrong-protocol`: a tool in another protocol's form.

use super::finding::{Finding, Place};
use super::foreign_message;
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule, tool_forms};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::fix::Remedy;
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-protocol",
    severity: Severity::Error,
    summary: "A tool, a call or a part of a message is written in another protocol's form",
    docs: r#"
The three protocols write a function differently:

- chat completions: `{"type": "function", "function": {"name": …, "parameters": …}}`
- messages (Anthropic): `{"name": …, "input_schema": …}`
- responses: `{"type": "function", "name": …, "parameters": …}`

So are the calls in a history, their results and the parts of a message: a picture is `image_url` in chat completions, `image` with a
`source` in messages, and `input_image` in responses.

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
    fixes: Fixes::Safe,
    check: Some(check),
    check_entry: None,
};

/// Whose form a tool, a call or a part has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
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
        if let Some(form) = form_of(tool).filter(|form| *form != wanted) {
            found.push(wrong_tool(tool, form, wanted));
        }
    }
    let list = if wanted == Form::Responses { "input" } else { "messages" };
    let messages = request.root.get(list).into_iter().flat_map(|list| list.elements());
    for message in messages {
        if let Some(finding) = foreign_message::find(message, wanted) {
            found.push(finding);
            continue;
        }
        if wanted == Form::Chat {
            let calls = message.get("tool_calls").into_iter().flat_map(|calls| calls.elements());
            found.extend(calls.filter_map(wrong_call));
        }
        found.extend(match wanted {
            Form::Responses => parts_of_an_item(message),
            _ => message.get("content").and_then(|content| wrong_parts(content, wanted)),
        });
    }
}

impl Form {
    fn whose(self) -> &'static str {
        match self {
            Form::Chat => "that of chat completions",
            Form::Messages => "Anthropic's",
            Form::Responses => "that of the Responses API",
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Form::Chat => "chat completions",
            Form::Messages => "messages",
            Form::Responses => "responses",
        }
    }

    fn tool(self) -> &'static str {
        match self {
            Form::Chat => {
                "{\"type\": \"function\", \"function\": {\"name\": …, \"parameters\": …}}"
            }
            Form::Messages => "{\"name\": …, \"description\": …, \"input_schema\": …}",
            Form::Responses => "{\"type\": \"function\", \"name\": …, \"parameters\": …}",
        }
    }
}

fn wrong_tool(tool: Node<'_>, form: Form, wanted: Form) -> Finding {
    let message =
        format!("the form of this tool is {}, not that of {}", form.whose(), wanted.kind());
    let finding = Finding::new(&RULE, Place::container(tool), message)
        .label("another protocol's form")
        .help(format!("write {}", wanted.tool()))
        .claim(tool);
    let finding = Finding { remedy: tool_forms::of_tool(tool, form, wanted), ..finding };
    if wanted == Form::Chat { finding.answer("`function` is not set") } else { finding }
}

/// A call in the history that is written as a Responses item or a block of Anthropic's.
fn wrong_call(call: Node<'_>) -> Option<Finding> {
    let has = |name: &str| call.get(name).is_some();
    if has("function") || !has("name") || !(has("arguments") || has("input")) {
        return None;
    }
    let form = if has("input") { Form::Messages } else { Form::Responses };
    let message =
        format!("the form of this call is {}, not that of chat completions", form.whose());
    let right = "write {\"id\": …, \"type\": \"function\", \"function\": {\"name\": …, \"arguments\": \"{…}\"}}";
    let finding = Finding::new(&RULE, Place::container(call), message)
        .label("another protocol's form")
        .help(right)
        .answer("`function` is not set");
    let finding = Finding { remedy: tool_forms::of_call(call), ..finding };
    Some(finding.claim(call))
}

/// The types of content that one protocol alone has, and what the others write for them.
const PARTS: [(&str, Form, &str, &str); 8] = [
    ("input_text", Form::Responses, "text", "text"),
    ("output_text", Form::Responses, "text", "text"),
    ("input_image", Form::Responses, "image_url", "image"),
    ("image_url", Form::Chat, "image_url", "image"),
    ("image", Form::Messages, "image_url", "image"),
    ("tool_use", Form::Messages, "tool_calls", "tool_use"),
    ("tool_result", Form::Messages, "tool message", "tool_result"),
    ("thinking", Form::Messages, "reasoning_content", "thinking"),
];

/// The parts of one content that are another protocol's: one finding, since they come together.
fn wrong_parts(content: Node<'_>, wanted: Form) -> Option<Finding> {
    if content.kind() != Kind::Array {
        return None;
    }
    let foreign: Vec<_> = content
        .elements()
        .filter_map(|part| {
            let kind = part.get("type")?;
            let text = known_text(kind)?;
            let row = PARTS.iter().find(|(name, form, ..)| *name == text && *form != wanted)?;
            // A picture in the place of chat completions has the wrong name, not the wrong form.
            let misnamed = text == "image" && part.get("source").is_none();
            (!misnamed).then_some((part, kind, row))
        })
        .collect();
    let (_, _, (name, form, in_chat, in_messages)) = *foreign.first()?;
    let right = if wanted == Form::Chat { in_chat } else { in_messages };
    let message = format!(
        "`{name}` is a part of {} protocol, not of {}",
        match form {
            Form::Chat => "the chat completions",
            Form::Messages => "Anthropic's",
            Form::Responses => "the Responses",
        },
        wanted.kind()
    );
    let help = match right {
        &"tool message" => "write a message with the role `tool` and a `tool_call_id`".to_owned(),
        &"tool_calls" | &"reasoning_content" => format!("write it as `{right}` of the message"),
        _ => format!("write {}", example(right)),
    };
    let places: Vec<_> = foreign.iter().map(|(part, kind, _)| (*part, *kind)).collect();
    told_once(message, help, &places, tool_forms::of_parts(&places, wanted))
}

/// One finding at the first of `places`, each a part and its type, that claims and shows them all.
fn told_once(
    message: String,
    help: String,
    places: &[(Node<'_>, Node<'_>)],
    remedy: Option<Remedy>,
) -> Option<Finding> {
    let ((first, kind), rest) = places.split_first()?;
    let mut finding = Finding::new(&RULE, Place::value(*kind), message)
        .label("another protocol's part")
        .help(help)
        .claim(*first);
    for (part, kind) in rest {
        finding = finding.claim(*part).related(*kind, "and here");
    }
    finding.remedy = remedy;
    Some(finding)
}

/// The types of content that the other protocols have, whose they are, and what the Responses API writes for them.
const IN_RESPONSES: [(&str, &str, &str); 6] = [
    ("text", "chat completions and messages", "{\"type\": \"input_text\", \"text\": \"…\"}"),
    ("image_url", "chat completions", "{\"type\": \"input_image\", \"image_url\": \"https://…\"}"),
    ("image", "messages", "{\"type\": \"input_image\", \"image_url\": \"https://…\"}"),
    ("tool_use", "messages", "it as an item of `input`: {\"type\": \"function_call\", …}"),
    (
        "tool_result",
        "messages",
        "it as an item of `input`: {\"type\": \"function_call_output\", …}",
    ),
    ("thinking", "messages", "it as an item of `input`: {\"type\": \"reasoning\", …}"),
];

/// The parts of an item of a Responses input that another protocol writes.
fn parts_of_an_item(item: Node<'_>) -> Option<Finding> {
    let content = item.get("content").filter(|content| content.kind() == Kind::Array)?;
    let mut first = None;
    let mut places = Vec::new();
    for part in content.elements() {
        let Some(kind) = part.get("type") else { continue };
        let Some(text) = known_text(kind) else { continue };
        if let Some(row) = IN_RESPONSES.iter().find(|(name, ..)| *name == text) {
            first.get_or_insert(row);
            places.push((part, kind));
        }
    }
    let (name, whose, right) = first?;
    let role = item.get("role").and_then(known_text);
    let is_answer = role.is_some_and(|role| role == "assistant");
    let right = if *name == "text" && is_answer {
        "{\"type\": \"output_text\", \"text\": \"…\"}"
    } else {
        right
    };
    let message = format!("`{name}` is a part of {whose}, not of the Responses protocol");
    let text = if is_answer { "output_text" } else { "input_text" };
    told_once(message, format!("write {right}"), &places, tool_forms::of_texts(&places, text))
}

/// A part as the wanted protocol writes it.
fn example(kind: &str) -> &'static str {
    match kind {
        "image_url" => "{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://…\"}}",
        "image" => "{\"type\": \"image\", \"source\": {\"type\": \"url\", \"url\": \"https://…\"}}",
        _ => "{\"type\": \"text\", \"text\": \"…\"}",
    }
}
