//! What makes a text parse, where one can tell what was meant.

use crate::diagnostic::Span;
use crate::document::{Document, Kind, Node, SyntaxError, SyntaxErrorKind as Fault};
use crate::extract::Syntax;
use crate::fix::{Change, Remedy};

/// What mends `error`, which keeps `document` from being valid.
pub fn of(error: &SyntaxError, document: &Document<'_>, syntax: Syntax) -> Option<Remedy> {
    let text = document.tree.text();
    // Of what could not be read at all there is no text.
    text.get(error.span.start..error.span.end)?;
    match syntax {
        Syntax::Yaml => of_yaml(error, text),
        Syntax::Toml => of_toml(error, text),
        Syntax::Env | Syntax::Envrc => None,
        _ => of_json(error, document, syntax),
    }
}

fn replaced(span: Span, to: impl Into<String>) -> Change {
    Change::Replace { span, to: to.into() }
}

fn added(at: usize, to: &str) -> Change {
    replaced(Span::new(at, at), to)
}

fn of_json(error: &SyntaxError, document: &Document<'_>, syntax: Syntax) -> Option<Remedy> {
    let (span, text) = (error.span, document.tree.text());
    let written = span.slice(text);
    match error.kind {
        Fault::TrailingComma => Some(Remedy::safe(Change::Delete { span })),
        // Lines of JSON Lines that were the elements of a list.
        Fault::Surplus if written == "," && syntax == Syntax::Jsonl => {
            Some(Remedy::safe(Change::Delete { span }))
        }
        Fault::Unexpected if written == "," => {
            let is_doubled = text[..span.start].trim_end().ends_with([',', '{', '[']);
            let change = Change::Delete { span };
            is_doubled.then(|| Remedy::safe_if(is_in_object(document, span), change))
        }
        Fault::Word => Some(match literal(written) {
            Some(word) => Remedy::safe(replaced(span, word)),
            // It may also be the name of something that a program fills in.
            None if !matches!(written, "NaN" | "Infinity") => {
                Remedy::risky(replaced(span, quoted(written)?))
            }
            None => return None,
        }),
        Fault::BareKey => Some(Remedy::safe(replaced(span, quoted(written)?))),
        Fault::Quotes => Some(Remedy::safe(replaced(span, requoted(written)?))),
        Fault::Number => Some(Remedy::safe(replaced(span, number(written)?))),
        Fault::Control => control(span, text),
        Fault::Escape => escape(span, text).map(Remedy::safe),
        Fault::MissingComma => missing_comma(span, document),
        Fault::MissingColon => missing_colon(span, document),
        Fault::Bracket if span.is_empty() => unclosed(error, text),
        _ => None,
    }
}

/// JSON's word for one of another language.
fn literal(word: &str) -> Option<&'static str> {
    match word {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "None" | "undefined" | "nil" | "NULL" | "Null" => Some("null"),
        _ => None,
    }
}

/// A word in double quotes.
fn quoted(word: &str) -> Option<String> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.$".contains(&byte);
    (!word.is_empty() && word.bytes().all(is_word)).then(|| format!("\"{word}\""))
}

/// A string in other quotes, in double quotes.
fn requoted(written: &str) -> Option<String> {
    let mut inner = written.chars();
    let (open, close) = (inner.next()?, inner.next_back()?);
    let fits = match open {
        '\'' | '`' => close == open,
        _ => matches!(close, '“' | '”' | '’' | '»' | '«' | '"'),
    };
    let inner = inner.as_str();
    if !fits || (open == '`' && inner.contains("${")) {
        return None;
    }
    let mut out = String::from("\"");
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next()? {
                '\'' => out.push('\''),
                '`' => out.push('`'),
                other => out.extend(['\\', other]),
            },
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out.push('"');
    serde_json::from_str::<serde::de::IgnoredAny>(&out).is_ok().then_some(out)
}

/// A number of another language, as JSON writes it.
fn number(written: &str) -> Option<String> {
    let bare = written.strip_prefix('+').unwrap_or(written);
    let (sign, digits) = bare.strip_prefix('-').map_or(("", bare), |digits| ("-", digits));
    let hexadecimal = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let digits = match hexadecimal {
        Some(digits) => u64::from_str_radix(digits, 16).ok()?.to_string(),
        None => {
            let whole = digits.replace('_', "");
            let whole = if whole.starts_with('.') { format!("0{whole}") } else { whole };
            if whole.ends_with('.') { format!("{whole}0") } else { whole }
        }
    };
    let number = format!("{sign}{digits}");
    serde_json::from_str::<serde_json::Number>(&number).is_ok().then_some(number)
}

/// A control character in a string, as an escape. A line break is one only where the string goes on.
fn control(span: Span, text: &str) -> Option<Remedy> {
    let byte = *text.as_bytes().get(span.start)?;
    let change = match byte {
        b'\t' => replaced(span, "\\t"),
        b'\n' | b'\r' => {
            let rest = &text[span.start..];
            let length = if rest.starts_with("\r\n") { 2 } else { 1 };
            let next = rest.trim_start();
            if next.starts_with(['"', '}', ']']) {
                return None;
            }
            replaced(Span::new(span.start, span.start + length), "\\n")
        }
        byte => replaced(span, format!("\\u{byte:04x}")),
    };
    Some(Remedy::safe(change))
}

/// An escape of another language, as JSON writes it.
fn escape(span: Span, text: &str) -> Option<Change> {
    match span.slice(text).strip_prefix('\\')? {
        "'" => Some(replaced(span, "'")),
        "x" => {
            let digits = text.get(span.end..span.end + 2)?;
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex.then(|| replaced(span, "\\u00"))
        }
        // A backslash that was meant as one.
        _ => Some(added(span.start, "\\")),
    }
}

/// The comma before the token at `span`.
fn missing_comma(span: Span, document: &Document<'_>) -> Option<Remedy> {
    let text = document.tree.text();
    let at = end_before(span.start, document);
    // What follows a closing quote without a gap is a quote within the text.
    if at == span.start && text[..at].ends_with('"') {
        return None;
    }
    let is_member = is_in_object(document, span);
    if is_member {
        let key = span.slice(text);
        let is_key = key.len() > 1 && key.starts_with('"') && key.ends_with('"');
        (is_key && text[span.end..].trim_start().starts_with(':')).then_some(())?;
    }
    // Two texts behind one another are one, to some languages.
    let is_sure = is_member || text[span.start..].starts_with(['{', '[']);
    Some(Remedy::safe_if(is_sure, added(at, ",")))
}

/// The colon behind a key.
fn missing_colon(span: Span, document: &Document<'_>) -> Option<Remedy> {
    let text = document.tree.text();
    let rest = &text[span.start..];
    if rest.starts_with('=') {
        let length = if rest.starts_with("=>") { 2 } else { 1 };
        let span = Span::new(span.start, span.start + length);
        let before = text[..span.start].ends_with([' ', '\t']);
        return Some(Remedy::safe(replaced(span, if before { ":" } else { ": " })));
    }
    let is_value =
        rest.starts_with(|sign: char| "\"{[-".contains(sign) || sign.is_ascii_alphanumeric());
    is_value.then(|| Remedy::safe(added(end_before(span.start, document), ":")))
}

/// The closing bracket at the end of the text, which may also have been cut off.
fn unclosed(error: &SyntaxError, text: &str) -> Option<Remedy> {
    let (opened, _) = error.related.as_ref()?;
    let close = match opened.slice(text) {
        "{" => "}",
        "[" => "]",
        _ => return None,
    };
    let before = text[..error.span.start].trim_end();
    // What was begun is not there.
    (!before.ends_with([',', ':'])).then(|| Remedy::risky(added(before.len(), close)))
}

/// Where what stands before `at` ends, white space and comments left out.
fn end_before(at: usize, document: &Document<'_>) -> usize {
    let text = document.tree.text();
    let mut end = text[..at].trim_end().len();
    while let Some(comment) = document.comments.iter().find(|comment| comment.end == end) {
        end = text[..comment.start].trim_end().len();
    }
    end
}

/// Whether the innermost container at `span` is an object.
fn is_in_object(document: &Document<'_>, span: Span) -> bool {
    let is_container = |node: &Node<'_>| matches!(node.kind(), Kind::Object | Kind::Array);
    let around = document.root().into_iter().flat_map(Node::walk).filter(is_container);
    let innermost =
        around.filter(|node| node.span().start < span.start && span.end <= node.span().end);
    innermost.last().is_some_and(|node| node.kind() == Kind::Object)
}

fn of_yaml(error: &SyntaxError, text: &str) -> Option<Remedy> {
    let span = error.span;
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    match error.kind {
        // `key:value` and `-item`: which is meant shows where the mark stands.
        Fault::MissingColon | Fault::Unexpected if matches!(span.slice(text), ":" | "-") => {
            let is_joined = after.is_some_and(|next| !next.is_whitespace());
            is_joined.then(|| Remedy::safe(added(span.end, " ")))
        }
        Fault::MissingColon if before == Some(':') => Some(Remedy::safe(added(span.start, " "))),
        Fault::NeedsQuotes => whole_quoted(span, text).map(Remedy::risky),
        _ => None,
    }
}

/// The value on the line of `span`, behind its key, in quotes.
fn whole_quoted(span: Span, text: &str) -> Option<Change> {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find(['\n', '\r']).map_or(text.len(), |at| span.end + at);
    let written = &text[line..end];
    let key = written.find(": ").filter(|at| line + at + 2 <= span.start + 1)?;
    let value = &written[key + 2..];
    let start = end - value.trim_start().len();
    let value = value.split(" #").next().unwrap_or(value).trim();
    let is_bare =
        !value.is_empty() && !value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '!']);
    let span = Span::new(start, start + value.len());
    is_bare.then(|| match value.contains(['\'', '\\']) {
        true => replaced(span, serde_json::Value::from(value).to_string()),
        false => replaced(span, format!("'{value}'")),
    })
}

fn of_toml(error: &SyntaxError, text: &str) -> Option<Remedy> {
    let (span, written) = (error.span, error.span.slice(text));
    match error.kind {
        Fault::Word => match written {
            "True" | "TRUE" => Some(Remedy::safe(replaced(span, "true"))),
            "False" | "FALSE" => Some(Remedy::safe(replaced(span, "false"))),
            _ => Some(Remedy::risky(replaced(span, quoted(written)?))),
        },
        Fault::MissingColon if written == ":" => {
            let before = text[..span.start].ends_with([' ', '\t']);
            Some(Remedy::safe(replaced(span, if before { "=" } else { " =" })))
        }
        _ => None,
    }
}
