//! Where a broken file goes on: what opens and never closes ends before the next table's header.

use std::borrow::Cow;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::words;
use crate::diagnostic::Span;
use crate::document::SyntaxError;

/// So often reading begins anew in one file.
const MOST: usize = 16;

/// Lines that are passed over, with what is wrong in them.
pub struct Cut {
    /// From the start of the line that opens something to the header.
    pub span: Span,
    /// What to say of it.
    pub error: SyntaxError,
}

/// `text` with blanks in the place of what never closes, so that all else keeps its place; and the cuts.
pub fn closed(text: &str) -> (Cow<'_, str>, Vec<Cut>) {
    let mut rest = Cow::Borrowed(text);
    let mut cuts = Vec::new();
    while let Some(cut) = first(&rest).filter(|_| cuts.len() < MOST) {
        let blanked = cut.span.slice(&rest).bytes();
        let blanked: Vec<u8> =
            blanked.map(|byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' }).collect();
        let blanked = String::from_utf8(blanked).unwrap_or_default();
        rest.to_mut().replace_range(cut.span.start..cut.span.end, &blanked);
        cuts.push(cut);
    }
    (rest, cuts)
}

/// The first bracket or string that is open where a table begins.
fn first(text: &str) -> Option<Cut> {
    let tokens = Source::new(text).lex().into_vec();
    let mut opened: Vec<usize> = Vec::new();
    let (mut begins_line, mut in_header) = (true, false);
    for token in &tokens {
        let (start, end) = (token.span().start(), token.span().end());
        match token.kind() {
            TokenKind::Newline => {
                (begins_line, in_header) = (true, false);
                if let Some(&open) = opened.first().filter(|_| is_header(&text[end..])) {
                    let open = Span::new(open, open + 1);
                    return Some(cut(text, end, words::open_bracket(open, open.slice(text))));
                }
                continue;
            }
            TokenKind::Whitespace => continue,
            TokenKind::LeftSquareBracket if begins_line && opened.is_empty() => in_header = true,
            _ if in_header => {}
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => opened.push(start),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                opened.pop();
            }
            TokenKind::MlBasicString | TokenKind::MlLiteralString if is_open(text, token) => {
                let open = opened.first().copied().unwrap_or(start);
                let after = start + next_header(&text[start..end])?;
                let quotes = Span::new(start, start + 1);
                let error = words::open_string(quotes, false);
                return Some(Cut { span: Span::new(line_of(text, open), after), error });
            }
            _ => {}
        }
        begins_line = false;
    }
    None
}

fn cut(text: &str, header: usize, error: SyntaxError) -> Cut {
    Cut { span: Span::new(line_of(text, error.span.start), header), error }
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |found| found + 1)
}

/// Whether a string in three quotes lacks those at its end.
fn is_open(text: &str, token: &Token) -> bool {
    let string = &text[token.span().start()..token.span().end()];
    let quotes = string.get(..3).unwrap_or_default();
    string.len() < 6 || !string.ends_with(quotes)
}

/// Where in `text` the first line stands that is a table's header.
fn next_header(text: &str) -> Option<usize> {
    let mut breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    breaks.find(|&start| is_header(&text[start..]))
}

/// Whether `text` begins with a line that is a table's header, and no list within a list: its first name
/// stands without quotes and is no value.
fn is_header(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let line = line.split('#').next().unwrap_or_default().trim();
    let inner = match line.strip_prefix("[[") {
        Some(rest) => rest.strip_suffix("]]"),
        None => line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')),
    };
    let Some(inner) = inner else { return false };
    let first = inner.split('.').next().unwrap_or_default().trim();
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    first.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && first.bytes().all(is_bare)
        && !matches!(first, "true" | "false" | "inf" | "nan")
        && !inner.contains([',', '=', '[', ']', '{', '}'])
}

#[cfg(test)]
mod tests {
    use super::closed;

    #[test]
    fn what_is_open_ends_before_the_next_table() {
        for (text, kept) in [
            ("a = 1\nb = [1,\n  2\n[t]\nc = 3\n", "a = 1\n       \n   \n[t]\nc = 3\n"),
            ("b = {c = [1\n[[t]] # x\nc = 3\n", "           \n[[t]] # x\nc = 3\n"),
            ("b = \"\"\"x\ny\n[t.u]\nc = 3", "        \n \n[t.u]\nc = 3"),
            ("b = ['''x\n[t.\"u\"]\nc = 3", "         \n[t.\"u\"]\nc = 3"),
        ] {
            let (read, cuts) = closed(text);
            assert_eq!((read.as_ref(), cuts.len()), (kept, 1), "{text:?}");
        }
        let (_, cuts) = closed(&"a = [\n[t]\n".repeat(20));
        assert_eq!(cuts.len(), super::MOST);
    }

    #[test]
    fn what_is_closed_is_left_as_it_stands() {
        for text in [
            "a = [\n[true],\n['b'],\n[1.5]\n]\n",
            "a = '''\n[t]\n'''\n[u]\n",
            "[t]\n[[u]]\nb = []\n[v",
            "a = {b = [\n{c = 1}\n]}\n[t]\n",
        ] {
            assert!(closed(text).1.is_empty(), "{text:?}");
        }
    }
}
