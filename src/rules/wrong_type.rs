//! `wrong-type`: a value is of the wrong JSON type. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    summary: "A value is of the wrong JSON type",
    docs: r#"
A number in quotes, one string where a list is wanted, a boolean where an object is.

```json bad
{"model": "mimo-v2-pro", "temperature": "0.5", "messages": [{"role": "user", "content": "Hi"}]}
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
