//! `media-in-tool-message`: a tool message holds an image, audio or video. Found by the JSON Schemas.

use super::{Basis, Fixes, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "media-in-tool-message",
    severity: Severity::Error,
    summary: "A tool message holds an image, audio or video",
    docs: r#"
A tool message takes text only. Put the text there, and the picture into a user message that follows.

```json bad provider=xiaomi
{"model": "mimo-v2.6-flash", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Take a screenshot."},
  {"role": "assistant", "content": "Done.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "shoot", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": [
    {"type": "text", "text": "taken"},
    {"type": "image_url", "image_url": {"url": "https://example.com/shot.png"}}]}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-flash", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Take a screenshot."},
  {"role": "assistant", "content": "Done.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "shoot", "arguments": "{}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "taken"},
  {"role": "user", "content": [
    {"type": "text", "text": "The screenshot:"},
    {"type": "image_url", "image_url": {"url": "https://example.com/shot.png"}}]}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};
