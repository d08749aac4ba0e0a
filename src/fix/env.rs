//! The writing of environment files. No two readers of them agree on escapes, so nothing is written that
//! would need one.

use super::New;

/// `to` in the place of `raw`, in the same quotes.
pub fn value(raw: &str, to: &New) -> Option<String> {
    let (New::Text(text) | New::Word(text)) = to else { return None };
    let text = inner(text)?;
    let quote = raw.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    match quote {
        Some(quote) if raw.len() > 1 && raw.ends_with(quote) => {
            Some(format!("{quote}{text}{quote}"))
        }
        // Put together of parts in quotes of their own.
        _ if raw.contains(['"', '\'', '`']) => None,
        _ => Some(text),
    }
}

/// A text that says the same in and out of quotes.
pub fn inner(to: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,?~".contains(&byte);
    to.bytes().all(is_plain).then(|| to.to_owned())
}
