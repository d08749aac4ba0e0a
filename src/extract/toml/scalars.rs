//! Values of TOML as JSON would write them.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::{ParseError, Raw, Span as Place};

use super::strings;
use crate::diagnostic::Span;
use crate::document::{Builder, Scalar};

/// Adds the value at `span`; of a missing one a null without width.
pub fn emit(builder: &mut Builder<'_>, text: &str, span: Span, encoding: Option<Encoding>) {
    if span.is_empty() {
        builder.scalar(Scalar::Null, span.start, span.end);
    } else if encoding.is_some() {
        strings::emit(builder, text, false, span, encoding);
    } else {
        bare(builder, text, span);
    }
}

/// A value without quotes. What is none is taken for text: a model's name without its quotes still tells
/// what the file is.
fn bare(builder: &mut Builder<'_>, text: &str, span: Span) {
    let place = Place::new_unchecked(span.start, span.end);
    let raw = Raw::new_unchecked(span.slice(text), None, place);
    let mut faulty = false;
    let mut decoded = Cow::Borrowed("");
    let kind = raw.decode_scalar(&mut decoded, &mut |_: ParseError| faulty = true);
    match kind {
        _ if faulty => builder.bare(false, span.start, span.end),
        ScalarKind::Boolean(true) => builder.scalar(Scalar::True, span.start, span.end),
        ScalarKind::Boolean(false) => builder.scalar(Scalar::False, span.start, span.end),
        ScalarKind::String | ScalarKind::DateTime => builder.bare(false, span.start, span.end),
        ScalarKind::Integer(IntegerRadix::Dec) => number(builder, raw.as_str(), span, &decoded),
        ScalarKind::Float => match decoded.trim_start_matches(['+', '-']) {
            // Too large for any double, as infinity is: JSON has no word for it.
            "inf" if decoded.starts_with('-') => builder.told_number(span, "-1e999"),
            "inf" => builder.told_number(span, "1e999"),
            // What JavaScript makes of it.
            "nan" => builder.scalar(Scalar::Null, span.start, span.end),
            _ => number(builder, raw.as_str(), span, &decoded),
        },
        ScalarKind::Integer(radix) => match u128::from_str_radix(&decoded, radix.value()) {
            Ok(value) => builder.told_number(span, &value.to_string()),
            Err(_) => builder.bare(false, span.start, span.end),
        },
    }
}

/// Whether a number is written in ASCII, with a digit after its prefix.
pub fn has_digits(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    let prefixed = ["0x", "0o", "0b"].iter().find_map(|prefix| unsigned.strip_prefix(prefix));
    text.is_ascii() && prefixed.is_none_or(|digits| !digits.is_empty())
}

fn number(builder: &mut Builder<'_>, raw: &str, span: Span, decoded: &str) {
    let plain = decoded.strip_prefix('+').unwrap_or(decoded);
    if plain == raw {
        builder.scalar(Scalar::Number, span.start, span.end);
    } else {
        builder.told_number(span, plain);
    }
}
