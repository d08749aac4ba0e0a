//! From what the parser stumbles over to the mistake that was made.

use granit_parser::ErrorKind;

use super::{flow, words};
use crate::diagnostic::Span;
use crate::document::SyntaxError;

/// The marks of templates.
const MARKS: [&str; 4] = ["{{", "{%", "<%", "${"];

/// A template's mark where the parser stopped at `at`, on this line or in the scalar that begins at
/// `last`: one that begins a line, a value or an entry.
pub fn template(text: &str, at: usize, last: usize) -> Option<Span> {
    /// A template's line is short; a long line is not searched again for each document.
    const LONGEST: usize = 2_000;
    let from = line_start(text, last.min(at));
    let from = from.max(floor(text, at.saturating_sub(LONGEST)));
    let to = line_end(text, at).min(ceiling(text, at + LONGEST));
    let part = Span::new(from, to).slice(text);
    let mut found: Vec<_> = MARKS
        .iter()
        .flat_map(|mark| part.match_indices(mark))
        .filter(|(offset, _)| {
            let before = part[..*offset].trim_end_matches([' ', '\t']);
            before.is_empty() || before.ends_with(['\n', '\r', ':', '-', '[', ',', '{'])
        })
        .collect();
    found.sort_unstable();
    found.first().map(|(offset, mark)| Span::new(from + offset, from + offset + mark.len()))
}

/// What stands before a fault.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// The last scalar.
    pub last: Option<Span>,
    /// The bracket that is open.
    pub bracket: Option<usize>,
}

/// What to say of the fault `kind` at `at`.
pub fn fault(text: &str, kind: &ErrorKind, at: usize, around: Around) -> SyntaxError {
    use ErrorKind as E;
    let at = floor(text, at);
    let here = token(text, at);
    let one = Span::new(at, at + 1).clipped(text);
    match kind {
        E::TabInPlainScalar
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabNotAllowed
        | E::TabAtBlockScalarStart => {
            tab(text, at).map_or_else(|| words::unexpected(here), words::tab)
        }
        E::MappingValueNotAllowed => mapping_value(text, at, around.last),
        E::SimpleKeyExpected | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry => {
            line(text, at, kind)
        }
        E::InvalidColonPlacement
        | E::UnexpectedEofFlowSequence
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator => in_brackets(text, at, around.bracket),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => words::open_quote(one),
        E::UnclosedFlowCollection { open } => words::open_bracket(one, *open),
        E::MismatchedFlowCollectionEnd { open, close } => words::mismatched(one, *open, *close),
        E::MisplacedFlowCollectionEnd => words::surplus_bracket(one),
        E::UnexpectedCharacter { character } => words::reserved(here, *character),
        E::InvalidTrailingSingleQuotedScalar => words::after_quote(here, '\''),
        E::InvalidTrailingDoubleQuotedScalar => words::after_quote(here, '"'),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => words::escape(bad_escape(text, at)),
        E::BlockSequenceEntryNotAllowed => words::entry_here(one),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => words::block_head(here),
        E::InvalidTagTerminator | E::InvalidGlobalTagCharacter | E::UndeclaredTagHandle => {
            words::tag(here)
        }
        E::MissingDirectiveName | E::InvalidDirectiveName | E::InvalidDirectiveTerminator => {
            words::directive(here)
        }
        E::MissingAnchorOrAliasName => words::reserved(here, first_char(text, at)),
        E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent => words::indentation(line_content(text, at), ""),
        E::RecursionLimitExceeded => {
            crate::extract::words::too_deep(one, crate::extract::json::DEEPEST)
        }
        _ => words::unexpected(here),
    }
}

fn first_char(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('*')
}

/// Something between brackets that does not belong there: the bracket was forgotten where the line is
/// no deeper than the bracket's, else a comma.
fn in_brackets(text: &str, at: usize, bracket: Option<usize>) -> SyntaxError {
    let indent = |at: usize| line_content(text, at).start - line_start(text, at);
    match bracket.filter(|open| *open < line_start(text, at) && indent(at) <= indent(*open)) {
        Some(open) => {
            words::open_bracket(Span::new(open, open + 1).clipped(text), first_char(text, open))
        }
        None => words::missing_comma(token(text, at)),
    }
}

/// A colon where none may stand.
fn mapping_value(text: &str, at: usize, last: Option<Span>) -> SyntaxError {
    let colon = Span::new(at, at + 1).clipped(text);
    let Some(last) = last.filter(|last| last.end <= at && last.start < line_start(text, at)) else {
        return words::second_colon(colon);
    };
    // The lines before it were taken for one text together with this one.
    let first = line_content(text, last.start);
    if let Some(place) = tight_colon(first.slice(text)) {
        let place = first.start + place;
        return words::colon_space(Span::new(place, place));
    }
    let help = "it is deeper than the line before it, which has a value already";
    words::indentation(line_content(text, at), help)
}

/// Just past the first colon of a line that is a key's but for the space.
fn tight_colon(line: &str) -> Option<usize> {
    let line_text = line.strip_prefix("- ").unwrap_or(line);
    let colon = line_text.find(':')?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"');
    let tight =
        !line_text[colon + 1..].starts_with([' ', '\t', '/']) && colon + 1 < line_text.len();
    (tight && colon > 0 && line_text[..colon].bytes().all(is_name))
        .then_some(line.len() - line_text.len() + colon + 1)
}

/// A line that is neither a member nor an entry.
fn line(text: &str, at: usize, kind: &ErrorKind) -> SyntaxError {
    let line = line_content(text, at);
    let content = line.slice(text);
    if let Some(place) = tight_colon(content) {
        let place = line.start + place;
        return words::colon_space(Span::new(place, place));
    }
    if content.starts_with('-') && !content.starts_with("- ") && content.len() > 1 {
        return words::dash_space(Span::new(line.start, line.start + 1));
    }
    match kind {
        ErrorKind::SimpleKeyExpected => words::missing_colon(line),
        _ => words::indentation(line, "lines that belong together begin in the same column"),
    }
}

/// The tab that indents a line at or after `at`.
pub fn tab(text: &str, at: usize) -> Option<Span> {
    let own = line_start(text, at);
    let mut start = own;
    loop {
        let line = &text[start..];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(offset) = line[..blanks].find('\t') {
            return Some(Span::new(start + offset, start + blanks));
        }
        let end = line_end(text, start);
        start = end + flow::line_break(text.as_bytes(), end)?;
    }
}

/// The escape in the quoted text at `at` that means nothing.
fn bad_escape(text: &str, at: usize) -> Span {
    let rest = &text[at..];
    let mut from = 0;
    while let Some(offset) = rest[from..].find('\\') {
        let start = from + offset;
        let mut inner = rest[start + 1..].chars();
        let Some(name) = inner.next() else { break };
        let digits = match name {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let hexadecimal = inner.by_ref().take(digits).filter(char::is_ascii_hexdigit).count();
        let surrogate = digits == 4 && matches!(rest.as_bytes().get(start + 2), Some(b'd' | b'D'));
        let known = "0abtnvfre \"/\\N_LPxuU\t\n\r".contains(name);
        let length = 1 + name.len_utf8();
        if !known || hexadecimal < digits || surrogate {
            return Span::new(at + start, at + start + length + hexadecimal).clipped(text);
        }
        from = start + length;
    }
    Span::new(at, at + 1).clipped(text)
}

/// The line around `at`, without its indent and its end.
fn line_content(text: &str, at: usize) -> Span {
    let line = Span::new(line_start(text, at), line_end(text, at));
    let content = line.slice(text);
    let start = line.start + content.len() - content.trim_start().len();
    Span::new(start, start + content.trim().len())
}

/// What stands at `at` up to the next blank or mark; the start of a long one.
fn token(text: &str, at: usize) -> Span {
    const LONGEST: usize = 80;
    let part = Span::new(at, at + LONGEST).clipped(text);
    let content = part.slice(text);
    let marks = [' ', '\n', '\r', '\t', ',', '{', '}', '[', ']'];
    let length = content.char_indices().skip(1).find(|(_, c)| marks.contains(c));
    Span::new(at, length.map_or(part.end, |(offset, _)| at + offset))
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |found| found + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |found| at + found)
}

fn floor(text: &str, at: usize) -> usize {
    Span::new(0, at).clipped(text).end
}

fn ceiling(text: &str, at: usize) -> usize {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    end
}
