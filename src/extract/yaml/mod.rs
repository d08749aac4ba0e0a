//! YAML 1.2 with its core schema, each document of a text for itself.
//!
//! The parser's events become items, which hold what the text writes and where; then the tree is made
//! of them, with aliases and merge keys followed.

mod block;
mod core;
mod emit;
mod faults;
mod flow;
mod items;
mod layout;
mod reader;
mod resync;
mod scalars;
mod tabs;
mod words;

use granit_parser::{Event, Options, Parser};

use super::json::{self, DEEPEST};
use crate::diagnostic::Span;
use crate::document::{Arena, Document};
use reader::{Reader, Source};

/// Hands each document of `text` to `visit`, in order.
pub fn extract(text: &str, visit: &mut dyn FnMut(&Document<'_>)) {
    if u32::try_from(text.len()).is_err() {
        let errors = vec![super::words::too_large(Span::new(0, 0))];
        visit(&Document { errors, ..Document::default() });
        return;
    }
    let (read, tabs) = tabs::blanked(text);
    let source = Source { text, layout: text, tabs: &tabs, cuts: &[] };
    let mut told = 0;
    let mut arena = Arena::default();
    let mut hand_over = |reader: &mut Reader<'_, '_>| {
        let mut document = reader.finish(std::mem::take(&mut arena));
        document.index = told;
        told += 1;
        visit(&document);
        arena = document.tree.into_arena();
        told
    };
    let mut sound = 0;
    let mut is_broken = false;
    documents(&read, source, &mut |reader| {
        is_broken = reader.stop().is_some();
        if !is_broken {
            sound = hand_over(reader);
        }
        !is_broken
    });
    if is_broken {
        // From the first document on that is broken, what can be read behind a fault is read.
        let cuts = resync::cuts(source, &read);
        let layout = resync::without(text, &cuts);
        let source = Source { layout: &layout, cuts: &cuts, ..source };
        let mut passed = 0;
        documents(&resync::without(&read, &cuts), source, &mut |reader| {
            if passed < sound {
                passed += 1;
                reader.skip();
            } else {
                hand_over(reader);
            }
            true
        });
    }
    if told == 0 {
        let span = Span::new(text.len(), text.len());
        let errors = vec![super::words::empty(span)];
        visit(&Document { errors, ..Document::default() });
    }
}

/// Reads the documents of `read`; calls `each` at the end of each, sound or not, until it says to stop.
fn documents<'r, 't>(
    read: &str,
    source: Source<'r, 't>,
    each: &mut dyn FnMut(&mut Reader<'r, 't>) -> bool,
) {
    let mut parser = Parser::new_from_str_with_options(read, options(read));
    let mut reader = Reader::new(source);
    let mut last_fault = None;
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                let ends = matches!(event, Event::DocumentEnd);
                reader.event(event, span);
                if ends && !each(&mut reader) {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(read.len());
                reader.fault(error.kind(), at);
                if !each(&mut reader) {
                    break;
                }
                // Documents behind the broken one are read, as long as it goes on.
                let goes_on = last_fault.is_none_or(|last| at > last);
                last_fault = Some(at);
                if !goes_on || !matches!(parser.proceed_next_document(), Ok(true)) {
                    break;
                }
            }
        }
    }
}

fn options(text: &str) -> Options {
    granit_parser::options! {
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEEPEST + 1,
        block_nesting_limit: DEEPEST + 1,
        // A long remark between two members is no fault.
        max_buffered_comment_events: text.len(),
    }
}

/// The tree of a text in brackets, of which the parser tells nothing before it is closed.
fn in_brackets(text: &str, start: usize, arena: Arena) -> Option<Document<'_>> {
    let rest = text.get(start..)?;
    let begins =
        rest.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r']).starts_with(['{', '[']);
    begins.then(|| json::parse(text, start..text.len(), json::Dialect::Json, arena))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
