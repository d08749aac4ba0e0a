//! `media-too-large`: media in base64 over the limit.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::{Limit, ModelKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "media-too-large",
    severity: Severity::Error,
    summary: "Media is larger than the API takes",
    docs: r#"
Media in base64 may have so many bytes and no more: an image, a recording or a video 50 MB, a recording for
recognition and the sample of a cloned voice 10 MB. Base64 is a third longer than the file that it holds. A URL
may lead to larger files, which requestlint does not fetch. The limits are read as the larger of the two
meanings of MB.

In these examples `…` stands for as many letters as `fill` says.

```json bad provider=xiaomi fill=10485761
{"model": "mimo-v2.5-asr", "messages": [{"role": "user", "content": [
  {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,…"}}]}]}
```

```json good provider=xiaomi fill=1000
{"model": "mimo-v2.5-asr", "messages": [{"role": "user", "content": [
  {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,…"}}]}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// Where a part holds media: its field, the member of that which holds the data, the limit's id, and
/// what it is.
const MEDIA: [(&str, &str, &str, &str); 4] = [
    ("image_url", "url", "image-base64", "image"),
    ("input_audio", "data", "audio-base64", "recording"),
    ("video_url", "url", "video-base64", "video"),
    ("source", "data", "image-base64", "image"),
];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(provider) = request.provider else { return };
    let model = request.model().map(|(_, model)| model);
    let recognises = model.is_some_and(|model| model.kind == ModelKind::SpeechRecognition);
    for (_, part) in request.parts() {
        for (field, member, id, what) in MEDIA {
            let id = match id {
                "audio-base64" if recognises => "recognition-base64",
                other => other,
            };
            let data = part.get(field).and_then(|held| match held.kind() {
                Kind::Object => held.get(member),
                _ => Some(held),
            });
            found.extend(data.and_then(|data| over(data, provider.limit(id)?, what)));
        }
    }
    let clones =
        model.and_then(|model| model.speech.as_ref()).is_some_and(|speech| speech.voice == "clone");
    let sample = request.root.get("audio").and_then(|audio| audio.get("voice"));
    let sample = sample.filter(|_| clones);
    let limit = provider.limit("voice-clone-base64");
    found.extend(sample.and_then(|sample| over(sample, limit?, "sample")));
}

/// The finding where the base64 of `data` is over `limit`.
fn over(data: Node<'_>, limit: &Limit, what: &str) -> Option<Finding> {
    let most = limit.bytes()?;
    // Most strings need no look inside.
    if data.kind() != Kind::String || data.raw().len() as u64 <= most {
        return None;
    }
    let text = known_text(data)?;
    if text.starts_with("http://") || text.starts_with("https://") {
        return None;
    }
    let base64 = text.split_once(',').map_or(text.as_ref(), |(_, base64)| base64);
    let size = base64.len() as u64;
    (size > most).then(|| {
        Finding::new(
            &RULE,
            Place::value(data),
            format!("the {what} is {size} bytes of base64, more than the {most} accepted"),
        )
        .label(format!("at most {most} bytes"))
        .help("make it smaller, or, where a URL is taken, send the URL of the file")
    })
}
