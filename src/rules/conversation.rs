//! A conversation as the rules on tool calls see it, whatever the protocol writes it in.

use std::borrow::Cow;
use std::collections::HashMap;

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

/// The turns of a request, in order, as far as their roles may make calls and bring results.
#[must_use]
pub fn turns<'t>(request: &Request<'t>) -> Vec<Turn<'t>> {
    written(request).map(without_misplaced).collect()
}

/// The turns of a request as they are written.
pub fn written<'t>(request: &Request<'t>) -> impl Iterator<Item = Turn<'t>> + use<'t> {
    let list = match request.kind {
        DocumentKind::Responses => request.root.get("input"),
        _ => request.root.get("messages"),
    };
    let elements = list.into_iter().flat_map(|list| list.elements());
    let turn = match request.kind {
        DocumentKind::ChatCompletions => chat,
        DocumentKind::Messages => message,
        _ => item,
    };
    elements.map(turn)
}

/// Calls and results in a turn of a role that has none are message-order's matter, and nothing can be said
/// of what belongs to them.
fn without_misplaced(mut turn: Turn<'_>) -> Turn<'_> {
    if misplaced(&turn).is_some() {
        turn.calls.clear();
        turn.results.clear();
        turn.has_hole = true;
    }
    turn
}

/// The role of a turn that makes calls or brings results although another role does, with that role.
#[must_use]
pub fn misplaced<'t>(turn: &Turn<'t>) -> Option<(Node<'t>, &'static str)> {
    let role = turn.node.get("role")?;
    let name = known_text(role)?;
    let calls = !turn.calls.is_empty() && matches!(name.as_ref(), "user" | "system" | "tool");
    // In chat completions the role itself says that a message is a result.
    let blocks = turn.results.first().is_some_and(|result| result.node.id() != turn.node.id());
    match () {
        () if calls => Some((role, "assistant")),
        () if blocks && name == "assistant" => Some((role, "user")),
        () => None,
    }
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
    has_hole |= has_foreign_calls(node);
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

/// Whether calls or results stand in a message as another protocol writes them: wrong-protocol tells that,
/// and nothing can be said of what belongs to them.
fn has_foreign_calls(message: Node<'_>) -> bool {
    let content = message.get("content").filter(|content| content.kind() == Kind::Array);
    content
        .into_iter()
        .flat_map(|content| content.elements())
        .any(|part| is(part, "type", "tool_use") || is(part, "type", "tool_result"))
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
            // The schema tells of what only chat completions write so.
            || is(node, "role", "tool")
            || node.get("tool_calls").is_some()
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
            // What only chat completions write so is told by wrong-protocol.
            || is(node, "role", "tool")
            || node.get("tool_calls").is_some()
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

/// The turns in which the calls of a turn can be answered, and the one that comes after them.
pub fn answers<'s, 't>(
    kind: &DocumentKind,
    after: &'s [Turn<'t>],
) -> (Vec<&'s Turn<'t>>, Option<&'s Turn<'t>>) {
    if *kind == DocumentKind::Responses {
        // Items of one turn follow each other in any order.
        return (after.iter().collect(), None);
    }
    if *kind == DocumentKind::Messages {
        // All results stand in the one message that follows.
        return (after.iter().take(1).collect(), after.first());
    }
    let until = after.iter().position(|turn| turn.results.is_empty() && !turn.has_hole);
    let answers = after[..until.unwrap_or(after.len())].iter().collect();
    (answers, until.map(|at| &after[at]))
}

/// Results under the name of no call, or of one that is answered already, each with the one call whose result
/// it must be: the only one of its turn that has none.
#[must_use]
pub fn slips<'t>(kind: &DocumentKind, turns: &[Turn<'t>]) -> Vec<(Link<'t>, Link<'t>)> {
    if *kind == DocumentKind::Responses {
        let all: Vec<&Turn<'t>> = turns.iter().collect();
        return slip(&all, &all).into_iter().collect();
    }
    let calling = turns.iter().enumerate().filter(|(_, turn)| !turn.calls.is_empty());
    calling.filter_map(|(at, turn)| slip(&[turn], &answers(kind, &turns[at + 1..]).0)).collect()
}

/// The one call of `turns` without a result among `answers`, and the one result there that is in excess.
fn slip<'t>(turns: &[&Turn<'t>], answers: &[&Turn<'t>]) -> Option<(Link<'t>, Link<'t>)> {
    if turns.iter().chain(answers).any(|turn| turn.has_hole) {
        return None;
    }
    let mut results: HashMap<&str, usize> = HashMap::new();
    for result in answers.iter().flat_map(|turn| &turn.results) {
        *results.entry(&result.id).or_default() += 1;
    }
    let mut waiting: HashMap<&str, usize> = HashMap::new();
    let mut unanswered = Vec::new();
    for call in turns.iter().flat_map(|turn| &turn.calls) {
        *waiting.entry(&call.id).or_default() += 1;
        if !results.contains_key(call.id.as_ref()) {
            unanswered.push(call);
        }
    }
    let in_excess = |result: &&Link<'_>| match waiting.get_mut(result.id.as_ref()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    let mut surplus = answers.iter().flat_map(|turn| &turn.results).filter(in_excess);
    match (unanswered.as_slice(), surplus.next(), surplus.next()) {
        ([call], Some(result), None) => Some(((*call).clone(), result.clone())),
        _ => None,
    }
}
