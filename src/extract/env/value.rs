//! The value of a variable: quotes, escapes, interpolation, and where it ends.

use std::borrow::Cow;

use super::{Dialect, Parser, name_length, words};
use crate::diagnostic::Span;
use crate::document::{SpanMap, SpanMapBuilder, is_hole};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it stands, without quotes.
    Bare,
    /// As it stands, in one pair of quotes.
    Quoted,
    /// Put together of parts, or with escapes.
    Parts,
}

/// A value that was read.
struct Value {
    span: Span,
    form: Form,
    says: SpanMap,
    /// Whether it holds what another variable or a command gives.
    interpolates: bool,
}

/// A value that is being read.
struct Word {
    says: SpanMapBuilder,
    interpolates: bool,
    /// Whether all of it stands in the file as it says it.
    verbatim: bool,
}

impl Word {
    fn new(start: usize) -> Self {
        Self { says: SpanMapBuilder::new(start), interpolates: false, verbatim: true }
    }

    fn replaced(&mut self, text: &str, span: Span) {
        self.says.replaced(text, span);
        self.verbatim = false;
    }
}

impl Parser<'_> {
    /// Reads the value of `name`, whose equals sign was read, and adds both. Says whether it is a value:
    /// in a shell `A=b command` sets none.
    pub(super) fn value(&mut self, name: Span, exported: bool) -> bool {
        let value = if self.dialect == Dialect::Shell {
            let value = self.shell_word();
            let rest = self.rest_of_line().trim_start_matches([' ', '\t']);
            let ends = rest.is_empty() || rest.starts_with(['#', ';', '&']);
            // A list in parentheses, a pipe, a command that the value is set for.
            if rest.starts_with(['(', ')', '|', '<', '>']) || !(ends || exported) {
                return false;
            }
            value
        } else {
            self.plain_value()
        };
        self.key(name);
        let Span { start, end } = value.span;
        let text = value.says.text();
        // `$` was looked at already: in single quotes, or after a backslash, it means nothing.
        let text = if text.contains('$') {
            Cow::Owned(text.replace('$', ""))
        } else {
            Cow::Borrowed(text)
        };
        let hole = value.interpolates || is_hole(&text);
        match value.form {
            Form::Bare => self.builder.bare(false, start, end),
            Form::Quoted => self.builder.string(false, start, end),
            Form::Parts => self.builder.told(false, value.span, value.says),
        }
        self.builder.set_hole(hole);
        self.end = end;
        true
    }

    fn plain_value(&mut self) -> Value {
        self.blanks();
        let Some(quote @ (b'"' | b'\'' | b'`')) = self.peek() else {
            return self.unquoted();
        };
        let start = self.at;
        let Some(close) = self.closing(quote, start + 1) else {
            return self.open_quote(start);
        };
        let first_line = self.line_end(start);
        let rest = self.text.get(close + 1..self.line_end(close + 1)).unwrap_or_default();
        let after = rest.trim_start_matches([' ', '\t']);
        if !after.is_empty() && !after.starts_with('#') {
            // Over several lines, the quote that was found opens another value.
            if close > first_line {
                return self.open_quote(start);
            }
            if after.len() == rest.len() {
                // `"$HOME"/bin`, as a shell puts it together.
                return self.shell_word();
            }
        }
        let mut word = Word::new(start + 1);
        self.quoted(quote, start + 1, close, &mut word);
        self.at = close + 1;
        self.blanks();
        if !self.ends_here() {
            let surplus = self.rest_of_line().trim_end().len();
            self.fault(words::surplus(Span::new(self.at, self.at + surplus)));
        }
        finished(word, Span::new(start, close + 1), Form::Quoted)
    }

    /// A quote that is never closed: the value is taken to be the rest of the line.
    fn open_quote(&mut self, start: usize) -> Value {
        self.fault(words::open_quote(Span::new(start, start + 1)));
        let mut word = Word::new(start + 1);
        self.at = start + 1;
        let rest = self.rest_of_line().trim_end();
        let end = self.at + rest.len();
        word.says.verbatim(rest, self.at);
        self.at = end;
        finished(word, Span::new(start, end), Form::Parts)
    }

    /// The quote that closes one before `from`.
    fn closing(&mut self, quote: u8, from: usize) -> Option<usize> {
        if self.unclosed.contains(&quote) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        while let Some(offset) = memchr::memchr2(quote, b'\\', bytes.get(at..)?) {
            at += offset;
            let escapes =
                quote == b'"' || self.dialect == Dialect::Plain && self.escaped_quote(at, quote);
            match bytes[at] {
                byte if byte == quote => return Some(at),
                _ if escapes => at += 2,
                _ => at += 1,
            }
        }
        self.unclosed.push(quote);
        None
    }

    /// Whether the backslash at `at` belongs to a quote within single quotes: `'it\'s'`. It does where
    /// another follows in the line, since `'C:\'` is a path.
    fn escaped_quote(&self, at: usize, quote: u8) -> bool {
        let bytes = self.text.as_bytes();
        let next = bytes.get(at + 1) == Some(&quote);
        next && self.text.as_bytes()[at + 2..self.line_end(at + 2)].contains(&quote)
    }

    /// Adds what stands between two quotes.
    fn quoted(&self, quote: u8, start: usize, end: usize, word: &mut Word) {
        let bytes = self.text.as_bytes();
        let plain = self.dialect == Dialect::Plain;
        let (mut at, mut run) = (start, start);
        while at < end {
            let next = bytes[at + 1..end].first().copied();
            let meant = match (bytes[at], next) {
                (b'$', Some(next)) if quote == b'"' => {
                    word.interpolates |= interpolates(next);
                    None
                }
                (b'`', _) if quote == b'"' && !plain => {
                    word.interpolates = true;
                    None
                }
                (b'\\', Some(b'\n')) if quote == b'"' => Some(("", 2)),
                (b'\\', Some(b'\r')) if quote == b'"' && bytes.get(at + 2) == Some(&b'\n') => {
                    Some(("", 3))
                }
                (b'\\', Some(next)) if quote == b'"' => escape(next, plain).map(|meant| (meant, 2)),
                (b'\\', Some(next)) if next == quote => {
                    Some((if quote == b'\'' { "'" } else { "`" }, 2))
                }
                (b'\r', Some(b'\n')) => Some(("\n", 2)),
                _ => None,
            };
            match meant {
                Some((meant, length)) => {
                    let length = length.min(end - at);
                    word.says.verbatim(&self.text[run..at], run);
                    word.replaced(meant, Span::new(at, at + length));
                    at += length;
                    run = at;
                }
                None => at += 1,
            }
        }
        word.says.verbatim(&self.text[run..end], run);
    }

    /// A value without quotes, up to a comment or the end of the line; a backslash there goes on.
    fn unquoted(&mut self) -> Value {
        let start = self.at;
        let mut word = Word::new(start);
        loop {
            let line = self.line_end(self.at);
            let rest = &self.text[self.at..line];
            let comment = comment_in(rest, self.at > start || follows_blank(self.text, start));
            let length = comment.unwrap_or(rest.len());
            let content = rest[..length].trim_end_matches([' ', '\t']);
            for (at, _) in content.match_indices('$') {
                word.interpolates |=
                    content.as_bytes().get(at + 1).is_some_and(|next| interpolates(*next));
            }
            let goes_on = comment.is_none() && content.ends_with('\\') && self.goes_on(line);
            if !goes_on {
                word.says.verbatim(content, self.at);
                let end = self.at + content.len();
                self.at += length;
                self.ends_here();
                return finished(word, Span::new(start, end), Form::Bare);
            }
            let before = content.len() - 1;
            word.says.verbatim(&content[..before], self.at);
            let next = self.break_after(line) + 1;
            word.replaced("", Span::new(self.at + before, next));
            self.at = next;
        }
    }

    /// Whether the line after the one that ends at `end` belongs to the value: it is no assignment, no
    /// comment and not blank. (`C:\dir\` ends a value.)
    fn goes_on(&self, end: usize) -> bool {
        let start = self.break_after(end) + 1;
        if start >= self.text.len() {
            return false;
        }
        let next = self.text[start..self.line_end(start)].trim();
        let next = next.strip_prefix("export ").unwrap_or(next);
        let length = name_length(next);
        let assigns = length > 0 && next[length..].trim_start().starts_with('=');
        !next.is_empty() && !next.starts_with('#') && !assigns
    }

    /// A word as a shell reads it: parts with and without quotes, up to a blank.
    fn shell_word(&mut self) -> Value {
        let start = self.at;
        let mut word = Word::new(start);
        let (mut bare, mut quotes) = (0, 0);
        while let Some(byte) = self.peek() {
            let at = self.at;
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' => break,
                b'\r' if at + 1 >= self.text.len() || self.text.as_bytes()[at + 1] == b'\n' => {
                    break;
                }
                b'"' | b'\'' => {
                    quotes += 1;
                    let Some(close) = self.closing(byte, at + 1) else {
                        return self.open_quote(at);
                    };
                    self.quoted(byte, at + 1, close, &mut word);
                    self.at = close + 1;
                }
                _ => {
                    bare += 1;
                    self.unquoted_part(byte, &mut word);
                }
            }
        }
        let span = Span::new(start, self.at);
        let form = match (bare, quotes) {
            (0, 1) => Form::Quoted,
            (_, 0) => Form::Bare,
            _ => Form::Parts,
        };
        finished(word, span, form)
    }

    /// One character outside of quotes, or a command whose output is taken.
    fn unquoted_part(&mut self, byte: u8, word: &mut Word) {
        let at = self.at;
        let rest = self.rest_of_line();
        let length = match byte {
            b'$' if rest.starts_with("$(") => command_length(rest),
            b'`' => rest[1..].find('`').map_or(rest.len(), |close| close + 2),
            _ => 0,
        };
        if length > 0 {
            word.interpolates = true;
            word.says.verbatim(&self.text[at..at + length], at);
            self.at += length;
            return;
        }
        if byte == b'$' {
            word.interpolates |= rest.as_bytes().get(1).is_some_and(|next| interpolates(*next));
        }
        if byte == b'\\' {
            // What follows stands for itself; a line break for nothing.
            let next = self.text[at + 1..].chars().next();
            match next {
                Some('\n') => word.replaced("", Span::new(at, at + 2)),
                Some('\r') => word
                    .replaced("", Span::new(at, (at + 3).min(self.text.len())).clipped(self.text)),
                Some(next) => {
                    let end = at + 1 + next.len_utf8();
                    word.replaced(&self.text[at + 1..end], Span::new(at, end));
                    self.at = end;
                    return;
                }
                None => word.says.verbatim("\\", at),
            }
            self.at = match next {
                Some('\r') => Span::new(at, (at + 3).min(self.text.len())).clipped(self.text).end,
                Some(_) => at + 2,
                None => at + 1,
            };
            return;
        }
        let length = rest.chars().next().map_or(1, char::len_utf8);
        word.says.verbatim(&self.text[at..at + length], at);
        self.at += length;
    }
}

fn finished(word: Word, span: Span, form: Form) -> Value {
    let form = if word.verbatim { form } else { Form::Parts };
    Value { span, form, says: word.says.finish(), interpolates: word.interpolates }
}

/// Whether what follows a `$` makes it a variable or a command: `$5` is a price.
fn interpolates(next: u8) -> bool {
    next.is_ascii_alphabetic() || matches!(next, b'_' | b'{' | b'(')
}

/// What a backslash and `next` mean in double quotes. Other backslashes stand for themselves.
fn escape(next: u8, plain: bool) -> Option<&'static str> {
    match next {
        b'n' if plain => Some("\n"),
        b'r' if plain => Some("\r"),
        b't' if plain => Some("\t"),
        b'"' => Some("\""),
        b'\\' => Some("\\"),
        b'$' => Some("$"),
        b'`' if !plain => Some("`"),
        _ => None,
    }
}

/// Where in the rest of a line a comment begins: at a `#` after a blank.
fn comment_in(rest: &str, after_blank: bool) -> Option<usize> {
    let bytes = rest.as_bytes();
    memchr::memchr_iter(b'#', bytes).find(|&at| match at {
        0 => after_blank,
        at => matches!(bytes[at - 1], b' ' | b'\t'),
    })
}

fn follows_blank(text: &str, at: usize) -> bool {
    text[..at].ends_with([' ', '\t'])
}

/// How long the command is that `rest` begins with, its parentheses balanced.
fn command_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return at + 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    rest.len()
}
