//! The fixtures: what each rule finds, what its mend silences, and what is valid.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use requestlint::identify::Verdict;
use requestlint::report::human::{Style, render};
use requestlint::{ConfigSource, FileReport, Linter, rules};

/// The linter as `requestlint check fixtures` builds it: with the fixtures' own configuration.
fn linter() -> Linter {
    Linter::builder().build().expect("the defaults are sound")
}

/// What comes of one fixture.
fn check(linter: &Linter, path: &Path) -> FileReport {
    let text = std::fs::read_to_string(path).expect("a fixture is UTF-8");
    let report = linter.check_text(&shown(path), &text);
    assert_eq!(report.error, None, "{}", path.display());
    report
}

/// The path with `/` between folders, so that the snapshots are the same everywhere.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The files below `folder`, in order; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The names of the files in `fixtures/rules/<rule>/<part>`.
fn names(rule: &str, part: &str) -> BTreeSet<String> {
    let folder = Path::new("fixtures/rules").join(rule).join(part);
    files(&folder)
        .iter()
        .map(|path| shown(path.strip_prefix(&folder).expect("it lies below")))
        .collect()
}

#[test]
fn every_rule_has_fixtures_and_every_folder_is_a_rule() {
    for rule in rules::ALL {
        assert!(
            !names(rule.id, "fail").is_empty(),
            "no fixture in fixtures/rules/{}/fail",
            rule.id
        );
    }
    for entry in std::fs::read_dir("fixtures/rules").expect("there are fixtures") {
        let name = entry.expect("a folder can be read").file_name();
        let name = name.to_string_lossy();
        assert!(rules::find(&name).is_some(), "fixtures/rules/{name} is no rule");
    }
}

#[test]
fn every_fault_has_a_mended_twin() {
    for rule in rules::ALL {
        assert_eq!(names(rule.id, "fail"), names(rule.id, "pass"), "the twins of {}", rule.id);
    }
}

#[test]
fn a_fault_gives_its_own_rule_and_nothing_else() {
    let linter = linter();
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        for path in files(&Path::new("fixtures/rules").join(rule.id).join("fail")) {
            let report = check(&linter, &path);
            let found: Vec<_> = report.diagnostics.iter().map(|found| found.rule).collect();
            if found.is_empty() || found.iter().any(|id| *id != rule.id) {
                wrong.push(format!("{}: {found:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_mended_twin_is_judged_and_silent() {
    let linter = linter();
    for rule in rules::ALL {
        for path in files(&Path::new("fixtures/rules").join(rule.id).join("pass")) {
            let report = check(&linter, &path);
            let found: Vec<_> =
                report.diagnostics.iter().map(|found| (found.rule, &found.message)).collect();
            assert!(found.is_empty(), "{}: {found:?}", path.display());
            assert!(judged(&report).next().is_some(), "{} holds no request", path.display());
        }
    }
}

/// What is addressed is judged alike without the configuration that names its provider.
#[test]
fn a_url_beside_a_request_names_the_provider_as_well_as_the_configuration_does() {
    let declared = linter();
    let bare =
        Linter::builder().config(ConfigSource::None).today("2026-11-24").build().expect("sound");
    let mut seen = 0;
    for path in files(Path::new("fixtures")) {
        let text = std::fs::read_to_string(&path).expect("a fixture is UTF-8");
        if !text.starts_with("{\n  \"url\": \"https://") {
            continue;
        }
        seen += 1;
        let told = |linter: &Linter| -> Vec<_> {
            let report = linter.check_text(&shown(&path), &text);
            report
                .diagnostics
                .into_iter()
                .map(|found| (found.rule, found.span, found.message))
                .collect()
        };
        assert_eq!(told(&bare), told(&declared), "{}", path.display());
    }
    assert!(seen > 20, "only {seen} fixtures have a URL");
}

fn judged(report: &FileReport) -> impl Iterator<Item = (&str, &str)> {
    report.documents.iter().filter_map(|document| match &document.verdict {
        Verdict::Judged { kind, provider, .. } => {
            Some((kind.name(), provider.as_ref().map_or("", |provider| provider.id.as_str())))
        }
        Verdict::Skipped(_) => None,
    })
}

#[test]
fn valid_requests_are_silent_and_of_the_kind_that_their_folder_says() {
    let linter = linter();
    let all = files(Path::new("fixtures/valid"));
    assert!(all.len() > 50, "only {} valid fixtures", all.len());
    for path in all {
        let report = check(&linter, &path);
        let found: Vec<_> =
            report.diagnostics.iter().map(|found| (found.rule, &found.message)).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        let mut steps = path.components().skip(2).map(|step| step.as_os_str().to_string_lossy());
        let (provider, kind) = (steps.next().expect("a provider"), steps.next().expect("a kind"));
        let judged: Vec<_> = judged(&report).collect();
        assert!(judged.contains(&(&*kind, &*provider)), "{}: {judged:?}", path.display());
        // A batch line holds a second document, its body.
        let alike = kind == "batch-line" || judged.iter().all(|one| *one == (&*kind, &*provider));
        assert!(alike, "{}: {judged:?}", path.display());
    }
}

/// What a person sees, for all the faults of a rule together.
#[test]
fn human_output() {
    let linter = linter();
    let style = Style { color: false, unicode: true, width: 100 };
    for rule in rules::ALL {
        let mut told = String::new();
        for path in files(&Path::new("fixtures/rules").join(rule.id).join("fail")) {
            let report = check(&linter, &path);
            for found in &report.diagnostics {
                let source = report.source.as_ref().expect("findings keep their text");
                let hide = |text: &str| rules::hide(text, source.text(), &report.secrets);
                told.push_str(&render(found, source, style, &hide));
            }
        }
        insta::with_settings!({ prepend_module_to_snapshot => true, omit_expression => true }, {
            insta::assert_snapshot!(rule.id, told);
        });
    }
}
