//! `conflicting-max-tokens`: two limits for the output differ.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};
use crate::knowledge::DocumentKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "conflicting-max-tokens",
    severity: Severity::Warning,
    summary: "Two limits for the output differ",
    docs: r#"
`max_tokens` and `max_completion_tokens` mean the same. Where both are sent with different numbers, one of
them is not what happens.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "max_tokens": 1024, "max_completion_tokens": 4096, "messages": [{"role": "user", "content": "Hi"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "max_completion_tokens": 4096, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    // The other protocols know one of the two alone.
    if *request.kind != DocumentKind::ChatCompletions {
        return;
    }
    let (Some(old), Some(new)) =
        (request.root.member("max_tokens"), request.root.get("max_completion_tokens"))
    else {
        return;
    };
    let (Some(one), Some(other)) = (old.value.as_f64(), new.as_f64()) else { return };
    if (one - other).abs() > f64::EPSILON {
        found.push(
            Finding::new(&RULE, Place::value(old.value), "two limits for the output differ")
                .label("this says one thing")
                .related(new, "this another")
                .help("keep `max_completion_tokens`")
                .remedy(Remedy::risky(Change::remove(old.value)))
                .not_refused(),
        );
    }
}
