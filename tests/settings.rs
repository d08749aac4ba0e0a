//! How sure a finding in settings is: by the file's name, by what a variable's name says, by whether anything is sent.

mod support;

use requestlint::{ConfigSource, Diagnostic, Linter};
use support::{DAY, Folder};

const KEY: &str = "sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6";

/// What is found in `text` in the file `path`.
fn found(path: &str, text: &str) -> Vec<Diagnostic> {
    let builder = Linter::builder().config(ConfigSource::None).today(DAY);
    builder.build().expect("a linter").check_text(path, text).diagnostics
}

/// The same, as `rule severity`.
fn names(path: &str, text: &str) -> Vec<String> {
    let found = found(path, text).into_iter();
    found.map(|one| format!("{} {}", one.rule, one.severity)).collect()
}

#[test]
fn an_environment_file_is_in_use_unless_its_name_says_otherwise() {
    let pasted =
        format!("MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY=\"Bearer {KEY}\"\n");
    for path in [
        ".env",
        ".env.local",
        ".env.dev",
        ".env.prod",
        ".env.staging",
        "prod.env",
        "secrets.env",
        "config/mimo.env",
    ] {
        assert_eq!(names(path, &pasted), ["malformed-api-key error"], "{path}");
    }
    for path in [".env.test", ".env.ci", "examples/mimo.env", ".env.staging.bak"] {
        assert_eq!(names(path, &pasted), ["malformed-api-key warning"], "{path}");
    }
    for path in [".env.example", "env.template", ".env.sample"] {
        let found = names(path, &pasted);
        assert!(!found.iter().any(|one| one.starts_with("malformed")), "{path}: {found:?}");
    }
    // What is left empty may be filled in where it is deployed.
    let empty = "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY=\n";
    assert_eq!(names(".env", empty), ["empty-api-key error"]);
    assert_eq!(names("deploy/app.env", empty), ["empty-api-key warning"]);
}

#[test]
fn what_a_test_has_for_a_key_is_told_where_it_may_be_sent() {
    let workflow = |env: &str| {
        format!(
            "on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: x\n        env: {{{env}}}\n"
        )
    };
    let compose =
        |env: &str| format!("services:\n  a:\n    image: a\n    environment: {{{env}}}\n");
    let url = "MIMO_BASE_URL: https://api.xiaomimimo.com/v1";
    for word in ["dummy", "test", "sk-test", "fake-key"] {
        let key = format!("MIMO_API_KEY: {word}");
        let both = format!("{url}, {key}");
        for (path, text, told) in [
            (".github/workflows/ci.yml", workflow(&key), None),
            ("docker-compose.test.yml", compose(&key), None),
            (".env.test", format!("MIMO_API_KEY={word}\n"), None),
            (".github/workflows/ci.yml", workflow(&both), Some("warning")),
            ("docker-compose.test.yml", compose(&both), Some("warning")),
            ("docker-compose.yml", compose(&key), Some("warning")),
            (".env", format!("MIMO_API_KEY={word}\n"), Some("warning")),
            ("docker-compose.yml", compose(&both), Some("error")),
        ] {
            let told: Vec<String> =
                told.iter().map(|level| format!("placeholder-api-key {level}")).collect();
            assert_eq!(names(path, &text), told, "{path} {text}");
        }
    }
    // What was meant to be replaced is another thing.
    let left = workflow("MIMO_API_KEY: your_mimo_api_key");
    assert_eq!(names(".github/workflows/ci.yml", &left), ["placeholder-api-key error"]);
}

#[test]
fn a_url_is_as_wrong_as_its_name_says() {
    let x = "https://api.xiaomimimo.com";
    for (name, path, told) in [
        ("MIMO_BASE_URL", "", None),
        ("LLM_BASE_URL", "/anthropic", None),
        ("MIMO_API_URL", "/v1/chat/completions", None),
        ("MIMO_API_BASE_URL", "/v1/chat/completions", None),
        ("XIAOMI_BASE_URL", "/v1/chat/completions", Some("base-url warning")),
        ("MIMO_BASE_URL", "/v1/v1", Some("base-url warning")),
        ("OPENAI_BASE_URL", "/v1/v1", Some("base-url error")),
        ("MIMO_BASE_URL", "/api/v1", Some("unknown-endpoint warning")),
        ("OPENAI_BASE_URL", "", Some("base-url warning")),
        ("OPENAI_BASE_URL", "/v1/chat/completions", Some("base-url warning")),
        ("OPENAI_BASE_URL", "/anthropic", Some("base-url error")),
        ("OPENAI_BASE_URL", "/v2", Some("unknown-endpoint warning")),
        ("OPENAI_API_BASE_URL", "", Some("base-url warning")),
        ("ANTHROPIC_BASE_URL", "/v1", Some("base-url error")),
        ("ANTHROPIC_BASE_URL", "/anthropic/v1", Some("base-url warning")),
        ("COPILOT_PROVIDER_BASE_URL", "/v1/chat/completions", Some("base-url error")),
        ("TTS_API_URL", "/v1/audio/speech", Some("unknown-endpoint error")),
    ] {
        let told: Vec<String> = told.iter().map(|told| (*told).to_owned()).collect();
        assert_eq!(names(".env", &format!("{name}={x}{path}\n")), told, "{name} {path}");
    }
    let spoken = |url: &str| format!("[llm]\nprovider = \"openai\"\nbase_url = \"{x}{url}\"\n");
    assert_eq!(names("app.toml", &spoken("")), ["base-url warning"]);
    assert_eq!(names("app.toml", &spoken("/v1")), [""; 0]);
}

#[test]
fn a_record_of_a_run_is_no_setting() {
    let with = |more: &str| {
        format!(
            r#"{{"model": "mimo-v2.5-pro", "base_url": "https://api.xiaomimimo.com/v1"{more}}}"#
        )
    };
    for more in [
        r#", "score": 0.82, "date": "2026-05-01""#,
        r#", "latency_ms": 1200, "total_tokens": 512"#,
        r#", "answer": "42", "timestamp": 1761000000"#,
    ] {
        assert_eq!(names("a.json", &with(more)), [""; 0], "{more}");
        assert_eq!(names("a.json", &format!("[{}]", with(more))), [""; 0], "{more}");
    }
    for more in [
        "",
        r#", "date": "2026-05-01""#,
        r#", "score": 0.82"#,
        r#", "score": 3, "latency": 900"#,
        r#", "metrics": true, "timestamp": true"#,
        r#", "score": 0.82, "date": "2026-05-01", "api_key": "${KEY}""#,
    ] {
        assert_eq!(names("a.json", &with(more)), ["deprecated-model error"], "{more}");
    }
}

#[test]
fn what_an_unsettled_key_is_answered_is_what_all_answer() {
    let code = |text: &str| {
        let found = found(".env", text);
        let answer = found.first().and_then(|one| one.predicts.clone()).expect("an answer");
        (answer.status, answer.code)
    };
    assert_eq!(code("MIMO_API_KEY=your_mimo_api_key\n"), (401, "401".to_owned()));
    let reseller = "MIMO_BASE_URL=https://api.mimo-v2.com/v1\nMIMO_API_KEY=your_mimo_api_key\n";
    assert_eq!(code(reseller), (401, "authentication_failed".to_owned()));
    let folder = Folder::with(&[
        ("requestlint.toml", "provider = \"mimo\"\n"),
        (".env", "MIMO_API_KEY=your_mimo_api_key\n"),
    ]);
    let report = folder.check(&["."]).json();
    assert_eq!(report["diagnostics"][0]["predicts"]["code"], "authentication_failed");
}

#[test]
fn a_key_alone_is_no_request_without_a_url() {
    let opencode = r#"{"provider": {"mimo": {"npm": "@ai-sdk/openai-compatible",
      "options": {"baseURL": "https://api.xiaomimimo.com/v1", "apiKey": "{env:MIMO_API_KEY}"},
      "models": {"mimo-v2.6-pro": {}}}}}"#;
    let env = format!("MIMO_API_KEY={KEY}\n");
    let folder = Folder::with(&[("opencode.json", opencode), (".env", &env)]);
    let run = folder.run(&["check", "--today", DAY, "."]);
    assert!(!run.stderr.contains("without a URL"), "{run:#?}");
    let request = r#"{"messages": [{"role": "user", "content": "Hi"}], "model": "mimo-v2-pro"}"#;
    folder.write("request.json", request);
    let run = folder.run(&["check", "--today", DAY, "."]);
    assert!(run.stderr.contains("note: 1 request without a URL was held to mimo"), "{run:#?}");
}

#[test]
fn what_is_proposed_can_be_called_or_is_of_the_same_line() {
    for (id, label) in [
        ("mimo-v2.6-mini", "no such model"),
        ("mimo-v9", "no such model"),
        ("mimo-v2.6-flahs", "did you mean `mimo-v2.6-flash`?"),
        ("mimo-v2.7-pro", "did you mean `mimo-v2.6-pro`?"),
        ("mimo-v2-6-pro", "did you mean `mimo-v2.6-pro`?"),
        ("mimo-v2.5-por", "did you mean `mimo-v2.5-pro`, which has ended; today `mimo-v2.6-pro`?"),
    ] {
        let text = format!("MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_MODEL={id}\n");
        let found = found(".env", &text);
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        assert_eq!(found[0].label, label, "{id}");
    }
}

const XIAOMI: &str = "https://api.xiaomimimo.com/v1";

#[test]
fn what_litellm_wants_before_a_model_is_no_part_of_it() {
    for prefix in ["openai/", "anthropic/", "xiaomi_mimo/"] {
        for (path, text) in [
            (".env", format!("LLM_BASE_URL={XIAOMI}\nLLM_MODEL={prefix}ID\n")),
            (".env", format!("OPENAI_API_BASE={XIAOMI}\nOPENAI_MODEL_NAME={prefix}ID\n")),
            (".env", format!("BASE_URL={XIAOMI}\nMODEL={prefix}ID\n")),
            (
                "compose.yml",
                format!(
                    "services:\n  a:\n    environment: {{BASE_URL: {XIAOMI}, MODEL: {prefix}ID}}\n"
                ),
            ),
            (
                ".github/workflows/a.yml",
                format!("env: {{LLM_BASE_URL: {XIAOMI}, LLM_MODEL: {prefix}ID}}\n"),
            ),
            (
                "k.yaml",
                format!(
                    "apiVersion: v1\nkind: ConfigMap\ndata: {{BASE_URL: {XIAOMI}, MODEL: {prefix}ID}}\n"
                ),
            ),
            ("config.yaml", format!("base_url: {XIAOMI}\nmodel: {prefix}ID\n")),
        ] {
            let of = |id: &str| {
                let all = names(path, &text.replace("ID", id));
                all.into_iter().filter(|one| one.contains("model")).collect::<Vec<_>>()
            };
            assert_eq!(of("mimo-v2.6-pro"), Vec::<String>::new(), "{path} {text}");
            assert_eq!(of("mimo-v2.6-prp"), ["unknown-model error"], "{path} {text}");
        }
    }
}

#[test]
fn every_file_that_is_read_as_an_environment_is_judged_as_one() {
    let text = "MIMO_BASE_URL=https://api.xiaomimimo.com/v2\n";
    for name in [
        ".env",
        ".env.local",
        ".env.example",
        ".env_prod",
        ".env-prod",
        "prod.env",
        "prod.env.local",
        ".envrc",
        ".envrc.local",
        ".envrc.private",
        ".flaskenv",
    ] {
        assert_eq!(found(name, text).len(), 1, "{name}");
    }
    // What the reader of these files knows, the globs of `dotenv.json` know as well.
    let reader = include_str!("../src/extract/env/names.rs");
    let (_, kinds) = reader.split_once("const KINDS").expect("the kinds of examples");
    let (_, kinds) = kinds.split_once("= [").expect("a list");
    let (kinds, _) = kinds.split_once("];").expect("its end");
    let kinds: Vec<&str> = kinds.split('"').skip(1).step_by(2).collect();
    assert!(kinds.len() >= 12, "{kinds:?}");
    for kind in kinds {
        assert_eq!(found(&format!("env.{kind}"), text).len(), 1, "env.{kind}");
    }
    for name in [".env.ts", "app.env.ts", ".env.py", "env.d.ts"] {
        assert_eq!(found(name, text).len(), 0, "a program: {name}");
    }
}

#[test]
fn what_a_command_or_a_file_fills_in_is_no_key() {
    let env = |key: &str| names(".env", &format!("MIMO_BASE_URL={XIAOMI}\nMIMO_API_KEY={key}\n"));
    assert_eq!(env("`security find-generic-password -w -s mimo`"), Vec::<String>::new());
    assert_eq!(env(&format!("` {KEY}`")), ["malformed-api-key error"], "a key and no command");
    assert_eq!(env(&format!("\"{KEY} \"")), ["malformed-api-key error"]);
    let other = |key: &str| names("config.yaml", &format!("base_url: {XIAOMI}\napi_key: {key}\n"));
    for key in
        ["'{file:~/.mimo}'", "'!pass mimo'", "ref+vault://a/b", "<path:secret/data/mimo#key>"]
    {
        assert_eq!(other(key), Vec::<String>::new(), "{key}");
    }
    assert_eq!(other("<your-key>"), ["placeholder-api-key error"]);
    let secret = |key: &str| {
        let text = format!(
            "apiVersion: v1\nkind: Secret\nstringData: {{MIMO_BASE_URL: '{XIAOMI}', MIMO_API_KEY: '{key}'}}\n"
        );
        names("secret.yaml", &text)
    };
    assert_eq!(secret("<path:secret/data/mimo#key>"), Vec::<String>::new());
    assert_eq!(secret("ref+vault://secret/mimo#/key"), Vec::<String>::new());
    assert_eq!(secret("<your-key>"), ["placeholder-api-key warning"]);
}

#[test]
fn texts_for_people_are_no_keys_in_files_of_unknown_tools() {
    let json = |inner: &str| names("a.json", &format!("{{{inner}}}").replace("URL", XIAOMI));
    for inner in [
        r#""provider": {"base_url": "URL", "api_key": "API Key", "model": "Model"}"#,
        r#""base_url": "URL", "apiKey": "API-Schlüssel", "model": "Modell""#,
        r#""base_url": "URL", "apiKey": "Clé d’API", "model": "Modèle""#,
        r#""base_url": "URL", "apiKey": "string", "model": "string""#,
        r#""base_url": "URL", "apiKey": "see http-client.private.env.json""#,
        r#""placeholders": {"baseUrl": "URL", "apiKey": "sk-..."}"#,
        r#""exampleConfig": {"baseUrl": "URL", "apiKey": "your-key"}"#,
        r#""samples": [{"baseUrl": "URL", "apiKey": "your-key"}]"#,
    ] {
        assert_eq!(json(inner), Vec::<String>::new(), "{inner}");
    }
    for key in ["sk-...", "your-key", "<your key>", "YOUR_API_KEY"] {
        let inner = format!(r#""provider": {{"base_url": "URL", "apiKey": "{key}"}}"#);
        assert_eq!(json(&inner), ["placeholder-api-key error"], "{key}");
    }
    let spaced = format!(r#""base_url": "URL", "apiKey": "{} {}""#, &KEY[..9], &KEY[9..]);
    let told = json(&spaced);
    assert!(told.iter().any(|one| one == "malformed-api-key error"), "{told:?}");
}

#[test]
fn what_a_run_left_and_what_models_cost_asks_nothing() {
    let connection = format!(r#""base_url": "{XIAOMI}", "model": "mimo-v2-pro""#);
    for text in [
        format!(r#"{{"run": "2026-05-01", {connection}, "scores": {{"a": 1}}, "results": [1]}}"#),
        format!(r#"{{"models": [{{{connection}, "price": 1.5}}]}}"#),
    ] {
        assert_eq!(names("a.json", &text), Vec::<String>::new(), "{text}");
    }
    for text in [
        format!(r#"{{"run": "npm test", {connection}}}"#),
        format!(r#"{{{connection}, "api_key": "{KEY}", "price": 1.5}}"#),
    ] {
        let told = names("a.json", &text);
        assert!(told.iter().any(|one| one == "deprecated-model error"), "{text} {told:?}");
    }
}

#[test]
fn a_variable_in_a_file_of_an_unknown_tool_is_looked_up_beside_it() {
    let check = |config: &str, env: &str| {
        let folder = Folder::with(&[("config.yaml", config), (".env", env)]);
        let run = folder.check(&["."]);
        let report = run.json();
        let all = report["diagnostics"].as_array().expect("diagnostics").iter();
        all.map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect::<Vec<_>>()
    };
    let plan = format!("MIMO_API_KEY={}\n", KEY.replace("sk-", "tp-"));
    for form in ["${MIMO_API_KEY}", "{env:MIMO_API_KEY}"] {
        let config = format!("base_url: {XIAOMI}\napi_key: '{form}'\n");
        assert_eq!(check(&config, &plan), ["key-endpoint-mismatch"], "{form}");
        assert_eq!(check(&config, &format!("MIMO_API_KEY={KEY}\n")), Vec::<String>::new());
        // Where it comes from is not known.
        assert_eq!(check(&config, "OTHER=1\n"), Vec::<String>::new(), "{form}");
    }
}

/// A key that a tool takes from its variable where the file leaves it empty is none that is missing.
#[test]
fn a_key_that_is_left_empty_is_taken_from_the_variable_of_the_tools_own_provider() {
    let config = "model:\n  default: mimo-v2.6-pro\n  provider: xiaomi\n  base_url: https://token-plan-cn.xiaomimimo.com/v1\n  api_key: \"\"\n";
    let rules = |env: &[(&str, &str)]| {
        let files = [&[(".hermes/config.yaml", config)][..], env].concat();
        Folder::with(&files).check(&["."]).rules()
    };
    assert_eq!(rules(&[]), ["empty-api-key"], "a warning: the variable may be set elsewhere");
    let key = "c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0";
    let plan = format!("XIAOMI_API_KEY=tp-{key}\n");
    assert_eq!(rules(&[(".hermes/.env", &plan)]), [""; 0]);
    let other = format!("XIAOMI_API_KEY=sk-{key}\n");
    assert_eq!(rules(&[(".hermes/.env", &other)]), ["key-endpoint-mismatch"]);
}
