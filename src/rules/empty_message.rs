//! `empty-message`: an assistant turn says nothing and calls nothing. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "empty-message",
    severity: Severity::Error,
    summary: "An assistant turn says nothing and calls nothing",
    docs: r#"
An assistant message carries `content`, reasoning or tool calls; an empty string counts as none. Clients
that store a turn which was broken off send such messages back, and the whole conversation is refused.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hello!"},
  {"role": "assistant", "content": ""}, {"role": "user", "content": "Are you there?"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hello!"},
  {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Are you there?"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};
