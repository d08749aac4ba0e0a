//! Settings that work: forms that a tool fills in, names of its own, and what is meant for other programs.

mod support;

use support::Folder;

const BASE: &str = "https://api.xiaomimimo.com/v1";

fn found(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, String)> =
        files.iter().map(|(path, text)| (*path, text.replace("@HOST@", BASE))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let report = Folder::with(&files).check(&["."]).json();
    let told = report["diagnostics"].as_array().expect("diagnostics");
    assert!(report["summary"]["documents"].as_u64() > Some(0), "{report}");
    told.iter()
        .map(|one| {
            format!("{} {} {}", one["severity"], one["rule"], one["pointer"]).replace('"', "")
        })
        .collect()
}

#[test]
fn forms_that_a_tool_fills_in() {
    for (path, text) in [
        (
            ".github/workflows/a.yml",
            "env:\n  MIMO_API_KEY: ${{ secrets.K || '' }}\n  MIMO_BASE_URL: @HOST@\n  MIMO_MODEL: ${{ vars.M || 'mimo-v2.6-pro' }}\n",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    environment:\n      OPENAI_BASE_URL: @HOST@\n      OPENAI_API_KEY: ${MIMO_API_KEY?is required}\n      MIMO_API_KEY:\n",
        ),
        (".envrc", "export MIMO_BASE_URL=@HOST@\nexport MIMO_API_KEY=\"$(pass show mimo)\"\n"),
        (
            ".openclaw/openclaw.json",
            r#"{models: {providers: {xiaomi: {baseUrl: "@HOST@", apiKey: "XIAOMI_API_KEY"}}}}"#,
        ),
        (
            ".openclaw/openclaw.json",
            r#"{providers: {xiaomi: {baseUrl: "@HOST@", apiKey: "XIAOMI_API_KEY"}}}"#,
        ),
        (
            "opencode.json",
            r#"{"provider": {"m": {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": "@HOST@", "apiKey": "{file:~/.keys/mimo}"}}}}"#,
        ),
        (
            "crush.json",
            r#"{"providers": {"m": {"type": "openai-compat", "base_url": "@HOST@", "api_key": "$(cat ~/.mimo)", "models": [{"id": "mimo-v2.6-pro"}]}}}"#,
        ),
        (
            ".continue/config.yaml",
            "models:\n  - {provider: openai, model: mimo-v2.6-pro, apiBase: @HOST@, apiKey: '${{ secrets.org/x/MIMO }}'}\n",
        ),
        (
            "group_vars/all.yml",
            "llm:\n  base_url: @HOST@\n  api_key: !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    3132\n",
        ),
    ] {
        assert_eq!(found(&[(path, text)]), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn names_that_a_tool_gives_to_models() {
    for (path, text) in [
        (
            ".claude/settings.json",
            r#"{"model": "opus", "env": {"ANTHROPIC_BASE_URL": "https://api.xiaomimimo.com/anthropic", "ANTHROPIC_MODEL": "sonnet[1m]", "ANTHROPIC_DEFAULT_OPUS_MODEL": "mimo-v2.6-pro"}}"#,
        ),
        (
            "litellm.yaml",
            "model_list:\n  - litellm_params: {model: xiaomi_mimo/*, api_key: os.environ/X}\n  - litellm_params: {model: openai/responses/mimo-v2.6-pro, api_base: @HOST@}\n",
        ),
        (
            "opencode.json",
            r#"{"model": "m/own", "provider": {"m": {"npm": "@ai-sdk/openai-compatible", "options": {"baseURL": "@HOST@"}, "models": {"own": {"id": "mimo-v2.6-pro"}}}}}"#,
        ),
        (
            ".codex/config.toml",
            "model = \"gpt-5\"\nmodel_provider = \"openai\"\nweb_search = \"live\"\n[model_providers.mimo]\nbase_url = \"@HOST@\"\nenv_key = \"MIMO_API_KEY\"\nwire_api = \"responses\"\n",
        ),
        (".env", "MIMO_BASE_URL=@HOST@\nMIMO_MODEL=mimo-v2.6-pro,mimo-v2.6-flash\n"),
    ] {
        assert_eq!(found(&[(path, text)]), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn models_that_are_meant_for_others_or_found_by_the_tool() {
    for (path, text) in [
        (
            "opencode.json",
            r#"{"model": "anthropic/claude-sonnet-4-5", "small_model": "xiaomi/mimo-v2.6-flash", "agent": {"a": {"model": "openrouter/xiaomi/mimo-v2.5-pro"}, "b": {"model": "xiaomi-token-plan-cn/mimo-v2.5-pro"}},
                "provider": {"xiaomi-token-plan-cn": {"options": {"baseURL": "https://gateway.example.com/v1"}}, "m": {"npm": "@ai-sdk/openai", "options": {"baseURL": "@HOST@"}}}}"#,
        ),
        (
            "openclaw.json",
            r#"{agents: {defaults: {model: {primary: "mimo-v2.6-pro", fallbacks: ["mimo", "openai/gpt-5"]}, models: {"m/mimo-v2.6-flash": {alias: "mimo-v2.6-flash"}}}, list: [{id: "a", model: "mimo-v2.6-flash"}]},
                models: {providers: {m: {baseUrl: "@HOST@", models: [{id: "mimo-v2.6-pro"}]}}}}"#,
        ),
        (
            ".codex/config.toml",
            "model = \"mimo-v2.6-pro\"\nmodel_provider = \"m\"\nweb_search = \"disabled\"\n[model_providers.m]\nbase_url = \"@HOST@\"\n[profiles.o]\nmodel = \"xiaomi/mimo-v2.5-pro\"\nmodel_provider = \"router\"\n[profiles.fast]\nmodel = \"mimo-v2.6-flash\"\n",
        ),
        (
            "litellm.yaml",
            "model_list:\n  - litellm_params: {model: mimo-v2.6-pro, custom_llm_provider: openai, api_base: @HOST@}\n  - litellm_params: {model: openai/mimo-v2.5-tts, api_base: @HOST@}\n",
        ),
        (
            ".aider.conf.yml",
            "openai-api-base: @HOST@\nmodel: mimo-v2.6-pro\nalias: ['mimo-v2.6-pro:openai/mimo-v2.6-pro']\n",
        ),
    ] {
        assert_eq!(found(&[(path, text)]), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn what_is_switched_off_or_goes_elsewhere() {
    let text = r#"{"oaicopilot.baseUrl": "@HOST@", "oaicopilot.retry": {"enabled": false, "status_codes": [400]},
        "oaicopilot.models": [{"id": "mimo-v2.6-pro", "include_reasoning_in_request": true}, {"id": "mimo-v2.5-pro", "baseUrl": "https://gateway.example.com/v1"}]}"#;
    assert_eq!(found(&[(".vscode/settings.json", text)]), Vec::<String>::new());
    // The models of a gateway are its own, and Copilot's names of variables speak of one connection.
    let text = "COPILOT_PROVIDER_BASE_URL=https://gateway.example.com/v1\nCOPILOT_MODEL=mimo-v2.5-pro\nMIMO_BASE_URL=@HOST@\n";
    assert_eq!(found(&[(".env", text)]), Vec::<String>::new());
    let text = r#"{"defaultProvider": "opencode-go", "defaultModel": "mimo-v2.5-pro"}"#;
    let own = r#"{"providers": {"m": {"baseUrl": "@HOST@", "models": [{"id": "mimo-v2.6-pro", "reasoning": false}]}}}"#;
    assert_eq!(
        found(&[(".pi/agent/settings.json", text), (".pi/agent/models.json", own)]),
        Vec::<String>::new()
    );
}

#[test]
fn what_a_program_that_nobody_knows_may_understand_is_a_warning() {
    // A program that calls LiteLLM takes `openai/` off; a gateway's own notation nobody does.
    let model = |id: &str| found(&[(".env", &format!("LLM_BASE_URL=@HOST@\nLLM_MODEL={id}\n"))]);
    assert_eq!(model("openai/mimo-v2.6-pro"), Vec::<String>::new());
    assert_eq!(model("xiaomi/mimo-v2.6-pro"), ["warning unknown-model /LLM_MODEL"]);
    assert_eq!(
        found(&[("values.yaml", "mimo: {apiKey: '', baseUrl: '@HOST@'}\n")]),
        ["warning empty-api-key /mimo/apiKey"]
    );
}

#[test]
fn a_line_that_is_none_keeps_no_other_from_being_told() {
    let told = found(&[(
        ".env",
        "not a line\nMIMO_BASE_URL=@HOST@\nMIMO_API_KEY=\nMIMO_MODEL=mimo-v2.6-por\n",
    )]);
    assert_eq!(
        told,
        [
            "error syntax-error /",
            "error empty-api-key /MIMO_API_KEY",
            "error unknown-model /MIMO_MODEL"
        ]
        .map(|one| one.trim_end_matches('/').to_owned())
    );
}

#[test]
fn a_speech_model_cannot_chat() {
    let text = r#"{"env": {"ANTHROPIC_BASE_URL": "https://api.xiaomimimo.com/anthropic", "ANTHROPIC_MODEL": "mimo-v2.5-tts"}}"#;
    assert_eq!(
        found(&[(".claude/settings.json", text)]),
        ["error model-capability /env/ANTHROPIC_MODEL"]
    );
}

#[test]
fn a_place_of_ones_own_tool_is_walked() {
    let client = r#"{"id": "parrot", "name": "P", "files": ["**/.parrot/*.yaml"], "places": [".parrot"],
        "entries": [{"url": [{"at": "/u"}], "key": [{"at": "/k"}]}], "source": "own", "verified": "2026-11-24"}"#;
    let told = found(&[
        ("lint/p.json", client),
        ("requestlint.toml", "[clients.parrot]\npath = \"lint/p.json\"\n"),
        (".parrot/y.yaml", "u: @HOST@\nk: ''\n"),
    ]);
    assert_eq!(told, ["error empty-api-key /k"]);
}

#[test]
fn a_provider_that_the_tool_brings_and_nothing_uses_needs_no_key() {
    let folder = Folder::with(&[(
        ".nanobot/config.json",
        r#"{"agents": {"defaults": {"model": "gpt-4o", "provider": "openai"}},
            "providers": {"openai": {"apiKey": "${OPENAI_API_KEY}"}, "xiaomi_mimo": {"apiKey": ""}}}"#,
    )]);
    assert_eq!(folder.check(&["."]).rules(), Vec::<String>::new());
    // Where it is used, the empty key is told.
    folder.write(
        ".nanobot/config.json",
        r#"{"agents": {"defaults": {"model": "mimo-v2.6-pro", "provider": "xiaomi_mimo"}},
            "providers": {"xiaomi_mimo": {"apiKey": ""}}}"#,
    );
    assert_eq!(folder.check(&["."]).rules(), ["empty-api-key"]);
}

#[test]
fn what_is_another_providers_is_not_judged() {
    let qwen = r#"{"env": {"OPENAI_BASE_URL": "https://api.xiaomimimo.com/v1"},
        "modelProviders": {"openai": [{"id": "qwen3-coder", "baseUrl": "https://other.example/v1"}]},
        "model": {"name": "qwen3-coder"}}"#;
    let hermes = "model:\n  provider: xiaomi\n  default: mimo-v2.6-pro\nauxiliary:\n  vision: {provider: opencode-go, model: mimo-v2.5-pro, base_url: '', api_key: ''}\nfallback_model: {provider: opencode-go, model: mimo-v2.5-pro}\n";
    let gcmp = r#"{"gcmp.compatibleModels": [{"id": "b", "model": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1"}, {"id": "a", "provider": "opencode", "model": "mimo-v2.5-pro", "sdkMode": "openai"}]}"#;
    let presets = "endpoints:\n  custom:\n    - name: MiMo\n      baseURL: https://api.xiaomimimo.com/v1\nmodelSpecs:\n  list:\n    - preset: {endpoint: Other, model: gpt-5, temperature: 1.9}\n";
    for (path, text) in [
        (".qwen/settings.json", qwen),
        (".hermes/config.yaml", hermes),
        (".vscode/settings.json", gcmp),
        ("librechat.yaml", presets),
    ] {
        assert_eq!(found(&[(path, text)]), Vec::<String>::new(), "{path}");
    }
}
