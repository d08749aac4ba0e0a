//! Five tools that the binary has never heard of, each with a layout of its own and described by one file.

mod support;

use support::Folder;

/// What is told of `file` with this text, where `lint/tool.json` describes the tool: rule and underlined text.
fn told(file: &str, text: &str, tool: &str) -> Vec<String> {
    let folder = Folder::with(&[
        (file, text),
        ("lint/tool.json", tool),
        (
            "requestlint.toml",
            "exclude = [\"lint/**\"]\n[clients.tool]\npath = \"lint/tool.json\"\n",
        ),
    ]);
    let report = folder.check(&["."]).json();
    let found = report["diagnostics"].as_array().expect("diagnostics").iter().map(|one| {
        let at = |edge: &str| {
            let offset = one["span"][edge]["offset"].as_u64();
            usize::try_from(offset.expect("an offset")).expect("a place in the text")
        };
        assert_eq!(one["path"], file);
        format!("{} {}", one["rule"].as_str().unwrap_or_default(), &text[at("start")..at("end")])
    });
    found.collect()
}

fn holds(file: &str, text: &str, tool: &str, expected: &[&str]) {
    assert_eq!(told(file, text, tool), expected, "{file}");
}

#[test]
fn providers_in_a_list_of_toml() {
    const TOOL: &str = r##"{"id":"heron","name":"Heron","files":["**/heron.toml"],"expands":["env:NAME"],
"entries":[{"at":"/upstream/*","named_by":"/label","protocol_at":[{"at":"/speaks","values":{"oai":"openai"}}],
"url":[{"at":"/endpoint"}],"key":[{"at":"/secret"}],
"model":[{"at":"/route/*","root":true,"prefix":"{key}:"}],"output_limit":[{"at":"/limits/answer"}],
"appends":{"openai":"/chat/completions"},
"settings":[{"at":"/tries","rule":"unbounded-retries","when":{"is":[0]},"message":"Heron tries without end","label":"write 3","help":"0 is without end","source":"own","verified":"2026-11-29","confidence":"D"}]}],
"source":"own","verified":"2026-11-29"}"##;
    const TEXT: &str = r##"[route]
default = "mimo:mimo-v2.6-por"
cheap = "mimo:mimo-v2.5"

[[upstream]]
label = "mimo"
endpoint = "https://api.xiaomimimo.com/v1/chat/completions"
secret = "env:MIMO_API_KEY"
speaks = "oai"
tries = 0
[upstream.limits]
answer = 300000

[[upstream]]
label = "mine"
endpoint = "https://llm.example.com/v1"
secret = "x"
"##;
    holds(
        "heron.toml",
        TEXT,
        TOOL,
        &[
            r##"unknown-model "mimo:mimo-v2.6-por""##,
            r##"deprecated-model "mimo:mimo-v2.5""##,
            r##"base-url "https://api.xiaomimimo.com/v1/chat/completions""##,
            r##"unbounded-retries 0"##,
        ],
    );
}

#[test]
fn providers_in_a_map_of_yaml_with_variables_in_a_form_of_its_own() {
    const TOOL: &str = r##"{"id":"quokka","name":"Quokka","files":["**/quokka.yml"],"expands":["%(NAME)s"],"reads_environment":true,
"entries":[{"at":"/backends/*","protocol_at":[{"at":"/dialect","values":{"openai":"openai","anthropic":"anthropic"}}],
"url":[{"at":"/address"}],"key":[{"at":"/token"}],"model":[{"at":"/engines/*/name","listed":true}],
"context_window":[{"at":"/engines/*/ctx"}],"output_limit":[{"at":"/engines/*/out"}],
"appends":{"openai":"/v1/chat/completions","anthropic":"/anthropic/v1/messages"}}],
"source":"own","verified":"2026-11-29"}"##;
    const TEXT: &str = r##"backends:
  mimo:
    address: https://token-plan-cn.xiaomimimo.com
    token: "%(MIMO_API_KEY)s"
    dialect: anthropic
    engines:
      - {name: mimo-v2.6-pro, ctx: 2000000, out: 131072}
      - {name: mimo-v2.6-pro-ultraspeed, ctx: 1048576, out: 131072}
  other:
    address: https://api.example.com
    token: ""
"##;
    holds(
        "quokka.yml",
        TEXT,
        TOOL,
        &[
            r##"context-window-exceeded 2000000"##,
            r##"model-not-in-plan mimo-v2.6-pro-ultraspeed"##,
        ],
    );
}

#[test]
fn presets_nested_in_jsonc() {
    const TOOL: &str = r##"{"id":"lynx","name":"Lynx","files":["**/lynx.jsonc"],"expands":["$env.NAME"],
"entries":[{"at":"/presets/**/llm","protocol":"openai","url":[{"at":"/uri"}],"key":[{"at":"/credential"}],"model":[{"at":"/ids","separators":["|"]}],"appends":{"openai":"/chat/completions"}}],
"source":"own","verified":"2026-11-29"}"##;
    const TEXT: &str = r##"{
  // presets
  "presets": {
    "fast": { "llm": { "uri": "https://api.xiaomimimo.com", "credential": "$env.MIMO_API_KEY", "ids": "mimo-v2.6-flash|mimo-v2.6-flahs" } },
    "deep": { "nested": { "llm": { "uri": "https://api.xiaomimimo.com/v1", "credential": "", "ids": "mimo-v2-pro" } } },
  },
}
"##;
    holds(
        "lynx.jsonc",
        TEXT,
        TOOL,
        &[
            r##"base-url "https://api.xiaomimimo.com""##,
            r##"unknown-model mimo-v2.6-flahs"##,
            r##"empty-api-key """##,
            r##"deprecated-model mimo-v2-pro"##,
        ],
    );
}

#[test]
fn variables_with_a_prefix() {
    const TOOL: &str = r##"{"id":"orca","name":"Orca","files":["**/orca.env"],
"entries":[{"protocol":"openai","url":[{"at":"/ORCA__LLM__{}__URL"}],"key":[{"at":"/ORCA__LLM__{}__TOKEN"}],"model":[{"at":"/ORCA__LLM__{}__DEPLOYMENTS","separators":[";"]}],"appends":{"openai":"/chat/completions"},
"settings":[{"at":"/ORCA__RETRY__MAX","rule":"unbounded-retries","when":{"above":10},"message":"many","label":"5","help":"fewer","source":"own","verified":"2026-11-29","confidence":"D"}]}],
"source":"own","verified":"2026-11-29"}"##;
    const TEXT: &str = r##"ORCA__LLM__MIMO__URL=https://api.xiaomimimo.com/v1
ORCA__LLM__MIMO__TOKEN=tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
ORCA__LLM__MIMO__DEPLOYMENTS=mimo-v2.6-pro;mimo-v2.6-por
ORCA__LLM__OTHER__URL=https://api.example.com
ORCA__RETRY__MAX=99
"##;
    holds(
        "orca.env",
        TEXT,
        TOOL,
        &[
            r##"key-endpoint-mismatch https://api.xiaomimimo.com/v1"##,
            r##"unknown-model mimo-v2.6-por"##,
            r##"unbounded-retries 99"##,
        ],
    );
}

#[test]
fn whole_urls_and_headers_in_json5() {
    const TOOL: &str = r##"{"id":"vole","name":"Vole","files":["**/vole.json5"],"expands":["@env(NAME)"],
"entries":[{"at":"/targets/*","protocol":"openai","url":[{"at":"/to"}],"url_is_whole":true,"headers":[{"at":"/via/headers"}],"model":[{"at":"/ask/engine"}],"input":[{"at":"/ask/sees/*"}]}],
"source":"own","verified":"2026-11-29"}"##;
    const TEXT: &str = r##"{
  targets: [
    { to: 'https://api.xiaomimimo.com/v1', via: { headers: { Authorization: 'sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0' } }, ask: { engine: 'mimo-v2.6-pro', sees: ['image'] } },
    { to: 'https://api.xiaomimimo.com/v1/chat/completions', via: { headers: [{ name: 'api-key', value: '<key>' }] }, ask: { engine: 'mimo-v2.5-pro', sees: ['image'] } },
    { to: 'https://api.xiaomimimo.com/v1/chat/completions', via: { headers: { 'api-key': '@env(MIMO_API_KEY)' } }, ask: { engine: 'mimo-v2.6-pro', sees: ['image'] } },
  ],
}
"##;
    holds(
        "vole.json5",
        TEXT,
        TOOL,
        &[
            r##"base-url 'https://api.xiaomimimo.com/v1'"##,
            r##"hardcoded-api-key 'sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0'"##,
            r##"wrong-auth-header 'sk-c8m2q7w4x9z1v5b3n6k0j8h2g4f7d1s9a3p5o7i2u4y6t8r0'"##,
            r##"placeholder-api-key '<key>'"##,
            r##"deprecated-model 'mimo-v2.5-pro'"##,
        ],
    );
}
