//! `invalid-value`: a value is not one of those accepted. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "invalid-value",
    severity: Severity::Error,
    summary: "A value is not one of those accepted",
    docs: r#"
The field takes only the listed values, or only text of one form.

```json bad
{"model": "mimo-v2-pro", "messages": [{"role": "bot", "content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Both,
    check: None,
    check_entry: None,
};
