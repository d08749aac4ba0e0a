//! Files that stand in other files: read as what they are, told to the byte.

mod support;

use serde_json::{Value, json};
use support::Folder;

const KEY: &str = "sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0";

/// The findings of the one file of this name: rule, pointer, pointer of the document, underlined text.
fn told(name: &str, text: &str) -> Vec<[String; 4]> {
    let folder = Folder::with(&[(name, text)]);
    let report = folder.check(&["."]).json();
    let found = report["diagnostics"].as_array().expect("diagnostics").iter().map(|one| {
        let at = |edge: &str| {
            let offset = one["span"][edge]["offset"].as_u64();
            usize::try_from(offset.expect("an offset")).expect("a place in the text")
        };
        let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        [
            text_of(&one["rule"]),
            text_of(&one["pointer"]),
            text_of(&one["document"]["pointer"]),
            text[at("start")..at("end")].to_owned(),
        ]
    });
    found.collect()
}

fn config_map(file: &str, inner: &str) -> String {
    let lines: String = inner.lines().map(|line| format!("    {line}\n")).collect();
    format!("apiVersion: v1\nkind: ConfigMap\ndata:\n  {file}: |\n{lines}")
}

#[test]
fn a_file_in_a_block_scalar_is_told_to_the_byte() {
    let inner = "model_list:\n  - litellm_params:\n      model: openai/mimo-v2.6-por\n      api_base: https://api.xiaomimimo.com/v1\n";
    let found = told("deploy/app.yaml", &config_map("config.yaml", inner));
    let pointer = "/model_list/0/litellm_params/model";
    assert_eq!(found, [["unknown-model", pointer, "/data/config.yaml", "openai/mimo-v2.6-por"]]);
    // The same text is a file only where the file says that it holds some.
    let other = config_map("config.yaml", inner).replace("kind: ConfigMap", "kind: Widget");
    assert!(told("deploy/app.yaml", &other).is_empty());
}

#[test]
fn what_is_lost_in_it_hides_what_it_may_mend() {
    let inner = "model_list:\n  - litellm_params:\n      model: openai/mimo-v2.6-por\n      api_base: https://api.xiaomimimo.com/v1\n      api_key: 'sk\n";
    let found = told("deploy/app.yaml", &config_map("config.yaml", inner));
    let rules: Vec<_> = found.iter().map(|one| one[0].as_str()).collect();
    assert_eq!(rules, ["unknown-model", "syntax-error"]);
    let template = inner.replace("openai/mimo-v2.6-por", "{{ .Values.model }}");
    let found = told("deploy/app.yaml", &config_map("config.yaml", &template));
    assert!(found.iter().all(|one| one[0] != "unknown-model"), "{found:?}");
}

#[test]
fn a_key_in_three_layers_is_covered_and_the_fix_escaped() {
    let llm = json!({"providers": [{"apiHost": "https://api.xiaomimimo.com", "apiKey": KEY,
        "models": [{"id": "mimo-v2.6-por"}]}]});
    let persist = json!({"llm": llm.to_string()});
    let text = json!({"localStorage": {"persist:cherry-studio": persist.to_string()}}).to_string();
    let folder = Folder::with(&[("data.json", &text)]);
    let run = folder.check(&["."]);
    assert!(run.stdout.contains("unknown-model"), "{}", run.stdout);
    assert!(!run.stdout.contains(KEY), "{}", run.stdout);
    folder.check(&[".", "--fix", "--unsafe-fixes"]);
    let fixed = folder.read("data.json");
    assert_eq!(fixed, text.replace("mimo-v2.6-por", "mimo-v2.6-pro"));
}

#[test]
fn a_comment_in_it_suppresses_and_one_that_does_not_is_told() {
    let inner = "model_list:\n  - litellm_params:\n      # requestlint-ignore: unknown-model -- a mock\n      model: openai/mimo-v2.6-por\n      api_base: https://api.xiaomimimo.com/v1\n";
    assert!(told("deploy/app.yaml", &config_map("config.yaml", inner)).is_empty());
    let mended = inner.replace("-por", "-pro");
    let found = told("deploy/app.yaml", &config_map("config.yaml", &mended));
    let rules: Vec<_> = found.iter().map(|one| one[0].as_str()).collect();
    assert_eq!(rules, ["unused-suppression"]);
}
