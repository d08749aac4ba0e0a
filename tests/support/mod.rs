//! What the tests share: a folder of one's own, the real binary, and its output taken apart.

#![allow(dead_code, reason = "each test file uses some of it")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The day that the tests judge by.
pub const DAY: &str = "2026-11-24";

/// A request that nothing is wrong with.
pub const GOOD: &str =
    r#"{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}"#;

/// A request with one error: `out-of-range` at `/temperature`.
pub const BAD: &str = r#"{"model": "mimo-v2.6-pro", "temperature": 3, "messages": [{"role": "user", "content": "Hi"}]}"#;

/// A request with one warning: `unknown-field` at `/temprature`.
pub const WARNED: &str = r#"{"model": "mimo-v2.6-pro", "temprature": 0.5, "messages": [{"role": "user", "content": "Hi"}]}"#;

/// What a run of the binary came to.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output, read as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON on standard output: {error}\n{self:#?}"))
    }

    /// The names of the rules that found something, in the order of the output.
    pub fn rules(&self) -> Vec<String> {
        let report = self.json();
        let found = report["diagnostics"].as_array().expect("a list of diagnostics");
        found.iter().map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect()
    }

    /// Fails unless the run ended with `status`.
    #[track_caller]
    pub fn exits(&self, status: i32) -> &Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }
}

/// A folder that is gone with the test.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder that holds these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join(below)
    }

    /// Writes a file, with the folders above it.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("folders");
        std::fs::write(path, bytes).expect("a written file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).expect("a readable file")
    }

    /// Runs the binary in this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        finish(requestlint(self.folder.path()).args(arguments))
    }

    /// Runs the binary in this folder with `text` on standard input.
    pub fn run_on(&self, arguments: &[&str], text: impl Into<Vec<u8>>) -> Run {
        finish(requestlint(self.folder.path()).args(arguments).write_stdin(text))
    }

    /// Runs the binary in this folder with these variables set.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        finish(requestlint(self.folder.path()).envs(variables.iter().copied()).args(arguments))
    }

    /// `check --format json` on the tests' day, and its status.
    pub fn check(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["check", "--format", "json", "--today", DAY];
        all.extend(arguments);
        self.run(&all)
    }
}

/// The binary, free of what the variables around the test say.
pub fn requestlint(folder: &Path) -> Command {
    let mut command =
        Command::from_std(std::process::Command::new(env!("CARGO_BIN_EXE_requestlint")));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("REQUESTLINT_") {
            command.env_remove(name);
        }
    }
    let drawing =
        ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLUMNS", "LC_ALL", "LC_CTYPE", "LANG"];
    for name in drawing {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

/// Runs a command and takes its output.
pub fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("the binary runs");
    Run {
        status: output.status.code().expect("an exit status"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
    }
}

/// Every file below `folder` of this repository whose name ends so, in order of path.
pub fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        let entries = std::fs::read_dir(folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    found.sort();
    found
}

/// A path of this repository as it is shown: from its root, with `/` between folders.
pub fn shown(path: &Path) -> String {
    let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// The schemas of endpoints and protocols.
pub fn endpoint_schemas() -> Vec<(&'static str, Value)> {
    let of_requests = |path: &str| path.ends_with(".schema.json") && !path.starts_with("meta/");
    let files =
        requestlint::knowledge::bundle::files().iter().filter(|(path, _)| of_requests(path));
    files.map(|(path, text)| (*path, serde_json::from_str(text).expect("JSON"))).collect()
}

/// Calls `visit` with every schema at and below `schema`, and the pointer to it. What an `if` looks at
/// is not visited.
pub fn each_schema(schema: &Value, pointer: &str, visit: &mut dyn FnMut(&str, &Value)) {
    if !schema.is_object() {
        return;
    }
    visit(pointer, schema);
    let below = |name: &str| format!("{pointer}/{name}");
    for name in ["items", "then", "additionalProperties"] {
        if let Some(inner) = schema.get(name) {
            each_schema(inner, &below(name), visit);
        }
    }
    for name in ["properties", "$defs"] {
        for (key, inner) in schema.get(name).and_then(Value::as_object).into_iter().flatten() {
            each_schema(inner, &format!("{}/{key}", below(name)), visit);
        }
    }
    for (index, inner) in
        schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        each_schema(inner, &format!("{}/{index}", below("allOf")), visit);
    }
}

/// The error that stands for most refusals at Xiaomi: the reason is in `param`.
pub fn param(reason: &str) -> String {
    serde_json::json!({"error": {"code": "400", "message": "Param Incorrect", "param": reason, "type": ""}})
        .to_string()
}

/// Diagnoses an error that stands on standard input.
#[track_caller]
pub fn diagnose(folder: &Folder, text: &str, more: &[&str]) -> Run {
    let mut arguments = vec!["diagnose", "-", "--today", DAY];
    arguments.extend(more);
    let run = folder.run_on(&arguments, text);
    assert_eq!(run.stderr, "", "{run:#?}");
    run
}

/// What [`diagnose`] prints for people, where it comes to a diagnosis.
#[track_caller]
pub fn told(text: &str, more: &[&str]) -> String {
    diagnose(&Folder::new(), text, more).exits(0).stdout.clone()
}

/// As [`told`], for programs.
#[track_caller]
pub fn told_as_json(text: &str, more: &[&str]) -> Value {
    let more: Vec<&str> = more.iter().copied().chain(["--format", "json"]).collect();
    diagnose(&Folder::new(), text, &more).exits(0).json()
}
