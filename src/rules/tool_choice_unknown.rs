//! `tool-choice-unknown`: the tool that is chosen is none of the request's.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};
use crate::knowledge::similar;

/// The rule.
pub static RULE: Rule = Rule {
    id: "tool-choice-unknown",
    severity: Severity::Warning,
    summary: "The tool that is chosen is none of the request's",
    docs: r#"
`tool_choice` names a tool that `tools` does not hold.

```json bad
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}],
 "tools": [{"type": "function", "function": {"name": "get_time", "parameters": {"type": "object"}}}],
 "tool_choice": {"type": "function", "function": {"name": "get_tiem"}}}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}],
 "tools": [{"type": "function", "function": {"name": "get_time", "parameters": {"type": "object"}}}],
 "tool_choice": {"type": "function", "function": {"name": "get_time"}}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(choice) = request.root.get("tool_choice") else { return };
    let Some(name) = choice.get("function").unwrap_or(choice).get("name") else { return };
    let Some(chosen) = known_text(name) else { return };
    let names: Vec<_> = request
        .tools()
        .map(|tool| tool.get("function").unwrap_or(tool).get("name").and_then(known_text))
        .collect();
    // A tool whose name is filled in later may be the one.
    if names.iter().any(Option::is_none) || names.iter().flatten().any(|known| *known == chosen) {
        return;
    }
    let meant = similar::nearest(&chosen, names.iter().flatten().map(AsRef::as_ref));
    let finding = Finding::new(
        &RULE,
        Place::value(name),
        format!("no tool is called `{}`", super::mask(&super::shown(&chosen))),
    )
    .claim(choice);
    found.push(match meant {
        Some(meant) => finding
            .label(format!("did you mean `{meant}`?"))
            .remedy(Remedy::risky(Change::text(name, meant))),
        None => finding.label("not among `tools`"),
    });
}
