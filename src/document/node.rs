//! A node of a tree, as everything above sees it.

use std::borrow::Cow;

use super::elements::ElementTable;
use super::members::{Elements, Members};
use super::pointer;
use super::span_map::SpanMap;
use super::text::{is_integer, unescape};
use super::tree::{RawKind, Tree};
use crate::diagnostic::Span;

/// Which node of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node's number in its tree; unique there.
    #[must_use]
    pub fn index(self) -> u32 {
        self.0
    }
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number; its text is kept.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A value in a tree. Cheap to copy: a reference and a number.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Node({}, {:?})", self.index, self.kind())
    }
}

/// A key of an object.
#[derive(Debug, Clone, Copy)]
pub struct Key<'t> {
    node: Node<'t>,
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub struct Member<'t> {
    /// The key.
    pub key: Key<'t>,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self { tree, index }
    }

    /// Its name in its tree.
    #[must_use]
    pub fn id(self) -> NodeId {
        NodeId(self.index)
    }

    /// The tree it stands in.
    #[must_use]
    pub fn tree(self) -> &'t Tree<'t> {
        self.tree
    }

    /// Its JSON type.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self.tree.raw(self.index).kind() {
            RawKind::Null => Kind::Null,
            RawKind::False | RawKind::True => Kind::Bool,
            RawKind::Number => Kind::Number,
            RawKind::String | RawKind::Key => Kind::String,
            RawKind::Array => Kind::Array,
            RawKind::Object => Kind::Object,
        }
    }

    /// Its JSON type in words: `an object`, `null`.
    #[must_use]
    pub fn kind_name(self) -> &'static str {
        match self.kind() {
            Kind::Null => "null",
            Kind::Bool => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }

    /// Its bytes; a string's with the quotes.
    #[must_use]
    pub fn span(self) -> Span {
        let raw = self.tree.raw(self.index);
        Span::new(raw.start as usize, raw.end as usize)
    }

    /// Its text, as it stands in the file.
    #[must_use]
    pub fn raw(self) -> &'t str {
        self.span().slice(self.tree.text())
    }

    /// The one byte of the bracket that opens it; of a scalar, its first byte.
    #[must_use]
    pub fn opening(self) -> Span {
        let span = self.span();
        Span::new(span.start, span.end.min(span.start + 1))
    }

    /// Whether it is a string that a template fills in; nothing is known of its value.
    #[must_use]
    pub fn is_hole(self) -> bool {
        self.tree.raw(self.index).is_hole()
    }

    /// The text of a string, its escapes resolved. A lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn as_str(self) -> Option<Cow<'t, str>> {
        let raw = self.tree.raw(self.index);
        if !matches!(raw.kind(), RawKind::String | RawKind::Key) {
            return None;
        }
        if raw.is_apart() {
            return Some(Cow::Borrowed(self.told()?.text()));
        }
        let text = self.raw();
        let inner = if raw.is_bare() {
            text
        } else {
            text.get(1..text.len().saturating_sub(1)).unwrap_or_default()
        };
        Some(if raw.is_escaped() { Cow::Owned(unescape(inner)) } else { Cow::Borrowed(inner) })
    }

    /// How many bytes a string's text takes in the file, without its quotes; `None` where the file does
    /// not say it as it stands.
    #[must_use]
    pub fn text_bytes(self) -> Option<usize> {
        let raw = self.tree.raw(self.index);
        let quotes = if raw.is_bare() { 0 } else { 2 };
        (!raw.is_apart()).then(|| self.raw().len().saturating_sub(quotes))
    }

    /// What it says and where, where the text does not say it as it stands.
    pub(super) fn told(self) -> Option<&'t SpanMap> {
        self.tree.apart(self.index)
    }

    /// Whether it is a string with escapes.
    pub(super) fn is_escaped(self) -> bool {
        self.tree.raw(self.index).is_escaped()
    }

    /// Whether it is a string without quotes of one byte around it.
    pub(super) fn is_bare(self) -> bool {
        self.tree.raw(self.index).is_bare()
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self.tree.raw(self.index).kind() {
            RawKind::True => Some(true),
            RawKind::False => Some(false),
            _ => None,
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The text of a number, as JSON would write it.
    #[must_use]
    pub fn number_text(self) -> Option<&'t str> {
        let raw = self.tree.raw(self.index);
        if raw.is_apart() {
            return (raw.kind() == RawKind::Number).then(|| self.told().map(SpanMap::text))?;
        }
        (raw.kind() == RawKind::Number).then(|| self.raw())
    }

    /// A number as the nearest double.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.number_text()?.parse().ok()
    }

    /// A number written as an integer that fits.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        self.number_text()?.parse().ok()
    }

    /// A number written as an integer that fits.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        self.number_text()?.parse().ok()
    }

    /// Whether a number is an integer in the mathematical sense: `1.0` and `1e2` are.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.number_text().is_some_and(is_integer)
    }

    /// How many members or elements a container has, duplicates counted.
    #[must_use]
    pub fn len(self) -> usize {
        match self.kind() {
            Kind::Array | Kind::Object => self.tree.raw(self.index).count(),
            _ => 0,
        }
    }

    /// Whether it is a container without content, or a string without text.
    #[must_use]
    pub fn is_empty(self) -> bool {
        match self.kind() {
            Kind::Array | Kind::Object => self.len() == 0,
            Kind::String => self.as_str().is_some_and(|text| text.is_empty()),
            _ => false,
        }
    }

    /// The value of the member called `name`; of duplicates the last, as servers take it.
    #[must_use]
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        self.member(name).map(|member| member.value)
    }

    /// The member called `name`; of duplicates the last.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Member<'t>> {
        let mut found = None;
        for member in self.members() {
            if member.key.is(name) {
                found = Some(member);
            }
        }
        found
    }

    /// All members of an object in order, duplicates too; none of anything else.
    pub fn members(self) -> Members<'t> {
        let (next, end) = self.inside(Kind::Object);
        Members { tree: self.tree, next, end }
    }

    /// All elements of an array in order; none of anything else.
    pub fn elements(self) -> Elements<'t> {
        let (next, end) = self.inside(Kind::Array);
        Elements { tree: self.tree, next, end }
    }

    fn inside(self, kind: Kind) -> (u32, u32) {
        if self.kind() == kind { (self.index + 1, self.tree.raw(self.index).next) } else { (0, 0) }
    }

    /// This value and all below it, each before what it holds.
    pub fn walk(self) -> impl Iterator<Item = Node<'t>> {
        let end = self.tree.raw(self.index).next;
        (self.index..end)
            .filter(move |&index| self.tree.raw(index).kind() != RawKind::Key)
            .map(move |index| Node::new(self.tree, index))
    }

    /// The value that a JSON Pointer leads to from here. A step is read by the kind of the value one
    /// stands on, so an object's key may be `0`.
    #[must_use]
    pub fn at(self, pointer: &str) -> Option<Node<'t>> {
        let mut node = self;
        for step in pointer.split('/').skip(1) {
            let name = pointer::unescape(step);
            node = match node.kind() {
                Kind::Object => node.get(&name)?,
                Kind::Array => node.element(name.parse().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The JSON Pointer that leads here from `root`.
    #[must_use]
    pub fn pointer_from(self, root: Node<'t>) -> String {
        let mut pointer = String::new();
        let mut node = root;
        while node.index != self.index {
            let step = match node.kind() {
                Kind::Object => node
                    .members()
                    .find(|member| member.value.holds(self.index))
                    .map(|member| (member.key.name().into_owned(), member.value)),
                Kind::Array => {
                    node.element_around(self).map(|(index, element)| (index.to_string(), element))
                }
                _ => None,
            };
            let Some((name, inner)) = step else { break };
            pointer = pointer::push(&pointer, &name);
            node = inner;
        }
        pointer
    }

    /// The element number `position` of an array.
    #[must_use]
    pub fn element(self, position: usize) -> Option<Node<'t>> {
        if self.kind() == Kind::Array && ElementTable::holds(self.len()) {
            let index = self.tree.element_table().element(self.index, position)?;
            return Some(Node::new(self.tree, index));
        }
        self.elements().nth(position)
    }

    /// The element of an array at or above `inner`, with its number.
    pub(super) fn element_around(self, inner: Node<'t>) -> Option<(usize, Node<'t>)> {
        if ElementTable::holds(self.len()) {
            let (position, index) = self.tree.element_table().around(self.index, inner.index)?;
            return Some((position, Node::new(self.tree, index)));
        }
        self.elements().enumerate().find(|(_, element)| element.holds(inner.index))
    }

    pub(super) fn holds(self, index: u32) -> bool {
        (self.index..self.tree.raw(self.index).next).contains(&index)
    }
}

impl<'t> Key<'t> {
    pub(super) fn new(node: Node<'t>) -> Self {
        Self { node }
    }

    /// The name, its escapes resolved.
    #[must_use]
    pub fn name(self) -> Cow<'t, str> {
        self.node.as_str().unwrap_or_default()
    }

    /// The bytes, with the quotes.
    #[must_use]
    pub fn span(self) -> Span {
        self.node.span()
    }

    /// The key as a string of its own.
    #[must_use]
    pub fn node(self) -> Node<'t> {
        self.node
    }

    /// Whether the name is `name`, told without resolving escapes where there are none.
    #[must_use]
    pub fn is(self, name: &str) -> bool {
        let raw = self.node.tree.raw(self.node.index);
        if raw.is_escaped() || raw.is_bare() || raw.is_apart() {
            return self.name() == name;
        }
        let text = self.node.raw().as_bytes();
        text.len() == name.len() + 2 && &text[1..=name.len()] == name.as_bytes()
    }

    /// Whether two keys have the same name.
    #[must_use]
    pub fn is_same(self, other: &Key<'_>) -> bool {
        self.name() == other.name()
    }
}
