//! `--staged` and `--since`, in repositories that the real git has made.
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;

const GOOD: &str = r#"{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}"#;
const BAD: &str = r#"{"model": "mimo-v2-pro", "temperature": 9, "messages": [{"role": "user", "content": "Hi"}]}"#;

fn git(folder: &Path, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .args(identity)
        .args(arguments)
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
}

/// A repository with one commit of a good request, `old.json`, and of a bad one, `known.json`.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    git(folder.path(), &["init", "-q", "-b", "main"]);
    write(folder.path(), "old.json", GOOD);
    write(folder.path(), "known.json", BAD);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "one"]);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// What `check` prints in short form, and how it exits.
fn check(folder: &Path, arguments: &[&str]) -> (String, i32, String) {
    let output = cargo_bin_cmd!("requestlint")
        .current_dir(folder)
        .args(["check", "--format", "short", "--provider", "mimo", "--today", "2026-09-30"])
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), output.status.code().unwrap_or(-1), text(&output.stderr))
}

#[test]
fn the_index_is_linted_and_not_what_stands_on_disk() {
    let repository = repository();
    let folder = repository.path();
    // Staged as bad, mended on disk afterwards.
    write(folder, "new.json", BAD);
    write(folder, "sub dir/gone.json", BAD);
    git(folder, &["add", "."]);
    write(folder, "new.json", GOOD);
    fs::remove_file(folder.join("sub dir/gone.json")).expect("removed");
    // Bad on disk, and not staged.
    write(folder, "old.json", BAD);
    write(folder, "unknown.json", BAD);
    let (out, status, _) = check(folder, &["--staged"]);
    let paths: Vec<_> = out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, ["new.json", "sub dir/gone.json"], "{out}");
    assert_eq!(status, 1);
}

#[test]
fn paths_exclusions_and_the_current_folder_hold_for_what_is_staged() {
    let repository = repository();
    let folder = repository.path();
    for name in ["a/one.json", "b/two.json", "vendor/three.json", ".hidden/four.json"] {
        write(folder, name, BAD);
    }
    write(folder, "requestlint.toml", "exclude = [\"vendor/**\"]\n");
    git(folder, &["add", "."]);
    let (out, ..) = check(folder, &["--staged", "a"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("a/one.json:"), "{out}");
    let (out, ..) = check(&folder.join("b"), &["--staged"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("two.json:"), "{out}");
    let (out, ..) = check(folder, &["--staged"]);
    assert_eq!(out.lines().count(), 2, "{out}");
}

#[test]
fn nothing_staged_is_clean_and_says_that_nothing_was_recognised() {
    let repository = repository();
    let (out, status, err) = check(repository.path(), &["--staged"]);
    assert_eq!((out.as_str(), status), ("", 0));
    assert!(err.contains("no request was recognised"), "{err}");
}

#[test]
fn a_deletion_that_is_staged_is_nothing_to_lint() {
    let repository = repository();
    git(repository.path(), &["rm", "-q", "known.json"]);
    let (out, status, _) = check(repository.path(), &["--staged"]);
    assert_eq!((out.as_str(), status), ("", 0));
}

#[test]
fn what_a_branch_changed_is_linted_committed_or_not() {
    let repository = repository();
    let folder = repository.path();
    git(folder, &["checkout", "-q", "-b", "topic"]);
    write(folder, "committed.json", BAD);
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "two"]);
    // What main did meanwhile is not this branch's matter.
    git(folder, &["checkout", "-q", "main"]);
    write(folder, "old.json", &GOOD.replace("Hi", "Hello"));
    git(folder, &["commit", "-q", "-am", "three"]);
    git(folder, &["checkout", "-q", "topic"]);
    write(folder, "untracked.json", BAD);
    let (out, status, _) = check(folder, &["--since", "main"]);
    let paths: Vec<_> = out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, ["committed.json", "untracked.json"], "{out}");
    assert_eq!(status, 1);
}

#[test]
fn what_git_does_not_know_is_a_usage_error() {
    let repository = repository();
    for reference in ["no-such-branch", "--output=pwned", ""] {
        let argument = format!("--since={reference}");
        let (_, status, err) = check(repository.path(), &[&argument]);
        assert_eq!(status, 2, "{reference}");
        assert!(err.contains("git knows no commit"), "{err}");
    }
    assert!(!repository.path().join("pwned").exists());
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (_, status, err) = check(elsewhere.path(), &["--staged"]);
    assert_eq!(status, 2);
    assert!(err.contains("--staged wants a git repository"), "{err}");
}

/// A colon with a number before it names a stage to git, and a backslash is part of a name.
#[cfg(unix)]
#[test]
fn the_index_is_asked_for_the_very_file() {
    let repository = repository();
    let folder = repository.path();
    for (name, text) in
        [("0:a.json", BAD), ("a.json", GOOD), ("1:a.json", GOOD), ("b\\c.json", BAD)]
    {
        write(folder, name, text);
    }
    git(folder, &["add", "."]);
    let (told, status, errors) = check(folder, &["--staged"]);
    assert_eq!(status, 1, "{told}{errors}");
    assert!(told.contains("0:a.json:1:") && told.contains("b\\c.json:1:"), "{told}");
    assert_eq!(told.lines().count(), 2, "{told}");
}
