//! `placeholder-api-key`: a text that stands for a key.

use std::sync::LazyLock;

use regex::Regex;

use super::finding::Finding;
use super::keys::{self, Judgement, Key};
use super::{Basis, Fixes, Request, Rule, Setup, mask};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "placeholder-api-key",
    severity: Severity::Error,
    summary: "The key is still a placeholder",
    docs: r#"
The text that the documentation prints for a key was never replaced; sent as it stands, it is refused.

In a request fixture it is a warning: the fixture may be a template whose key is filled in later.
A variable (`$MIMO_API_KEY`) says so better, and is no finding. In a tool's settings and in a `.env` it is an
error; in an example that people copy and fill in, such as `.env.example`, it is right.
A text that has more in it than such words, letters and digits mixed (`my-key-81f3a9`), is a key, and never shown.
In the file of a tool that is not known, what stands below `exampleConfig` or `placeholders` is an example too.
What a test has for a key (`dummy`, `test`) is a warning where nothing says that it is sent to the API, and no finding
where the file is one that tests run with: a workflow, `.env.test`, `docker-compose.test.yml`.

```json bad
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": "YOUR_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good
{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {"api-key": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```env bad
MIMO_BASE_URL=https://api.mimo-v2.com/v1
MIMO_API_KEY=your_mimo_api_key
```

```env good file=.env.example
MIMO_BASE_URL=https://api.mimo-v2.com/v1
MIMO_API_KEY=your_mimo_api_key
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for key in keys::of_request(request) {
        if key.judgement == Judgement::Placeholder {
            let message = format!("the header `{}` carries a placeholder, not a key", key.name);
            let finding = Finding::new(&RULE, key.place, message)
                .help("write the variable that holds the key, such as $MIMO_API_KEY");
            found.push(finding.severity(Severity::Warning).label(label(&key)));
        }
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    if setup.entry.is_template {
        return;
    }
    for key in keys::of_setup(setup) {
        // In a file that is used and not recorded, what was covered is as far from a key.
        let is_none = matches!(key.judgement, Judgement::Placeholder | Judgement::Redacted);
        if is_none
            && !keys::is_told_elsewhere(setup, &key)
            && !keys::is_overridden(setup, &key.name)
            && !keys::is_for_a_test(setup, &key)
        {
            let message = format!("`{}` holds a placeholder, not a key", key.name);
            // Where the tool runs, the variable may well be set.
            let severity =
                if key.is_default { Severity::Warning } else { keys::severity(setup, &key) };
            found.push(
                Finding::new(&RULE, key.place, message)
                    .severity(severity)
                    .label(label(&key))
                    .help("take the key from the console"),
            );
        }
    }
}

fn label(key: &Key) -> String {
    key.label(&format!("`{}` is no key", mask(key.text())))
}

/// Texts that people write for a key that they do not show.
static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:<[^>]*>|\[[^\]]*\]|\{[^}]*\}",
        r"|(?:sk|tp|ttp)[-_](?:\.{2,}|…|x{3,}|your.*|test|xxx.*|placeholder.*|here|0+|1234.*)",
        r"|(?:sk|tp|ttp)[-_](?:change[-_ ]?me|replace[-_ ]?(?:me|with.*)|to-?do|insert.*|enter.*|dummy.*|fake.*)",
        r"|.*(?:your|my)[-_ ]?.*(?:key|token|secret).*|(?:mimo|xiaomi)?[-_]?api[-_]?key(?:[-_]?here)?",
        r"|.*[-_ ]here|x{3,}|change[-_ ]?me|replace[-_ ]?(?:me|with.*)|to-?do|placeholder.*|dummy.*|fake.*|example.*|none|null|undefined",
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
        && !has_random_part(text)
        && PLACEHOLDER.as_ref().is_some_and(|known| known.is_match(text))
}

/// Whether a text has the look of a key whatever words are in it: long, with many digits, and no one
/// sign over and over.
fn looks_real(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let kinds: std::collections::BTreeSet<u8> = text.bytes().collect();
    text.len() >= 20 && digits >= 6 && kinds.len() >= 10
}

/// Whether something is left of a text, beside the words that placeholders are made of, that nobody writes as
/// a word: letters and digits mixed, or more letters in a row than words have. Then it is a secret with a word
/// in it, and is shown to nobody.
#[must_use]
pub fn has_random_part(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "placeholder",
        "example",
        "replace",
        "xiaomi",
        "secret",
        "change",
        "insert",
        "openai",
        "dummy",
        "token",
        "enter",
        "mimo",
        "your",
        "here",
        "fake",
        "key",
    ];
    let lower = without_runs(&text.to_ascii_lowercase());
    let left = WORDS.iter().fold(lower, |left, word| left.replace(word, " "));
    let is_part = |one: char| one.is_alphanumeric() || "!#@%^&+=~$".contains(one);
    let parts = left.split(|one: char| !is_part(one)).filter(|part| !part.is_empty());
    let (mut mixed, mut longest) = (0, 0);
    for part in parts.map(|part| (part.chars().count(), part)) {
        let is_word = part.1.chars().all(char::is_alphabetic);
        mixed += if is_word { 0 } else { part.0 };
        // A word in another script has no spaces around it.
        longest = longest.max(if part.1.is_ascii() { part.0 } else { 0 });
    }
    mixed >= 5 || longest >= 16
}

/// `text`, with a space for the signs that people write in a row: `xxxx`, `0000`, `12345`, `abcdef`.
fn without_runs(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let step = |at: usize| match (all[at - 1], all[at]) {
        ('9', '0') => 1,
        (before, after) => i64::from(u32::from(after)) - i64::from(u32::from(before)),
    };
    let mut left = String::with_capacity(text.len());
    let mut start = 0;
    while start < all.len() {
        let mut end = start + 1;
        while end < all.len()
            && matches!(step(end), 0 | 1)
            && (end == start + 1 || step(end) == step(end - 1))
        {
            end += 1;
        }
        if end - start >= 4 {
            left.push(' ');
        } else {
            // The last of these may begin a row.
            end = start + 1;
            left.push(all[start]);
        }
        start = end;
    }
    left
}

/// Whether `text` is what recorders leave in the place of a key.
#[must_use]
pub fn is_redacted(text: &str) -> bool {
    const WORDS: [&str; 5] = ["FILTERED", "REDACTED", "SCRUBBED", "MASKED", "HIDDEN"];
    let text = text.trim();
    let begin = ["sk-", "tp-", "ttp-"].iter().find_map(|begin| text.strip_prefix(begin));
    let rest = begin.unwrap_or(text);
    let upper = rest.to_ascii_uppercase();
    let mut words = upper.split(|one: char| !one.is_ascii_alphanumeric());
    let is_cover = |sign: char| !rest.is_empty() && rest.chars().all(|one| one == sign);
    (words.any(|word| WORDS.contains(&word)) && !has_random_part(rest))
        || is_cover('*')
        // Documentation has small ones.
        || (is_cover('X') && rest.len() > 2)
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
            "xxx",
            "sk-REPLACE_ME",
            "tp-change-me",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["sk-c0ffee00112233445566778899aabbccddeeff0011223344", "", "tp-s9q8w7e6r5"] {
            assert!(!is_placeholder(text), "{text}");
        }
        for text in ["sk-***REDACTED***", "[REDACTED_API_KEY]", "XXXXXX", "sk-XXXXXXXX", "REDACTED"]
        {
            assert!(is_redacted(text), "{text}");
        }
        assert!(!is_redacted("REDACTED-9f8a7c6d") && !is_redacted("unmasked"));
        assert!(is_redacted("**REDACTED**") && is_redacted("***") && is_redacted("<FILTERED>"));
        assert!(!is_redacted("sk-1"));
    }
    #[test]
    fn a_secret_with_a_word_in_it_is_no_placeholder() {
        for text in [
            "MySecretPassw0rd",
            "my-prod-key-81f3a9",
            "fakeluke99x81kkz",
            "ExampleCorp9f8a7c6d",
            "your-key-81f3-a92c-77b1",
            "<my-key-9f8a7c6d>",
            "dummy-8472913",
            "my$ecret_tok3n!key",
            "placeholderqwhzlkjxbvnmwrtp",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
        for text in [
            "your_mimo_v2_5_api_key",
            "my-secret-key",
            "YOUR_OPENAI_COMPATIBLE_API_KEY",
            "sk-1234567890abcdef",
            "dummy-12345",
            "fake_key_0000000000",
            "<your key here>",
            "enter-your-key",
            "put your key here!",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
    }
}
