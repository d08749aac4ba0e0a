//! `no-backoff`: tries without a pause.

use super::finding::Finding;
use super::{Basis, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "no-backoff",
    severity: Severity::Warning,
    summary: "Requests are sent again without a pause",
    docs: r#"
After 429, 500 and 503 the API asks for a pause that grows. Tries without one keep the limit exhausted.

```yaml bad provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  num_retries: 3
  retry_after: 0
```

```yaml good provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  num_retries: 3
  retry_after: 5
```
"#,
    basis: Basis::Always,
    check: None,
    check_entry: Some(check_entry),
};

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(settings::told(&RULE, setup));
}
