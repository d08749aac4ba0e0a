//! `unanswered-tool-call`: a call without its result.

use super::conversation::{Turn, names, turns};
use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unanswered-tool-call",
    severity: Severity::Warning,
    summary: "A tool call has no result before the next turn",
    docs: r#"
Each call that the assistant made is answered once, before the next user or assistant turn. Histories
that were cut or compacted lose results. No refusal of MiMo's quotes a text for it, so it is a warning.

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
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let turns = turns(request);
    for (at, turn) in turns.iter().enumerate() {
        // The last turn's calls are still to be answered.
        let is_last = at + 1 == turns.len() && *request.kind != DocumentKind::Responses;
        if turn.calls.is_empty() || is_last {
            continue;
        }
        let (answers, next) = answers(request.kind, &turns[at + 1..]);
        if answers.iter().any(|answer| answer.has_hole) || next.is_some_and(|next| next.has_hole) {
            continue;
        }
        if misnamed(turn, &answers) {
            continue;
        }
        for call in &turn.calls {
            let answered =
                answers.iter().flat_map(|turn| &turn.results).any(|result| result.id == call.id);
            if answered || call.id.is_empty() {
                continue;
            }
            let words = names(request.kind);
            let mut finding = Finding::new(
                &RULE,
                Place::value(call.id_node),
                format!("the call `{}` has no result", super::mask(&call.id)),
            )
            .label("never answered")
            .help(format!(
                "add a {} with `{}`: \"{}\" before the next turn, or take the call out",
                words.result,
                words.result_id,
                super::mask(&call.id)
            ));
            if let Some(next) = next {
                finding.related.push(super::RelatedPlace {
                    span: next.node.opening(),
                    message: "its result belongs before this turn".to_owned(),
                });
            }
            found.push(finding);
        }
    }
}

/// Whether the one call of a turn has a result under another name: orphan-tool-result shows both.
fn misnamed(turn: &Turn<'_>, answers: &[&Turn<'_>]) -> bool {
    let [call] = turn.calls.as_slice() else { return false };
    let mut results = answers.iter().flat_map(|turn| &turn.results);
    matches!((results.next(), results.next()), (Some(result), None) if result.id != call.id)
}

/// The turns in which the calls of a turn can be answered, and the one that comes after them.
fn answers<'s, 't>(
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
