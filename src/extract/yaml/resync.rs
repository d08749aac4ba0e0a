//! Where a broken document goes on: what cannot be read ends before the next line that is no deeper.
//!
//! The lines of a fault become comments, so that all else keeps its place, and the text is read again.

use std::borrow::Cow;

use super::reader::{Reader, Source};
use super::{documents, flow};
use crate::diagnostic::Span;
use crate::document::SyntaxError;

/// So often a text is read again, each time without one fault more of each document.
const MOST: usize = 8;

/// From this round on, faults side by side are taken for one that goes up to the next shallower line.
const WIDEN: usize = 2;

/// What stands for a value that is lost, behind the colon of its key: a tag of which nothing is known.
const HOLE: &[u8] = b" !_";

/// Lines that are passed over, with what is wrong in them.
#[derive(Debug)]
pub struct Cut {
    /// From the start of the first line to the end of the last that says something.
    pub span: Span,
    /// Where the document goes on.
    pub next: usize,
    /// Just past the colon of the key, if that can be read: what a file is shows in its keys.
    value: Option<usize>,
    /// What to say of it.
    pub error: SyntaxError,
    /// How many times the text was read before it was found.
    pub round: usize,
}

/// The cuts of a text that is read as `read`, in the order in which they stand there.
pub fn cuts(source: Source<'_, '_>, read: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for round in 0..MOST {
        let mut found = Vec::new();
        {
            let read = without(read, &cuts);
            let layout = without(source.text, &cuts);
            let source = Source { layout: &layout, cuts: &cuts, ..source };
            documents(&read, source, &mut |reader: &mut Reader<'_, '_>| {
                if let Some((from, error)) = reader.stop() {
                    let lines = lines(&layout, from, round, &cuts);
                    found.extend(lines.map(|(span, next)| {
                        let line = Line::at(&layout, span.start);
                        let is_new =
                            cuts.binary_search_by_key(&span.start, |cut| cut.span.start).is_err();
                        let value =
                            line.value().filter(|value| is_new && *value <= error.span.start);
                        Cut { span, next, value, error, round }
                    }));
                }
                reader.skip();
                true
            });
        }
        if found.is_empty() {
            break;
        }
        cuts.extend(found);
        cuts.sort_by_key(|cut| cut.span.start);
    }
    cuts
}

/// `text` with comments in the place of the cuts: blanks alone could belong to the text before them.
pub fn without<'t>(text: &'t str, cuts: &[Cut]) -> Cow<'t, str> {
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    // Those that were found later may hold those that were found before.
    let mut in_rounds: Vec<&Cut> = cuts.iter().collect();
    in_rounds.sort_by_key(|cut| cut.round);
    for cut in in_rounds {
        let mut begins_line = true;
        for byte in &mut bytes[cut.span.start..cut.span.end] {
            if matches!(byte, b'\n' | b'\r') {
                begins_line = true;
                continue;
            }
            *byte = if begins_line { b'#' } else { b' ' };
            begins_line = false;
        }
        if let Some(value) = cut.value {
            let key = cut.span.start..value;
            bytes[key.clone()].copy_from_slice(&text.as_bytes()[key]);
            bytes[value..value + HOLE.len()].copy_from_slice(HOLE);
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The lines from that of `from` up to the next that is no part of it, and where that one begins; `None` where
/// the document ends before.
fn lines(text: &str, from: usize, round: usize, cuts: &[Cut]) -> Option<(Span, usize)> {
    let before = text.get(..from)?;
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let bom = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = Line::at(text, start + bom);
    if first.is_empty() || first.is_mark() || first.said.starts_with('%') {
        return None;
    }
    let before = &cuts[..cuts.partition_point(|cut| cut.span.start < first.start)];
    let is_beside = before.last().is_some_and(|cut| {
        let between = text.get(cut.span.end..first.start);
        between.is_some_and(|between| between.trim_ascii().is_empty())
    });
    let widen = usize::from(round >= WIDEN && is_beside && first.indent > 0);
    let mut end = first.end;
    let mut at = first.end;
    while let Some(length) = flow::line_break(text.as_bytes(), at) {
        let next = Line::at(text, at + length);
        at = next.end;
        if next.is_mark() {
            return None;
        }
        if next.is_empty() {
            continue;
        }
        // The entries of a list may stand in the column of its key.
        let is_key = !first.said.starts_with('-');
        let belongs = is_key && next.is_entry() && next.indent == first.indent;
        if next.indent + widen <= first.indent && !belongs {
            return Some((Span::new(first.start, end), next.start + next.indent));
        }
        end = next.end;
    }
    None
}

/// A line of a text.
struct Line<'t> {
    start: usize,
    indent: usize,
    /// What stands behind its indent.
    said: &'t str,
    end: usize,
}

impl<'t> Line<'t> {
    fn at(text: &'t str, start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..length];
        let said = line.trim_start_matches(' ');
        Self { start, indent: line.len() - said.len(), said, end: start + length }
    }

    /// Whether it holds blanks and a comment at most.
    fn is_empty(&self) -> bool {
        let said = self.said.trim_start_matches('\t');
        said.is_empty() || said.starts_with('#')
    }

    /// Just past the colon of a plain key, if there is room for a hole.
    fn value(&self) -> Option<usize> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
        let (name, value) = self.said.split_once(':')?;
        let offset = self.said.len() - value.len();
        let fits = value.len() >= HOLE.len() && value.is_char_boundary(HOLE.len());
        (fits && !name.is_empty() && name.bytes().all(is_name))
            .then_some(self.start + self.indent + offset)
    }

    fn is_entry(&self) -> bool {
        self.said
            .strip_prefix('-')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    }

    /// Whether a document begins or ends with it.
    fn is_mark(&self) -> bool {
        let rest = self.said.strip_prefix("---").or_else(|| self.said.strip_prefix("..."));
        self.indent == 0
            && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    }
}

#[cfg(test)]
mod tests;
