//! What is too large to be kept as a fixture is made here: media at the real limits, and texts that no
//! model can hold.

use requestlint::{ConfigSource, Diagnostic, Linter, Severity};
use serde_json::{Value, json};

fn found(body: &Value) -> Vec<Diagnostic> {
    let linter = Linter::builder().config(ConfigSource::None).today("2026-11-24");
    let linter = linter.provider("xiaomi").build().expect("a linter");
    let text = serde_json::to_string(body).expect("JSON");
    linter.check_text("request.json", &text).diagnostics
}

fn rules(body: &Value) -> Vec<&'static str> {
    found(body).iter().map(|one| one.rule).collect()
}

const MB: usize = 1024 * 1024;

fn image(bytes: usize) -> Value {
    let url = format!("data:image/png;base64,{}", "A".repeat(bytes));
    json!({"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": url}}]}]})
}

#[test]
fn an_image_may_have_fifty_megabytes_and_no_more() {
    assert_eq!(rules(&image(50 * MB)), [""; 0]);
    let found = found(&image(50 * MB + 1));
    assert_eq!(found.len(), 1, "{:?}", found.iter().map(|one| one.rule).collect::<Vec<_>>());
    assert_eq!(found[0].rule, "media-too-large");
    assert_eq!(found[0].severity, Severity::Error);
    assert_eq!(found[0].pointer, "/messages/0/content/1/image_url/url");
    assert!(found[0].message.len() < 200, "the image itself is not in the message");
}

#[test]
fn recognition_and_a_cloned_voice_take_ten_megabytes() {
    let data = |bytes: usize| format!("data:audio/wav;base64,{}", "A".repeat(bytes));
    let recording = |bytes: usize| {
        json!({"model": "mimo-v2.5-asr", "messages": [{"role": "user", "content": [
            {"type": "input_audio", "input_audio": {"data": data(bytes)}}]}]})
    };
    let sample = |bytes: usize| {
        json!({"model": "mimo-v2.5-tts-voiceclone", "audio": {"format": "wav", "voice": data(bytes)},
            "messages": [{"role": "assistant", "content": "Good evening."}]})
    };
    for body in [recording(10 * MB), sample(10 * MB)] {
        assert_eq!(rules(&body), [""; 0]);
    }
    for body in [recording(10 * MB + 1), sample(10 * MB + 1)] {
        assert_eq!(rules(&body), ["media-too-large"]);
    }
}

fn spoken(text: String) -> Value {
    json!({"model": "mimo-v2.5-tts", "audio": {"format": "wav", "voice": "Chloe"},
        "messages": [{"role": "assistant", "content": text}]})
}

#[test]
fn a_text_that_no_tokenizer_can_fit_into_the_window_is_told() {
    // A window of 8192 tokens: by words, and by bytes.
    assert_eq!(rules(&spoken("la ".repeat(8192))), [""; 0]);
    assert_eq!(rules(&spoken("la ".repeat(8193))), ["context-window-exceeded"]);
    assert_eq!(rules(&spoken("啦".repeat(8192 * 128 / 3))), [""; 0]);
    assert_eq!(rules(&spoken("啦".repeat(8192 * 128 / 3 + 1))), ["context-window-exceeded"]);
    // What a template fills in may be anything.
    assert_eq!(rules(&spoken(format!("{}{{{{ text }}}}", "la ".repeat(8193)))), [""; 0]);
}

#[test]
fn the_wanted_output_counts_with_the_text() {
    let chat = |words: usize, output: u64| {
        json!({"model": "mimo-v2.6-pro", "max_completion_tokens": output,
            "messages": [{"role": "user", "content": "a ".repeat(words)}]})
    };
    let window = 1_048_576;
    assert_eq!(rules(&chat(window - 131_072, 131_072)), [""; 0]);
    let found = found(&chat(window - 131_072 + 1, 131_072));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "context-window-exceeded");
    assert_eq!(found[0].severity, Severity::Warning);
    assert_eq!(found[0].pointer, "/max_completion_tokens");
    // Media is no text: its tokens are not those of its letters.
    assert_eq!(rules(&image(MB)), [""; 0]);
}
