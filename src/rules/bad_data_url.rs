//! `bad-data-url`: media is neither a URL nor a data URL. Found by the JSON Schemas.

use super::{Basis, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "bad-data-url",
    severity: Severity::Error,
    summary: "Media is neither a URL nor a data URL",
    docs: r#"
Images, audio and video come as a public URL or as `data:<type>;base64,…`. Bare base64, a file path or
a data URL without its type is refused.

```json bad
{"model": "mimo-v2-omni", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"}}]}]}
```

```json good
{"model": "mimo-v2-omni", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"}}]}]}
```
"#,
    basis: Basis::Always,
    check: None,
};
