//! `message-order`: a conversation that leaves nothing to answer.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::{DocumentKind, ModelKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "message-order",
    severity: Severity::Warning,
    summary: "A conversation leaves nothing to answer",
    docs: r#"
The model answers what stands last: a `user` message, or the result of a call. On chat completions it is not
documented that a last `assistant` message is continued, nor what comes of `system` messages alone. Neither is
known to be refused, so it is a warning; whatever comes back is no answer that one can count on.

The messages endpoint does continue a last `assistant` message, and a speech model speaks it: there it is fine.

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
"#,
    basis: Basis::Provider,
    check: Some(check),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    if *request.kind != DocumentKind::ChatCompletions {
        return;
    }
    // A model that is not known may be one that speaks.
    if !request.model().is_some_and(|(_, model)| model.kind == ModelKind::Chat) {
        return;
    }
    let Some(messages) = request.root.get("messages").filter(|list| list.kind() == Kind::Array)
    else {
        return;
    };
    let mut roles = Vec::new();
    for message in messages.elements() {
        let role = message.get("role").and_then(|role| Some((role, known_text(role)?)));
        let Some((node, role)) = role else { return };
        roles.push((message, node, role));
    }
    let Some((last, node, role)) = roles.last() else { return };
    if role == "assistant" && is_said(*last) {
        found.push(
            Finding::new(
                &RULE,
                Place::value(*node),
                "the last message is the assistant's: nothing is left to answer",
            )
            .label("an answer, not a question")
            .help("end with a `user` message, or with the result of a call")
            .not_refused(),
        );
    }
    if roles.iter().all(|(_, _, role)| matches!(role.as_ref(), "system" | "developer")) {
        found.push(
            Finding::new(
                &RULE,
                Place::value(*node),
                "nothing is asked: all messages are `system` or `developer`",
            )
            .label("the last message")
            .help("put what is asked into a `user` message")
            .not_refused(),
        );
    }
}

/// Whether an assistant's message is text and nothing else: calls, empty turns and the fields by which
/// other vendors continue a message are told by other rules.
fn is_said(message: Node<'_>) -> bool {
    let has_text = message.get("content").is_some_and(|content| match content.kind() {
        Kind::String => !content.is_hole() && !content.is_empty(),
        Kind::Array => !content.is_empty(),
        _ => false,
    });
    let calls = message.get("tool_calls").is_some_and(|calls| calls.is_hole() || !calls.is_empty());
    has_text && !calls && message.get("prefix").is_none() && message.get("partial").is_none()
}
