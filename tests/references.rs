//! Variables in settings: what stands in for one that is not set, what is set beside the file, and what that
//! makes of hosts, models and keys.

mod support;

use support::{DAY, Folder, Run};

const PLAN_KEY: &str = "tp-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6";
const PAID_KEY: &str = "sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6";
const RIGHT: &str = "https://api.xiaomimimo.com/v1";
const COMPOSE: &str = "docker-compose.yml";

/// A compose file with one service that gets these variables.
fn compose(variables: &[(&str, &str)]) -> String {
    let lines = variables.iter().map(|(name, value)| format!("      {name}: {value}\n"));
    format!("services:\n  app:\n    environment:\n{}", lines.collect::<String>())
}

/// What is found in `files`, as `severity[rule] path underlined`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let folder = Folder::with(files);
    let run = folder.check(&["."]);
    underlined(&folder, &run)
}

fn underlined(folder: &Folder, run: &Run) -> Vec<String> {
    let report = run.json();
    let all = report["diagnostics"].as_array().expect("diagnostics").iter();
    all.map(|one| {
        let text = |name: &str| one[name].as_str().expect(name).to_owned();
        let at = |end: &str| {
            let offset = one["span"][end]["offset"].as_u64().expect("an offset");
            usize::try_from(offset).expect("a small file")
        };
        let path = text("path");
        let source = folder.read(&path);
        let part = &source[at("start")..at("end")];
        format!("{}[{}] {path} {part}", text("severity"), text("rule"))
    })
    .collect()
}

#[test]
fn what_stands_in_for_a_variable_is_judged_at_its_own_bytes() {
    for sign in [":-", "-"] {
        let url = |url: &str| format!("${{X_URL{sign}{url}}}");
        let bad = url("https://api.mimo.xiaomi.com/v1");
        let text = compose(&[("MIMO_API_KEY", "${MIMO_API_KEY}"), ("MIMO_BASE_URL", &bad)]);
        let wanted = "warning[unknown-endpoint] docker-compose.yml https://api.mimo.xiaomi.com/v1";
        assert_eq!(found(&[(COMPOSE, &text)]), [wanted]);
        let text = compose(&[
            ("MIMO_API_KEY", "${MIMO_API_KEY}"),
            ("MIMO_BASE_URL", &url(RIGHT)),
            ("MIMO_MODEL", &format!("\"${{MODEL{sign}mimo-v2-pro}}\"")),
        ]);
        let wanted = "error[deprecated-model] docker-compose.yml mimo-v2-pro";
        assert_eq!(found(&[(COMPOSE, &text)]), [wanted]);
    }
    // A list of `NAME=value`, and one default in another.
    let text = "services:\n  app:\n    environment:\n      - MIMO_API_KEY=${MIMO_API_KEY}\n      - MIMO_BASE_URL=${A:-${B:-https://api.mimo.xiaomi.com/v1}}\n";
    let wanted = "warning[unknown-endpoint] docker-compose.yml https://api.mimo.xiaomi.com/v1";
    assert_eq!(found(&[(COMPOSE, text)]), [wanted]);
    // An environment file, in which more forms are filled in.
    for sign in [":-", "-", ":=", "="] {
        let text = format!(
            "MIMO_API_KEY={PAID_KEY}\nMIMO_BASE_URL=${{MIMO_BASE_URL{sign}{RIGHT}}}\nMIMO_MODEL=${{M{sign}mimo-v2-pro}}\n"
        );
        assert_eq!(found(&[(".env", &text)]), ["error[deprecated-model] .env mimo-v2-pro"]);
    }
}

#[test]
fn a_key_and_a_host_that_stand_in_belong_together() {
    let key = format!("${{MIMO_API_KEY:-{PLAN_KEY}}}");
    let url = format!("${{MIMO_BASE_URL:-{RIGHT}}}");
    let text = compose(&[("MIMO_API_KEY", &key), ("MIMO_BASE_URL", &url)]);
    let hardcoded = format!("warning[hardcoded-api-key] {COMPOSE} {PLAN_KEY}");
    let mismatch = format!("error[key-endpoint-mismatch] {COMPOSE} {RIGHT}");
    assert_eq!(found(&[(COMPOSE, &text)]), [hardcoded.clone(), mismatch]);
    // What is set goes before it: the key is in the file all the same.
    let set = format!("MIMO_API_KEY={PAID_KEY}\n");
    assert_eq!(found(&[(COMPOSE, &text), (".env", &set)]), std::slice::from_ref(&hardcoded));
    let set = "MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1\n";
    assert_eq!(found(&[(COMPOSE, &text), (".env", set)]), [hardcoded]);
}

#[test]
fn a_key_that_may_come_from_elsewhere_is_silent() {
    for value in [
        "${MIMO_API_KEY:-}",
        "${MIMO_API_KEY-}",
        "${MIMO_API_KEY:?set it}",
        "${MIMO_API_KEY?}",
        "${MIMO_API_KEY:+other}",
        "$${MIMO_API_KEY}",
    ] {
        let text = compose(&[("MIMO_API_KEY", value), ("MIMO_BASE_URL", RIGHT)]);
        assert_eq!(found(&[(COMPOSE, &text)]), Vec::<String>::new(), "{value}");
    }
    let text = compose(&[("MIMO_API_KEY", "${MIMO_API_KEY:-changeme}"), ("MIMO_BASE_URL", RIGHT)]);
    let wanted = "warning[placeholder-api-key] docker-compose.yml changeme";
    assert_eq!(found(&[(COMPOSE, &text)]), [wanted]);
    let set = format!("MIMO_API_KEY={PAID_KEY}\n");
    assert_eq!(found(&[(COMPOSE, &text), (".env", &set)]), Vec::<String>::new());
}

#[test]
fn what_stands_in_for_a_variable_that_is_set_is_a_warning() {
    let text = compose(&[
        ("MIMO_API_KEY", "${MIMO_API_KEY}"),
        ("MIMO_BASE_URL", "${MIMO_BASE_URL:-https://api.xiaomimimo.com/v1}"),
        ("MIMO_MODEL", "${MIMO_MODEL:-mimo-v2-pro}"),
    ]);
    let env = format!("MIMO_API_KEY={PAID_KEY}\nMIMO_MODEL=mimo-v2.6-pro\n");
    let folder = Folder::with(&[(COMPOSE, &text), (".env", &env)]);
    let run = folder.run(&["check", "--format", "short", "--today", DAY, "."]);
    run.exits(0);
    let line = run.stdout.lines().next().expect("a finding");
    assert!(line.contains("warning[deprecated-model]"), "{line}");
    assert!(line.contains("not in use while .env sets `MIMO_MODEL`"), "{line}");
}

#[test]
fn a_host_and_a_model_are_read_from_the_file_beside_the_settings() {
    let text = compose(&[
        ("OPENAI_API_KEY", "${LLM_SECRET}"),
        ("OPENAI_BASE_URL", "${LLM_HOST}"),
        ("OPENAI_MODEL", "${LLM_NAME}"),
    ]);
    let env = format!("LLM_SECRET={PLAN_KEY}\nLLM_HOST={RIGHT}\nLLM_NAME=mimo-v2-pro\n");
    let wanted = [
        "error[key-endpoint-mismatch] docker-compose.yml ${LLM_HOST}",
        "error[deprecated-model] docker-compose.yml ${LLM_NAME}",
    ];
    assert_eq!(found(&[(COMPOSE, &text), (".env", &env)]), wanted);
    let env = format!("LLM_SECRET={PAID_KEY}\nLLM_HOST={RIGHT}\nLLM_NAME=mimo-v2.6-pro\n");
    assert_eq!(found(&[(COMPOSE, &text), (".env", &env)]), Vec::<String>::new());
    // One variable stands in for another.
    let nested = text.replace("${LLM_HOST}", "${OTHER:-${LLM_HOST:-x}}");
    let env_of = |host: &str| format!("LLM_SECRET={PLAN_KEY}\nLLM_HOST={host}\n");
    let wanted = ["error[key-endpoint-mismatch] docker-compose.yml ${OTHER:-${LLM_HOST:-x}}"];
    assert_eq!(found(&[(COMPOSE, &nested), (".env", &env_of(RIGHT))]), wanted);
    let env = format!("LLM_SECRET={PAID_KEY}\nLLM_HOST=https://api.openai.com/v1\nLLM_NAME=x\n");
    assert_eq!(found(&[(COMPOSE, &text), (".env", &env)]), Vec::<String>::new());
    // What the environment file itself is told of is told there alone.
    let text = compose(&[
        ("OPENAI_API_KEY", "${MIMO_API_KEY}"),
        ("OPENAI_BASE_URL", "${MIMO_BASE_URL}"),
        ("OPENAI_MODEL", "${MIMO_MODEL}"),
    ]);
    let env = format!("MIMO_API_KEY={PLAN_KEY}\nMIMO_BASE_URL={RIGHT}\nMIMO_MODEL=mimo-v2-pro\n");
    let wanted = [
        format!("error[key-endpoint-mismatch] .env {RIGHT}"),
        "error[deprecated-model] .env mimo-v2-pro".to_owned(),
    ];
    assert_eq!(found(&[(COMPOSE, &text), (".env", &env)]), wanted);
}

#[test]
fn variables_of_a_file_are_filled_with_one_another() {
    let settings = r#"{"modelProviders": {"openai": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "envKey": "A_KEY"}]}}"#;
    let path = ".qwen/settings.json";
    let env = format!("SHARED={PLAN_KEY}\nA_KEY=${{SHARED}}\n");
    let wanted = format!("error[key-endpoint-mismatch] {path} \"{RIGHT}\"");
    assert_eq!(found(&[(path, settings), (".env", &env)]), [wanted]);
    let env = format!("SHARED={PAID_KEY}\nA_KEY=\"${{OTHER:-$SHARED}}\"\n");
    assert_eq!(found(&[(path, settings), (".env", &env)]), Vec::<String>::new());
    // One that is filled with itself alone is not set.
    let wanted = format!("warning[undefined-env-var] {path} \"A_KEY\"");
    assert_eq!(found(&[(path, settings), (".env", "A_KEY=${A_KEY}\n")]), [wanted]);
    assert_eq!(
        found(&[(path, settings), (".env", "A_KEY=${A_KEY:-}\n")]),
        [format!("error[empty-api-key] {path} \"A_KEY\"")]
    );
    let env = format!("A_KEY={PAID_KEY}\n");
    let files = [(path, settings), (".env", &env), (".env.local", "A_KEY=$A_KEY\n")];
    assert_eq!(found(&files), Vec::<String>::new());
    // A ring is no value, and no end of time.
    assert_eq!(
        found(&[(path, settings), (".env", "A_KEY=$B\nB=$C\nC=$B\n")]),
        Vec::<String>::new()
    );
}

#[test]
fn a_variable_that_never_ends_keeps_compose_from_reading_the_file() {
    for (name, value) in [
        ("MIMO_API_KEY", "${MIMO_API_KEY"),
        ("MIMO_BASE_URL", "${MIMO_BASE_URL:-https://api.xiaomimimo.com/v1"),
        ("MIMO_MODEL", "mimo-${VERSION"),
    ] {
        let known = [("MIMO_API_KEY", "${MIMO_API_KEY}"), ("MIMO_BASE_URL", RIGHT)];
        let others = known.into_iter().filter(|(other, _)| *other != name);
        let text = compose(&others.chain([(name, value)]).collect::<Vec<_>>());
        let wanted = format!("error[syntax-error] {COMPOSE} {value}");
        assert_eq!(found(&[(COMPOSE, &text)]), [wanted]);
    }
    // An escape, and what is closed, is none.
    for value in ["$${MIMO_API_KEY", "${MIMO_API_KEY:-${OTHER}}"] {
        let text = compose(&[("MIMO_API_KEY", value), ("MIMO_BASE_URL", RIGHT)]);
        assert_eq!(found(&[(COMPOSE, &text)]), Vec::<String>::new(), "{value}");
    }
}

#[test]
fn a_key_in_the_braces_of_a_variable_is_told_and_covered() {
    let braced = |open: &str, close: &str| format!("{open}{PAID_KEY}{close}");
    let compose = |value: &str| compose(&[("MIMO_API_KEY", value), ("MIMO_BASE_URL", RIGHT)]);
    let claude = |value: &str| {
        format!(
            r#"{{"env": {{"ANTHROPIC_BASE_URL": "https://api.xiaomimimo.com/anthropic", "ANTHROPIC_AUTH_TOKEN": "{value}"}}}}"#
        )
    };
    let files = [
        (COMPOSE, compose(&braced("${", "}"))),
        ("compose.yaml", compose(&braced("${", ""))),
        (".env", format!("MIMO_BASE_URL={RIGHT}\nMIMO_API_KEY={}\n", braced("${", "}"))),
        (".claude/settings.json", claude(&braced("${", "}"))),
        (
            "tool.json",
            format!(r#"{{"base_url": "{RIGHT}", "api_key": "{}"}}"#, braced("{env:", "}")),
        ),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let folder = Folder::with(&files);
    let run = folder.check(&["."]);
    let told = underlined(&folder, &run);
    assert_eq!(told.len(), files.len(), "{told:?}");
    assert!(told.iter().all(|one| one.starts_with("error[malformed-api-key]")), "{told:?}");
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        let run = folder.run(&["check", "--format", format, "--select", "malformed-api-key", "."]);
        // The rule's own examples hold such a key, which is no one's.
        let shown = run.stdout.lines().filter(|line| !line.contains("```")).collect::<String>();
        assert!(!shown.contains(&PAID_KEY[5..20]), "{format}: {shown}");
    }
}

#[test]
fn what_a_workflow_says_at_several_levels_belongs_together() {
    let workflow = |workflow: &str, job: &str, step: &str| {
        format!(
            "on: push\nenv:\n  A: {workflow}\njobs:\n  one:\n    env:\n      B: {job}\n    steps:\n      - env:\n          C: {step}\n"
        )
        .replace("A: url ", "MIMO_BASE_URL: ")
        .replace("B: url ", "MIMO_BASE_URL: ")
        .replace("C: url ", "MIMO_BASE_URL: ")
        .replace("A: key ", "MIMO_API_KEY: ")
        .replace("B: key ", "MIMO_API_KEY: ")
        .replace("C: key ", "MIMO_API_KEY: ")
    };
    let path = ".github/workflows/a.yml";
    let told = |text: &str| {
        let all = found(&[(path, text)]);
        all.into_iter().filter(|one| !one.contains("hardcoded")).collect::<Vec<_>>()
    };
    let (url, key) = (format!("url {RIGHT}"), format!("key {PLAN_KEY}"));
    let plan = "url https://token-plan-cn.xiaomimimo.com/v1";
    let mismatch = format!("error[key-endpoint-mismatch] {path} {RIGHT}");
    for (text, is_told) in [
        (workflow(&url, &key, "x"), true),
        (workflow(&url, "x", &key), true),
        (workflow(&key, "x", &url), true),
        (workflow("x", &key, &url), true),
        // The nearest counts.
        (workflow(&url, plan, &key), false),
        (workflow(&url, "x", "x"), false),
        (workflow(&url, "key ${{ secrets.MIMO_API_KEY }}", "x"), false),
    ] {
        let wanted = if is_told { vec![mismatch.clone()] } else { Vec::new() };
        assert_eq!(told(&text), wanted, "{text}");
    }
    // What belongs to a connection below is told once.
    let text = workflow("x", "x", "x").replace("A: x", "MIMO_MODEL: mimo-v2-pro");
    let text = text.replace("C: x", &format!("MIMO_BASE_URL: {RIGHT}"));
    assert_eq!(told(&text), [format!("error[deprecated-model] {path} mimo-v2-pro")]);
    // A secret is none of the files beside it.
    let text = workflow(&url, "key ${{ secrets.MIMO_API_KEY }}", "x");
    let env = format!("MIMO_API_KEY={PLAN_KEY}\n");
    assert_eq!(found(&[(path, &text), (".env", &env)]), Vec::<String>::new());
}

#[test]
fn secrets_in_base64_are_read_and_covered() {
    let encoded = "c2stYzRuOGIxdjZ4M3o5bDJrN2o1aDBnNGY4ZDFzNmEzcDlvMmk3dTV5MHQ0cjhlMXc2";
    let secret = |key: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\ndata:\n  MIMO_API_KEY: {key}\n  MIMO_BASE_URL: aHR0cHM6Ly90b2tlbi1wbGFuLWNuLnhpYW9taW1pbW8uY29tL3Yx\n"
        )
    };
    let text = secret(encoded);
    let folder = Folder::with(&[("k8s/secret.yaml", &text)]);
    assert_eq!(folder.check(&["."]).rules(), ["hardcoded-api-key", "key-endpoint-mismatch"]);
    for format in ["human", "short", "json", "sarif"] {
        let run = folder.run(&["check", "--format", format, "--today", DAY, "."]);
        assert!(!run.stdout.contains(&encoded[5..20]), "{format}");
    }
    // What is no base64 is decoded by whoever fills it in.
    let text = secret("\"{{ .Values.key | b64enc }}\"");
    assert_eq!(found(&[("k8s/secret.yaml", &text)]), Vec::<String>::new());
    // In another object, base64 is a text like any other.
    let text = secret(encoded).replace("kind: Secret", "kind: Thing");
    assert_eq!(found(&[("k8s/thing.yaml", &text)]), Vec::<String>::new());
}

#[test]
fn a_key_that_a_tool_takes_without_being_told_is_held_to_its_host() {
    let hermes =
        |base: &str| format!("model:\n  provider: xiaomi\n  default: mimo-v2.6-pro\n{base}");
    let (path, env) = (".hermes/config.yaml", ".hermes/.env");
    let key = format!("XIAOMI_API_KEY={PLAN_KEY}\n");
    let plan = "https://token-plan-cn.xiaomimimo.com/v1";
    let mismatch = |at: &str| vec![format!("error[key-endpoint-mismatch] {path} {at}")];
    for (base, env_text, wanted) in [
        (format!("  base_url: {RIGHT}\n"), key.clone(), mismatch(RIGHT)),
        (format!("  base_url: {plan}\n"), key.clone(), vec![]),
        (String::new(), key.clone(), mismatch("xiaomi")),
        // A variable gives the provider another URL; where both say something else, nobody knows.
        (String::new(), format!("{key}XIAOMI_BASE_URL={plan}\n"), vec![]),
        (format!("  base_url: {RIGHT}\n"), format!("{key}XIAOMI_BASE_URL={plan}\n"), vec![]),
        // The key may be kept elsewhere.
        (String::new(), "A=1\n".to_owned(), vec![]),
    ] {
        let settings = hermes(&base);
        assert_eq!(found(&[(path, &settings), (env, &env_text)]), wanted, "{settings}{env_text}");
    }
}

#[test]
fn a_key_in_another_file_of_the_tool_counts_where_the_tool_takes_it() {
    let codex = |more: &str| {
        format!(
            "model = \"mimo-v2.6-pro\"\nmodel_provider = \"mimo\"\nweb_search = \"disabled\"\n[model_providers.mimo]\nbase_url = \"{RIGHT}\"\nwire_api = \"responses\"\n{more}\n"
        )
    };
    let path = ".codex/config.toml";
    let auth = |key: &str| format!("{{\"OPENAI_API_KEY\": {key}}}");
    let plan = format!("\"{PLAN_KEY}\"");
    let mismatch = format!("error[key-endpoint-mismatch] {path} \"{RIGHT}\"");
    for (more, key, wanted) in [
        ("requires_openai_auth = true", plan.as_str(), vec![mismatch]),
        ("requires_openai_auth = true", "null", vec![]),
        (
            "requires_openai_auth = true",
            "\"\"",
            vec![format!("error[empty-api-key] {path} \"{RIGHT}\"")],
        ),
        ("requires_openai_auth = true\nenv_key = \"MIMO_API_KEY\"", plan.as_str(), vec![]),
        ("requires_openai_auth = false", plan.as_str(), vec![]),
        // Versions differ in what they do then.
        ("", plan.as_str(), vec![]),
    ] {
        let (settings, auth) = (codex(more), auth(key));
        let told = found(&[(path, &settings), (".codex/auth.json", &auth)]);
        assert_eq!(told, wanted, "{settings}{auth}");
    }
}

#[test]
fn an_environment_file_that_a_service_names_says_what_the_service_does_not() {
    let service = |env_file: &str| {
        format!(
            "services:\n  app:\n    env_file: {env_file}\n    environment:\n      MIMO_BASE_URL: {RIGHT}\n"
        )
    };
    let mismatch = vec![format!("error[key-endpoint-mismatch] {COMPOSE} {RIGHT}")];
    let (plan, paid) = (format!("MIMO_API_KEY={PLAN_KEY}\n"), format!("MIMO_API_KEY={PAID_KEY}\n"));
    for (named, one, other, wanted) in [
        ("a.env", &plan, &paid, mismatch.clone()),
        ("[a.env]", &plan, &paid, mismatch.clone()),
        ("[{path: a.env, required: false}]", &plan, &paid, mismatch.clone()),
        // The last one counts.
        ("[a.env, b.env]", &plan, &paid, vec![]),
        ("[a.env, b.env]", &paid, &plan, mismatch),
        ("[{path: missing.env, required: false}]", &plan, &paid, vec![]),
        ("./b.env", &plan, &paid, vec![]),
    ] {
        let text = service(named);
        let told = found(&[(COMPOSE, &text), ("a.env", one), ("b.env", other)]);
        assert_eq!(told, wanted, "{named}");
    }
    // What a service gets from there is set for a tool that runs in it.
    let settings = r#"{"modelProviders": {"openai": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "envKey": "A_KEY"}]}}"#;
    let text = "services:\n  app:\n    env_file: [{path: app.env}]\n";
    let files = [(COMPOSE, text), ("app.env", "A_KEY=x\n"), (".env", "B=1\n")];
    let settings = (".qwen/settings.json", settings);
    assert_eq!(found(&[files[0], files[1], files[2], settings]), Vec::<String>::new());
    let told = found(&[files[0], files[2], settings]);
    assert_eq!(told, ["warning[undefined-env-var] .qwen/settings.json \"A_KEY\""]);
}

#[test]
fn an_environment_file_and_its_local_one_belong_together() {
    let url = |url: &str| format!("MIMO_BASE_URL={url}\n");
    let key = |key: &str| format!("MIMO_API_KEY={key}\n");
    let plan = "https://token-plan-cn.xiaomimimo.com/v1";
    for (env, local, wanted) in [
        (url(RIGHT), key(PLAN_KEY), vec![format!("warning[key-endpoint-mismatch] .env {RIGHT}")]),
        (url(RIGHT), key(PAID_KEY), vec![]),
        (url(RIGHT), key(PLAN_KEY) + &url(plan), vec![]),
        (
            url(RIGHT) + &key(PAID_KEY),
            url(plan),
            vec![format!("warning[key-endpoint-mismatch] .env.local {plan}")],
        ),
        (url(RIGHT) + &key("your-key"), key(PAID_KEY), vec![]),
    ] {
        assert_eq!(found(&[(".env", &env), (".env.local", &local)]), wanted, "{env}{local}");
    }
    // Which of the others a program reads is not known.
    let files = [(".env", &url(RIGHT)), (".env.production", &key(PLAN_KEY))];
    let files = files.map(|(path, text)| (path, text.as_str()));
    assert_eq!(found(&files), Vec::<String>::new());
}

#[test]
fn what_a_command_says_may_stand_in_and_what_is_in_a_file_can_be_read() {
    let text = format!(
        "export MIMO_API_KEY=\"${{MIMO_API_KEY:-$(pass mimo)}}\"\nexport MIMO_BASE_URL={RIGHT}\n"
    );
    assert_eq!(found(&[(".envrc", &text)]), Vec::<String>::new());
    // A key that something else goes before is in the file nevertheless.
    let settings = format!(
        r#"{{"env": {{"A_KEY": "{PLAN_KEY}"}}, "modelProviders": {{"openai": [{{"id": "mimo-v2.6-pro", "baseUrl": "{RIGHT}", "envKey": "A_KEY"}}]}}}}"#
    );
    let env = format!("A_KEY={PAID_KEY}\n");
    let told = found(&[(".qwen/settings.json", &settings), (".env", &env)]);
    let wanted = format!("warning[hardcoded-api-key] .qwen/settings.json \"{PLAN_KEY}\"");
    assert_eq!(told, [wanted]);
}

#[test]
fn a_plan_key_in_the_variable_of_a_provider_that_the_tool_brings_itself() {
    let litellm = "model_list:\n  - litellm_params: {model: xiaomi_mimo/mimo-v2.6-pro}\n";
    let cases = [
        ("opencode.json", r#"{"model": "xiaomi/mimo-v2.6-pro"}"#, "XIAOMI_API_KEY"),
        ("litellm_config.yaml", litellm, "XIAOMI_MIMO_API_KEY"),
    ];
    for (path, text, variable) in cases {
        let told = |key: &str| {
            let told = found(&[(path, text), (".env", &format!("{variable}={key}\n"))]);
            told.into_iter().filter(|one| one.contains("key-endpoint")).collect::<Vec<_>>()
        };
        assert_eq!(told(PLAN_KEY).len(), 1, "{path}");
        assert!(told(PAID_KEY).is_empty(), "{path}");
    }
}

#[test]
fn what_a_container_gets_counts_for_a_file_that_is_mounted_in_it() {
    let settings = "model_list:\n  - litellm_params: {model: openai/mimo-v2.6-pro, api_base: \"https://token-plan-cn.xiaomimimo.com/v1\", api_key: os.environ/MIMO_API_KEY}\n";
    let told = |volume: &str, key: &str| {
        let service = "services:\n  proxy:\n    image: litellm\n";
        let compose = format!(
            "{service}    environment:\n      MIMO_API_KEY: {key}\n    volumes: [\"{volume}\"]\n"
        );
        let files = [("conf/litellm-config.yaml", settings), (COMPOSE, &compose)];
        let told = found(&files).into_iter().filter(|one| one.contains("key-endpoint"));
        told.collect::<Vec<_>>()
    };
    let wanted = "error[key-endpoint-mismatch] conf/litellm-config.yaml \"https://token-plan-cn.xiaomimimo.com/v1\"";
    for volume in ["./conf/litellm-config.yaml:/app/config.yaml", "./conf:/app", ".:/app"] {
        assert_eq!(told(volume, PAID_KEY), [wanted], "{volume}");
        assert!(told(volume, PLAN_KEY).is_empty(), "{volume}");
    }
    // Another service's variables are nobody else's.
    for volume in ["conf:/app", "./other:/app"] {
        assert!(told(volume, PAID_KEY).is_empty(), "{volume}");
    }
}

#[test]
fn aider_takes_its_key_from_where_it_always_does() {
    let settings =
        "openai-api-base: https://token-plan-sgp.xiaomimimo.com/v1\nmodel: openai/mimo-v2.6-pro\n";
    let env = |key: &str| format!("OPENAI_API_KEY={key}\n");
    let told = |more: &str, key: &str| {
        let files = [(".aider.conf.yml", &format!("{settings}{more}")), (".env", &env(key))];
        let told = found(&files.map(|(path, text)| (path, text.as_str())));
        told.into_iter().filter(|one| one.contains("key-endpoint")).count()
    };
    assert_eq!(told("", PAID_KEY), 1);
    assert_eq!(told("", PLAN_KEY), 0);
    // What the file says itself goes before.
    assert_eq!(told(&format!("api-key:\n  - openai={PLAN_KEY}\n"), PAID_KEY), 0);
    assert_eq!(told(&format!("api-key: [openai={PAID_KEY}]\n"), PLAN_KEY), 1);
}
