//! A file's text and the way from a byte offset to a line and a column.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Serialize;

/// A place in a text, in the units that its readers count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Byte offset from the start of the file.
    pub offset: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), counted from 1.
    pub column: usize,
    /// Column in UTF-16 code units, counted from 0, as the Language Server Protocol wants it.
    #[serde(skip)]
    pub utf16_character: usize,
}

/// The starts of the lines of a text. A line ends at LF, CRLF or a lone CR.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        Self { starts }
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is no line at all (never: an empty text has one empty line).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The line, counted from 0, that holds the byte at `offset`.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// Offset of the first byte of `line`, counted from 0.
    #[must_use]
    pub fn start_of(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }
}

/// A text with its path and its lines.
///
/// ```
/// use requestlint::Source;
///
/// let source = Source::new("a.json", "{\n  \"é\": 1}");
/// let position = source.position(8);
/// assert_eq!((position.line, position.column, position.utf16_character), (2, 6, 5));
/// ```
#[derive(Debug)]
pub struct Source {
    path: String,
    text: String,
    lines: OnceLock<LineIndex>,
    /// Columns at some places of the long lines, by line: to count from the start of a line of
    /// megabytes for every finding in it would take a quadratic time.
    marks: Mutex<HashMap<usize, Vec<Columns>>>,
}

/// Bytes between two marks of a long line.
const STRIDE: usize = 16 * 1024;

/// How many characters and UTF-16 units stand before a place of its line.
#[derive(Debug, Clone, Copy)]
struct Columns {
    offset: usize,
    characters: usize,
    utf16: usize,
}

impl Columns {
    /// The columns at `offset`, further on in the same line of `text`.
    fn advanced(self, text: &str, offset: usize) -> Self {
        let between = &text[self.offset..offset];
        // A byte order mark is no character that an editor shows.
        let between =
            if self.offset == 0 { between.trim_start_matches('\u{feff}') } else { between };
        Self {
            offset,
            characters: self.characters + between.chars().count(),
            utf16: self.utf16 + between.encode_utf16().count(),
        }
    }
}

impl Source {
    /// A source named `path` (as it shall be shown) that holds `text`.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            lines: OnceLock::new(),
            marks: Mutex::default(),
        }
    }

    /// The path as it is shown.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, a byte order mark included, so that offsets are those of the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The lines, indexed when they are first asked for: a file without findings never needs them.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The byte range of `line` (counted from 0) without its line break.
    #[must_use]
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let lines = self.lines();
        let start = lines.start_of(line).unwrap_or(self.text.len());
        let end = lines.start_of(line + 1).unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    /// Where the byte at `offset` stands. An offset past the end counts as the end, one inside a
    /// character as the character's start.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines().line_of(offset);
        let columns = self.mark_before(line, offset).advanced(&self.text, offset);
        Position {
            offset,
            line: line + 1,
            column: columns.characters + 1,
            utf16_character: columns.utf16,
        }
    }

    /// The last mark of `line` that does not lie behind `offset`: its start, in a line that is short.
    fn mark_before(&self, line: usize, offset: usize) -> Columns {
        let start = self.lines().start_of(line).unwrap_or(0);
        let first = Columns { offset: start, characters: 0, utf16: 0 };
        if offset - start <= STRIDE {
            return first;
        }
        let mut marks = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let marks = marks.entry(line).or_insert_with(|| {
            let mut marks = vec![first];
            let end = self.line_range(line).end;
            let mut at = start + STRIDE;
            while at < end {
                while !self.text.is_char_boundary(at) {
                    at += 1;
                }
                let last = marks.last().copied().unwrap_or(first);
                marks.push(last.advanced(&self.text, at));
                at += STRIDE;
            }
            marks
        });
        let past = marks.partition_point(|mark| mark.offset <= offset);
        marks.get(past.saturating_sub(1)).copied().unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let source = Source::new("x", "a\r\nb\rc\nd");
        let lines: Vec<_> = (0..source.lines().len()).map(|n| source.line_range(n)).collect();
        assert_eq!(lines, [0..1, 3..4, 5..6, 7..8]);
        assert_eq!(source.position(7).line, 4);
    }

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let source = Source::new("x", "\u{feff}\"😀\": 1");
        let position = source.position("\u{feff}\"😀\": ".len());
        assert_eq!((position.column, position.utf16_character), (6, 6));
        assert_eq!(source.position(999).offset, source.text().len());
    }

    #[test]
    fn columns_of_a_long_line_are_counted_as_those_of_a_short_one() {
        let text = format!("\u{feff}{}\nend", "aé😀".repeat(20_000));
        let source = Source::new("x", text.clone());
        for character in [0, 1, 5_461, 5_462, 30_000, 59_999] {
            let offset = text.char_indices().nth(character + 1).map_or(0, |(offset, _)| offset);
            let position = source.position(offset);
            assert_eq!((position.line, position.column), (1, character + 1));
            let before = text[..offset].trim_start_matches('\u{feff}');
            assert_eq!(position.utf16_character, before.encode_utf16().count());
        }
    }
}
