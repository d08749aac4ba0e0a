//! Environments in which models are called through something of one's own, or by its names.

mod support;

use support::Folder;

const KEY: &str = "sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0";

fn told(env: &str) -> Vec<String> {
    Folder::with(&[(".env", env)]).check(&["."]).rules()
}

/// What goes to a gateway is called as the gateway calls it.
#[test]
fn models_behind_a_gateway_are_left_alone() {
    for env in [
        "OPENAI_BASE_URL=http://localhost:4000/v1\nOPENAI_API_KEY=sk-1234\nAGENT_MODEL=mimo-v2.5-pro\n",
        "ANTHROPIC_BASE_URL=http://localhost:3456\nCLAUDE_CODE_SUBAGENT_MODEL=mimo-v2.5-pro\n",
        "LITELLM_PROXY_URL=http://litellm:4000\nPRIMARY_MODEL=mimo-v2.5-pro\n",
        "LLM_HOST=http://10.0.0.5:8000\nLLM_MODEL=mimo-v2.5-pro\n",
        "MIMO_HOST=http://localhost:3000\nMIMO_MODEL=mimo-v2.5-pro\nMIMO_API_KEY=local\n",
        "OPENAI_PROXY_URL=https://aihubmix.com/v1\nOPENAI_MODEL_LIST=-all,+gpt-4o,+mimo-v2-pro\n",
        "ENABLED_MODELS=gpt-4o,mimo-v2.5-pro,claude-sonnet-4\n",
    ] {
        assert_eq!(told(env), [""; 0], "{env}");
    }
}

/// Beside one API's URL its models are told, and those of others are for whatever has no URL there.
#[test]
fn models_beside_a_url_are_those_of_its_api() {
    let ours = format!("MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY={KEY}\n");
    let others = "DEFAULT_MODEL=gpt-4o\nCHAT_MODEL=claude-opus-4\n";
    assert_eq!(told(&format!("{ours}MODEL=mimo-v2.6-pro\n{others}")), [""; 0]);
    assert_eq!(told(&format!("{ours}MODEL=mimo-v2.5-pro\n{others}")), ["deprecated-model"]);
    assert_eq!(told(&format!("{ours}AGENT_MODEL=mimo-v2.5-pro\n")), ["deprecated-model"]);
    let elsewhere = "OPENAI_BASE_URL=https://openrouter.ai/api/v1\n";
    assert_eq!(told(&format!("{ours}{elsewhere}AGENT_MODEL=mimo-v2.5-pro\n")), [""; 0]);
    // A key of its own says whose it is, whatever else stands there.
    let own =
        format!("APP_URL=http://localhost:3000\nMIMO_API_KEY={KEY}\nMIMO_MODEL=mimo-v2.5-por\n");
    assert_eq!(told(&own), ["unknown-model"]);
}
