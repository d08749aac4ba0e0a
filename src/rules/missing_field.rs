//! `missing-field`: a required field is missing. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "missing-field",
    severity: Severity::Error,
    summary: "A required field is missing",
    docs: r#"
The finding stands at the opening brace of the object that lacks the field.

```json bad
{"model": "mimo-v2-pro", "temperature": 0.5, "messages": [{"content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "temperature": 0.5, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Both,
    check: None,
    check_entry: None,
};
