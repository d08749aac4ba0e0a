//! `batch-custom-id`: a batch line has no `custom_id`, which the JSON Schemas find, or that of another
//! line.

use std::collections::HashMap;

use super::finding::{Finding, Place, RelatedPlace};
use super::request::Request;
use super::{Basis, Fixes, Rule};
use crate::diagnostic::{Severity, Span};

/// The rule.
pub static RULE: Rule = Rule {
    id: "batch-custom-id",
    severity: Severity::Error,
    summary: "A batch line has no custom_id, or that of another line",
    docs: r#"
Each line of a batch file names itself by `custom_id`, by which its answer is found. That two lines must
not have the same is no documented rule, so a repeated one is a warning: their answers cannot be told
apart.

```jsonl bad provider=xiaomi
{"method": "POST", "url": "/v1/chat/completions", "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```

```jsonl good provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};

/// The finding for a line whose `custom_id` stands in an earlier line of its file; `seen` are those so far.
pub fn repeated(seen: &mut HashMap<String, Span>, request: &Request<'_>) -> Option<Finding> {
    let (node, id) = request.text("custom_id")?;
    if let Some(first) = seen.get(id.as_ref()) {
        let message =
            format!("two lines have the `custom_id` `{}`", super::mask(&super::shown(&id)));
        let mut finding = Finding::new(&RULE, Place::value(node), message)
            .severity(Severity::Warning)
            .not_refused()
            .label("the same again")
            .help("the answers are told apart by it: give each line its own");
        finding.related.push(RelatedPlace { span: *first, message: "first here".to_owned() });
        return Some(finding);
    }
    seen.insert(id.into_owned(), node.span());
    None
}
