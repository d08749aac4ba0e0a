//! Words and numbers, and what people write in their place.

use super::Parser;
use crate::diagnostic::Span;
use crate::document::Scalar;
use crate::extract::words;

impl Parser<'_> {
    pub(super) fn is_word(&self, byte: u8) -> bool {
        byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$'
    }

    pub(super) fn word_end(&self) -> usize {
        let rest = &self.bytes[self.at..self.end];
        let length = rest.iter().position(|byte| {
            !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-' | b'.'))
        });
        self.at + length.unwrap_or(rest.len())
    }

    pub(super) fn word(&mut self) {
        let (start, end) = (self.at, self.word_end());
        if self.dialect.is_json5() && self.json5_number(Span::new(start, end)) {
            self.at = end;
            return;
        }
        let scalar = match &self.text[start..end] {
            "true" => Scalar::True,
            "false" => Scalar::False,
            "null" => Scalar::Null,
            other => {
                self.fault(words::word(Span::new(start, end), other));
                match other {
                    "True" | "TRUE" => Scalar::True,
                    "False" | "FALSE" => Scalar::False,
                    "NaN" | "Infinity" => Scalar::Number,
                    "None" | "undefined" | "nil" | "NULL" | "Null" => Scalar::Null,
                    _ => {
                        self.builder.bare(false, start, end);
                        self.at = end;
                        return;
                    }
                }
            }
        };
        self.builder.scalar(scalar, start, end);
        self.at = end;
    }

    pub(super) fn bare_key(&mut self) {
        let (start, end) = (self.at, self.word_end());
        self.fault(words::bare_key(Span::new(start, end), &self.text[start..end]));
        self.builder.bare(true, start, end);
        self.at = end;
    }

    pub(super) fn number(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..self.end];
        let length = rest.iter().position(|byte| {
            !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'))
        });
        let end = start + length.unwrap_or(rest.len());
        let text = &self.text[start..end];
        if !is_number(text.as_bytes()) {
            if self.dialect.is_json5() && self.json5_number(Span::new(start, end)) {
                self.at = end;
                return;
            }
            self.fault(words::number(Span::new(start, end), text));
        }
        self.builder.scalar(Scalar::Number, start, end);
        self.at = end;
    }
}

/// Whether `word` is how another language writes one of JSON's words.
pub(super) fn is_literal(word: &str) -> bool {
    matches!(
        word,
        "True" | "TRUE" | "False" | "FALSE" | "None" | "undefined" | "nil" | "NULL" | "Null"
    )
}

/// Whether `text` is a number by RFC 8259.
pub(super) fn is_number(text: &[u8]) -> bool {
    let digits = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || (whole > 1 && text[at] == b'0') {
        return false;
    }
    at += whole;
    if text.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return false;
        }
        at += 1 + fraction;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = if at <= text.len() { digits(at) } else { 0 };
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == text.len()
}
