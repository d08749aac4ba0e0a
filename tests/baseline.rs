//! `--baseline` and `--update-baseline`, with the real binary.
#![cfg(feature = "cli")]

mod support;

use std::fs;

use serde_json::Value;
use support::{BAD, DAY, Folder, GOOD};

const FILE: &str = "known.json.baseline";

fn with_baseline() -> Folder {
    let folder = Folder::with(&[("a/bad.json", BAD), ("b/bad.json", BAD), ("good.json", GOOD)]);
    let run = folder.check(&[".", "--baseline", FILE, "--update-baseline"]);
    run.exits(0);
    assert!(run.stderr.contains("wrote known.json.baseline: "), "{}", run.stderr);
    folder
}

fn entries(folder: &Folder) -> Vec<Value> {
    let text = folder.read(FILE);
    let stored: Value = serde_json::from_str(&text).expect("it is JSON");
    stored["findings"].as_array().expect("a list").clone()
}

#[test]
fn what_is_known_is_not_told_and_counts_for_nothing() {
    let folder = with_baseline();
    let known = entries(&folder).len();
    assert!(known >= 2);
    let run = folder.run(&["check", "--today", DAY, "--baseline", FILE]);
    run.exits(0);
    assert!(
        run.stdout.contains(&format!("nothing found, {known} in the baseline")),
        "{}",
        run.stdout
    );
    let run = folder.check(&[".", "--baseline", FILE]);
    let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["summary"]["errors"], 0);
    assert_eq!(report["summary"]["baselined"], known);
}

#[test]
fn it_survives_moved_lines_and_another_indentation() {
    let folder = with_baseline();
    let value: Value = serde_json::from_str(BAD).expect("JSON");
    let spread = serde_json::to_string_pretty(&value).expect("JSON").replace('{', "{\n\n");
    folder.write("a/bad.json", &spread);
    folder.check(&[".", "--baseline", FILE]).exits(0);
}

#[test]
fn what_is_new_is_told() {
    let folder = with_baseline();
    folder.write("c.json", BAD);
    let run = folder.run(&["check", "--today", DAY, "--baseline", FILE, "--format", "short"]);
    run.exits(1);
    assert!(run.stdout.lines().all(|line| line.starts_with("c.json:")), "{}", run.stdout);
}

#[test]
fn what_is_gone_is_named_and_taken_out() {
    let folder = with_baseline();
    let before = entries(&folder).len();
    folder.write("a/bad.json", GOOD);
    fs::remove_file(folder.path("b/bad.json")).expect("removed");
    let run = folder.check(&[".", "--baseline", FILE]);
    run.exits(0);
    assert!(run.stderr.contains("entries of known.json.baseline gone"), "{}", run.stderr);
    assert!(run.stderr.contains("  a/bad.json: "), "{}", run.stderr);
    assert!(run.stderr.contains("  b/bad.json: "), "{}", run.stderr);
    // Nothing is gone from a file that was not linted, nor of a rule that was not looked for.
    for arguments in [&["good.json"][..], &[".", "--select", "syntax-error"]] {
        let run = folder.check(&[arguments, &["--baseline", FILE]].concat());
        assert!(!run.stderr.contains("a/bad.json"), "{arguments:?}: {}", run.stderr);
    }
    folder.check(&[".", "--baseline", FILE, "--update-baseline"]).exits(0);
    assert!(before > 0);
    assert_eq!(entries(&folder), Vec::<Value>::new());
}

#[test]
fn an_update_keeps_what_was_not_linted() {
    let folder = with_baseline();
    let before = entries(&folder);
    folder.check(&["a", "--baseline", FILE, "--update-baseline"]).exits(0);
    assert_eq!(entries(&folder), before);
}

#[test]
fn a_faulty_or_missing_baseline_is_told_and_kept() {
    let folder = with_baseline();
    let run = folder.check(&[".", "--baseline", "nowhere.json"]);
    run.exits(2);
    assert!(run.stderr.contains("--update-baseline writes it"), "{}", run.stderr);
    for text in ["{", "[]", "{\"format_version\": 2, \"findings\": []}", "{\"format_version\": 1}"]
    {
        folder.write(FILE, text);
        for more in [&[][..], &["--update-baseline"]] {
            let run = folder.check(&[&[".", "--baseline", FILE], more].concat());
            run.exits(2);
            assert!(run.stderr.contains("no baseline of requestlint"), "{}", run.stderr);
        }
        let kept = folder.read(FILE);
        assert_eq!(kept, text);
    }
}

#[test]
fn sarif_marks_it_as_suppressed_from_outside() {
    let folder = with_baseline();
    let run = folder.run(&["check", "--today", DAY, "--baseline", FILE, "--format", "sarif"]);
    let log: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        assert_eq!(result["suppressions"][0]["kind"], "external");
    }
}

#[test]
fn it_holds_wherever_one_stands_in_the_repository() {
    let folder = Folder::with(&[("a/bad.json", BAD), (".git/HEAD", "ref: refs/heads/main\n")]);
    folder.check(&[".", "--baseline", FILE, "--update-baseline"]).exits(0);
    assert_eq!(entries(&folder)[0]["path"], "a/bad.json");
    let below = support::finish(support::requestlint(&folder.path("a")).args([
        "check",
        "--today",
        DAY,
        "--baseline",
        "../known.json.baseline",
    ]));
    below.exits(0);
    assert!(!below.stderr.contains("gone"), "{}", below.stderr);
    let whole = folder.path("a/../a/bad.json");
    let whole = whole.to_str().expect("UTF-8");
    folder.check(&[whole, "--baseline", FILE]).exits(0);
}

#[test]
fn what_a_run_does_not_look_for_stays_known() {
    let folder = with_baseline();
    let before = entries(&folder);
    for more in [["--ignore", "out-of-range"], ["--select", "unknown-model"]] {
        let update = [&[".", "--baseline", FILE, "--update-baseline"][..], &more].concat();
        folder.check(&update).exits(0);
        assert_eq!(entries(&folder), before, "{more:?}");
    }
}
