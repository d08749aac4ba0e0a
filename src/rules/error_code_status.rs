//! `error-code-status`: an error response whose code never comes with the status beside it.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::knowledge::{DocumentKind, ErrorCode};

/// The rule.
pub static RULE: Rule = Rule {
    id: "error-code-status",
    severity: Severity::Error,
    summary: "An error response has a code that never comes with its status",
    docs: r#"
Mocks of the API in tests often hold the HTTP status beside the body: as `status`, `statusCode`,
`status_code` or `http_status`. Each code of the error table comes with one status; at `xiaomi` the code is
the status itself in quotes, but for `421`, `441` and `responses_feature_not_supported`, which come with 400
(`421` is documented with its own status too). Code that is tested with another pair retries what is refused for good, or gives up what would pass later.

Beside a status below 400 it is a warning: an error in a stream comes after a 200.

```json bad
{"status": 404, "body": {"error": {"code": "invalid_request", "message": "No such model.", "type": "error"}}}
```

```json good
{"status": 404, "body": {"error": {"code": "not_found", "message": "No such model.", "type": "error"}}}
```

```json bad provider=xiaomi
{"response": {"statusCode": 441, "body": {"error": {"code": "441", "message": "Blocked.", "type": "risk_control"}}}}
```

```json good provider=xiaomi
{"response": {"statusCode": 400, "body": {"error": {"code": "441", "message": "Blocked.", "type": "risk_control"}}}}
```
"#,
    basis: Basis::Answer,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let (Some(provider), Some(beside)) = (request.provider, request.status) else {
        return;
    };
    let Some(status) = beside.number_text().and_then(|text| text.parse::<u16>().ok()) else {
        return;
    };
    let code = request.root.get("error").and_then(|error| error.get("code"));
    let Some((node, code)) = code.and_then(|node| Some((node, known_text(node)?))) else { return };
    if *request.kind != DocumentKind::ErrorResponse {
        return;
    }
    // A code that is in no row is another rule's matter.
    let rows: Vec<&ErrorCode> = provider.errors.iter().filter(|row| row.code == code).collect();
    if rows.is_empty() || rows.iter().any(|row| row.status == status) {
        return;
    }
    let certain = status >= 400 && rows.iter().all(|row| row.confidence.is_firm());
    let its = listed(rows.iter().map(|row| row.status.to_string()));
    let mut finding = Finding::new(
        &RULE,
        Place::value(node),
        format!("the code `{}` never comes with status {status}", super::shown(&code)),
    )
    .severity(if certain { Severity::Error } else { Severity::Warning })
    .label(format!("comes with {its}"))
    .related(beside, "the status beside it");
    let fitting: Vec<String> = provider
        .errors
        .iter()
        .filter(|row| row.status == status)
        .map(|row| format!("`{}`", row.code))
        .collect();
    finding.help = Some(if fitting.is_empty() {
        format!("no error comes with {status}: the status should be {its}")
    } else {
        format!("what comes with {status} is {}", listed(fitting.into_iter()))
    });
    found.push(finding);
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(" or ")
}
