//! `message-order`: a conversation that leaves nothing to answer, or in which the wrong side calls.

use std::borrow::Cow;

use super::conversation::{Turn, misplaced, written};
use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::{DocumentKind, ModelKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "message-order",
    severity: Severity::Warning,
    summary: "A conversation leaves nothing to answer, or the wrong side calls a tool",
    docs: r#"
The model answers what stands last: a `user` message, or the result of a call. For chat completions and
responses it is not documented that a last `assistant` message is continued (nor `prefix` or `partial`, by
which other vendors ask for that), nor what comes of `system` messages alone. Neither is known to be
refused, so it is a warning; whatever comes back is no answer that one can count on.

The messages endpoint does continue a last `assistant` message, and a speech model speaks it: there it is
fine. Nothing else is known of the order: the first message may be the assistant's, and `system` messages
may stand anywhere.

It is the assistant that calls a tool, and the other side that answers: a call in a `user` message and a
`tool_result` block in the assistant's belong to no one.

```json bad
{"model": "mimo-v2-pro", "messages": [
  {"role": "user", "content": "Name a river."}, {"role": "assistant", "content": "The Min."}]}
```

```json good
{"model": "mimo-v2-pro", "messages": [
  {"role": "user", "content": "Name a river."}, {"role": "assistant", "content": "The Min."},
  {"role": "user", "content": "Another one."}]}
```

```json bad
{"model": "mimo-v2-pro", "messages": [{"role": "system", "content": "Translate into French: good morning."}]}
```

```json good
{"model": "mimo-v2-pro", "messages": [
  {"role": "system", "content": "Translate into French."}, {"role": "user", "content": "Good morning."}]}
```

```json bad
{"model": "mimo-v2-pro", "messages": [
  {"role": "user", "content": "The weather in Wuhan?"},
  {"role": "user", "content": "", "tool_calls": [
    {"id": "w1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "w1", "content": "16 C"}]}
```

```json good
{"model": "mimo-v2-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "The weather in Wuhan?"},
  {"role": "assistant", "content": "", "tool_calls": [
    {"id": "w1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "w1", "content": "16 C"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// Fields by which other vendors ask that the last message be continued.
const CONTINUE: [&str; 2] = ["prefix", "partial"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    found.extend(written(request).filter_map(|turn| wrong_side(&turn)));
    let list = match request.kind {
        DocumentKind::ChatCompletions => "messages",
        DocumentKind::Responses => "input",
        _ => return,
    };
    // A model that is not known may be one that speaks.
    let chats = request.live_model().is_some_and(|(_, model)| model.kind == ModelKind::Chat);
    let list = request.root.get(list).filter(|list| chats && list.kind() == Kind::Array);
    let Some(last) = list.and_then(|list| list.elements().last()) else { return };
    let role = |message: Node<'_>| message.get("role").and_then(known_text).map(Cow::into_owned);
    let Some(place) = last.get("role").filter(|role| known_text(*role).is_some()) else { return };
    if role(last).as_deref() == Some("assistant") {
        if is_said(last) {
            found.push(ends_with_the_assistant(last, place));
        }
        return;
    }
    let mut roles = list.into_iter().flat_map(|list| list.elements()).map(role);
    if roles.all(|role| matches!(role.as_deref(), Some("system" | "developer"))) {
        found.push(
            Finding::new(
                &RULE,
                Place::value(place),
                "nothing is asked: all messages are `system` or `developer`",
            )
            .label("the last message")
            .help("put what is asked into a `user` message")
            .not_refused(),
        );
    }
}

/// A turn that makes the calls of the other side, or answers its own.
fn wrong_side(turn: &Turn<'_>) -> Option<Finding> {
    let (role, right) = misplaced(turn)?;
    let what = if right == "assistant" { "calls" } else { "results" };
    let said = known_text(role)?;
    let message = format!("a message of the role `{said}` holds {what} of tools");
    let finding = Finding::new(&RULE, Place::value(role), message);
    Some(finding.label(format!("{what} stand in a message of the role `{right}`")))
}

fn ends_with_the_assistant(last: Node<'_>, place: Node<'_>) -> Finding {
    let message = "the last message is the assistant's: nothing is left to answer";
    let mut finding = Finding::new(&RULE, Place::value(place), message)
        .label("an answer, not a question")
        .help("end with a `user` message, or with the result of a call")
        .not_refused();
    for member in CONTINUE.iter().filter_map(|name| last.member(name)) {
        // The field is unknown for the same cause.
        finding.claims.push(member.key.span());
        finding.help = Some(format!(
            "`{}` is not known here: end with a `user` message; only the messages endpoint continues \
             the assistant's",
            member.key.name()
        ));
    }
    finding
}

/// Whether an assistant's message says something and calls nothing: a call is still to be answered, and
/// an empty turn is another rule's matter.
fn is_said(message: Node<'_>) -> bool {
    let has_text = message.get("content").is_some_and(|content| match content.kind() {
        Kind::String => !content.is_hole() && !content.is_empty(),
        Kind::Array => !content.is_empty(),
        _ => false,
    });
    let calls = message.get("tool_calls").is_some_and(|calls| calls.is_hole() || !calls.is_empty());
    has_text && !calls
}
