//! `model-not-in-plan`: the host does not serve this model.

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::knowledge::Model;

/// The rule.
pub static RULE: Rule = Rule {
    id: "model-not-in-plan",
    severity: Severity::Error,
    summary: "The host does not serve this model",
    docs: r#"
A Token Plan serves some models only, and batch inference fewer still. Elsewhere the model is fine.

```json bad provider=xiaomi
{"url": "https://token-plan-cn.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-pro-ultraspeed", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"url": "https://token-plan-cn.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Provider,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let (Some(provider), Some((node, model))) = (request.provider, request.live_model()) else {
        return;
    };
    let (served, place): (fn(&Model) -> Option<bool>, &str) = if request.in_batch {
        (|model| model.batch, "batch inference")
    } else if request.host_use() == Some("token-plan") {
        (|model| model.token_plan, "a Token Plan")
    } else {
        return;
    };
    if served(model) != Some(false) {
        return;
    }
    let able: Vec<&str> = provider
        .models
        .iter()
        .filter(|other| {
            served(other) == Some(true)
                && other.kind == model.kind
                && !other.has_ended(request.today)
        })
        .map(|other| other.id.as_str())
        .collect();
    let finding =
        Finding::new(&RULE, Place::value(node), format!("{place} does not serve `{}`", model.id))
            .label("not served here");
    found.push(if able.is_empty() {
        finding.help("send it to the pay-as-you-go host")
    } else {
        finding.help(format!("served: {}", able.join(", ")))
    });
}
