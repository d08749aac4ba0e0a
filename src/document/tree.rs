//! The tree itself: a flat arena of 16-byte nodes over the text they came from.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::elements::ElementTable;
use super::node::{Key, Kind, Node, NodeId};
use super::span_map::{SpanMap, SpanMapBuilder};
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

const KIND: u32 = 0xf;
const ESCAPED: u32 = 1 << 4;
const HOLE: u32 = 1 << 5;
const BARE: u32 = 1 << 6;
/// What the node says is not in the text as it stands (YAML's folded scalars, TOML's `1_000`), and is
/// looked up in the table beside the arena.
const APART: u32 = 1 << 7;
const COUNT_SHIFT: u32 = 8;

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
    text: &'t str,
    nodes: Vec<Raw>,
    /// What the nodes say whose text does not say it as it stands, in order of the nodes.
    apart: Vec<(u32, SpanMap)>,
    /// Made when a pointer is first followed through a long array.
    elements: OnceLock<ElementTable>,
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
pub struct Arena(Vec<Raw>);

/// Builds a tree from the events of a parser.
#[derive(Debug)]
pub struct Builder<'t> {
    text: &'t str,
    nodes: Vec<Raw>,
    apart: Vec<(u32, SpanMap)>,
    /// The open containers.
    open: Vec<u32>,
    /// Whether a template in a string is a hole.
    holes: bool,
}

impl<'t> Builder<'t> {
    /// A builder over `text` that uses the room in `arena`.
    #[must_use]
    pub fn new(text: &'t str, arena: Arena) -> Self {
        Self { text, nodes: arena.0, apart: Vec::new(), open: Vec::new(), holes: true }
    }

    /// Takes every string for what it says: no template in it is filled in any more.
    #[must_use]
    pub fn without_holes(mut self) -> Self {
        self.holes = false;
        self
    }

    /// How many containers are open.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether the innermost open container is an object.
    #[must_use]
    pub fn in_object(&self) -> bool {
        self.open.last().is_some_and(|&at| self.nodes[at as usize].kind() == RawKind::Object)
    }

    /// Offset of the innermost open container's bracket.
    #[must_use]
    pub fn opened_at(&self) -> Option<usize> {
        self.open.last().map(|&at| self.nodes[at as usize].start as usize)
    }

    fn push(&mut self, kind: RawKind, flags: u32, start: usize, end: usize) {
        let index = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.nodes.push(Raw {
            start: offset(start),
            end: offset(end),
            next: index.saturating_add(1),
            word: kind as u32 | flags,
        });
        if kind != RawKind::Key {
            self.count_in_parent();
        }
    }

    fn count_in_parent(&mut self) {
        if let Some(&parent) = self.open.last() {
            let parent = &mut self.nodes[parent as usize];
            if parent.count() < MOST_MEMBERS {
                parent.word += 1 << COUNT_SHIFT;
            }
        }
    }

    /// Adds `null`, `true`, `false` or a number.
    pub fn scalar(&mut self, kind: Scalar, start: usize, end: usize) {
        let kind = match kind {
            Scalar::Null => RawKind::Null,
            Scalar::False => RawKind::False,
            Scalar::True => RawKind::True,
            Scalar::Number => RawKind::Number,
        };
        self.push(kind, 0, start, end);
    }

    /// Adds a string; its span holds the quotes.
    pub fn string(&mut self, escaped: bool, start: usize, end: usize) {
        let inner = self.text.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
        let hole = self.hole_flag(inner);
        self.push(RawKind::String, if escaped { ESCAPED | hole } else { hole }, start, end);
    }

    /// Adds a key; its value must follow.
    pub fn key(&mut self, escaped: bool, start: usize, end: usize) {
        self.push(RawKind::Key, if escaped { ESCAPED } else { 0 }, start, end);
    }

    /// Adds a key or a string that stands without quotes, or with quotes of more than one byte, which
    /// the span then leaves out.
    pub fn bare(&mut self, is_key: bool, start: usize, end: usize) {
        if is_key {
            self.push(RawKind::Key, BARE, start, end);
        } else {
            let hole = self.hole_flag(self.text.get(start..end).unwrap_or_default());
            self.push(RawKind::String, BARE | hole, start, end);
        }
    }

    /// Adds a key or a string whose bytes, quotes and all, are `span`, and whose text `says` tells
    /// with the place of each of its bytes.
    pub fn told(&mut self, is_key: bool, span: Span, says: SpanMap) {
        let hole = if is_key { 0 } else { self.hole_flag(says.text()) };
        self.set_apart(says);
        let kind = if is_key { RawKind::Key } else { RawKind::String };
        self.push(kind, APART | hole, span.start, span.end);
    }

    /// Says of the string that was added last whether a template fills it in, where the syntax knows
    /// better than the text shows: in single quotes a shell fills in nothing.
    pub fn hole(&mut self, hole: bool) {
        if let Some(last) = self.nodes.last_mut().filter(|last| last.kind() == RawKind::String) {
            last.word = if hole { last.word | HOLE } else { last.word & !HOLE };
        }
    }

    /// Adds a number that JSON would write as `text`.
    pub fn told_number(&mut self, span: Span, text: &str) {
        let mut says = SpanMapBuilder::new(span.start);
        says.replaced(text, span);
        self.set_apart(says.finish());
        self.push(RawKind::Number, APART, span.start, span.end);
    }

    fn set_apart(&mut self, says: SpanMap) {
        self.apart.push((u32::try_from(self.nodes.len()).unwrap_or(u32::MAX), says));
    }

    fn hole_flag(&self, text: &str) -> u32 {
        if self.holes && super::hole::is_hole(text) { HOLE } else { 0 }
    }

    /// Opens an object or an array at `start`; its bracket is there where it has one.
    pub fn open(&mut self, object: bool, start: usize) {
        let kind = if object { RawKind::Object } else { RawKind::Array };
        self.push(kind, 0, start, start + 1);
        self.open.push(u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX));
    }

    /// Closes the innermost container just before `end`.
    pub fn close(&mut self, end: usize) {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        if let Some(at) = self.open.pop() {
            let node = &mut self.nodes[at as usize];
            node.end = u32::try_from(end).unwrap_or(u32::MAX);
            node.next = next;
        }
    }

    /// Whether the last node is a key whose value has not come.
    #[must_use]
    pub fn awaits_value(&self) -> bool {
        self.nodes.last().is_some_and(|node| node.kind() == RawKind::Key)
    }

    /// The tree. Open containers are closed at `end`; a key without a value gets a null of no width.
    #[must_use]
    pub fn finish(mut self, end: usize) -> Tree<'t> {
        if self.awaits_value() {
            self.scalar(Scalar::Null, end, end);
        }
        while !self.open.is_empty() {
            self.close(end);
        }
        Tree { text: self.text, nodes: self.nodes, apart: self.apart, elements: OnceLock::new() }
    }
}

/// A value that holds no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number.
    Number,
}
