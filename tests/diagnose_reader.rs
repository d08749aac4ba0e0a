//! The reader of errors and the matcher of causes, as a library has them.

use proptest::prelude::*;

use requestlint::diagnose::{Form, RetryAfter, diagnose, read, recognise};
use requestlint::knowledge::{Catalog, causes};

/// A pattern of `causes.json` with its varying parts filled in.
fn example(pattern: &str) -> String {
    let mut filled = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let (_, behind) = after.split_once('}').expect("a closed part");
        filled.push_str(before);
        filled.push_str("zz7");
        rest = behind;
    }
    filled + rest
}

#[test]
fn what_the_api_answers_to_a_cause_leads_to_it() {
    let mut seen = 0;
    for cause in causes() {
        for answered in &cause.providers {
            let Some(provider) = Catalog::bundled().provider(&answered.id) else {
                panic!("{}: no provider {}", cause.cause, answered.id)
            };
            for pattern in &answered.answers {
                let code = answered.code.clone().unwrap_or(answered.status.to_string());
                let words = example(pattern);
                let bodies = [
                    serde_json::json!({"error": {"code": code, "message": "Param Incorrect", "param": words}}),
                    serde_json::json!({"error": {"code": code, "message": words}}),
                    serde_json::json!({"error": {"code": code, "message": "x", "param": format!("Request Error - {words}")}}),
                ];
                for body in bodies {
                    let error = read(&body.to_string()).expect("an error");
                    let found = diagnose(&error, provider, None, None).causes;
                    let at = found.iter().position(|one| one.cause == cause.cause);
                    let at =
                        at.unwrap_or_else(|| panic!("{body} does not lead to {}", cause.cause));
                    // Only causes that the API answers with the same words may go before it.
                    for before in &found[..at] {
                        let other = causes().iter().find(|one| one.cause == before.cause);
                        let answers = other
                            .iter()
                            .flat_map(|one| &one.providers)
                            .flat_map(|one| &one.answers);
                        assert!(
                            answers.into_iter().any(|other| other == pattern),
                            "{body} leads to {} before {}",
                            before.cause,
                            cause.cause
                        );
                    }
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 150, "only {seen} answers");
}

#[test]
fn every_answered_status_is_in_the_table_of_its_provider() {
    for cause in causes() {
        for answered in &cause.providers {
            let provider = Catalog::bundled().provider(&answered.id).expect("a provider");
            let listed = provider.errors.iter().any(|row| {
                row.status == answered.status
                    && answered.code.as_ref().is_none_or(|code| *code == row.code)
            });
            let taken = answered.status == 200;
            assert!(listed || taken, "{}: {answered:?} is not in the table", cause.cause);
        }
    }
}

#[test]
fn every_form_is_told_apart() {
    let object =
        r#"{"error": {"code": "400", "message": "Param Incorrect", "param": "x", "type": ""}}"#;
    let bare = r#"{"code": "400", "message": "Param Incorrect", "param": "x", "type": ""}"#;
    let forms = [
        (object.to_owned(), Form::Object),
        (format!("\u{feff}\n {object}"), Form::Object),
        (bare.to_owned(), Form::Object),
        (format!("data:{object}"), Form::Stream),
        (format!("event: error\ndata: {object}\n\ndata: [DONE]\n"), Form::Stream),
        (format!("HTTP/1.1 400 Bad Request\r\n\r\n{object}"), Form::Http),
        (format!("HTTP/1.1 100 Continue\n\nHTTP/2 400\nx: y\n\n{object}"), Form::Http),
        (format!("HTTP/1.1 200 OK\n\ndata:{object}\n\n"), Form::Http),
        (format!("ERROR 10:00 answer {object} in 3 s"), Form::Log),
        (format!("ERROR 10:00 answer {bare} in 3 s"), Form::Log),
        (format!("b'{object}'"), Form::Log),
        ("Error code: 400 - {'error': {'code': '400', 'message': 'Param Incorrect', 'param': None}}".to_owned(), Form::Sdk),
        ("<!DOCTYPE html><html><title>400 Bad Request</title>".to_owned(), Form::Page),
        ("400 Param Incorrect".to_owned(), Form::Text),
        ("the API answered: messages must not be empty".to_owned(), Form::Text),
    ];
    for (text, form) in forms {
        let error = read(&text).unwrap_or_else(|| panic!("no error in {text}"));
        assert_eq!((error.form, error.status), (form, Some(400)), "{text}");
    }
}

#[test]
fn what_clients_of_other_languages_print_is_read() {
    for text in [
        r#"ApiError(ApiError { message: "Param Incorrect", type: Some(""), param: Some("`text` is not set"), code: Some("400") })"#,
        "AI_APICallError: Param Incorrect {\n  statusCode: 400,\n  responseBody: '{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"`text` is not set\"}}',\n}",
        r#"level=ERROR msg="upstream" body="{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"`text` is not set\"}}""#,
        r#"API Error: 400 {"type":"error","error":{"type":"invalid_request_error","message":"`text` is not set"}}"#,
        r#"{"type":"error","error":{"type":"invalid_request_error","message":"`text` is not set"}}"#,
        "error, status code: 400, status: 400 Bad Request, message: `text` is not set",
        "com.openai.errors.BadRequestException: 400: `text` is not set",
    ] {
        let error = read(text).unwrap_or_else(|| panic!("no error in {text}"));
        assert_eq!(error.status, Some(400), "{text}");
        assert_eq!(error.reasons().next(), Some("`text` is not set"), "{text}");
    }
}

#[test]
fn what_is_no_error_is_none() {
    for text in [
        "",
        "{}",
        "[]",
        "error",
        r#"{"error": null}"#,
        r#"{"message": "hello", "level": "info"}"#,
        r#"{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "error"}]}"#,
        r#"{"choices": [{"message": {"role": "assistant", "content": "Hi"}}]}"#,
        "HTTP/1.1 200 OK\n\nToo many requests",
        "the variable `HOME` is not set",
        "data: {\"choices\": []}",
    ] {
        assert!(read(text).is_none(), "{text}: {:?}", read(text));
    }
}

#[test]
fn a_provider_is_recognised_by_code_host_or_words() {
    let whose = |text: &str| {
        let error = read(text).unwrap_or_else(|| panic!("no error in {text}"));
        recognise(&error).map(|found| found.provider.id.clone())
    };
    assert_eq!(
        whose(r#"{"error": {"code": "not_found", "message": "x"}}"#).as_deref(),
        Some("mimo")
    );
    assert_eq!(whose(r#"{"error": {"code": "404", "message": "x"}}"#).as_deref(), Some("xiaomi"));
    // A number is what gateways write.
    assert_eq!(whose(r#"{"error": {"code": 404, "message": "x"}}"#), None);
    assert_eq!(whose("POST https://api.mimo-v2.com/v1/x: HTTP 404").as_deref(), Some("mimo"));
    assert_eq!(whose("POST https://api.mimo-v2.community/v1/x: HTTP 404"), None);
    assert_eq!(whose("BadRequestError: 400 Param Incorrect").as_deref(), Some("xiaomi"));
    assert_eq!(whose("HTTP 404"), None);
}

#[test]
fn the_status_goes_before_the_code_and_the_code_finds_the_status() {
    let status = |text: &str| read(text).expect("an error").status;
    let moderated = r#"{"error": {"code": "421", "message": "Moderation Block"}}"#;
    assert_eq!(status(moderated), Some(400), "the way in which it arrives");
    assert_eq!(status(&format!("HTTP/2 421\n\n{moderated}")), Some(421));
    assert_eq!(status(r#"{"error": {"code": "internal_error", "message": "x"}}"#), Some(500));
    assert_eq!(status(r#"{"error": {"code": 418, "message": "x"}}"#), Some(418));
    assert_eq!(status(r#"{"error": {"message": "x"}}"#), None);
}

#[test]
fn a_wait_is_read_in_every_form() {
    let after = |text: &str| read(text).expect("an error").retry_after;
    let body = r#"{"error": {"code": "429", "message": "Too many requests"}}"#;
    assert_eq!(
        after(&format!("HTTP/2 429\nretry-after: 9\n\n{body}")),
        Some(RetryAfter::Seconds(9))
    );
    assert_eq!(
        after(&format!("headers={{'retry-after': '9'}} body={body}")),
        Some(RetryAfter::Seconds(9))
    );
    assert_eq!(after(body), None);
}

#[test]
fn a_cut_object_is_read_as_far_as_it_goes() {
    let whole = r#"ERROR {"error": {"code": "400", "message": "Param Incorrect", "param": "messages must not be empty"}}"#;
    let error = read(&whole[..whole.len() - 8]).expect("an error");
    assert_eq!(error.code.as_deref(), Some("400"));
    assert_eq!(error.param.as_deref(), Some("messages must not be "));
}

/// Long texts that a reader could look at over and over. One that did would not come back in a day.
#[test]
fn a_long_text_is_read_once() {
    let object = r#"{"error": {"code": "400", "message": "the last"}}"#;
    for text in [
        "{\"error\":".repeat(50_000),
        "{'error': '".repeat(30_000),
        "\\\"{\"message\": ".repeat(30_000),
        "x".repeat(2_000_000),
        "data: {\"error\n".repeat(30_000),
        "HTTP/1.1 400 x\n".repeat(50_000),
    ] {
        let error = read(&format!("{text}\n\n {object}")).expect("an error");
        assert_eq!(error.status, Some(400), "{}", &text[..20]);
    }
    let many = format!("{object}\n").repeat(20_000) + &object.replace("the last", "the very last");
    let error = read(&many).expect("an error");
    assert_eq!((error.message.as_deref(), error.others), (Some("the very last"), 1));
}

/// Pieces that errors are made of, and what breaks them.
const PIECES: [&str; 28] = [
    "{",
    "}",
    "[",
    "]",
    "\"error\"",
    "'error': ",
    ": ",
    "\"code\": \"400\"",
    "\"message\":",
    "\"Param Incorrect\"",
    "\"param\": ",
    "\"`text` is not set\"",
    ",",
    "data:",
    "\n",
    "\r\n",
    "HTTP/1.1 400 Bad Request",
    "HTTP/2 429 ",
    "Retry-After: ",
    "30",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "<html><title>",
    "404 Not Found",
    "</title>",
    "Error code: 400 - ",
    "\\\"",
    "\\",
    "é😀",
];

proptest! {
    #[test]
    fn no_text_is_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Some(error) = read(&text) {
            let provider = Catalog::bundled().provider("mimo").expect("a provider");
            let _ = diagnose(&error, provider, None, Some(0));
        }
    }

    #[test]
    fn no_heap_of_pieces_is_too_strange(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = pieces.iter().map(|&at| PIECES[at]).collect();
        for provider in Catalog::bundled().providers() {
            if let Some(error) = read(&text) {
                let found = diagnose(&error, provider, None, None);
                prop_assert!(found.retry.after_seconds.is_none() || found.retry.retryable);
            }
        }
    }
}
