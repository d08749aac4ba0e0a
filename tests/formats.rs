//! The outputs for other programs: SARIF, GitHub's workflow commands, GitLab's code quality, JUnit.

mod support;

use std::collections::BTreeSet;

use requestlint::rules::ALL;
use serde_json::{Value, json};
use support::{BAD, Folder, GOOD, WARNED};

/// A request whose model tries to be a workflow command, a terminal's and XML's at once.
const HOSTILE: &str = "{\"model\": \"mimo-v2.6-pr\\n::error::x\\u001b[31m]]></failure>&\\\"\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

const SUPPRESSED: &str = "{\n  \"model\": \"mimo-v2.6-pro\",\n  // requestlint-ignore: out-of-range -- the mock takes it\n  \"temperature\": 3,\n  \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]\n}\n";

fn folder() -> Folder {
    Folder::with(&[
        ("a b/bad.json", BAD),
        ("good.json", GOOD),
        ("hostile.json", HOSTILE),
        ("suppressed.jsonc", SUPPRESSED),
        ("warned.json", WARNED),
    ])
}

fn output(format: &str) -> String {
    let folder = folder();
    folder.run(&["check", "--format", format, "."]).exits(1).stdout.clone()
}

fn parsed(format: &str) -> Value {
    serde_json::from_str(&output(format)).expect("JSON")
}

#[test]
fn sarif_declares_every_rule_and_points_into_relative_files() {
    let log = parsed("sarif");
    let run = &log["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| rule["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(rules, ALL.iter().map(|rule| rule.id).collect::<Vec<_>>());
    let results = run["results"].as_array().expect("results");
    let mut uris = BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index");
        assert_eq!(rules[usize::try_from(index).expect("small")], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        uris.insert(place["artifactLocation"]["uri"].as_str().expect("a URI"));
        assert!(place["region"]["startColumn"].as_u64() >= Some(1));
        assert!(result["partialFingerprints"]["requestlint/v1"].is_string());
    }
    let expected = ["a%20b/bad.json", "hostile.json", "suppressed.jsonc", "warned.json"];
    assert_eq!(uris.into_iter().collect::<Vec<_>>(), expected);
    let suppressed: Vec<&Value> =
        results.iter().filter(|result| result.get("suppressions").is_some()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["suppressions"][0]["justification"], "the mock takes it");
    assert_eq!(suppressed[0]["suppressions"][0]["kind"], "inSource");
}

#[test]
fn sarif_tells_of_files_that_could_not_be_read() {
    let folder = folder();
    let run = folder.run(&["check", "--format", "sarif", "none.json", "good.json"]);
    let log: Value = serde_json::from_str(&run.exits(2).stdout).expect("JSON");
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_workflow_command_is_one_line_that_nothing_in_a_file_can_end() {
    let text = output("github");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    for line in &lines {
        assert!(line.starts_with("::error file=") || line.starts_with("::warning file="), "{line}");
        assert!(!line.contains('\u{1b}'), "{line}");
    }
    let column = BAD.find("3, ").expect("the temperature") + 1;
    let place = format!("line=1,endLine=1,col={column},endColumn={}", column + 1);
    let expected = format!("::error file=a b/bad.json,{place},title=out-of-range::");
    assert!(lines[0].starts_with(&expected), "{}", lines[0]);
}

#[test]
fn gitlab_gets_a_fingerprint_for_each_finding() {
    let report = parsed("gitlab");
    // What GitLab's documentation says that it reads of a report of code quality.
    let schema = json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "not": {"pattern": "^(\\./|/)"}},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    });
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
    let entries = report.as_array().expect("a list");
    assert_eq!(entries.len(), 3);
    let prints: BTreeSet<_> =
        entries.iter().map(|entry| entry["fingerprint"].as_str().expect("a text")).collect();
    assert_eq!(prints.len(), 3);
    assert_eq!(entries[0]["location"]["path"], "a b/bad.json");
    assert_eq!(entries[0]["location"]["lines"]["begin"], 1);
    assert_eq!(entries[0]["severity"], "major");
    assert_eq!(entries[2]["severity"], "minor");
}

#[test]
fn junit_has_a_suite_a_file_and_no_markup_from_any() {
    let text = output("junit");
    assert_eq!(text.matches("<testsuite ").count(), 5, "{text}");
    assert_eq!(text.matches("<failure ").count(), 3, "{text}");
    assert_eq!(text.matches("</failure>").count(), 3, "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains("]]>"), "{text}");
    assert!(text.contains("tests=\"5\" failures=\"3\" errors=\"0\""), "{text}");
}

#[test]
fn one_run_writes_several() {
    let folder = folder();
    let formats = ["--format", "short", "--format", "sarif=out.sarif", "--format", "junit=out.xml"];
    let arguments = [&["check"][..], &formats, &["."]].concat();
    let run = folder.run(&arguments);
    assert_eq!(run.exits(1).stdout.lines().count(), 3);
    assert!(folder.read("out.sarif").contains("\"2.1.0\""));
    assert!(folder.read("out.xml").starts_with("<?xml"));
}

#[test]
fn no_key_is_printed_in_any() {
    let key = "sk-c0ffee0123456789c0ffee0123456789c0ffee0123456789";
    let text = format!(
        "{{\"url\": \"https://api.xiaomimimo.com/v1/chat/completions\", \"headers\": {{\"api-key\": \"{key} \"}}, \"body\": {GOOD}}}"
    );
    let folder = Folder::with(&[
        ("a.json", text.as_str()),
        (
            ".env",
            &format!("MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1\nMIMO_API_KEY={key}\n"),
        ),
    ]);
    for format in ["human", "short", "json", "sarif", "github", "gitlab", "junit"] {
        let run = folder.run(&["check", "--format", format, "."]);
        assert!(run.stdout.len() > 100, "{run:#?}");
        assert!(!run.stdout.contains("0123456789"), "{format}: {}", run.stdout);
    }
}

#[test]
fn sarif_fixes_are_regions_of_text() {
    let log = parsed("sarif");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let fixes = results.iter().filter_map(|result| result["fixes"].as_array());
    let replacements: Vec<&Value> = fixes
        .flatten()
        .flat_map(|fix| fix["artifactChanges"][0]["replacements"].as_array().expect("replacements"))
        .collect();
    assert!(!replacements.is_empty());
    for replacement in replacements {
        let region = &replacement["deletedRegion"];
        for name in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[name].as_u64() >= Some(1), "{region}");
        }
        assert!(replacement["insertedContent"]["text"].is_string(), "{replacement}");
    }
}

#[test]
fn what_may_be_refused_is_not_said_to_be() {
    let folder = Folder::with(&[("warned.json", WARNED)]);
    for format in ["sarif", "github", "gitlab", "junit"] {
        let text = folder.run(&["check", "--provider", "mimo", "--format", format, "."]).stdout;
        assert!(text.contains("The API may answer 400"), "{format}: {text}");
    }
}

#[test]
fn statistics_stand_beside_what_programs_read() {
    let folder = folder();
    let run = folder.run(&["check", "--format", "sarif", "--statistics", "."]);
    assert!(run.exits(1).stderr.contains("     1  out-of-range"), "{}", run.stderr);
    assert!(serde_json::from_str::<Value>(&run.stdout).is_ok(), "{}", run.stdout);
}

#[test]
fn a_workflow_gets_each_annotation_once() {
    let folder = folder();
    let variables = [("GITHUB_ACTIONS", "true")];
    let run =
        folder.run_with(&variables, &["check", "--format", "human", "--format", "github", "."]);
    assert_eq!(run.stdout.matches("::error file=a b/bad.json,").count(), 1, "{}", run.stdout);
}

#[test]
fn a_run_that_cannot_begin_leaves_earlier_reports() {
    let folder = folder();
    folder.write("old.json", "kept");
    folder.run(&["check", "--format", "json=old.json", "--baseline", "none.json"]).exits(2);
    assert_eq!(folder.read("old.json"), "kept");
}

#[test]
fn sarif_holds_what_the_configuration_leaves_untold() {
    let config = "[[files]]\ninclude = [\"**\"]\nignore = [\"out-of-range:/temperature\"]\n";
    let folder = Folder::with(&[("bad.json", BAD), ("requestlint.toml", config)]);
    let run = folder.run(&["check", "--format", "sarif", "."]);
    let log: Value = serde_json::from_str(&run.exits(0).stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "out-of-range");
    assert_eq!(result["suppressions"][0]["kind"], "external");
    let report = folder.run(&["check", "--format", "json", "."]).json();
    assert_eq!(report["summary"]["suppressed"], 1);
}
