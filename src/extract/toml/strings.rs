//! Strings and keys of TOML, with the place of each of their bytes.

use toml_parser::decoder::Encoding;

use crate::diagnostic::Span;
use crate::document::{Builder, SpanMapBuilder};

/// Adds the key or string at `span`.
pub fn emit(
    builder: &mut Builder<'_>,
    text: &str,
    is_key: bool,
    span: Span,
    encoding: Option<Encoding>,
) {
    let raw = span.slice(text);
    let (quotes, escapes) = match encoding {
        None => return builder.bare(is_key, span.start, span.end),
        Some(Encoding::LiteralString) => ("'", false),
        Some(Encoding::BasicString) => ("\"", true),
        Some(Encoding::MlLiteralString) => ("'''", false),
        Some(Encoding::MlBasicString) => ("\"\"\"", true),
    };
    let inner = raw.strip_prefix(quotes).unwrap_or(raw);
    let closed = inner.strip_suffix(quotes);
    let escaped = escapes && memchr::memchr(b'\\', inner.as_bytes()).is_some();
    if quotes.len() == 1 && closed.is_some() && (!escaped || is_json(inner)) {
        return if is_key {
            builder.key(escaped, span.start, span.end);
        } else {
            builder.string(escaped, span.start, span.end);
        };
    }
    let start = span.start + raw.len() - inner.len();
    let inner = closed.unwrap_or(inner);
    // The line break just after the opening quotes belongs to none of the text.
    let skipped = match inner {
        _ if quotes.len() == 1 => 0,
        _ if inner.starts_with("\r\n") => 2,
        _ => usize::from(inner.starts_with('\n')),
    };
    let mut says = SpanMapBuilder::new(start + skipped);
    let body = &inner[skipped..];
    if escapes {
        unescape(body, start + skipped, &mut says);
    } else {
        says.verbatim(body, start + skipped);
    }
    builder.told(is_key, span, says.finish());
}

/// Whether every escape is one of JSON's, and says the same there.
fn is_json(inner: &str) -> bool {
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        rest = &rest[at + 1..];
        match rest.as_bytes().first() {
            Some(b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't') => rest = &rest[1..],
            Some(b'u') => {
                let digits = rest.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                if digits.and_then(char::from_u32).is_none() {
                    return false;
                }
                rest = &rest[5..];
            }
            _ => return false,
        }
    }
    true
}

/// Resolves the escapes of `body`, which stands at `start`.
fn unescape(body: &str, start: usize, says: &mut SpanMapBuilder) {
    let mut at = 0;
    while let Some(offset) = memchr::memchr(b'\\', &body.as_bytes()[at..]) {
        says.verbatim(&body[at..at + offset], start + at);
        at += offset;
        let rest = &body[at + 1..];
        let place = |length: usize| Span::new(start + at, start + at + length);
        let length = match rest.chars().next() {
            Some('\n' | '\r' | ' ' | '\t') if is_line_end(rest) => {
                // It takes all white space with it, over any number of lines.
                let length =
                    1 + rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
                says.replaced("", place(length));
                length
            }
            Some(letter) => match meaning(letter, rest) {
                Some((meant, length)) => {
                    says.replaced(meant.encode_utf8(&mut [0; 4]), place(1 + length));
                    1 + length
                }
                None => {
                    // No escape, which was told: it stands for itself.
                    says.verbatim("\\", start + at);
                    1
                }
            },
            None => {
                says.verbatim("\\", start + at);
                1
            }
        };
        at += length;
    }
    says.verbatim(&body[at..], start + at);
}

/// Whether nothing but white space stands before the next line break.
fn is_line_end(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r'])
}

/// What the escape says whose letter begins `rest`, and how long it is there.
fn meaning(letter: char, rest: &str) -> Option<(char, usize)> {
    let by_code = |digits: usize| {
        let code = rest.get(1..=digits).filter(|code| !code.starts_with('+'))?;
        let meant = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
        Some((meant, 1 + digits))
    };
    let meant = match letter {
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' => '"',
        '\\' => '\\',
        'x' => return by_code(2),
        'u' => return by_code(4),
        'U' => return by_code(8),
        _ => return None,
    };
    Some((meant, 1))
}
