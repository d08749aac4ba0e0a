//! `bad-data-url`: media is neither a URL nor a data URL. Found by the JSON Schemas, but for what depends
//! on the model.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
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
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
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
