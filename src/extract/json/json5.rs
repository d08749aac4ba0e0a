//! Strings, keys and numbers as JSON5 writes them.

use super::Parser;
use super::tokens::is_number;
use crate::diagnostic::Span;
use crate::document::{Scalar, SpanMapBuilder};
use crate::extract::words;

impl Parser<'_> {
    /// A string or a key in `quote`, single or double.
    pub(super) fn json5_string(&mut self, quote: u8, is_key: bool) {
        let start = self.at;
        self.at += 1;
        // Only a string with an escape says something else than its text.
        let mut parts: Option<SpanMapBuilder> = None;
        let mut plain = self.at;
        loop {
            let ends = |byte: &u8| *byte == quote || matches!(byte, b'\\' | b'\n' | b'\r');
            let rest = &self.bytes[self.at..self.end];
            let Some(length) = rest.iter().position(ends) else {
                self.at = self.end;
                self.fault(words::open_string(Span::new(start, start + 1)));
                self.builder_string_open(is_key, start);
                return;
            };
            self.at += length;
            match self.bytes[self.at] {
                b'\\' => {
                    let map = parts.get_or_insert_with(|| SpanMapBuilder::new(plain));
                    map.verbatim(&self.text[plain..self.at], plain);
                    let (said, length) = self.json5_escape();
                    let span = Span::new(self.at, self.at + length);
                    if let Some(map) = &mut parts {
                        map.replaced(&said, span);
                    }
                    self.at += length;
                    plain = self.at;
                }
                byte @ (b'\n' | b'\r') => {
                    self.fault(words::control(Span::new(self.at, self.at + 1), byte));
                    if self.structure_follows() {
                        self.builder_string_open(is_key, start);
                        return;
                    }
                    self.pass_line_break();
                }
                _ => break,
            }
        }
        let inner = plain..self.at;
        self.at += 1;
        match parts {
            Some(mut map) => {
                map.verbatim(&self.text[inner.clone()], inner.start);
                self.builder.told(is_key, Span::new(start, self.at), map.finish());
            }
            None if is_key => self.builder.key(false, start, self.at),
            None => self.builder.string(false, start, self.at),
        }
    }

    /// What the escape here stands for, and its bytes.
    fn json5_escape(&mut self) -> (String, usize) {
        let start = self.at;
        let rest = &self.text[start + 1..self.end];
        let mut following = rest.chars();
        let Some(first) = following.next() else { return (String::new(), 1) };
        let next = following.next();
        let said = match first {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            '0' if next.is_none_or(|next| !next.is_ascii_digit()) => '\0',
            // A line break after a backslash lets the string go on in the next line.
            '\r' if next == Some('\n') => return (String::new(), 3),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                return (String::new(), 1 + first.len_utf8());
            }
            'x' if hexadecimal(rest, 1, 2).is_some() => {
                let code = hexadecimal(rest, 1, 2).unwrap_or_default();
                return (char::from_u32(code).unwrap_or('\u{fffd}').to_string(), 4);
            }
            'u' if hexadecimal(rest, 1, 4).is_some() => return code_point(rest),
            'x' | 'u' | '0'..='9' => {
                let span = Span::new(start, start + 2);
                self.fault(words::json5_escape(span, first));
                first
            }
            other => other,
        };
        (said.to_string(), 1 + first.len_utf8())
    }

    /// A key without quotes, where the name here is one by ECMAScript; else nothing is read.
    pub(super) fn json5_name(&mut self) -> bool {
        let start = self.at;
        let rest = self.rest();
        let mut parts: Option<SpanMapBuilder> = None;
        let (mut at, mut plain) = (0, 0);
        while let Some(first) = rest[at..].chars().next() {
            let (letter, length) = match first {
                '\\' => match hexadecimal(&rest[at..], 2, 4).and_then(char::from_u32) {
                    Some(letter) if rest[at..].starts_with("\\u") => (letter, 6),
                    _ => break,
                },
                letter => (letter, letter.len_utf8()),
            };
            if !(is_name_start(letter) || (at > 0 && is_name_part(letter))) {
                break;
            }
            if first == '\\' {
                let map = parts.get_or_insert_with(|| SpanMapBuilder::new(start));
                map.verbatim(&rest[plain..at], start + plain);
                map.replaced(
                    letter.encode_utf8(&mut [0; 4]),
                    Span::new(start + at, start + at + length),
                );
                plain = at + length;
            }
            at += length;
        }
        // What goes on with a hyphen or a point is no name, and was meant for one key.
        if at == 0 || start + at < self.word_end() {
            return false;
        }
        self.at = start + at;
        match parts {
            Some(mut map) => {
                map.verbatim(&rest[plain..at], start + plain);
                self.builder.told(true, Span::new(start, self.at), map.finish());
            }
            None => self.builder.bare(true, start, self.at),
        }
        true
    }

    /// Adds the number in `span`; false where it is none.
    pub(super) fn json5_number(&mut self, span: Span) -> bool {
        let text = span.slice(self.text);
        if text.trim_start_matches(['+', '-']) == "NaN" && text.len() <= 4 {
            // JSON has no such number, and JavaScript sends null for it.
            self.builder.scalar(Scalar::Null, span.start, span.end);
            return true;
        }
        match as_json(text) {
            Some(number) => self.builder.told_number(span, &number),
            None => return false,
        }
        true
    }
}

/// The value of the `count` hexadecimal digits at `at` of `text`.
fn hexadecimal(text: &str, at: usize, count: usize) -> Option<u32> {
    let digits = text.get(at..at + count)?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

/// What the escape stands for whose text after the backslash is `rest`, `u` and four digits, and its
/// bytes. A pair of surrogates is one character.
fn code_point(rest: &str) -> (String, usize) {
    let first = hexadecimal(rest, 1, 4).unwrap_or_default();
    let second = rest.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| hexadecimal(rest, 7, 4));
    if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (first, second) {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
        return (char::from_u32(code).unwrap_or('\u{fffd}').to_string(), 12);
    }
    (char::from_u32(first).unwrap_or('\u{fffd}').to_string(), 6)
}

fn is_name_start(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '$' | '_')
}

/// Whether a name may go on with `letter`: a digit, a mark that joins a letter, a joiner.
fn is_name_part(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(
            letter,
            '$' | '_' | '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}'
                | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}'
                | '\u{93c}' | '\u{94d}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
                | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe20}'..='\u{fe2f}'
        )
}

/// The number `text` of JSON5 as JSON would write it.
fn as_json(text: &str) -> Option<String> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let number = if digits == "Infinity" {
        // More than any double, and a number by JSON's grammar.
        "1e999".to_owned()
    } else if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        of_hexadecimal(hex)?
    } else {
        of_decimal(digits)?
    };
    Some(format!("{sign}{number}"))
}

fn of_hexadecimal(digits: &str) -> Option<String> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    if let Ok(value) = u128::from_str_radix(digits, 16) {
        return Some(value.to_string());
    }
    let places = digits.chars().filter_map(|digit| digit.to_digit(16));
    let value = places.fold(0.0, |value: f64, digit| value.mul_add(16.0, f64::from(digit)));
    Some(if value.is_finite() { format!("{value:e}") } else { "1e999".to_owned() })
}

/// Puts the digit that may be left out before or after the point.
fn of_decimal(digits: &str) -> Option<String> {
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => digits.split_at(at),
        None => (digits, ""),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    let number = format!("{whole}{point}{fraction}{exponent}");
    // A sign stood before it already.
    (!number.starts_with('-') && is_number(number.as_bytes())).then_some(number)
}
