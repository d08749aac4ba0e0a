//! The tree itself: a flat arena of 16-byte nodes over the text they came from.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::elements::ElementTable;
use super::node::{Key, Kind, Node, NodeId};
use super::span_map::SpanMap;
use crate::diagnostic::Span;

/// One node. A key is a node too, followed by its value's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw {
    /// Offset of the first byte; a string's is its quote's.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
    /// Index of the node just after this one's subtree.
    pub next: u32,
    /// Kind (4 bits), escaped (1), hole (1), bare (1), apart (1), and how many members or elements (24).
    pub word: u32,
}

pub(super) const KIND: u32 = 0xf;
pub(super) const ESCAPED: u32 = 1 << 4;
pub(super) const HOLE: u32 = 1 << 5;
pub(super) const BARE: u32 = 1 << 6;
/// What the node says is not in the text as it stands (YAML's folded scalars, TOML's `1_000`), and is
/// looked up in the table beside the arena.
pub(super) const APART: u32 = 1 << 7;
pub(super) const COUNT_SHIFT: u32 = 8;

/// Most members or elements of one container.
pub const MOST_MEMBERS: usize = (1 << (32 - COUNT_SHIFT)) - 1;

impl Raw {
    pub fn kind(self) -> RawKind {
        match self.word & KIND {
            0 => RawKind::Null,
            1 => RawKind::False,
            2 => RawKind::True,
            3 => RawKind::Number,
            4 => RawKind::String,
            5 => RawKind::Array,
            6 => RawKind::Object,
            _ => RawKind::Key,
        }
    }

    pub fn is_escaped(self) -> bool {
        self.word & ESCAPED != 0
    }

    pub fn is_hole(self) -> bool {
        self.word & HOLE != 0
    }

    /// Whether a string has no quotes of one byte around it.
    pub fn is_bare(self) -> bool {
        self.word & BARE != 0
    }

    /// Whether what it says stands in the table beside the arena.
    pub fn is_apart(self) -> bool {
        self.word & APART != 0
    }

    pub fn count(self) -> usize {
        (self.word >> COUNT_SHIFT) as usize
    }
}

/// What a node of the arena is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawKind {
    Null = 0,
    False = 1,
    True = 2,
    Number = 3,
    String = 4,
    Array = 5,
    Object = 6,
    Key = 7,
}

/// A tree over a text.
#[derive(Debug, Default)]
pub struct Tree<'t> {
    pub(super) text: &'t str,
    pub(super) nodes: Vec<Raw>,
    /// What the nodes say whose text does not say it as it stands, in order of the nodes.
    pub(super) apart: Vec<(u32, SpanMap)>,
    /// Made when a pointer is first followed through a long array.
    pub(super) elements: OnceLock<ElementTable>,
    /// The bytes that several nodes have; made when it is first asked for.
    pub(super) repeated: OnceLock<HashSet<Span>>,
}

/// A key that stands in its object a second time.
#[derive(Debug, Clone, Copy)]
pub struct DuplicateKey<'t> {
    /// The object.
    pub object: Node<'t>,
    /// The key, where it stands first.
    pub first: Key<'t>,
    /// The key, where it stands again.
    pub again: Key<'t>,
    /// The value of the second.
    pub value: Node<'t>,
}

impl<'t> Tree<'t> {
    /// A tree without any node.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The text that all spans point into.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The root, where anything could be read.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        (!self.nodes.is_empty()).then(|| Node::new(self, 0))
    }

    /// The node that `id` names. An id of another tree names an arbitrary node.
    ///
    /// # Panics
    /// The tree has no node at all.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id.0.min(u32::try_from(self.nodes.len() - 1).unwrap_or(0)))
    }

    pub(super) fn element_table(&self) -> &ElementTable {
        self.elements.get_or_init(|| ElementTable::of(&self.nodes))
    }

    pub(super) fn raw(&self, index: u32) -> Raw {
        self.nodes[index as usize]
    }

    /// What a node says that is told apart from the text.
    pub(super) fn apart(&self, index: u32) -> Option<&SpanMap> {
        let at = self.apart.binary_search_by_key(&index, |(node, _)| *node).ok()?;
        Some(&self.apart[at].1)
    }

    /// Whether several nodes have these bytes, as what an alias repeats has.
    #[must_use]
    pub fn is_repeated(&self, span: Span) -> bool {
        let repeated = self.repeated.get_or_init(|| {
            let mut seen = HashSet::with_capacity(self.nodes.len());
            let spans =
                self.nodes.iter().map(|raw| Span::new(raw.start as usize, raw.end as usize));
            spans.filter(|span| !span.is_empty() && !seen.insert(*span)).collect()
        });
        repeated.contains(&span)
    }

    /// Gives back the arena, emptied, for the next document.
    #[must_use]
    pub fn into_arena(mut self) -> Arena {
        self.nodes.clear();
        Arena(self.nodes)
    }

    /// Every key at or below `root` that stands in its object a second time, in order of the text.
    #[must_use]
    pub fn duplicate_keys<'n>(&'n self, root: Node<'n>) -> Vec<DuplicateKey<'n>> {
        let mut found = Vec::new();
        for object in root.walk().filter(|node| node.kind() == Kind::Object && node.len() > 1) {
            if object.len() <= FEW {
                few_duplicates(object, &mut found);
            } else {
                many_duplicates(object, &mut found);
            }
        }
        found
    }
}

/// Up to this many members, comparing each with each is faster than a table.
const FEW: usize = 16;

fn few_duplicates<'n>(object: Node<'n>, found: &mut Vec<DuplicateKey<'n>>) {
    for (at, member) in object.members().enumerate().skip(1) {
        let mut before = object.members().take(at);
        if let Some(first) = before.find(|other| other.key.is_same(&member.key)) {
            found.push(DuplicateKey {
                object,
                first: first.key,
                again: member.key,
                value: member.value,
            });
        }
    }
}

fn many_duplicates<'n>(object: Node<'n>, found: &mut Vec<DuplicateKey<'n>>) {
    let mut seen: HashMap<Cow<'n, str>, Key<'n>> = HashMap::with_capacity(object.len());
    for member in object.members() {
        if let Some(first) = seen.get(&member.key.name()) {
            found.push(DuplicateKey {
                object,
                first: *first,
                again: member.key,
                value: member.value,
            });
        } else {
            seen.insert(member.key.name(), member.key);
        }
    }
}

/// Room for nodes, kept from one document to the next.
#[derive(Debug, Default)]
pub struct Arena(pub(super) Vec<Raw>);
