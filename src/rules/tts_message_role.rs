//! `tts-message-role`: a speech request whose messages are not what a speech model takes.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::fix::{Change, Remedy};
use crate::knowledge::{Model, ModelKind, causes};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tts-message-role",
    severity: Severity::Error,
    summary: "The text to speak is not in an assistant message",
    docs: r#"
A speech model speaks the content of the `assistant` message. A `user` message only says how: the style,
or, for a designed voice, what the voice is like, which must then be there. A `system` message is
refused.

```json bad provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "user", "content": "Your parcel arrives today."}],
 "audio": {"format": "wav", "voice": "Mia"}}
```

```json good provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Your parcel arrives today."}],
 "audio": {"format": "wav", "voice": "Mia"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((node, model)) = request.live_model() else {
        return;
    };
    let Some(messages) = request.root.get("messages").filter(|list| list.kind() == Kind::Array)
    else {
        return;
    };
    if model.kind != ModelKind::SpeechSynthesis || messages.is_empty() {
        return;
    }
    let mut roles = Vec::new();
    for message in messages.elements() {
        let Some(role) = message.get("role") else {
            return;
        };
        let Some(text) = known_text(role) else { return };
        roles.push((message, role, text));
    }
    for (_, role, text) in &roles {
        if matches!(text.as_ref(), "system" | "developer" | "tool") {
            let message = format!("`{}` takes no `{text}` message", model.id);
            let finding = Finding::new(&RULE, Place::value(*role), message)
                .label("only `user` and `assistant`")
                .related(node, "a speech model");
            // The API's words are on record for `system` alone.
            let finding = if text == "system" {
                finding.answer("messages[N] system role is not allowed for TTS model")
            } else {
                finding.answer("")
            };
            found.push(as_recorded(request, finding, "a system message for a speech model"));
        }
    }
    let previews = request
        .root
        .get("audio")
        .and_then(|audio| audio.get("optimize_text_preview"))
        // One of a wrong type is the schema's matter, and may be meant.
        .is_some_and(|preview| preview.is_hole() || preview.as_bool() != Some(false));
    let is_design = voice(model) == Some("design");
    // A role that there is not may be meant for the one that is missing; the schema tells of it.
    let known = ["system", "developer", "user", "assistant", "tool"];
    if roles.iter().any(|(_, _, role)| !known.contains(&role.as_ref())) {
        return;
    }
    let speaks = roles.iter().any(|(_, _, role)| role == "assistant");
    let needs_none = is_design && previews;
    if !speaks && !needs_none {
        let mut finding =
            no_assistant(model, node, messages, roles.last().map(|(_, role, _)| *role));
        // The only text may also be what describes the voice.
        if let ([(_, role, _)], false) = (roles.as_slice(), is_design) {
            finding.remedy = Some(Remedy::risky(Change::text(*role, "assistant")));
        }
        found.push(finding);
    }
    if is_design {
        let describes =
            roles.iter().any(|(message, _, role)| role == "user" && says_something(*message));
        if !describes {
            let all: Vec<_> = roles.iter().map(|(message, ..)| *message).collect();
            let finding = no_description(model, messages, &all);
            found.push(as_recorded(request, finding, "a designed voice without a description"));
        }
    }
}

/// A finding whose cause the provider itself has told or answered is an error, another a warning.
fn as_recorded(request: &Request<'_>, finding: Finding, cause: &str) -> Finding {
    let provider = request.provider.map(|provider| provider.id.as_str());
    let recorded = causes().iter().filter(|known| known.cause == cause).any(|known| {
        let mut answered = known.providers.iter();
        answered.any(|one| Some(one.id.as_str()) == provider && one.confidence.is_firm())
    });
    if recorded { finding } else { finding.severity(Severity::Warning) }
}

fn voice(model: &Model) -> Option<&str> {
    model.speech.as_ref().map(|speech| speech.voice.as_str())
}

fn says_something(message: Node<'_>) -> bool {
    message.get("content").is_some_and(|content| {
        content.is_hole()
            || !content.is_empty() && content.as_str().is_none_or(|text| !text.trim().is_empty())
    })
}

fn no_assistant(
    model: &Model,
    node: Node<'_>,
    messages: Node<'_>,
    role: Option<Node<'_>>,
) -> Finding {
    let place = role.map_or(Place::container(messages), Place::value);
    Finding::new(
        &RULE,
        place,
        format!("`{}` speaks what an `assistant` message says, and there is none", model.id),
    )
    .label("put the text to speak under the role \"assistant\"")
    .related(node, "a speech model")
}

fn no_description(model: &Model, messages: Node<'_>, all: &[Node<'_>]) -> Finding {
    let user = all.iter().find(|message| {
        message.get("role").is_some_and(|role| role.as_str().is_some_and(|role| role == "user"))
    });
    let place = user
        .and_then(|message| message.get("content"))
        .map_or(Place::container(messages), Place::value);
    Finding::new(
        &RULE,
        place,
        format!("`{}` makes its voice from a description, and there is none", model.id),
    )
    .label("describe the voice in a `user` message")
    .answer("user message content must not be empty for voice design model")
    .claim(messages)
}
