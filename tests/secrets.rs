//! No key, whole or in part past its first four characters, is ever printed.

mod support;

use support::{Folder, GOOD};

/// A key of the documented length, made up.
const KEY: &str = "sk-c0ffeefacade0123456789deadbeefc0ffeefacade012345";

#[test]
fn no_key_is_ever_printed() {
    assert_eq!(KEY.len(), 51);
    let messages = r#""messages": [{"role": "user", "content": "Hi"}]"#;
    let texts = [
        format!(
            r#"{{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {{"api-key": "{KEY}"}}, "body": {{"model": "mimo-v2-por", "temperature": "{KEY}", {messages}}}}}"#
        ),
        format!(
            r#"{{"url": "https://api.mimo-v2.com/v1/chat/completions", "headers": {{"Authorization": "Bearer {KEY}"}}, "body": {{"model": "mimo-v2-por", {messages}}}}}"#
        ),
        format!(
            r#"{{"model": "mimo-v2.6-pro", "temperature": 3, "messages": [{{"role": "user", "content": "my key is {KEY}"}}]}}"#
        ),
        format!(r#"{{"model": "mimo-v2.6-pro", "{KEY}": 1, {messages}}}"#),
        format!(r#"{{"model": "mimo-v2.6-pro", "{KEY}": 1, "{KEY}": 2, {messages}}}"#),
        format!(r#"{{"model": "{KEY}", {messages}}}"#),
        format!(r#"{{"model": "mimo-{KEY}", {messages}}}"#),
        format!(
            r#"{{"model": "mimo-v2.6-pro", "messages": [{{"role": "{KEY}", "content": "Hi"}}]}}"#
        ),
        format!(
            r#"{{"model": "mimo-v2.6-pro", "thinking": {{"{KEY}": 1}}, "tool_choice": "{KEY}", "stop": {{"{KEY}": 3}}, {messages}}}"#
        ),
        format!(r#"{{"model": "mimo-v2.6-pro", {messages}, "user": "{KEY}",}}"#),
        format!(r#"{{"model": "mimo-v2.6-pro", {messages}, "user": {KEY}}}"#),
        format!(
            r#"{{"url": "https://user:{KEY}@api.mimo-v2.com/v1/chat/completions", "body": {{"model": 1, {messages}}}}}"#
        ),
        format!(
            r#"{{"error": {{"code": "{KEY}", "message": "{KEY}", "type": "x", "param": "{KEY}"}}}}"#
        ),
    ];
    let long = format!(
        r#"{{"model": "mimo-v2.6-pro", "stop": "{}{KEY}", "temperature": 3, {messages}}}"#,
        "x ".repeat(300)
    );
    let (mut told, mut leaks) = (0, Vec::new());
    for text in texts.iter().chain([&long]) {
        let folder = Folder::with(&[("a.json", text)]);
        for provider in [
            &[][..],
            &["--provider", "mimo"],
            &["--provider", "xiaomi", "--kind", "error-response"],
        ] {
            for format in ["human", "short", "json"] {
                for command in [&["check", "--format", format][..], &["files"]] {
                    let arguments: Vec<&str> = command.iter().chain(provider).copied().collect();
                    let run = folder.run(&arguments);
                    let all = format!("{}{}", run.stdout, run.stderr);
                    let leaked = all.lines().filter(|line| line.contains(&KEY[..8]));
                    leaks.extend(leaked.map(|line| format!("{arguments:?} on {text}:\n  {line}")));
                    told += usize::from(run.status == 1);
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(told > 40, "only {told} runs had something to tell");
}

#[test]
fn no_key_of_a_configuration_is_printed() {
    let folder =
        Folder::with(&[("a.json", GOOD), ("requestlint.toml", &format!("provider = \"{KEY}\"\n"))]);
    for format in ["human", "json"] {
        let run = folder.run(&["check", "--format", format, "."]);
        run.exits(2);
        assert!(!format!("{}{}", run.stdout, run.stderr).contains(&KEY[..8]), "{run:#?}");
    }
}
