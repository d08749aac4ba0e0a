//! A value in a tool's settings, and what of it is known.

use std::ops::Range;

use super::parts;
use super::pattern::{Found, Part};
use crate::diagnostic::{Span, Target};
use crate::document::{Kind, NodeId, is_hole};
use crate::knowledge::{Client, Slot};

/// A value in a tool's settings.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The node it is, or is a part of.
    pub node: NodeId,
    /// Its bytes; a string with its quotes.
    pub span: Span,
    /// Whether it is a value or the name of a member.
    pub target: Target,
    /// The name it stands under: a variable's, a field's.
    pub name: String,
    /// Its text, without what the tool puts around it.
    pub text: String,
    /// What of it is known.
    pub written: Written,
    /// Whether it is one of a list to choose from, and being in it sends nothing.
    pub is_listed: bool,
    /// Whether it stands under a name that is as often that of a page's URL.
    pub is_common: bool,
    /// What this value alone speaks, where that is not what its entry does.
    pub protocol: Option<String>,
}

/// What is known of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is written out.
    Out,
    /// The tool puts the value of this variable in its place.
    Variable(String),
    /// Something is filled in that nothing is known of.
    Hole,
}

impl Sighting {
    /// The text, where it is written out.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        (self.written == Written::Out).then_some(self.text.as_str())
    }
}

/// What stands at `found`, as `client` understands it in an entry that stands under `key`; nothing where it
/// is no single value, or lacks what must stand before it.
pub fn sighting(client: &Client, slot: &Slot, found: &Found<'_>, key: &str) -> Option<Sighting> {
    let node = found.node;
    let (span, target, whole) = match (&found.part, slot.key) {
        (_, true) => (found.key?.span(), Target::Key, found.name.to_string()),
        (Some(part), false) => (part.span, Target::Value, part.text.clone()),
        // A list is told element by element, where the data says so.
        (None, false) if matches!(node.kind(), Kind::Array | Kind::Object) => return None,
        (None, false) => {
            let text = match node.as_str() {
                Some(text) => text.into_owned(),
                // Limits and switches are told by what is written, and what is nothing is empty.
                None if node.is_null() => String::new(),
                None => node.number_text().unwrap_or_else(|| node.raw()).to_owned(),
            };
            (node.span(), Target::Value, text)
        }
    };
    // Of a program's environment, what is null is left to where it runs.
    if node.is_null() && client.is_generic && !slot.key {
        return None;
    }
    // A tag of a tool's own makes of the text what nobody else knows.
    let is_tagged = node.is_hole() && !is_hole(&whole);
    let written = if is_tagged { Written::Hole } else { self::written(client, &whole, slot.key) };
    let bare = match written {
        Written::Out => stripped(slot, &whole, key)?,
        _ => 0..whole.len(),
    };
    // Of a list in one string just the value is meant, and not what the tool puts around it.
    let exact = match &found.part {
        Some(Part { start: Some(start), .. }) if target == Target::Value => {
            parts::part(node, start + bare.start..start + bare.end)
        }
        _ => None,
    };
    let span = exact.map_or(span, |part| part.span);
    let text = whole[bare].to_owned();
    let name = found.name.to_string();
    let protocol = slot.protocol.clone();
    let (is_listed, is_common) = (slot.listed, slot.accompanied);
    let node = node.id();
    Some(Sighting { node, span, target, name, text, written, is_listed, is_common, protocol })
}

/// What of a text is known, by the forms that the tool fills in.
fn written(client: &Client, text: &str, is_key: bool) -> Written {
    if is_key {
        return Written::Out;
    }
    let is_own_word = |words: &[String]| words.iter().any(|word| word == text);
    if is_own_word(&client.asks) || is_own_word(&client.aliases) {
        return Written::Hole;
    }
    if let Some(name) = client.variable_in(text) {
        return Written::Variable(name.to_owned());
    }
    if client.fills_in(text) {
        return Written::Hole;
    }
    let is_name = |text: &str| {
        text.len() > 3
            && text.contains('_')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
    };
    if client.bare_variables && is_name(text) {
        return Written::Variable(text.to_owned());
    }
    // Of a tool that nobody has looked into, any form may be one that it fills in.
    if client.is_fallback() && is_hole(text) { Written::Hole } else { Written::Out }
}

/// Where in `text` it stands without what a slot allows around it; `None` where it lacks what must stand
/// before it.
fn stripped(slot: &Slot, text: &str, key: &str) -> Option<Range<usize>> {
    let mut bare = text;
    if let Some(prefix) = &slot.prefix {
        bare = bare.strip_prefix(prefix.replace("{key}", key).as_str())?;
    }
    for prefix in &slot.prefixes {
        if let Some(rest) = bare.strip_prefix(prefix.as_str()) {
            bare = rest;
            break;
        }
    }
    let start = text.len() - bare.len();
    let ends = slot.until.iter().filter_map(|mark| bare.find(mark.as_str()));
    bare = &bare[..ends.min().unwrap_or(bare.len())];
    for suffix in &slot.suffixes {
        // `[1M]` does what `[1m]` does.
        let start = bare.len().saturating_sub(suffix.len());
        if bare.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(suffix)) {
            bare = &bare[..start];
        }
    }
    Some(start..start + bare.len())
}
