//! The writing of JSON, JSONC and JSON5.

use std::fmt::Write as _;

use serde_json::Value;

use super::New;
use crate::document::{Kind, Node};

/// `to` as a value in the place of `raw`.
pub fn value(raw: &str, to: &New) -> String {
    match to {
        New::Text(text) => quoted(text, quote_of(raw)),
        New::Word(word) => word.clone(),
        New::Data(data) => spaced(data),
    }
}

/// `to` as a part of the string `raw`.
pub fn inner(raw: &str, to: &str) -> String {
    let quoted = quoted(to, quote_of(raw));
    quoted[1..quoted.len() - 1].to_owned()
}

/// `to` as a key in the place of `raw`: without quotes where that has none, as JSON5 lets it.
pub fn key(raw: &str, to: &str) -> String {
    let is_word = to.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !to.starts_with(|first: char| first.is_ascii_digit());
    if raw.starts_with(['"', '\'']) || !is_word { quoted(to, quote_of(raw)) } else { to.to_owned() }
}

fn quote_of(raw: &str) -> char {
    if raw.starts_with('\'') { '\'' } else { '"' }
}

/// `text` in these quotes, with JSON's escapes; an apostrophe is escaped in JSON5's quotes alone.
pub fn quoted(text: &str, quote: char) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if other == quote => {
                out.push('\\');
                out.push(other);
            }
            other
                if other < ' '
                    || matches!(other, '\u{7f}' | '\u{85}' | '\u{2028}' | '\u{2029}') =>
            {
                let _ = write!(out, "\\u{:04x}", other as u32);
            }
            other => out.push(other),
        }
    }
    out.push(quote);
    out
}

/// A value as JSON says it, on one line; as it stands where it is that already. `None` where JSON
/// has no word for it.
#[must_use]
pub fn text_of(node: Node<'_>) -> Option<String> {
    let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if node.walk().any(Node::is_hole) {
        return None;
    }
    if is_json(node.raw()) && !node.raw().contains('\n') {
        return Some(node.raw().to_owned());
    }
    let text = written(node);
    is_json(&text).then_some(text)
}

fn written(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Object => {
            let members = node.members().map(|member| {
                format!("{}: {}", quoted(&member.key.name(), '"'), written(member.value))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Kind::Array => {
            format!("[{}]", node.elements().map(written).collect::<Vec<_>>().join(", "))
        }
        Kind::String => quoted(&node.as_str().unwrap_or_default(), '"'),
        Kind::Number => node.number_text().unwrap_or_default().to_owned(),
        Kind::Bool => node.as_bool().unwrap_or_default().to_string(),
        Kind::Null => "null".to_owned(),
    }
}

/// A value on one line, with a space after each colon and comma, as people write it.
pub fn spaced(data: &Value) -> String {
    match data {
        Value::String(text) => quoted(text, '"'),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(spaced).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(key, value)| format!("{}: {}", quoted(key, '"'), spaced(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}
