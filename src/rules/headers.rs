//! The HTTP headers beside a request, however a file writes them down.

use std::borrow::Cow;

use super::Request;
use crate::document::{Kind, Node};

/// A header, or one of the values that it has.
#[derive(Debug, Clone)]
pub struct Header<'t> {
    /// Its name, as written.
    pub name: Cow<'t, str>,
    /// Its value.
    pub value: Node<'t>,
}

/// All headers beside the request: an object of names with a value or a list of values, a list of
/// objects (`name` or `key`, with `value`), or a list of pairs. What is switched off is left out.
#[must_use]
pub fn headers<'t>(request: &Request<'t>) -> Vec<Header<'t>> {
    request.headers.map(headers_in).unwrap_or_default()
}

/// The headers that `headers` lists, in any of these forms.
#[must_use]
pub fn headers_in(headers: Node<'_>) -> Vec<Header<'_>> {
    let mut found = Vec::new();
    for member in headers.members() {
        add(member.key.name(), member.value, &mut found);
    }
    for entry in headers.elements() {
        let is_off = |name: &str, word: bool| entry.get(name).and_then(Node::as_bool) == Some(word);
        if is_off("disabled", true) || is_off("enabled", false) {
            continue;
        }
        let (name, value) = match entry.kind() {
            Kind::Object => (entry.get("name").or_else(|| entry.get("key")), entry.get("value")),
            _ => (entry.element(0), entry.element(1)),
        };
        if let (Some(name), Some(value)) = (name.and_then(Node::as_str), value) {
            add(name, value, &mut found);
        }
    }
    found
}

fn add<'t>(name: Cow<'t, str>, value: Node<'t>, found: &mut Vec<Header<'t>>) {
    match value.kind() {
        Kind::Array => {
            let values = value.elements();
            found.extend(values.map(|value| Header { name: name.clone(), value }));
        }
        _ => found.push(Header { name, value }),
    }
}
