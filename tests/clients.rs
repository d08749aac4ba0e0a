//! Tools as data: every file in `schemas/clients` has fixtures at the paths that the tool uses; those
//! under `pass` are silent, and each of their twins under `fail` is told something.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use requestlint::knowledge::Catalog;
use requestlint::{ConfigSource, FileReport, Linter, Report};
use support::{DAY, files_below, shown};

const FOLDER: &str = "fixtures/clients";

fn report() -> Report {
    let linter = Linter::builder().config(ConfigSource::None).today(DAY);
    let linter = linter.build().expect("a linter with a day");
    linter.check_paths(&[PathBuf::from(FOLDER)])
}

/// The tool, `pass` or `fail`, and the case of a fixture.
fn parts(file: &FileReport) -> (String, String, String) {
    let below = file.path.strip_prefix(FOLDER).expect("a fixture").trim_start_matches('/');
    let mut parts = below.split('/').map(str::to_owned);
    let mut next = || parts.next().expect("fixtures/clients/<id>/{pass,fail}/<case>/…");
    (next(), next(), next())
}

#[test]
fn every_tool_has_fixtures_and_reads_its_own() {
    let mut read = BTreeSet::new();
    // A tool may just hold the files of others.
    let clients = Catalog::bundled().clients().iter();
    let holders: BTreeSet<_> = clients
        .filter(|client| client.entries.is_empty())
        .map(|client| client.id.clone())
        .collect();
    for file in &report().files {
        let (id, _, case) = parts(file);
        let clients: BTreeSet<_> =
            file.documents.iter().filter_map(|document| document.client.clone()).collect();
        let is_read = clients.contains(&id) || (holders.contains(&id) && !clients.is_empty());
        assert!(is_read, "{id}/{case} is read by {clients:?}: {}", file.path);
        read.insert(id);
    }
    let known: BTreeSet<_> =
        Catalog::bundled().clients().iter().map(|client| client.id.clone()).collect();
    assert_eq!(known, read, "every tool has fixtures under {FOLDER}");
    let files: BTreeSet<_> = files_below("schemas/clients", ".json")
        .iter()
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    assert_eq!(known, files, "a tool's id is its file's name");
}

#[test]
fn what_works_is_silent_and_what_does_not_is_told() {
    let (mut pass, mut fail) = (BTreeSet::new(), BTreeSet::new());
    for file in &report().files {
        let (id, kind, case) = parts(file);
        let told: Vec<_> =
            file.diagnostics.iter().map(|one| (one.rule, &one.pointer, &one.message)).collect();
        if kind == "pass" {
            assert!(told.is_empty(), "{}: {told:?}", file.path);
            pass.insert((id, case));
        } else {
            assert!(!told.is_empty(), "nothing is told of {}", file.path);
            fail.insert((id, case));
        }
    }
    assert_eq!(pass, fail, "every fault has a mended twin");
    assert!(pass.len() >= 29, "only {} cases", pass.len());
}

#[test]
fn the_underlined_bytes_are_what_the_message_speaks_of() {
    let mut shown_lines = Vec::new();
    for file in report().files {
        for one in &file.diagnostics {
            let text = std::fs::read_to_string(Path::new(&file.path)).expect("a fixture");
            let place = file.path.trim_start_matches(FOLDER).trim_start_matches('/');
            let underlined = one.span.slice(&text);
            shown_lines.push(format!(
                "{}\n  {}[{}] {} {:?}\n  {}; {}",
                shown(Path::new(place)),
                one.severity,
                one.rule,
                one.pointer,
                underlined,
                one.message,
                one.label
            ));
        }
    }
    insta::assert_snapshot!(shown_lines.join("\n"));
}
