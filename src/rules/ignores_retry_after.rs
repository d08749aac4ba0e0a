//! `ignores-retry-after`: the pause that the API asks for is not kept.

use super::finding::Finding;
use super::{Basis, Fixes, Rule, Setup, settings};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "ignores-retry-after",
    severity: Severity::Info,
    summary: "The pause that the API asks for is not kept",
    docs: r#"
With 429 and 503 the API may say in `Retry-After` how long to wait. A client that waits for less is refused again.

```toml bad provider=xiaomi file=config.toml
[mimo]
base_url = "https://api.xiaomimimo.com/v1"
respect_retry_after = false
```

```toml good provider=xiaomi file=config.toml
[mimo]
base_url = "https://api.xiaomimimo.com/v1"
respect_retry_after = true
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
