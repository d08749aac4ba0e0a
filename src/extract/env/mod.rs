//! `.env` files and their kin: one object from each variable's name to its text.
//!
//! No two readers of these files agree. What most of them take is taken here, as most of them take it.

mod names;
mod value;
mod words;

use crate::diagnostic::Span;
use crate::document::{Arena, Builder, Document, Lost, SyntaxError, SyntaxErrorKind};

pub use names::{is_env_file, is_script};

/// Who reads the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A library that knows assignments and nothing else.
    Plain,
    /// A shell, as direnv's `.envrc`: what is no assignment is a command.
    Shell,
}

/// Parses `text`.
#[must_use]
pub fn parse(text: &str, dialect: Dialect) -> Document<'_> {
    let mut parser = Parser {
        text,
        at: 0,
        dialect,
        builder: Builder::new(text, Arena::default()),
        errors: Vec::new(),
        lost: Lost::default(),
        comments: Vec::new(),
        unclosed: Vec::new(),
        end: 0,
    };
    if u32::try_from(text.len()).is_ok() {
        parser.lines();
    } else {
        parser.errors.push(super::words::too_large(Span::default()));
        parser.lost.rest(text, 0);
    }
    Document {
        lost: parser.lost,
        tree: parser.builder.finish(parser.end),
        errors: parser.errors,
        comments: parser.comments,
        index: 0,
        template: None,
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    dialect: Dialect,
    builder: Builder<'t>,
    /// The first fault.
    errors: Vec<SyntaxError>,
    lost: Lost,
    comments: Vec<Span>,
    /// Quotes that do not come again, so that a search for one never starts twice.
    unclosed: Vec<u8>,
    /// Where the last value ends.
    end: usize,
}

impl Parser<'_> {
    fn lines(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        while self.at < self.text.len() {
            self.line();
            self.at = self.break_after(self.at) + 1;
        }
    }

    /// Offset of the line break at or after `at`, or of the end.
    fn break_after(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.text.len(), |offset| at + offset)
    }

    /// Where the line that holds `at` ends, its break left out.
    fn line_end(&self, at: usize) -> usize {
        let end = self.break_after(at);
        if end > at && self.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest_of_line(&self) -> &str {
        self.text.get(self.at..self.line_end(self.at)).unwrap_or_default()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn fault(&mut self, error: SyntaxError) {
        // A line that is none says nothing; where a quote is open, the value was guessed.
        if error.kind == SyntaxErrorKind::OpenString {
            self.lost.lines(self.text, error.span);
        }
        if self.errors.is_empty() {
            self.errors.push(error);
        }
    }

    /// Whether a comment or nothing at all is left of the line; a comment is kept.
    fn ends_here(&mut self) -> bool {
        let end = self.line_end(self.at);
        if self.peek() == Some(b'#') {
            self.comments.push(Span::new(self.at, end));
            self.at = end;
        }
        self.at >= end
    }

    fn line(&mut self) {
        let mut exported = false;
        loop {
            self.blanks();
            if self.ends_here() {
                return;
            }
            exported |= self.exports();
            let start = self.at;
            if !self.assignment(exported) {
                self.no_assignment(start, exported);
                return;
            }
            // In a shell more may follow: `export A=1 B=2; export C=3`.
            if self.dialect == Dialect::Plain {
                return;
            }
            let rest = self.rest_of_line();
            let trimmed = rest.trim_start_matches([' ', '\t']);
            let skipped = rest.len() - trimmed.len();
            if trimmed.starts_with([';', '&']) {
                let marks = trimmed.len() - trimmed.trim_start_matches([';', '&']).len();
                self.at += skipped + marks;
                exported = false;
            }
        }
    }

    /// Passes over the word that exports what follows.
    fn exports(&mut self) -> bool {
        let prefixes: &[&str] = match self.dialect {
            Dialect::Plain => &["export"],
            Dialect::Shell => &["export", "declare -x", "typeset -x"],
        };
        let rest = self.rest_of_line();
        let found = prefixes.iter().find(|prefix| {
            rest.strip_prefix(**prefix).is_some_and(|after| after.starts_with([' ', '\t']))
        });
        let length = found.map_or(0, |prefix| prefix.len());
        self.at += length;
        self.blanks();
        length > 0
    }

    /// Reads `NAME=value`, or a name alone, which gives no value. Says whether it was there.
    fn assignment(&mut self, exported: bool) -> bool {
        let start = self.at;
        let name = self.rest_of_line();
        let length = name_length(name);
        if length == 0 {
            return false;
        }
        let end = start + length;
        self.at = end;
        if self.dialect == Dialect::Plain {
            self.blanks();
        }
        match self.peek() {
            Some(b'=') => self.at += 1,
            // Some readers take a colon too.
            Some(b':') if self.dialect == Dialect::Plain && self.colon_joins() => self.at += 1,
            // A variable that is taken from around: no value is given.
            _ if exported || self.dialect == Dialect::Plain => {
                let rest = self.rest_of_line();
                return rest.is_empty()
                    || rest.starts_with('#')
                    || (self.dialect == Dialect::Shell && rest.starts_with([' ', '\t', ';', '&']));
            }
            _ => return false,
        }
        self.value(Span::new(start, end), exported)
    }

    fn colon_joins(&self) -> bool {
        let rest = &self.rest_of_line()[1..];
        rest.is_empty() || rest.starts_with([' ', '\t'])
    }

    /// What is no assignment: a command in a shell, a fault elsewhere.
    fn no_assignment(&mut self, start: usize, exported: bool) {
        let end = self.line_end(start);
        self.at = end;
        if self.dialect == Dialect::Shell {
            return;
        }
        let line = self.text.get(start..end).unwrap_or_default().trim_end();
        // A file that is sourced may say how.
        let commands = ["set -", "set +", "source ", ". ", "unset "];
        if exported || !commands.iter().any(|command| line.starts_with(command)) {
            self.fault(words::no_assignment(Span::new(start, start + line.len())));
        }
    }

    /// Adds the key; the first opens the object.
    fn key(&mut self, name: Span) {
        if self.builder.is_empty() {
            self.builder.open(true, name.start);
        }
        self.builder.bare(true, name.start, name.end);
    }
}

/// How much of a text is a variable's name.
fn name_length(text: &str) -> usize {
    let first = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    if !text.bytes().next().is_some_and(first) {
        return 0;
    }
    text.bytes()
        .take_while(|byte| first(*byte) || byte.is_ascii_digit() || b".-".contains(byte))
        .count()
}

#[cfg(test)]
mod tests;
