//! `stream-options-without-stream`: stream options are given, and nothing is streamed.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::fix::{Change, Remedy};

/// The rule.
pub static RULE: Rule = Rule {
    id: "stream-options-without-stream",
    severity: Severity::Warning,
    summary: "Stream options are given, and nothing is streamed",
    docs: r#"
`stream_options` says how a stream is written. Without `"stream": true` there is none.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "stream_options": {"include_usage": true}, "messages": [{"role": "user", "content": "Hi"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "stream": true, "stream_options": {"include_usage": true}, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(options) = request.root.member("stream_options") else { return };
    if options.value.is_null() || options.value.is_hole() {
        return;
    }
    let stream = request.root.get("stream");
    let streams = stream.is_some_and(|stream| {
        stream.is_hole() || stream.as_bool() != Some(false) && !stream.is_null()
    });
    if !streams {
        found.push(
            Finding::new(&RULE, Place::key(&options), "`stream_options` without a stream")
                .label("nothing is streamed")
                .help("add \"stream\": true, or leave it out")
                .remedy(Remedy::risky(Change::remove(options.value)))
                .not_refused(),
        );
    }
}
