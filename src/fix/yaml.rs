//! The writing of YAML: plain where a text says itself, in quotes where it does not.

use super::json::{quoted, spaced};
use super::{New, Site};
use crate::diagnostic::Span;
use crate::document::Node;

/// `to` as a value in the place of `node`.
pub fn value(site: &Site<'_>, node: Node<'_>, to: &New) -> Option<String> {
    let raw = node.raw();
    let before = site.text()[..node.span().start].trim_end_matches([' ', '\t']);
    let before = &before[before.rfind([' ', '\t', '\n']).map_or(0, |at| at + 1)..];
    // A tag says what the text behind it is, and a block's head what its lines are.
    if before.starts_with('!') || raw.starts_with(['|', '>', '!']) {
        return None;
    }
    let written = match to {
        New::Text(text) if raw.starts_with('"') => quoted(text, '"'),
        New::Text(text)
            if raw.starts_with('\'') && !text.contains(|one: char| one.is_control()) =>
        {
            format!("'{}'", text.replace('\'', "''"))
        }
        _ => plain(to),
    };
    // A value that was not written stands just behind its colon.
    Some(if raw.is_empty() { format!(" {written}") } else { written })
}

/// `to` where nothing stands yet.
pub fn plain(to: &New) -> String {
    match to {
        New::Text(text) if is_plain(text) => text.clone(),
        New::Text(text) => quoted(text, '"'),
        New::Word(word) => word.clone(),
        New::Data(data) => spaced(data),
    }
}

/// `to` as a part of the string `node`, at `span`; `rest` is what the string says then.
pub fn inner(site: &Site<'_>, node: Node<'_>, span: Span, to: &str, rest: &str) -> Option<String> {
    let raw = node.raw();
    // Line breaks hold a block together, and fold a text that goes over several lines.
    if span.slice(site.text()).contains(['\n', '\r']) || to.contains(|one: char| one.is_control()) {
        return None;
    }
    match raw.chars().next()? {
        '"' => {
            let quoted = quoted(to, '"');
            Some(quoted[1..quoted.len() - 1].to_owned())
        }
        '\'' => Some(to.replace('\'', "''")),
        '|' | '>' => (!rest.trim().is_empty() && !rest.starts_with(' ')).then(|| to.to_owned()),
        _ => is_plain(rest).then(|| to.to_owned()),
    }
}

/// `to` as a key in the place of `raw`.
pub fn key(raw: &str, to: &str) -> Option<String> {
    match raw.chars().next() {
        Some('"') => Some(quoted(to, '"')),
        Some('\'') => Some(format!("'{}'", to.replace('\'', "''"))),
        // A key that stands behind a question mark, or is no text.
        Some('?' | '[' | '{' | '&' | '*' | '!' | '|' | '>') => None,
        _ => Some(if is_plain(to) { to.to_owned() } else { quoted(to, '"') }),
    }
}

/// Whether a text without quotes says itself, in every version of YAML and in brackets too.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"];
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@+ %=()".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '/'))
        && text.bytes().all(inside)
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}
