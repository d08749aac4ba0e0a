//! Strings and keys: in double quotes, and in what people write instead.

use super::Parser;
use crate::diagnostic::Span;
use crate::extract::words;

impl Parser<'_> {
    /// A string or a key in double quotes.
    pub(super) fn string(&mut self, is_key: bool) {
        if self.dialect.is_json5() {
            return self.json5_string(b'"', is_key);
        }
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        loop {
            self.plain_text();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape();
                }
                Some(byte) => {
                    let line_break = matches!(byte, b'\n' | b'\r');
                    self.fault(words::control(Span::new(self.at, self.at + 1), byte));
                    if line_break && self.structure_follows() {
                        // The closing quote was forgotten, and the next line goes on as if it stood.
                        self.builder_string_open(is_key, start);
                        return;
                    }
                    if line_break {
                        self.pass_line_break();
                    } else {
                        self.at += 1;
                    }
                }
                None => {
                    self.fault(words::open_string(Span::new(start, start + 1)));
                    self.builder_string_open(is_key, start);
                    return;
                }
            }
        }
        if is_key {
            self.builder.key(escaped, start, self.at);
        } else {
            self.builder.string(escaped, start, self.at);
        }
    }

    /// A string that has no closing quote: what is between its opening one and here.
    pub(super) fn builder_string_open(&mut self, is_key: bool, start: usize) {
        self.builder.bare(is_key, start + 1, self.at);
    }

    /// Whether what follows the line break here begins like a member or the end of a container.
    pub(super) fn structure_follows(&self) -> bool {
        matches!(
            self.rest().trim_start_matches(['\n', '\r', ' ', '\t']).as_bytes().first(),
            Some(b'"' | b'}' | b']')
        )
    }

    /// Goes on behind a line break in a string. All the white space was looked at; to look again at each
    /// of it would add up.
    pub(super) fn pass_line_break(&mut self) {
        self.at +=
            self.rest().len() - self.rest().trim_start_matches(['\n', '\r', ' ', '\t']).len();
    }

    /// Passes over text that is neither quote, backslash nor control character, eight bytes a step.
    pub(super) fn plain_text(&mut self) {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGHS: u64 = 0x8080_8080_8080_8080;
        let bytes = &self.bytes[..self.end];
        while let Some(chunk) =
            bytes.get(self.at..self.at + 8).and_then(|chunk| chunk.first_chunk::<8>())
        {
            let word = u64::from_le_bytes(*chunk);
            let equals = |byte: u8| {
                let zero = word ^ (ONES * u64::from(byte));
                zero.wrapping_sub(ONES) & !zero
            };
            let below = word.wrapping_sub(ONES * 0x20) & !word;
            let special = (equals(b'"') | equals(b'\\') | below) & HIGHS;
            if special != 0 {
                self.at += special.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
        while self.at < self.end && !matches!(bytes[self.at], b'"' | b'\\' | 0..=0x1f) {
            self.at += 1;
        }
    }

    pub(super) fn escape(&mut self) {
        let start = self.at;
        let following = self.text[start + 1..self.end].chars().next();
        let length = match following {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => 2,
            Some('u') => {
                let digits = self.bytes[..self.end].get(start + 2..start + 6);
                if digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    6
                } else {
                    self.fault(words::escape(Span::new(start, start + 2), "u"));
                    2
                }
            }
            Some(other) => {
                let length = 1 + other.len_utf8();
                let span = Span::new(start, start + length);
                if other.is_control() {
                    self.fault(words::control(Span::new(start + 1, start + length), other as u8));
                } else {
                    self.fault(words::escape(span, &span.slice(self.text)[1..]));
                }
                length
            }
            None => 1,
        };
        self.at += length;
    }

    /// A string or a key in quotes that JSON does not have.
    pub(super) fn other_quotes(&mut self, quote: u8, is_key: bool) {
        if quote == b'\'' && self.dialect.is_json5() {
            return self.json5_string(quote, is_key);
        }
        let start = self.at;
        self.at += 1;
        let mut escaped = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => {
                    escaped = true;
                    self.at = (self.at + 2).min(self.end);
                    while !self.text.is_char_boundary(self.at) {
                        self.at += 1;
                    }
                }
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        let closed = self.at < self.end;
        self.at = (self.at + usize::from(closed)).min(self.end);
        self.fault(words::quotes(Span::new(start, self.at)));
        match (closed, is_key) {
            (false, _) => self.builder.bare(is_key, start + 1, self.at),
            (true, true) => self.builder.key(escaped, start, self.at),
            (true, false) => self.builder.string(escaped, start, self.at),
        }
    }

    pub(super) fn smart_quote(&self) -> Option<usize> {
        let first = self.rest().chars().next()?;
        matches!(first, '“' | '”' | '„' | '‘' | '’' | '«' | '»').then(|| first.len_utf8())
    }

    /// A string or a key in the quotes that a text processor puts.
    pub(super) fn smart_string(&mut self, is_key: bool) {
        let start = self.at;
        let inner = start + self.smart_quote().unwrap_or(1);
        let body = &self.text[inner..self.end];
        let length = body.find(['“', '”', '’', '»', '«', '"', '\n']).unwrap_or(body.len());
        let end = inner + length;
        let close = self.text[end..self.end].chars().next().filter(|&quote| quote != '\n');
        self.at = end + close.map_or(0, char::len_utf8);
        self.fault(words::quotes(Span::new(start, self.at)));
        self.builder.bare(is_key, inner, end);
    }
}

/// Whether a string in other quotes ends in the one that it begins with, on the same line.
pub(super) fn is_closed(text: &str) -> bool {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '`'));
    quote.is_some_and(|quote| text.len() > 1 && text.ends_with(quote)) && !text.contains('\n')
}
