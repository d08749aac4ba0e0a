//! `unknown-field`: a field that the API does not know. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Warning,
    summary: "A field that the API does not know",
    docs: r#"
Mostly a slip of the pen, or a parameter of another vendor. The API ignores most unknown fields, so
what they should do does not happen, and some hosts refuse them. Where the slip makes a required field
missing, it is an error.

```json bad
{"model": "mimo-v2-pro", "temprature": 0.5, "messages": [{"role": "user", "content": "Hi"}]}
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
