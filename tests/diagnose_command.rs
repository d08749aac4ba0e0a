//! `requestlint diagnose` with the request that caused the error; its outputs; what can go wrong.

mod support;

use serde_json::{Value, json};
use support::{BAD, DAY, Folder, GOOD, diagnose, param, told, told_as_json};

/// A key of the documented length, made up.
const KEY: &str = "sk-c0ffeefacade0123456789deadbeefc0ffeefacade012345";

/// A picture in a tool message.
const SCREENSHOT: &str = r#"{
  "model": "mimo-v2.6-pro",
  "thinking": {"type": "disabled"},
  "messages": [
    {"role": "user", "content": "What is on my screen?"},
    {"role": "assistant", "content": "", "tool_calls": [
      {"id": "call_1", "type": "function", "function": {"name": "shot", "arguments": "{}"}}
    ]},
    {"role": "tool", "tool_call_id": "call_1", "content": [
      {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
    ]}
  ]
}
"#;

// With the request

#[test]
fn the_finding_that_explains_the_error_comes_first() {
    let folder = Folder::with(&[("body.json", SCREENSHOT)]);
    let text = param("`text` is not set");
    insta::assert_snapshot!(diagnose(&folder, &text, &["--request", "body.json"]).exits(0).stdout);
}

#[test]
fn a_request_that_shows_nothing() {
    let folder = Folder::with(&[("body.json", GOOD)]);
    let text = r#"{"error":{"code":"400","message":"Param Incorrect","param":"","type":""}}"#;
    insta::assert_snapshot!(diagnose(&folder, text, &["--request", "body.json"]).exits(0).stdout);
}

#[test]
fn findings_of_another_status_come_under_their_own_heading() {
    let folder = Folder::with(&[("body.json", BAD)]);
    let text = r#"{"error":{"message":"Invalid API Key","param":"Please provide valid API Key","code":"401","type":"invalid_key"}}"#;
    insta::assert_snapshot!(diagnose(&folder, text, &["--request", "body.json"]).exits(0).stdout);
}

#[test]
fn a_finding_that_no_known_cause_names_is_a_cause_itself() {
    let body = GOOD.replace("\"messages\"", "\"top_p\": 7, \"messages\"");
    let folder = Folder::with(&[("body.json", &body)]);
    let text = r#"{"error":{"code":"400","message":"Param Incorrect","param":"","type":""}}"#;
    let arguments = ["--request", "body.json", "--format", "json"];
    let report = diagnose(&folder, text, &arguments).exits(0).json();
    let first = &report["causes"][0];
    assert_eq!((&first["rule"], &first["diagnostics"]), (&json!("out-of-range"), &json!([0])));
    assert_eq!(first["cause"], "a number is outside the accepted range");
    assert_eq!(first["fix"], Value::Null);
}

#[test]
fn a_request_is_held_to_whose_error_it_is() {
    // Without the error, the model alone would make it a request to the other API.
    let body = GOOD.replace("mimo-v2.6-pro", "mimo-v2-omni");
    let folder = Folder::with(&[("body.json", &body)]);
    let text = r#"{"error":{"code":"400","message":"Not supported model mimo-v2-omni","param":"Param Incorrect"}}"#;
    let arguments = ["--request", "body.json", "--format", "json"];
    let report = diagnose(&folder, text, &arguments).exits(0).json();
    assert_eq!(report["causes"][0]["rule"], "deprecated-model", "{report:#}");
    assert_eq!(report["diagnostics"][0]["document"]["provider"], "xiaomi");
    // Where the error does not say whose it is, the request does.
    let text = "HTTP 400";
    let folder = Folder::with(&[("body.json", BAD)]);
    let report = diagnose(&folder, text, &arguments).exits(0).json();
    assert_eq!(report["error"]["provider"], "xiaomi", "{report:#}");
    assert_eq!(report["causes"][0]["rule"], "out-of-range");
}

#[test]
fn a_provider_of_ones_own_is_known_by_the_request() {
    let provider = r#"{"id": "acme", "name": "Acme", "hosts": [{"host": "api.acme.example.com", "use": "api"}],
        "models": [], "errors": [{"status": 422, "code": "unprocessable", "meaning": "No.", "retry": "no"}],
        "predictions": [{"rule": "*", "status": 422, "code": "unprocessable"}]}"#;
    let request = r#"{"url": "https://api.acme.example.com/v1/chat/completions", "body": {"model": "acme-1", "temperature": 7, "messages": []}}"#;
    let folder = Folder::with(&[("a.json", request), ("lint/acme/provider.json", provider)]);
    let schema = r#"{"type": "object", "properties": {"model": {}, "messages": {}, "temperature": {"type": "number", "maximum": 4}}}"#;
    folder.write("lint/acme/chat-completions.schema.json", schema);
    folder.write("requestlint.toml", "[providers.acme]\npath = \"lint/acme\"\n");
    let arguments = ["--request", "a.json", "--format", "json"];
    for text in [
        r#"{"error": {"code": "unprocessable", "message": "?"}}"#,
        // The words of another API do not go before the request's host.
        r#"{"error": {"code": "422", "message": "Param Incorrect"}}"#,
    ] {
        let report = diagnose(&folder, text, &arguments).exits(0).json();
        assert_eq!(report["error"]["provider"], "acme", "{report:#}");
        assert_eq!(report["error"]["status"], 422);
        assert_eq!(report["meaning"]["meaning"], "No.");
        let shown = report["causes"].as_array().expect("causes").iter();
        let shown: Vec<_> = shown.filter(|one| one["diagnostics"] != json!([])).collect();
        assert!(shown.iter().any(|one| one["rule"] == "out-of-range"), "{report:#}");
    }
    let named = [&arguments[..], &["--provider", "acme"]].concat();
    let report = diagnose(&folder, "HTTP 422", &named).exits(0).json();
    assert_eq!(report["error"]["recognised_by"], "as asked");
    assert_eq!(report["meaning"]["code"], "unprocessable");
}

#[test]
fn the_request_may_be_all_that_is_on_standard_input() {
    let folder = Folder::with(&[("error.json", &param("temperature must be within [0, 1.5]"))]);
    let run = folder.run_on(
        &["diagnose", "error.json", "--request", "-", "--format", "json", "--today", DAY],
        BAD,
    );
    let report = run.exits(0).json();
    assert_eq!(report["causes"][0]["cause"], "temperature out of range");
    assert_eq!(report["diagnostics"][0]["path"], "stdin.json");
}

#[test]
fn what_is_named_as_a_request_is_one() {
    let folder = Folder::with(&[("a.json", r#"{"messages": "Hi", "temperature": 1}"#)]);
    let arguments = ["--request", "a.json", "--format", "json"];
    let report = diagnose(&folder, &param(""), &arguments).exits(0).json();
    assert_eq!(report["request"]["kinds"], json!(["chat-completions"]), "{report:#}");
    assert!(!report["diagnostics"].as_array().expect("diagnostics").is_empty());

    let folder = Folder::with(&[("a.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}")]);
    let run = diagnose(&folder, &param(""), &["--request", "a.json"]);
    assert!(run.exits(0).stdout.contains("no request was recognised in a.json"), "{run:#?}");
}

/// Whatever its name is: it was named as the request.
#[test]
fn a_request_is_read_by_its_content_where_its_name_says_nothing() {
    let arguments = |name| ["--request", name, "--format", "json"];
    let text = param("temperature must be within [0, 1.5]");
    for name in ["body", "body.txt", "body.log", "body.toml", "request.md"] {
        let folder = Folder::with(&[(name, BAD)]);
        let report = diagnose(&folder, &text, &arguments(name)).exits(0).json();
        assert_eq!(report["request"]["kinds"], json!(["chat-completions"]), "{name}: {report:#}");
        assert_eq!(report["causes"][0]["diagnostics"], json!([0]), "{name}: {report:#}");
    }
    let lines = format!("{GOOD}\n{BAD}\n");
    let yaml = "model: mimo-v2.6-pro\ntemperature: 3\nmessages:\n- role: user\n  content: Hi\n";
    for (content, at) in [(lines.as_str(), "/temperature"), (yaml, "/temperature")] {
        let folder = Folder::with(&[("body.txt", content)]);
        let report = diagnose(&folder, &text, &arguments("body.txt")).exits(0).json();
        assert_eq!(report["diagnostics"][0]["pointer"], at, "{report:#}");
    }
    let folder = Folder::with(&[("notes.txt", "It said 400.\n")]);
    let report = diagnose(&folder, &text, &arguments("notes.txt")).exits(0).json();
    assert_eq!(report["request"]["kinds"], json!([]), "{report:#}");
}

#[test]
fn a_request_that_says_its_host_is_held_to_the_api_there() {
    let sent = json!({"url": "https://api.xiaomimimo.com/v1/chat/completions", "body": serde_json::from_str::<Value>(BAD).expect("JSON")});
    let folder = Folder::with(&[("a.json", &sent.to_string())]);
    let text = r#"{"error":{"code":"not_found","message":"No such thing.","type":"error"}}"#;
    let arguments = ["--request", "a.json", "--format", "json"];
    let report = diagnose(&folder, text, &arguments).exits(0).json();
    let found = report["diagnostics"].as_array().expect("diagnostics");
    assert!(!found.is_empty(), "{report:#}");
    for one in found {
        assert_eq!(one["document"]["provider"], "xiaomi", "{report:#}");
        assert_ne!(one["rule"], "unknown-model", "{report:#}");
    }
}

#[test]
fn a_bare_code_means_first_what_its_table_says() {
    let text =
        r#"{"error":{"code":"invalid_request","message":"Invalid request.","type":"error"}}"#;
    let report = told_as_json(text, &[]);
    let causes: Vec<_> = (0..2).map(|at| report["causes"][at]["cause"].clone()).collect();
    assert_eq!(causes, ["the body is no JSON", "the model is missing"], "{report:#}");
}

/// A whole log that someone pasted into a message.
#[test]
fn a_message_of_any_length_is_read_and_cut() {
    let long = "Not supported model. ".repeat(400_000);
    let report = told_as_json(&param(&long), &[]);
    let message = report["error"]["param"].as_str().expect("the reason");
    assert!(message.len() < 100_000 && message.ends_with('…'), "{}", message.len());
}

// The outputs

#[test]
fn json_has_the_form_that_programs_rely_on() {
    let folder = Folder::with(&[("body.json", SCREENSHOT)]);
    let text = param("`text` is not set");
    let arguments = ["--request", "body.json", "--format", "json"];
    let report = diagnose(&folder, &text, &arguments).exits(0).json();
    let mut shown = report.clone();
    // `check` holds the form of a finding.
    shown["diagnostics"] = json!(["…"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&shown).expect("JSON"));
    // The findings are those of `check`.
    let checked = folder.run(&[
        "check",
        "--format",
        "json",
        "--today",
        DAY,
        "--provider",
        "xiaomi",
        "body.json",
    ]);
    assert_eq!(report["diagnostics"], checked.json()["diagnostics"]);
}

#[test]
fn short_is_a_line_each() {
    let folder = Folder::with(&[("body.json", SCREENSHOT)]);
    let arguments = ["--request", "body.json", "--format", "short"];
    let run = diagnose(&folder, &param("`text` is not set"), &arguments);
    insta::assert_snapshot!(run.exits(0).stdout);
}

#[test]
fn what_is_asked_for_goes_before_what_is_read() {
    let report = told_as_json(&param(""), &["--status", "429", "--provider", "mimo"]);
    assert_eq!(report["error"]["status"], 429);
    assert_eq!(report["error"]["provider"], "mimo");
    assert_eq!(report["retry"]["retryable"], true);
    let report = told_as_json("something went wrong", &["--status", "500"]);
    assert_eq!(report["error"]["message"], "something went wrong");
    assert_eq!(report["retry"]["retryable"], true);
}

#[test]
fn refusals_are_never_tried_again_whatever_the_answer_asks() {
    for status in [400, 401, 403, 404] {
        for provider in ["mimo", "xiaomi"] {
            let text = format!("HTTP/1.1 {status} X\nRetry-After: 5\n\n");
            let retry = &told_as_json(&text, &["--provider", provider])["retry"];
            assert_eq!(retry["retryable"], false, "{status} at {provider}");
            assert_eq!(retry["after_seconds"], Value::Null);
        }
    }
    for status in [429, 500, 503] {
        let text = format!("HTTP/1.1 {status} X\nRetry-After: 5\n\n");
        let retry = &told_as_json(&text, &[])["retry"];
        assert_eq!((&retry["retryable"], &retry["after_seconds"]), (&json!(true), &json!(5)));
        let guidance = retry["guidance"].as_str().expect("words");
        assert!(guidance.contains("backoff") && guidance.contains("after 5 s"), "{guidance}");
    }
}

// What can go wrong

#[test]
fn a_text_without_an_error_says_which_forms_are_read() {
    let folder = Folder::new();
    for text in [
        "",
        "hello",
        "{\"model\": \"x\"}",
        "HTTP/1.1 200 OK\n\n{\"choices\": []}",
        "{\"error\": null}",
        "\u{0}\u{1}",
    ] {
        let run = folder.run_on(&["diagnose", "-"], text);
        run.exits(2);
        assert_eq!(run.stdout, "");
        for part in
            ["no error of the API was found in standard input", "curl -i", "data:", "--status"]
        {
            assert!(run.stderr.contains(part), "{text:?}: {part:?} is not in {}", run.stderr);
        }
    }
}

#[test]
fn usage_errors_exit_2() {
    let folder = Folder::with(&[("error.json", &param("x")), ("folder/a.json", GOOD)]);
    let told = |arguments: &[&str], expected: &str| {
        let run = folder.run_on(arguments, "");
        run.exits(2);
        assert!(run.stderr.contains(expected), "{expected:?} is not in {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    };
    told(&["diagnose"], "ERROR");
    told(&["diagnose", "-", "--request", "-"], "not both");
    told(&["diagnose", "no-such.txt"], "cannot read no-such.txt");
    told(&["diagnose", "folder"], "cannot read folder");
    told(&["diagnose", "error.json", "--request", "no-such.json"], "no-such.json: no such file");
    told(&["diagnose", "error.json", "--request", "folder"], "wants a file");
    told(&["diagnose", "error.json", "--provider", "qqq"], "known: mimo, xiaomi");
    told(
        &["diagnose", "error.json", "--provider", "qqq", "--request", "folder/a.json"],
        "known: mimo, xiaomi",
    );
    told(&["diagnose", "error.json", "--status", "200"], "--status");
    told(&["diagnose", "error.json", "--request", "folder/a.json", "--today", "soon"], "no date");
    folder.write("requestlint.toml", "provider = 3\n");
    told(&["diagnose", "error.json", "--request", "folder/a.json"], "requestlint.toml");
}

#[test]
fn bytes_that_are_no_text_are_read_as_far_as_they_are() {
    let folder = Folder::new();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(param("messages must not be empty").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let run = folder.run_on(&["diagnose", "-", "--format", "short"], utf16);
    assert!(run.exits(0).stdout.contains("cause[wrong-length]"), "{run:#?}");
    let mut bytes = b"\xe9\xff ".to_vec();
    bytes.extend(param("messages must not be empty").bytes());
    let run = folder.run_on(&["diagnose", "-", "--format", "short"], bytes);
    assert!(run.exits(0).stdout.contains("cause[wrong-length]"), "{run:#?}");
}

#[test]
fn no_key_is_ever_printed() {
    let body = format!(
        r#"{{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {{"api-key": "{KEY}"}}, "body": {BAD}}}"#
    );
    let folder = Folder::with(&[("body.json", &body)]);
    let object = json!({"error": {"code": KEY, "message": KEY, "param": format!("Bearer {KEY}"), "type": KEY}});
    let python = format!(
        "openai.AuthenticationError: Error code: 401 - {{'error': {{'code': '401', 'message': 'Incorrect API key provided: {KEY}', 'type': '{KEY}'}}}}"
    );
    let texts = [
        object.to_string(),
        format!("HTTP/1.1 401 Unauthorized\nAuthorization: Bearer {KEY}\nRetry-After: {KEY}\n\n{object}"),
        format!("HTTP/1.1 401 Unauthorized\n\nkey {KEY} is bad"),
        format!("<html><head><title>404 {KEY}</title></head></html>"),
        format!("BadRequestError: 400 Unsupported model {KEY}"),
        format!("> Authorization: Bearer {KEY}\n< HTTP/2 401\n< x-key: {KEY}\n< \n{object}"),
        json!({"level": "error", "authorization": format!("Bearer {KEY}"), "body": object.to_string()}).to_string(),
        python,
    ];
    for text in texts {
        for format in ["human", "short", "json"] {
            for more in [&[][..], &["--request", "body.json"], &["--status", "400"]] {
                let mut arguments = vec!["diagnose", "-", "--format", format];
                arguments.extend(more);
                let run = folder.run_on(&arguments, text.as_str());
                run.exits(0);
                let all = format!("{}{}", run.stdout, run.stderr);
                assert!(!all.contains(&KEY[..8]), "{arguments:?} on {text}:\n{all}");
            }
        }
    }
}

#[test]
fn nothing_of_the_error_moves_a_cursor() {
    let text = param("\u{1b}[2Jbad\u{202e}\r\nline");
    for format in ["human", "short"] {
        let shown = told(&text, &["--format", format]);
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\r']), "{shown:?}");
    }
}
