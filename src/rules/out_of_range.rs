//! `out-of-range`: a number is outside the accepted range. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "out-of-range",
    severity: Severity::Error,
    summary: "A number is outside the accepted range",
    docs: r#"
Each provider has ranges of its own; `requestlint explain chat-completions.temperature` shows those of a
field.

```json bad
{"model": "mimo-v2-pro", "temperature": 2.5, "messages": [{"role": "user", "content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "temperature": 1.5, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: None,
    check_entry: None,
};
