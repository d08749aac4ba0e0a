//! JSON by RFC 8259, strictly, or a dialect of it; and, where a text is none, as much of it as can be
//! read.
//!
//! Iterative, with a limit to the depth: no text can overflow the stack. The first fault is kept with
//! good words; after it, reading goes on as far as one can tell what was meant.

mod dialect;
mod json5;
mod space;
mod strings;
mod tokens;

use std::ops::Range;

use super::words;
use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, Lost, Scalar, SyntaxError, SyntaxErrorKind};

pub use dialect::Dialect;

/// Most containers within containers. Deeper ones are no request of any API.
pub const DEEPEST: usize = 512;

/// Parses the document in `range` of `text`. Spans are offsets in `text`.
#[must_use]
pub fn parse(text: &str, range: Range<usize>, dialect: Dialect, arena: Arena) -> Document<'_> {
    parse_into(text, range, dialect, Builder::new(text, arena))
}

/// Parses `text` as it goes over the wire: no template in it is filled in any more.
#[must_use]
pub fn parse_body(text: &str) -> Document<'_> {
    let builder = Builder::new(text, Arena::default()).without_holes();
    parse_into(text, 0..text.len(), Dialect::Json, builder)
}

fn parse_into<'t>(
    text: &'t str,
    range: Range<usize>,
    dialect: Dialect,
    builder: Builder<'t>,
) -> Document<'t> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: range.start,
        end: range.end,
        dialect,
        builder,
        errors: Vec::new(),
        comments: Vec::new(),
        lost: Lost::default(),
        template: None,
    };
    if u32::try_from(range.end).is_err() {
        let span = Span::new(range.start, range.start);
        parser.fault(words::too_large(span));
        return parser.done();
    }
    if text[range].starts_with('\u{feff}') {
        parser.at += '\u{feff}'.len_utf8();
    }
    parser.document();
    parser.done()
}

/// What is expected next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// A value: at the start, or after a colon.
    Value,
    /// An element or the end of the array; after a comma if true.
    Element(bool),
    /// A key or the end of the object; after a comma if true.
    Key(bool),
    /// A comma or the end of the container.
    After,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    end: usize,
    dialect: Dialect,
    builder: Builder<'t>,
    /// The first fault.
    errors: Vec<SyntaxError>,
    comments: Vec<Span>,
    lost: Lost,
    template: Option<Span>,
}

impl<'t> Parser<'t> {
    fn done(self) -> Document<'t> {
        Document {
            tree: self.builder.finish(self.at.min(self.end)),
            lost: self.lost,
            errors: self.errors,
            comments: self.comments,
            index: 0,
            template: self.template,
        }
    }

    fn fault(&mut self, error: SyntaxError) {
        self.lose(&error);
        if self.errors.is_empty() {
            self.errors.push(error);
        }
    }

    /// Loses what the fault makes uncertain: nothing, its lines, or all that follows.
    fn lose(&mut self, error: &SyntaxError) {
        use SyntaxErrorKind as Kind;
        let text = &self.text[..self.end];
        match error.kind {
            Kind::TrailingComma | Kind::Comment | Kind::BareKey => {}
            // There is one reading of them, and it is what was read.
            Kind::Unexpected if error.span.slice(text) == "," => {}
            Kind::Word if tokens::is_literal(error.span.slice(text)) => {}
            Kind::Quotes if strings::is_closed(error.span.slice(text)) => {}
            // Where a key follows, there is one reading.
            Kind::MissingComma if self.builder.in_object() => {}
            Kind::Bracket if error.span.is_empty() => self.lost.end(error.span.start),
            Kind::Bracket
            | Kind::OpenString
            | Kind::Surplus
            | Kind::TooDeep
            | Kind::TooLarge
            | Kind::Unexpected => self.lost.rest(text, error.span.start),
            _ => self.lost.lines(text, error.span),
        }
    }

    fn peek(&self) -> Option<u8> {
        if self.at < self.end { Some(self.bytes[self.at]) } else { None }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn document(&mut self) {
        self.space();
        if self.at >= self.end {
            self.fault(words::empty(Span::new(self.end, self.end)));
            return;
        }
        let mut expect = Expect::Value;
        loop {
            self.space();
            let Some(byte) = self.peek() else { break };
            if self.template_here() {
                return;
            }
            expect = match expect {
                Expect::Value => self.value(byte),
                Expect::Element(comma) => self.element(byte, comma),
                Expect::Key(comma) => self.key(byte, comma),
                Expect::After => self.after(byte),
            };
            if expect == Expect::After && self.builder.depth() == 0 {
                self.space();
                if self.at < self.end && !self.template_here() {
                    let span = self.one_token();
                    self.fault(words::surplus(span, span.slice(self.text)));
                }
                return;
            }
            if self.builder.depth() > DEEPEST {
                let at = self.builder.opened_at().unwrap_or(self.at);
                self.fault(words::too_deep(Span::new(at, at + 1), DEEPEST));
                return;
            }
        }
        let opened = self.builder.opened_at().unwrap_or(self.at);
        let end = self.text[..self.end].trim_end().len().max(opened + 1);
        self.at = end;
        self.fault(words::unclosed(
            Span::new(end, end),
            opened,
            self.bytes[opened.min(self.end - 1)],
        ));
    }

    /// Whether a template's mark stands here, outside of any string.
    fn template_here(&mut self) -> bool {
        let rest = self.rest();
        let mark = ["{{", "{%", "<%", "${", "..."].iter().find(|mark| rest.starts_with(**mark));
        if let Some(mark) = mark {
            let span = Span::new(self.at, self.at + mark.len());
            self.template = Some(span);
            self.fault(words::template(span));
        }
        mark.is_some()
    }

    fn value(&mut self, byte: u8) -> Expect {
        match byte {
            b'"' => self.string(false),
            b'{' | b'[' => return self.open(byte),
            b'-' | b'+' | b'.' | b'0'..=b'9' => self.number(),
            b'\'' | b'`' => self.other_quotes(byte, false),
            b',' | b'}' | b']' => {
                // A key without its value, or a document that begins with a closer.
                self.fault(words::missing_value(Span::new(self.at, self.at + 1)));
                if self.builder.depth() == 0 {
                    self.at += 1;
                    return Expect::Value;
                }
                self.builder.scalar(Scalar::Null, self.at, self.at);
            }
            _ if self.is_word(byte) => self.word(),
            _ if self.smart_quote().is_some() => self.smart_string(false),
            _ => {
                self.unexpected();
                return Expect::Value;
            }
        }
        Expect::After
    }

    fn open(&mut self, byte: u8) -> Expect {
        self.builder.open(byte == b'{', self.at);
        self.at += 1;
        if byte == b'{' { Expect::Key(false) } else { Expect::Element(false) }
    }

    fn element(&mut self, byte: u8, comma: bool) -> Expect {
        match byte {
            b']' => {
                if comma {
                    self.trailing_comma();
                }
                self.close()
            }
            b',' => {
                self.fault(words::no_element(Span::new(self.at, self.at + 1)));
                self.at += 1;
                Expect::Element(true)
            }
            b'}' => self.mismatched(),
            byte => match self.value(byte) {
                // What is no value was passed over; an element may still come.
                Expect::Value => Expect::Element(comma),
                next => next,
            },
        }
    }

    fn key(&mut self, byte: u8, comma: bool) -> Expect {
        match byte {
            b'}' => {
                if comma {
                    self.trailing_comma();
                }
                return self.close();
            }
            b']' => return self.mismatched(),
            b'"' => self.string(true),
            b'\'' | b'`' => self.other_quotes(byte, true),
            b',' => {
                self.fault(words::no_element(Span::new(self.at, self.at + 1)));
                self.at += 1;
                return Expect::Key(true);
            }
            _ if self.dialect.is_json5() && self.json5_name() => {}
            _ if self.is_word(byte) || byte.is_ascii_digit() => self.bare_key(),
            _ if self.smart_quote().is_some() => self.smart_string(true),
            _ => {
                self.unexpected();
                return Expect::Key(comma);
            }
        }
        self.space();
        match self.peek() {
            Some(b':') => self.at += 1,
            other => {
                let length = self.rest().chars().next().map_or(0, char::len_utf8);
                let span = Span::new(self.at, self.at + length);
                self.fault(words::missing_colon(span));
                if other == Some(b'=') {
                    self.at += if self.rest().starts_with("=>") { 2 } else { 1 };
                }
            }
        }
        Expect::Value
    }

    fn after(&mut self, byte: u8) -> Expect {
        let in_object = self.builder.in_object();
        match byte {
            b',' => {
                self.at += 1;
                if in_object { Expect::Key(true) } else { Expect::Element(true) }
            }
            b'}' if in_object => self.close(),
            b']' if !in_object => self.close(),
            b'}' | b']' => self.mismatched(),
            b'"' | b'{' | b'[' | b'\'' | b'-' | b'0'..=b'9' => self.missing_comma(in_object),
            _ if self.is_word(byte) || self.smart_quote().is_some() => {
                self.missing_comma(in_object)
            }
            _ => {
                self.unexpected();
                Expect::After
            }
        }
    }

    fn missing_comma(&mut self, in_object: bool) -> Expect {
        let span = self.one_token();
        self.fault(words::missing_comma(span, in_object));
        if in_object { Expect::Key(true) } else { Expect::Element(true) }
    }

    fn trailing_comma(&mut self) {
        if self.dialect.is_commented() {
            return;
        }
        let comma = self.text[..self.at].rfind(',').unwrap_or(self.at);
        self.fault(words::trailing_comma(Span::new(comma, comma + 1)));
    }

    fn close(&mut self) -> Expect {
        self.at += 1;
        self.builder.close(self.at);
        Expect::After
    }

    /// A closer that does not fit the innermost container. Where an outer one fits, all within it end
    /// here; else it is passed over.
    fn mismatched(&mut self) -> Expect {
        let opened = self.builder.opened_at().unwrap_or(self.at);
        let span = Span::new(self.at, self.at + 1);
        self.fault(words::mismatched(span, self.bytes[self.at], opened, self.bytes[opened]));
        // Where the outer container is the document and goes on after this, the closer was mistyped.
        let goes_on = self.builder.depth() == 2 && !self.rest()[1..].trim_start().is_empty();
        if goes_on {
            return self.close();
        }
        if self.builder.depth() > 1 {
            if self.builder.awaits_value() {
                self.builder.scalar(Scalar::Null, self.at, self.at);
            }
            self.builder.close(self.at);
        } else {
            self.at += 1;
        }
        Expect::After
    }

    fn unexpected(&mut self) {
        let length = self.rest().chars().next().map_or(1, char::len_utf8);
        let span = Span::new(self.at, self.at + length);
        self.fault(words::unexpected(span, span.slice(self.text)));
        self.at += length;
    }

    /// The token that begins here, for pointing at it; the start of a long one, so that to point at
    /// every token of a broken text takes no quadratic time.
    fn one_token(&self) -> Span {
        const LONGEST: usize = 80;
        let end = (self.at + LONGEST).min(self.end);
        let rest = Span::new(self.at, end).clipped(self.text).slice(self.text);
        let length = match rest.as_bytes().first() {
            Some(b'"') => rest[1..].find('"').map_or(1, |at| at + 2),
            _ => rest
                .find([' ', '\n', '\r', '\t', ',', ':', '{', '}', '[', ']', '"'])
                .filter(|&at| at > 0)
                .unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8)),
        };
        Span::new(self.at, self.at + length).clipped(self.text)
    }
}

#[cfg(test)]
mod dialect_tests;
#[cfg(test)]
mod tests;
