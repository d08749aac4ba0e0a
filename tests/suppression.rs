//! Comments that suppress findings, and comments that suppress none.

mod support;

use requestlint::{ConfigSource, FileReport, Linter};
use support::{BAD, DAY, Folder, GOOD};

fn lint(path: &str, text: &str) -> FileReport {
    let builder = Linter::builder().config(ConfigSource::None).today(DAY).provider("xiaomi");
    builder.build().expect("a linter").check_text(path, text)
}

/// A request of JSONC with `lines` between its model and its messages.
fn request(lines: &str) -> String {
    format!(
        "{{\n\"model\": \"mimo-v2.6-pro\",\n{lines}\n\"messages\": [{{\"role\": \"user\", \"content\": \"Hi\"}}]\n}}\n"
    )
}

/// The rules of what is told, with what is underlined; and the rules of what is suppressed.
fn outcome(text: &str) -> (Vec<(&'static str, String)>, Vec<&'static str>) {
    let report = lint("a.jsonc", text);
    let told = report.diagnostics.iter();
    let told = told.map(|one| (one.rule, one.span.slice(text).to_owned())).collect();
    (told, report.suppressed.iter().map(|one| one.diagnostic.rule).collect())
}

const RANGE: &str = "out-of-range";

#[test]
fn a_comment_counts_in_its_line_or_alone_in_the_next() {
    for lines in [
        "// requestlint-ignore: out-of-range\n\"temperature\": 3,",
        "  /* requestlint-ignore: out-of-range */  \r\n\"temperature\": 3,",
        "\"temperature\": 3, // requestlint-ignore: out-of-range",
        "\"temperature\": 3, /* requestlint-ignore: out-of-range */",
        "/* requestlint-ignore: out-of-range */ \"temperature\": 3,",
        "\"temperature\": /* requestlint-ignore:out-of-range--clamped\n*/ 3,",
        "// requestlint-ignore: out-of-range\n// and why it is so\n\"temperature\": 3,",
        "// why: requestlint-ignore: out-of-range\n\"temperature\": 3,",
        "//requestlint-ignore : wrong-length, out-of-range -- clamped\n\"temperature\": 3, \"stop\": [\"a\", \"b\", \"c\", \"d\", \"e\"],",
    ] {
        let (told, suppressed) = outcome(&request(lines));
        assert_eq!(told, [], "{lines}");
        assert!(suppressed.contains(&RANGE), "{lines}");
    }
}

#[test]
fn it_counts_nowhere_else() {
    for lines in [
        "// requestlint-ignore: out-of-range\n\n\"temperature\": 3,",
        "\"temperature\": 3,\n// requestlint-ignore: out-of-range",
        "\"top_p\": 1, // requestlint-ignore: out-of-range\n\"temperature\": 3,",
    ] {
        let (told, suppressed) = outcome(&request(lines));
        let mut rules: Vec<_> = told.iter().map(|(rule, _)| *rule).collect();
        rules.sort_unstable();
        assert_eq!(rules, [RANGE, "unused-suppression"], "{lines}");
        assert_eq!(suppressed, [""; 0]);
    }
    for lines in [
        "// xrequestlint-ignore: out-of-range\n\"temperature\": 3,",
        "// requestlint-ignored: out-of-range\n\"temperature\": 3,",
        "// see requestlint-ignore in the handbook\n\"temperature\": 3,",
        "\"user\": \"// requestlint-ignore: out-of-range\", \"temperature\": 3,",
    ] {
        let (told, suppressed) = outcome(&request(lines));
        assert!(told.iter().any(|(rule, _)| *rule == RANGE), "{lines}");
        assert!(told.iter().all(|(rule, _)| *rule != "unused-suppression"), "{lines}");
        assert_eq!(suppressed, [""; 0]);
    }
}

#[test]
fn each_that_suppresses_nothing_is_told_at_its_name() {
    let stacked = "// requestlint-ignore: out-of-range\n// requestlint-ignore: out-of-range, wrong-type\n\"temperature\": 3,";
    let (told, suppressed) = outcome(&request(stacked));
    let unused = |name: &str| ("unused-suppression", name.to_owned());
    assert_eq!(told, [unused("out-of-range"), unused("wrong-type")]);
    assert_eq!(suppressed, [RANGE]);

    let (told, _) = outcome(&request("// requestlint-ignore: out-off-range, -- sent on purpose"));
    assert_eq!(told, [unused("out-off-range")]);
    let (told, _) = outcome(&request("// requestlint-ignore: -- sent on purpose"));
    assert_eq!(told, [unused("requestlint-ignore:")]);
    let (told, _) = outcome(&request("// requestlint-ignore"));
    assert_eq!(told, [unused("requestlint-ignore")]);
    let (told, _) = outcome(&request("// requestlint-ignore-file: wrong-type -- late"));
    assert_eq!(told, [unused("requestlint-ignore-file: wrong-type")]);
}

#[test]
fn a_whole_file_is_suppressed_from_its_top() {
    let text = request("\"temperature\": 3, \"top_p\": 7,");
    for top in [
        "// requestlint-ignore-file: out-of-range\n",
        "\u{feff}/* requestlint-ignore-file: out-of-range -- all of it */ ",
        "// a licence\n\n// requestlint-ignore-file: out-of-range\n",
    ] {
        let (told, suppressed) = outcome(&format!("{top}{text}"));
        assert_eq!(told, [], "{top}");
        assert_eq!(suppressed, [RANGE, RANGE], "{top}");
    }
}

#[test]
fn plain_json_has_no_comments_and_no_suppressions() {
    let text = request("// requestlint-ignore: out-of-range\n\"temperature\": 3,");
    let report = lint("a.json", &text);
    let rules: Vec<_> = report.diagnostics.iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["syntax-error", RANGE]);
    assert!(report.suppressed.is_empty());
}

#[test]
fn nothing_is_said_of_a_rule_that_does_not_run_or_a_file_that_is_not_judged() {
    let text = request("// requestlint-ignore: wrong-type\n\"temperature\": 1,");
    let broken = text.replacen("{\n", "{\n\"a\" 1,", 1);
    let folder = Folder::with(&[
        ("a.jsonc", &text),
        ("broken.jsonc", &broken),
        ("b.jsonc", "// requestlint-ignore: wrong-type\n{\"name\": \"no request\"}"),
    ]);
    let rules = |more: &[&str]| {
        let mut arguments = vec!["--provider", "xiaomi"];
        arguments.extend(more);
        folder.check(&arguments).rules()
    };
    assert_eq!(rules(&["a.jsonc"]), ["unused-suppression"]);
    assert_eq!(rules(&["--ignore", "wrong-type", "a.jsonc"]), [""; 0]);
    assert_eq!(rules(&["--ignore", "unused-suppression", "a.jsonc"]), [""; 0]);
    assert_eq!(rules(&["--select", "unused-suppression", "a.jsonc"]), [""; 0]);
    assert_eq!(
        rules(&["--select", "unused-suppression,wrong-type", "a.jsonc"]),
        ["unused-suppression"]
    );
    assert_eq!(rules(&["broken.jsonc"]), ["syntax-error"]);
    assert_eq!(rules(&["b.jsonc"]), [""; 0]);
    folder.check(&["--severity", "unused-suppression=error", "a.jsonc"]).exits(1);
}

#[test]
fn an_unused_one_can_be_suppressed_itself() {
    let text = request(
        "// requestlint-ignore: unused-suppression, wrong-type\n\"temperature\": 1, // requestlint-ignore: wrong-type",
    );
    let (told, suppressed) =
        outcome(&format!("// requestlint-ignore-file: unused-suppression\n{text}"));
    assert_eq!(told, []);
    assert_eq!(suppressed, ["unused-suppression", "unused-suppression"]);
}

#[test]
fn the_configuration_can_demand_a_reason() {
    let bare = request("// requestlint-ignore: out-of-range\n\"temperature\": 3,");
    let reasoned =
        request("// requestlint-ignore: out-of-range -- the server clamps it\n\"temperature\": 3,");
    let folder = Folder::with(&[
        ("requestlint.toml", "provider = \"xiaomi\"\nrequire-suppression-reason = true\n"),
        ("bare.jsonc", &bare),
        ("reasoned.jsonc", &reasoned),
    ]);
    assert_eq!(folder.check(&["bare.jsonc"]).exits(1).rules(), ["unused-suppression", RANGE]);
    let report = folder.check(&["reasoned.jsonc"]).exits(0).json();
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_eq!(report["summary"]["errors"], 0);

    let run = folder.run(&["check", "--today", DAY, "bare.jsonc", "reasoned.jsonc"]);
    let told = run.stdout.rsplit_once(" (").expect("the time stands last").0.to_owned();
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_suppressed_is_kept_with_its_reason() {
    let report = lint(
        "a.jsonc",
        &request(
            "// requestlint-ignore: out-of-range -- the key sk-abcdefghijklmnopqrstuvwxyz012345 is dead\n\"temperature\": 3,",
        ),
    );
    let kept = &report.suppressed[0];
    assert_eq!((kept.diagnostic.rule, kept.diagnostic.start.line), (RANGE, 4));
    let reason = kept.reason.as_deref().expect("a reason");
    assert!(reason.starts_with("the key sk-a") && !reason.contains("efghij"), "{reason}");
    assert!(report.source.is_some());
}

#[test]
fn the_fingerprints_of_the_others_stay() {
    let lines = "\"temperature\": 3,\n\"top_p\": 7,";
    let prints = |text: &str| {
        let report = lint("a.jsonc", text);
        let of = |rule: &str| rule.to_owned();
        let mut all: Vec<_> =
            report.diagnostics.iter().map(|one| (of(one.rule), one.fingerprint.clone())).collect();
        all.extend(
            report
                .suppressed
                .iter()
                .map(|one| (of(one.diagnostic.rule), one.diagnostic.fingerprint.clone())),
        );
        all.sort();
        all
    };
    let with = lines.replacen("3,", "3, // requestlint-ignore: out-of-range", 1);
    assert_eq!(prints(&request(lines)), prints(&request(&with)));
}

#[test]
fn a_diagnosis_heeds_no_suppression() {
    let text = request("// requestlint-ignore: out-of-range\n\"temperature\": 3,");
    let folder = Folder::with(&[("a.jsonc", &text)]);
    let error = support::param("temperature is not in range");
    let run = support::diagnose(
        &folder,
        &error,
        &["--provider", "xiaomi", "--format", "json", "--request", "a.jsonc"],
    );
    assert_eq!(run.rules(), [RANGE]);
}

#[test]
fn many_comments_take_no_quadratic_time() {
    let comments = "// requestlint-ignore: out-of-range\n".repeat(50_000);
    let report = lint("a.jsonc", &request(&format!("{comments}\"temperature\": 3,")));
    assert_eq!(report.suppressed.len(), 1);
    assert_eq!(report.diagnostics.len(), 49_999);
}

#[test]
fn comments_of_settings_are_held_to_the_same() {
    let outcome = |path: &str, text: &str| {
        let report = lint(path, text);
        let told = report.diagnostics.iter().map(|one| (one.rule, one.span.slice(text).to_owned()));
        let suppressed = report.suppressed.iter().map(|one| one.diagnostic.rule);
        (told.collect::<Vec<_>>(), suppressed.collect::<Vec<_>>())
    };
    let unused = |name: &str| vec![("unused-suppression", name.to_owned())];
    let env = |comment: &str| {
        format!(
            "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\n# requestlint-ignore: {comment}\nMIMO_API_KEY=\n"
        )
    };
    assert_eq!(outcome(".env", &env("empty-api-key")), (vec![], vec!["empty-api-key"]));
    let (told, _) = outcome(".env", &env("empty-api-key, base-url"));
    assert_eq!(told, unused("base-url"));
    let (told, _) = outcome(".env", &env("empty-api-key, bse-url"));
    assert_eq!(told, unused("bse-url"));
    let codex = |comment: &str| {
        format!(
            "# requestlint-ignore-file: {comment}\n[model_providers.mimo]\nbase_url = \"https://api.xiaomimimo.com/v1\"\nenv_key = \"MIMO_API_KEY\"\n"
        )
    };
    assert_eq!(outcome(".codex/config.toml", &codex("base-url")).0, unused("base-url"));
    // Elsewhere another `.env` lies beside it.
    for rule in ["undefined-env-var", "empty-api-key", "hardcoded-api-key"] {
        assert_eq!(outcome(".codex/config.toml", &codex(rule)), (vec![], vec![]), "{rule}");
    }
    let others = "# requestlint-ignore: base-url\nOTHER_URL=https://api.example.com/v1\n";
    assert_eq!(outcome(".env", others), (vec![], vec![]));
}

#[test]
fn an_entry_of_the_configuration_that_ignores_nothing_is_told_where_all_files_were_linted() {
    let config = "provider = \"xiaomi\"\n\n[[files]]\ninclude = [\"**/*.json\"]\nignore = [\"out-of-range:/temperature\", \"unknown-field:/metadata\", \"duplicate-key\"]\n";
    let folder =
        Folder::with(&[("requestlint.toml", config), ("a/bad.json", BAD), ("good.json", GOOD)]);
    let report = folder.check(&["."]).json();
    let found: Vec<(&str, &str, &str)> = report["diagnostics"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().expect("a text");
            let slice =
                one["span"]["start"]["offset"].as_u64().zip(one["span"]["end"]["offset"].as_u64());
            let (start, end) = slice.expect("a span");
            let span = usize::try_from(start).expect("small")..usize::try_from(end).expect("small");
            (text("rule"), text("path"), &config[span])
        })
        .collect();
    assert_eq!(
        found,
        [
            ("unused-suppression", "requestlint.toml", "\"unknown-field:/metadata\""),
            ("unused-suppression", "requestlint.toml", "\"duplicate-key\""),
        ]
    );
    // A run that looked at less says nothing of it, nor one that looked otherwise.
    for arguments in [
        &["a"][..],
        &["good.json"],
        &[".", "--select", "out-of-range"],
        &[".", "--exclude", "a"],
        &[".", "--provider", "xiaomi"],
        &[".", "--ignore", "unused-suppression"],
    ] {
        let report = folder.check(arguments).json();
        let rules: Vec<_> = report["diagnostics"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|one| &one["rule"])
            .collect();
        assert!(rules.iter().all(|rule| *rule != "unused-suppression"), "{arguments:?}: {rules:?}");
    }
}
