//! `batch-mixed-endpoints`: the lines of a batch file go to several endpoints.

use super::batch_file::Kinds;
use super::finding::Finding;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "batch-mixed-endpoints",
    severity: Severity::Error,
    summary: "The lines of a batch file go to several endpoints",
    docs: r#"
A batch file holds requests of one endpoint: all its lines have the same `url`. The first line of each
further endpoint is reported.

```jsonl bad provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}}
{"custom_id": "2", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-flash", "input": "Hi"}}
```

```jsonl good provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-flash", "input": "Hi"}}
{"custom_id": "2", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-flash", "input": "Well?"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};

/// The finding for a line whose endpoint is another than that of the lines before.
pub fn differs(endpoints: &mut Kinds, request: &Request<'_>) -> Option<Finding> {
    let (node, url) = request.text("url")?;
    // One that does not exist is told by the schema.
    if !request.provider?.endpoints.iter().any(|endpoint| endpoint.path == url) {
        return None;
    }
    let finding = endpoints.differs(&RULE, node, |url| {
        format!("this line goes to `{url}`, and a batch file holds requests of one endpoint")
    })?;
    Some(finding.label("another endpoint").help("make a file for each endpoint"))
}
