//! `batch-custom-id`: a batch line has no custom_id. Found by the JSON Schemas.

use super::{Basis, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "batch-custom-id",
    severity: Severity::Error,
    summary: "A batch line has no custom_id",
    docs: r#"
Each line of a batch file names itself by `custom_id`; the answers come back in any order and are found
by it.

```jsonl bad provider=xiaomi
{"method": "POST", "url": "/v1/chat/completions", "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```

```jsonl good provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Always,
    check: None,
};
