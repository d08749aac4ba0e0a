//! The README says of rules and configuration what there is. `UPDATE=1 cargo test --test readme` writes
//! the table of rules anew.

use std::fmt::Write as _;
use std::path::Path;

use requestlint::Linter;
use requestlint::Summary;
use requestlint::knowledge::{Catalog, bundle};
use requestlint::report::JsonReport;
use requestlint::rules::{ALL, Rule};

const START: &str =
    "<!-- rules: start; `UPDATE=1 cargo test --test readme` writes this table -->\n";
const END: &str = "<!-- rules: end -->";

fn answer(rule: &Rule, provider: &str) -> String {
    let known =
        Catalog::bundled().provider(provider).and_then(|provider| rule.prediction(provider));
    // A status of success says that this provider takes it.
    known
        .filter(|known| known.status >= 400)
        .map_or("-".to_owned(), |known| known.status.to_string())
}

fn table() -> String {
    let mut table = String::from(
        "| rule | level | fix | what it finds | `mimo` | `xiaomi` |\n|---|---|---|---|---|---|\n",
    );
    for rule in ALL {
        let (mimo, xiaomi) = (answer(rule, "mimo"), answer(rule, "xiaomi"));
        let kinds: Vec<&str> = rule.fixes.kinds().iter().map(|kind| kind.as_str()).collect();
        let fix = kinds.join(", ");
        let summary = rule.summary.replace('|', "\\|");
        let _ = writeln!(
            table,
            "| `{}` | {} | {fix} | {summary} | {mimo} | {xiaomi} |",
            rule.id, rule.severity
        );
    }
    table
}

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// The text between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start:?} in the README"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end:?} in the README")).0
}

/// The names of all properties at and below a JSON Schema.
fn names(schema: &serde_json::Value, found: &mut Vec<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (name, property) in properties {
            found.push(name.clone());
            names(property, found);
        }
    }
    for inner in ["items", "additionalProperties"].iter().filter_map(|name| schema.get(name)) {
        names(inner, found);
    }
}

/// The names of all keys at and below a TOML value.
fn keys(value: &toml::Value, found: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                found.push(key.clone());
                keys(value, found);
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_configuration_is_shown() {
    let readme = readme();
    let example: toml::Table = between(&readme, "```toml\n", "```").parse().unwrap();
    let mut shown = Vec::new();
    keys(&toml::Value::Table(example), &mut shown);
    let schema = bundle::file("meta/config.schema.json").unwrap();
    let mut known = Vec::new();
    names(&serde_json::from_str(schema).unwrap(), &mut known);
    assert!(known.len() > 10, "{known:?}");
    for name in known {
        assert!(shown.contains(&name), "the README's example of requestlint.toml lacks `{name}`");
    }
}

#[test]
fn the_table_of_rules_is_current() {
    let text = readme();
    let written = between(&text, START, END);
    let current = table();
    if std::env::var_os("UPDATE").is_some() {
        let start = text.find(START).unwrap_or_default() + START.len();
        let (before, after) = (&text[..start], &text[start + written.len()..]);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        std::fs::write(path, format!("{before}{current}{after}")).unwrap();
        return;
    }
    assert!(
        written == current,
        "the README's table of rules is stale; `UPDATE=1 cargo test --test readme` writes it anew"
    );
}

#[test]
fn the_example_of_json_output_is_real() {
    let shown: serde_json::Value =
        serde_json::from_str(between(&readme(), "```json\n", "```")).unwrap();
    let path = shown["diagnostics"][0]["path"].as_str().unwrap();
    let text = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let report = Linter::builder().build().unwrap().check_text(path, &text);
    let summary =
        Summary { files: 1, documents: 1, errors: 1, unsafe_fixable: 1, ..Summary::default() };
    let real = serde_json::to_value(JsonReport::new(summary, &report.diagnostics, &[])).unwrap();
    assert_eq!(shown, real);
}
