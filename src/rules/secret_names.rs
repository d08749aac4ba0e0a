//! Keys by the names that they stand under, whatever the document is.

use crate::diagnostic::Span;
use crate::document::{Kind, Node};

use super::secrets::is_secret;

/// What a name ends with that a key stands under, without its signs and in lower case.
const NAMES: [&str; 9] = [
    "apikey",
    "authtoken",
    "accesstoken",
    "apitoken",
    "secret",
    "secretkey",
    "password",
    "authorization",
    "cookie",
];

/// The bytes of the texts in `root` that stand under the name of a key, alone or in a list, or behind it as the next
/// argument of a command.
#[must_use]
pub fn secrets_by_name(root: Node<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for node in root.walk() {
        for member in node.members().filter(|member| is_name(&member.key.name())) {
            let value = member.value;
            found.extend([value].into_iter().chain(value.elements()));
        }
        let mut follows = false;
        for element in node.elements() {
            if follows {
                found.push(element);
            }
            let text = element.as_str();
            follows = text.is_some_and(|text| text.starts_with("--") && is_name(&text));
        }
    }
    let is_key = |node: &Node<'_>| {
        node.kind() == Kind::String && node.as_str().is_some_and(|text| is_secret(&text))
    };
    found.into_iter().filter(is_key).map(Node::span).collect()
}

/// Whether a key stands under `name`: `x-api-key`, `API_KEYS`, `--auth-token`.
fn is_name(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let plain: Vec<u8> = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let single = plain.strip_suffix(b"s").unwrap_or(&plain);
    NAMES
        .iter()
        .any(|ending| plain.ends_with(ending.as_bytes()) || single.ends_with(ending.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{is_name, secrets_by_name};
    use crate::extract::{Syntax, extract};

    #[test]
    fn a_key_is_known_by_its_name() {
        let text = r#"{"api_keys": ["Qx9wLmN3", "YOUR_API_KEY"], "Cookie": "session=abc",
            "args": ["--api-key", "hunter2pass", "--port", "8080"], "max_tokens": 5, "text": "plain words"}"#;
        let mut found = Vec::new();
        extract(Syntax::Json, text, &mut |document| {
            let spans = document.root().map(secrets_by_name).unwrap_or_default();
            found = spans.into_iter().map(|span| span.slice(text).to_owned()).collect();
        });
        found.sort();
        assert_eq!(found, [r#""Qx9wLmN3""#, r#""hunter2pass""#, r#""session=abc""#]);
    }

    #[test]
    fn other_names_are_none() {
        for name in ["key", "tokens", "max_completion_tokens", "secretary", "model"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
