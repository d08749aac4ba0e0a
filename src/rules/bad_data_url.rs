//! `bad-data-url`: media is neither a URL nor a data URL. Found by the JSON Schemas, but for what depends
//! on the model.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::Kind;
use crate::identify::Address;
use crate::knowledge::ModelKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "bad-data-url",
    severity: Severity::Error,
    summary: "Media is neither a URL nor a data URL",
    docs: r#"
Images, audio and video come as a public URL or as `data:<type>;base64,…`. Bare base64, a file path or
a data URL without its type is refused. Bare base64 with a `format` beside it is what speech recognition
takes; a model that listens in a chat documents a URL or a data URL, so there it is a warning.

```json bad
{"model": "mimo-v2-omni", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"}}]}]}
```

```json good
{"model": "mimo-v2-omni", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"}}]}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// Whether a host can be reached from within one network only.
fn is_private(host: &str) -> bool {
    let octets: Vec<u8> = host.split('.').filter_map(|part| part.parse().ok()).collect();
    let by_address = match octets.as_slice() {
        [127 | 10, _, _, _] | [192, 168, _, _] | [169, 254, _, _] | [0, 0, 0, 0] => true,
        [172, second, _, _] => (16..32).contains(second),
        _ => false,
    };
    by_address
        || !host.contains('.')
        || [".local", ".internal", ".localhost"].iter().any(|end| host.ends_with(end))
}

/// Media that lies where the API cannot fetch it.
fn unreachable(request: &Request<'_>, found: &mut Vec<Finding>) {
    for (_, part) in request.parts() {
        let places = [
            ("image_url", "url"),
            ("video_url", "url"),
            ("input_audio", "data"),
            ("source", "url"),
        ];
        for (name, field) in places {
            // In the Responses protocol a picture's address stands there itself.
            let held = part.get(name).map(|media| match media.kind() {
                Kind::String => Some(media),
                _ => media.get(field),
            });
            let Some(node) = held.flatten() else { continue };
            let host = known_text(node).and_then(|url| Address::parse(&url)?.host);
            let Some(host) = host.filter(|host| is_private(host)) else { continue };
            let message = format!("`{host}` cannot be reached from the API");
            found.push(
                Finding::new(&RULE, Place::value(node), message)
                    .severity(Severity::Warning)
                    .label("a host of one's own network")
                    .help("give it a URL that anybody can open, or send a data URL")
                    .answer(""),
            );
        }
    }
}

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    unreachable(request, found);
    let Some((_, model)) = request.live_model() else { return };
    if model.kind == ModelKind::SpeechRecognition {
        return;
    }
    for (_, part) in request.parts() {
        let audio = part.get("input_audio");
        let Some(data) = audio.and_then(|audio| audio.get("data")) else { continue };
        let Some(format) = audio.and_then(|audio| audio.get("format")) else { continue };
        let Some(text) = known_text(data) else { continue };
        let is_url = ["http:", "https:", "data:"].iter().any(|scheme| {
            text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        if is_url || text.is_empty() || format.is_null() {
            continue;
        }
        let kind = known_text(format).filter(|kind| kind.len() <= 8).unwrap_or("wav".into());
        found.push(
            Finding::new(
                &RULE,
                Place::value(data),
                format!("`{}` is sent bare base64 as audio", model.id),
            )
            .severity(Severity::Warning)
            .label(format!("write \"data:audio/{kind};base64,…\""))
            .help(
                "a URL or a data URL is documented; bare base64 with `format` is for speech recognition",
            ),
        );
    }
}
