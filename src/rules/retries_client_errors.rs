//! `retries-client-errors`: what is refused for good is tried again.

use super::finding::Finding;
use super::{Basis, Fixes, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "retries-client-errors",
    severity: Severity::Warning,
    summary: "A request that was refused for good is sent again",
    docs: r#"
400, 401, 403 and 404 stay what they are however often the request is sent. To send it again costs time, and counts against
the limit of the whole account.

```yaml bad provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  retry_policy: {BadRequestErrorRetries: 5}
```

```yaml good provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  retry_policy: {BadRequestErrorRetries: 0, RateLimitErrorRetries: 4}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: Some(check_entry),
};

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(settings::told(&RULE, setup));
}
