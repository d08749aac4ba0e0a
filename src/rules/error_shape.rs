//! `error-shape`: an error response has not the shape that the API answers with. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "error-shape",
    severity: Severity::Error,
    summary: "An error response has not the shape that the API answers with",
    docs: r#"
Mocks of the API in tests should answer as the API does: at `mimo`, an `error` object with `code`,
`message` and `type`, of which `type` is always `error` and `code` one of the table's.

```json bad
{"error": {"code": "not_found", "message": "No such model.", "type": "invalid"}}
```

```json good
{"error": {"code": "not_found", "message": "No such model.", "type": "error"}}
```
"#,
    basis: Basis::Answer,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};
