//! A syntax error in a tool's settings: one diagnostic at its place, and what can still be read is told, but for
//! what the lost part may mend.

mod support;

use requestlint::{ConfigSource, FileReport, Linter};
use support::DAY;

fn report(path: &str, text: &str) -> FileReport {
    let linter = Linter::builder().config(ConfigSource::None).today(DAY);
    // What says nothing of its API is held to the one that is declared.
    let linter = if path == "request.yaml" { linter.provider("xiaomi") } else { linter };
    linter.build().expect("a linter with a day").check_text(path, text)
}

/// The rule and the underlined text of each finding.
fn told<'t>(path: &str, text: &'t str) -> Vec<(&'static str, &'t str)> {
    let report = report(path, text);
    report.diagnostics.iter().map(|one| (one.rule, one.span.slice(text))).collect()
}

const BASE: &str = "https://api.xiaomimimo.com";

#[test]
fn what_stands_before_a_broken_quote_of_yaml_is_told() {
    let text = "model_list:\n  - model_name: a\n    litellm_params:\n      model: openai/mimo-v2.6-pro\n      \
                api_base: https://api.xiaomimimo.com\n      api_key: os.environ/MIMO_API_KEY\n  - model_name: b\n    \
                litellm_params:\n      api_base: \"https://api.xiaomimimo.com\n      model: openai/mimo-v9\n";
    assert_eq!(told("litellm.yaml", text), [("base-url", BASE), ("syntax-error", "\"")]);
}

#[test]
fn what_stands_around_a_broken_line_of_toml_is_told() {
    let table = |name: &str| {
        format!("[model_providers.{name}]\nbase_url = \"{BASE}\"\nenv_key = \"MIMO_API_KEY\"\n\n")
    };
    for (broken, underlined) in [("this is broken", "i"), ("x = [1,", "[")] {
        let text = format!("{}{broken}\n\n{}", table("one"), table("two"));
        let wanted = format!("\"{BASE}\"");
        assert_eq!(
            told(".codex/config.toml", &text),
            [("base-url", &*wanted), ("syntax-error", underlined), ("base-url", &*wanted)]
        );
    }
}

#[test]
fn a_missing_comma_hides_nothing() {
    let text = "{\n  // mine\n  \"openAiBaseUrl\": \"https://api.xiaomimimo.com\"\n  \"openAiApiKey\": \"\"\n}\n";
    let found: Vec<_> = told(".vscode/settings.json", text).iter().map(|one| one.0).collect();
    assert_eq!(found, ["base-url", "syntax-error", "empty-api-key"]);
}

#[test]
fn what_is_lost_may_hold_what_seems_to_be_missing() {
    // The other key, the URL of another API, and the variable may all stand in the broken line.
    for (path, text) in [
        (
            ".env",
            "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY=\nMIMO_AUTH_TOKEN=\"tp-\n",
        ),
        (
            "litellm.yaml",
            "model_list:\n  - litellm_params:\n      model: openai/mimo-v2-flash\n      api_base: \"https://x.example/v1\n",
        ),
        (
            ".codex/config.toml",
            "[model_providers.mimo]\nbase_url = \"https://api.xiaomimimo.com/v1\"\nenv_key =\nwire_api = \"responses\"\n",
        ),
        (
            ".vscode/settings.json",
            "{\n  \"openAiBaseUrl\": \"https://api.xiaomimimo.com/v1\",\n  \"openAiApiKey\": \"\",\n  \"openAiModelId\": \"mimo-v2.6-pro",
        ),
    ] {
        let others: Vec<_> =
            told(path, text).into_iter().filter(|one| one.0 != "syntax-error").collect();
        assert_eq!(others, [], "{path}");
    }
}

#[test]
fn a_request_keeps_what_stands_before_its_fault() {
    let text =
        "model: mimo-v2.6-pro\ntemperature: 9\nmessages:\n  - role: user\n    content: \"Hi\n";
    assert_eq!(told("request.yaml", text), [("out-of-range", "9"), ("syntax-error", "\"")]);
    let text = "model: mimo-v2.6-pro\ntemperature: 9\nmessages:\n\t- role: user\n\t  content: Hi\n";
    assert_eq!(told("request.yaml", text), [("out-of-range", "9"), ("syntax-error", "\t")]);
}

#[test]
fn a_known_file_that_names_the_api_is_told_whatever_can_be_read_of_it() {
    let text = "model_list:\n\t- litellm_params:\n\t    model: openai/mimo-v2.6-pro\n\t    api_base: https://api.xiaomimimo.com/v1\n";
    assert_eq!(told("litellm.yaml", text), [("syntax-error", "\t")]);
    let text = "@\nprovider: https://api.xiaomimimo.com/v1\n";
    assert_eq!(told(".hermes/config.yaml", text), [("syntax-error", "@")]);
    for (path, text) in [
        ("notes.yaml", text),
        (".hermes/config.yaml", "@\nprovider: https://api.example.com/v1\n"),
        (".hermes/config.yaml", "@\n# https://api.xiaomimimo.com/v1\n"),
    ] {
        let report = report(path, text);
        assert!(report.diagnostics.is_empty(), "{path}: {:?}", report.diagnostics);
        assert!(report.skipped.is_some_and(|reason| reason.starts_with("not valid YAML")));
    }
}

#[test]
fn a_broken_line_of_a_table_hides_no_finding_that_it_cannot_mend() {
    let rules = |text: &str| -> Vec<String> {
        told("app.toml", text).into_iter().map(|one| one.0.to_owned()).collect()
    };
    // The line that is lost stands before, between and behind what is told; another table is left alone.
    let url = "base_url = \"https://api.xiaomimimo.com/v1\"\n";
    let model = "model = \"mimo-v2.6-pro\"\n";
    let limit = "max_tokens = 200000\n";
    let broken = "timeout = 30s\n";
    for lines in
        [[broken, url, model, limit], [url, broken, model, limit], [url, model, limit, broken]]
    {
        let mut found = rules(&format!("[llm]\n{}", lines.concat()));
        found.sort();
        assert_eq!(found, ["max-tokens-over-model-limit", "syntax-error"], "{lines:?}");
    }
    let other = format!("[llm]\n{broken}[other]\n{url}{model}{limit}");
    assert_eq!(rules(&other), ["syntax-error", "max-tokens-over-model-limit"]);
    // What is lost may be the URL of another API, or the model itself.
    assert!(
        !rules(&format!("[llm]\n{model}{limit}base_url = \"https://x\n"))
            .contains(&"max-tokens-over-model-limit".to_owned())
    );
    assert_eq!(rules(&format!("[llm]\n{url}model = \"mimo-v2.6-pro\n{limit}")), ["syntax-error"]);
}

/// A block of settings that leads to a request which the API refuses, and a broken one.
fn blocks() -> (String, Vec<(&'static str, &'static str)>) {
    let block = |name: &str| {
        format!(
            "{name}:\n  provider: openai\n  base_url: https://api.xiaomimimo.com/v1\n  model: mimo-v2-pro\n"
        )
    };
    let broken = vec![
        ("x: a: b\n", ":"),
        ("x:\n    y: 1\n  z: 2\n", "z: 2"),
        ("x: [1, 2\n", "["),
        ("x: \"never closed\n", "\""),
        ("x: &x [*x]\n", "*x"),
    ];
    (block("one"), broken)
}

#[test]
fn a_broken_block_of_yaml_hides_no_other() {
    let (one, broken) = blocks();
    let two = one.replace("one:", "two:");
    let model = ("deprecated-model", "mimo-v2-pro");
    for (broken, underlined) in broken {
        let fault = ("syntax-error", underlined);
        for (blocks, wanted) in [
            (vec![&*one, broken], vec![model, fault]),
            (vec![broken, &*two], vec![fault, model]),
            (vec![&*one, broken, &*two], vec![model, fault, model]),
            (vec![&*one, "---\n", broken, &*two, "---\n", &*two], vec![model, fault, model, model]),
            (vec!["# é\n", broken, "# c\n\n", &*two], vec![fault, model]),
        ] {
            let text = blocks.concat();
            assert_eq!(told("app.yaml", &text), wanted, "{text}");
            let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!(told("app.yaml", &text), wanted, "{text:?}");
        }
    }
}

#[test]
fn a_broken_entry_of_yaml_hides_no_other() {
    let entry = |key: &str| {
        format!(
            "  - model_name: {key}\n    litellm_params:\n      model: openai/mimo-v2-pro\n      \
             api_base: https://api.xiaomimimo.com/v1\n      api_key: os.environ/MIMO_API_KEY\n"
        )
    };
    let broken = "  - model_name: \"b\n    litellm_params: {model: openai/mimo-v9}\n";
    let text = format!("model_list:\n{}{broken}{}", entry("a"), entry("c"));
    let found: Vec<_> = told("litellm.yaml", &text).into_iter().map(|one| one.0).collect();
    assert_eq!(found, ["deprecated-model", "syntax-error", "deprecated-model"]);
}

#[test]
fn what_the_broken_lines_of_yaml_may_mend_stays_untold() {
    // The URL of another API, the model, the missing messages.
    for (path, text) in [
        (
            "app.yaml",
            "llm:\n  base_url: \"https://x.example\n  model: mimo-v2-pro\n  max_tokens: 900000\n",
        ),
        ("request.yaml", "messages: a: b\nmodel: mimo-v2.6-pro\ntemperature: 1\n"),
        ("request.yaml", "x: a: b\nmodel: mimo-v2.6-pro\ntemperature: 1\n"),
        (
            "request.yaml",
            "model: mimo-v2.6-pro\nmessages:\n- role: user\n  content: \"Hi\n- role: user\n  content: Hi\n",
        ),
        (
            "request.yaml",
            "d: &d\n  messages: a: b\n  top_p: 1\nr:\n  <<: *d\n  model: mimo-v2.6-pro\n  temperature: 1\n",
        ),
    ] {
        let others: Vec<_> =
            told(path, text).into_iter().filter(|one| one.0 != "syntax-error").collect();
        assert_eq!(others, [], "{text}");
    }
}

#[test]
fn what_a_file_is_shows_in_the_keys_of_broken_lines() {
    let manifest = "apiVersion: v1\nkind: @ConfigMap\nmetadata: {name: chat}\ndata:\n  model: mimo-v2-pro\n  messages: \"system: be kind\"\n";
    let record = "date: 2026: 05\nconfig:\n  model: mimo-v2.5-pro\n  base_url: https://api.xiaomimimo.com/v1\nresults: {accuracy: 0.82}\n";
    let tight =
        manifest.replace("@ConfigMap", "ConfigMap").replace("apiVersion: v1", "apiVersion:apps/v1");
    for text in [manifest, record, &tight] {
        assert_eq!(told("notes.yaml", text), [], "{text}");
    }
    // A text that goes on in the broken line is no value.
    let text = "model: mimo-v2.6-pro\nmessages:\n  - role user\n    content: Hi\n  - role: user\n    content: Hi\n";
    let found: Vec<_> = told("request.yaml", text).into_iter().map(|one| one.0).collect();
    assert_eq!(found, ["syntax-error"]);
    // What stands between brackets that never close is none either.
    let text = "model: mimo-v2.6-pro\nmessages:\n  - role: [user\n    content: Hi\n";
    let found: Vec<_> = told("request.yaml", text).into_iter().map(|one| one.0).collect();
    assert_eq!(found, ["syntax-error"]);
}
