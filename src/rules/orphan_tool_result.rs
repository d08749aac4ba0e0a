//! `orphan-tool-result`: a result without its call.

use std::collections::HashMap;

use super::conversation::{Link, names, slips, turns};
use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::knowledge::ModelKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "orphan-tool-result",
    severity: Severity::Warning,
    summary: "A tool result answers no call before it, or one that is answered already",
    docs: r#"
A result belongs to a call of an earlier assistant turn and repeats its id. Histories that were cut
keep results whose calls are gone, and clients that retry append a second result of one call. Strict APIs
refuse them; one probe found MiMo lenient, so it is a warning.

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "thinking": {"type": "disabled"}, "messages": [
  {"role": "tool", "tool_call_id": "call_77", "content": "1 test failed"},
  {"role": "user", "content": "So what is broken?"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "One test failed. So what is broken?"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// What is known of the calls of one id.
#[derive(Default)]
struct Calls<'t> {
    /// How many of them have no result yet.
    open: usize,
    /// The latest result.
    result: Option<Link<'t>>,
}

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    // A speech model takes no such message at all, which is told by the rules on speech.
    if request.live_model().is_some_and(|(_, model)| model.kind != ModelKind::Chat) {
        return;
    }
    let turns = turns(request);
    let slips: HashMap<_, _> = slips(request.kind, &turns)
        .into_iter()
        .map(|(call, result)| (result.node.id(), call))
        .collect();
    let mut calls: HashMap<String, Calls<'_>> = HashMap::new();
    for turn in &turns {
        if turn.has_hole {
            // A call that is not known may be the one that a later result answers.
            return;
        }
        for result in turn.results.iter().filter(|result| !result.id.is_empty()) {
            let meant = slips.get(&result.node.id());
            match calls.get_mut(result.id.as_ref()) {
                None => found.push(orphan(request, result, meant)),
                Some(known) if known.open == 0 => {
                    let first = known.result.as_ref();
                    found.extend(first.map(|first| again(request, result, first, meant)));
                }
                Some(known) => {
                    known.open -= 1;
                    known.result = Some(result.clone());
                }
            }
        }
        for call in &turn.calls {
            calls.entry(call.id.clone().into_owned()).or_default().open += 1;
        }
    }
}

/// A result whose call does not come before it; `meant` is the call whose result it must be.
fn orphan(request: &Request<'_>, result: &Link<'_>, meant: Option<&Link<'_>>) -> Finding {
    let message = format!("no call `{}` comes before this result", super::mask(&result.id));
    let finding = Finding::new(&RULE, Place::value(result.id_node), message);
    match meant {
        Some(call) => finding
            .label(format!("did you mean `{}`?", super::mask(&call.id)))
            .related(call.id_node, "this call has no result"),
        None => finding.label("answers nothing").help(format!(
            "keep the assistant turn that made the call, or drop this {}",
            names(request.kind).result
        )),
    }
}

/// A result of a call that `first` answers already; `meant` as for an orphan.
fn again(
    request: &Request<'_>,
    result: &Link<'_>,
    first: &Link<'_>,
    meant: Option<&Link<'_>>,
) -> Finding {
    let words = names(request.kind);
    let message = format!("the call `{}` is answered twice", super::mask(&result.id));
    let finding = Finding::new(&RULE, Place::value(result.id_node), message)
        .related(first.id_node, "the first result");
    match meant {
        Some(call) => finding
            .label(format!("did you mean `{}`?", super::mask(&call.id)))
            .related(call.id_node, "this call has no result"),
        None => finding.label("a second result of one call").help(format!(
            "each call has one {}: drop one of the two, or give `{}` the id of another call",
            words.result, words.result_id
        )),
    }
}
