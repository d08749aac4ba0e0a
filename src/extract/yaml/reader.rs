//! Takes the parser's events down as items.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Span as Place, Tag};

use super::items::{Item, ItemKind, Says};
use super::resync::Cut;
use super::scalars::{self, Scalar};
use super::{emit, faults, in_brackets, layout, words};
use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, Lost, SyntaxError};

/// What is read.
#[derive(Debug, Clone, Copy)]
pub struct Source<'r, 't> {
    /// The text itself.
    pub text: &'t str,
    /// The text without the cuts.
    pub layout: &'r str,
    /// Where tabs stand that indent lines, each a fault.
    pub tabs: &'r [usize],
    /// The lines that are passed over.
    pub cuts: &'r [Cut],
}

/// What is known of the document that is being read.
pub struct Reader<'r, 't> {
    source: Source<'r, 't>,
    text: &'r str,
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
    /// The last scalar without quotes.
    last: Option<Span>,
    /// Where the parser stopped, and where what it did not read begins.
    stop: Option<Stop>,
}

/// A container that is not closed.
struct Open {
    item: usize,
    is_map: bool,
    /// Whether a key's value comes next.
    value_next: bool,
}

/// Where the parser stopped.
struct Stop {
    at: usize,
    /// Where the first begins that was not read; `None` where the document is all in brackets.
    from: Option<usize>,
}

fn bytes(place: &Place) -> Span {
    let range = place.byte_range().unwrap_or_default();
    Span::new(range.start, range.end.max(range.start))
}

impl<'r, 't> Reader<'r, 't> {
    /// A reader at the start of `source`.
    pub fn new(source: Source<'r, 't>) -> Self {
        let text = source.layout;
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            source,
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
            last: None,
            stop: None,
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
                    Some(target) if self.open.iter().any(|open| open.item == *target) => {
                        self.fault.get_or_insert_with(|| words::recursive(span));
                        self.lost.lines(self.source.text, span);
                        ItemKind::Scalar(Says::Hole)
                    }
                    Some(target) => ItemKind::Alias(*target),
                    None => ItemKind::Scalar(Says::Hole),
                };
                self.leaf(kind, span);
            }
            Event::UnresolvedAlias(_) => {
                self.fault.get_or_insert_with(|| words::unknown_anchor(span));
                self.lost.lines(self.source.text, span);
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
        let unread = layout::first_token(self.text, self.after, at, true);
        let mut from = fault.span.start.min(at);
        let outer = self.items.first().map_or(unread, |item| item.span.start);
        let is_block = !self.text.get(outer..).unwrap_or_default().starts_with(['[', '{']);
        if is_block {
            let opened = self.open.iter().map(|open| self.items[open.item].span.start).find(opens);
            let goes_on = self.last.filter(|last| {
                last.end >= self.after && self.begins_line(last.start, self.indent(from))
            });
            let starts = [Some(unread), opened, goes_on.map(|last| last.start)];
            from = starts.into_iter().flatten().fold(from, usize::min);
        }
        self.lost.rest(self.source.text, from);
        self.stop = Some(Stop { at, from: is_block.then_some(from) });
        self.fault.get_or_insert(fault);
    }

    /// Whether a scalar is the first of its line and no key's value: a line that is indented deeper, by `indent`, may
    /// go on with it.
    fn begins_line(&self, start: usize, indent: usize) -> bool {
        let before = self.line_before(start).trim_start_matches('\u{feff}');
        indent > self.indent(start) && before.bytes().all(|byte| matches!(byte, b' ' | b'-'))
    }

    fn indent(&self, at: usize) -> usize {
        let line = self.text.get(at - self.line_before(at).len()..).unwrap_or_default();
        line.len() - line.trim_start_matches(' ').len()
    }

    /// What stands before `at` on its line.
    fn line_before(&self, at: usize) -> &'r str {
        let before = self.text.get(..at).unwrap_or_default();
        &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..]
    }

    /// Where what the parser could not read begins, and what is wrong there. A template is none of this.
    pub fn stop(&self) -> Option<(usize, SyntaxError)> {
        let from = self.stop.as_ref().filter(|_| self.template.is_none())?.from?;
        Some((from, self.fault.clone()?))
    }

    /// Where the document ends as far as it was read.
    fn reached(&self) -> usize {
        self.end.max(self.after)
    }

    /// A tab in the document that was read is its first fault, or one after it. How deep its line was meant to be
    /// is a guess, and so is all that follows.
    fn tell_tabs(&mut self) {
        let (start, end) = (self.start, self.reached());
        let Some(tab) = self.source.tabs.iter().copied().find(|tab| (start..end).contains(tab))
        else {
            return;
        };
        self.lost.rest(self.source.text, tab);
        if self.fault.as_ref().is_none_or(|fault| tab < fault.span.start) {
            let rest = &self.source.text[tab..];
            let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            self.fault = Some(words::tab(Span::new(tab, tab + length)));
        }
    }

    /// The lines of the document that were passed over are lost. Of their faults the one that was met first is
    /// told: those that were met after it may come of it.
    fn tell_cuts(&mut self) {
        let end = self.stop.as_ref().map_or(0, |stop| stop.at).max(self.reached());
        let first = self.source.cuts.partition_point(|cut| cut.span.start < self.start);
        let cuts = &self.source.cuts[first..];
        let cuts = &cuts[..cuts.partition_point(|cut| cut.span.start < end)];
        for cut in cuts {
            self.lost.between(self.source.text, cut.span.start, cut.next);
        }
        if let Some(first) = cuts.iter().min_by_key(|cut| cut.round) {
            self.fault = Some(first.error.clone());
            self.comments.retain(|comment| !cuts.iter().any(|cut| cut.span.covers(*comment)));
        }
    }

    /// Passes the document over.
    pub fn skip(&mut self) {
        let start = self.reached();
        *self = Self { start, after: start, end: start, ..Self::new(self.source) };
    }

    /// The document as far as it was read; the reader is ready for the next.
    pub fn finish(&mut self, arena: Arena) -> Document<'t> {
        while !self.open.is_empty() {
            self.close(self.after);
        }
        self.tell_cuts();
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
        let (start, after) = (self.start, self.after);
        self.skip();
        let text = self.source.text;
        if items.is_empty() && fault.is_some() {
            if let Some(document) = in_brackets(text, start, arena) {
                let errors = fault.into_iter().collect();
                return Document { errors, comments, template, ..document };
            }
            let errors = fault.into_iter().collect();
            return Document { errors, lost, comments, template, ..Document::default() };
        }
        let mut builder = Builder::new(text, arena);
        let met = emit::emit(text, &items, &mut builder);
        if let Some(met) = &met {
            lost.rest(text, first_repeated(&items).unwrap_or(0).min(met.span.start));
        }
        lose_repeated(text, &items, &mut lost);
        let errors: Vec<_> = fault.or(met).into_iter().collect();
        Document { tree: builder.finish(after), errors, lost, comments, index: 0, template }
    }
}

/// Where the first node begins that an alias repeats.
fn first_repeated(items: &[Item]) -> Option<usize> {
    let targets = items.iter().filter_map(|item| match item.kind {
        ItemKind::Alias(target) => Some(items[target].span.start),
        _ => None,
    });
    targets.min()
}

/// Where an alias repeats what is lost in part, its own place lacks the same: a merge key leaves no other trace.
fn lose_repeated(text: &str, items: &[Item], lost: &mut Lost) {
    if lost.is_empty() {
        return;
    }
    for item in items {
        if let ItemKind::Alias(target) = item.kind
            && lost.meets(items[target].span)
        {
            lost.lines(text, item.span);
        }
    }
}

/// Whether a tag is none of YAML's own.
fn is_of_others(tag: &Tag) -> bool {
    tag.suffix_in_namespace("tag:yaml.org,2002:").is_none() && tag.original() != "!"
}
