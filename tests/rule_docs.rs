//! Every rule is what its file says: its name, its place, and its examples, which are run.

mod support;

use requestlint::rules::{ALL, find};
use requestlint::{ConfigSource, FileReport, Linter};
use support::{DAY, files_below, shown};

/// An example of a rule's documentation.
#[derive(Debug, PartialEq, Eq)]
struct Example {
    bad: bool,
    syntax: String,
    provider: Option<String>,
    /// Where the text could stand, where that says whose it is: `.claude/settings.json`.
    file: Option<String>,
    /// Whether it takes `--check-env` to see it.
    check_env: bool,
    text: String,
}

/// The syntaxes of examples, as the word behind a fence names them.
const SYNTAXES: [&str; 7] = ["json", "jsonl", "jsonc", "json5", "yaml", "toml", "env"];

/// The examples in `docs`: fences whose info string is a syntax, `bad` or `good`, and perhaps
/// `provider=…`; without it they are held to `mimo`. `file=…` says which tool's file it is, `check-env`
/// looks at the environment of the process. `fill=N` puts
/// N letters in the place of `…`: such an example is too large to be written out.
fn examples(docs: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = docs.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let mut words = info.split_whitespace();
        let syntax = match words.next() {
            Some(syntax) if SYNTAXES.contains(&syntax) => syntax.to_owned(),
            other => panic!("an example in {other:?}, which is not tested"),
        };
        let bad = match words.next() {
            Some("bad") => true,
            Some("good") => false,
            other => panic!("an example that is {other:?}, neither bad nor good"),
        };
        let (mut provider, mut file, mut text) = (None, None, body.join("\n"));
        let mut check_env = false;
        for word in words {
            match word.split_once('=') {
                Some(("provider", id)) => provider = Some(id.to_owned()),
                Some(("file", path)) => file = Some(path.to_owned()),
                Some(("fill", count)) => {
                    text = text.replace('…', &"A".repeat(count.parse().expect("a number")));
                }
                None if word == "check-env" => check_env = true,
                _ => panic!("{word} says nothing in the fence `{info}`"),
            }
        }
        found.push(Example { bad, syntax, provider, file, check_env, text });
    }
    found
}

fn lint(example: &Example) -> FileReport {
    let provider = example.provider.as_deref().unwrap_or("mimo");
    let builder = Linter::builder().config(ConfigSource::None).today(DAY).provider(provider);
    let builder = builder.check_env(example.check_env);
    let linter = builder.build().expect("a linter");
    let file = match (&example.file, example.syntax.as_str()) {
        (Some(file), _) => file.clone(),
        (None, "env") => ".env".to_owned(),
        (None, syntax) => format!("example.{syntax}"),
    };
    linter.check_text(&file, &example.text)
}

/// What is wrong with the examples in the documentation of the rule `id`.
fn faults(id: &str, docs: &str) -> Vec<String> {
    let examples = examples(docs);
    let mut faults = Vec::new();
    for bad in [true, false] {
        if !examples.iter().any(|example| example.bad == bad) {
            faults.push(format!("{id}: no {} example", if bad { "bad" } else { "good" }));
        }
    }
    for example in &examples {
        let report = lint(example);
        let found: Vec<&str> = report.diagnostics.iter().map(|one| one.rule).collect();
        let judged = report.documents.iter().any(|document| {
            matches!(document.verdict, requestlint::identify::Verdict::Judged { .. })
        });
        if !judged {
            faults.push(format!("{id}: not taken for a request: {}", example.text));
        } else if example.bad && (found.is_empty() || found.iter().any(|one| *one != id)) {
            faults.push(format!("{id}: found {found:?} in the bad example {}", example.text));
        } else if !example.bad && !found.is_empty() {
            faults.push(format!("{id}: found {found:?} in the good example {}", example.text));
        }
    }
    faults
}

#[test]
fn the_examples_are_what_they_say() {
    let faults: Vec<String> = ALL.iter().flat_map(|rule| faults(rule.id, rule.docs)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_wrong_example_is_seen() {
    let with = |docs: &str| faults("out-of-range", docs).len();
    let good = r#"{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}"#;
    assert_eq!(with(""), 2);
    let docs = format!(
        "```json bad provider=mimo\n{good}\n```\n\n```json good provider=mimo\n{good}\n```"
    );
    assert_eq!(with(&docs), 1, "a bad example without a finding");
    assert_eq!(
        with("```json bad\n{\"a\": 1}\n```\n```json good\n{\"a\": 1}\n```"),
        2,
        "no requests"
    );
    let env = |text: &str| faults("empty-api-key", &format!("```env {text}\n```"));
    let told = env("bad file=.env.example\nMIMO_API_KEY=");
    assert!(told.iter().any(|fault| fault.contains("found []")), "a template: {told:?}");
    assert_eq!(env("bad\nMIMO_API_KEY=").len(), 1, "no good example, and nothing else");
}

#[test]
fn names_are_sorted_unique_and_in_kebab_case() {
    let ids: Vec<&str> = ALL.iter().map(|rule| rule.id).collect();
    assert!(ids.len() >= 14, "{ids:?}");
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    for id in ids {
        let kebab = id
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert!(kebab, "{id}");
        assert!(find(id).is_some_and(|rule| rule.id == id), "{id}");
    }
    assert!(find("no-such-rule").is_none());
}

/// The names in the files of `src/rules/` that hold a rule.
fn files_with_a_rule() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in files_below("src/rules", ".rs") {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let Some((_, rule)) = text.split_once("pub static RULE: Rule = Rule {") else {
            continue;
        };
        let id =
            rule.split_once("id: \"").and_then(|(_, rest)| rest.split_once('"')).expect("an id").0;
        found.push((shown(&path), id.to_owned()));
    }
    found
}

#[test]
fn every_rule_has_a_file_of_its_name_and_every_file_is_registered() {
    let files = files_with_a_rule();
    for (path, id) in &files {
        assert_eq!(*path, format!("src/rules/{}.rs", id.replace('-', "_")));
        assert!(find(id).is_some(), "{path} is not in the registry");
    }
    assert_eq!(files.len(), ALL.len(), "{files:?}");
}

#[test]
fn a_summary_is_one_short_sentence_without_a_full_stop() {
    for rule in ALL {
        let summary = rule.summary;
        assert!(
            !summary.is_empty() && summary.len() <= 80 && !summary.contains('\n'),
            "{}: {summary}",
            rule.id
        );
        assert!(!summary.ends_with('.'), "{}: {summary}", rule.id);
        let first = rule.docs.trim_start().split("```").next().unwrap_or_default();
        assert!(!first.trim().is_empty(), "{}: no words before the examples", rule.id);
    }
}
