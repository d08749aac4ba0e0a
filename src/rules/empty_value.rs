//! `empty-value`: a field that must say something is empty. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "empty-value",
    severity: Severity::Error,
    summary: "A field that must say something is empty",
    docs: r#"
An empty text where the API needs one, or a null that some versions of the API refuse (the latter a
warning).

```json bad
{"model": "", "messages": [{"role": "user", "content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Safe,
    check: None,
    check_entry: None,
};
