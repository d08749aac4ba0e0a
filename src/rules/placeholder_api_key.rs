//! `placeholder-api-key`: a text that stands for a key.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::{Finding, Place};
use super::headers::key_headers;
use super::{Basis, Request, Rule, mask};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "placeholder-api-key",
    severity: Severity::Warning,
    summary: "The key is still a placeholder",
    docs: r#"
The text that the documentation prints for a key was never replaced; sent as it stands, it is refused.

In a request fixture it is a warning: the fixture may be a template whose key is filled in later.
A variable (`$MIMO_API_KEY`) says so better, and is no finding.

```json bad
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": "YOUR_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Always,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for header in key_headers(request) {
        let listed = request
            .provider
            .is_some_and(|provider| provider.auth.placeholders.contains(&header.key));
        if (listed || is_placeholder(&header.key)) && !is_redacted(&header.key) {
            found.push(
                Finding::new(
                    &RULE,
                    Place::value(header.value),
                    format!("the header `{}` carries a placeholder, not a key", header.name),
                )
                .label(format!("`{}` is no key", mask(&header.key)))
                .help("write the variable that holds the key, such as $MIMO_API_KEY"),
            );
        }
    }
}

/// Texts that people write for a key that they do not show.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:<[^>]*>|\[[^\]]*\]|\{[^}]*\}",
        r"|(?:sk|tp|ttp)[-_](?:\.{2,}|…|x{3,}|your.*|test|xxx.*|placeholder.*|here|0+|1234.*)",
        r"|.*(?:your|my)[-_ ]?.*(?:key|token|secret).*|(?:mimo|xiaomi)?[-_]?api[-_]?key(?:[-_]?here)?",
        r"|.*[-_ ]here|x{4,}|change[-_ ]?me|replace[-_ ]?(?:me|with.*)|to-?do|placeholder.*|dummy.*|fake.*|example.*|none|null|undefined",
        r"|insert.*|enter.*|fill.*|(?:api[-_]?)?key|token|secret)$",
    ))
    .ok()
});

/// Whether `text` is written where a key should stand, and is none.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && !looks_real(text)
        && PLACEHOLDER.as_ref().is_some_and(|known| known.is_match(text))
}

/// Whether a text has the look of a key whatever words are in it: long, with many digits, and no one
/// sign over and over.
fn looks_real(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let kinds: std::collections::BTreeSet<u8> = text.bytes().collect();
    text.len() >= 20 && digits >= 6 && kinds.len() >= 10
}

/// Whether `text` is what recorders leave in the place of a key.
#[must_use]
pub fn is_redacted(text: &str) -> bool {
    let text = text.trim();
    let word = text.trim_matches(['<', '>', '[', ']', '*', '_', '"']).to_ascii_uppercase();
    matches!(word.as_str(), "FILTERED" | "REDACTED" | "SCRUBBED" | "MASKED" | "HIDDEN")
        || (!text.is_empty() && text.chars().all(|character| character == '*'))
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, is_redacted};

    #[test]
    fn placeholders_are_told_from_keys_and_from_redactions() {
        for text in [
            "YOUR_API_KEY",
            "your-api-key-here",
            "your_mimo_api_key",
            "<your-api-key>",
            "MIMO_API_KEY",
            "sk-...",
            "sk-xxxxxxxx",
            "xxxx",
            "changeme",
            "api-key",
            "sk-your-key",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["sk-c0ffee00112233445566778899aabbccddeeff0011223344", "", "tp-s9q8w7e6r5"] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(is_redacted("**REDACTED**") && is_redacted("***") && is_redacted("<FILTERED>"));
        assert!(!is_redacted("sk-1"));
    }
}
