//! TOML 1.1: tables, dotted keys and lists of tables, merged into the one object that they mean.
//!
//! The crate `toml_parser` tells what stands where; what belongs together is settled in [`layout`], and
//! the tree is built from there, since its order is that of the object and not of the file.

mod dates;
mod emit;
mod layout;
mod reader;
mod resync;
mod scalars;
mod statements;
mod strings;
mod words;

use toml_parser::{ParseError, Source};

pub use self::statements::{KeyPart, Statement, StatementKind, statements};

use self::layout::Layout;
use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, Lost, SyntaxError, SyntaxErrorKind};

/// Largest text that is read, in bytes. TOML is written by hand, and a token takes more room than its
/// text.
const LARGEST: usize = 32 << 20;

/// So many faults are kept; one is told, and after a few nothing of the rest is trusted.
const MOST_FAULTS: usize = 64;

/// Parses `text`.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    if text.len() > LARGEST {
        let errors = vec![words::too_large(LARGEST >> 20)];
        return Document { errors, ..Document::default() };
    }
    // Blank lines at the end are looked through again for every bracket that stays open.
    let content = without_blank_end(text);
    let read = Read::of(content);
    if read.faults.is_empty() {
        return read.document(text, content.len());
    }
    let (closed, cuts) = resync::closed(content);
    if cuts.is_empty() {
        return read.document(text, content.len());
    }
    let mut read = Read::of(&closed);
    read.faults.extend(cuts.into_iter().map(|cut| (cut.span, cut.error)));
    read.document(text, content.len())
}

/// What was read of a text.
struct Read<'c> {
    layout: Layout<'c>,
    comments: Vec<Span>,
    /// What is wrong, each with the bytes that are lost by it.
    faults: Vec<(Span, SyntaxError)>,
}

impl<'c> Read<'c> {
    fn of(content: &'c str) -> Self {
        let tokens = Source::new(content).lex().into_vec();
        let mut reader = reader::Reader::new(content);
        let mut written: Vec<ParseError> = Vec::new();
        let mut sink = |fault| {
            if written.len() < MOST_FAULTS {
                written.push(fault);
            }
        };
        toml_parser::parser::parse_document(&tokens, &mut reader, &mut sink);
        let (mut layout, comments) = reader.finish();
        let told = written.iter().map(|fault| words::of(fault, content));
        let meant = std::mem::take(&mut layout.faults);
        let faults = told.chain(meant).map(|fault| (lost_by(&fault, content), fault)).collect();
        Self { layout, comments, faults }
    }

    /// The document of `text`, in which the parts that were read stand where they stand in what was read.
    fn document(mut self, text: &str, end: usize) -> Document<'_> {
        self.faults.sort_by_key(|(_, fault)| fault.span.start);
        let mut lost = Lost::default();
        for (span, _) in &self.faults {
            lost.lines(text, *span);
        }
        let first = self.faults.into_iter().next().map(|(_, fault)| fault);
        let template = first.as_ref().and_then(|fault| template_at(text, fault.span));
        let mut builder = Builder::new(text, Arena::default());
        emit::emit(&self.layout, text, &mut builder);
        Document {
            tree: builder.finish(end),
            errors: first.into_iter().collect(),
            lost,
            comments: self.comments,
            index: 0,
            template,
        }
    }
}

/// The bytes that cannot be trusted where there is this fault: of an open bracket, all behind it.
fn lost_by(fault: &SyntaxError, content: &str) -> Span {
    let opened = fault.related.as_ref().map(|(span, _)| span.start);
    match (fault.kind, opened) {
        (SyntaxErrorKind::Bracket, Some(opened)) => Span::new(opened, content.len()),
        (SyntaxErrorKind::OpenString, _) if is_multi_line(fault.span, content) => {
            Span::new(fault.span.start, content.len())
        }
        _ => fault.span,
    }
}

fn is_multi_line(quote: Span, content: &str) -> bool {
    let rest = content.get(quote.start..).unwrap_or_default();
    rest.starts_with("\"\"\"") || rest.starts_with("'''")
}

fn without_blank_end(text: &str) -> &str {
    let mut rest = text.trim_end_matches(['\n', ' ', '\t']);
    // A carriage return belongs to a line break, or is a fault.
    while rest.ends_with('\r') && text[rest.len()..].starts_with('\n') {
        rest = rest[..rest.len() - 1].trim_end_matches(['\n', ' ', '\t']);
    }
    rest
}

/// The mark of a template at the first fault: the text is no TOML before it is filled in.
fn template_at(text: &str, fault: Span) -> Option<Span> {
    let rest = text.get(fault.start.saturating_sub(1)..).or_else(|| text.get(fault.start..))?;
    let start = text.len() - rest.len();
    ["{{", "{%", "<%", "${"].iter().find_map(|mark| {
        let at = rest.find(mark).filter(|at| *at <= 1)? + start;
        Some(Span::new(at, at + mark.len()))
    })
}

#[cfg(test)]
mod tests;
