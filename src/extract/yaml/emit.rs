//! From what the text writes to the tree: aliases repeat what they name, merge keys give what a
//! mapping lacks.
//!
//! Iterative, and bounded: a text of a few lines can name more nodes than any memory holds.

use std::collections::HashSet;

use super::items::{Item, ItemKind, Says};
use super::words;
use crate::diagnostic::Span;
use crate::document::{Builder, Scalar, SyntaxError};
use crate::extract::json::DEEPEST;

/// How much aliases and merge keys may repeat: nodes, with long texts counted for what they hold.
const MOST_REPEATED: usize = 100_000;

/// So many bytes of a repeated text count as one node.
const BYTES_A_NODE: usize = 64;

/// Builds the tree of `items`; gives the first fault that was met.
pub fn emit(text: &str, items: &[Item], builder: &mut Builder<'_>) -> Option<SyntaxError> {
    let mut emitter =
        Emitter { text, items, builder, frames: Vec::new(), repeated: 0, fault: None, deep: false };
    if !items.is_empty() {
        emitter.value(0, None);
    }
    while !emitter.deep && !emitter.frames.is_empty() {
        emitter.step();
    }
    emitter.fault
}

/// A container that is being written.
struct Frame {
    /// The next item in it, and where it ends.
    at: usize,
    end: usize,
    /// The alias by which it is repeated.
    alias: Option<usize>,
    kind: FrameKind,
    /// The values of its merge keys, which come after its own members.
    merges: Vec<usize>,
}

enum FrameKind {
    Seq {
        close: usize,
    },
    Map {
        close: usize,
        /// The names that it has, where it has a merge key.
        names: Option<HashSet<String>>,
    },
    /// A mapping whose members are merged into the map frame at this index.
    Source {
        into: usize,
    },
}

struct Emitter<'e, 'b, 't> {
    text: &'e str,
    items: &'e [Item],
    builder: &'b mut Builder<'t>,
    frames: Vec<Frame>,
    repeated: usize,
    fault: Option<SyntaxError>,
    /// Whether the limit to the depth was met.
    deep: bool,
}

impl Emitter<'_, '_, '_> {
    fn step(&mut self) {
        let exhausted = self.repeated > MOST_REPEATED;
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if frame.at >= frame.end || (exhausted && frame.alias.is_some()) {
            self.leave(exhausted);
            return;
        }
        let (at, alias) = (frame.at, frame.alias);
        if matches!(frame.kind, FrameKind::Seq { .. }) {
            frame.at = self.items[at].next;
            self.value(at, alias);
            return;
        }
        let value = self.items[at].next;
        frame.at = self.items.get(value).map_or(frame.end, |item| item.next);
        self.member(at, value, alias);
    }

    /// The innermost frame is done, but for what it merges.
    fn leave(&mut self, exhausted: bool) {
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        if frame.merges.is_empty() || exhausted {
            if let FrameKind::Seq { close } | FrameKind::Map { close, .. } = frame.kind {
                self.builder.close(close);
            }
            return;
        }
        let merges = std::mem::take(&mut frame.merges);
        let into = match frame.kind {
            FrameKind::Source { into } => into,
            _ => self.frames.len(),
        };
        let alias = frame.alias;
        if !matches!(frame.kind, FrameKind::Source { .. }) {
            self.frames.push(frame);
        }
        // What stands first wins, so it is the last on the stack.
        for merge in merges.into_iter().rev() {
            for (source, through) in self.sources(merge).unwrap_or_default().into_iter().rev() {
                self.merge(source, through.or(alias).unwrap_or(merge), into);
            }
        }
    }

    fn merge(&mut self, source: usize, alias: usize, into: usize) {
        if self.spend(1, alias) {
            self.frames.push(Frame {
                at: source + 1,
                end: self.items[source].next,
                alias: Some(alias),
                kind: FrameKind::Source { into },
                merges: Vec::new(),
            });
        }
    }

    /// The mappings that a merge key's value names, each with the alias that names it; `None` where
    /// it names something else.
    fn sources(&self, value: usize) -> Option<Vec<(usize, Option<usize>)>> {
        let resolved = |item: usize| match self.items[item].kind {
            ItemKind::Alias(target) => (target, Some(item)),
            _ => (item, None),
        };
        let (named, alias) = resolved(value);
        match self.items.get(named)?.kind {
            ItemKind::Map => Some(vec![(named, alias)]),
            ItemKind::Seq => {
                let mut found = Vec::new();
                let mut at = named + 1;
                while at < self.items[named].next {
                    let source = resolved(at);
                    if !matches!(self.items[source.0].kind, ItemKind::Map) {
                        return None;
                    }
                    found.push(source);
                    at = self.items[at].next;
                }
                Some(found)
            }
            _ => None,
        }
    }

    fn member(&mut self, key: usize, value: usize, alias: Option<usize>) {
        // Where nothing more is repeated, there is no need to know what.
        let exhausted = self.repeated > MOST_REPEATED;
        let is_merge = self.is_merge_key(key) && (exhausted || self.sources(value).is_some());
        let last = self.frames.len() - 1;
        if is_merge {
            self.frames[last].merges.push(value);
            return;
        }
        let cost = 1 + self.items[key].span.len() / BYTES_A_NODE;
        if alias.is_some_and(|alias| !self.spend(cost, alias)) {
            return;
        }
        let (frame, merges) = match self.frames[last].kind {
            FrameKind::Source { into } => (into, true),
            _ => (last, false),
        };
        if matches!(self.frames[frame].kind, FrameKind::Map { names: Some(_), .. }) {
            let name = self.name(key);
            let is_new = match &mut self.frames[frame].kind {
                FrameKind::Map { names: Some(names), .. } => names.insert(name),
                _ => true,
            };
            // It has one of its own.
            if merges && !is_new {
                return;
            }
        }
        self.key(key);
        self.value(value, alias);
    }

    /// Whether a key is `<<`, without quotes.
    fn is_merge_key(&self, key: usize) -> bool {
        let item = &self.items[key];
        matches!(item.kind, ItemKind::Scalar(Says::Bare)) && item.span.slice(self.text) == "<<"
    }

    /// A key's name.
    fn name(&self, key: usize) -> String {
        let item = &self.items[self.target(key)];
        match &item.kind {
            ItemKind::Scalar(Says::Told(map)) => map.text().to_owned(),
            ItemKind::Scalar(Says::Quoted { .. }) => {
                let inner = Span::new(item.span.start + 1, item.span.end - 1);
                inner.slice(self.text).to_owned()
            }
            _ => item.span.slice(self.text).to_owned(),
        }
    }

    fn target(&self, item: usize) -> usize {
        match self.items[item].kind {
            ItemKind::Alias(target) => target,
            _ => item,
        }
    }

    /// A key. What is no scalar is named by its source: JSON has no such keys, and what follows must
    /// not be lost.
    fn key(&mut self, key: usize) {
        let item = &self.items[self.target(key)];
        let Span { start, end } = item.span;
        match &item.kind {
            ItemKind::Scalar(Says::Told(map)) => self.builder.told(true, item.span, map.clone()),
            ItemKind::Scalar(Says::Quoted { escaped }) => self.builder.key(*escaped, start, end),
            _ => self.builder.bare(true, start, end),
        }
    }

    fn value(&mut self, index: usize, alias: Option<usize>) {
        let Some(item) = self.items.get(index) else {
            return;
        };
        let (index, alias) = match item.kind {
            ItemKind::Alias(target) => (target, Some(alias.unwrap_or(index))),
            _ => (index, alias),
        };
        let item = &self.items[index];
        let cost = if matches!(item.kind, ItemKind::Scalar(_)) { item.span.len() } else { 0 };
        let affordable = alias.is_none_or(|alias| self.spend(1 + cost / BYTES_A_NODE, alias));
        if !affordable {
            self.builder.hole(item.span.start, item.span.end);
            return;
        }
        let Span { start, end } = item.span;
        match &item.kind {
            ItemKind::Scalar(says) => self.scalar(says, item.span),
            ItemKind::TaggedSeq | ItemKind::Alias(_) => self.builder.hole(start, end),
            ItemKind::Seq => self.open(index, FrameKind::Seq { close: end }, alias),
            ItemKind::Map => {
                let names = self.has_merge_key(index).then(HashSet::new);
                self.open(index, FrameKind::Map { close: end, names }, alias);
            }
        }
    }

    fn has_merge_key(&self, map: usize) -> bool {
        let end = self.items[map].next;
        let mut key = map + 1;
        while key < end {
            if self.is_merge_key(key) {
                return true;
            }
            key = self.items.get(self.items[key].next).map_or(end, |value| value.next);
        }
        false
    }

    fn open(&mut self, index: usize, kind: FrameKind, alias: Option<usize>) {
        let item = &self.items[index];
        self.builder.open(matches!(kind, FrameKind::Map { .. }), item.span.start);
        if self.builder.depth() > DEEPEST {
            let start = item.span.start;
            let span = Span::new(start, start + 1).clipped(self.text);
            self.tell(crate::extract::words::too_deep(span, DEEPEST));
            self.deep = true;
            return;
        }
        let (at, end) = (index + 1, item.next);
        self.frames.push(Frame { at, end, alias, kind, merges: Vec::new() });
    }

    fn scalar(&mut self, says: &Says, span: Span) {
        let Span { start, end } = span;
        match says {
            Says::Null => self.builder.scalar(Scalar::Null, start, end),
            Says::True => self.builder.scalar(Scalar::True, start, end),
            Says::False => self.builder.scalar(Scalar::False, start, end),
            Says::Number => self.builder.scalar(Scalar::Number, start, end),
            Says::NumberAs(text) => self.builder.told_number(span, text),
            Says::Bare => self.builder.bare(false, start, end),
            Says::Quoted { escaped } => self.builder.string(*escaped, start, end),
            Says::Told(map) => self.builder.told(false, span, map.clone()),
            Says::Hole => self.builder.hole(start, end),
        }
    }

    /// Counts what is repeated; tells whether there is room for it.
    fn spend(&mut self, nodes: usize, alias: usize) -> bool {
        self.repeated += nodes;
        if self.repeated > MOST_REPEATED {
            self.tell(words::alias_bomb(self.items[alias].span, MOST_REPEATED));
            return false;
        }
        true
    }

    fn tell(&mut self, fault: SyntaxError) {
        self.fault.get_or_insert(fault);
    }
}
