//! `requestlint diagnose`: every form that an error comes in.

mod support;

use serde_json::json;
use support::{param, told, told_as_json};

/// A key of the documented length, made up.
const KEY: &str = "sk-c0ffeefacade0123456789deadbeefc0ffeefacade012345";

// The forms

#[test]
fn the_error_of_the_default_api() {
    let text = r#"{"error":{"code":"authentication_failed","message":"Invalid API Key provided.","type":"error"}}"#;
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn the_reason_in_param() {
    let text = param("The reasoning_content in the thinking mode must be passed back to the API.");
    insta::assert_snapshot!(told(&text, &[]));
}

#[test]
fn server_sent_events() {
    let text = "data: {\"id\": \"1\", \"choices\": [{\"delta\": {\"content\": \"Hi\"}}]}\n\nevent: error\ndata:{\"error\":{\"code\":\"429\",\"message\":\"Too many requests\",\"type\":\"limitation\"}}\n\n";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn one_event_over_several_lines() {
    let text = "data: {\"error\": {\ndata:   \"code\": \"400\",\ndata:   \"message\": \"Invalid JSON in request body\"\ndata: }}\n\n";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn a_raw_response_that_asks_to_wait() {
    let text = format!(
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 30\r\nAuthorization: Bearer {KEY}\r\n\r\n{{\"error\":{{\"code\":\"rate_limit_exceeded\",\"message\":\"Rate limit exceeded\",\"type\":\"error\"}}}}"
    );
    insta::assert_snapshot!(told(&text, &[]));
}

#[test]
fn a_response_of_http_2_that_names_a_date() {
    let text = "HTTP/2 503\ndate: Tue, 24 Nov 2026 10:00:00 GMT\nretry-after: Tue, 24 Nov 2026 10:02:00 GMT\n\n{\"error\":{\"code\":\"service_unavailable\",\"message\":\"Try later\",\"type\":\"error\"}}\n";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn what_curl_v_prints() {
    let text = format!(
        "* Connected to api.xiaomimimo.com\n> POST /v1/chat/completions HTTP/2\n> Authorization: Bearer {KEY}\n> \n< HTTP/2 401 \n< content-type: application/json\n< \n{{\"error\":{{\"message\":\"Invalid API Key\",\"param\":\"Please provide valid API Key\",\"code\":\"401\",\"type\":\"invalid_key\"}}}}"
    );
    insta::assert_snapshot!(told(&text, &[]));
}

#[test]
fn the_page_of_a_proxy() {
    let text = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n";
    insta::assert_snapshot!(told(text, &[]));
    let text = format!("HTTP/1.1 404 Not Found\nServer: openresty\n\n{text}");
    insta::assert_snapshot!(told(&text, &["--format", "short"]));
}

#[test]
fn the_text_of_the_python_sdk() {
    let text = "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nopenai.BadRequestError: Error code: 400 - {'error': {'code': '400', 'message': 'Param Incorrect', 'param': \"messages[1].role must be either 'user' or 'assistant', but got 'system'\", 'type': None}}\n";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn the_text_of_the_node_sdk() {
    let text = "BadRequestError: 400 Unsupported model mimo-v2.5-prod\n    at APIError.generate (file:///srv/node_modules/openai/error.mjs:41:20)\n";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn what_node_prints_of_an_object() {
    let text = "error: {\n    code: '404',\n    message: 'No endpoints found that support image input',\n    param: '',\n    type: ''\n  },\n  status: 404\n}";
    insta::assert_snapshot!(told(text, &[]));
}

#[test]
fn json_within_a_string_of_a_log() {
    let body = r#"{"error":{"code":"421","message":"Moderation Block","param":"The request was rejected because it was considered high risk","type":"content_filter"}}"#;
    let line = json!({"level": "error", "msg": "call failed", "status": 400, "body": body});
    insta::assert_snapshot!(told(&line.to_string(), &[]));
    // The same through a logger that quotes the line once more, and inside plain text.
    for text in [
        json!({"log": line.to_string()}).to_string(),
        format!("ts=2026-11-24 level=error line={}", json!(line.to_string())),
    ] {
        let report = told_as_json(&text, &[]);
        assert_eq!(report["error"]["code"], "421", "{text}: {report:#}");
        assert_eq!(report["error"]["status"], 400);
        assert_eq!(report["causes"][0]["cause"], "moderated content");
    }
}

#[test]
fn several_lines_of_a_log() {
    let text = format!(
        "10:00:01 WARN try 1: {{\"error\":{{\"code\":\"429\",\"message\":\"Too many requests\",\"type\":\"limitation\"}}}}\n10:00:02 INFO ok\n10:00:03 ERROR try 2: {}\n10:00:04 INFO done\n",
        param("messages must not be empty")
    );
    insta::assert_snapshot!(told(&text, &[]));
}

#[test]
fn known_words_alone() {
    insta::assert_snapshot!(told(
        "It says: web search tool found in the request body, but webSearchEnabled is false. Why?",
        &[]
    ));
}

#[test]
fn a_status_alone() {
    insta::assert_snapshot!(told("AxiosError: Request failed with status code 503\n", &[]));
}

#[test]
fn general_words_alone_give_the_surest_causes_first() {
    let text = told("BadRequestError: 400 Param Incorrect", &[]);
    insta::assert_snapshot!(text);
    let report = told_as_json("BadRequestError: 400 Param Incorrect", &[]);
    assert!(report["causes"].as_array().expect("causes").len() > 40, "{report:#}");
}

#[test]
fn a_status_that_no_table_has() {
    insta::assert_snapshot!(told("HTTP/1.1 502 Bad Gateway\n\nupstream reset\n", &[]));
}

#[test]
fn an_error_that_a_gateway_wrapped() {
    let inner = param("tools contains duplicate names: search");
    let text = json!({"error": {"message": format!("litellm.BadRequestError: OpenAIException - {inner}"), "code": 400, "type": null}});
    let report = told_as_json(&text.to_string(), &[]);
    assert_eq!(report["error"]["provider"], "xiaomi");
    assert_eq!(report["causes"][0]["rule"], "duplicate-tool-name");
}
