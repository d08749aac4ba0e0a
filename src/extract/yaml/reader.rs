//! Takes the parser's events down as items.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Span as Place, Tag};

use super::items::{Item, ItemKind, Says};
use super::scalars::{self, Scalar};
use super::{emit, faults, in_brackets, layout, words};
use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, Lost, SyntaxError};

/// What is known of the document that is being read.
pub struct Reader<'t> {
    text: &'t str,
    items: Vec<Item>,
    open: Vec<Open>,
    /// The item of each anchor.
    anchors: HashMap<usize, usize>,
    comments: Vec<Span>,
    fault: Option<SyntaxError>,
    lost: Lost,
    template: Option<Span>,
    /// Where the document begins, and where the last node ends.
    start: usize,
    after: usize,
    /// Just past the mark of its end.
    end: usize,
    /// Where tabs stand that indent lines, each a fault.
    tabs: Vec<usize>,
    /// The last scalar without quotes.
    last: Option<Span>,
}

/// A container that is not closed.
struct Open {
    item: usize,
    is_map: bool,
    /// Whether a key's value comes next.
    value_next: bool,
}

fn bytes(place: &Place) -> Span {
    let range = place.byte_range().unwrap_or_default();
    Span::new(range.start, range.end.max(range.start))
}

impl<'t> Reader<'t> {
    /// A reader at the start of `text`, in which tabs indent lines at `tabs`.
    pub fn new(text: &'t str, tabs: Vec<usize>) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            text,
            items: Vec::new(),
            open: Vec::new(),
            anchors: HashMap::new(),
            comments: Vec::new(),
            fault: None,
            lost: Lost::default(),
            template: None,
            start,
            after: start,
            end: start,
            tabs,
            last: None,
        }
    }

    /// Takes down one event.
    pub fn event(&mut self, event: Event<'_>, place: Place) {
        let span = bytes(&place);
        match event {
            // One without a mark of its own begins where the one before it ends.
            Event::DocumentStart(true, _) => {
                self.start = span.end;
                self.after = span.end;
            }
            Event::DocumentEnd => self.end = span.end,
            Event::Comment(..) => self.comments.push(span),
            Event::Alias(anchor) => {
                let kind = match self.anchors.get(&anchor) {
                    Some(target) => ItemKind::Alias(*target),
                    None => ItemKind::Scalar(Says::Hole),
                };
                self.leaf(kind, span);
            }
            Event::UnresolvedAlias(_) => {
                self.fault.get_or_insert_with(|| words::unknown_anchor(span));
                self.lost.lines(self.text, span);
                self.leaf(ItemKind::Scalar(Says::Hole), span);
            }
            Event::Scalar(value, style, anchor, tag) => {
                let scalar = Scalar {
                    value: &value,
                    style,
                    tag: tag.as_deref(),
                    span,
                    tag_start: place.tag_start.and_then(|start| start.byte_offset()),
                    is_key: self.is_key(),
                    after: self.after,
                };
                let (says, span) = scalars::item(self.text, &scalar);
                self.last = Some(span);
                self.anchor(anchor);
                self.leaf(ItemKind::Scalar(says), span);
            }
            Event::SequenceStart(_, anchor, tag) => {
                let unknown = tag.as_deref().is_some_and(is_of_others);
                let kind = if unknown { ItemKind::TaggedSeq } else { ItemKind::Seq };
                let start = self.sequence_start(span);
                self.container(kind, start, anchor);
            }
            Event::MappingStart(_, anchor, _) => {
                self.template_mark(span.start);
                self.container(ItemKind::Map, span.start, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(if span.is_empty() { self.after } else { span.end });
            }
            _ => {}
        }
    }

    /// A mapping whose key is a mapping in brackets: what a template looks like to a parser.
    fn template_mark(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.starts_with("{{") || rest.starts_with("{%") {
            self.template.get_or_insert(Span::new(start, start + 2));
        }
    }

    /// Where a sequence begins: at its first dash, which the parser leaves out where the sequence is no
    /// deeper than its key.
    fn sequence_start(&self, span: Span) -> usize {
        let is_value = self.open.last().is_some_and(|open| open.is_map && open.value_next);
        if !span.is_empty() || !is_value {
            return span.start;
        }
        let dash = layout::first_token(self.text, self.after, self.text.len(), false);
        if self.text[dash..].starts_with('-') { dash.min(span.start) } else { span.start }
    }

    fn is_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && !open.value_next)
    }

    /// The next item has this anchor, if it is one.
    fn anchor(&mut self, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, self.items.len());
        }
    }

    fn turn(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.value_next = open.is_map && !open.value_next;
        }
    }

    fn leaf(&mut self, kind: ItemKind, span: Span) {
        let next = self.items.len() + 1;
        self.items.push(Item { kind, span, next });
        self.after = span.end;
        self.turn();
    }

    fn container(&mut self, kind: ItemKind, start: usize, anchor: usize) {
        self.anchor(anchor);
        self.turn();
        let item = self.items.len();
        let is_map = matches!(kind, ItemKind::Map);
        self.items.push(Item { kind, span: Span::new(start, start), next: item + 1 });
        self.open.push(Open { item, is_map, value_next: false });
        self.after = self.after.max(start);
    }

    fn close(&mut self, end: usize) {
        if self.open.last().is_some_and(|open| open.value_next) {
            self.leaf(ItemKind::Scalar(Says::Null), Span::new(end, end));
        }
        if let Some(open) = self.open.pop() {
            let next = self.items.len();
            let item = &mut self.items[open.item];
            item.span.end = end.max(item.span.start);
            item.next = next;
            self.after = item.span.end;
        }
    }

    /// The parser stopped at `at`.
    pub fn fault(&mut self, kind: &ErrorKind, at: usize) {
        let last = self.last.map_or(at, |last| last.start);
        if self.template.is_none() {
            self.template = faults::template(self.text, at, last);
        }
        let opens = |start: &usize| self.text[*start..].starts_with(['[', '{']);
        let starts = self.open.iter().rev().map(|open| self.items[open.item].span.start);
        let bracket = starts.take(1).find(opens);
        let fault = faults::fault(self.text, kind, at, faults::Around { last: self.last, bracket });
        // What comes next in the document is not read, and the last lines may have been read as others.
        self.lost.rest(self.text, fault.span.start.min(at));
        self.fault.get_or_insert(fault);
    }

    /// A tab in the document that was read is its first fault, or one after it. How deep its line was meant to be
    /// is a guess, and so is all that follows.
    fn tell_tabs(&mut self) {
        let end = self.end.max(self.after);
        let Some(tab) = self.tabs.iter().copied().find(|tab| (self.start..end).contains(tab))
        else {
            return;
        };
        self.lost.rest(self.text, tab);
        if self.fault.as_ref().is_none_or(|fault| tab < fault.span.start) {
            let rest = &self.text[tab..];
            let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.fault = Some(words::tab(Span::new(tab, tab + length)));
        }
    }

    /// The document as far as it was read; the reader is ready for the next.
    pub fn finish(&mut self, arena: Arena) -> Document<'t> {
        while !self.open.is_empty() {
            self.close(self.after);
        }
        self.tell_tabs();
        let mut fault = self.fault.take();
        let mut lost = std::mem::take(&mut self.lost);
        let template = self.template.take();
        if let Some(mark) = template {
            fault = Some(crate::extract::words::template(mark));
        }
        let mut comments = std::mem::take(&mut self.comments);
        comments.sort_unstable();
        let items = std::mem::take(&mut self.items);
        let tabs = std::mem::take(&mut self.tabs);
        let read = std::mem::replace(self, Self::new(self.text, tabs));
        self.start = read.end.max(read.after);
        self.after = self.start;
        if items.is_empty() && fault.is_some() {
            if let Some(document) = in_brackets(self.text, read.start, arena) {
                let errors = fault.into_iter().collect();
                return Document { errors, comments, template, ..document };
            }
            let errors = fault.into_iter().collect();
            return Document { errors, lost, comments, template, ..Document::default() };
        }
        let mut builder = Builder::new(self.text, arena);
        let met = emit::emit(self.text, &items, &mut builder);
        if met.is_some() {
            lost.rest(self.text, 0);
        }
        let errors: Vec<_> = fault.or(met).into_iter().collect();
        Document { tree: builder.finish(read.after), errors, lost, comments, index: 0, template }
    }
}

/// Whether a tag is none of YAML's own.
fn is_of_others(tag: &Tag) -> bool {
    tag.suffix_in_namespace("tag:yaml.org,2002:").is_none() && tag.original() != "!"
}
