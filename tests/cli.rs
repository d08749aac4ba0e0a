//! The real binary: what it takes, what it says where, and how it exits.

mod support;

use serde_json::Value;
use support::{BAD, DAY, Folder, GOOD, WARNED};

fn folder() -> Folder {
    Folder::with(&[("bad.json", BAD), ("good.json", GOOD), ("warned.json", WARNED)])
}

// Exit status

#[test]
fn the_status_tells_what_was_found() {
    let folder = folder();
    folder.check(&["good.json"]).exits(0);
    folder.check(&["warned.json"]).exits(0);
    folder.check(&["bad.json"]).exits(1);
    folder.check(&["good.json", "no-such-file.json"]).exits(2);
    folder.check(&["good.json", "--min-requests", "2"]).exits(3);
    folder.check(&["good.json", "warned.json", "--min-requests", "2"]).exits(0);
}

#[test]
fn of_several_statuses_2_goes_before_3_and_3_before_1() {
    let folder = folder();
    folder.check(&["bad.json", "no-such-file.json", "--min-requests", "9"]).exits(2);
    folder.check(&["bad.json", "no-such-file.json"]).exits(2);
    folder.check(&["bad.json", "--min-requests", "9"]).exits(3);
}

#[test]
fn fail_on_moves_the_threshold() {
    let folder = folder();
    folder.check(&["warned.json", "--fail-on", "warning"]).exits(1);
    folder.check(&["warned.json", "--fail-on", "info"]).exits(1);
    folder.check(&["good.json", "--fail-on", "info"]).exits(0);
    folder.check(&["bad.json", "--fail-on", "warning"]).exits(1);
    folder.check(&["bad.json", "--fail-on", "never"]).exits(0);
    folder.check(&["bad.json", "no-such-file.json", "--fail-on", "never"]).exits(2);
    folder.check(&["bad.json", "--fail-on", "sometimes"]).exits(2);
}

#[test]
fn usage_errors_exit_2_and_name_what_is_known() {
    let folder = folder();
    let told = |arguments: &[&str], expected: &str| {
        let run = folder.run(arguments);
        run.exits(2);
        assert!(run.stderr.contains(expected), "{expected:?} is not in {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
    };
    told(&["check", "--select", "out-of-rnage"], "did you mean `out-of-range`?");
    told(&["check", "--ignore", "qqq"], "there is no rule `qqq`");
    told(&["check", "--severity", "qqq=error"], "there is no rule `qqq`");
    told(&["check", "--severity", "out-of-range=loud"], "error, warning, info or off");
    told(&["check", "--severity", "out-of-range"], "RULE=LEVEL");
    told(&["check", "--kind", "qqq"], "known: chat-completions, messages");
    told(&["check", "--isolated", "--provider", "qqq"], "known: mimo, xiaomi");
    told(&["check", "--format", "qqq"], "known: human, short, json");
    told(&["check", "--today", "2026-02-30"], "`2026-02-30` is no date");
    told(&["check", "--exclude", "a[", "."], "bad glob");
    told(
        &["check", "--format", "json=no/such/folder/out.json"],
        "cannot write no/such/folder/out.json",
    );
    told(&["check", "-", "bad.json"], "stands alone");
    told(&["check", "--no-such-flag"], "--no-such-flag");
    told(&["models", "--provider", "qqq"], "known: mimo, xiaomi");
    told(&["models", "--today", "soon"], "`soon` is no date");
    told(&["init", "--provider", "qqq"], "known: mimo, xiaomi");
    told(&["no-such-command"], "no-such-command");
}

#[test]
fn an_unknown_provider_is_told_whatever_is_linted() {
    let folder = folder();
    std::fs::create_dir(folder.path("empty")).expect("a folder");
    for path in ["bad.json", "empty", "."] {
        let run = folder.run(&["check", "--provider", "qqq", path]);
        run.exits(2);
        assert!(
            run.stderr.contains("there is no provider `qqq`; known: mimo, xiaomi"),
            "{path}: {run:#?}"
        );
    }
}

// Formats

#[test]
fn short_is_one_line_a_finding() {
    let run = folder().run(&["check", "--format", "short", "--today", DAY, "."]);
    run.exits(1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{run:#?}");
    assert!(
        lines[0].starts_with("bad.json:1:43: error[out-of-range]: `temperature` is 3"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1]
            .starts_with("warned.json:1:28: warning[unknown-field]: unknown field `temprature`"),
        "{}",
        lines[1]
    );
}

/// The names of an object's members, in their order.
fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"))
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn json_has_the_form_that_programs_rely_on() {
    let run = folder().check(&["bad.json", "no-such-file.json"]);
    let report = run.json();
    assert_eq!(keys(&report), ["format_version", "tool", "summary", "diagnostics", "errors"]);
    assert_eq!(report["format_version"], 1);
    assert_eq!(
        report["tool"],
        serde_json::json!({"name": "requestlint", "version": env!("CARGO_PKG_VERSION")})
    );
    let summary = serde_json::json!({
        "files": 1, "documents": 1, "errors": 1, "warnings": 0, "infos": 0, "fixable": 0,
        "unsafe_fixable": 1, "fixed": 0, "skipped": 0, "suppressed": 0, "baselined": 0,
    });
    assert_eq!(report["summary"], summary);
    assert_eq!(keys(&report["summary"]), keys(&summary));
    let failed =
        serde_json::json!([{"path": "no-such-file.json", "message": "no such file or folder"}]);
    assert_eq!(report["errors"], failed);

    let found = &report["diagnostics"][0];
    let names = [
        "rule",
        "severity",
        "message",
        "label",
        "help",
        "path",
        "document",
        "pointer",
        "target",
        "span",
        "predicts",
        "related",
        "fingerprint",
        "fix",
    ];
    assert_eq!(keys(found), names);
    assert_eq!(found["rule"], "out-of-range");
    assert_eq!(found["severity"], "error");
    for text in ["message", "label"] {
        assert!(found[text].as_str().is_some_and(|text| !text.is_empty()), "{text}");
    }
    assert_eq!(found["path"], "bad.json");
    let place =
        |offset: usize| serde_json::json!({"offset": offset, "line": 1, "column": offset + 1});
    assert_eq!(
        keys(&found["document"]),
        ["index", "kind", "provider", "pointer", "request", "span"]
    );
    assert_eq!(found["document"]["index"], 0);
    assert_eq!(found["document"]["kind"], "chat-completions");
    assert_eq!(found["document"]["provider"], "xiaomi");
    assert_eq!(found["document"]["pointer"], "");
    assert_eq!(
        found["document"]["span"],
        serde_json::json!({"start": place(0), "end": place(BAD.len())})
    );
    assert_eq!(found["pointer"], "/temperature");
    assert_eq!(found["target"], "value");
    let at = BAD.find('3').expect("the value");
    assert_eq!(found["span"], serde_json::json!({"start": place(at), "end": place(at + 1)}));
    assert_eq!(keys(&found["span"]["start"]), ["offset", "line", "column"]);
    assert_eq!(found["predicts"]["status"], 400);
    assert!(found["predicts"]["code"].is_string());
    assert_eq!(found["related"], serde_json::json!([]));
    assert_eq!(
        found["fix"],
        serde_json::json!({"applicability": "unsafe", "edits": [{"start": 42, "end": 43, "text": "1.5"}]})
    );
    let print = found["fingerprint"].as_str().expect("a fingerprint");
    assert!(print.len() >= 16 && print.bytes().all(|byte| byte.is_ascii_hexdigit()), "{print}");
}

#[test]
fn a_fingerprint_outlives_moved_lines_and_tells_equals_apart() {
    let prints = |text: &str| -> Vec<String> {
        let report = Folder::with(&[("a.json", text)]).check(&["."]).json();
        let found = report["diagnostics"].as_array().expect("diagnostics");
        found
            .iter()
            .map(|one| one["fingerprint"].as_str().expect("a fingerprint").to_owned())
            .collect()
    };
    let one = prints(BAD);
    assert_eq!(prints(&format!("\n\n{}", BAD.replace(", ", ",\n  "))), one);
    let two = prints(&format!("[{BAD}, {BAD}]"));
    assert_eq!(two.len(), 2);
    assert_ne!(two[0], two[1]);
    assert_ne!(prints(&BAD.replace('3', "4")), one);
}

#[test]
fn several_formats_in_one_run() {
    let folder = folder();
    let formats = ["--format", "human", "--format", "json=out.json,short=out.txt"];
    let files = ["bad.json", "good.json", "warned.json"];
    let arguments = [&["check", "--today", DAY][..], &formats, &files].concat();
    let run = folder.run(&arguments);
    run.exits(1);
    assert!(
        run.stdout.contains("error[out-of-range]") && run.stdout.contains("checked 3 requests"),
        "{run:#?}"
    );
    let report: Value = serde_json::from_str(&folder.read("out.json")).expect("JSON in the file");
    assert_eq!(report["summary"]["errors"], 1);
    assert_eq!(report, folder.check(&files).json());
    assert_eq!(folder.read("out.txt").lines().count(), 2);
}

#[test]
fn human_shows_the_source_the_help_and_a_summary() {
    let run = folder().run(&["check", "--today", DAY, "."]);
    run.exits(1);
    let place = "╭─[bad.json:1:43]";
    for text in [place, "must be 0 to 1.5", "the API would answer 400"] {
        assert!(run.stdout.contains(text), "{text:?} is not in {}", run.stdout);
    }
    let summary = run.stdout.lines().last().expect("a last line");
    assert!(
        summary.starts_with(
            "checked 3 requests in 3 files: 1 error, 1 warning, 2 fixable with --fix --unsafe-fixes ("
        ),
        "{summary}"
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn colour_comes_only_where_it_is_wanted() {
    let folder = folder();
    let coloured = |variables: &[(&str, &str)], flag: &str| {
        folder
            .run_with(variables, &["check", "--color", flag, "bad.json"])
            .stdout
            .contains('\u{1b}')
    };
    assert!(!coloured(&[], "auto"), "standard output is no terminal");
    assert!(coloured(&[], "always"));
    assert!(coloured(&[("NO_COLOR", "1")], "always"), "what is typed goes before what is set");
    assert!(!coloured(&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], "auto"));
    assert!(coloured(&[("FORCE_COLOR", "1")], "auto"));
    assert!(!coloured(&[("FORCE_COLOR", "1")], "never"));
    let run = folder.run(&["check", "--color", "always", "--format", "human=out.txt", "bad.json"]);
    run.exits(1);
    assert!(!folder.read("out.txt").contains('\u{1b}'), "a file gets no colours");
}

#[test]
fn quiet_leaves_the_summary_out_and_max_diagnostics_the_rest() {
    let folder = folder();
    assert_eq!(folder.run(&["check", "--quiet", "good.json"]).stdout, "");
    let run = folder.run(&["check", "--quiet", "bad.json"]);
    assert!(run.stdout.contains("out-of-range") && !run.stdout.contains("checked"), "{run:#?}");

    let run = folder.run(&["check", "--format", "short", "--max-diagnostics", "1", "."]);
    run.exits(1);
    assert_eq!(run.stdout.lines().count(), 2, "{run:#?}");
    assert!(run.stdout.contains("1 more"), "{run:#?}");
    let run = folder.check(&["--max-diagnostics", "1", "."]);
    assert_eq!(run.rules(), ["out-of-range"]);
    assert_eq!(run.json()["summary"]["warnings"], 1, "what is not printed still counts");
    folder.check(&["--max-diagnostics", "0", "bad.json"]).exits(1);
}

#[test]
fn a_run_that_recognises_nothing_says_so_in_every_format() {
    let folder = Folder::with(&[("package.json", "{\"name\": \"x\"}")]);
    for format in ["human", "short", "json", "json=out.json"] {
        let run = folder.run(&["check", "--quiet", "--format", format, "."]);
        run.exits(0);
        assert!(run.stderr.contains("no request was recognised"), "{format}: {run:#?}");
    }
    assert_eq!(folder.check(&["."]).json()["summary"]["documents"], 0);
}

#[test]
fn any_number_of_threads_gives_the_same_output() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |jobs: &str| {
        let arguments = ["check", "--format", "json", "--today", DAY, "--jobs", jobs, "fixtures"];
        support::finish(support::requestlint(root).args(arguments))
    };
    let (one, many) = (run("1"), run("8"));
    assert!(
        one.json()["diagnostics"].as_array().expect("diagnostics").len() > 20,
        "{}",
        one.stderr
    );
    assert_eq!((one.status, one.stdout, one.stderr), (many.status, many.stdout, many.stderr));

    let folder = Folder::new();
    for number in 0..200 {
        folder.write(
            &format!("{}/{number}.json", number % 7),
            if number % 3 == 0 { BAD } else { WARNED },
        );
    }
    let (one, many) = (folder.check(&["--jobs", "1", "."]), folder.check(&["--jobs", "8", "."]));
    assert_eq!(one.stdout, many.stdout);
    let report = one.json();
    let paths: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .filter_map(|one| one["path"].as_str())
        .collect();
    assert!(paths.len() == 200 && paths.is_sorted(), "{paths:?}");
}

// What is linted, and by which rules

#[test]
fn standard_input_stands_for_a_path() {
    let folder =
        Folder::with(&[("lint/requestlint.toml", "[rules]\nout-of-range = \"warning\"\n")]);
    let check = |more: &[&str], text: &str| {
        let mut arguments = vec!["check", "-", "--format", "json", "--today", DAY];
        arguments.extend(more);
        folder.run_on(&arguments, text)
    };
    let run = check(&[], BAD);
    assert_eq!(run.exits(1).json()["diagnostics"][0]["path"], "stdin.json");
    let run = check(&["--stdin-filename", "lint/body.json"], BAD);
    let found = run.exits(0).json();
    assert_eq!(found["diagnostics"][0]["path"], "lint/body.json");
    assert_eq!(
        found["diagnostics"][0]["severity"], "warning",
        "the configuration beside the path holds"
    );
    let run = check(&["--stdin-filename", "lines.jsonl"], &format!("{GOOD}\n{BAD}\n"));
    assert_eq!(run.exits(1).json()["diagnostics"][0]["span"]["start"]["line"], 2);
    let run = folder.run_on(&["check", "-"], b"{\"a\": \"\xe9\"}".to_vec());
    assert!(run.exits(2).stderr.contains("not UTF-8"), "{run:#?}");
}

#[test]
fn rules_are_selected_ignored_and_levelled() {
    let folder = folder();
    assert_eq!(folder.check(&["."]).rules(), ["out-of-range", "unknown-field"]);
    assert_eq!(
        folder.check(&["--select", "unknown-field", "."]).exits(0).rules(),
        ["unknown-field"]
    );
    assert_eq!(
        folder.check(&["--select", "unknown-field,wrong-type", "."]).rules(),
        ["unknown-field"]
    );
    assert_eq!(
        folder.check(&["--ignore", "out-of-range", "."]).exits(0).rules(),
        ["unknown-field"]
    );
    let run =
        folder.check(&["--severity", "unknown-field=error", "--severity", "out-of-range=off", "."]);
    assert_eq!(run.exits(1).rules(), ["unknown-field"]);
    assert_eq!(run.json()["diagnostics"][0]["severity"], "error");
    let run = folder.check(&["--severity", "out-of-range=info", "bad.json"]);
    assert_eq!(run.exits(0).json()["summary"]["infos"], 1);
}

#[test]
fn a_model_ends_on_its_day() {
    let ended = GOOD.replace("mimo-v2.6-pro", "mimo-v2.5-pro");
    let folder = Folder::with(&[("a.json", &ended)]);
    let on = |day: &str| {
        folder.run(&["check", "--format", "json", "--provider", "xiaomi", "--today", day, "."])
    };
    assert_eq!(on("2026-07-01").exits(0).rules(), Vec::<String>::new());
    let before = on("2026-10-20");
    assert_eq!(before.exits(0).rules(), ["deprecated-model"], "{before:#?}");
    assert_eq!(on("2026-10-21").exits(1).rules(), ["deprecated-model"]);
}

#[test]
fn provider_and_kind_are_declared() {
    let text = r#"{"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}"#;
    let folder = Folder::with(&[("a.json", text)]);
    let run = folder.check(&["."]);
    assert_eq!(run.exits(0).json()["summary"]["skipped"], 1);
    let run = folder.check(&["--provider", "xiaomi", "."]);
    assert_eq!(run.exits(1).rules(), ["unknown-model"]);
    assert_eq!(run.json()["diagnostics"][0]["document"]["provider"], "xiaomi");

    let folder = Folder::with(&[("a.json", r#"{"model": "mimo-v2-pro", "max_tokens": 9}"#)]);
    let run = folder.check(&["--kind", "messages", "--provider", "mimo", "."]);
    assert_eq!(run.exits(1).rules(), ["missing-field"]);
    assert_eq!(run.json()["diagnostics"][0]["document"]["kind"], "messages");
}

#[test]
fn each_option_has_a_variable() {
    let folder = Folder::with(&[
        ("bad.json", BAD),
        ("warned.json", WARNED),
        ("no.toml", "[rules]\nout-of-range = \"off\"\n"),
    ]);
    let rules = |name: &str, value: &str| {
        folder
            .run_with(&[(name, value), ("REQUESTLINT_FORMAT", "json")], &["check", "."])
            .rules()
            .join(" ")
    };
    assert_eq!(rules("REQUESTLINT_SELECT", "unknown-field,wrong-type"), "unknown-field");
    assert_eq!(rules("REQUESTLINT_IGNORE", "unknown-field"), "out-of-range");
    assert_eq!(rules("REQUESTLINT_SEVERITY", "out-of-range=off"), "unknown-field");
    assert_eq!(rules("REQUESTLINT_EXCLUDE", "bad.json"), "unknown-field");
    assert_eq!(rules("REQUESTLINT_CONFIG", "no.toml"), "unknown-field");
    assert_eq!(rules("REQUESTLINT_MAX_DIAGNOSTICS", "1"), "out-of-range");
    let status =
        |name: &str, value: &str| folder.run_with(&[(name, value)], &["check", "."]).status;
    assert_eq!(status("REQUESTLINT_FAIL_ON", "never"), 0);
    assert_eq!(status("REQUESTLINT_MIN_REQUESTS", "9"), 3);
    assert_eq!(status("REQUESTLINT_TODAY", "never"), 2);
    assert_eq!(status("REQUESTLINT_KIND", "qqq"), 2);
    assert_eq!(status("REQUESTLINT_PROVIDER", "qqq"), 2);
    assert_eq!(status("REQUESTLINT_JOBS", "two"), 2);
    let coloured = folder.run_with(&[("REQUESTLINT_COLOR", "always")], &["check", "."]);
    assert!(coloured.stdout.contains('\u{1b}'));
    let typed =
        folder.run_with(&[("REQUESTLINT_FORMAT", "json")], &["check", "--format", "short", "."]);
    assert_eq!(typed.stdout.lines().count(), 2, "what is typed goes before what is set");
}

#[test]
fn an_empty_variable_is_none() {
    let folder = folder();
    for name in ["JOBS", "FAIL_ON", "MIN_REQUESTS", "MAX_DIAGNOSTICS", "COLOR", "CONFIG", "FORMAT"]
    {
        let variable = format!("REQUESTLINT_{name}");
        folder.run_with(&[(&variable, "")], &["check", "good.json"]).exits(0);
    }
    let run = folder
        .run_with(&[("REQUESTLINT_CONFIG", "none.toml")], &["check", "--isolated", "good.json"]);
    run.exits(0);
    folder.run(&["check", "--jobs", "0", "good.json"]).exits(2);
}

#[test]
fn what_is_asked_for_and_not_checked_is_told() {
    let folder = Folder::with(&[("a.md", "a: 1\n"), ("b.json", GOOD)]);
    for arguments in [["check", "a.md", "b.json"], ["check", "-", "--stdin-filename=a.md"]] {
        let run = folder.run_on(&arguments, "a: 1\n");
        assert!(
            run.exits(0).stderr.contains("skipped a.md: of a kind that is not read"),
            "{run:#?}"
        );
    }
    let run = folder.run(&["check", "--kind", "batch-line", "--provider", "mimo", "b.json"]);
    assert!(run.exits(0).stderr.contains("mimo has no endpoint for batch-line"), "{run:#?}");
}

#[test]
fn a_variable_is_read_as_people_write_it() {
    let folder = folder();
    let mut wrong = Vec::new();
    for (value, quiet) in [("1", true), ("true", true), ("0", false), ("false", false)] {
        let run = folder.run_with(&[("REQUESTLINT_QUIET", value)], &["check", "good.json"]);
        if run.status != 0 || run.stdout.is_empty() != quiet {
            wrong.push(format!("REQUESTLINT_QUIET={value}: {run:?}"));
        }
    }
    let lists = ["PROVIDER", "SELECT", "IGNORE", "SEVERITY", "TODAY", "FORMAT", "KIND", "EXCLUDE"];
    for name in lists {
        let variable = format!("REQUESTLINT_{name}");
        let run = folder.run_with(&[(&variable, "")], &["check", "good.json"]);
        if run.status != 0 {
            wrong.push(format!("an empty {variable} is as good as none: {run:?}"));
        }
    }
    for command in ["files", "rules", "models"] {
        let run = folder.run_with(&[("REQUESTLINT_FORMAT", "short")], &[command]);
        if run.status != 0 {
            wrong.push(format!("a format that is meant for `check` stops `{command}`: {run:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
