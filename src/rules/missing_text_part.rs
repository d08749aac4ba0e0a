//! `missing-text-part`: a user message of media alone.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::Kind;
use crate::knowledge::{DocumentKind, ModelKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-text-part",
    severity: Severity::Error,
    summary: "A user message holds media and no text",
    docs: r#"
Beside a recording, a chat model wants a text part that says what to do with it. Beside a picture or a
clip some routes want one too: a warning. The documentation's examples always carry a text part.
Recognition models are the other way round: they take the recording alone.

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": [
  {"type": "input_audio", "input_audio": {"data": "https://example.com/call.wav"}}]}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": [
  {"type": "input_audio", "input_audio": {"data": "https://example.com/call.wav"}},
  {"type": "text", "text": "What is agreed in this call?"}]}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let chats = request.live_model().is_some_and(|(_, model)| model.kind == ModelKind::Chat);
    if *request.kind != DocumentKind::ChatCompletions || !chats {
        return;
    }
    let messages =
        request.root.get("messages").into_iter().flat_map(|messages| messages.elements());
    for message in messages {
        let is_user = message.get("role").and_then(known_text).is_some_and(|role| role == "user");
        let content = message.get("content").filter(|content| content.kind() == Kind::Array);
        let (true, Some(content)) = (is_user, content) else { continue };
        let kinds: Option<Vec<_>> =
            content.elements().map(|part| part.get("type").and_then(known_text)).collect();
        // A part of a kind that is not known may be the text.
        let Some(kinds) = kinds.filter(|kinds| !kinds.is_empty()) else { continue };
        // Another protocol's part is told as one.
        let media = ["image_url", "input_audio", "video_url"];
        if kinds.iter().any(|kind| !media.contains(&kind.as_ref())) {
            continue;
        }
        let severity = if kinds.iter().any(|kind| kind == "input_audio") {
            Severity::Error
        } else {
            Severity::Warning
        };
        found.push(
            Finding::new(
                &RULE,
                Place::container(content),
                "a user message holds media and no text",
            )
            .severity(severity)
            .label("a text part is missing here")
            .help("add {\"type\": \"text\", \"text\": \"…\"} that says what to do with it"),
        );
    }
}
