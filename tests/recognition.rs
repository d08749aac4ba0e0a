//! Requests that lack what they are known by, and headers in every form that files keep them in.

mod support;

use serde_json::{Value, json};
use support::Folder;

/// The rules that find something in `document`, and where.
fn found(name: &str, document: &Value) -> Vec<(String, String)> {
    let folder = Folder::with(&[(name, &format!("{document}\n"))]);
    let report = folder.check(&[name]).json();
    let text = |one: &Value, key: &str| one[key].as_str().expect("a text").to_owned();
    report["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .map(|one| (text(one, "rule"), text(one, "pointer")))
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(rule, at)| ((*rule).to_owned(), (*at).to_owned())).collect()
}

#[test]
fn a_misspelt_model_makes_a_request_all_the_same() {
    let request =
        json!({"modle": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]});
    for name in ["a.json", "a.jsonl"] {
        assert_eq!(found(name, &request), pairs(&[("unknown-field", "/modle")]), "{name}");
    }
    let training = json!({"mode": "chat", "messages": [{"role": "user", "content": "Hi"}]});
    assert_eq!(found("a.jsonl", &training), pairs(&[]));
}

#[test]
fn a_body_on_its_way_to_the_api_is_a_request_whatever_it_lacks() {
    let url = "https://api.xiaomimimo.com/v1/chat/completions";
    let sent = |body: Value| json!({"url": url, "method": "POST", "body": body});
    let lacking = pairs(&[("missing-field", "/body"), ("missing-field", "/body")]);
    assert_eq!(found("a.json", &sent(json!({"temperature": 1}))), lacking);
    assert_eq!(found("a.json", &sent(json!({"name": "a stub"}))), pairs(&[]));
}

#[test]
fn headers_are_read_in_every_form() {
    let sent = |headers: Value| {
        json!({
            "url": "https://api.xiaomimimo.com/v1/chat/completions",
            "headers": headers,
            "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}
        })
    };
    for (headers, at) in [
        (json!({"api-key": ""}), "/headers/api-key"),
        (json!({"Authorization": ["Bearer "]}), "/headers/Authorization/0"),
        (json!([{"name": "Authorization", "value": "Bearer "}]), "/headers/0/value"),
        (json!([{"key": "API-Key", "value": ""}]), "/headers/0/value"),
        (json!([["api-key", ""]]), "/headers/0/1"),
    ] {
        assert_eq!(
            found("a.json", &sent(headers.clone())),
            pairs(&[("empty-api-key", at)]),
            "{headers}"
        );
    }
    for headers in [
        json!([{"key": "api-key", "value": "", "disabled": true}]),
        json!([{"name": "Content-Type", "value": ""}]),
        json!({"api-key": "$MIMO_API_KEY"}),
    ] {
        assert_eq!(found("a.json", &sent(headers.clone())), pairs(&[]), "{headers}");
    }
}

#[test]
fn a_body_before_it_is_sent_has_no_holes_and_no_wrapper() {
    let linter = requestlint::Linter::builder().provider("xiaomi").today("2026-11-24").build();
    let linter = linter.expect("a linter");
    let rules = |body: &Value| -> Vec<_> {
        linter.check_value(body).diagnostics.iter().map(|one| one.rule).collect()
    };
    let messages = json!([{"role": "user", "content": "Hi"}]);
    assert_eq!(rules(&json!({"model": "${MODEL}", "messages": messages})), ["unknown-model"]);
    assert_eq!(rules(&json!([])), ["wrong-type"]);
    assert_eq!(rules(&json!({"model": "mimo-v2.6-pro", "messages": messages})), [""; 0]);
    let mimo = requestlint::Linter::builder().provider("mimo").build().expect("a linter");
    let report = mimo.check_value(&json!({"model": "mimo-v2-pro", "input": "Hi"}));
    assert!(report.skipped.is_some_and(|why| why.contains("no endpoint for responses")));
}

/// An answer is held to the API that was asked, whatever its shape is.
#[test]
fn the_request_beside_an_answer_says_whose_it_is() {
    let error =
        json!({"error": {"code": "not_found", "message": "No such model.", "type": "error"}});
    let provider = |exchange: &Value| {
        let folder = Folder::with(&[("mock.json", &exchange.to_string())]);
        let report = folder.check(&["mock.json"]).json();
        let text = |name: &str| {
            let document = &report["diagnostics"][0]["document"];
            document[name].as_str().unwrap_or_default().to_owned()
        };
        (text("provider"), text("request"))
    };
    let exchange = |request: Value| {
        let response = json!({"status": 404, "body": error});
        json!({"request": request, "response": response})
    };
    let held = |id: &str| (id.to_owned(), "/response/body".to_owned());
    let url = "https://api.xiaomimimo.com/v1/models";
    assert_eq!(provider(&exchange(json!({"url": url}))), held("xiaomi"));
    assert_eq!(provider(&exchange(json!(url))), held("xiaomi"));
    let others = "https://api.example.org/v1/chat/completions";
    assert_eq!(provider(&exchange(json!({"url": others}))), Default::default(), "nobody's");
    // It fits the API of its shape, so there is nothing to tell.
    assert_eq!(provider(&exchange(json!({"path": "/v1/models"}))), Default::default());
    let mut wrong = exchange(json!({"path": "/v1/models"}));
    wrong["response"]["status"] = json!(500);
    assert_eq!(provider(&wrong), held("mimo"), "by its shape alone");
}
