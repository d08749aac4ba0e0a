//! `asr-input`: a recognition request that is not one recording.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::ModelKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "asr-input",
    severity: Severity::Error,
    summary: "A recognition request does not hold exactly one recording",
    docs: r#"
A recognition model takes one `user` message whose content is a list with exactly one `input_audio` part
and nothing else: no text beside it, no second recording, no other part. The recording is a data URL of
WAV or MP3, or bare base64 with `format` `wav` or `mp3`.

```json bad provider=xiaomi
{"model": "mimo-v2.5-asr", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "Write this down."},
  {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,UklGRjQAAABXQVZF"}}]}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.5-asr", "messages": [{"role": "user", "content": [
  {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,UklGRjQAAABXQVZF"}}]}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// Types of a recording that are recognised, in a data URL.
const TYPES: [&str; 3] = ["audio/wav", "audio/mpeg", "audio/mp3"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((node, model)) = request.live_model() else {
        return;
    };
    let Some(messages) = request.root.get("messages").filter(|list| list.kind() == Kind::Array)
    else {
        return;
    };
    if model.kind != ModelKind::SpeechRecognition || messages.is_empty() {
        return;
    }
    if messages.walk().any(|node| node.is_hole() && node.pointer_from(messages).ends_with("/type"))
    {
        return;
    }
    let mut recordings = Vec::new();
    for (_, part) in request.parts() {
        let Some(kind) = part.get("type") else {
            continue;
        };
        match known_text(kind).as_deref() {
            Some("input_audio") => recordings.push((part, kind)),
            Some(other) => found.push(foreign_part(&model.id, part, kind, other)),
            None => {}
        }
    }
    if let Some((_, again)) = recordings.get(1) {
        found.push(
            Finding::new(
                &RULE,
                Place::value(*again),
                format!("`{}` takes one recording a request, not {}", model.id, recordings.len()),
            )
            .label("one recording too many")
            .related(recordings[0].1, "the first")
            .answer(format!(
                "ASR requires exactly one input_audio part, found: {}",
                recordings.len()
            )),
        );
    }
    found.extend(other_roles(&model.id, messages));
    match recordings.first() {
        Some((part, _)) => found.extend(recording(&model.id, *part)),
        None if found.iter().all(|finding| finding.rule != RULE.id) => {
            let finding = Finding::new(
                &RULE,
                Place::container(messages),
                format!("`{}` takes a recording, and there is none", model.id),
            )
            .label("no `input_audio` part")
            .related(node, "a recognition model")
            .help(
                "send one `user` message with one `input_audio` part; a chat goes to a chat model",
            )
            .answer("ASR request requires a user message with input_audio content");
            // A list without a part is short of the same.
            let contents = messages.elements().filter_map(|message| message.get("content"));
            let empty = contents.filter(|content| content.is_empty());
            found.push(empty.fold(finding, Finding::claim));
        }
        None => {}
    }
}

/// A message beside the one of the user: nothing else is documented, and no refusal is on record.
fn other_roles(model: &str, messages: Node<'_>) -> Option<Finding> {
    let role = messages.elements().find_map(|message| {
        message.get("role").filter(|role| known_text(*role).is_some_and(|role| role != "user"))
    })?;
    let message = format!("`{model}` is documented to take one `user` message and nothing else");
    Some(
        Finding::new(&RULE, Place::value(role), message)
            .severity(Severity::Warning)
            .label("not documented")
            .help("leave this message out")
            .not_refused(),
    )
}

/// A part that is no recording.
fn foreign_part(model: &str, part: Node<'_>, kind: Node<'_>, name: &str) -> Finding {
    if name == "text" {
        let message = format!("`{model}` takes no text beside the recording");
        return Finding::new(&RULE, Place::value(kind), message)
            .label("take this part out")
            .answer(
                "ASR request must not include text parts; text prompt is injected by the gateway",
            );
    }
    let message = format!("`{model}` takes no `{}` part", super::shown(name));
    Finding::new(&RULE, Place::value(kind), message).label("only `input_audio`").claim(part)
}

/// The form of the recording itself.
fn recording(model: &str, part: Node<'_>) -> Option<Finding> {
    let audio = part.get("input_audio")?;
    let data = audio.get("data")?;
    let text = known_text(data)?;
    let finding = |place: Node<'_>, message: String| {
        Finding::new(&RULE, Place::value(place), message)
            .help("write \"data:audio/wav;base64,…\" or \"data:audio/mpeg;base64,…\"")
            .claim(audio)
    };
    if let Some(rest) = text.strip_prefix("data:") {
        let kind = rest.split([';', ',']).next().unwrap_or_default().to_ascii_lowercase();
        return (!TYPES.contains(&kind.as_str())).then(|| {
            finding(data, format!("`{model}` recognises WAV and MP3, not {}", super::shown(&kind)))
                .label("WAV or MP3 only")
        });
    }
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some(
            finding(data, format!("`{model}` takes the recording itself, not a URL"))
                .label("must be a data URL"),
        );
    }
    let Some(format) = audio.get("format") else {
        // Told here, since elsewhere a URL would do as well.
        let message = format!("`{model}` is sent a recording that is no data URL");
        return (!text.is_empty()).then(|| {
            Finding::new(&super::bad_data_url::RULE, Place::value(data), message)
                .label("must be a data URL")
                .help("write \"data:audio/wav;base64,…\" or \"data:audio/mpeg;base64,…\"")
                .answer("… must be a valid data URL with mime type prefix")
                .claim(audio)
        });
    };
    let name = known_text(format)?;
    (!matches!(name.as_ref(), "wav" | "mp3")).then(|| {
        finding(format, format!("`{model}` recognises wav and mp3, not `{}`", super::shown(&name)))
            .label("wav or mp3")
            .answer(format!(
                "input_audio.format must be one of: wav, mp3. Got: {}",
                super::shown(&name)
            ))
    })
}
