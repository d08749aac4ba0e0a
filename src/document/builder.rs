//! Builds a tree from what a parser meets, in order of the text.

use std::sync::OnceLock;

use super::span_map::{SpanMap, SpanMapBuilder};
use super::tree::{
    APART, Arena, BARE, COUNT_SHIFT, ESCAPED, HOLE, MOST_MEMBERS, Raw, RawKind, Tree,
};
use crate::diagnostic::Span;

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
    pub fn set_hole(&mut self, hole: bool) {
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

    /// Adds a value of which nothing is known, as its text has to be put in first.
    pub fn hole(&mut self, start: usize, end: usize) {
        self.push(RawKind::String, BARE | HOLE, start, end);
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
        Tree {
            text: self.text,
            nodes: self.nodes,
            apart: self.apart,
            elements: OnceLock::new(),
            repeated: OnceLock::new(),
        }
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
