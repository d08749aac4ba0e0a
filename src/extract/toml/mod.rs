//! TOML 1.1: tables, dotted keys and lists of tables, merged into the one object that they mean.
//!
//! The crate `toml_parser` tells what stands where; what belongs together is settled in [`layout`], and
//! the tree is built from there, since its order is that of the object and not of the file.

mod dates;
mod emit;
mod layout;
mod reader;
mod scalars;
mod strings;
mod words;

use toml_parser::Source;

use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, SyntaxError, Tree};

/// Largest text that is read, in bytes. TOML is written by hand, and a token takes more room than its
/// text.
const LARGEST: usize = 32 << 20;

/// Parses `text`.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    if text.len() > LARGEST {
        return done(Tree::empty(), vec![words::too_large(LARGEST >> 20)], Vec::new(), None);
    }
    // Blank lines at the end are looked through again for every bracket that stays open.
    let content = without_blank_end(text);
    let source = Source::new(content);
    let tokens = source.lex().into_vec();
    let mut reader = reader::Reader::new(content);
    let mut fault = None;
    toml_parser::parser::parse_document(&tokens, &mut reader, &mut fault);
    let (layout, comments) = reader.finish();
    let written = fault.map(|fault| words::of(&fault, content));
    let meant = layout.fault.clone();
    let first = match (written, meant) {
        (Some(one), Some(other)) => {
            Some(if other.span.start < one.span.start { other } else { one })
        }
        (one, other) => one.or(other),
    };
    let template = first.as_ref().and_then(|fault| template_at(text, fault.span));
    let mut builder = Builder::new(text, Arena::default());
    emit::emit(&layout, text, &mut builder);
    done(builder.finish(content.len()), first.into_iter().collect(), comments, template)
}

fn without_blank_end(text: &str) -> &str {
    let mut rest = text.trim_end_matches(['\n', ' ', '\t']);
    // A carriage return belongs to a line break, or is a fault.
    while rest.ends_with('\r') && text[rest.len()..].starts_with('\n') {
        rest = rest[..rest.len() - 1].trim_end_matches(['\n', ' ', '\t']);
    }
    rest
}

fn done(
    tree: Tree<'_>,
    errors: Vec<SyntaxError>,
    comments: Vec<Span>,
    template: Option<Span>,
) -> Document<'_> {
    Document { tree, exact: errors.is_empty(), errors, comments, index: 0, template }
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
