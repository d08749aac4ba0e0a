//! Requests in JSONC and JSON5 are requests like any other; a comment in plain JSON is a fault.

mod support;

use support::{DAY, Folder};

const COMMENTED: &str = "// kept for the tests\n{\n  \"model\": \"mimo-v2.6-pro\", /* the large one */\n  \"temperature\": 3,\n  \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"},],\n}\n";

const JSON5: &str = "// kept for the tests\n{\n  model: 'mimo-v2.6-por',\n  temperature: +3.,\n  max_completion_tokens: 0x10,\n  messages: [{role: 'user', content: 'It\\'s \\\nme'}], // \\x41\n}\n";

/// Rule, pointer and underlined text of each finding.
fn told(folder: &Folder, path: &str) -> Vec<(String, String, String)> {
    let text = folder.read(path);
    let report = folder.check(&["--provider", "xiaomi", path]).json();
    let found = report["diagnostics"].as_array().expect("a list").clone();
    let at = |one: &serde_json::Value, end: &str| {
        usize::try_from(one["span"][end]["offset"].as_u64().expect("an offset")).expect("small")
    };
    let word = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let each = found.iter().map(|one| {
        let part = text[at(one, "start")..at(one, "end")].to_owned();
        (word(&one["rule"]), word(&one["pointer"]), part)
    });
    each.collect()
}

fn owned(found: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    found.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
}

#[test]
fn a_request_with_comments_is_held_to_the_same_rules() {
    let folder = Folder::with(&[
        ("a.jsonc", COMMENTED),
        ("b.code-workspace", COMMENTED),
        (".vscode/c.json", COMMENTED),
        ("d.json", COMMENTED),
        ("e.json5", JSON5),
        ("openclaw.json", JSON5),
    ]);
    let range = ("out-of-range", "/temperature", "3");
    for path in ["a.jsonc", "b.code-workspace", ".vscode/c.json"] {
        assert_eq!(told(&folder, path), owned(&[range]), "{path}");
    }
    let comment = ("syntax-error", "", "// kept for the tests");
    assert_eq!(told(&folder, "d.json"), owned(&[comment, range]));
    for path in ["e.json5", "openclaw.json"] {
        let wanted = [
            ("unknown-model", "/model", "'mimo-v2.6-por'"),
            ("out-of-range", "/temperature", "+3."),
        ];
        assert_eq!(told(&folder, path), owned(&wanted), "{path}");
    }
}

#[test]
fn a_walk_finds_them() {
    let folder = Folder::with(&[
        ("a.jsonc", COMMENTED),
        ("b/c.json5", COMMENTED),
        ("b/d.code-workspace", COMMENTED),
        (".vscode/settings.json", COMMENTED),
        ("e.code", COMMENTED),
    ]);
    let report = folder.check(&["."]).json();
    assert_eq!(report["summary"]["documents"], 4);
    assert_eq!(report["summary"]["errors"], 4);
}

#[test]
fn standard_input_is_read_as_its_name_says() {
    let folder = Folder::new();
    for (name, errors) in [("a.jsonc", 1), ("a.json5", 1), ("a.json", 2), (".zed/settings.json", 1)]
    {
        let arguments =
            ["check", "--format", "json", "--today", DAY, "-", "--stdin-filename", name];
        let report = folder.run_on(&arguments, COMMENTED).json();
        assert_eq!(report["summary"]["errors"], errors, "{name}");
    }
}

#[test]
fn what_is_not_sent_as_a_number_is_none() {
    let text = "{model: 'mimo-v2.6-pro', temperature: Infinity, top_p: NaN, messages: [{role: 'user', content: 'Hi'}]}";
    let folder = Folder::with(&[("a.json5", text)]);
    let found = told(&folder, "a.json5");
    assert_eq!(found[0], owned(&[("out-of-range", "/temperature", "Infinity")])[0]);
    assert_eq!((found.len(), found[1].2.as_str()), (2, "NaN"), "{found:?}");
}

#[test]
fn a_broken_one_is_shown_at_its_place() {
    let text =
        "{\n  // one\n  model: 'mimo-v2.6-pro',\n  messages: [{role: 'user' content: 'Hi'}],\n}\n";
    let folder = Folder::with(&[("a.json5", text)]);
    let run = folder.run(&["check", "--provider", "xiaomi", "--today", DAY, "--quiet", "a.json5"]);
    insta::assert_snapshot!(run.exits(1).stdout);
}
