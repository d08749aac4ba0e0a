//! URLs in requests and in tools' settings, from the text to the finding.

use requestlint::{ConfigSource, Linter};

/// What is told of `text` in the file `path`: rule, severity, underlined text.
fn told(path: &str, text: &str) -> Vec<(String, String, String)> {
    let builder = Linter::builder().config(ConfigSource::None).today("2026-11-24");
    let report = builder.build().expect("a linter").check_text(path, text);
    let found = report.diagnostics.into_iter();
    found
        .map(|found| {
            let severity = format!("{:?}", found.severity).to_lowercase();
            (found.rule.to_owned(), severity, found.span.slice(text).to_owned())
        })
        .collect()
}

/// The same, as `rule severity`.
fn names(path: &str, text: &str) -> Vec<String> {
    told(path, text).into_iter().map(|(rule, severity, _)| format!("{rule} {severity}")).collect()
}

fn request(url: &str, rest: &str) -> String {
    format!(r#"{{"url": "{url}", {rest}}}"#)
}

const CHAT: &str =
    r#""body": {"model": "mimo-v2.6-flash", "messages": [{"role": "user", "content": "Hi"}]}"#;
const SPEECH: &str =
    r#""method": "POST", "body": {"model": "mimo-v2.5-tts", "input": "Hi", "voice": "Dean"}"#;

#[test]
fn a_body_for_another_endpoint_is_no_chat_with_faults() {
    let url = "https://api.xiaomimimo.com/v1/audio/speech";
    let found = told("api.json", &request(url, SPEECH));
    let wanted = ("unknown-endpoint".to_owned(), "error".to_owned(), format!("\"{url}\""));
    assert_eq!(found, [wanted]);
    // Chat fields do not make it one.
    let body = r#""body": {"model": "gpt-4o", "messages": 1, "tools": 2, "temperature": 99}"#;
    assert_eq!(names("api.json", &request(url, body)), ["unknown-endpoint error"]);
    // The reseller serves it.
    let served = request("https://api.mimo-v2.com/v1/audio/speech", SPEECH);
    assert_eq!(names("api.json", &served), [""; 0]);
    // Where no host is named, nobody knows whose path it is.
    let transcript = r#""method": "POST", "body": {"model": "mimo-v2.5-asr", "input": "a.wav"}"#;
    assert_eq!(
        names("api.json", &request("/v1/audio/transcriptions", transcript)),
        ["unknown-endpoint warning"]
    );
    assert_eq!(names("api.json", &request("/v1/audio/speech", SPEECH)), [""; 0]);
}

#[test]
fn a_chat_on_a_wrong_path_is_a_chat_all_the_same() {
    let body = r#""body": {"model": "mimo-v2.6-flash", "messages": [], "temperature": 1}"#;
    for url in ["https://api.xiaomimimo.com/chat/completions", "https://api.xiaomimimo.com/v1"] {
        assert_eq!(
            names("api.json", &request(url, body)),
            ["base-url error", "wrong-length error"],
            "{url}"
        );
    }
    let at_no_host = request("https://api-ai.xiaomi.com/v1/v1/chat/completions", CHAT);
    assert_eq!(names("api.json", &at_no_host), ["unknown-endpoint error"]);
}

#[test]
fn the_method_is_that_of_the_endpoint() {
    for (method, found) in [
        ("GET", vec!["wrong-method error"]),
        ("delete", vec!["wrong-method error"]),
        ("post", vec![]),
        ("OPTIONS", vec![]),
        ("{{method}}", vec![]),
    ] {
        let rest = format!(r#""method": "{method}", {CHAT}"#);
        let text = request("https://api.xiaomimimo.com/v1/chat/completions", &rest);
        assert_eq!(names("api.json", &text), found, "{method}");
    }
    let plain = request("http://api.xiaomimimo.com/v1/chat/completions", CHAT);
    assert_eq!(names("api.json", &plain), ["insecure-url warning"]);
}

#[test]
fn what_a_tool_is_given() {
    let claude = |url: &str| {
        format!(
            r#"{{"env": {{"ANTHROPIC_BASE_URL": "{url}", "ANTHROPIC_MODEL": "mimo-v2.6-pro"}}}}"#
        )
    };
    for (url, found) in [
        ("https://token-plan-cn.xiaomimimo.com/anthropic", vec![]),
        ("https://token-plan-cn.xiaomimimo.com/v1", vec!["base-url error"]),
        ("https://token-plan-cn.xiaomimimo.com/anthropic/v1", vec!["base-url error"]),
        ("https://token-plan-us.xiaomimimo.com/v1", vec!["unknown-endpoint warning"]),
        ("https://token-plan-{region}.xiaomimimo.com/anthropic", vec!["unknown-endpoint error"]),
        ("http://api.xiaomimimo.com/anthropic", vec!["insecure-url warning"]),
        ("http://localhost:8080/v1/v1", vec![]),
        ("https://gateway.example.com/v1/v1", vec![]),
    ] {
        assert_eq!(names(".claude/settings.json", &claude(url)), found, "{url}");
    }
}

#[test]
fn what_is_not_known_of_a_program_makes_a_warning_unless_none_could_use_it() {
    for (line, found) in [
        ("MIMO_BASE_URL=https://api.xiaomimimo.com", vec![]),
        ("MIMO_BASE_URL=https://api.xiaomimimo.com/v1", vec![]),
        ("MIMO_BASE_URL=https://api.xiaomimimo.com/anthropic", vec![]),
        ("MIMO_BASE_URL=https://api.xiaomimimo.com/v1/v1", vec!["base-url warning"]),
        ("OPENAI_BASE_URL=https://api.xiaomimimo.com", vec!["base-url warning"]),
        ("OPENAI_BASE_URL=https://api.xiaomimimo.com/anthropic", vec!["base-url error"]),
        ("ANTHROPIC_BASE_URL=https://api.xiaomimimo.com/v1", vec!["base-url error"]),
        ("ANTHROPIC_BASE_URL=https://api.xiaomimimo.com/anthropic", vec![]),
        ("LLM_API_URL=https://api.xiaomimimo.com/v1/chat/completions", vec![]),
        ("CONSOLE_API_URL=https://platform.xiaomimimo.com/api", vec!["unknown-endpoint warning"]),
        ("BATCH_BASE_URL=https://batch-api-cn.xiaomimimo.com/v1", vec![]),
        ("LLM_BASE_URL=https://openrouter.ai/api/v1/v1", vec![]),
        // A host that never served the API serves it to no program.
        ("LLM_BASE_URL=https://api-ai.xiaomi.com/v1", vec!["unknown-endpoint error"]),
    ] {
        assert_eq!(names(".env", line), found, "{line}");
        let compose = format!("services:\n  a:\n    environment:\n      - {line}\n");
        assert_eq!(names("compose.yaml", &compose), found, "{line}");
    }
    let left_in = "LLM_BASE_URL=https://token-plan-{region}.xiaomimimo.com/v1\n";
    assert_eq!(names(".env", left_in), ["unknown-endpoint warning"]);
    assert_eq!(names(".env.example", left_in), [""; 0], "a file to copy");
}
