//! The pre-commit hooks are handed every file that requestlint reads, and no others.

use std::path::Path;

use regex::Regex;
use requestlint::extract::Syntax;
use requestlint::knowledge::syntax_of_path;
use serde_json::Value;

/// The hooks of `.pre-commit-hooks.yaml`: each as its lines.
fn hooks() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(".pre-commit-hooks.yaml").expect("the hooks can be read");
    let mut hooks: Vec<Vec<String>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        if let Some(first) = line.strip_prefix("- ") {
            hooks.push(vec![first.to_owned()]);
        } else if let Some(hook) = hooks.last_mut() {
            hook.push(line.trim().to_owned());
        }
    }
    hooks
}

/// What stands at `key` of a hook.
fn value<'h>(hook: &'h [String], key: &str) -> &'h str {
    let prefix = format!("{key}: ");
    hook.iter().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_else(|| panic!("no {key}"))
}

/// The pattern that the hooks share.
fn pattern() -> Regex {
    Regex::new(value(&hooks()[0], "files")).expect("a regular expression")
}

/// The strings at `key` of a file of `schemas/`, at any depth.
fn strings(path: &Path, key: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a schema can be read");
    let mut open: Vec<Value> = vec![serde_json::from_str(&text).expect("it is JSON")];
    let mut found = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::Array(items) if name == key => {
                            found.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        value => open.push(value),
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// A path that a glob stands for.
fn path_of(glob: &str) -> String {
    glob.replace("**/", "some/folder/").replace('*', "x")
}

/// Every file below a folder, its path from the folder that requestlint stands in.
fn below(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(&path, found);
        } else {
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

#[track_caller]
fn all_match(paths: &[String]) {
    let pattern = pattern();
    let missed: Vec<&String> = paths.iter().filter(|path| !pattern.is_match(path)).collect();
    assert!(missed.is_empty(), "the hooks are not handed {missed:#?}");
}

#[test]
fn the_hooks_are_alike() {
    let hooks = hooks();
    let ids: Vec<&str> = hooks.iter().map(|hook| value(hook, "id")).collect();
    assert_eq!(ids, ["requestlint", "requestlint-fix"]);
    for hook in &hooks {
        assert_eq!(value(hook, "files"), value(&hooks[0], "files"));
        assert_eq!(value(hook, "types"), "[text]");
        assert_eq!(value(hook, "require_serial"), "true");
        assert!(value(hook, "entry").contains(" --force-exclude"), "{hook:?}");
    }
}

/// A name that would be an option of the command is no name for it.
#[test]
fn no_name_that_is_an_option_is_reached() {
    let pattern = pattern();
    for name in ["--exclude=**/a.json", "--format=json=b.json", "-n.json", "-/.env", "--x\n/.envrc"]
    {
        assert!(!pattern.is_match(name), "{name:?}");
    }
    all_match(&["a/-n.json".to_owned(), "a\nb.json".to_owned(), "a--b/.env".to_owned()]);
}

#[test]
fn every_extension_is_reached() {
    let small = Syntax::EXTENSIONS.iter().map(|extension| format!("a/b.c{extension}"));
    let large = small.clone().map(|path| path.to_ascii_uppercase());
    all_match(&small.chain(large).collect::<Vec<_>>());
}

#[test]
fn every_file_of_a_tool_is_reached() {
    let mut globs = strings(Path::new("schemas/syntaxes.json"), "paths");
    assert!(globs.len() > 20, "{globs:?}");
    for entry in std::fs::read_dir("schemas/clients").expect("the clients") {
        let path = entry.expect("an entry").path();
        globs.extend(strings(&path, "files"));
    }
    all_match(&globs.iter().map(|glob| path_of(glob)).collect::<Vec<_>>());
}

#[test]
fn every_hidden_file_that_is_read_is_reached() {
    let globs = strings(Path::new("schemas/hidden-places.json"), "files");
    let read: Vec<String> = globs.iter().map(|glob| path_of(glob)).collect();
    let read = read.into_iter().filter(|path| syntax_of_path(path).is_some()).collect::<Vec<_>>();
    assert!(read.len() > 5, "{read:?}");
    all_match(&read);
}

#[test]
fn every_fixture_that_is_read_is_reached() {
    let mut paths = Vec::new();
    below(Path::new("fixtures"), &mut paths);
    paths.retain(|path| syntax_of_path(path).is_some());
    assert!(paths.len() > 100, "{}", paths.len());
    all_match(&paths);
}

#[test]
fn every_name_of_variables_is_reached() {
    let names = [
        ".env",
        ".env.local",
        ".env-prod",
        ".env_test",
        "prod.env",
        "a.env.example",
        ".envrc",
        ".envrc.local",
        ".flaskenv",
        "env.example",
        "env.sample",
        "env.template",
        "env.dist",
        "env.local",
        "env.default",
        "env.defaults",
        "env.dev",
        "env.development",
        "env.production",
        "env.staging",
        "env.test",
        ".ENV",
        "Env.Example",
    ];
    let paths: Vec<String> = names.iter().map(|name| format!("app/{name}")).collect();
    for path in &paths {
        assert!(syntax_of_path(path).is_some(), "{path} is not read at all");
    }
    all_match(&paths);
}

#[test]
fn what_is_not_read_is_not_handed_over() {
    let pattern = pattern();
    for path in [
        "src/main.rs",
        "README.md",
        "env.rs",
        "a/environment.py",
        "json",
        "a.json.md",
        "toml/a.txt",
        "x.jsonlx",
        ".environment",
        "my.envelope",
        "yaml",
    ] {
        assert_eq!(syntax_of_path(path), None, "{path} is read");
        assert!(!pattern.is_match(path), "{path}");
    }
}
