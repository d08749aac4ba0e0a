//! Answers of the API that tests keep: which status belongs to them, and that nothing is predicted.

use requestlint::{ConfigSource, Linter};

fn found(text: &str) -> Vec<requestlint::Diagnostic> {
    let linter = Linter::builder().config(ConfigSource::None).today("2026-11-24").build();
    linter.expect("a linter with a day").check_text("mock.json", text).diagnostics
}

const ERROR: &str =
    r#"{"error": {"code": "not_found", "message": "No such model.", "type": "error"}}"#;

#[test]
fn the_status_beside_an_answer_is_its_own() {
    for wrapped in [
        format!(r#"{{"status": 400, "body": {ERROR}}}"#),
        format!(r#"{{"response": {{"statusCode": 503, "body": {ERROR}}}}}"#),
        format!(r#"{{"status_code": 500, "response": {{"data": {ERROR}}}}}"#),
        format!(r#"[{{"http_status": 401, "json": {ERROR}}}]"#),
        format!(r#"{{"status": 401, {}"#, &ERROR[1..]),
    ] {
        let rules: Vec<_> = found(&wrapped).iter().map(|one| one.rule).collect();
        assert_eq!(rules, ["error-code-status"], "{wrapped}");
    }
}

#[test]
fn another_status_says_nothing_of_it() {
    for wrapped in [
        format!(r#"{{"status": 404, "body": {ERROR}}}"#),
        // Of something else than the answer.
        format!(r#"{{"status": 200, "log": {{"body": {ERROR}}}}}"#),
        format!(r#"{{"status": 200, "body": {{"attempts": {{"first": {ERROR}}}}}}}"#),
        // No HTTP status.
        format!(r#"{{"status": 1, "body": {ERROR}}}"#),
        format!(r#"{{"status": "failed", "body": {ERROR}}}"#),
        format!(r#"{{"status": "${{STATUS}}", "body": {ERROR}}}"#),
    ] {
        let found = found(&wrapped);
        assert!(found.is_empty(), "{wrapped}: {found:?}");
    }
}

#[test]
fn nothing_is_predicted_for_what_is_not_sent() {
    let found = found(
        r#"{"status": 400, "body": {"error":
            {"code": "not_found", "code": "not_found", "message": "No.", "type": "error", "param": 1}}}"#,
    );
    let mut rules: Vec<_> = found.iter().map(|one| one.rule).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["duplicate-key", "error-code-status", "error-shape"]);
    assert!(found.iter().all(|one| one.predicts.is_none()), "{found:?}");
}
