//! `unanswered-tool-call`: a call without its result.

use std::collections::HashMap;

use super::conversation::{Link, Turn, answers, names, slips, turns};
use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unanswered-tool-call",
    severity: Severity::Warning,
    summary: "A tool call has no result before the next turn, or shares its id with another",
    docs: r#"
Each call that the assistant made is answered once, before the next user or assistant turn. Histories
that were cut or compacted lose results, or bring them late; a request sent before the tools have run ends with
the calls. Where two calls share an id, a result cannot say which of them it answers. No refusal of MiMo's
quotes a text for it, so it is a warning.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Compare the weather in Chengdu and Harbin."},
  {"role": "assistant", "content": "Checking.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Chengdu\"}"}},
    {"id": "call_2", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Harbin\"}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "14 C"},
  {"role": "user", "content": "Well?"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "What is the weather in Chengdu?"},
  {"role": "assistant", "content": "Checking.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Chengdu\"}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "14 C"},
  {"role": "user", "content": "Well?"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let turns = turns(request);
    // A result under another name: orphan-tool-result shows both.
    let misnamed: Vec<_> =
        slips(request.kind, &turns).into_iter().map(|(call, _)| call.node.id()).collect();
    for (at, turn) in turns.iter().enumerate() {
        if turn.calls.is_empty() {
            continue;
        }
        let (answers, next) = answers(request.kind, &turns[at + 1..]);
        if answers.iter().any(|answer| answer.has_hole) || next.is_some_and(|next| next.has_hole) {
            continue;
        }
        for (position, call) in turn.calls.iter().enumerate() {
            let answered =
                answers.iter().flat_map(|turn| &turn.results).any(|result| result.id == call.id);
            let told = turn.calls[..position].iter().any(|other| other.id == call.id);
            let told = told || misnamed.contains(&call.node.id());
            if answered || told || call.id.is_empty() {
                continue;
            }
            found.push(unanswered(request.kind, call, next, &turns[at + 1..]));
        }
    }
    namesakes(request.kind, &turns, found);
}

/// A call without a result where it belongs; `next` is the turn before which it belongs, and `after` all
/// that comes after the call.
fn unanswered(
    kind: &DocumentKind,
    call: &Link<'_>,
    next: Option<&Turn<'_>>,
    after: &[Turn<'_>],
) -> Finding {
    let words = names(kind);
    let id = super::mask(&call.id);
    let late = late_result(call, after);
    let finding = |message: String| Finding::new(&RULE, Place::value(call.id_node), message);
    let mut finding = match late {
        Some(result) => finding(format!("the result of the call `{id}` comes too late"))
            .label("not answered before the next turn")
            .related(result.id_node, "its result stands here")
            .help(format!("move the {} to right after the call's turn", words.result)),
        None => {
            finding(format!("the call `{id}` has no result")).label("never answered").help(format!(
                "add a {} with `{}`: \"{id}\" before the next turn, or take the call out",
                words.result, words.result_id
            ))
        }
    };
    if let Some(next) = next {
        let message = "its result belongs before this turn".to_owned();
        finding.related.push(super::RelatedPlace { span: next.node.opening(), message });
    } else if after.iter().all(|turn| turn.results.is_empty() && !turn.calls.is_empty()) {
        // Sent so, it waits for what only the sender can add; nobody has told what is answered.
        finding = finding
            .help(format!(
                "run the tool, and end with a {} with `{}`: \"{id}\"",
                words.result, words.result_id
            ))
            .not_refused();
    }
    finding
}

/// The result of a call, further down than it may be: before another call takes the id over.
fn late_result<'s, 't>(call: &Link<'t>, after: &'s [Turn<'t>]) -> Option<&'s Link<'t>> {
    let again = after.iter().position(|turn| turn.calls.iter().any(|other| other.id == call.id));
    let until = again.unwrap_or(after.len());
    after[..until].iter().flat_map(|turn| &turn.results).find(|result| result.id == call.id)
}

/// Calls that share their id while the first of them still waits for its result.
fn namesakes(kind: &DocumentKind, turns: &[Turn<'_>], found: &mut Vec<Finding>) {
    let mut open: HashMap<&str, &Link<'_>> = HashMap::new();
    for turn in turns {
        // Items of one turn follow each other; elsewhere what an earlier turn left open is told already.
        if turn.has_hole || *kind != DocumentKind::Responses {
            open.clear();
        }
        for result in &turn.results {
            open.remove(result.id.as_ref());
        }
        for call in turn.calls.iter().filter(|call| !call.id.is_empty()) {
            let Some(first) = open.insert(&call.id, call) else { continue };
            let message = format!("two calls have the id `{}`", super::mask(&call.id));
            found.push(
                Finding::new(&RULE, Place::value(call.id_node), message)
                    .label("which of the two a result answers is not told")
                    .related(first.id_node, "the first call of this id")
                    .help(format!(
                        "give each call an id of its own, and each a {} that repeats it",
                        names(kind).result
                    )),
            );
        }
    }
}
