//! `orphan-tool-result`: a result without its call.

use std::collections::HashSet;

use super::conversation::{Link, names, turns};
use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "orphan-tool-result",
    severity: Severity::Warning,
    summary: "A tool result answers no call before it",
    docs: r#"
A result belongs to a call of an earlier assistant turn and repeats its id. Histories that were cut
keep results whose calls are gone. Strict APIs refuse them; one probe found MiMo lenient, so it is a
warning.

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
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let mut calls: HashSet<String> = HashSet::new();
    let words = names(request.kind);
    // The call of the latest turn that calls, where it is one alone.
    let mut only: Option<Link<'_>> = None;
    for turn in turns(request) {
        if turn.has_hole {
            // A call that is not known may be the one that a later result answers.
            return;
        }
        for result in &turn.results {
            if result.id.is_empty() || calls.contains(result.id.as_ref()) {
                continue;
            }
            let id = super::mask(&result.id);
            let finding = Finding::new(
                &RULE,
                Place::value(result.id_node),
                format!("no call `{id}` comes before this result"),
            );
            found.push(match &only {
                Some(call) => finding
                    .label(format!("did you mean `{}`?", super::mask(&call.id)))
                    .related(call.id_node, "this call has no result"),
                None => finding.label("answers nothing").help(format!(
                    "keep the assistant turn that made the call, or drop this {}",
                    words.result
                )),
            });
        }
        if let [call] = turn.calls.as_slice() {
            only = Some(call.clone());
        } else if !turn.calls.is_empty() || turn.results.is_empty() {
            only = None;
        }
        if turn.results.iter().any(|result| only.as_ref().is_some_and(|call| call.id == result.id))
        {
            only = None;
        }
        calls.extend(turn.calls.iter().map(|call| call.id.clone().into_owned()));
    }
}
