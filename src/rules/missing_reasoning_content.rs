//! `missing-reasoning-content`: a tool call without the reasoning that led to it.

use super::conversation::turns;
use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Member, Node};
use crate::knowledge::{DocumentKind, similar};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-reasoning-content",
    severity: Severity::Error,
    summary: "A turn with tool calls lacks its reasoning, and thinking is on",
    docs: r#"
While thinking is on (asked for, or by the model's default), every assistant turn that made tool calls
must carry the `reasoning_content` it came with; in the Anthropic protocol, its `thinking` block.
Clients that drop it are refused from the second round on. An empty string passes by some reports and
not by others: a warning. With thinking switched off, by `thinking` or by a `reasoning_effort` of `none`,
nothing is asked for.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [
  {"role": "user", "content": "Which tags were pushed?"},
  {"role": "assistant", "content": "Looking.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "tags", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "v3.2.0"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [
  {"role": "user", "content": "Which tags were pushed?"},
  {"role": "assistant", "content": "Looking.", "reasoning_content": "The tags tell.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "tags", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "v3.2.0"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(why) = thinking(request) else { return };
    for turn in turns(request).iter().filter(|turn| !turn.calls.is_empty() && !turn.has_hole) {
        // A call in another's turn is misplaced, and no reasoning would mend it.
        let role = turn.node.get("role").and_then(known_text);
        if role.is_some_and(|role| role != "assistant") {
            continue;
        }
        match request.kind {
            DocumentKind::ChatCompletions => found.extend(chat(request, turn.node, why)),
            DocumentKind::Messages => found.extend(blocks(turn.node, turn.calls[0].node, why)),
            _ => {}
        }
    }
}

/// Why thinking is on; `None` where it is off or not known.
fn thinking(request: &Request<'_>) -> Option<&'static str> {
    let effort = request.root.get("reasoning_effort");
    if effort.is_some_and(|effort| effort.is_hole() || effort.as_str().as_deref() == Some("none")) {
        return None;
    }
    if let Some(thinking) = request.root.get("thinking") {
        let kind = thinking.get("type").and_then(known_text)?;
        return (kind == "enabled").then_some("thinking is enabled");
    }
    let (_, model) = request.live_model()?;
    (model.features.thinking.as_deref() == Some("on"))
        .then_some("thinking is on by the model's default")
}

const HELP: &str = "pass it back as it was received, or switch thinking off: \"thinking\": {\"type\": \"disabled\"}";

/// The field of reasoning in chat completions.
const FIELD: &str = "reasoning_content";

/// The reasoning of a message under another name.
fn misnamed<'t>(request: &Request<'t>, message: Node<'t>) -> Option<Member<'t>> {
    let aliases = request.aliases(message);
    message.members().find(|member| {
        let name = member.key.name();
        aliases.get(name.as_ref()).is_some_and(|meant| meant == FIELD)
            || similar::nearest(&name, [FIELD]).is_some()
    })
}

fn missing(request: &Request<'_>, message: Node<'_>, why: &str) -> Finding {
    let words = format!("the assistant turn with tool calls lacks `{FIELD}`");
    let Some(member) = misnamed(request, message) else {
        return Finding::new(&RULE, Place::container(message), words)
            .label(format!("`{FIELD}` is missing here; {why}"))
            .help(HELP);
    };
    let name = member.key.name();
    let words = format!("{words}, and `{}` is not read", super::mask(&super::shown(&name)));
    Finding::new(&RULE, Place::key(&member), words)
        .label(format!("did you mean `{FIELD}`?"))
        .help(format!("{why}: {HELP}"))
        // The field is unknown for the same cause.
        .claim(member.key.node())
}

fn chat(request: &Request<'_>, message: Node<'_>, why: &str) -> Option<Finding> {
    match message.get(FIELD) {
        None => Some(missing(request, message, why)),
        Some(reasoning) => {
            let empty =
                reasoning.is_null() || known_text(reasoning).is_some_and(|text| text.is_empty());
            empty.then(|| {
                Finding::new(
                    &RULE,
                    Place::value(reasoning),
                    "the `reasoning_content` of a turn with tool calls is empty",
                )
                .severity(Severity::Warning)
                .label("refused by some versions")
                .help(HELP)
            })
        }
    }
}

fn blocks(message: Node<'_>, call: Node<'_>, why: &str) -> Option<Finding> {
    let content = message.get("content")?;
    let has_thinking = content.elements().any(|block| {
        block
            .get("type")
            .and_then(known_text)
            .is_some_and(|kind| kind == "thinking" || kind == "redacted_thinking")
    });
    (!has_thinking).then(|| {
        Finding::new(
            &RULE,
            Place::container(message),
            "the assistant turn with a `tool_use` block lacks its `thinking` block",
        )
        .label(format!("the `thinking` block is missing here; {why}"))
        .related(call.get("type").unwrap_or(call), "before this block")
        .help("keep the `thinking` block before `tool_use` as it was received, or switch thinking off: \"thinking\": {\"type\": \"disabled\"}")
    })
}
