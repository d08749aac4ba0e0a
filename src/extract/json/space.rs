//! What stands between the tokens: white space and comments.

use super::Parser;
use crate::diagnostic::Span;
use crate::extract::words;

impl Parser<'_> {
    /// Skips white space, and comments, which are faults where the dialect has none.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                b'#' => self.line_comment(),
                b'/' => match self.bytes[..self.end].get(self.at + 1) {
                    Some(b'/') => self.line_comment(),
                    Some(b'*') => self.block_comment(),
                    _ => return,
                },
                _ if self.dialect.is_json5() => match self.other_space() {
                    0 => return,
                    length => self.at += length,
                },
                _ => return,
            }
        }
    }

    fn line_comment(&mut self) {
        let rest = self.rest();
        let length = if self.dialect.is_json5() {
            rest.find(['\n', '\r', '\u{2028}', '\u{2029}'])
        } else {
            memchr::memchr2(b'\n', b'\r', rest.as_bytes())
        };
        let by_hash = rest.starts_with('#');
        let span = self.comment(length.unwrap_or(rest.len()));
        if !self.dialect.is_commented() {
            self.fault(words::comment(span));
        } else if by_hash {
            self.fault(words::hash_comment(span));
        }
    }

    fn block_comment(&mut self) {
        let rest = self.rest();
        let length = rest[2..].find("*/").map(|at| at + 4);
        let span = self.comment(length.unwrap_or(rest.len()));
        if !self.dialect.is_commented() {
            self.fault(words::comment(span));
        } else if length.is_none() {
            self.fault(words::open_comment(Span::new(span.start, span.start + 2)));
        }
    }

    /// Passes over a comment of `length` bytes, and keeps it.
    fn comment(&mut self, length: usize) -> Span {
        let start = self.at;
        self.at += length;
        let span = Span::new(start, start + self.text[start..self.at].trim_end().len());
        self.comments.push(span);
        span
    }

    /// The bytes of the white space here that only JSON5 takes for such.
    fn other_space(&self) -> usize {
        let is_space = |first: char| {
            matches!(
                first,
                '\u{b}' | '\u{c}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
                    ..='\u{200a}'
                        | '\u{2028}'
                        | '\u{2029}'
                        | '\u{202f}'
                        | '\u{205f}'
                        | '\u{3000}'
                        | '\u{feff}'
            )
        };
        self.rest().chars().next().filter(|first| is_space(*first)).map_or(0, char::len_utf8)
    }
}
