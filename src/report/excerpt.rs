//! The few lines around a finding, made fit to be shown: long lines cut around what matters, keys
//! covered, control characters shown as pictures.
//!
//! A miette source of its own: the built-in ones count lines from the start of the text for every
//! report.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::escape::{picture, printable};
use crate::diagnostic::{Source, Span};

/// Longest line that is shown whole, in characters.
const WIDEST: usize = 140;
/// How much of a longer line is shown on each side of what matters, in characters.
const AROUND: usize = 44;
/// Furthest that a second label may lie from the first to share its excerpt, in lines.
const NEAR: usize = 4;

/// A cut of a source with labels in it; its offsets are its own.
#[derive(Debug)]
pub struct Excerpt {
    name: String,
    text: String,
    /// Number of the first line shown, counted from 0.
    first_line: usize,
    /// Where the first label stands, both counted from 0.
    line: usize,
    column: usize,
    /// The labels: range in `text`, and which of the asked spans it is.
    labels: Vec<(Range<usize>, usize)>,
}

/// A line of the excerpt: what of it is shown.
struct Cut {
    range: Range<usize>,
    before: bool,
    after: bool,
}

impl Excerpt {
    /// The lines around `spans[0]`, with those of the other spans that are near. `hide` covers what
    /// must not be shown, byte for byte.
    #[must_use]
    pub fn new(source: &Source, spans: &[Span], hide: &dyn Fn(&str) -> String) -> Self {
        let lines = source.lines();
        let line_of = |span: &Span| lines.line_of(span.start.min(source.text().len()));
        let primary = spans.first().copied().unwrap_or_default();
        let home = line_of(&primary);
        let near: Vec<usize> = (0..spans.len())
            .filter(|&at| {
                at == 0
                    || (line_of(&spans[at]).abs_diff(home) <= NEAR
                        && fits_beside(source, primary, spans[at]))
            })
            .collect();
        let first =
            near.iter().map(|&at| line_of(&spans[at])).min().unwrap_or(home).saturating_sub(1);
        let last = near.iter().map(|&at| line_of(&spans[at])).max().unwrap_or(home) + 1;
        let position = source.position(primary.start);
        let mut excerpt = Self {
            name: printable(source.path()).into_owned(),
            text: String::new(),
            first_line: first,
            line: position.line - 1,
            column: position.column - 1,
            labels: Vec::new(),
        };
        for line in first..=last.min(lines.len() - 1) {
            let here: Vec<(usize, Span)> = near
                .iter()
                .filter(|&&at| line_of(&spans[at]) == line)
                .map(|&at| (at, spans[at]))
                .collect();
            // A long neighbour says nothing, nor does the empty line after the last.
            let length = source.line_range(line).len();
            if here.is_empty() && (length > WIDEST || (length == 0 && line + 1 == lines.len())) {
                if excerpt.text.is_empty() {
                    excerpt.first_line = line + 1;
                }
                continue;
            }
            excerpt.push_line(source, line, &here, hide);
        }
        excerpt
    }

    /// Which of the asked spans are labelled in the excerpt.
    pub fn labels(&self) -> impl Iterator<Item = (usize, SourceSpan)> {
        self.labels.iter().map(|(range, which)| (*which, SourceSpan::from(range.clone())))
    }

    fn push_line(
        &mut self,
        source: &Source,
        line: usize,
        here: &[(usize, Span)],
        hide: &dyn Fn(&str) -> String,
    ) {
        let range = source.line_range(line);
        let cut = cut(source.text(), range, here);
        let shown = hidden(source.text(), &cut.range, hide);
        if cut.before {
            self.text.push('…');
        }
        let start = self.text.len();
        // Where each byte of the cut has come to lie, for the labels.
        let mut places = Vec::with_capacity(shown.len() + 1);
        for character in shown.chars() {
            places.extend(std::iter::repeat_n(self.text.len(), character.len_utf8()));
            self.text.push(picture(character).unwrap_or(character));
        }
        places.push(self.text.len());
        let place = |offset: usize| {
            let within = offset.clamp(cut.range.start, cut.range.end) - cut.range.start;
            places.get(within).copied().unwrap_or(start)
        };
        for (which, span) in here {
            // A value of many lines is labelled on its first.
            self.labels.push((place(span.start)..place(span.end), *which));
        }
        if cut.after {
            self.text.push('…');
        }
        self.text.push('\n');
    }
}

/// Whether a second span can share the excerpt of the first: not where a long line lies between.
fn fits_beside(source: &Source, primary: Span, other: Span) -> bool {
    let (from, to) = (primary.start.min(other.start), primary.start.max(other.start));
    let text = source.text();
    to <= text.len()
        && to - from <= WIDEST * 4
        && text.is_char_boundary(from)
        && text.is_char_boundary(to)
        && {
            let lines = source.lines();
            (lines.line_of(from)..=lines.line_of(to))
                .all(|line| source.line_range(line).len() <= WIDEST || to - from <= AROUND)
        }
}

/// What of a line is shown: all of a short one, else a window around its labels, else its start.
fn cut(text: &str, line: Range<usize>, here: &[(usize, Span)]) -> Cut {
    // A byte order mark is nothing to see.
    let mark = if text[line.clone()].starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let line = line.start + mark..line.end;
    let content = &text[line.clone()];
    if content.chars().take(WIDEST + 1).count() <= WIDEST {
        return Cut { range: line, before: false, after: false };
    }
    let start = here
        .iter()
        .map(|(_, span)| span.start)
        .min()
        .unwrap_or(line.start)
        .clamp(line.start, line.end);
    let longest = WIDEST - AROUND;
    let end = here.iter().map(|(_, span)| span.end).max().unwrap_or(line.start);
    let end = end.clamp(start, line.end).min(nth_after(text, start, line.end, longest));
    let from = nth_before(text, line.start, start, AROUND);
    let to = nth_after(text, end, line.end, AROUND);
    Cut { before: from > line.start, after: to < line.end, range: from..to }
}

/// The offset `count` characters after `from`, at most `end`.
fn nth_after(text: &str, from: usize, end: usize, count: usize) -> usize {
    text[from..end].char_indices().nth(count).map_or(end, |(at, _)| from + at)
}

/// The offset `count` characters before `from`, at least `start`.
fn nth_before(text: &str, start: usize, from: usize, count: usize) -> usize {
    match count.checked_sub(1) {
        None => from,
        Some(last) => {
            text[start..from].char_indices().nth_back(last).map_or(start, |(at, _)| start + at)
        }
    }
}

/// The bytes of `range`, with what must not be shown covered. A key may begin before the cut, so some
/// text around it is looked at too.
fn hidden(text: &str, range: &Range<usize>, hide: &dyn Fn(&str) -> String) -> String {
    const MARGIN: usize = 256;
    let mut from = range.start.saturating_sub(MARGIN);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (range.end + MARGIN).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let covered = hide(&text[from..to]);
    covered.get(range.start - from..range.end - from).unwrap_or_default().to_owned()
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without context it is the header that asks, for the place of the first label.
        let (range, line, column) = if before == 0 && after == 0 {
            (span.offset()..span.offset() + span.len(), self.line, self.column)
        } else {
            (0..self.text.len(), self.first_line, 0)
        };
        let data = self.text.as_bytes().get(range.clone()).ok_or(MietteError::OutOfBounds)?;
        let count = memchr::memchr_iter(b'\n', data).count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data,
            (range.start, range.len()).into(),
            line,
            column,
            count,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_its_label() {
        let text = format!(
            "{{\"a\": \"{}\", \"b\": 3, \"c\": \"{}\"}}",
            "x".repeat(5000),
            "é".repeat(5000)
        );
        let at = text.find("3").unwrap_or_default();
        let source = Source::new("x.json", text);
        let excerpt = Excerpt::new(&source, &[Span::new(at, at + 1)], &|text| text.to_owned());
        assert!(excerpt.text.chars().count() < 120, "{}", excerpt.text);
        let (_, label) = excerpt.labels().next().unwrap_or((0, (0, 0).into()));
        assert_eq!(&excerpt.text[label.offset()..label.offset() + label.len()], "3");
        assert_eq!((excerpt.line, excerpt.column), (0, at));
    }

    #[test]
    fn control_characters_do_not_move_labels() {
        let text = "{\"a\u{1b}[2J\": 1,\n \"b\": 2}";
        let source = Source::new("x.json", text);
        let at = text.find('1').unwrap_or_default();
        let excerpt = Excerpt::new(&source, &[Span::new(at, at + 1)], &|text| text.to_owned());
        let (_, label) = excerpt.labels().next().unwrap_or((0, (0, 0).into()));
        assert_eq!(&excerpt.text[label.offset()..label.offset() + label.len()], "1");
        assert!(!excerpt.text.contains('\u{1b}'));
    }
}
