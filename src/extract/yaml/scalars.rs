//! A scalar of the parser as an item: what it says, and which bytes say it.

use granit_parser::{ScalarStyle, Tag};

use super::block::Block;
use super::flow::{Quotes, is_json, text_of};
use super::items::Says;
use super::{core, layout};
use crate::diagnostic::Span;
use crate::document::{SpanMap, SpanMapBuilder};

/// A scalar as the parser tells it.
pub struct Scalar<'e> {
    /// What it says.
    pub value: &'e str,
    /// How it is written.
    pub style: ScalarStyle,
    /// Its tag.
    pub tag: Option<&'e Tag>,
    /// Its bytes, by the parser.
    pub span: Span,
    /// Where its tag begins.
    pub tag_start: Option<usize>,
    /// Whether it is a mapping's key.
    pub is_key: bool,
    /// Where the node before it ends.
    pub after: usize,
}

/// What a tag makes of a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tagged {
    /// Nothing: what it is follows from how it is written.
    No,
    /// A string.
    Text,
    /// What the core schema makes of its text, quotes or not.
    Core,
    /// Something only the reader of the file knows.
    Unknown,
}

impl Tagged {
    fn of(tag: Option<&Tag>) -> Self {
        let Some(tag) = tag else {
            return Self::No;
        };
        match tag.core_suffix() {
            Some("str") => Self::Text,
            Some("int" | "float" | "bool" | "null") => Self::Core,
            Some(_) => Self::No,
            None if tag.original() == "!" => Self::Text,
            None => Self::Unknown,
        }
    }
}

/// What the scalar says, and its span.
pub fn item(text: &str, scalar: &Scalar<'_>) -> (Says, Span) {
    let tagged = Tagged::of(scalar.tag);
    let (says, span) = match scalar.style {
        _ if scalar.style == ScalarStyle::Plain && scalar.span.is_empty() => {
            let place = scalar.empty_place(text);
            let says = if scalar.is_key { Says::Bare } else { Says::Null };
            (says, Span::new(place, place))
        }
        ScalarStyle::Plain => (scalar.plain(text, tagged), scalar.span),
        ScalarStyle::SingleQuoted => (scalar.quoted(text, Quotes::Single), scalar.span),
        ScalarStyle::DoubleQuoted => (scalar.quoted(text, Quotes::Double), scalar.span),
        ScalarStyle::Literal | ScalarStyle::Folded => scalar.block(text),
    };
    if scalar.is_key {
        return (as_text(says), span);
    }
    match tagged {
        Tagged::Unknown => {
            let start = scalar.tag_start.map_or(span.start, |start| start.min(span.start));
            (Says::Hole, Span::new(start, span.end))
        }
        Tagged::Core => (as_core(says, scalar.value), span),
        Tagged::Text => (as_text(says), span),
        Tagged::No => (says, span),
    }
}

impl Scalar<'_> {
    /// Where a value that is not written would stand: just behind its colon, or its dash.
    fn empty_place(&self, text: &str) -> usize {
        if self.is_key {
            return self.span.start;
        }
        let colon = layout::after_colon(text, self.after);
        if colon > self.after {
            return colon;
        }
        let between = Span::new(self.after, self.span.start).slice(text);
        if between.contains('-') || self.after > self.span.start {
            return self.span.start;
        }
        self.after
    }

    fn plain(&self, text: &str, tagged: Tagged) -> Says {
        if self.span.slice(text) != self.value {
            return self.told(text_of(text, self.span, Quotes::None));
        }
        if tagged == Tagged::Text || self.is_key { Says::Bare } else { core::resolve(self.value) }
    }

    fn quoted(&self, text: &str, quotes: Quotes) -> Says {
        let inner = Span::new(self.span.start + 1, self.span.end.saturating_sub(1));
        let raw = inner.slice(text);
        if raw == self.value {
            return Says::Quoted { escaped: false };
        }
        // A key is compared by its text, which is quicker without escapes.
        if quotes == Quotes::Double && !self.is_key && is_json(raw) {
            return Says::Quoted { escaped: true };
        }
        self.told(text_of(text, inner, quotes))
    }

    fn block(&self, text: &str) -> (Says, Span) {
        match Block::find(text, self.after, self.span) {
            Some(block) => {
                let map = block.text_of(text, block.indent(text, self.span));
                (self.told(map), block.span)
            }
            None => (self.told(SpanMapBuilder::new(self.span.start).finish()), self.span),
        }
    }

    /// The map, where it says what the parser read. Else all of it stands for all that was read: no
    /// place is told that might be wrong.
    fn told(&self, map: SpanMap) -> Says {
        if map.text() == self.value {
            return Says::Told(map);
        }
        let mut whole = SpanMapBuilder::new(self.span.start);
        // A map takes what is as long as its bytes for the bytes themselves.
        let first = self.value.chars().next().map_or(0, char::len_utf8);
        let (first, rest) = self.value.split_at(first);
        whole.replaced(first, self.span);
        whole.replaced(rest, Span::new(self.span.end, self.span.end));
        Says::Told(whole.finish())
    }
}

/// What is a string, whatever its text would be without a tag or as a value.
fn as_text(says: Says) -> Says {
    match says {
        Says::Quoted { escaped } => Says::Quoted { escaped },
        Says::Told(map) => Says::Told(map),
        _ => Says::Bare,
    }
}

/// What a tag of the core schema makes of a text, in whatever quotes it stands.
fn as_core(says: Says, value: &str) -> Says {
    match core::resolve(value) {
        // The bytes of its span are not the number's alone.
        Says::Number => match says {
            Says::Number => Says::Number,
            _ => Says::NumberAs(value.to_owned()),
        },
        Says::Bare => says,
        other => other,
    }
}
