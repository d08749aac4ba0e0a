//! A value in a tool's settings, and what of it is known.

use std::cell::RefCell;
use std::ops::Range;

use super::base64;
use super::environment::Variable;
use super::parts;
use super::pattern::{Found, Part};
use crate::diagnostic::{Span, Target};
use crate::document::{Kind, Node, NodeId, SpanMap, is_hole, key_for_a_name};
use crate::knowledge::{Client, Otherwise, Reference, Slot};

/// A value in a tool's settings.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The node it is, or is a part of.
    pub node: NodeId,
    /// Its bytes; a string with its quotes. Of what stands in for a variable, that alone.
    pub span: Span,
    /// The bytes of the whole value.
    pub whole: Span,
    /// Whether it is a value or the name of a member.
    pub target: Target,
    /// The name it stands under: a variable's, a field's.
    pub name: String,
    /// Its text, without what the tool puts around it.
    pub text: String,
    /// The text as it is written.
    pub raw: String,
    /// What of it is known.
    pub written: Written,
    /// Whether it is one of a list to choose from, and being in it sends nothing.
    pub is_listed: bool,
    /// Whether it stands under a name that is as often that of a page's URL.
    pub is_common: bool,
    /// What this value alone speaks, where that is not what its entry does.
    pub protocol: Option<String>,
    /// What counts instead of it, where something beside the file sets its variable.
    pub set: Option<Set>,
}

/// What a variable that is set beside the file makes of a value.
#[derive(Clone)]
pub struct Set {
    /// The variable's name.
    pub name: String,
    /// What the whole value is then, where that is known.
    pub value: Option<String>,
    /// The file that sets it, as it is shown; empty where that is not known.
    pub file: String,
    /// The line in it; 0 for a variable of the process.
    pub line: usize,
}

impl std::fmt::Debug for Set {
    /// Without the value, which may be a key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {}:{}", self.name, self.file, self.line)
    }
}

/// What is known of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is written out.
    Out,
    /// The tool puts the value of this variable in its place.
    Variable(String),
    /// It is what the tool puts in the place of this variable where that is not set.
    Default {
        /// The variable's name.
        variable: String,
        /// Whether it stands in for an empty variable too.
        or_empty: bool,
    },
    /// Something is filled in that nothing is known of.
    Hole,
    /// It begins a variable and never ends it, and the tool refuses the file for it.
    Broken,
}

impl Sighting {
    /// The text, where it is written out.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        let is_known = matches!(self.written, Written::Out | Written::Default { .. });
        is_known.then_some(self.text.as_str())
    }

    /// The text that counts, as far as it is known: what is set beside the file, or what is written here.
    #[must_use]
    pub fn counts(&self) -> Option<&str> {
        match &self.set {
            Some(set) => set.value.as_deref(),
            None => self.known(),
        }
    }

    /// What is set beside the file as a value of its own, where that counts and is known.
    #[must_use]
    pub fn from_elsewhere(&self) -> Option<Self> {
        let set = self.set.as_ref()?;
        let text = set.value.clone().filter(|value| *value != self.text)?;
        Some(Self { span: self.whole, written: Written::Out, text, ..self.clone() })
    }

    /// The variable that it stands for, or stands in for.
    #[must_use]
    pub fn variable(&self) -> Option<&str> {
        match &self.written {
            Written::Variable(name) | Written::Default { variable: name, .. } => Some(name),
            Written::Out | Written::Hole | Written::Broken => None,
        }
    }

    /// Looks up its variables with `value`.
    pub(super) fn look_up(&mut self, client: &Client, value: &dyn Fn(&str) -> Option<Variable>) {
        let first = RefCell::new(None);
        let text = |name: &str| {
            let found = value(name)?;
            let known = found.value.clone();
            first.borrow_mut().get_or_insert(found);
            Some(known)
        };
        let value = client.filled(&self.raw, &text);
        self.set = first.into_inner().map(|variable| {
            let Variable { name, file, line, .. } = variable;
            Set { name, value, file, line }
        });
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
    let mut written = match is_tagged || is_command(client, node, &whole) {
        true => Written::Hole,
        false => self::written(client, &whole, slot.key),
    };
    let (mut part_span, mut whole, raw) = (span, whole.clone(), whole);
    if let Some(default) = default_in(client, &whole).filter(|_| written.is_variable()) {
        if let Some(part) = default.part {
            // In a list of `NAME=value` the value is the end of the text.
            let map = SpanMap::of_string(node)?;
            let before = match &found.part {
                Some(Part { start: Some(start), .. }) => *start,
                _ => map.text().len().checked_sub(whole.len())?,
            };
            part_span = map.to_file(Span::new(before + part.start, before + part.end));
        }
        written = match client.fills_in(&default.text) {
            // What a command says stands in for it.
            true => Written::Hole,
            false => Written::Default { variable: default.variable, or_empty: default.or_empty },
        };
        whole = default.text;
    }
    if slot.is_base64 && written == Written::Out {
        match base64::decoded(&whole) {
            Some(text) => whole = text,
            None => written = Written::Hole,
        }
    }
    let is_known = matches!(written, Written::Out | Written::Default { .. });
    let bare = if is_known { stripped(slot, &whole, key)? } else { 0..whole.len() };
    // Of a list in one string just the value is meant, and not what the tool puts around it.
    let exact = match &found.part {
        Some(Part { start: Some(start), .. })
            if target == Target::Value && written == Written::Out && !slot.is_base64 =>
        {
            parts::part(node, start + bare.start..start + bare.end)
        }
        _ => None,
    };
    let part_span = exact.map_or(part_span, |part| part.span);
    let text = whole[bare].to_owned();
    let name = found.name.to_string();
    let protocol = slot.protocol.clone();
    let (is_listed, is_common) = (slot.listed, slot.accompanied);
    Some(Sighting {
        node: node.id(),
        span: part_span,
        whole: span,
        target,
        name,
        text,
        raw,
        written,
        is_listed,
        is_common,
        protocol,
        set: None,
    })
}

impl Written {
    fn is_variable(&self) -> bool {
        matches!(self, Written::Variable(_))
    }
}

/// What stands in a text for its variables where they are not set.
struct Default {
    /// The first variable.
    variable: String,
    or_empty: bool,
    /// The text then.
    text: String,
    /// The bytes that say it, where they are nothing but that.
    part: Option<std::ops::Range<usize>>,
}

fn default_in(client: &Client, text: &str) -> Option<Default> {
    let known = client.references(text);
    let first = known.first()?;
    let Otherwise::Default { or_empty, .. } = first.otherwise else { return None };
    let filled = client.filled(text, &|_| None)?;
    let is_whole = |one: &Reference<'_>, text: &str| {
        text[..one.span.start].trim().is_empty() && text[one.span.end..].trim().is_empty()
    };
    let mut part = None;
    let mut inner = 0..text.len();
    // What stands in may be a variable with something that stands in for it again.
    while let [one] = client.references(&text[inner.clone()]).as_slice() {
        let Otherwise::Default { text: default, .. } = &one.otherwise else { break };
        if !is_whole(one, &text[inner.clone()]) {
            break;
        }
        inner = inner.start + default.start..inner.start + default.end;
        part = Some(inner.clone());
    }
    let part = part.filter(|part| text[part.clone()] == *filled.trim());
    Some(Default { variable: first.name.to_owned(), or_empty, text: filled, part })
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
    // What is no name is filled in nowhere.
    if key_for_a_name(text).is_some() {
        return Written::Out;
    }
    if client.is_broken(text) {
        return Written::Broken;
    }
    if let Some(reference) = client.references(text).first() {
        return match reference.otherwise {
            Otherwise::Another => Written::Hole,
            _ => Written::Variable(reference.name.to_owned()),
        };
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

/// Whether what stands in backticks is a command, to those who read them so: quotes hold one word here.
fn is_command(client: &Client, node: Node<'_>, text: &str) -> bool {
    node.raw().starts_with('`') && text.trim().contains(' ') && client.fills_in("`")
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
