//! Finds the error's JSON in a text: alone, in a log, in a Python dictionary, in a JSON string.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{Kind, Node};
use crate::extract::{Syntax, extract};
use crate::knowledge::Catalog;

/// What an error's object says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object {
    /// `code`, as a text.
    pub code: Option<String>,
    /// Whether `code` is a string.
    pub code_is_text: bool,
    /// `message`.
    pub message: Option<String>,
    /// `param`.
    pub param: Option<String>,
    /// `type`.
    pub kind: Option<String>,
}

/// How many layers of JSON within strings are looked through.
const DEEPEST: usize = 4;
/// How much of a text an object is read from, in bytes.
const WINDOW: usize = 64 * 1024;
/// How many places of a text are looked at: those nearest its end.
const MOST: usize = 500;

/// Where the object of an error may begin: after the word `error`, or by its own first key.
static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)\berror["'`]?\s*[:=]\s*(?P<value>\{)|(?P<first>\{)\s*["'`]?(?:error|code|message|param|type|status\w*)["'`]?\s*[:=]"#,
    )
    .ok()
});

/// Every error's object in `text`, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Object> {
    let mut search = Search { found: Vec::new(), left: MOST };
    search.text(text, 0);
    search.found.dedup();
    search.found
}

/// Whether `text` begins as an error's own JSON does.
#[must_use]
pub fn is_alone(text: &str) -> bool {
    let text = text.trim_start();
    let first = START.as_ref().and_then(|start| start.captures(text));
    first.is_some_and(|found| found.name("first").is_some_and(|first| first.start() == 0))
}

struct Search {
    found: Vec<Object>,
    /// How many more places and texts within strings are looked at.
    left: usize,
}

impl Search {
    fn text(&mut self, text: &str, depth: usize) {
        if depth > DEEPEST || !text.contains('{') {
            return;
        }
        let before = self.found.len();
        if text.trim_start().starts_with(['{', '[']) {
            let mut valid = false;
            extract(Syntax::Json, text, &mut |document| {
                valid = document.errors.is_empty();
                if let (true, Some(root)) = (valid, document.root()) {
                    self.value(root, false, depth);
                }
            });
            if valid {
                return;
            }
        }
        if text.contains("Some(") {
            self.places(&without_options(text), depth);
        } else {
            self.places(text, depth);
        }
        if self.found.len() == before && text.contains("\\\"") {
            self.text(&unescaped(text), depth + 1);
        }
    }

    /// Reads from each place of a longer text where an object may begin.
    fn places(&mut self, text: &str, depth: usize) {
        let Some(start) = START.as_ref() else { return };
        let mut places: Vec<(usize, bool)> = start
            .captures_iter(text)
            .filter_map(|found| {
                let value = found.name("value");
                Some((value.or_else(|| found.name("first"))?.start(), value.is_some()))
            })
            .collect();
        places.drain(..places.len().saturating_sub(MOST));
        let mut read_to = 0;
        for (at, is_error) in places {
            let inner = depth > 0;
            if at < read_to || (inner && self.left == 0) {
                continue;
            }
            self.left -= usize::from(inner);
            let mut end = (at + WINDOW).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let before = self.found.len();
            extract(Syntax::Json, &text[at..end], &mut |document| {
                let Some(root) = document.root() else { return };
                self.value(root, is_error, depth);
                if self.found.len() > before {
                    read_to = at + root.span().end;
                }
            });
        }
    }

    /// Every error at or below a value; `is_error` says that it is the value of `error` itself.
    fn value(&mut self, root: Node<'_>, is_error: bool, depth: usize) {
        if is_error && self.object(root, depth) {
            return;
        }
        let mut past = 0;
        for node in root.walk() {
            if node.span().start < past {
                continue;
            }
            match node.kind() {
                Kind::Object => {
                    let error = node.get("error").filter(|error| error.kind() == Kind::Object);
                    let told = match error {
                        Some(error) => self.object(error, depth),
                        None => is_bare(node) && self.object(node, depth),
                    };
                    if told {
                        past = node.span().end;
                    }
                }
                Kind::String if self.left > 0 => {
                    let Some(text) = node.as_str() else { continue };
                    if text.contains('{') && (text.contains("error") || text.contains("message")) {
                        self.left -= 1;
                        self.text(&text, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes what an error's object says. Where its message holds another error, a gateway has wrapped
    /// the API's own, which says more.
    fn object(&mut self, object: Node<'_>, depth: usize) -> bool {
        let text = |name: &str| {
            let text = object.get(name)?.as_str()?.into_owned();
            (!text.is_empty()).then_some(text)
        };
        let code = object.get("code");
        let number = code.and_then(|code| code.number_text()).map(str::to_owned);
        let read = Object {
            code_is_text: code.is_some_and(|code| code.kind() == Kind::String),
            code: text("code").or(number),
            message: text("message"),
            param: text("param"),
            kind: text("type"),
        };
        if read.message.is_none() && read.code.is_none() {
            return false;
        }
        let before = self.found.len();
        if let Some(message) = read.message.as_deref().filter(|_| self.left > 0) {
            self.left -= 1;
            self.text(message, depth + 1);
        }
        if self.found.len() == before {
            self.found.push(read);
        }
        true
    }
}

/// Whether an object is an error without `error` around it: a message, beside `param` or a code of a
/// known API.
fn is_bare(object: Node<'_>) -> bool {
    let is_text = |name: &str| object.get(name).is_some_and(|node| node.kind() == Kind::String);
    let listed = || {
        let code = object.get("code").and_then(|code| code.as_str());
        code.is_some_and(|code| {
            let mut providers = Catalog::bundled().providers().iter();
            providers.any(|provider| provider.errors.iter().any(|row| row.code == code))
        })
    };
    is_text("message") && (is_text("param") || listed())
}

/// `text` with the values alone where Rust prints `Some(…)`.
fn without_options(text: &str) -> Cow<'_, str> {
    static SOME: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"\bSome\((\d+|"(?:[^"\\]|\\.)*")\)"#).ok());
    match SOME.as_ref() {
        Some(some) => some.replace_all(text, "$1"),
        None => Cow::Borrowed(text),
    }
}

/// `text` with one layer of backslashes taken off.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n' | 'r' | 't') => out.push(' '),
            Some(escaped @ ('"' | '\\' | '/' | '\'')) => out.push(escaped),
            Some(other) => out.extend(['\\', other]),
            None => out.push('\\'),
        }
    }
    out
}
