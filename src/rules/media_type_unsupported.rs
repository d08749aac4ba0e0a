//! `media-type-unsupported`: media is of a type that the API does not read. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "media-type-unsupported",
    severity: Severity::Error,
    summary: "Media is of a type that the API does not read",
    docs: r#"
Images are JPEG, PNG, GIF, WebP or BMP; audio is MP3, WAV, FLAC, M4A or OGG; video is MP4, MOV, AVI or
WMV. The type in a data URL says which.

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "data:image/svg+xml;base64,PHN2Zy8+"}}]}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": [
  {"type": "text", "text": "What is this?"},
  {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="}}]}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};
