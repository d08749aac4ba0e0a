//! Pointer patterns: where a tool's data says that its files keep something.

use std::borrow::Cow;

use serde_json::Value;

use crate::diagnostic::Span;
use crate::document::{Key, Kind, Node, SpanMap};
use crate::extract::{Syntax, extract};

/// A place that a pattern leads to.
#[derive(Debug, Clone)]
pub struct Found<'t> {
    /// The value; of `NAME=value` in a list, the whole string.
    pub node: Node<'t>,
    /// Its key, where it is a member of an object.
    pub key: Option<Key<'t>>,
    /// The name of the last step.
    pub name: Cow<'t, str>,
    /// The part of `node` that is meant, where it is not the whole.
    pub part: Option<Part>,
}

/// A part of what a string says.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its bytes in the file.
    pub span: Span,
    /// What it says.
    pub text: String,
    /// Where it begins in the string's text; `None` where that says it otherwise.
    pub start: Option<usize>,
}

impl Found<'_> {
    /// What it says: of a string the text, of anything else what stands in the file.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.part {
            Some(part) => part.text.clone(),
            None => self.node.as_str().map_or_else(|| self.node.raw().to_owned(), Into::into),
        }
    }

    /// Whether it is `wanted`; in files of variables a number or a switch is a text.
    #[must_use]
    pub fn is(&self, wanted: &Value) -> bool {
        let kind = self.node.kind();
        let written = wanted.to_string();
        match wanted {
            Value::Null => kind == Kind::Null,
            Value::String(wanted) => kind == Kind::String && self.text() == *wanted,
            _ => matches!(kind, Kind::String | Kind::Number | Kind::Bool) && self.text() == written,
        }
    }
}

/// How deep `**` looks.
const DEEPEST: usize = 12;

/// All places at or below `from` that `pattern` leads to, in order of the text. `capture` stands for `{}`.
pub fn matches<'t>(
    from: Node<'t>,
    pattern: &str,
    capture: Option<&str>,
    ignore_case: bool,
) -> Vec<Found<'t>> {
    let steps: Vec<&str> = pattern.split('/').skip(1).collect();
    follow(from, &steps, capture, ignore_case)
}

/// The step into the JSON text that a string holds.
const OPEN: &str = "{json}";

fn follow<'t>(
    from: Node<'t>,
    steps: &[&str],
    capture: Option<&str>,
    ignore_case: bool,
) -> Vec<Found<'t>> {
    let start = Found { node: from, key: None, name: Cow::Borrowed(""), part: None };
    let mut here = vec![start];
    for (index, step) in steps.iter().enumerate() {
        if *step == "**" {
            here = here.into_iter().flat_map(|found| objects_below(&found)).collect();
            continue;
        }
        if *step == OPEN {
            let rest = &steps[index + 1..];
            let open = |found: Found<'t>| match found.node.kind() {
                Kind::String if found.part.is_none() => {
                    opened(found.node, rest, capture, ignore_case)
                }
                // Written without quotes around it.
                _ => follow(found.node, rest, capture, ignore_case),
            };
            return here.into_iter().flat_map(open).collect();
        }
        let step = step.replace("~1", "/").replace("~0", "~");
        let step = capture.map_or(step.clone(), |capture| step.replace("{}", capture));
        here = here.iter().flat_map(|found| below(found, &step, ignore_case)).collect();
    }
    here
}

/// The places that `steps` lead to in the JSON text that the string `node` holds: parts of it. A text that is no
/// JSON has none.
fn opened<'t>(
    node: Node<'t>,
    steps: &[&str],
    capture: Option<&str>,
    ignore_case: bool,
) -> Vec<Found<'t>> {
    let Some(map) = SpanMap::of_string(node) else { return Vec::new() };
    let part = |inner: &Found<'_>| {
        // Without the quotes, which belong to the text that embeds it.
        let (text, span) = match SpanMap::of_string(inner.node) {
            Some(own) => (own.text().to_owned(), own.to_file(Span::new(0, own.text().len()))),
            None => (inner.node.raw().to_owned(), inner.node.span()),
        };
        let part = Part { span: map.to_file(span), text, start: None };
        Found { node, key: None, name: inner.name.to_string().into(), part: Some(part) }
    };
    let mut found = Vec::new();
    extract(Syntax::Json, map.text(), &mut |document| {
        let root = document.root().filter(|_| document.errors.is_empty());
        let places = root.map(|root| follow(root, steps, capture, ignore_case));
        let scalars = places.into_iter().flatten();
        let scalars =
            scalars.filter(|inner| !matches!(inner.node.kind(), Kind::Object | Kind::Array));
        found.extend(scalars.map(|inner| part(&inner)));
    });
    found
}

/// What `{}` stands for wherever `pattern`'s last step matches a member of `from`.
pub fn captures(from: Node<'_>, pattern: &str, ignore_case: bool) -> Vec<String> {
    let Some(step) = pattern.rsplit('/').next() else { return Vec::new() };
    let mut found = Vec::new();
    for name in names(from) {
        if let Some(capture) = capture(step, &name, ignore_case)
            && !found.contains(&capture)
        {
            found.push(capture);
        }
    }
    found
}

/// What `{}` stands for where `step` matches `name`; nothing where it has none or does not.
pub fn capture(step: &str, name: &str, ignore_case: bool) -> Option<String> {
    let (before, after) = step.split_once("{}")?;
    let end = name.len().checked_sub(after.len()).filter(|end| *end >= before.len())?;
    let (head, tail) = (name.get(..before.len())?, name.get(end..)?);
    let fits = is_same(head, before, ignore_case) && is_same(tail, after, ignore_case);
    fits.then(|| name[before.len()..end].to_owned())
}

/// The names of an object's members, or of the variables that a list sets.
fn names(node: Node<'_>) -> Vec<String> {
    let members = node.members().map(|member| member.key.name().into_owned());
    let variables = node.elements().filter_map(|element| match element.kind() {
        Kind::Object => Some(named_pair(element)?.0.into_owned()),
        _ => Some(element.as_str()?.split_once('=')?.0.to_owned()),
    });
    members.chain(variables).collect()
}

/// The name and the value of a variable that stand beside each other: `{name: NAME, value: …}`.
fn named_pair(element: Node<'_>) -> Option<(Cow<'_, str>, Node<'_>)> {
    let name = ["name", "key"].iter().find_map(|member| element.get(member)?.as_str())?;
    Some((name, element.get("value")?))
}

fn is_same(one: &str, other: &str, ignore_case: bool) -> bool {
    if ignore_case { one.eq_ignore_ascii_case(other) } else { one == other }
}

fn below<'t>(found: &Found<'t>, step: &str, ignore_case: bool) -> Vec<Found<'t>> {
    let node = found.node;
    if found.part.is_some() {
        return Vec::new();
    }
    match node.kind() {
        Kind::Object => {
            let is_one = |wanted: &str, name: &str| is_same(name, wanted, ignore_case);
            let fits = |name: &str| step == "*" || step.split('|').any(|one| is_one(one, name));
            let mut inner: Vec<Found<'t>> = Vec::new();
            for member in node.members() {
                let name = member.key.name();
                if !fits(&name) {
                    continue;
                }
                // Of several of one name the last counts.
                inner.retain(|known| known.name != name);
                inner.push(Found { node: member.value, key: Some(member.key), name, part: None });
            }
            inner
        }
        // An element is called as its list is: its number says nothing to a person.
        Kind::Array if step == "*" => node
            .elements()
            .map(|node| Found { node, key: None, name: found.name.clone(), part: None })
            .collect(),
        // `environment:` of a compose file may be a list of `NAME=value`, and that of a container one of
        // names and values.
        Kind::Array => node
            .elements()
            .filter_map(|element| match element.kind() {
                Kind::Object => {
                    let (name, node) = named_pair(element)?;
                    let fits = is_same(&name, step, ignore_case);
                    fits.then_some(Found { node, key: None, name, part: None })
                }
                _ => assignment(element, step, ignore_case),
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn assignment<'t>(element: Node<'t>, step: &str, ignore_case: bool) -> Option<Found<'t>> {
    let map = SpanMap::of_string(element)?;
    let (name, value) = map.text().split_once('=')?;
    if !is_same(name, step, ignore_case) {
        return None;
    }
    let start = name.len() + 1;
    let span = map.to_file(Span::new(start, start + value.len()));
    let part = Some(Part { span, text: value.to_owned(), start: Some(start) });
    Some(Found { node: element, key: None, name: name.to_owned().into(), part })
}

/// Whether a list holds the names and values of environment variables.
fn is_environment(node: Node<'_>) -> bool {
    if node.kind() != Kind::Array {
        return false;
    }
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    // A list of anything else is told by its first elements.
    let named = node.elements().take(8).find_map(named_pair);
    named.is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(is_part))
}

/// Every object, and every list of environment variables, at or below a place, with the name it stands under.
fn objects_below<'t>(from: &Found<'t>) -> Vec<Found<'t>> {
    let mut found = Vec::new();
    let mut rest = vec![(from.clone(), 0)];
    while let Some((place, depth)) = rest.pop() {
        if depth < DEEPEST {
            let mut inner = below(&place, "*", false);
            inner.reverse();
            rest.extend(inner.into_iter().map(|inner| (inner, depth + 1)));
        }
        if place.node.kind() == Kind::Object || is_environment(place.node) {
            found.push(place);
        }
    }
    found
}
