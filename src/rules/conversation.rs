//! A conversation as the rules on tool calls see it, whatever the protocol writes it in.

use std::borrow::Cow;

use super::Request;
use super::request::known_text;
use crate::document::{Kind, Node};
use crate::knowledge::{DocumentKind, similar};

/// A call that a turn makes, or the result of one.
#[derive(Debug, Clone)]
pub struct Link<'t> {
    /// The call or the result.
    pub node: Node<'t>,
    /// The string that names the call.
    pub id_node: Node<'t>,
    /// The name of the call.
    pub id: Cow<'t, str>,
}

/// One message, or one item of a Responses input.
#[derive(Debug, Clone)]
pub struct Turn<'t> {
    /// The message.
    pub node: Node<'t>,
    /// The calls that it makes.
    pub calls: Vec<Link<'t>>,
    /// The results that it brings.
    pub results: Vec<Link<'t>>,
    /// Whether anything in it is unknown: then nothing can be said of what is missing.
    pub has_hole: bool,
}

/// The turns of a request, in order.
#[must_use]
pub fn turns<'t>(request: &Request<'t>) -> Vec<Turn<'t>> {
    let list = match request.kind {
        DocumentKind::Responses => request.root.get("input"),
        _ => request.root.get("messages"),
    };
    let elements = list.into_iter().flat_map(|list| list.elements());
    elements
        .map(|node| match request.kind {
            DocumentKind::ChatCompletions => chat(node),
            DocumentKind::Messages => message(node),
            _ => item(node),
        })
        .collect()
}

fn link<'t>(node: Node<'t>, name: &str) -> Option<Link<'t>> {
    let id_node = node.get(name)?;
    let id = known_text(id_node)?;
    Some(Link { node, id_node, id })
}

fn is(node: Node<'_>, name: &str, value: &str) -> bool {
    node.get(name).and_then(known_text).is_some_and(|text| text == value)
}

/// Whether a call or a result does not name itself: another rule tells that, and nothing can be said
/// of what belongs to it.
fn nameless(node: Node<'_>, name: &str) -> bool {
    node.get(name).is_none_or(|id| id.as_str().is_none())
}

fn holed(node: Node<'_>, names: &[&str]) -> bool {
    node.is_hole() || names.iter().any(|name| node.get(name).is_some_and(|value| value.is_hole()))
}

fn chat(node: Node<'_>) -> Turn<'_> {
    let calls: Vec<Node<'_>> =
        node.get("tool_calls").into_iter().flat_map(|calls| calls.elements()).collect();
    let mut has_hole = holed(node, &["role", "tool_calls", "tool_call_id"]);
    // Calls that are no list are told by the schema, and nothing can be said of what they lack.
    has_hole |=
        node.get("tool_calls").is_some_and(|calls| !calls.is_null() && calls.kind() != Kind::Array);
    has_hole |= node.get("tool_calls").is_none() && misspells_the_calls(node);
    has_hole |= calls.iter().any(|call| holed(*call, &["id"]) || nameless(*call, "id"));
    let is_result = is(node, "role", "tool");
    has_hole |= is_result && nameless(node, "tool_call_id");
    let results = if is_result { link(node, "tool_call_id") } else { None };
    Turn {
        node,
        calls: calls.into_iter().filter_map(|call| link(call, "id")).collect(),
        results: results.into_iter().collect(),
        has_hole,
    }
}

/// Whether a field of a message may be meant for its calls.
fn misspells_the_calls(message: Node<'_>) -> bool {
    const KNOWN: [&str; 5] = ["role", "content", "name", "reasoning_content", "tool_call_id"];
    message.members().any(|member| {
        let name = member.key.name();
        !KNOWN.contains(&name.as_ref()) && similar::nearest(&name, ["tool_calls"]).is_some()
    })
}

fn message(node: Node<'_>) -> Turn<'_> {
    let content = node.get("content").filter(|content| content.kind() == Kind::Array);
    let blocks: Vec<Node<'_>> =
        content.into_iter().flat_map(|content| content.elements()).collect();
    let of = |kind: &str, id: &str| {
        blocks
            .iter()
            .filter(|block| is(**block, "type", kind))
            .filter_map(|block| link(*block, id))
            .collect()
    };
    Turn {
        node,
        calls: of("tool_use", "id"),
        results: of("tool_result", "tool_use_id"),
        has_hole: holed(node, &["role", "content"])
            || blocks.iter().any(|block| {
                holed(*block, &["type", "id", "tool_use_id"])
                    || (is(*block, "type", "tool_use") && nameless(*block, "id"))
                    || (is(*block, "type", "tool_result") && nameless(*block, "tool_use_id"))
            }),
    }
}

fn item(node: Node<'_>) -> Turn<'_> {
    let of = |kind: &str| is(node, "type", kind).then(|| link(node, "call_id")).flatten();
    Turn {
        node,
        calls: of("function_call").into_iter().collect(),
        results: of("function_call_output").into_iter().collect(),
        has_hole: holed(node, &["type", "call_id"])
            || ((is(node, "type", "function_call") || is(node, "type", "function_call_output"))
                && nameless(node, "call_id")),
    }
}

/// What a request calls the pieces of a conversation.
pub struct Names {
    /// The result of a call.
    pub result: &'static str,
    /// The field in it that names the call.
    pub result_id: &'static str,
}

/// The names of the request's protocol.
#[must_use]
pub fn names(kind: &DocumentKind) -> Names {
    match kind {
        DocumentKind::Messages => Names { result: "`tool_result` block", result_id: "tool_use_id" },
        DocumentKind::Responses => {
            Names { result: "`function_call_output` item", result_id: "call_id" }
        }
        _ => Names { result: "`tool` message", result_id: "tool_call_id" },
    }
}
