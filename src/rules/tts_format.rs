//! `tts-format`: an audio format that the speech model does not write.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule, mask};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};
use crate::knowledge::similar;

/// The rule.
pub static RULE: Rule = Rule {
    id: "tts-format",
    severity: Severity::Error,
    summary: "The speech model does not write this audio format",
    docs: r#"
Speech comes as WAV, MP3 or raw PCM. Formats of other vendors (`opus`, `aac`, `flac`) are refused.

```json bad provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Good evening."}],
 "audio": {"format": "opus"}}
```

```json good provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Good evening."}],
 "audio": {"format": "mp3"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((_, model)) = request.live_model() else {
        return;
    };
    let Some(speech) = model.speech.as_ref().filter(|speech| !speech.formats.is_empty()) else {
        return;
    };
    let Some(format) = request.root.get("audio").and_then(|audio| audio.get("format")) else {
        return;
    };
    let Some(text) = known_text(format) else {
        return;
    };
    if speech.formats.iter().any(|known| *known == text) {
        return;
    }
    // Which API is meant is not certain: what another takes for the same model is not refused.
    let taken_elsewhere = request.catalog.providers().iter().any(|other| {
        other
            .model(&model.id)
            .and_then(|model| model.speech.as_ref())
            .is_some_and(|speech| speech.formats.iter().any(|known| *known == text))
    });
    if taken_elsewhere && !request.provider_is_certain() {
        return;
    }
    let meant = similar::nearest(&text, speech.formats.iter().map(String::as_str));
    let finding = Finding::new(
        &RULE,
        Place::value(format),
        format!("`{}` does not write the format `{}`", model.id, mask(&super::shown(&text))),
    )
    .label(match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "not an accepted format".to_owned(),
    })
    .help(format!("accepted: {}", speech.formats.join(", ")))
    .claim(format);
    let remedy = meant.map(|meant| Remedy::risky(Change::text(format, meant)));
    let finding = Finding { remedy, ..finding };
    // Where two pages on one model disagree, a refusal is doubtful.
    found.push(if taken_elsewhere { finding.severity(Severity::Warning) } else { finding });
}
