//! `client-setting`: a setting by which a tool sends what is refused.

use super::finding::Finding;
use super::{Basis, Fixes, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "client-setting",
    severity: Severity::Warning,
    summary: "A setting makes the tool send what the API refuses",
    docs: r#"
The tool builds the requests, and a setting of its decides whether they are taken: whether it passes reasoning back, which
of the API's protocols it speaks, which tools it adds, and how it wants a model's id to be
written. The help names the symptom that the setting prevents.

```jsonc bad provider=xiaomi file=.vscode/settings.json
{"oaicopilot.models": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1"}]}
```

```jsonc good provider=xiaomi file=.vscode/settings.json
{"oaicopilot.models": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "include_reasoning_in_request": true}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: None,
    check_entry: Some(check_entry),
};

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(settings::told(&RULE, setup));
}
