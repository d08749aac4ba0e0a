//! Requests that official documentation shows as valid: recognised, and silent on their day.
//!
//! `data/valid-requests.jsonl` holds one a line: its source, the API and the kind of request, the
//! request itself, and a `day` on which its model was served.

use requestlint::identify::Verdict;
use requestlint::{ConfigSource, Diagnostic, FileReport, Linter, LinterBuilder, Severity};
use serde_json::Value;

const LINES: &str = include_str!("data/valid-requests.jsonl");

struct Example {
    line: &'static str,
    value: Value,
}

impl Example {
    fn text(&self, name: &str) -> &str {
        self.value[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.line))
    }

    fn body(&self) -> &Value {
        &self.value["body"]
    }

    /// A linter of the example's day, with nothing else said.
    fn linter(&self) -> LinterBuilder {
        Linter::builder().config(ConfigSource::None).today(self.text("day"))
    }

    fn declared(&self) -> Linter {
        let linter = self.linter().provider(self.text("provider")).kind(self.text("kind"));
        linter.build().expect("the example names a known provider and kind")
    }

    /// The pages show `YOUR_API_KEY` where the key goes: valid as an example, and a warning in a request
    /// that someone keeps.
    fn is_the_pages_placeholder(&self, found: &Diagnostic) -> bool {
        found.rule == "placeholder-api-key"
            && found.severity == Severity::Warning
            && self.value["headers"]["api-key"] == "YOUR_API_KEY"
    }

    fn assert_silent(&self, report: &FileReport) {
        let found: Vec<_> = report
            .diagnostics
            .iter()
            .filter(|found| !self.is_the_pages_placeholder(found))
            .map(|found| (found.rule, &found.pointer, &found.message))
            .collect();
        assert!(found.is_empty(), "{} on {}: {found:?}", self.text("id"), self.text("day"));
        assert_eq!(report.error, None);
        let judged: Vec<_> = report
            .documents
            .iter()
            .map(|document| match &document.verdict {
                Verdict::Judged { kind, provider: Some(provider), .. } => {
                    (kind.name(), provider.id.as_str())
                }
                other => panic!("{}: {other:?}", self.text("id")),
            })
            .collect();
        assert_eq!(judged, [(self.text("kind"), self.text("provider"))], "{}", self.text("id"));
    }
}

fn examples() -> Vec<Example> {
    let examples: Vec<_> = LINES
        .lines()
        .map(|line| Example { line, value: serde_json::from_str(line).expect("a line is JSON") })
        .collect();
    assert_eq!(examples.len(), 58);
    examples
}

#[test]
fn as_a_line_with_its_endpoint_and_headers() {
    for example in examples() {
        let linter = example.linter().build().expect("a linter with a day");
        example.assert_silent(&linter.check_text("requests.jsonl", example.line));
    }
}

#[test]
fn as_a_bare_body_whose_provider_and_kind_are_declared() {
    for example in examples() {
        let text = serde_json::to_string_pretty(example.body()).expect("a body is JSON");
        example.assert_silent(&example.declared().check_text("request.json", &text));
    }
}

#[test]
fn as_a_value_that_a_program_is_about_to_send() {
    for example in examples() {
        let linter =
            example.linter().provider(example.text("provider")).build().expect("a known provider");
        let found = linter.check_value(example.body()).diagnostics;
        assert!(found.is_empty(), "{}: {found:?}", example.text("id"));
    }
}

/// The days matter: judged by a day on which its model was gone, a request is no longer silent.
#[test]
fn a_request_of_an_ended_model_is_told_after_the_end() {
    let mut ended = 0;
    for example in examples() {
        let model = example.body()["model"].as_str().expect("a request names its model");
        let gone = example.text("provider") == "xiaomi"
            && (model.starts_with("mimo-v2-") || ["mimo-v2.5", "mimo-v2.5-pro"].contains(&model));
        let linter = example.linter().today("2026-11-24").build().expect("a linter with a day");
        let report = linter.check_text("requests.jsonl", example.line);
        let found = report.diagnostics.iter();
        let found: Vec<_> = found
            .filter(|found| !example.is_the_pages_placeholder(found))
            .map(|found| found.rule)
            .collect();
        let wanted: &[&str] = if gone { &["deprecated-model"] } else { &[] };
        assert_eq!(found, wanted, "{}", example.text("id"));
        ended += usize::from(gone);
    }
    assert!(ended > 10, "only {ended} examples name an ended model");
}
