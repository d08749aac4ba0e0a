//! `requestlint.toml` and `[tool.requestlint]`: every key does what it says, every fault is told with
//! its place.

mod support;

use support::{BAD, DAY, Folder, GOOD, Run, WARNED};

const NONE: [&str; 0] = [];

fn folder(config: &str) -> Folder {
    Folder::with(&[("requestlint.toml", config), ("bad.json", BAD), ("warned.json", WARNED)])
}

/// The level of each finding, as `rule=level`.
fn levels(run: &Run) -> Vec<String> {
    let report = run.json();
    let found = report["diagnostics"].as_array().expect("diagnostics");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    found.iter().map(|one| format!("{}={}", text(&one["rule"]), text(&one["severity"]))).collect()
}

// Where it stands

#[test]
fn the_nearest_one_up_holds() {
    let folder = folder("[rules]\nout-of-range = \"warning\"\n");
    folder.write("a/b/bad.json", BAD);
    folder.write("c/bad.json", BAD);
    folder.write("c/requestlint.toml", "[rules]\nout-of-range = \"info\"\n");
    let run = folder.check(&["bad.json", "a", "c"]);
    let expected = ["out-of-range=warning", "out-of-range=warning", "out-of-range=info"];
    assert_eq!(levels(run.exits(0)), expected, "the nearest holds alone");
    let run = folder.check(&["--isolated", "bad.json", "a", "c"]);
    assert_eq!(levels(run.exits(1)), ["out-of-range=error"; 3]);
    let run = folder.check(&["--config", "c/requestlint.toml", "bad.json", "a"]);
    assert_eq!(levels(run.exits(0)), ["out-of-range=info"; 2]);
}

#[test]
fn pyproject_may_hold_it() {
    let folder = Folder::with(&[("bad.json", BAD), ("sub/bad.json", BAD)]);
    folder.write("requestlint.toml", "[rules]\nout-of-range = \"info\"\n");
    folder.write(
        "sub/pyproject.toml",
        "[project]\nname = \"x\"\n\n[tool.requestlint.rules]\nout-of-range = \"warning\"\n",
    );
    assert_eq!(levels(&folder.check(&["sub"])), ["out-of-range=warning"]);
    folder.write("sub/pyproject.toml", "[project]\nname = \"x\"\n\n[tool.other]\nkey = 1\n");
    assert_eq!(
        levels(&folder.check(&["sub"])),
        ["out-of-range=info"],
        "one without the table is passed by"
    );
    folder.write("sub/pyproject.toml", "[tool.requestlint]\nprovidr = \"mimo\"\n");
    let run = folder.check(&["sub"]);
    assert!(run.exits(2).stderr.contains("sub/pyproject.toml:2:1"), "{run:#?}");
    folder.write("sub/requestlint.toml", "");
    assert_eq!(
        levels(&folder.check(&["sub"])),
        ["out-of-range=error"],
        "the own file goes before pyproject.toml"
    );
}

// What its keys do

#[test]
fn rules_are_set_to_levels_and_the_command_line_goes_before() {
    let folder = folder("[rules]\nout-of-range = \"off\"\nunknown-field = \"error\"\n");
    assert_eq!(levels(folder.check(&["."]).exits(1)), ["unknown-field=error"]);
    let run = folder.check(&[
        "--severity",
        "unknown-field=info",
        "--severity",
        "out-of-range=warning",
        ".",
    ]);
    assert_eq!(levels(run.exits(0)), ["out-of-range=warning", "unknown-field=info"]);
}

#[test]
fn exclude_leaves_alone_what_is_walked_and_what_is_named_when_forced() {
    let folder = folder("exclude = [\"vendor\", \"old/**\", \"./gone/*.json\", \"warned.json\"]\n");
    for path in [
        "vendor/a.json",
        "x/vendor/deep/a.json",
        "old/a/b.json",
        "gone/a.json",
        "gone/deeper/a.json",
    ] {
        folder.write(path, BAD);
    }
    let paths = |run: Run| -> Vec<String> {
        let report = run.json();
        let found = report["diagnostics"].as_array().expect("diagnostics");
        found.iter().map(|one| one["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(paths(folder.check(&["."])), ["bad.json", "gone/deeper/a.json"]);
    assert_eq!(paths(folder.check(&["vendor/a.json", "bad.json"])), ["bad.json", "vendor/a.json"]);
    assert_eq!(
        paths(folder.check(&["--force-exclude", "vendor/a.json", "bad.json"])),
        ["bad.json"]
    );
    assert_eq!(paths(folder.check(&["--exclude", "bad.json,gone/**", "."])), NONE);
    assert_eq!(
        paths(folder.check(&["--isolated", "--exclude", "vendor", "old", "x"])),
        ["old/a/b.json"]
    );
}

#[test]
fn provider_holds_where_nothing_else_names_one() {
    let bare = r#"{"model": "mimo-v2-flash", "messages": [{"role": "user", "content": "Hi"}]}"#;
    let other = GOOD.replace("mimo-v2.6-pro", "gpt-4o");
    let with = |config: &str, text: &str| {
        let run = Folder::with(&[("requestlint.toml", config), ("a.json", text)]).check(&["."]);
        run.rules().join(" ")
    };
    assert_eq!(with("provider = \"mimo\"", bare), "");
    assert_eq!(with("provider = \"xiaomi\"", bare), "deprecated-model");
    assert_eq!(with("", &other), "");
    assert_eq!(with("provider = \"xiaomi\"", &other), "unknown-model");
    assert_eq!(with("provider = \"xiaomi\"\nother-providers = \"skip\"", &other), "");
    assert_eq!(with("other-providers = \"error\"", &other), "unknown-model");
    assert_eq!(with("other-providers = \"auto\"", &other), "");
}

#[test]
fn today_pins_the_day() {
    let ended = GOOD.replace("mimo-v2.6-pro", "mimo-v2.5-pro");
    for (today, expected) in [
        ("\"2026-07-01\"", &NONE[..]),
        ("2026-07-01", &NONE),
        ("\"2026-12-01\"", &["deprecated-model"]),
    ] {
        let config = format!("provider = \"xiaomi\"\ntoday = {today}\n");
        let folder = Folder::with(&[("requestlint.toml", &config), ("a.json", &ended)]);
        assert_eq!(folder.run(&["check", "--format", "json", "."]).rules(), expected, "{today}");
    }
}

#[test]
fn files_are_declared() {
    let text = r#"{"model": "mimo-v2.5-tts", "max_tokens": 9}"#;
    let folder = Folder::with(&[("fixtures/deep/a.json", text), ("other/a.json", text)]);
    let declared =
        "[[files]]\ninclude = [\"fixtures/**/*.json\"]\nkind = \"messages\"\nprovider = \"mimo\"\n";
    folder.write("requestlint.toml", declared);
    let report = folder.check(&["."]).json();
    let found = report["diagnostics"].as_array().expect("diagnostics");
    assert!(!found.is_empty(), "{report:#}");
    for one in found {
        assert_eq!(one["path"], "fixtures/deep/a.json");
        assert_eq!(one["document"]["kind"], "messages");
        assert_eq!(one["document"]["provider"], "mimo");
    }
    // Of several entries for a file, the last that speaks holds.
    folder.write(
        "requestlint.toml",
        format!("{declared}[[files]]\ninclude = [\"fixtures\"]\nprovider = \"xiaomi\"\n"),
    );
    let report = folder.check(&["."]).json();
    assert_eq!(report["diagnostics"][0]["document"]["provider"], "xiaomi");
    assert_eq!(report["diagnostics"][0]["document"]["kind"], "messages");
}

#[test]
fn findings_are_ignored_by_rule_and_pointer() {
    let text = r#"{"model": "mimo-v2.6-pro", "temperature": 3, "mine": 1, "yours": 2, "messages": [{"role": "user", "content": "Hi", "odd": 1}]}"#;
    let with = |ignore: &str| {
        let config = format!("[[files]]\ninclude = [\"a.json\"]\nignore = [{ignore}]\n");
        let folder = Folder::with(&[("requestlint.toml", &config), ("a.json", text)]);
        let report = folder.check(&["."]).json();
        let found = report["diagnostics"].as_array().expect("diagnostics");
        found
            .iter()
            .map(|one| one["pointer"].as_str().expect("a pointer").to_owned())
            .collect::<Vec<_>>()
    };
    let all = ["/temperature", "/mine", "/yours", "/messages/0/odd"];
    assert_eq!(with(""), all);
    assert_eq!(with("\"unknown-field:/mine\""), ["/temperature", "/yours", "/messages/0/odd"]);
    assert_eq!(with("\"unknown-field:/messages/*/odd\""), ["/temperature", "/mine", "/yours"]);
    assert_eq!(with("\"unknown-field:/messages\""), ["/temperature", "/mine", "/yours"]);
    assert_eq!(with("\"unknown-field\""), ["/temperature"]);
    let useless = [&all[..], &["/files/0/ignore/0"]].concat();
    assert_eq!(with("\"out-of-range:/mine\""), useless);
    assert_eq!(with("\"*:/mine\", \"out-of-range\""), ["/yours", "/messages/0/odd"]);
}

// A user's own API

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["job"],
  "properties": {"job": {"type": "string"}, "count": {"type": "integer", "maximum": 5}},
  "additionalProperties": false
}"#;

#[test]
fn a_bare_schema_judges_any_request() {
    let folder = Folder::with(&[
        ("lint/jobs.schema.json", SCHEMA),
        ("jobs/a.json", r#"{"count": 9, "jbo": "x"}"#),
    ]);
    folder.write("jobs/good.json", r#"{"job": "x", "count": 1}"#);
    folder.write(
        "requestlint.toml",
        "[[files]]\ninclude = [\"jobs/*.json\"]\nschema = \"lint/jobs.schema.json\"\n",
    );
    let run = folder.check(&["."]);
    assert_eq!(run.exits(1).rules(), ["out-of-range", "unknown-field"]);
    let report = run.json();
    assert_eq!(report["summary"]["documents"], 2);
    assert_eq!(report["diagnostics"][0]["pointer"], "/count");
    assert_eq!(report["diagnostics"][0]["path"], "jobs/a.json");
    assert_eq!(report["diagnostics"][1]["label"], "did you mean `job`?");
}

const PROVIDER: &str = r#"{
  "$schema": "x", "id": "acme", "name": "Acme", "description": "A test.",
  "hosts": [{"host": "api.acme.example.com", "use": "api", "source": "P1", "verified": "2026-11-24", "confidence": "D"}],
  "endpoints": [], "bases": [],
  "auth": {"headers": [], "source": "P1", "verified": "2026-11-24", "confidence": "D"},
  "models": [{"id": "acme-1", "kind": "chat", "status": "current", "input": ["text"], "endpoints": ["chat-completions"],
    "features": {}, "source": "P1", "verified": "2026-11-24", "confidence": "D"}],
  "errors": [{"status": 422, "code": "unprocessable", "meaning": "m", "solution": "s", "retry": "no", "source": "P1",
    "verified": "2026-11-24", "confidence": "D"}],
  "predictions": [{"rule": "*", "status": 422, "code": "unprocessable"}]
}"#;

#[test]
fn a_provider_of_ones_own_works_from_its_folder() {
    let request = r#"{"url": "https://api.acme.example.com/v1/chat/completions", "body": {"model": "acme-2", "temperature": 7, "messages": []}}"#;
    let folder = Folder::with(&[("a.json", request), ("lint/acme/provider.json", PROVIDER)]);
    folder.write(
        "lint/acme/chat-completions.schema.json",
        r#"{"type": "object", "properties": {"model": {}, "messages": {}, "temperature": {"type": "number", "maximum": 4}}}"#,
    );
    folder.write("requestlint.toml", "[providers.acme]\npath = \"lint/acme\"\n");
    let run = folder.check(&["a.json"]);
    assert_eq!(run.exits(1).rules(), ["unknown-model", "out-of-range"], "{run:#?}");
    let report = run.json();
    for one in report["diagnostics"].as_array().expect("diagnostics") {
        assert_eq!(one["document"]["provider"], "acme");
        assert_eq!(one["predicts"]["status"], 422);
    }
    // It can be named wherever a bundled one can.
    let bare = r#"{"model": "acme-1", "temperature": 7, "messages": []}"#;
    folder.write("b.json", bare);
    assert_eq!(folder.check(&["--provider", "acme", "b.json"]).exits(1).rules(), ["out-of-range"]);
    folder
        .write("requestlint.toml", "provider = \"acme\"\n[providers.acme]\npath = \"lint/acme\"\n");
    assert_eq!(folder.check(&["b.json"]).exits(1).rules(), ["out-of-range"]);
}

#[test]
fn a_copy_of_a_bundled_provider_speaks_for_itself() {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/providers/xiaomi");
    let text = |name: &str| std::fs::read_to_string(format!("{bundled}/{name}")).expect("a file");
    let folder = Folder::with(&[("lint/acme/provider.json", &text("provider.json"))]);
    let chat = text("chat-completions.schema.json").replace("\"maximum\": 1.5", "\"maximum\": 1.1");
    folder.write("lint/acme/chat-completions.schema.json", chat);
    folder
        .write("requestlint.toml", "provider = \"acme\"\n[providers.acme]\npath = \"lint/acme\"\n");
    folder.write("a.json", GOOD.replace("\"messages\"", "\"temperature\": 1.4, \"messages\""));
    let run = folder.check(&["a.json"]);
    let found = &run.exits(1).json()["diagnostics"][0];
    assert_eq!(found["label"], "must be 0 to 1.1", "{run:#?}");
    // What explains knows it too.
    let told = folder.run(&["explain", "chat-completions.temperature", "--provider", "acme"]);
    assert!(told.exits(0).stdout.contains("1.1"), "{told:#?}");
    assert!(folder.run(&["models"]).exits(0).stdout.contains("acme ("));
    let schema = folder.run(&["schema", "acme/chat-completions"]).exits(0).json();
    assert_eq!(schema["properties"]["temperature"]["maximum"], 1.1);
    folder.write("requestlint.toml", "provider = \"acm\"\n");
    assert!(folder.run(&["models"]).exits(2).stderr.contains("requestlint.toml"));
    folder.run(&["models", "--isolated"]).exits(0);
}

#[test]
fn a_faulty_schema_of_ones_own_is_told_with_its_place() {
    for (schema, words) in [
        (
            r#"{"properties": {"n": {"type": "strin"}}}"#,
            "own.json:1:31: not a JSON Schema: `strin`",
        ),
        (r#"{"type": "object",}"#, "own.json:1:18:"),
        (r#"{"$ref": "https://acme.test/x.json"}"#, "https://acme.test/x.json"),
    ] {
        let config = "[[files]]\ninclude = [\"a.json\"]\nschema = \"own.json\"\n";
        let folder = Folder::with(&[("requestlint.toml", config), ("own.json", schema)]);
        folder.write("a.json", "{}");
        let told = folder.check(&["a.json"]).exits(2).stderr.replace("\n  │ ", " ");
        assert!(told.contains(words), "{words}: {told}");
    }
}

// Faults

/// A faulty configuration: its text, the place of the fault, and words of the message.
const FAULTS: [(&str, &str, &str); 21] = [
    ("provider = \"mimo\"\nprovidr = \"x\"\n", "2:1", "did you mean `provider`?"),
    ("[[files]]\ninclude = [\"a\"]\nkinds = \"x\"\n", "3:1", "did you mean `kind`?"),
    ("[[files]]\nkind = \"messages\"\n", "1:1", "include"),
    ("exclude = [\"ok\",\n  \"a[\"]\n", "2:3", "bad glob"),
    ("[[files]]\ninclude = [\"{a\"]\n", "2:12", "bad glob"),
    ("[rules]\nout-of-rnage = \"error\"\n", "2:1", "did you mean `out-of-range`?"),
    ("[rules]\nout-of-range = \"loud\"\n", "2:16", "error, warning, info, off"),
    ("[rules]\nout-of-range = 1\n", "2:16", "string"),
    (
        "[[files]]\ninclude = [\"a\"]\nignore = [\"out-of-rnage:/a\"]\n",
        "3:11",
        "did you mean `out-of-range`?",
    ),
    ("exclude = \"vendor\"\n", "1:11", "write [\"vendor\"]"),
    ("[[files]]\ninclude = [\"a\"]\nignore = [\"*:a.b\"]\n", "3:11", "\"*:/a/b\""),
    ("today = \"24.11.2026\"\n", "1:9", "no date"),
    ("today = 2026\n", "1:9", "no date"),
    ("provider = \"miom\"\n", "1:12", "known: mimo, xiaomi"),
    ("[[files]]\ninclude = [\"a\"]\nprovider = \"x\"\n", "3:12", "known: mimo, xiaomi"),
    ("[[files]]\ninclude = [\"a\"]\nkind = \"chat\"\n", "3:8", "chat-completions, messages"),
    (
        "[[files]]\ninclude = [\"a\"]\nkind = \"messages\"\nschema = \"s.txt\"\n",
        "3:8",
        "exclude each other",
    ),
    ("[[files]]\ninclude = [\"a\"]\nschema = \"no.schema.json\"\n", "3:10", "no.schema.json"),
    ("other-providers = \"maybe\"\n", "1:19", "auto, error, skip"),
    ("[providers.acme]\npath = \"no/such\"\n", "2:8", "provider.json"),
    ("# é ü\nprovider = \"mimo\n", "2:17", ""),
];

#[test]
fn a_fault_is_told_with_its_place_and_the_rest_is_linted() {
    for (config, place, words) in FAULTS {
        let folder = Folder::with(&[
            ("sick/requestlint.toml", config),
            ("sick/a.json", GOOD),
            ("well/bad.json", BAD),
        ]);
        folder.write("sick/s.txt", SCHEMA);
        let run = folder.check(&["."]);
        run.exits(2);
        let place = format!("sick/requestlint.toml:{place}");
        assert!(run.stderr.contains(&place), "{place} is not told for {config:?}: {}", run.stderr);
        let flat: String = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "{words:?} is not told for {config:?}: {}", run.stderr);
        assert_eq!(run.rules(), ["out-of-range"], "the rest is linted: {config:?}");
        let failed = &run.json()["errors"];
        assert_eq!(failed.as_array().expect("errors").len(), 1, "{failed:#}");
        assert_eq!(failed[0]["path"], "sick/a.json", "{failed:#}");
        assert!(failed[0]["message"].as_str().expect("a message").contains(&place), "{failed:#}");

        let run = folder.check(&["--config", "sick/requestlint.toml", "well"]);
        assert!(run.exits(2).stderr.contains(&place), "{config:?}: {run:#?}");
    }
}

#[test]
fn a_fault_is_told_once_with_an_excerpt() {
    let folder = Folder::with(&[("requestlint.toml", "[rules]\nout-of-rnage = \"error\"\n")]);
    for number in 0..20 {
        folder.write(&format!("{number}.json"), BAD);
    }
    let run = folder.run(&["check", "--today", DAY, "."]);
    run.exits(2);
    let told = run.stderr.split("note: no request").next().expect("what stands before");
    insta::assert_snapshot!(told.trim_end(), @r#"
    error[config]: there is no rule `out-of-rnage`
       ╭─[requestlint.toml:2:1]
     1 │ [rules]
     2 │ out-of-rnage = "error"
       · ──────┬─────
       ·       ╰── here
       ╰────
      help: did you mean `out-of-range`?
    "#);
}

#[test]
fn a_configuration_that_cannot_be_read_is_an_error() {
    let folder = Folder::with(&[("a.json", GOOD), ("requestlint.toml/a.txt", "")]);
    let run = folder.check(&["--config", "no.toml", "a.json"]);
    assert!(run.exits(2).stderr.contains("no.toml"), "{run:#?}");
    folder.write("sub/a.json", GOOD);
    folder.write("sub/requestlint.toml", b"provider = \"\xff\"");
    let run = folder.check(&["sub"]);
    assert!(
        run.exits(2).stderr.contains("sub/requestlint.toml"),
        "a configuration that is no UTF-8: {run:#?}"
    );
}

#[test]
fn the_bundled_schema_takes_what_the_reader_takes() {
    let schema = Folder::new().run(&["schema", "config"]).json();
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    let valid = |text: &str| {
        let config: toml::Value = toml::from_str(text).expect("TOML");
        validator.is_valid(&serde_json::to_value(config).expect("JSON"))
    };
    assert!(valid(""));
    assert!(valid(
        "provider = \"mimo\"\nother-providers = \"auto\"\nexclude = [\"vendor/**\"]\ntoday = \"2026-11-24\"\n\
         [rules]\nout-of-range = \"off\"\n\
         [[files]]\ninclude = [\"a\"]\nkind = \"messages\"\nprovider = \"xiaomi\"\nignore = [\"unknown-field:/a\"]\n\
         [[files]]\ninclude = [\"b\"]\nschema = \"x.schema.json\"\n\
         [providers.acme]\npath = \"lint/acme\"\n"
    ));
    for wrong in [
        "providr = \"x\"",
        "[rules]\nout-of-range = \"loud\"",
        "other-providers = \"maybe\"",
        "[[files]]\nkind = \"messages\"",
    ] {
        assert!(!valid(wrong), "{wrong}");
    }
}
