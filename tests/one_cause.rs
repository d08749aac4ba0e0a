//! What one slip makes wrong in several ways is told once.

use requestlint::Linter;

/// Fixtures in which one slip breaks more than one rule, each by the rule that tells it.
const SLIPS: [(&str, &str); 14] = [
    ("invalid-value", "messages-document.xiaomi"),
    ("invalid-value", "reasoning-effort-none.xiaomi"),
    ("missing-reasoning-content", "reasoning-under-another-name.xiaomi"),
    ("orphan-tool-result", "another-id.xiaomi"),
    ("orphan-tool-result", "answered-twice.xiaomi"),
    ("orphan-tool-result", "one-id-for-two-answers.xiaomi"),
    ("unanswered-tool-call", "answered-too-late.xiaomi"),
    ("unanswered-tool-call", "two-calls-of-one-id.xiaomi"),
    ("unanswered-tool-call", "two-calls-of-one-id-in-responses.xiaomi"),
    ("unknown-field", "parts-of-another-vendor"),
    ("unknown-field", "prompt-of-completions.xiaomi"),
    ("unknown-field", "reasoning-while-thinking-is-off.xiaomi"),
    ("unknown-field", "text-for-content-in-messages.xiaomi"),
    ("wrong-protocol", "result-of-messages-in-chat.xiaomi"),
];

#[test]
fn one_slip_gives_one_finding() {
    let linter = Linter::builder().build().expect("the defaults are sound");
    for (rule, name) in SLIPS {
        let path = format!("fixtures/rules/{rule}/fail/{name}.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let report = linter.check_text(&path, &text);
        let found: Vec<_> = report.diagnostics.iter().map(|one| (one.rule, &one.message)).collect();
        assert_eq!(found.len(), 1, "{path}: {found:?}");
        assert_eq!(found[0].0, rule, "{path}: {found:?}");
    }
}

/// Where the slip lies between two places, both are shown: `related` is the second place's text.
#[test]
fn both_places_of_a_conflict_are_shown() {
    let linter = Linter::builder().build().expect("the defaults are sound");
    let wanted = [
        ("orphan-tool-result", "answered-twice.xiaomi", "the first result"),
        ("orphan-tool-result", "answered-twice-in-messages.xiaomi", "the first result"),
        ("orphan-tool-result", "answered-twice-in-responses.xiaomi", "the first result"),
        ("unanswered-tool-call", "answered-too-late.xiaomi", "its result stands here"),
        ("unanswered-tool-call", "answered-too-late-in-messages.xiaomi", "its result stands here"),
        ("unanswered-tool-call", "two-calls-of-one-id.xiaomi", "the first call of this id"),
    ];
    for (rule, name, words) in wanted {
        let path = format!("fixtures/rules/{rule}/fail/{name}.json");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let report = linter.check_text(&path, &text);
        let [found] = report.diagnostics.as_slice() else {
            panic!("{path}: {:?}", report.diagnostics)
        };
        let place = |start: usize, end: usize| &text[start..end];
        let related = found.related.iter().find(|one| one.message == words);
        let related = related.unwrap_or_else(|| panic!("{path}: {:?}", found.related));
        assert_eq!(place(related.span.start, related.span.end), "\"call_1\"", "{path}");
        assert_eq!(place(found.span.start, found.span.end), "\"call_1\"", "{path}");
        assert_ne!(related.span, found.span, "{path}");
    }
}

/// A client may number the calls of each turn anew.
#[test]
fn an_id_may_be_used_again_once_its_call_is_answered() {
    let linter = Linter::builder()
        .config(requestlint::ConfigSource::None)
        .today("2026-11-24")
        .build()
        .expect("the defaults are sound");
    let round = r#"{"role": "assistant", "content": "x", "reasoning_content": "y", "tool_calls": [
        {"id": "call_0", "type": "function", "function": {"name": "f", "arguments": "{}"}}]},
      {"role": "tool", "tool_call_id": "call_0", "content": "z"}"#;
    let text = format!(
        r#"{{"model": "mimo-v2.6-pro", "messages": [{{"role": "user", "content": "Hi"}}, {round}, {round}]}}"#
    );
    let report = linter.check_text("a.json", &text);
    assert_eq!(report.documents.len(), 1);
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
}
