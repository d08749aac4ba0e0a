//! What a block scalar says: lines behind an indent, kept or folded.

use super::flow::line_break;
use super::layout;
use crate::diagnostic::Span;
use crate::document::{SpanMap, SpanMapBuilder};

/// A block scalar as the text writes it.
#[derive(Debug)]
pub struct Block {
    /// From its indicator to the end of its last line that says something.
    pub span: Span,
    /// The lines behind its head, up to the end that the parser tells.
    lines: Span,
    folded: bool,
    chomping: Chomping,
}

/// What becomes of the line breaks at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

/// One line of a block scalar.
struct Line {
    /// What it says, its indent and its line break left out.
    content: Span,
    /// Just past its line break.
    end: usize,
}

impl Block {
    /// Finds the block scalar whose content the parser places at `content`; its indicator stands
    /// between `after` and there.
    pub fn find(text: &str, after: usize, content: Span) -> Option<Self> {
        let start = layout::first_token(text, after, content.end, true);
        let bytes = text.as_bytes();
        let folded = match bytes.get(start)? {
            b'|' => false,
            b'>' => true,
            _ => return None,
        };
        let line = memchr::memchr2(b'\n', b'\r', &bytes[start..]);
        let head_end = line.map_or(text.len(), |offset| start + offset);
        let first = head_end + line_break(bytes, head_end).unwrap_or(0);
        let signs = bytes[start + 1..head_end].iter().take(2);
        let chomping = signs
            .filter_map(|sign| match sign {
                b'-' => Some(Chomping::Strip),
                b'+' => Some(Chomping::Keep),
                _ => None,
            })
            .next()
            .unwrap_or(Chomping::Clip);
        let lines = Span::new(first.min(content.end), content.end);
        let said = lines.slice(text).trim_end_matches([' ', '\t', '\n', '\r']);
        let head = Span::new(start, head_end).slice(text).trim_end().len();
        let end = if said.is_empty() { start + head } else { lines.start + said.len() };
        Some(Self { span: Span::new(start, end), lines, folded, chomping })
    }

    /// What it says, its lines behind an indent of `indent` blanks.
    pub fn text_of(&self, text: &str, indent: usize) -> SpanMap {
        let lines = self.lines_of(text, indent);
        let said = lines.iter().rposition(|line| !line.content.is_empty());
        let mut parts = SpanMapBuilder::new(self.lines.start);
        let mut before: Option<&Line> = None;
        let mut empty = 0;
        for line in &lines[..said.map_or(0, |last| last + 1)] {
            if line.content.is_empty() {
                empty += 1;
                continue;
            }
            self.join(text, before, line, empty, &mut parts);
            parts.verbatim(line.content.slice(text), line.content.start);
            before = Some(line);
            empty = 0;
        }
        if let Some(last) = before.filter(|_| self.chomping != Chomping::Strip) {
            parts.replaced("\n", Span::new(last.content.end, last.end));
        }
        if self.chomping == Chomping::Keep {
            for line in &lines[said.map_or(0, |last| last + 1)..] {
                let start = line.content.end;
                if start < line.end {
                    parts.replaced("\n", Span::new(start, line.end));
                }
            }
        }
        parts.finish()
    }

    /// Adds what the line breaks between `before` and `line` stand for, with `empty` lines between.
    fn join(
        &self,
        text: &str,
        before: Option<&Line>,
        line: &Line,
        empty: usize,
        parts: &mut SpanMapBuilder,
    ) {
        let start = before.map_or(self.lines.start, |before| before.content.end);
        // The indent belongs to no byte of what is said.
        let indented = Span::new(start, line.content.start).slice(text);
        let line_start = start + indented.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let is_deeper = |line: &Line| line.content.slice(text).starts_with([' ', '\t']);
        let breaks =
            match before {
                None => "\n".repeat(empty),
                Some(before) if self.folded && !is_deeper(before) && !is_deeper(line) => {
                    if empty == 0 { " ".to_owned() } else { "\n".repeat(empty) }
                }
                Some(_) => "\n".repeat(empty + 1),
            };
        parts.replaced(&breaks, Span::new(start, line_start));
    }

    fn lines_of(&self, text: &str, indent: usize) -> Vec<Line> {
        let bytes = &text.as_bytes()[..self.lines.end];
        let mut lines = Vec::new();
        let mut at = self.lines.start;
        while at < bytes.len() {
            let end = memchr::memchr2(b'\n', b'\r', &bytes[at..])
                .map_or(bytes.len(), |offset| at + offset);
            let blanks = bytes[at..end].iter().take(indent).take_while(|byte| **byte == b' ');
            let start = at + blanks.count();
            at = end + line_break(bytes, end).unwrap_or(0);
            lines.push(Line { content: Span::new(start, end), end: at });
        }
        lines
    }

    /// How deep its lines are indented: as the first that says something.
    pub fn indent(&self, text: &str, content: Span) -> usize {
        let line = text[..content.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        if line >= self.lines.start
            && content.start > line
            && !content.slice(text).starts_with(['\n', '\r'])
        {
            return content.start - line;
        }
        let said = self.lines.slice(text).split(['\n', '\r']).find(|line| !line.trim().is_empty());
        said.map_or(0, |line| line.len() - line.trim_start_matches(' ').len())
    }
}
