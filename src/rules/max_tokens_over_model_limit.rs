//! `max-tokens-over-model-limit`: more output asked for than the model can give.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "max-tokens-over-model-limit",
    severity: Severity::Error,
    summary: "More output tokens are asked for than the model can give",
    docs: r#"
Each model has a limit of its own for the tokens of one answer; a chat model's 131072 is not a speech
model's. A context window (262144, 1048576) taken for the output limit is the usual cause.

```json bad provider=xiaomi
{"model": "mimo-v2.5-tts", "max_completion_tokens": 16384, "messages": [
  {"role": "assistant", "content": "Good evening."}], "audio": {"format": "wav"}}
```

```json good provider=xiaomi
{"model": "mimo-v2.5-tts", "max_completion_tokens": 8192, "messages": [
  {"role": "assistant", "content": "Good evening."}], "audio": {"format": "wav"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: Some(check_entry),
};

/// The names of the limit in the request's protocol; another protocol's is an unknown field.
fn names(kind: &DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::ChatCompletions => &["max_completion_tokens", "max_tokens"],
        DocumentKind::Messages => &["max_tokens"],
        DocumentKind::Responses => &["max_output_tokens"],
        _ => &[],
    }
}

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((node, model)) = request.live_model() else {
        return;
    };
    let Some(most) = model.max_output else { return };
    let named = names(request.kind).iter().copied();
    for (name, value) in named.filter_map(|name| Some((name, request.root.get(name)?))) {
        // Digits past 64 bits are over every limit; a fraction is another rule's matter.
        let over = value.is_integer() && value.as_f64().is_some_and(|asked| asked > most as f64);
        if !over {
            continue;
        }
        let asked = value.raw();
        let message =
            format!("`{}` gives at most {most} tokens, and {asked} are asked for", model.id);
        let finding = Finding::new(&RULE, Place::value(value), message)
            .label(format!("at most {most}"))
            .value("field", name)
            .value("limit", most.to_string())
            .related(node, "for this model")
            .remedy(Remedy::risky(Change::word(value, most.to_string())))
            .claim(value);
        // The API's words are on record for chat completions alone.
        let is_chat = *request.kind == DocumentKind::ChatCompletions;
        found.push(if is_chat { finding } else { finding.answer("") });
    }
}

/// What a tool is told to ask for at most. That it is refused is inferred: a tool may ask for less.
fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    for limit in &setup.entry.output_limits {
        let asked = limit.known().and_then(|text| text.parse::<u64>().ok());
        let named = setup.model_of(limit);
        let most = named.as_ref().and_then(|named| named.live()?.max_output);
        let (Some(asked), Some(most), Some(named)) = (asked, most, named) else { continue };
        if asked > most {
            let message =
                format!("`{}` gives at most {most} tokens, and {asked} are set", named.id);
            found.push(
                Finding::new(&RULE, Place::sighting(limit), message)
                    .severity(Severity::Warning)
                    .label(format!("at most {most}"))
                    .value("field", limit.name.clone())
                    .value("limit", most.to_string())
                    .related_at(named.place, "for this model"),
            );
        }
    }
}
