//! What to say of each fault of TOML's syntax.

use toml_parser::ParseError;

use super::super::words::error;
use crate::diagnostic::Span;
use crate::document::{SyntaxError, SyntaxErrorKind as Kind};

pub fn too_large(mebibytes: usize) -> SyntaxError {
    let message = format!("the text is larger than the {mebibytes} MiB of TOML that are read");
    error(Kind::TooLarge, Span::default(), message, "", "")
}

pub fn too_deep(span: Span, limit: usize) -> SyntaxError {
    let message = format!("more than {limit} tables and lists lie within one another");
    error(Kind::TooDeep, span, message, "too deep to be read", "no request is nested as deeply")
}

pub fn repeated(span: Span, first: Span, is_table: bool) -> SyntaxError {
    let (message, help) = if is_table {
        ("a table is defined a second time", "write all of a table in one place")
    } else {
        ("a key is given a second time", "TOML refuses a key that stands twice; remove one of them")
    };
    let mut error = error(Kind::Unexpected, span, message, "it is there already", help);
    error.related = Some((first, "first given here".to_owned()));
    error
}

pub fn date(span: Span) -> SyntaxError {
    let help = "a date is written 2026-01-31, a time 07:30:00, both 2026-01-31T07:30:00Z";
    error(Kind::Number, span, "this is no date and no time", "not in the calendar", help)
}

pub fn digits(span: Span) -> SyntaxError {
    error(Kind::Number, span, "this is no TOML number", "not a number as TOML writes them", "")
}

/// The words for a fault that the parser has found.
pub fn of(fault: &ParseError, text: &str) -> SyntaxError {
    let place = fault.unexpected().or(fault.context()).unwrap_or_default();
    let context = fault.context().map_or(Span::default(), |context| {
        Span::new(context.start(), context.end().max(context.start()))
    });
    let span = one_character(Span::new(place.start(), place.end()), text);
    let description = fault.description();
    of_structure(description, span, context, text)
        .or_else(|| of_key(description, span, text))
        .or_else(|| of_string(description, span, context, text))
        .or_else(|| of_scalar(description, context, span, text))
        .unwrap_or_else(|| {
            error(Kind::Unexpected, span, "this is not TOML", "not expected here", "")
        })
}

/// A place without width as the character there, so that there is something to point at.
fn one_character(span: Span, text: &str) -> Span {
    let start = span.start.min(text.len());
    let span = Span::new(start, span.end.max(start)).clipped(text);
    let next = text.get(span.start..).and_then(|rest| rest.chars().next());
    match next {
        Some(next) if span.is_empty() && !matches!(next, '\n' | '\r') => {
            Span::new(span.start, span.start + next.len_utf8())
        }
        _ => span,
    }
}

/// What is wrong with brackets, commas and equals signs.
fn of_structure(description: &str, span: Span, context: Span, text: &str) -> Option<SyntaxError> {
    let colon = span.slice(text) == ":";
    let (kind, message, label, help) = match description {
        "unclosed table" => (Kind::Bracket, "a table's header is not closed", "`]` is missing", ""),
        "unclosed array table" => {
            (Kind::Bracket, "the header of a list of tables is not closed", "`]]` is missing", "")
        }
        "key with no value" | "missing value for key" if colon => {
            (Kind::MissingColon, "a key and its value are joined by `=`", "write `=`", "")
        }
        "key with no value" | "missing value for key" => (
            Kind::MissingValue,
            "a key stands without a value",
            "`= …` is missing here",
            "a header is written [name], a key and its value name = \"value\"",
        ),
        "missing value" => {
            (Kind::MissingValue, "a value is missing", "a value goes before this", "")
        }
        "extra `=`" | "extra assignment between key-value pairs" => {
            (Kind::Unexpected, "an equals sign too many", "remove it", "")
        }
        "missing inline table opening" | "missing array opening" => {
            (Kind::Bracket, "a bracket closes nothing", "remove it", "")
        }
        "extra comma in array" | "extra comma in inline table" => {
            (Kind::Unexpected, "there is nothing before this comma", "remove it", "")
        }
        "unexpected `=` in array" => (
            Kind::Unexpected,
            "a list holds values, not keys",
            "not in a list",
            "keys go in braces: [{ role = \"user\", content = \"Hi\" }]",
        ),
        "missing comma between array elements" => (
            Kind::MissingComma,
            "a comma is missing between two elements",
            "a comma goes before this",
            "",
        ),
        "missing comma between key-value pairs" => (
            Kind::MissingComma,
            "a comma is missing between two members",
            "a comma goes before this",
            "",
        ),
        "missing assignment between key-value pairs" => {
            (Kind::MissingColon, "`=` is missing after a key", "`=` goes here", "")
        }
        "unclosed array" | "unclosed inline table" => {
            return Some(unclosed(description == "unclosed array", span, context));
        }
        "unexpected key or value"
        | "unexpected content"
        | "unexpected content between comment and newline" => (
            Kind::Surplus,
            "something stands after the end of the value",
            "not part of it",
            "each key with its value stands on a line of its own",
        ),
        _ => return None,
    };
    Some(error(kind, span, message, label, help))
}

/// A bracket that is open where the next table begins.
pub fn open_bracket(span: Span, bracket: &str) -> SyntaxError {
    let close = if bracket == "[" { ']' } else { '}' };
    let message = format!("`{bracket}` is not closed before the next table begins");
    error(Kind::Bracket, span, message, "it opens here", &format!("add the closing `{close}`"))
}

/// A string without its end.
pub fn open_string(span: Span, one_line: bool) -> SyntaxError {
    let help = if one_line {
        "add the closing quote; a text of several lines stands in \"\"\"…\"\"\""
    } else {
        "add the closing quotes"
    };
    error(Kind::OpenString, span, "a string is never closed", "it begins here", help)
}

fn unclosed(is_list: bool, span: Span, opened: Span) -> SyntaxError {
    let (message, label) = if is_list {
        ("the text ends before `[` is closed", "`]` is missing here")
    } else {
        ("the text ends before `{` is closed", "`}` is missing here")
    };
    let help = "the file may have been cut off";
    let mut error = error(Kind::Bracket, span, message, label, help);
    error.related = Some((opened, "opened here".to_owned()));
    error
}

fn of_key(description: &str, span: Span, text: &str) -> Option<SyntaxError> {
    let (kind, message, label, help) = match description {
        "missing key for inline table element"
        | "invalid inline table element"
        | "unquoted keys cannot be empty"
        | "invalid table"
        | "invalid key"
        | "invalid key-value pair"
        | "missing table open" => {
            (Kind::Unexpected, "a key is missing", "a key goes before this", "")
        }
        "keys cannot be multi-line literal strings" | "keys cannot be multi-line basic strings" => {
            (Kind::Quotes, "a key stands in three quotes", "write it as \"…\"", "")
        }
        "invalid unquoted key" => {
            let label = if matches!(span.slice(text), ":") {
                "a key and its value are joined by `=`"
            } else {
                "a key with this character stands in quotes"
            };
            let help = "without quotes a key holds letters, digits, `_` and `-`";
            (Kind::BareKey, "a key holds what needs quotes", label, help)
        }
        _ => return None,
    };
    Some(error(kind, span, message, label, help))
}

fn of_string(description: &str, span: Span, context: Span, text: &str) -> Option<SyntaxError> {
    let one_line = matches!(description, "invalid basic string" | "invalid literal string");
    match description {
        "carriage return must be followed by newline" => {
            let help = "a line ends with a line feed, or with a carriage return and a line feed";
            let message = "a carriage return stands alone";
            Some(error(Kind::Control, span, message, "not the end of a line", help))
        }
        "invalid comment character" => {
            let message = "a comment holds a control character";
            Some(error(Kind::Control, span, message, "remove it", ""))
        }
        "missing escaped value" | "too few unicode value digits" | "invalid value" => {
            let help = match description {
                "missing escaped value" => "a backslash itself is written \\\\, or the text in '…'",
                "invalid value" => "not the code of a character",
                _ => "\\xHH takes two hexadecimal digits, \\uHHHH four, \\UHHHHHHHH eight",
            };
            Some(error(Kind::Escape, span, "this is no TOML escape", "not an escape", help))
        }
        _ if !description.ends_with(" string") => None,
        _ if span.start + 1 >= context.end && !span.slice(text).contains(char::is_control) => {
            let open = Span::new(context.start, context.start + 1).clipped(text);
            Some(open_string(open, one_line))
        }
        _ => {
            let message = "a string holds a control character as it is";
            Some(error(Kind::Control, span, message, "write it as \\uXXXX", ""))
        }
    }
}

fn of_scalar(description: &str, context: Span, span: Span, text: &str) -> Option<SyntaxError> {
    let whole = if context.is_empty() { span } else { context.clipped(text) };
    let starts_as_word = whole.slice(text).starts_with(char::is_alphabetic);
    let label = match description {
        "invalid float" | "invalid integer number" if starts_as_word => {
            return Some(word(whole, text));
        }
        "string values must be quoted" | "missing opening quote" | "invalid boolean" => {
            return Some(word(whole, text));
        }
        "redundant numeric sign" => "one sign is enough",
        "integers with a radix cannot be signed" => "no sign before 0x, 0o or 0b",
        "radix must be lowercase" => "written 0x, 0o or 0b",
        "redundant integer number prefix" => "a decimal number has no prefix",
        "unexpected leading zero" => "no zero before other digits",
        "unexpected sign" => "no sign here",
        "`_` may only go between digits" => "`_` goes between two digits",
        "invalid mantissa" => "a digit goes before the point",
        "invalid fraction" => "a digit goes after the point",
        "invalid exponent" => "a digit goes after the e",
        "invalid float"
        | "invalid integer number"
        | "invalid hexadecimal number"
        | "invalid octal number"
        | "invalid binary number" => "not a number as TOML writes them",
        _ => return None,
    };
    Some(error(Kind::Number, whole, "this is no TOML number", label, ""))
}

/// Text without quotes: it may be a key for the API, and only known words are shown.
fn word(span: Span, text: &str) -> SyntaxError {
    let word = span.slice(text);
    if let Some((first, rest)) = word.split_once([' ', '\t'])
        && (matches!(first, "true" | "false") || first.parse::<f64>().is_ok())
    {
        let rest = Span::new(span.end - rest.trim_start().len(), span.end);
        let message = "something stands after the end of the value";
        let help = "elements and members are parted by commas, keys by line breaks";
        return error(Kind::Surplus, rest, message, "not part of it", help);
    }
    let (label, help) = match word {
        "True" | "TRUE" => ("write true", ""),
        "False" | "FALSE" => ("write false", ""),
        "None" | "null" | "Null" | "NULL" | "nil" | "undefined" => {
            ("TOML has no null", "leave the key out")
        }
        "NaN" | "Infinity" | "Inf" => ("written nan and inf", ""),
        _ => ("text stands in double quotes", ""),
    };
    let message = match word {
        "True" | "TRUE" | "False" | "FALSE" | "None" | "null" | "Null" | "NULL" | "nil"
        | "undefined" | "NaN" | "Infinity" | "Inf" => format!("`{word}` is no TOML value"),
        _ => "text stands here without quotes".to_owned(),
    };
    error(Kind::Word, span, message, label, help)
}
