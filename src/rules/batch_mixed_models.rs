//! `batch-mixed-models`: the lines of a batch file ask for several models.

use super::batch_file::Kinds;
use super::finding::Finding;
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "batch-mixed-models",
    severity: Severity::Warning,
    summary: "The lines of a batch file ask for several models",
    docs: r#"
The documentation of batch inference asks for one endpoint a file and says nothing of models. Whether a file that
mixes them passes is not known, so it is a warning. The first line of each further model is reported.

```jsonl bad provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-flash", "input": "Hi"}}
{"custom_id": "2", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-pro", "input": "Hi"}}
```

```jsonl good provider=xiaomi
{"custom_id": "1", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-pro", "input": "Hi"}}
{"custom_id": "2", "method": "POST", "url": "/v1/responses", "body": {"model": "mimo-v2.6-pro", "input": "Well?"}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};

/// The finding for a line whose model is another than that of the lines before.
pub fn differs(models: &mut Kinds, request: &Request<'_>) -> Option<Finding> {
    let node = request.root.get("body")?.get("model")?;
    // What is no model, has ended or is not served in a batch is told by the rules on that.
    let model = request.provider?.model(&known_text(node)?)?;
    if !model.is_listed() || model.has_ended(request.today) || model.batch == Some(false) {
        return None;
    }
    let finding = models.differs(&RULE, node, |id| {
        format!("this line asks for `{id}`, and the lines before for another model")
    })?;
    Some(finding.label("another model").help("make a file for each model").not_refused())
}
