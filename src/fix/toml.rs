//! The writing of TOML.

use serde_json::Value;

use super::json::quoted;
use super::{New, Site};
use crate::diagnostic::Span;
use crate::document::Member;

/// `to` as a value in the place of `raw`; TOML has no null.
pub fn value(raw: &str, to: &New) -> Option<String> {
    match to {
        New::Text(text) => Some(string(raw, text)),
        New::Word(word) => (word != "null").then(|| word.clone()),
        New::Data(data) => inline(data),
    }
}

fn string(raw: &str, text: &str) -> String {
    // What holds quotes and stood in none is easier to read without escapes.
    let is_wanted = raw.starts_with('\'') || (!raw.starts_with('"') && text.contains('"'));
    let literal = is_wanted && !text.contains(|one: char| one == '\'' || one.is_control());
    if literal { format!("'{text}'") } else { quoted(text, '"') }
}

/// `to` as a part of the string `raw`.
pub fn inner(raw: &str, to: &str) -> Option<String> {
    if raw.starts_with('"') {
        let quoted = quoted(to, '"');
        return Some(quoted[1..quoted.len() - 1].to_owned());
    }
    let fits = raw.starts_with('\'') && !to.contains(|one: char| one == '\'' || one.is_control());
    fits.then(|| to.to_owned())
}

/// `to` as a key in the place of `raw`.
pub fn key(raw: &str, to: &str) -> Option<String> {
    let is_bare = !to.is_empty()
        && to.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    Some(match raw.chars().next()? {
        '"' => quoted(to, '"'),
        '\'' => string(raw, to),
        _ if is_bare => to.to_owned(),
        _ => quoted(to, '"'),
    })
}

/// Whether a member is written as `key = value`, and its key names nothing else: no header does so, and
/// no first part of a dotted key.
pub fn is_assigned(site: &Site<'_>, member: &Member<'_>) -> bool {
    let between = Span::new(member.key.span().end, member.value.span().start);
    between.slice(site.text()).trim() == "="
}

fn inline(data: &Value) -> Option<String> {
    Some(match data {
        Value::Null => return None,
        Value::String(text) => quoted(text, '"'),
        Value::Array(items) => {
            let items = items.iter().map(inline).collect::<Option<Vec<_>>>()?;
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                Some(format!("{} = {}", key("", name).or_else(|| key("a", name))?, inline(value)?))
            });
            format!("{{ {} }}", members.collect::<Option<Vec<_>>>()?.join(", "))
        }
        other => other.to_string(),
    })
}
