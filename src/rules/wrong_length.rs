//! `wrong-length`: a list or a text is too short or too long. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-length",
    severity: Severity::Error,
    summary: "A list or a text is too short or too long",
    docs: r#"
A conversation holds at least one message, `stop` at most four sequences (at `xiaomi`), a function's name
at most 64 characters.

```json bad
{"model": "mimo-v2-pro", "messages": []}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};
