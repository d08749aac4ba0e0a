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

/// A second line, or the rest of one, tells as much of a key as its beginning.
const PIECES: [&str; 3] = ["c0ffeef", "9deadbe", "face012345"];

#[test]
fn no_key_of_settings_is_ever_printed() {
    let (head, tail) = KEY.split_at(26);
    let base = "https://token-plan-cn.xiaomimimo.com/v1";
    let env = |key: &str| format!("MIMO_BASE_URL={base}\nMIMO_API_KEY={key}\nMIMO_MODEL=mimo-v9\n");
    let yaml =
        |key: &str| format!("model:\n  base_url: {base}\n  api_key: {key}\n  default: mimo-v9\n");
    let masked = format!("{}****{}", &KEY[..12], &KEY[40..]);
    let odd = format!("\u{201c}{head} {tail}\u{200b}");
    let mut files: Vec<(&str, String)> = Vec::new();
    for key in [
        KEY.to_owned(),
        format!("'{KEY}\\n'"),
        format!("\"{head}\n{tail}\""),
        format!("\"{head}\n\n{tail}\n\""),
        format!("{head} {tail}"),
        format!("Bearer {KEY}"),
        format!("'\"{KEY}\"'"),
        format!("{KEY}{KEY}"),
        masked.clone(),
        odd.clone(),
        format!("x_{}", KEY.replace('-', ".")),
    ] {
        files.push((".env", env(&key)));
        files.push((".env.example", env(&key)));
        files.push((".env", env(&key).replace("MIMO_", "VITE_MIMO_")));
        files.push((".hermes/config.yaml", yaml(&key)));
    }
    files.push((".hermes/config.yaml", yaml(&format!("|\n    {head}\n    {tail}"))));
    files.push((".hermes/config.yaml", yaml(&format!(">-\n    {head}\n    {tail}"))));
    for key in [KEY, &masked, &odd, &format!("{head}\\n{tail}"), &format!("Bearer Bearer {KEY}")] {
        files.push((
            ".claude/settings.json",
            format!(
                r#"{{"env": {{"ANTHROPIC_BASE_URL": "{base}", "ANTHROPIC_AUTH_TOKEN": "{key}"}}}}"#
            ),
        ));
        for name in ["api-key", "Authorization", "api_key", "X-API-Key"] {
            let url = "https://token-plan-cn.xiaomimimo.com/v1/chat/completions";
            let request = format!(
                r#"{{"url": "{url}?key={KEY}", "headers": {{"{name}": "{key}"}}, "body": {GOOD}}}"#
            );
            files.push(("a.json", request));
        }
    }
    files.push((
        "a.toml",
        format!(
            "[model_providers.m]\nbase_url = \"{base}\"\napi_key = \"\"\"\n{head}\n{tail}\"\"\"\n"
        ),
    ));
    let (mut told, mut leaks) = (0, Vec::new());
    for (path, text) in &files {
        let folder = Folder::with(&[(path, text)]);
        let human = ["check", "--check-env", "--format", "human", path];
        let json = ["check", "--format", "json", path];
        for command in [&human[..], &json[..], &["files", path][..]] {
            let run = folder.run(command);
            let all = format!("{}{}", run.stdout, run.stderr);
            let leaked = |line: &&str| PIECES.iter().any(|piece| line.contains(piece));
            let shown = |line| format!("{command:?}\n{text}\n  {line}");
            leaks.extend(all.lines().filter(leaked).map(shown));
            told += usize::from(all.contains("-api-key") || all.contains("mismatch"));
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks[..leaks.len().min(12)].join("\n"));
    assert!(told > 60, "only {told} runs had something to tell");
}

#[test]
fn no_key_of_an_environment_file_beside_the_settings_is_printed() {
    let settings = r#"{"modelProviders": {"openai": [{"id": "mimo-v2.6-pro", "baseUrl": "https://token-plan-cn.xiaomimimo.com/v1", "envKey": "OTHER_KEY"}]}}"#;
    for value in [KEY.to_owned(), format!("'{KEY} '"), format!("{}****{}", &KEY[..12], &KEY[40..])]
    {
        let env = format!("OTHER_KEY={value}\n");
        let folder = Folder::with(&[(".qwen/settings.json", settings), (".env", &env)]);
        for format in ["human", "short", "json"] {
            let run = folder.run(&["check", "--format", format, "--today", "2026-11-24", "."]);
            run.exits(1);
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(!PIECES.iter().any(|piece| all.contains(piece)), "{run:#?}");
        }
    }
}

/// A key that nothing but its name, or its place, tells.
#[test]
fn a_key_of_no_known_shape_is_covered_by_its_name() {
    let secret = "Qx9wLmN3pZr7TtVb";
    let texts = [
        format!(r#"{{"base_url": "http://api.xiaomimimo.com/v1", "api_keys": ["{secret}"]}}"#),
        format!("base_url: http://api.xiaomimimo.com/v1\napi_keys:\n  - {secret}\n"),
        format!(
            r#"{{"url": "http://api.xiaomimimo.com/v1/chat/completions?key=a%2F{secret}", "body": {GOOD}}}"#
        ),
        format!(
            r#"{{"url": "http://api.xiaomimimo.com/v1/chat/completions", "headers": {{"Cookie": "s={secret}"}}, "body": {GOOD}}}"#
        ),
        format!(
            r#"{{"base_url": "http://api.xiaomimimo.com/v1", "args": ["--api-key", "{secret}"], "model": "mimo-v2.6-pro"}}"#
        ),
    ];
    for text in texts {
        let name = if text.starts_with('{') { "a.json" } else { "a.yaml" };
        let folder = Folder::with(&[(name, &text)]);
        for arguments in
            [&["--format", "human"][..], &["--format", "json"], &["--diff", "--unsafe-fixes"]]
        {
            let run = folder.run(&[&["check", "."][..], arguments].concat());
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(run.status < 2 && all.contains("a.") && !all.contains(&secret[4..]), "{all}");
        }
    }
}
