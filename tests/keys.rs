//! Keys in several files that belong together, run as a person runs it.

mod support;

use support::{Folder, Run};

const PLAN_KEY: &str = "tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6";
const PAID_KEY: &str = "sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6";

/// Settings that take the key from a variable.
fn qwen(variable: &str) -> String {
    format!(
        r#"{{"modelProviders": {{"openai": [{{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "envKey": "{variable}"}}]}}}}"#
    )
}

/// What was found, as `rule path message`.
fn told(run: &Run) -> Vec<String> {
    let report = run.json();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let found = report["diagnostics"].as_array().expect("diagnostics").iter();
    found
        .map(|one| {
            format!("{} {} {}", text(&one["rule"]), text(&one["path"]), text(&one["message"]))
        })
        .collect()
}

#[test]
fn a_variable_that_the_file_beside_it_lacks_is_told() {
    let settings = qwen("MIMO_KEY");
    let folder = Folder::with(&[("app/.qwen/settings.json", &settings)]);
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new(), "no file, no word");
    folder.write("app/.env", "MIMO_KEX=1\n");
    let found = told(&folder.check(&["."]));
    let wanted = "undefined-env-var app/.qwen/settings.json `MIMO_KEY` is not set in app/.env";
    assert_eq!(found, [wanted]);
    let label = folder.run(&["check", "--today", support::DAY, "."]);
    assert!(label.stdout.contains("did you mean `MIMO_KEX`?"), "{label:#?}");
    // The settings alone say the same: what else is linted does not matter.
    assert_eq!(told(&folder.check(&["app/.qwen/settings.json"])), [wanted]);
    folder.write("app/.env.local", format!("MIMO_KEY={PAID_KEY}\n"));
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new());
}

#[test]
fn an_example_beside_the_settings_sets_nothing() {
    let settings = qwen("MIMO_KEY");
    let folder = Folder::with(&[(".qwen/settings.json", &settings), (".env.example", "A=1\n")]);
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new());
}

#[test]
fn files_above_count_up_to_the_root_of_the_repository() {
    let settings = qwen("MIMO_KEY");
    let folder = Folder::with(&[
        (".env", "A=1\n"),
        ("repository/.git/HEAD", "ref: refs/heads/main\n"),
        ("repository/a/.qwen/settings.json", &settings),
    ]);
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new(), "above the repository");
    folder.write("repository/.env", "B=1\n");
    let found = told(&folder.check(&["."]));
    assert!(found.len() == 1 && found[0].ends_with("not set in repository/.env"), "{found:?}");
}

#[test]
fn the_process_is_looked_at_where_it_is_asked_for() {
    let settings = qwen("MIMO_KEY_OF_THE_TESTS");
    let folder = Folder::with(&[(".qwen/settings.json", &settings)]);
    let check = ["check", "--format", "json", "--today", support::DAY, "."];
    let asked = |variables: &[(&str, &str)]| told(&folder.run_with(variables, &check));
    assert_eq!(asked(&[]), Vec::<String>::new());
    let found = asked(&[("REQUESTLINT_CHECK_ENV", "1")]);
    assert!(found.len() == 1 && found[0].ends_with("is not set in the environment"), "{found:?}");
    let set = [("REQUESTLINT_CHECK_ENV", "1"), ("MIMO_KEY_OF_THE_TESTS", "x")];
    assert_eq!(asked(&set), Vec::<String>::new());
    assert_eq!(folder.run(&["check", "--check-env", "."]).exits(0).status, 0);
}

#[test]
fn what_the_process_sets_is_held_to_the_settings() {
    let folder = Folder::with(&[(".qwen/settings.json", &qwen("MIMO_KEY_OF_THE_TESTS"))]);
    let check = ["check", "--format", "json", "--today", support::DAY, "."];
    let asked = |value: &str| {
        let set = [("REQUESTLINT_CHECK_ENV", "1"), ("MIMO_KEY_OF_THE_TESTS", value)];
        let run = folder.run_with(&set, &check);
        assert!(!run.stdout.contains(&PLAN_KEY[..12]), "no key is shown");
        told(&run)
    };
    assert_eq!(asked(PAID_KEY), Vec::<String>::new());
    let path = ".qwen/settings.json";
    let empty = format!("empty-api-key {path} `MIMO_KEY_OF_THE_TESTS` holds no key");
    assert_eq!(asked(""), [empty]);
    let mismatch = format!(
        "key-endpoint-mismatch {path} `MIMO_KEY_OF_THE_TESTS` in the environment begins with `tp-`, and api.xiaomimimo.com takes no such key"
    );
    assert_eq!(asked(PLAN_KEY), [mismatch]);
    let empty = format!("empty-api-key {path} `MIMO_KEY_OF_THE_TESTS` holds no key");
    folder.write(".env", "MIMO_KEY_OF_THE_TESTS=\n");
    let run = folder.check(&[path]);
    assert_eq!(told(&run), [empty], "a file beside the settings");
}

#[test]
fn a_compose_service_that_sets_the_variable_sets_it() {
    let settings = qwen("MIMO_KEY");
    let compose = "services:\n  app:\n    environment:\n      - MIMO_KEY=${MIMO_API_KEY:-}\n";
    let folder = Folder::with(&[(".qwen/settings.json", &settings), (".env", "A=1\n")]);
    assert_eq!(folder.check(&["."]).rules(), ["undefined-env-var"]);
    folder.write("compose.yaml", compose);
    assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new());
}

#[test]
fn a_key_in_the_file_beside_the_settings_is_held_to_their_host() {
    let settings = qwen("MIMO_API_KEY");
    let env = format!("# keys\n\nMIMO_API_KEY={PLAN_KEY}\n");
    let folder = Folder::with(&[("app/.qwen/settings.json", &settings), ("app/.env", &env)]);
    let run = folder.check(&["."]);
    run.exits(1);
    let wanted = "key-endpoint-mismatch app/.qwen/settings.json `MIMO_API_KEY` in app/.env:3 begins with `tp-`, and api.xiaomimimo.com takes no such key";
    assert_eq!(told(&run), [wanted]);
    folder.write("app/.env", format!("MIMO_API_KEY={PAID_KEY}\n"));
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new());
}

#[test]
fn files_that_disagree_say_nothing_of_the_value() {
    let settings = qwen("MIMO_API_KEY");
    let folder = Folder::with(&[
        (".qwen/settings.json", &settings),
        (".env", &format!("MIMO_API_KEY={PLAN_KEY}\n")),
        (".env.local", &format!("MIMO_API_KEY={PAID_KEY}\n")),
    ]);
    assert_eq!(told(&folder.check(&["."])), Vec::<String>::new());
}

#[test]
fn an_empty_key_that_a_stronger_file_sets_is_no_finding() {
    let env = "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY=\n";
    let folder = Folder::with(&[(".env", env)]);
    assert_eq!(folder.check(&["."]).rules(), ["empty-api-key"]);
    folder.write(".env.local", format!("MIMO_API_KEY={PAID_KEY}\n"));
    assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new());
}

#[test]
fn a_key_in_a_file_that_git_leaves_alone_is_where_it_belongs() {
    let settings = format!(
        r#"{{"env": {{"ANTHROPIC_BASE_URL": "https://api.xiaomimimo.com/anthropic", "ANTHROPIC_AUTH_TOKEN": "{PAID_KEY}"}}}}"#
    );
    let folder = Folder::with(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".claude/settings.local.json", &settings),
    ]);
    assert_eq!(folder.check(&["."]).rules(), ["hardcoded-api-key"]);
    folder.write(".gitignore", ".claude/settings.local.json\n");
    assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new());
}

#[test]
fn one_cause_is_one_finding() {
    let base = "MIMO_BASE_URL=https://api.xiaomimimo.com/v1";
    for (key, rule) in [
        ("", "empty-api-key"),
        ("your_mimo_api_key", "placeholder-api-key"),
        ("tp-your-key-here", "placeholder-api-key"),
        ("\"tp-c4n8b1v6 x3z9l2k7j5\"", "malformed-api-key"),
        (PLAN_KEY, "key-endpoint-mismatch"),
    ] {
        let folder = Folder::with(&[(".env", &format!("{base}\nMIMO_API_KEY={key}\n"))]);
        let run = folder.check(&["."]);
        assert_eq!(run.rules(), [rule], "{key}");
        assert_eq!(run.json()["diagnostics"][0]["severity"], "error", "{key}");
        let folder = Folder::with(&[(".env.example", &format!("{base}\nMIMO_API_KEY={key}\n"))]);
        let wanted: &[&str] = if key == PLAN_KEY { &["hardcoded-api-key"] } else { &[] };
        assert_eq!(folder.check(&["."]).rules(), wanted, "{key}");
    }
}

#[test]
fn a_variable_that_bundlers_show_is_ours_by_the_rest_of_its_name() {
    let folder = Folder::with(&[(".env", &format!("REACT_APP_MIMO_API_KEY={PAID_KEY}\n"))]);
    let run = folder.check(&["."]);
    assert_eq!(run.rules(), ["exposed-api-key"]);
    let found = &run.json()["diagnostics"][0];
    assert_eq!((&found["target"], &found["span"]["end"]["offset"]), (&"key".into(), &22.into()));
}

#[test]
fn an_unused_vendor_among_others_is_a_warning() {
    let other = "OTHER_API_KEY=9f8e7d6c5b4a39281706f5e4d3c2b1a0\nMIMO_API_KEY=\n";
    let run = Folder::with(&[(".env", other)]).check(&["."]);
    assert_eq!(run.exits(0).rules(), ["empty-api-key"]);
}

/// Settings that set the variable of their key themselves, in two tools' files.
fn with_own_variable(value: &str) -> [(&'static str, String); 2] {
    let value = serde_json::json!(value);
    [
        (
            ".qwen/settings.json",
            format!(r#"{{"env": {{"MIMO_API_KEY": {value}}}, {}"#, &qwen("MIMO_API_KEY")[1..]),
        ),
        (
            ".openclaw/openclaw.json",
            format!(
                r#"{{env: {{XIAOMI_API_KEY: {value}}}, models: {{providers: {{xiaomi: {{baseUrl: "https://api.xiaomimimo.com/v1", apiKey: "${{XIAOMI_API_KEY}}"}}}}}}}}"#
            ),
        ),
    ]
}

#[test]
fn a_variable_that_the_file_itself_sets_is_the_key() {
    for (value, wanted) in [
        ("sk-test-0123456789abcdef", &[][..]),
        ("", &["empty-api-key"]),
        ("your_mimo_api_key", &["placeholder-api-key"]),
        (PLAN_KEY, &["hardcoded-api-key", "key-endpoint-mismatch"]),
        ("$OTHER_KEY", &[]),
    ] {
        for (path, settings) in with_own_variable(value) {
            let folder = Folder::with(&[(path, settings.as_str()), (".env", "A=1\n")]);
            let run = folder.check(&["."]);
            let mut rules = run.rules();
            rules.sort();
            // Only one of the tools fills in a variable without braces.
            if value == "$OTHER_KEY" && path.contains("openclaw") {
                assert_eq!(rules, ["malformed-api-key"], "{path}");
            } else {
                assert_eq!(rules, wanted, "{path} {value}");
            }
            assert!(!run.stdout.contains(&PLAN_KEY[..12]), "no key is shown");
        }
    }
}

#[test]
fn what_the_file_itself_sets_gives_way_to_what_is_set_around_it() {
    for (path, settings) in with_own_variable("") {
        let env = format!("MIMO_API_KEY={PAID_KEY}\nXIAOMI_API_KEY={PAID_KEY}\n");
        let folder = Folder::with(&[(path, settings.as_str()), (".env", &env)]);
        assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_variable_that_is_filled_with_itself_is_not_set() {
    let [_, (path, settings)] = with_own_variable("${XIAOMI_API_KEY}");
    let folder = Folder::with(&[(path, settings.as_str()), (".env", "A=1\n")]);
    assert_eq!(folder.check(&["."]).rules(), ["undefined-env-var"], "{path}");
    let head = "services:\n  a:\n    environment:\n";
    for (lines, wanted) in [
        ("      MIMO_API_KEY: ${MIMO_API_KEY}\n", &["undefined-env-var"][..]),
        ("      - MIMO_API_KEY=$MIMO_API_KEY\n", &["undefined-env-var"]),
        ("      MIMO_API_KEY: ${MIMO_API_KEY:-none-yet}\n", &[]),
        ("      MIMO_API_KEY:\n", &[]),
    ] {
        let compose = format!("{head}{lines}");
        let folder = Folder::with(&[("compose.yaml", compose.as_str())]);
        assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new(), "{lines} alone");
        folder.write(".env", "A=1\n");
        assert_eq!(folder.check(&["."]).rules(), wanted, "{lines}");
        folder.write(".env", format!("MIMO_API_KEY={PAID_KEY}\n"));
        assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new(), "{lines} with a key");
    }
}

#[test]
fn a_variable_that_never_ends_is_sent_as_it_stands() {
    let yaml = "llm:\n  base_url: https://api.xiaomimimo.com/v1\n  api_key: \"${MIMO_API_KEY\"\n";
    let run = Folder::with(&[("config.yaml", yaml)]).check(&["."]);
    assert_eq!(run.exits(1).rules(), ["malformed-api-key"]);
}

#[test]
fn a_secret_with_a_placeholders_word_in_it_is_shown_in_no_format() {
    let secrets = [
        "MySecretPassw0rd",
        "my-prod-key-81f3a9",
        "fakeluke99x81kkz",
        "ExampleCorp9f8a7c6d",
        "我的key9f8a7c6d5b",
    ];
    let formats = ["human", "short", "json", "github", "gitlab", "sarif", "junit"];
    for secret in secrets {
        let hidden: String = secret.chars().skip(4).collect();
        let folder = Folder::with(&[
            (
                "config.yaml",
                &format!(
                    "base_url: https://api.xiaomimimo.com/v2\napi_key: {secret}\nmodel: mimo-v2.6-prp\n"
                ),
            ),
            (
                ".env",
                &format!("MIMO_BASE_URL=https://api.xiaomimimo.com/v2\nMIMO_API_KEY={secret}\n"),
            ),
            (
                "r.json",
                &format!(
                    r#"{{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {{"api-key": "{secret}"}}, "body": {{"model": "mimo-v2.6-prp", "messages": []}}}}"#
                ),
            ),
        ]);
        for format in formats {
            let run = folder.run(&["check", "--format", format, "--today", support::DAY, "."]);
            assert!(!run.stdout.contains(&hidden), "{format}: {}", run.stdout);
        }
        let found = told(&folder.check(&["."]));
        assert!(
            !found.is_empty() && !found.iter().any(|one| one.contains("placeholder")),
            "{found:?}"
        );
    }
}

#[test]
fn what_a_recorder_covered_is_no_finding_beside_a_request() {
    let request = |key: &str| {
        format!(
            r#"{{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {{"Authorization": "Bearer {key}"}}, "body": {{"model": "mimo-v2.6-pro", "messages": [{{"role": "user", "content": "Hi"}}]}}}}"#
        )
    };
    let rules = |key: &str| told(&Folder::with(&[("r.json", &request(key))]).check(&["."])).len();
    for key in ["sk-***REDACTED***", "XXXXXX", "[REDACTED_API_KEY]", "sk-XXXXXXXXXXXX"] {
        assert_eq!(rules(key), 0, "{key}");
    }
    for key in ["YOUR_API_KEY", "sk-xxxxxxxx", "sk-c0ffee...9a45"] {
        assert_eq!(rules(key), 1, "{key}");
    }
}
