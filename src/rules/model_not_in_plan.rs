//! `model-not-in-plan`: the host does not serve this model.

use super::finding::Finding;
use super::model_use::ModelUse;
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::knowledge::Model;

/// The rule.
pub static RULE: Rule = Rule {
    id: "model-not-in-plan",
    severity: Severity::Error,
    summary: "The host does not serve this model",
    docs: r#"
A Token Plan serves some models only, and batch inference fewer still. Elsewhere the model is fine. In a tool's settings
the base URL says which host it is for.

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
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let (served, place): (Served, &str) = if request.in_batch {
        (|model| model.batch, "batch inference")
    } else if request.host_use() == Some("token-plan") {
        (|model| model.token_plan, "a Token Plan")
    } else {
        return;
    };
    if request.live_model().is_some() {
        let named = ModelUse::of_request(request);
        found.extend(named.and_then(|named| judge(&named, served, place)));
    }
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let (served, place): (Served, &str) = match setup.host_use() {
        Some("token-plan") => (|model| model.token_plan, "a Token Plan"),
        // A tool that sends chats there has the wrong host, and its model is right at another.
        Some("batch") if setup.entry.data().appends.is_empty() => {
            (|model| model.batch, "batch inference")
        }
        _ => return,
    };
    let named = ModelUse::of_setup_once(setup);
    found.extend(named.iter().filter_map(|named| judge(named, served, place)));
}

type Served = fn(&Model) -> Option<bool>;

fn judge(named: &ModelUse<'_>, served: Served, place: &str) -> Option<Finding> {
    let model = named.live()?;
    if served(model) != Some(false) {
        return None;
    }
    let able: Vec<&str> = named
        .provider
        .models
        .iter()
        .filter(|other| {
            served(other) == Some(true) && other.kind == model.kind && !other.has_ended(named.today)
        })
        .map(|other| other.id.as_str())
        .collect();
    let finding =
        Finding::new(&RULE, named.place, format!("{place} does not serve `{}`", model.id))
            .label("not served here");
    Some(if able.is_empty() {
        finding.help("send it to the pay-as-you-go host")
    } else {
        finding.help(format!("served: {}", able.join(", ")))
    })
}
