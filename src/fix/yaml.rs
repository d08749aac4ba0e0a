//! The writing of YAML: plain where a text says itself, in quotes where it does not.

use super::json::{quoted, spaced};
use super::{New, Site};
use crate::diagnostic::{Edit, Span};
use crate::document::Node;

/// `to` as a value in the place of `node`.
pub fn value(site: &Site<'_>, node: Node<'_>, to: &New) -> Option<String> {
    let raw = node.raw();
    let before = site.text()[..node.span().start].trim_end_matches([' ', '\t']);
    let before = &before[before.rfind([' ', '\t', '\n']).map_or(0, |at| at + 1)..];
    // A tag says what the text behind it is; a comment of a block's head would be lost with it.
    let is_block = raw.starts_with(['|', '>']);
    if before.starts_with('!') || raw.starts_with('!') || is_block && site.has_comment(node.span())
    {
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

/// The edit that makes `to` of a mapping or a sequence without brackets.
pub fn of_block(site: &Site<'_>, node: Node<'_>, to: &New) -> Option<Edit> {
    let end = site.end_of(node);
    let start = node.span().start;
    let before = site.text()[..start].trim_end();
    let new = plain(to);
    // Behind its key it moves up to the colon; behind a dash it stands already.
    let (start, text) = match before.chars().next_back() {
        Some(':') => (before.len(), format!(" {new}")),
        Some('-') | None => (start, new),
        // A tag, an anchor or a comment.
        _ => return None,
    };
    let span = Span::new(start, end);
    (!site.has_comment(span)).then_some(Edit { span, text })
}

/// `to` where nothing stands yet.
pub fn plain(to: &New) -> String {
    match to {
        New::Text(text) if is_plain(text) => text.clone(),
        New::Text(text) if is_literal(text) => format!("'{text}'"),
        New::Text(text) => quoted(text, '"'),
        New::Word(word) => word.clone(),
        New::Data(data) => spaced(data),
    }
}

/// Whether a text is easier to read in quotes that have no escapes.
fn is_literal(text: &str) -> bool {
    text.contains('"') && !text.contains(|one: char| one == '\'' || one.is_control())
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

/// The edit that takes the line break from the end of a block's text: its head says so.
pub fn chomped(node: Node<'_>) -> Option<Edit> {
    let raw = node.raw().strip_prefix(['|', '>'])?;
    let head = raw.split(['\n', '\r', ' ', '#']).next()?;
    let at = node.span().start + 1;
    let is_plain = !head.contains(['+', '-']);
    is_plain.then(|| Edit { span: Span::new(at, at), text: "-".to_owned() })
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
