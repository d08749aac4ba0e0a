//! `no-backoff`: tries without a pause.

use super::finding::Finding;
use super::{Basis, Fixes, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "no-backoff",
    severity: Severity::Warning,
    summary: "Requests are sent again without a pause",
    docs: r#"
After 429, 500 and 503 the API asks for a pause that grows. Tries without one keep the limit exhausted.

```toml bad provider=xiaomi file=config.toml
[mimo]
base_url = "https://api.xiaomimimo.com/v1"
max_retries = 3
retry_delay = 0
```

```toml good provider=xiaomi file=config.toml
[mimo]
base_url = "https://api.xiaomimimo.com/v1"
max_retries = 3
retry_delay = 2.0
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
