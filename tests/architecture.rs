//! Imports go one way, and the tree keeps its shape.

mod support;

use std::collections::BTreeSet;

use support::{files_below, shown};

/// What each folder of `src/` may name of the others.
const LAYERS: [(&str, &[&str]); 12] = [
    (
        "cli",
        &[
            "diagnose",
            "engine",
            "report",
            "rules",
            "fix",
            "identify",
            "knowledge",
            "extract",
            "document",
            "discover",
            "diagnostic",
        ],
    ),
    (
        "engine",
        &["rules", "fix", "identify", "knowledge", "extract", "document", "discover", "diagnostic"],
    ),
    ("diagnose", &["rules", "knowledge", "extract", "document", "diagnostic"]),
    ("rules", &["fix", "identify", "knowledge", "extract", "document", "diagnostic"]),
    ("identify", &["knowledge", "extract", "document", "diagnostic"]),
    ("knowledge", &["extract", "document", "diagnostic"]),
    ("fix", &["extract", "document", "diagnostic"]),
    ("extract", &["document", "diagnostic"]),
    ("document", &["diagnostic"]),
    ("diagnostic", &[]),
    ("report", &["diagnostic"]),
    ("discover", &["diagnostic"]),
];

/// The longest that a file may be, in lines.
const LONGEST: usize = 400;

fn source_files() -> Vec<(String, String)> {
    let files = files_below("src", ".rs");
    assert!(files.len() > 30, "only {} files in src/", files.len());
    let read = |path| std::fs::read_to_string(path).expect("a readable source file");
    files
        .iter()
        .map(|path| (shown(path).trim_start_matches("src/").to_owned(), read(path)))
        .collect()
}

/// `text` without its comments, as far as lines tell them.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line.split(" // ").next().unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The first name of each path in what follows `crate::`: one, or several in braces.
fn first_names(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let Some(inside) = rest.trim_start().strip_prefix('{') else {
        return vec![word(rest)];
    };
    let (mut depth, mut names, mut start) = (0_i32, Vec::new(), 0);
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                names.push(word(&inside[start..at]));
                start = at + 1;
            }
            '}' => {
                names.push(word(&inside[start..at]));
                break;
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// What a file names of the crate's root: by `crate::`, or by enough `super::`.
fn named_by(path: &str, text: &str) -> BTreeSet<String> {
    let code = code(text);
    let mut names = BTreeSet::new();
    for (at, root) in code.match_indices("crate::") {
        // `$crate::` and `other_crate::` are something else.
        if !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            names.extend(first_names(&code[at + root.len()..]));
        }
    }
    let depth = path.trim_end_matches("/mod.rs").trim_end_matches(".rs").split('/').count();
    let climb = "super::".repeat(depth);
    for (at, root) in code.match_indices(&climb) {
        names.extend(first_names(&code[at + root.len()..]));
    }
    names
}

/// The imports of the file at `path` (below `src/`) that its layer may not have.
fn forbidden_imports(path: &str, text: &str) -> Vec<String> {
    let Some((layer, _)) = path.split_once('/') else {
        return Vec::new();
    };
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("{path}: the layer `{layer}` has no place in the order")];
    };
    let is_layer = |name: &str| LAYERS.iter().any(|(layer, _)| *layer == name);
    named_by(path, text)
        .into_iter()
        .filter(|name| is_layer(name) && name != layer && !allowed.contains(&name.as_str()))
        .map(|name| format!("{path}: `{layer}` names `{name}`"))
        .collect()
}

#[test]
fn imports_go_one_way() {
    let files = source_files();
    let wrong: Vec<String> =
        files.iter().flat_map(|(path, text)| forbidden_imports(path, text)).collect();
    assert!(wrong.is_empty(), "imports against the order:\n{}", wrong.join("\n"));
}

#[test]
fn an_import_against_the_order_is_seen() {
    let seen = |path: &str, text: &str| forbidden_imports(path, text).len();
    assert_eq!(seen("rules/a.rs", "use crate::engine::Linter;"), 1);
    assert_eq!(
        seen("rules/a.rs", "use crate::{document::{Node, Kind}, cli, report::short_line};"),
        2
    );
    assert_eq!(seen("rules/a.rs", "use super::super::engine::Linter;"), 1);
    assert_eq!(seen("rules/mod.rs", "use super::engine::Linter;"), 1);
    assert_eq!(seen("rules/schema/mod.rs", "use super::super::engine::Linter;"), 1);
    assert_eq!(
        seen("document/node.rs", "fn a() { let b = crate::knowledge::Catalog::bundled(); }"),
        1
    );
    assert_eq!(seen("report/human.rs", "use crate::engine::Summary;"), 1);
    assert_eq!(seen("discover/walk.rs", "pub(crate) use crate::extract::Syntax;"), 1);
    assert_eq!(
        seen("diagnose/read.rs", "use crate::engine::Linter; use crate::report::printable;"),
        2
    );
    assert_eq!(seen("engine/linter.rs", "use crate::diagnose::read;"), 1);
    assert_eq!(seen("novelty/mod.rs", ""), 1);
}

#[test]
fn an_import_along_the_order_is_taken() {
    let seen = |path: &str, text: &str| forbidden_imports(path, text);
    let none: Vec<String> = Vec::new();
    assert_eq!(seen("rules/a.rs", "use crate::{document::Node, knowledge::Catalog};"), none);
    assert_eq!(seen("rules/a.rs", "use super::finding::Place; use crate::rules::mask;"), none);
    assert_eq!(seen("rules/a.rs", "/// See [`crate::engine::Linter`].\nfn a() {}"), none);
    assert_eq!(
        seen("engine/linter.rs", "use crate::discover::read; use other_crate::cli::x;"),
        none
    );
    assert_eq!(
        seen("cli/check.rs", "use crate::report::printable; use crate::engine::Linter;"),
        none
    );
    assert_eq!(seen("main.rs", "use requestlint::cli;"), none);
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = source_files()
        .into_iter()
        .filter(|(path, _)| !path.ends_with("_tests.rs"))
        .filter_map(|(path, text)| {
            let lines = text.lines().count();
            (lines > LONGEST).then(|| format!("src/{path}: {lines} lines"))
        })
        .collect();
    assert!(long.is_empty(), "files of more than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn unsafe_code_is_forbidden() {
    let files = source_files();
    let library = &files.iter().find(|(path, _)| path == "lib.rs").expect("src/lib.rs").1;
    assert!(library.lines().any(|line| line == "#![forbid(unsafe_code)]"));
}

/// Whether the code of a file names an external crate: `name::` or `use name`, as a word of its own.
fn names_crate(text: &str, name: &str) -> bool {
    let code = code(text);
    code.match_indices(name).any(|(at, _)| {
        let part_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        before.is_none_or(|letter| !part_of_word(letter) && !matches!(letter, '"' | '`'))
            && (after.starts_with("::") || after.starts_with(';') || after.starts_with(" as "))
    })
}

#[test]
fn each_heavy_crate_stands_behind_few_files() {
    let homes: [(&str, &[&str]); 5] = [
        ("jsonschema", &["knowledge/validate.rs", "knowledge/json.rs"]),
        ("jsonschema_value", &["knowledge/validate.rs", "knowledge/json.rs"]),
        ("miette", &["report/human.rs", "report/excerpt.rs"]),
        ("indicatif", &["cli/progress.rs"]),
        (
            "toml_parser",
            &[
                "extract/toml/mod.rs",
                "extract/toml/layout.rs",
                "extract/toml/reader.rs",
                "extract/toml/resync.rs",
                "extract/toml/scalars.rs",
                "extract/toml/statements.rs",
                "extract/toml/strings.rs",
                "extract/toml/words.rs",
            ],
        ),
    ];
    let files = source_files();
    for (name, homes) in homes {
        for (path, text) in &files {
            let at_home = homes.contains(&path.as_str());
            assert!(at_home || !names_crate(text, name), "src/{path} names the crate {name}");
        }
    }
    assert!(
        names_crate("use miette::SourceSpan;", "miette"),
        "the look-up sees a crate that is used"
    );
    assert!(!names_crate("let miette_like = jsonschema_value::x;", "jsonschema"));
    let used = |name| files.iter().any(|(_, text)| names_crate(text, name));
    assert!(used("jsonschema") && used("miette"), "the crates are named somewhere");
}
