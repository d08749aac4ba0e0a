//! What files are called and hold never acts on a terminal, on a runner of workflows or on the command itself.
#![cfg(all(unix, feature = "cli"))]

mod support;

use std::process::Stdio;

use serde_json::Value;
use support::{BAD, DAY, Folder, GOOD, requestlint};

/// A C1 control that begins a terminal's sequence, and a mark that turns the direction of text.
const ACTING: [char; 2] = ['\u{9b}', '\u{202e}'];

#[test]
fn formats_for_programs_say_acting_characters_by_their_numbers() {
    let role = "a\u{9b}2J\u{202e}";
    let text = format!(
        r#"{{"model": "mimo-v2.6-pro", "messages": [{{"role": "{role}", "content": "Hi"}}]}}"#
    );
    let folder = Folder::with(&[("a.json", &text)]);
    for format in ["json", "sarif", "gitlab", "junit"] {
        let run = folder.run(&["check", "--today", DAY, "--format", format, "."]);
        let out = &run.exits(1).stdout;
        assert!(!out.contains(ACTING), "{format}: {out}");
        if format == "junit" {
            assert!(out.contains("&#155;2J&#8238;"), "{out}");
        } else {
            let report: Value = serde_json::from_str(out).expect("JSON");
            assert!(report.to_string().contains(role), "{format} says the same: {out}");
        }
    }
}

#[test]
fn a_name_is_no_command_of_a_workflow() {
    let folder = Folder::with(&[("##[error]pwn.json", BAD)]);
    let run = folder.run(&["check", "--today", DAY, "--diff", "--unsafe-fixes", "."]);
    assert!(run.exits(1).stdout.starts_with(r#"--- "\043#[error]pwn.json""#), "{}", run.stdout);

    let run = folder.run(&["check", "--x\n::error::pwn.json"]);
    let lines: Vec<&str> = run.exits(2).stderr.lines().collect();
    assert!(lines.iter().any(|line| line.contains("error::pwn.json")), "{}", run.stderr);
    assert!(!lines.iter().any(|line| line.starts_with("::")), "{}", run.stderr);
}

#[test]
fn a_name_is_escaped_once() {
    let folder = Folder::with(&[("x&y.json", BAD)]);
    let run = folder.run(&["check", "--today", DAY, "--format", "junit", "."]);
    assert!(run.exits(1).stdout.contains(">x&amp;y.json:1:"), "{}", run.stdout);
}

#[test]
fn a_backslash_is_part_of_a_name() {
    let folder = Folder::with(&[("a\\b.json", BAD)]);
    let run = folder.run(&["check", "--today", DAY, "--format", "sarif", "."]);
    assert!(run.exits(1).stdout.contains(r#""uri": "a%5Cb.json""#), "{}", run.stdout);
}

#[test]
fn whole_paths_become_those_that_hosts_of_code_know() {
    let folder = Folder::with(&[("a/bad.json", BAD)]);
    let here = folder.path("").canonicalize().expect("a folder");
    let here = here.to_str().expect("UTF-8");
    let of = |format: &str| {
        folder.run(&["check", "--today", DAY, "--format", format, here]).exits(1).stdout.clone()
    };
    let sarif: Value = serde_json::from_str(&of("sarif")).expect("JSON");
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a/bad.json");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let gitlab: Value = serde_json::from_str(&of("gitlab")).expect("JSON");
    assert_eq!(gitlab[0]["location"]["path"], "a/bad.json");
    assert!(of("github").starts_with("::error file=a/bad.json,"));
    assert!(of("junit").contains(r#"file="a/bad.json""#));
}

#[test]
fn a_reader_that_leaves_changes_no_exit_status() {
    let many: Vec<(String, &str)> = (0..400).map(|n| (format!("{n}.json"), BAD)).collect();
    let files: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    for (files, status) in [(files.as_slice(), 1), (&[("good.json", GOOD)], 0)] {
        let folder = Folder::with(files);
        let binary = requestlint(&folder.path(""));
        let mut child = std::process::Command::new(binary.get_program())
            .args(["check", "--today", DAY, "."])
            .current_dir(folder.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("it ends").code(), Some(status));
    }
}
