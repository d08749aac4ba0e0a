//! What to say of each fault of JSON's syntax.

use crate::diagnostic::Span;
use crate::document::{SyntaxError, SyntaxErrorKind as Kind};

pub(super) fn error(
    kind: Kind,
    span: Span,
    message: impl Into<String>,
    label: &str,
    help: &str,
) -> SyntaxError {
    SyntaxError {
        kind,
        span,
        message: message.into(),
        label: label.to_owned(),
        help: (!help.is_empty()).then(|| help.to_owned()),
        related: None,
    }
}

pub fn trailing_comma(span: Span) -> SyntaxError {
    error(
        Kind::TrailingComma,
        span,
        "JSON allows no comma after the last item",
        "remove this comma",
        "",
    )
}

pub fn comment(span: Span) -> SyntaxError {
    error(
        Kind::Comment,
        span,
        "JSON has no comments",
        "remove it",
        "keep the remark in a file beside this one",
    )
}

pub fn hash_comment(span: Span) -> SyntaxError {
    error(Kind::Comment, span, "a comment begins with `//`, and not with `#`", "write //", "")
}

pub fn open_comment(span: Span) -> SyntaxError {
    error(Kind::Unexpected, span, "a comment is never closed", "it begins here", "add `*/`")
}

pub fn missing_comma(span: Span, in_object: bool) -> SyntaxError {
    let what = if in_object { "members" } else { "elements" };
    error(
        Kind::MissingComma,
        span,
        format!("a comma is missing between two {what}"),
        "a comma goes before this",
        "",
    )
}

pub fn missing_colon(span: Span) -> SyntaxError {
    error(Kind::MissingColon, span, "a colon is missing after a key", "`:` goes here", "")
}

pub fn missing_value(span: Span) -> SyntaxError {
    error(Kind::MissingValue, span, "a value is missing", "a value goes before this", "")
}

pub fn no_element(span: Span) -> SyntaxError {
    error(Kind::Unexpected, span, "there is nothing before this comma", "remove it", "")
}

pub fn quotes(span: Span) -> SyntaxError {
    error(Kind::Quotes, span, "JSON strings stand in double quotes", "write it as \"…\"", "")
}

pub fn bare_key(span: Span, name: &str) -> SyntaxError {
    if !is_plain_word(name) {
        let message = "a key stands without quotes";
        return error(Kind::BareKey, span, message, "write it in double quotes", "");
    }
    let label = format!("write \"{name}\"");
    error(Kind::BareKey, span, format!("the key `{name}` stands without quotes"), &label, "")
}

/// Whether a text is a word that can be quoted: a key for the API holds digits, or is longer.
fn is_plain_word(text: &str) -> bool {
    text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

pub fn word(span: Span, word: &str) -> SyntaxError {
    let (label, help) = match word {
        "True" | "TRUE" => ("write true", "this is Python's notation; json.dumps writes JSON's"),
        "False" | "FALSE" => ("write false", "this is Python's notation; json.dumps writes JSON's"),
        "None" => ("write null", "this is Python's notation; json.dumps writes JSON's"),
        "NaN" | "Infinity" => ("JSON has no such number", "leave the field out, or send a number"),
        "undefined" | "nil" | "NULL" | "Null" => ("write null", ""),
        _ => ("text stands in double quotes", ""),
    };
    let message = if is_plain_word(word) {
        format!("`{word}` is no JSON value")
    } else {
        "text stands here without quotes".to_owned()
    };
    error(Kind::Word, span, message, label, help)
}

pub fn number(span: Span, text: &str) -> SyntaxError {
    let digits = text.trim_start_matches(['-', '+']);
    let label = if text.starts_with('+') {
        "no plus before a number"
    } else if digits.starts_with('.') {
        "a digit goes before the point"
    } else if digits.starts_with("0x") || digits.starts_with("0X") {
        "JSON has no hexadecimal numbers"
    } else if digits.len() > 1 && digits.starts_with('0') && digits.as_bytes()[1].is_ascii_digit() {
        "no zero before other digits"
    } else if text.ends_with('.') {
        "a digit goes after the point"
    } else if digits == "Infinity" {
        "JSON has no infinite numbers"
    } else {
        "not a number as JSON writes them"
    };
    // A hyphen within it is no sign: it may be a key, which is not quoted.
    let is_short = text.len() <= 24 && !text.trim_start_matches('-').contains('-');
    let message = if is_short {
        format!("`{text}` is no JSON number")
    } else {
        "this is no JSON number".to_owned()
    };
    error(Kind::Number, span, message, label, "")
}

pub fn control(span: Span, byte: u8) -> SyntaxError {
    let (what, label) = match byte {
        b'\n' | b'\r' => ("a line break".to_owned(), "write \\n, or close the string before it"),
        b'\t' => ("a tab".to_owned(), "write \\t"),
        byte => (format!("the control character U+{byte:04X}"), "write it as \\u00XX"),
    };
    error(Kind::Control, span, format!("a string holds {what} as it is"), label, "")
}

pub fn escape(span: Span, escaped: &str) -> SyntaxError {
    let help = match escaped {
        "'" => "an apostrophe needs no backslash",
        "u" => "four hexadecimal digits follow \\u",
        "x" => "write \\u00XX",
        _ => "a backslash itself is written \\\\",
    };
    error(Kind::Escape, span, format!("`\\{escaped}` is no JSON escape"), "not an escape", help)
}

pub fn json5_escape(span: Span, escaped: char) -> SyntaxError {
    let help = match escaped {
        'u' => "four hexadecimal digits follow \\u",
        'x' => "two hexadecimal digits follow \\x",
        _ => "a digit is not escaped",
    };
    error(Kind::Escape, span, format!("`\\{escaped}` is no JSON5 escape"), "not an escape", help)
}

pub fn open_string(span: Span) -> SyntaxError {
    error(
        Kind::OpenString,
        span,
        "a string is never closed",
        "it begins here",
        "add the closing quote",
    )
}

pub fn unclosed(span: Span, opened: usize, bracket: u8) -> SyntaxError {
    let bracket = char::from(bracket);
    let close = if bracket == '[' { ']' } else { '}' };
    let mut error = error(
        Kind::Bracket,
        span,
        format!("the text ends before `{bracket}` is closed"),
        &format!("`{close}` is missing here"),
        "the file may have been cut off",
    );
    error.related = Some((Span::new(opened, opened + 1), "opened here".to_owned()));
    error
}

pub fn mismatched(span: Span, found: u8, opened: usize, bracket: u8) -> SyntaxError {
    let (found, bracket) = (char::from(found), char::from(bracket));
    let close = if bracket == '[' { ']' } else { '}' };
    let mut error = error(
        Kind::Bracket,
        span,
        format!("`{found}` does not close `{bracket}`"),
        &format!("`{close}` is expected"),
        "",
    );
    error.related = Some((Span::new(opened, opened + 1), "opened here".to_owned()));
    error
}

pub fn surplus(span: Span, text: &str) -> SyntaxError {
    let help = if text.starts_with(['{', '[']) {
        "several documents in one file go into a list, or into JSON Lines (.jsonl), one a line"
    } else {
        "the document ended before this"
    };
    error(
        Kind::Surplus,
        span,
        "something stands after the end of the document",
        "not part of it",
        help,
    )
}

pub fn empty(span: Span) -> SyntaxError {
    error(Kind::Empty, span, "the document is empty", "nothing here", "")
}

pub fn too_deep(span: Span, limit: usize) -> SyntaxError {
    let message = format!("more than {limit} brackets are open at once");
    error(Kind::TooDeep, span, message, "too deep to be read", "no request is nested as deeply")
}

pub fn too_large(span: Span) -> SyntaxError {
    error(Kind::TooLarge, span, "the text is larger than the 4 GiB that are read", "", "")
}

pub fn template(span: Span) -> SyntaxError {
    error(
        Kind::Unexpected,
        span,
        "a template's mark stands outside a string",
        "filled in later",
        "",
    )
}

pub fn unexpected(span: Span, text: &str) -> SyntaxError {
    error(Kind::Unexpected, span, format!("`{text}` is not expected here"), "not JSON", "")
}
