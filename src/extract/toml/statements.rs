//! The statements of a TOML file as they stand in it: headers, and keys with their values.

use std::borrow::Cow;

use toml_parser::decoder::Encoding;
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, Raw, Source, Span as Place};

use crate::diagnostic::Span;

/// One part of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPart {
    /// What it says.
    pub name: String,
    /// Its bytes, with quotes.
    pub span: Span,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// `[a.b]`: what follows belongs to this table.
    Table,
    /// `[[a.b]]`: what follows belongs to a new element of this list.
    Element,
    /// `a.b = 1`
    Assignment,
}

/// A header, or a key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Its key, part by part.
    pub key: Vec<KeyPart>,
    /// Its bytes: a header's with the brackets, an assignment's with the value.
    pub span: Span,
}

/// The statements of a text that parses, in its order.
#[must_use]
pub fn statements(text: &str) -> Vec<Statement> {
    let tokens = Source::new(text).lex().into_vec();
    let mut reader = Reader { text, key: Vec::new(), depth: 0, statements: Vec::new() };
    let mut sink = |_| {};
    toml_parser::parser::parse_document(&tokens, &mut reader, &mut sink);
    reader.statements
}

struct Reader<'t> {
    text: &'t str,
    /// The key that is being read.
    key: Vec<KeyPart>,
    /// How many brackets of values are open.
    depth: usize,
    statements: Vec<Statement>,
}

impl Reader<'_> {
    fn open(&mut self, kind: StatementKind, place: Place) {
        self.key.clear();
        let span = Span::new(place.start(), place.end());
        self.statements.push(Statement { kind, key: Vec::new(), span });
    }

    fn close(&mut self, place: Place) {
        if let Some(header) = self.statements.last_mut() {
            header.key = std::mem::take(&mut self.key);
            header.span.end = place.end();
        }
    }

    /// A value begins: the first of an assignment is its own, others stand in it.
    fn value(&mut self, place: Place) {
        if self.depth > 0 {
            return;
        }
        let key = std::mem::take(&mut self.key);
        let start = key.first().map_or(place.start(), |part| part.span.start);
        let span = Span::new(start, place.end());
        self.statements.push(Statement { kind: StatementKind::Assignment, key, span });
    }

    fn enter(&mut self, place: Place) -> bool {
        self.value(place);
        self.depth += 1;
        true
    }

    fn leave(&mut self, place: Place) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(assignment) = self.statements.last_mut().filter(|_| self.depth == 0) {
            assignment.span.end = place.end();
        }
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.open(StatementKind::Table, span);
    }

    fn std_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn array_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.open(StatementKind::Element, span);
    }

    fn array_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn inline_table_open(&mut self, span: Place, _error: &mut dyn ErrorSink) -> bool {
        self.enter(span)
    }

    fn inline_table_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn array_open(&mut self, span: Place, _error: &mut dyn ErrorSink) -> bool {
        self.enter(span)
    }

    fn array_close(&mut self, span: Place, _error: &mut dyn ErrorSink) {
        self.leave(span);
    }

    fn simple_key(&mut self, place: Place, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        if self.depth > 0 {
            return;
        }
        let span = Span::new(place.start(), place.end());
        let mut name = Cow::Borrowed("");
        let raw = Raw::new_unchecked(span.slice(self.text), encoding, place);
        raw.decode_key(&mut name, error);
        self.key.push(KeyPart { name: name.into_owned(), span });
    }

    fn scalar(&mut self, span: Place, _encoding: Option<Encoding>, _error: &mut dyn ErrorSink) {
        self.value(span);
    }
}

#[cfg(test)]
mod tests {
    use super::{StatementKind, statements};

    #[test]
    fn headers_and_assignments_are_told_with_their_keys() {
        let text = "a.\"b c\" = [{x = 1}, 2] # z\n[t . u]\ny = '''\n[no]\n'''\n[[l]]\n";
        let told: Vec<_> = statements(text)
            .into_iter()
            .map(|one| {
                let key: Vec<_> = one.key.iter().map(|part| part.name.clone()).collect();
                (one.kind, key.join("/"), one.span.slice(text).to_owned())
            })
            .collect();
        let wanted = [
            (StatementKind::Assignment, "a/b c", "a.\"b c\" = [{x = 1}, 2]"),
            (StatementKind::Table, "t/u", "[t . u]"),
            (StatementKind::Assignment, "y", "y = '''\n[no]\n'''"),
            (StatementKind::Element, "l", "[[l]]"),
        ];
        let wanted: Vec<_> =
            wanted.map(|(kind, key, text)| (kind, key.to_owned(), text.to_owned())).into();
        assert_eq!(told, wanted);
    }
}
