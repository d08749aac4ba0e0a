//! What the parts of a TOML file mean together: one object, put together from tables that may stand
//! anywhere.

use std::borrow::Cow;
use std::collections::HashMap;

use toml_parser::decoder::Encoding;

use super::super::json::DEEPEST;
use super::words;
use crate::diagnostic::Span;
use crate::document::SyntaxError;

/// No item.
pub const NONE: u32 = u32::MAX;

/// The document's object.
pub const ROOT: u32 = 0;

/// One part of a dotted key.
#[derive(Debug, Clone)]
pub struct Segment<'t> {
    /// What it says.
    pub name: Cow<'t, str>,
    /// Its bytes.
    pub span: Span,
    /// Its quotes.
    pub encoding: Option<Encoding>,
}

/// How a table came to be, which decides what may still be added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// By its own header.
    ByHeader,
    /// By the header of a table within it.
    ByPath,
    /// By a dotted key.
    ByDots,
    /// In braces: it is complete.
    Inline,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A string, number, boolean or date, with its quotes.
    Scalar(Option<Encoding>),
    /// A list in brackets.
    Array,
    /// A list of tables, each under a header of its own.
    Tables,
    /// A table.
    Table(Made),
}

/// A value, with its place among its parent's.
#[derive(Debug)]
pub struct Item {
    /// What it is.
    pub what: What,
    /// The bytes that make it; a table's or list's end goes as far as its content.
    pub span: Span,
    /// Its key, where it has one.
    pub key: Option<(Span, Option<Encoding>)>,
    /// Its first member or element.
    pub first: u32,
    /// Its next sibling.
    pub next: u32,
    last: u32,
    depth: usize,
}

/// The object of a file.
#[derive(Debug)]
pub struct Layout<'t> {
    /// All items; the first is the root.
    pub items: Vec<Item>,
    /// Faults of meaning.
    pub faults: Vec<SyntaxError>,
    names: HashMap<(u32, Cow<'t, str>), u32>,
}

impl<'t> Layout<'t> {
    /// An object without content.
    pub fn new() -> Self {
        let mut layout = Self { items: Vec::new(), faults: Vec::new(), names: HashMap::new() };
        layout.item(What::Table(Made::ByHeader), Span::default(), None, 0);
        layout
    }

    /// Keeps a fault.
    pub fn fault(&mut self, error: SyntaxError) {
        if self.faults.len() < super::MOST_FAULTS {
            self.faults.push(error);
        }
    }

    /// The table that a header opens; `None` where it cannot be told.
    pub fn header(&mut self, path: &[Segment<'t>], of_list: bool, span: Span) -> Option<u32> {
        let (last, before) = path.split_last()?;
        let mut at = ROOT;
        for segment in before {
            at = match self.child(at, segment) {
                None => self.add(at, segment, What::Table(Made::ByPath), span)?,
                Some(child) => match self.items[child as usize].what {
                    What::Tables => self.items[child as usize].last,
                    What::Table(made) if made != Made::Inline => child,
                    _ => self.again(at, child, segment, What::Table(Made::ByPath), span)?,
                },
            };
        }
        let table = What::Table(Made::ByHeader);
        let found = self.child(at, last);
        let what = found.map(|child| self.items[child as usize].what);
        let list = match (found, what, of_list) {
            (None, _, false) => return self.add(at, last, table, span),
            (None, _, true) => self.add(at, last, What::Tables, span)?,
            (Some(child), Some(What::Tables), true) => child,
            (Some(child), Some(What::Table(Made::ByPath)), false) => {
                let item = &mut self.items[child as usize];
                (item.what, item.span, item.key) = (table, span, Some((last.span, last.encoding)));
                return Some(child);
            }
            (Some(child), _, false) => return self.again(at, child, last, table, span),
            (Some(child), _, true) => self.again(at, child, last, What::Tables, span)?,
        };
        self.element(list, table, span)
    }

    /// Adds a value to `table` under a key that may be dotted.
    pub fn assign(
        &mut self,
        table: u32,
        path: &[Segment<'t>],
        what: What,
        span: Span,
    ) -> Option<u32> {
        let (last, before) = path.split_last()?;
        let mut at = table;
        for (segment, inner) in before.iter().zip(&path[1..]) {
            let dotted = What::Table(Made::ByDots);
            at = match self.child(at, segment) {
                None => self.add(at, segment, dotted, inner.span)?,
                Some(child) if self.items[child as usize].what == dotted => child,
                Some(child) => self.again(at, child, segment, dotted, inner.span)?,
            };
        }
        match self.child(at, last) {
            None => self.add(at, last, what, span),
            Some(child) => {
                self.repeated(child, last);
                self.add(at, last, what, span)
            }
        }
    }

    /// Adds an element to a list.
    pub fn element(&mut self, list: u32, what: What, span: Span) -> Option<u32> {
        let depth = self.deeper(list, what, span)?;
        let item = self.item(what, span, None, depth);
        self.link(list, item);
        Some(item)
    }

    /// A key whose value is there already and can take no more: a fault. To read on, what comes is added
    /// to the table that is there, or stands beside what is no table.
    fn again(
        &mut self,
        parent: u32,
        child: u32,
        segment: &Segment<'t>,
        what: What,
        span: Span,
    ) -> Option<u32> {
        self.repeated(child, segment);
        match (self.items[child as usize].what, what) {
            (What::Table(_), What::Table(_)) => Some(child),
            _ => self.add(parent, segment, what, span),
        }
    }

    fn repeated(&mut self, child: u32, segment: &Segment<'t>) {
        let first = self.items[child as usize].key.map_or(segment.span, |(span, _)| span);
        let is_table = matches!(self.items[child as usize].what, What::Table(_) | What::Tables);
        self.fault(words::repeated(segment.span, first, is_table));
    }

    fn child(&self, parent: u32, segment: &Segment<'t>) -> Option<u32> {
        self.names.get(&(parent, segment.name.clone())).copied()
    }

    fn add(&mut self, parent: u32, segment: &Segment<'t>, what: What, span: Span) -> Option<u32> {
        let depth = self.deeper(parent, what, segment.span)?;
        let item = self.item(what, span, Some((segment.span, segment.encoding)), depth);
        self.names.insert((parent, segment.name.clone()), item);
        self.link(parent, item);
        Some(item)
    }

    /// The depth of what is added to `parent`; `None` where a container would lie too deep.
    fn deeper(&mut self, parent: u32, what: What, at: Span) -> Option<usize> {
        let depth = self.items[parent as usize].depth + 1;
        let is_scalar = matches!(what, What::Scalar(_));
        if depth >= DEEPEST && !is_scalar {
            self.fault(words::too_deep(at, DEEPEST));
            return None;
        }
        Some(depth)
    }

    fn item(
        &mut self,
        what: What,
        span: Span,
        key: Option<(Span, Option<Encoding>)>,
        depth: usize,
    ) -> u32 {
        self.items.push(Item { what, span, key, first: NONE, next: NONE, last: NONE, depth });
        u32::try_from(self.items.len() - 1).unwrap_or(NONE)
    }

    fn link(&mut self, parent: u32, item: u32) {
        let before = self.items[parent as usize].last;
        self.items[parent as usize].last = item;
        if before == NONE {
            self.items[parent as usize].first = item;
        } else {
            self.items[before as usize].next = item;
        }
    }
}
