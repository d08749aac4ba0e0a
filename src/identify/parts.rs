//! The parts of a text that each are a value: of a list in one string.

use std::ops::Range;

use super::pattern::{Found, Part};
use crate::diagnostic::Span;
use crate::document::{Node, SpanMap};
use crate::knowledge::Slot;

/// What stands at `found`, taken apart as `slot` says: the parts between separators that say anything.
pub fn of<'t>(found: Found<'t>, slot: &Slot) -> Vec<Found<'t>> {
    if slot.separators.is_empty() {
        return vec![found];
    }
    let (text, start) = match &found.part {
        Some(Part { text, start: Some(start), .. }) => (text.clone(), *start),
        // Where it stands in its string is not known: it is taken as a whole.
        Some(Part { start: None, .. }) => return vec![found],
        None => match found.node.as_str() {
            Some(text) => (text.into_owned(), 0),
            None => return vec![found],
        },
    };
    // What is nothing at all is told as such.
    if text.trim().is_empty() {
        return vec![found];
    }
    let said = pieces(&text, &slot.separators).into_iter().filter(|range| {
        let piece = &text[range.clone()];
        !piece.is_empty() && !slot.skips.iter().any(|mark| piece.starts_with(mark.as_str()))
    });
    said.filter_map(|range| {
        let part = part(found.node, start + range.start..start + range.end)?;
        Some(Found { part: Some(part), ..found.clone() })
    })
    .collect()
}

/// The part of the string `node` whose text has this range.
pub fn part(node: Node<'_>, range: Range<usize>) -> Option<Part> {
    let map = SpanMap::of_string(node)?;
    let text = map.text().get(range.clone())?.to_owned();
    let span = map.to_file(Span::new(range.start, range.end));
    Some(Part { span, text, start: Some(range.start) })
}

/// What stands between separators, without the blanks around it.
fn pieces(text: &str, separators: &[String]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        match separators.iter().find(|mark| rest.starts_with(mark.as_str())) {
            Some(mark) => {
                ranges.push(trimmed(text, start..at));
                at += mark.len();
                start = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    ranges.push(trimmed(text, start..text.len()));
    ranges
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    start..start + piece.trim().len()
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_text_is_taken_apart_at_each_separator() {
        let marks = [",".to_owned(), "\n".to_owned()];
        let text = " a, b\n\u{e4}c ,,";
        let found: Vec<_> = pieces(text, &marks).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["a", "b", "\u{e4}c", "", ""]);
    }
}
