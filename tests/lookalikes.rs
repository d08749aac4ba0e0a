//! What looks like a request and is none: nothing in `data/lookalikes` is judged.

use std::collections::BTreeMap;
use std::path::PathBuf;

use requestlint::identify::Verdict;
use requestlint::{ConfigSource, Linter, Report};

const FOLDER: &str = "tests/data/lookalikes";

/// A run over `folder` in which nothing declares what the files hold.
fn run(folder: &str) -> Report {
    let linter = Linter::builder().config(ConfigSource::None).today("2026-11-24").build();
    linter.expect("a linter with a day").check_paths(&[PathBuf::from(folder)])
}

#[test]
fn nothing_is_judged() {
    let report = run(FOLDER);
    let judged: Vec<_> = report
        .files
        .iter()
        .flat_map(|file| file.documents.iter().map(move |document| (&file.path, document)))
        .filter(|(_, document)| document.is_judged() && !document.is_settings())
        .map(|(path, document)| format!("{path}:{}{}", document.line, document.pointer))
        .collect();
    assert!(judged.is_empty(), "taken for requests: {judged:#?}");
    // Some are the settings of tools that send requests, and right.
    assert_eq!(report.summary.documents, report.summary.settings);
    assert_eq!(report.diagnostics().count(), 0);
    assert_eq!(report.summary.failures, 0);
    assert!(report.files.len() >= 60, "only {} files were read", report.files.len());
}

/// Nothing is left out in silence: each file tells why, or each request in it does.
#[test]
fn every_file_tells_why_it_is_left_alone() {
    for file in run(FOLDER).files {
        assert!(
            file.skipped.is_some() || !file.documents.is_empty(),
            "{} tells nothing",
            file.path
        );
    }
}

#[test]
fn a_request_to_somebody_else_is_skipped_and_says_whose_it_is() {
    let report = run(&format!("{FOLDER}/other-vendors"));
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &report.files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        for document in &file.documents {
            if let Verdict::Skipped(reason) = &document.verdict {
                reasons.entry(name).or_default().push(reason);
            }
        }
    }
    let wanted = [
        ("another-host.json", "a request to another host: llm.example.org", 1),
        (
            "anthropic.json",
            "a request to another vendor: claude-sonnet-4-5 is a model of Anthropic",
            1,
        ),
        (
            "deepseek-wrapped.json",
            "a request to another vendor: deepseek-chat is a model of DeepSeek",
            1,
        ),
        ("openai-batch.jsonl", "a request to another vendor: gpt-4o-mini is a model of OpenAI", 2),
        ("openai-chat.json", "a request to another vendor: gpt-4o is a model of OpenAI", 1),
        ("openai-responses.json", "a request to another vendor: gpt-5.1 is a model of OpenAI", 1),
        (
            "openrouter-body.json",
            "a request to a gateway that calls the model xiaomi/mimo-v2-flash",
            1,
        ),
        ("openrouter-host.json", "a request to another host: openrouter.ai", 1),
        ("qwen.json", "a request to another vendor: qwen3-max is a model of Alibaba", 1),
    ];
    for (name, reason, times) in wanted {
        assert_eq!(reasons.get(name), Some(&vec![reason; times]), "{name}");
    }
    // Each of them counts; a file that holds no request does not.
    assert_eq!(report.summary.skipped, reasons.values().map(Vec::len).sum::<usize>());
}
