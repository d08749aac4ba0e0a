//! What a scalar on lines like any other text says: plain, or in quotes.

use crate::diagnostic::Span;
use crate::document::{SpanMap, SpanMapBuilder};

/// The quotes around a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// None.
    None,
    /// `'`
    Single,
    /// `"`
    Double,
}

/// The text in `span`, quotes not included: line breaks folded, escapes resolved.
pub fn text_of(text: &str, span: Span, quotes: Quotes) -> SpanMap {
    let mut parts = SpanMapBuilder::new(span.start);
    let bytes = &text.as_bytes()[..span.end];
    let mut at = span.start;
    while at < span.end {
        let stop = next_special(bytes, at, quotes);
        let plain = Span::new(at, stop).slice(text);
        match bytes.get(stop) {
            None => {
                parts.verbatim(plain, at);
                at = span.end;
            }
            Some(b'\\') => {
                parts.verbatim(plain, at);
                at = escape(text, Span::new(stop, span.end), &mut parts);
            }
            Some(b'\'') => {
                parts.verbatim(plain, at);
                at = (stop + 2).min(span.end);
                parts.replaced("'", Span::new(stop, at));
            }
            Some(_) => {
                parts.verbatim(plain.trim_end_matches([' ', '\t']), at);
                let (breaks, last, next) = line_breaks(bytes, stop);
                let folded = if breaks == 1 { " ".to_owned() } else { "\n".repeat(breaks - 1) };
                parts.replaced(&folded, Span::new(stop, last));
                at = next;
            }
        }
    }
    parts.finish()
}

/// Where the text from `at` on stops saying what it says.
fn next_special(bytes: &[u8], at: usize, quotes: Quotes) -> usize {
    let rest = &bytes[at..];
    let found = match quotes {
        Quotes::None => memchr::memchr2(b'\n', b'\r', rest),
        Quotes::Single => memchr::memchr3(b'\n', b'\r', b'\'', rest),
        Quotes::Double => memchr::memchr3(b'\n', b'\r', b'\\', rest),
    };
    found.map_or(bytes.len(), |offset| at + offset)
}

/// Passes over line breaks and the blanks after each: how many, where the last ends, and where the
/// text goes on.
fn line_breaks(bytes: &[u8], start: usize) -> (usize, usize, usize) {
    let (mut count, mut last, mut at) = (0, start, start);
    while let Some(length) = line_break(bytes, at) {
        count += 1;
        last = at + length;
        at = last;
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
    }
    (count, last, at)
}

/// The length of the line break at `at`.
pub fn line_break(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => Some(2),
        b'\n' | b'\r' => Some(1),
        _ => None,
    }
}

/// Adds what the escape at the start of `span` stands for; gives where it ends.
fn escape(text: &str, span: Span, parts: &mut SpanMapBuilder) -> usize {
    let bytes = &text.as_bytes()[..span.end];
    let start = span.start;
    if line_break(bytes, start + 1).is_some() {
        // The line break is not there; the empty lines after it are.
        let (breaks, _, next) = line_breaks(bytes, start + 1);
        parts.replaced(&"\n".repeat(breaks - 1), Span::new(start, next));
        return next;
    }
    let inner = Span::new(start + 1, span.end).slice(text);
    let Some(name) = inner.chars().next() else {
        parts.verbatim("\\", start);
        return span.end;
    };
    let (meant, length) = match name {
        'x' => code_point(inner, 2),
        'u' => code_point(inner, 4),
        'U' => code_point(inner, 8),
        other => (simple_escape(other), other.len_utf8()),
    };
    let end = (start + 1 + length).min(span.end);
    let mut buffer = [0; 4];
    parts.replaced(meant.encode_utf8(&mut buffer), Span::new(start, end));
    end
}

/// What an escape of one character means.
fn simple_escape(name: char) -> char {
    match name {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    }
}

/// The character that so many hexadecimal digits name, and the length of the escape behind its
/// backslash; a pair of surrogates is one.
fn code_point(inner: &str, digits: usize) -> (char, usize) {
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    let first = inner.get(1..=digits).and_then(number).unwrap_or(0xfffd);
    if digits == 4 && (0xd800..0xdc00).contains(&first) {
        let second = inner.get(5..11).and_then(|text| text.strip_prefix("\\u")).and_then(number);
        if let Some(low) = second.filter(|low| (0xdc00..0xe000).contains(low)) {
            let point = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
            return (char::from_u32(point).unwrap_or('\u{fffd}'), 11);
        }
    }
    (char::from_u32(first).unwrap_or('\u{fffd}'), 1 + digits)
}

/// Whether the escapes in the text between double quotes are all JSON's, on one line.
pub fn is_json(inner: &str) -> bool {
    let bytes = inner.as_bytes();
    if memchr::memchr2(b'\n', b'\r', bytes).is_some() {
        return false;
    }
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'\\', &bytes[at..]) {
        at += offset + 1;
        let known = b"\"\\/bfnrtu";
        if !bytes.get(at).is_some_and(|escaped| known.contains(escaped)) {
            return false;
        }
        at += 1;
    }
    true
}
