//! What a tool's settings say of one connection, as its data in `schemas/clients/` lets it be read.

use std::sync::Arc;

use super::pattern::{self, Found};
use crate::diagnostic::{Span, Target};
use crate::document::{Kind, Node, NodeId, is_hole};
use crate::knowledge::{Client, ClientEntry, Slot};

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

/// What one connection needs, as far as a tool's settings say it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The tool.
    pub client: Arc<Client>,
    /// Which of the tool's entries it is an instance of.
    pub number: usize,
    /// The value that holds it.
    pub root: NodeId,
    /// The name under which it stands.
    pub name: String,
    /// What it speaks, where that is known.
    pub protocol: Option<String>,
    /// Base URLs.
    pub urls: Vec<Sighting>,
    /// Whether they are the URLs of requests, to which nothing is added.
    pub urls_are_whole: bool,
    /// Keys.
    pub keys: Vec<Sighting>,
    /// Names of variables that hold the key.
    pub key_variables: Vec<Sighting>,
    /// Objects of headers.
    pub headers: Vec<NodeId>,
    /// Ids of models.
    pub models: Vec<Sighting>,
    /// Most tokens of an answer.
    pub output_limits: Vec<Sighting>,
    /// Tokens of the context window.
    pub context_windows: Vec<Sighting>,
    /// What the model is said to take.
    pub inputs: Vec<Sighting>,
    /// The id of a provider that the tool brings itself, and its base URL.
    pub built_in: Option<(Sighting, String)>,
    /// Whether the file is an example that people copy and fill in.
    pub is_template: bool,
}

impl Entry {
    /// Its data.
    #[must_use]
    pub fn data(&self) -> &ClientEntry {
        &self.client.entries[self.number]
    }

    /// Whether it says anything at all.
    fn is_empty(&self) -> bool {
        self.urls.is_empty()
            && self.keys.is_empty()
            && self.key_variables.is_empty()
            && self.models.is_empty()
            && self.built_in.is_none()
    }
}

/// The entries of `client` in the document at `root`.
#[must_use]
pub fn entries(root: Node<'_>, client: &Arc<Client>, path: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    for (number, data) in client.entries.iter().enumerate() {
        for place in pattern::matches(root, &data.at, None, data.ignore_case) {
            let reader = Reader { root, client, number, data, path };
            found.extend(reader.read(&place).into_iter().filter(|entry| !entry.is_empty()));
        }
    }
    found
}

struct Reader<'r> {
    root: Node<'r>,
    client: &'r Arc<Client>,
    number: usize,
    data: &'r ClientEntry,
    path: &'r str,
}

impl Reader<'_> {
    /// One entry, or one for each part of a name that its members share.
    fn read(&self, place: &Found<'_>) -> Vec<Entry> {
        let data = self.data;
        let slots = data.url.iter().chain(&data.key).chain(&data.model).chain(&data.key_variable);
        let shared: Vec<&Slot> = slots.filter(|slot| slot.at.contains("{}")).collect();
        if shared.is_empty() {
            return vec![self.entry(place, None)];
        }
        let mut captures: Vec<String> = Vec::new();
        for slot in shared {
            for capture in pattern::captures(place.node, &slot.at, data.ignore_case) {
                if !captures.contains(&capture) {
                    captures.push(capture);
                }
            }
        }
        captures.iter().map(|capture| self.entry(place, Some(capture))).collect()
    }

    fn entry(&self, place: &Found<'_>, capture: Option<&str>) -> Entry {
        let data = self.data;
        let slots = |slots: &[Slot]| self.sightings(slots, place, capture);
        let built_in = slots(&data.provider_id).into_iter().find_map(|id| {
            let known = id.known()?;
            // A provider may be named by what stands before a model's id: `xiaomi_mimo/…`.
            let mut named = data.built_in.iter().filter(|(name, _)| {
                *name == known || (name.ends_with('/') && known.starts_with(name.as_str()))
            });
            let url = named.next()?.1.clone();
            Some((id, url))
        });
        Entry {
            client: Arc::clone(self.client),
            number: self.number,
            root: place.node.id(),
            name: capture.map_or_else(|| place.name.to_string(), str::to_owned),
            protocol: self.protocol(place, capture),
            urls: slots(&data.url),
            urls_are_whole: self.urls_are_whole(place),
            keys: slots(&data.key),
            key_variables: slots(&data.key_variable),
            headers: self.nodes(&data.headers, place),
            models: slots(&data.model),
            output_limits: slots(&data.output_limit),
            context_windows: slots(&data.context_window),
            inputs: slots(&data.input),
            built_in,
            is_template: is_template(self.path),
        }
    }

    fn urls_are_whole(&self, place: &Found<'_>) -> bool {
        let switch = self.data.url_is_whole_where.as_deref().is_some_and(|pattern| {
            let found = pattern::matches(place.node, pattern, None, self.data.ignore_case);
            found.first().and_then(|found| found.node.as_bool()) == Some(true)
        });
        switch || self.data.url_is_whole
    }

    fn protocol(&self, place: &Found<'_>, capture: Option<&str>) -> Option<String> {
        let words = capture.unwrap_or_default().rsplit('_');
        let mut said = words.filter_map(|word| self.data.protocols.get(&word.to_ascii_uppercase()));
        if let Some(protocol) = said.next() {
            return Some(protocol.clone());
        }
        let chosen = self.data.protocol_at.iter().find_map(|choice| {
            let from = if choice.root { self.root } else { place.node };
            let found = pattern::matches(from, &choice.at, None, self.data.ignore_case);
            let text = found.first()?.node.as_str()?.into_owned();
            let mut fitting = choice.values.iter().filter(|(value, _)| {
                **value == text || (value.ends_with('/') && text.starts_with(value.as_str()))
            });
            fitting.next().map(|(_, protocol)| protocol.clone())
        });
        chosen.or_else(|| self.data.protocol.clone())
    }

    fn nodes(&self, slots: &[Slot], place: &Found<'_>) -> Vec<NodeId> {
        let found = slots.iter().flat_map(|slot| {
            let from = if slot.root { self.root } else { place.node };
            pattern::matches(from, &slot.at, None, self.data.ignore_case)
        });
        found.map(|found| found.node.id()).collect()
    }

    fn sightings(&self, slots: &[Slot], place: &Found<'_>, capture: Option<&str>) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        let chosen = |slot: &&Slot| {
            slot.chosen_by.as_deref().is_none_or(|pointer| {
                let name = self.root.at(pointer).and_then(Node::as_str);
                name.is_some_and(|name| name == place.name)
            })
        };
        for slot in slots.iter().filter(chosen) {
            // The entry's own name, rather than something in it.
            let here = if slot.at.is_empty() && !slot.root {
                vec![place.clone()]
            } else {
                let from = if slot.root { self.root } else { place.node };
                pattern::matches(from, &slot.at, capture, self.data.ignore_case)
            };
            let sighted = here.iter().filter_map(|here| self.sighting(slot, here, place));
            let sighted = sighted.filter(|one| {
                let other = slot.instead.as_deref();
                other.is_none_or(|at| {
                    pattern::matches(place.node, at, Some(&one.text), false).is_empty()
                })
            });
            found.extend(sighted);
        }
        found.sort_by_key(|sighting| sighting.span.start);
        found.dedup_by_key(|sighting| (sighting.span, sighting.target));
        found
    }

    fn sighting(&self, slot: &Slot, found: &Found<'_>, place: &Found<'_>) -> Option<Sighting> {
        let node = found.node;
        let (span, target, whole) = match (&found.part, slot.key) {
            (_, true) => (found.key?.span(), Target::Key, found.name.to_string()),
            (Some((span, text)), false) => (*span, Target::Value, text.clone()),
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
        if node.is_null() && self.client.is_generic && !slot.key {
            return None;
        }
        // A tag of a tool's own makes of the text what nobody else knows.
        let is_tagged = node.is_hole() && !is_hole(&whole);
        let written = if is_tagged { Written::Hole } else { self.written(&whole, slot.key) };
        let text =
            if written == Written::Out { stripped(slot, &whole, &place.name)? } else { whole };
        let name = found.name.to_string();
        let protocol = slot.protocol.clone();
        let is_listed = slot.listed;
        Some(Sighting { node: node.id(), span, target, name, text, written, is_listed, protocol })
    }

    /// What of a text is known, by the forms that the tool fills in.
    fn written(&self, text: &str, is_key: bool) -> Written {
        if is_key {
            return Written::Out;
        }
        let is_own_word = |words: &[String]| words.iter().any(|word| word == text);
        if is_own_word(&self.client.asks) || is_own_word(&self.client.aliases) {
            return Written::Hole;
        }
        if let Some(name) = self.client.variable_in(text) {
            return Written::Variable(name.to_owned());
        }
        if self.client.fills_in(text) {
            return Written::Hole;
        }
        let is_name = |text: &str| {
            text.len() > 3
                && text.contains('_')
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
        };
        if self.client.bare_variables && is_name(text) {
            return Written::Variable(text.to_owned());
        }
        // Of a tool that nobody has looked into, any form may be one that it fills in.
        if self.client.is_fallback() && is_hole(text) { Written::Hole } else { Written::Out }
    }
}

/// `text` without what a slot allows around it; `None` where it lacks what must stand before it.
fn stripped(slot: &Slot, text: &str, key: &str) -> Option<String> {
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
    for suffix in &slot.suffixes {
        bare = bare.strip_suffix(suffix.as_str()).unwrap_or(bare);
    }
    Some(bare.to_owned())
}

/// Whether a file is one that people copy and fill in: a placeholder in it is right.
#[must_use]
pub fn is_template(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut words = name.split(|character: char| !character.is_ascii_alphanumeric());
    words.any(|word| {
        matches!(
            word,
            "example"
                | "examples"
                | "sample"
                | "template"
                | "templates"
                | "dist"
                | "tpl"
                | "default"
                | "defaults"
        )
    })
}
