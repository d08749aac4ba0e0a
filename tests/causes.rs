//! Every known cause of a refusal is told by a rule, as its fixture shows, or is not, for a reason.

use std::path::Path;

use requestlint::{Linter, knowledge::bundle, rules};

/// The causes are numbered from 1 to this; those from 88 on are inferred from the others.
const LAST: u64 = 90;
/// The first that is inferred.
const INFERRED: u64 = 88;

#[test]
fn every_cause_is_told_or_is_not_for_a_reason() {
    let text = bundle::file("causes.json").expect("the table");
    let rows: Vec<serde_json::Value> = serde_json::from_str(text).expect("JSON");
    let numbers: Vec<u64> =
        rows.iter().map(|row| row["number"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=LAST).collect::<Vec<_>>(), "each cause once, in order");
    let linter = Linter::builder().build().expect("a linter");
    let mut told = 0;
    for row in &rows {
        let inferred = row["number"].as_u64() >= Some(INFERRED);
        let at_xiaomi = row["providers"].as_array().expect("providers").iter();
        let sure =
            at_xiaomi.filter(|one| one["id"] == "xiaomi").any(|one| one["confidence"] != "?");
        assert_eq!(sure, !inferred, "{row}: how sure it is");
        let Some(rule) = row["rule"].as_str() else {
            assert!(row["not_told"].is_string(), "{row}: neither a rule nor a reason");
            continue;
        };
        assert!(row["not_told"].is_null(), "{row}: a rule and a reason");
        assert!(rules::find(rule).is_some(), "{row}: there is no such rule");
        let fixture = row["fixture"].as_str().expect("a fixture");
        for (name, found) in
            [(fixture.to_owned(), true), (fixture.replace("/fail/", "/pass/"), false)]
        {
            let path = format!("fixtures/rules/{name}");
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
            let text =
                std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
            let report = linter.check_text(&file.to_string_lossy(), &text);
            let has = report.diagnostics.iter().any(|one| one.rule == rule);
            assert_eq!(has, found, "{path}: {rule} {:?}", report.diagnostics);
        }
        told += 1;
    }
    assert!(told > 55, "only {told} causes are told");
}
