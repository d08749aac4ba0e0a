//! `tts-voice`: a voice that the speech model does not take.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule, mask};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::fix::{Change, Remedy};
use crate::knowledge::{Model, Speech, similar};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tts-voice",
    severity: Severity::Error,
    summary: "The voice does not fit the speech model",
    docs: r#"
A model with preset voices takes one of their names. A model that designs a voice takes no `voice` at
all, and one that clones a voice takes a sample as a data URL (WAV or MP3). Voices of other vendors are
refused. The case of a name does not matter.

```json bad provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Chapter one."}],
 "audio": {"format": "wav", "voice": "alloy"}}
```

```json good provider=xiaomi
{"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Chapter one."}],
 "audio": {"format": "wav", "voice": "Chloe"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((_, model)) = request.live_model() else {
        return;
    };
    let Some(speech) = &model.speech else { return };
    let audio = request.root.get("audio").filter(|audio| !audio.is_hole());
    let voice = audio.and_then(|audio| audio.get("voice"));
    match (speech.voice.as_str(), voice) {
        ("preset", Some(voice)) => found.extend(preset(model, speech, voice)),
        ("design", Some(voice)) => found.push(
            Finding::new(
                &RULE,
                Place::value(voice),
                format!("`{}` designs its voice and takes none", model.id),
            )
            .label("leave it out")
            .help("the voice is made from the description in the `user` message")
            .answer("audio.voice is not supported for voice design model")
            .remedy(Remedy::safe(Change::remove(voice)))
            .claim(voice),
        ),
        ("clone", None) => {
            let place = audio.filter(|audio| audio.kind() == Kind::Object).unwrap_or(request.root);
            found.push(clone_missing(model, place, audio.is_none()));
        }
        ("clone", Some(voice)) => found.extend(cloned(model, voice)),
        _ => {}
    }
}

fn preset(model: &Model, speech: &Speech, voice: Node<'_>) -> Option<Finding> {
    let name = known_text(voice)?;
    // A provider that lists no voices refuses none by name.
    let known = speech.voices.is_empty()
        || speech.voices.iter().any(|known| known.eq_ignore_ascii_case(&name));
    (!known).then(|| {
        let meant = similar::nearest(&name, speech.voices.iter().map(String::as_str));
        let shown = mask(&super::shown(&name)).into_owned();
        let mut finding = Finding::new(
            &RULE,
            Place::value(voice),
            format!("`{}` has no voice `{shown}`", model.id),
        );
        finding.remedy = meant.map(|meant| Remedy::risky(Change::text(voice, meant)));
        finding
            .label(
                meant
                    .map_or("no such voice".to_owned(), |meant| format!("did you mean `{meant}`?")),
            )
            .help(format!("voices: {}", speech.voices.join(", ")))
            .answer(format!(
                "Unknown voice: {shown}. Available voices: [{}]",
                speech.voices.join(", ")
            ))
    })
}

fn clone_missing(model: &Model, place: Node<'_>, no_audio: bool) -> Finding {
    let (message, answer) = if no_audio {
        (
            "no `audio` with a sample of one is given",
            "audio must not be empty for voice clone model",
        )
    } else {
        ("no sample of one is given", "audio.voice must not be empty for voice clone model")
    };
    Finding::new(
        &RULE,
        Place::container(place),
        format!("`{}` clones a voice, and {message}", model.id),
    )
    .label("`audio.voice` is missing")
    .help("`audio.voice` is a WAV or MP3 sample as \"data:audio/wav;base64,…\"")
    .answer(answer)
}

/// A data URL of any audio type; the group is its type.
static SAMPLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^data:([a-z0-9.+/-]+);base64,").ok());

fn cloned(model: &Model, voice: Node<'_>) -> Option<Finding> {
    let finding = |message: String| {
        Finding::new(&RULE, Place::value(voice), message)
            .help("write the sample as \"data:audio/wav;base64,…\" or \"data:audio/mpeg;base64,…\"")
            .claim(voice)
    };
    if voice.is_hole() {
        return None;
    }
    let Some(text) = voice.as_str() else {
        return Some(
            finding(format!(
                "the sample for `{}` must be a string, not {}",
                model.id,
                voice.kind_name()
            ))
            .label("must be a data URL")
            .answer("audio.voice must not be empty for voice clone model"),
        );
    };
    let captures = SAMPLE.as_ref()?.captures(&text);
    let Some(kind) = captures.and_then(|found| found.get(1)) else {
        return Some(
            finding(format!("the sample for `{}` must be a data URL", model.id))
                .label("not a data URL")
                .answer("audio.voice must be a DataURL for voice clone model"),
        );
    };
    let kind = kind.as_str().to_ascii_lowercase();
    let accepted = ["audio/wav", "audio/mpeg", "audio/mp3", "audio/x-wav", "audio/wave"];
    (!accepted.contains(&kind.as_str())).then(|| {
        finding(format!(
            "the sample for `{}` must be WAV or MP3, not {}",
            model.id,
            super::shown(&kind)
        ))
        .label("WAV or MP3 only")
        .answer(format!(
            "Unsupported audio.voice source format: {}. Supported formats: [wav, mp3]",
            super::shown(kind.rsplit('/').next().unwrap_or_default())
        ))
    })
}
