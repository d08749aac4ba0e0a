//! `unaccepted-response-type`: an `Accept` header that does not allow what the API answers with.

use super::finding::{Finding, Place};
use super::headers::headers;
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule, mask};
use crate::diagnostic::Severity;
use crate::document::Kind;
use crate::fix::{Change, Remedy};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unaccepted-response-type",
    severity: Severity::Error,
    summary: "The Accept header does not allow JSON",
    docs: r#"
The API answers in JSON, speech included: the audio comes as base64 inside it. A request whose `Accept` header
allows only something else, such as the audio type that a speech endpoint of another vendor answers with, is
refused.

```json bad provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Accept": "audio/mpeg"},
 "body": {"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Chapter one."}],
          "audio": {"format": "mp3", "voice": "Chloe"}}}
```

```json good provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Accept": "application/json"},
 "body": {"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Chapter one."}],
          "audio": {"format": "mp3", "voice": "Chloe"}}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: None,
};

/// What lets an answer through; of the last nothing is known but that streams are of it.
const FINE: [&str; 4] = ["application/json", "application/*", "*/*", "text/event-stream"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    // The header may be there more than once, or have a list of values: together they are one list.
    let values = headers(request)
        .into_iter()
        .filter(|header| header.name.eq_ignore_ascii_case("accept"))
        .map(|header| header.value)
        .filter(|value| value.kind() == Kind::String);
    let texts: Option<Vec<_>> = values.map(|value| Some((value, known_text(value)?))).collect();
    let Some(texts) = texts else { return };
    let said = texts.iter().filter(|(_, text)| !text.trim().is_empty());
    let Some((value, text)) = said.clone().next() else { return };
    if said.flat_map(|(_, text)| text.split(',')).any(allows) {
        return;
    }
    let is_refused = text.trim().starts_with("audio/");
    let json = Change::text(*value, "application/json");
    let remedy = (texts.len() == 1).then(|| Remedy::safe_if(is_refused, json));
    let finding = Finding::new(
        &RULE,
        Place::value(*value),
        format!("the API answers in JSON, and `Accept` allows only `{}`", shown(text)),
    )
    // Seen with sound; that other types fare no better is inferred.
    .severity(if is_refused { Severity::Error } else { Severity::Warning })
    .label("no JSON")
    .help("accept `application/json`; audio comes as base64 inside it");
    found.push(Finding { remedy, ..finding });
}

/// Whether one range of an `Accept` header lets an answer through.
fn allows(range: &str) -> bool {
    let mut parts = range.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let never = parts.any(|part| {
        let weight = part.to_ascii_lowercase();
        weight.strip_prefix("q=").and_then(|weight| weight.parse::<f64>().ok()) == Some(0.0)
    });
    !never && (FINE.contains(&kind.as_str()) || kind.ends_with("+json"))
}

fn shown(text: &str) -> String {
    mask(&super::shown(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::allows;

    #[test]
    fn ranges_are_read_with_their_weights() {
        for range in [
            "application/json",
            " */*;q=0.1",
            "Application/JSON; charset=utf-8",
            "text/event-stream",
        ] {
            assert!(allows(range), "{range}");
        }
        for range in ["audio/mpeg", "application/json;q=0", "text/html", ""] {
            assert!(!allows(range), "{range}");
        }
    }
}
