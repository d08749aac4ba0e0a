//! `model-capability`: a request for what the model cannot do.

use super::finding::{Finding, Place};
use super::model_use::ModelUse;
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::document::Node;
use crate::fix::{Change, Remedy};
use crate::knowledge::{Model, ModelKind, ModelStatus, Provider};

/// The rule.
pub static RULE: Rule = Rule {
    id: "model-capability",
    severity: Severity::Error,
    summary: "The model does not take what the request holds",
    docs: r#"
Images, audio and video go to the omni models only: a text model answers 404, wherever in the history
the picture stands. Speech models take chat completions only.

```json bad
{"model": "mimo-v2-flash", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "How many cats?"},
  {"type": "image_url", "image_url": {"url": "https://example.com/cats.jpg"}}]}]}
```

```json good
{"model": "mimo-v2-omni", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "How many cats?"},
  {"type": "image_url", "image_url": {"url": "https://example.com/cats.jpg"}}]}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: Some(check_entry),
};

/// What a content part brings, by its type, in every protocol.
const MEDIA: [(&str, &str); 6] = [
    ("image_url", "image"),
    ("image", "image"),
    ("input_image", "image"),
    ("input_audio", "audio"),
    ("video_url", "video"),
    ("input_video", "video"),
];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let (Some(provider), Some((node, model))) = (request.provider, request.model()) else {
        return;
    };
    // What has ended, or is not the provider's at all, is told once, by the rule on that.
    if !model.is_listed() || model.has_ended(request.today) {
        return;
    }
    if !model.endpoints.iter().any(|endpoint| endpoint == request.kind.name()) {
        found.push(wrong_endpoint(request, model, node));
        return;
    }
    found.extend(other_kinds_fields(request, model));
    found.extend(foreign_preview(request, model));
    if model.kind == ModelKind::SpeechRecognition {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for (_, part) in request.parts() {
        let Some(kind) = part.get("type") else {
            continue;
        };
        let Some(name) = known_text(kind) else {
            continue;
        };
        let Some((_, media)) = MEDIA.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        // One cause: the first picture stands for all of them.
        if model.input.iter().any(|input| input == media) || told.contains(media) {
            continue;
        }
        told.push(media);
        let finding = no_media(provider, model, node, kind, media);
        // Of a speech model no such refusal is on record.
        let is_chat = model.kind == ModelKind::Chat;
        found.push(if is_chat { finding } else { finding.severity(Severity::Warning).answer("") });
    }
}

/// What a tool's settings say that its model takes. The model is refused only with what it does not take.
fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    // What every other tool here does is chat; a variable may be meant for speech, and a gateway for all.
    let client = &setup.entry.client;
    let chats = !client.is_generic && !client.relays;
    for named in ModelUse::of_setup_once(setup) {
        // What is just listed may be for something else, where the tool's data does not say what it is for.
        let stated = setup.entry.purpose;
        let Some(purpose) = stated.or((chats && !named.is_choice).then_some(ModelKind::Chat))
        else {
            continue;
        };
        let Some(model) = named.live().filter(|model| !serves(model.kind, purpose)) else {
            continue;
        };
        let (what, label) = match purpose {
            ModelKind::Chat => ("chat model", "the tool sends conversations"),
            ModelKind::SpeechSynthesis => ("speech model", "the tool sends text to be spoken"),
            ModelKind::SpeechRecognition => {
                ("speech recognition model", "the tool sends recordings")
            }
        };
        // What a request of this protocol is refused for, the tool's first one is.
        let is_served = model.endpoints.iter().any(|endpoint| endpoint == named.kind);
        let is_refused = chats && !is_served && !named.is_choice && named.is_certain;
        found.push(
            Finding::new(&RULE, named.place, format!("`{}` is no {what}", model.id))
                .severity(if is_refused { Severity::Error } else { Severity::Warning })
                .label(label)
                .answer(""),
        );
    }
    for input in &setup.entry.inputs {
        let media = match input.known() {
            Some("true" | "image" | "images" | "image_input" | "vision") => "image",
            Some("audio") => "audio",
            Some("video") => "video",
            _ => continue,
        };
        let Some(named) = setup.model_of(input) else { continue };
        let Some(model) = named.live().filter(|model| model.kind == ModelKind::Chat) else {
            continue;
        };
        if model.input.iter().any(|known| known == media) {
            continue;
        }
        let message = format!("the model `{}` takes no {media} input", model.id);
        found.push(
            Finding::new(&RULE, Place::sighting(input), message)
                .severity(Severity::Warning)
                .value("value", media)
                .label("switch it off, or take another model")
                .related_at(named.place, format!("it takes {} only", model.input.join(", "))),
        );
    }
}

/// Whether a model does what it is asked for. A chat model may hear, and write down what it has heard.
fn serves(kind: ModelKind, purpose: ModelKind) -> bool {
    kind == purpose || (kind == ModelKind::Chat && purpose == ModelKind::SpeechRecognition)
}

/// Fields that are documented for models of some kinds only (X-oai, X-asr, R-tts).
const OF_KINDS: [(&str, ModelKind, &str); 7] = [
    ("tools", ModelKind::Chat, "for chat models only"),
    ("tool_choice", ModelKind::Chat, "for chat models only"),
    ("thinking", ModelKind::Chat, "for chat models only"),
    ("response_format", ModelKind::Chat, "for chat models only"),
    ("stop", ModelKind::Chat, "for chat models only"),
    ("audio", ModelKind::SpeechSynthesis, "for speech models only"),
    ("asr_options", ModelKind::SpeechRecognition, "for speech recognition only"),
];

/// What a model is documented not to take. No refusal is on record, so it is a warning.
fn other_kinds_fields(request: &Request<'_>, model: &Model) -> Vec<Finding> {
    let foreign = OF_KINDS.iter().filter(|(_, kind, _)| *kind != model.kind);
    foreign
        .filter_map(|(name, _, label)| Some((request.root.member(name)?, label)))
        .filter(|(member, _)| !member.value.is_null())
        .map(|(member, label)| {
            let message = format!("`{}` takes no `{}`", model.id, member.key.name());
            Finding::new(&RULE, Place::key(&member), message)
                .severity(Severity::Warning)
                .label(*label)
                .help("leave it out")
                .remedy(Remedy::risky(Change::remove(member.value)))
                .not_refused()
        })
        .collect()
}

/// A preview of the text is documented for designed voices only (X-tts).
fn foreign_preview(request: &Request<'_>, model: &Model) -> Option<Finding> {
    let voice = model.speech.as_ref().map(|speech| speech.voice.as_str())?;
    let member = request.root.get("audio")?.member("optimize_text_preview")?;
    if voice == "design" || member.value.is_null() || member.value.as_bool() == Some(false) {
        return None;
    }
    let message = format!("`{}` takes no `audio.optimize_text_preview`", model.id);
    Some(
        Finding::new(&RULE, Place::key(&member), message)
            .severity(Severity::Warning)
            .label("for designed voices only")
            .help("leave it out")
            .remedy(Remedy::risky(Change::remove(member.value)))
            .not_refused(),
    )
}

fn wrong_endpoint(request: &Request<'_>, model: &Model, node: Node<'_>) -> Finding {
    let what = match model.kind {
        ModelKind::SpeechSynthesis => "a speech model",
        ModelKind::SpeechRecognition => "a speech recognition model",
        ModelKind::Chat => "a chat model",
    };
    Finding::new(
        &RULE,
        Place::value(node),
        format!("`{}` is {what} and takes no {} requests", model.id, request.kind.name()),
    )
    .label(format!("takes {}", model.endpoints.join(", ")))
    .answer("")
}

fn no_media(
    provider: &Provider,
    model: &Model,
    node: Node<'_>,
    kind: Node<'_>,
    media: &str,
) -> Finding {
    let able: Vec<&str> = provider
        .models
        .iter()
        .filter(|other| {
            other.kind == ModelKind::Chat
                && other.status == ModelStatus::Current
                && other.is_listed()
                && other.input.iter().any(|input| input == media)
        })
        .map(|other| other.id.as_str())
        .collect();
    let finding = Finding::new(
        &RULE,
        Place::value(kind),
        format!("the model `{}` takes no {media} input", model.id),
    )
    .value("value", media)
    .label(format!("this {media} is refused, wherever in the history it stands"))
    .related(node, format!("`{}` takes {} only", model.id, model.input.join(", ")));
    if able.is_empty() {
        return finding.help(format!("take the {media} out"));
    }
    let plural = if media == "audio" { "" } else { "s" };
    finding.help(format!(
        "models that take {media}{plural}: {}; or take the {media} out",
        able.join(", ")
    ))
}
