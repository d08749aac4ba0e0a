//! Takes what the parser sees and gives it its place.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Raw, Span as Place};

use super::layout::{Layout, Made, ROOT, Segment, What};
use super::{dates, scalars, words};
use crate::diagnostic::Span;

/// Most brackets within brackets: the crate that parses calls itself for each.
pub const MOST_BRACKETS: usize = 128;

/// Receives a file's parts.
pub struct Reader<'t> {
    text: &'t str,
    layout: Layout<'t>,
    comments: Vec<Span>,
    /// The table that keys are added to; `None` where it is lost.
    table: Option<u32>,
    /// The open lists and tables in brackets; `None` where one is passed over.
    open: Vec<Option<u32>>,
    /// The key that is being read, in its parts.
    path: Vec<Segment<'t>>,
    /// Whether a dot came last: the key goes on.
    dotted: bool,
    /// A header that is not closed yet: whether it is one of a list, and where it begins.
    header: Option<(bool, usize)>,
}

fn ours(place: Place) -> Span {
    Span::new(place.start(), place.end())
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            layout: Layout::new(),
            comments: Vec::new(),
            table: Some(ROOT),
            open: Vec::new(),
            path: Vec::new(),
            dotted: false,
            header: None,
        }
    }

    /// What the file means, and its comments.
    pub fn finish(mut self) -> (Layout<'t>, Vec<Span>) {
        self.close_header(self.text.len());
        (self.layout, self.comments)
    }

    fn raw(&self, place: Place, encoding: Option<Encoding>) -> Raw<'t> {
        let text = self.text.get(place.start()..place.end()).unwrap_or_default();
        Raw::new_unchecked(text, encoding, place)
    }

    fn open_header(&mut self, of_list: bool, start: usize) {
        self.close_header(start);
        self.path.clear();
        self.dotted = false;
        self.header = Some((of_list, start));
    }

    fn close_header(&mut self, end: usize) {
        let Some((of_list, start)) = self.header.take() else { return };
        let path = std::mem::take(&mut self.path);
        // A key that is missing was told, and whose table this is cannot be known.
        let whole = path.iter().all(|segment| !segment.span.is_empty());
        self.table =
            if whole { self.layout.header(&path, of_list, Span::new(start, end)) } else { None };
    }

    /// Gives a value its place: in the open list, or under the key that was read.
    fn place(&mut self, what: What, span: Span) -> Option<u32> {
        let path = std::mem::take(&mut self.path);
        let holder = match self.open.last() {
            Some(inner) => (*inner)?,
            None => self.table?,
        };
        if self.layout.items[holder as usize].what == What::Array {
            return self.layout.element(holder, what, span);
        }
        if path.iter().any(|segment| segment.span.is_empty()) {
            return None;
        }
        self.layout.assign(holder, &path, what, span)
    }

    fn enter(&mut self, what: What, place: Place) -> bool {
        let item = self.place(what, ours(place));
        self.open.push(item);
        // What has no place is still read, for its faults; what lies too deep is not.
        if self.open.len() > MOST_BRACKETS {
            self.layout.fault(words::too_deep(ours(place), MOST_BRACKETS));
        }
        self.open.len() <= MOST_BRACKETS
    }

    fn leave(&mut self, place: Place) {
        if let Some(Some(item)) = self.open.pop() {
            let span = &mut self.layout.items[item as usize].span;
            span.end = place.end().max(span.end);
        }
        self.path.clear();
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.open_header(false, span.start());
    }

    fn std_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn array_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.open_header(true, span.start());
    }

    fn array_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn inline_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) -> bool {
        self.enter(What::Table(Made::Inline), span)
    }

    fn inline_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn array_open(&mut self, span: Place, _error: &mut dyn ErrorSink) -> bool {
        self.enter(What::Array, span)
    }

    fn array_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn simple_key(&mut self, span: Place, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        if !std::mem::take(&mut self.dotted) {
            self.path.clear();
        }
        let mut name = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut name, error);
        self.path.push(Segment { name, span: ours(span), encoding });
    }

    fn key_sep(&mut self, _span: Place, _error: &mut dyn ErrorSink) {
        self.dotted = true;
    }

    fn scalar(&mut self, span: Place, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        if span.is_empty() {
            error.report_error(ParseError::new("missing value").with_unexpected(span));
        } else {
            let raw = self.raw(span, encoding);
            match raw.decode_scalar(&mut (), error) {
                ScalarKind::DateTime if !dates::is_date_time(raw.as_str()) => {
                    self.layout.fault(words::date(ours(span)));
                }
                // The crate takes a prefix without digits, and digits of other scripts.
                ScalarKind::Integer(_) | ScalarKind::Float
                    if !scalars::has_digits(raw.as_str()) =>
                {
                    self.layout.fault(words::digits(ours(span)));
                }
                _ => {}
            }
        }
        self.place(What::Scalar(encoding), ours(span));
    }

    fn comment(&mut self, span: Place, error: &mut dyn ErrorSink) {
        self.raw(span, None).decode_comment(error);
        self.comments.push(ours(span));
    }

    fn newline(&mut self, span: Place, error: &mut dyn ErrorSink) {
        self.raw(span, None).decode_newline(error);
        self.close_header(span.start());
    }
}
