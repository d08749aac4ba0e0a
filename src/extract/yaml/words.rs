//! What to say of each fault of YAML's syntax.

use crate::diagnostic::Span;
use crate::document::{SyntaxError, SyntaxErrorKind as Kind};

fn error(kind: Kind, span: Span, message: &str, label: &str, help: &str) -> SyntaxError {
    SyntaxError {
        kind,
        span,
        message: message.to_owned(),
        label: label.to_owned(),
        help: (!help.is_empty()).then(|| help.to_owned()),
        related: None,
    }
}

pub fn tab(span: Span) -> SyntaxError {
    error(
        Kind::Indentation,
        span,
        "a tab indents this line",
        "write spaces instead",
        "YAML takes no tabs for indentation",
    )
}

pub fn indentation(span: Span, help: &str) -> SyntaxError {
    error(Kind::Indentation, span, "the indentation of this line does not fit", "this line", help)
}

pub fn second_colon(span: Span) -> SyntaxError {
    error(
        Kind::NeedsQuotes,
        span,
        "a second colon stands in this value",
        "the value ended before it",
        "quote the whole value, or begin what is nested on a line of its own",
    )
}

pub fn colon_space(span: Span) -> SyntaxError {
    error(
        Kind::MissingColon,
        span,
        "no space follows the colon of this key",
        "a space goes here",
        "",
    )
}

pub fn dash_space(span: Span) -> SyntaxError {
    error(
        Kind::Unexpected,
        span,
        "no space follows the dash of this entry",
        "a space goes after the dash",
        "",
    )
}

pub fn missing_colon(span: Span) -> SyntaxError {
    error(
        Kind::MissingColon,
        span,
        "this line is no `key: value`",
        "a colon is missing",
        "a text over several lines is indented deeper than its key",
    )
}

pub fn reserved(span: Span, first: char) -> SyntaxError {
    let message = format!("no value begins with `{first}`");
    error(Kind::NeedsQuotes, span, &message, "quote this value", "")
}

pub fn after_quote(span: Span, quote: char) -> SyntaxError {
    let help = if quote == '\'' {
        "an apostrophe between single quotes is written twice"
    } else {
        "a quote between double quotes is written \\\""
    };
    let message = "something stands behind a closing quote";
    error(Kind::Quotes, span, message, "the value ended before this", help)
}

pub fn missing_comma(span: Span) -> SyntaxError {
    error(
        Kind::MissingComma,
        span,
        "a comma is missing between brackets",
        "a comma goes before this",
        "",
    )
}

pub fn open_quote(span: Span) -> SyntaxError {
    error(
        Kind::OpenString,
        span,
        "a quote is never closed",
        "it opens here",
        "add the closing quote",
    )
}

pub fn open_bracket(span: Span, bracket: char) -> SyntaxError {
    let close = if bracket == '[' { ']' } else { '}' };
    let message = format!("`{bracket}` is never closed");
    let help = format!("add the closing `{close}`");
    error(Kind::Bracket, span, &message, "it opens here", &help)
}

pub fn mismatched(span: Span, open: char, close: char) -> SyntaxError {
    let message = format!("`{close}` does not close `{open}`");
    error(Kind::Bracket, span, &message, "the wrong bracket", "")
}

pub fn surplus_bracket(span: Span) -> SyntaxError {
    error(Kind::Bracket, span, "a bracket closes what was never opened", "remove it", "")
}

pub fn escape(span: Span) -> SyntaxError {
    error(
        Kind::Escape,
        span,
        "this is no escape that YAML knows",
        "not an escape",
        "a backslash itself is written \\\\ between double quotes, and as it is between single ones",
    )
}

pub fn entry_here(span: Span) -> SyntaxError {
    error(
        Kind::Unexpected,
        span,
        "a list begins on the line of its key",
        "begin it on the next line",
        "a text that begins with a dash is quoted",
    )
}

pub fn block_head(span: Span) -> SyntaxError {
    error(
        Kind::Unexpected,
        span,
        "something stands behind the mark of a text over several lines",
        "the text begins on the next line",
        "a value that begins with `|` or `>` is quoted",
    )
}

pub fn tag(span: Span) -> SyntaxError {
    error(Kind::NeedsQuotes, span, "this is no tag", "a tag begins here", "quote a value with `!`")
}

pub fn directive(span: Span) -> SyntaxError {
    error(
        Kind::Unexpected,
        span,
        "a line that begins with `%` is a directive, and this is none",
        "not a directive",
        "quote a value that begins with `%`",
    )
}

pub fn unknown_anchor(span: Span) -> SyntaxError {
    error(
        Kind::Alias,
        span,
        "an alias names an anchor that was not set before it",
        "no anchor of this name",
        "quote a value that begins with `*`",
    )
}

pub fn recursive(span: Span) -> SyntaxError {
    error(
        Kind::Alias,
        span,
        "an alias names what it stands in",
        "this would have no end",
        "JSON has no values that hold themselves",
    )
}

pub fn alias_bomb(span: Span, limit: usize) -> SyntaxError {
    let help = format!("more than {limit} values would be repeated");
    error(
        Kind::Alias,
        span,
        "the aliases repeat more than is read",
        "not followed from here on",
        &help,
    )
}

pub fn unexpected(span: Span) -> SyntaxError {
    error(Kind::Unexpected, span, "this is no valid YAML", "not expected here", "")
}
