//! `unbounded-retries`: tries without end.

use super::finding::Finding;
use super::{Basis, Fixes, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unbounded-retries",
    severity: Severity::Warning,
    summary: "A request is sent again without end",
    docs: r#"
A few tries outlast a busy moment; after these the cause is another. Tries without end hide it, and multiply the load.

```yaml bad provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  num_retries: 100
```

```yaml good provider=xiaomi file=config.yaml
model_list:
  - model_name: mimo
    litellm_params: {model: openai/mimo-v2.6-pro, api_base: https://api.xiaomimimo.com/v1}
router_settings:
  num_retries: 5
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
