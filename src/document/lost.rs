//! What of a text could not be read, or had to be guessed at.

use super::node::{Kind, Node};
use crate::diagnostic::Span;

/// After so many faults nothing of the rest is trusted: each may have moved what follows.
const MOST: usize = 16;

/// The parts of a text whose content is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost(Vec<Span>);

impl Lost {
    /// Whether nothing is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Loses the lines that `fault` stands in, with the gap before them: what ends there may go on in them.
    pub fn lines(&mut self, text: &str, fault: Span) {
        if self.0.last().is_some_and(|last| last.covers(fault)) {
            return;
        }
        let end = after_line(text, fault.end);
        self.0.push(Span::new(before_line(text, fault.start), end));
        if self.0.len() > MOST {
            self.rest(text, fault.start);
        }
    }

    /// Loses the line that holds `from`, with the gap before it, up to what begins at `next`: a container that begins
    /// there may have begun before.
    pub fn between(&mut self, text: &str, from: usize, next: usize) {
        self.0.push(Span::new(before_line(text, from), next));
    }

    /// Loses the line that holds `from`, and all that follows.
    pub fn rest(&mut self, text: &str, from: usize) {
        if self.0.last().is_some_and(|last| last.covers(Span::new(from, text.len()))) {
            return;
        }
        let start = before_line(text, from);
        self.0.retain(|lost| lost.start < start);
        self.0.push(Span::new(start, text.len()));
    }

    /// Loses what may have followed at `at`, where the text was cut off.
    pub fn end(&mut self, at: usize) {
        self.0.push(Span::new(at, at));
    }

    /// Whether something of a value is lost, or may be: a container that ends where something is lost may go on
    /// there.
    #[must_use]
    pub fn touches(&self, node: Node<'_>) -> bool {
        let is_container = matches!(node.kind(), Kind::Array | Kind::Object);
        if is_container { self.meets(node.span()) } else { self.takes(node.span()) }
    }

    /// Whether something is lost in `span` or at its ends.
    #[must_use]
    pub fn meets(&self, span: Span) -> bool {
        self.0.iter().any(|lost| span.start <= lost.end && lost.start <= span.end)
    }

    /// Whether some byte of `span` is lost.
    #[must_use]
    pub fn takes(&self, span: Span) -> bool {
        self.0.iter().any(|lost| Self::overlap(*lost, span))
    }

    fn overlap(lost: Span, span: Span) -> bool {
        span.start < lost.end && lost.start < span.end.max(span.start + 1)
    }
}

/// Where what stands before the line of `at` ends.
fn before_line(text: &str, at: usize) -> usize {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    before[..line].trim_ascii_end().len()
}

/// Where the line of `at` ends.
fn after_line(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr2(b'\n', b'\r', rest).map_or(text.len(), |offset| at + offset)
}

#[cfg(test)]
mod tests {
    use super::{Lost, MOST};
    use crate::diagnostic::Span;

    #[test]
    fn the_lines_of_a_fault_are_lost_with_the_gap_before_them() {
        let text = "a: 1\r\n\r\nb: x: 2\r\nc: 3\r\n";
        let mut lost = Lost::default();
        lost.lines(text, Span::new(12, 13));
        assert_eq!(lost, Lost(vec![Span::new(4, 15)]));
        assert!(!lost.takes(Span::new(0, 4)) && lost.takes(Span::new(11, 12)));
        assert!(!lost.takes(Span::new(17, 18)));
        lost.rest(text, 18);
        assert!(lost.takes(Span::new(20, 21)) && !lost.takes(Span::new(0, 4)));
    }

    #[test]
    fn after_many_faults_the_rest_is_lost() {
        let text = "x\n".repeat(100);
        let mut lost = Lost::default();
        for line in 0..=MOST {
            assert!(!lost.takes(Span::new(190, 191)));
            lost.lines(&text, Span::new(line * 2, line * 2 + 1));
        }
        assert!(lost.takes(Span::new(190, 191)));
    }
}
