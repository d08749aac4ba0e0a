//! Where a broken text goes on.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::tests::{each, value};
use crate::document::{Document, SyntaxErrorKind as K};

/// The value of a key whose value is lost.
const LOST: &str = "<hole >";

/// What is read of the one document of `text`, and what its one fault underlines.
fn read(text: &str) -> (Value, String) {
    let mut found = each(text, |document| {
        assert_eq!(document.errors.len(), 1, "{text:?}");
        let error = document.errors[0].span.slice(text).to_owned();
        (document.root().map_or(json!("nothing"), value), error)
    });
    assert_eq!(found.len(), 1, "{text:?}");
    found.remove(0)
}

#[test]
fn what_stands_around_a_fault_is_read() {
    for (text, told, error) in [
        // Before, behind, both.
        ("h: 1\nx: a: b\n", json!({"h": 1, "x": "a"}), ":"),
        ("x: a: b\nh:\n  m: 2\n", json!({"x": LOST, "h": {"m": 2}}), ":"),
        ("g: {u: 1}\nx: a: b\nh: 2\n", json!({"g": {"u": 1}, "x": LOST, "h": 2}), ":"),
        // Indentation.
        ("a:\n  b: 1\n c: 2\nd: 3\n", json!({"a": {"b": 1}, "d": 3}), "c: 2"),
        ("a: 1\n  b: 2\nd: 3\n", json!({"a": 1, "d": 3}), "b: 2"),
        // What opens and never closes.
        ("a: [1, 2\nb:\n- 3\nc: {d: 4}\n", json!({"a": LOST, "b": [3], "c": {"d": 4}}), "["),
        ("a: {x: 1\n\nb: 3\n", json!({"a": LOST, "b": 3}), "{"),
        (
            "p:\n  a: [1,\n  b: [2]\n  c: 3\nq: 1\n",
            json!({"p": {"a": LOST, "b": [2], "c": 3}, "q": 1}),
            "c:",
        ),
        ("a: \"x\nb: 2\nc: 3\n", json!({"a": LOST, "b": 2, "c": 3}), "\""),
        ("a: 'x\nb: 'y'\nc: 3\n", json!({"a": LOST, "b": "y", "c": 3}), "y'"),
        // What is no member, with what is nested in it.
        ("a: 1\nb\n- 1\n- 2\nc: 3\n", json!({"a": 1, "c": 3}), "b"),
        ("a: 1\nb:2\nc: 3\n", json!({"a": 1, "c": 3}), ""),
        ("p:\n  o: @\n    u: x\n    m: y\n  z: 1\n", json!({"p": {"z": 1}}), "@"),
        // In a list.
        ("- a: 1\n- b: x: y\n  c: 2\n- d: 3\n", json!([{"a": 1}, {"d": 3}]), ":"),
        ("- a: \"x\n- b: 2\n", json!([{"b": 2}]), "\""),
        ("- a\n-b\n- c\n", json!(["a", "c"]), "-"),
        (
            "l:\n  - a: 1\n    z: b: 2\n  - c: 3\n",
            json!({"l": [{"a": 1, "z": LOST}, {"c": 3}]}),
            ":",
        ),
        // More than one: the first is told.
        (
            "k: a: b\nl: [1\nm: 3\nn: 'x\no: 5\n",
            json!({"k": LOST, "l": LOST, "m": 3, "n": LOST, "o": 5}),
            ":",
        ),
    ] {
        let (found, underlined) = read(text);
        assert_eq!((&found, underlined.as_str()), (&told, error), "{text:?}");
        let other = format!("\u{feff}# é\n{text}# end\n").replace('\n', "\r\n");
        let (found, underlined) = read(&other);
        assert_eq!((&found, underlined.as_str()), (&told, error), "{other:?}");
    }
}

#[test]
fn a_text_before_a_fault_is_what_it_was() {
    for (head, said) in [("|", "é\n"), ("|+", "é\n\n"), ("|-", "é"), (">", "é\n")] {
        let text = format!(
            "a: {head}\n  é\n\nx: a: b # a line longer than the indent\nb: {head}\n  é\n\n"
        );
        assert_eq!(read(&text).0, json!({"a": said, "x": LOST, "b": said}), "{text:?}");
    }
}

#[test]
fn comments_between_faults_are_told_and_those_in_them_are_not() {
    let text = "# one\nx: a: b # two\n  # three\n# four\nh: 1 # five\n";
    let comments = |document: &Document<'_>| -> Vec<String> {
        document.comments.iter().map(|span| span.slice(text).to_owned()).collect()
    };
    assert_eq!(each(text, comments), [["# one", "# three", "# four", "# five"]]);
}

#[test]
fn each_document_is_read_on_for_itself() {
    let text = "a: 1\n---\nx: y: z\nb: 1\n--- # c\nx: \"y\nc: 1\n...\n---\nx: [1\n---\ne: 1\n";
    let found = each(text, |document| {
        let errors: Vec<_> = document.errors.iter().map(|error| error.kind).collect();
        (document.index, document.root().map(value), errors, document.lost.is_empty())
    });
    let expected = [
        (0, Some(json!({"a": 1})), vec![], true),
        (1, Some(json!({"x": LOST, "b": 1})), vec![K::NeedsQuotes], false),
        (2, Some(json!({"x": LOST, "c": 1})), vec![K::OpenString], false),
        (3, Some(json!({"x": []})), vec![K::Bracket], false),
        (4, Some(json!({"e": 1})), vec![], true),
    ];
    assert_eq!(found, expected);
}

/// Which of the values at `pointers` may lack something.
fn touched(text: &str, pointers: &[&'static str]) -> Vec<&'static str> {
    let mut found = each(text, |document| {
        let root = document.root().expect("a root");
        let is_touched = |pointer: &&&str| document.lost.touches(root.at(pointer).expect(pointer));
        pointers.iter().filter(is_touched).copied().collect()
    });
    found.remove(0)
}

#[test]
fn what_the_lines_passed_over_may_have_held_is_lost() {
    let text = "p:\n  a: 1\n  x: y: z\n  b: {c: 1}\nq: {d: 1}\n";
    assert_eq!(touched(text, &["", "/p", "/p/a", "/p/b", "/q"]), ["", "/p"]);
    // A container that begins behind them may have begun in them.
    let text = "x: y: z\n# c\na: {b: 1}\nc:\n  x: [1\n  d: 2\n";
    assert_eq!(touched(text, &["", "/a", "/c", "/c/d"]), ["", "/c"]);
    assert_eq!(touched("- x: y: z\n- {b: 1}\n", &["", "/0"]), [""]);
    assert_eq!(touched("p:\n  x: y: z\nq: 1\n", &["", "/p", "/q"]), ["", "/p"]);
    // What merges a mapping lacks what that one lacks; an anchor that is lost is no fault of its alias.
    let text =
        "a: &a\n  x: y: z\n  b: 1\nc: &c\n  <<: *a\n\nd:\n  e: {<<: *c}\n  f: 1\n\ng: {h: 1}\n";
    assert_eq!(touched(text, &["", "/a", "/c", "/d/e", "/d/f", "/g"]), ["", "/a", "/c", "/d/e"]);
    let text = "a: &a b: c\nd:\n  e: *a\nf: {g: 1}\nh: 1\n";
    assert_eq!(touched(text, &["", "/d", "/d/e", "/f", "/h"]), ["", "/d", "/d/e"]);
    assert_eq!(read(text).1, ":");
}

#[test]
fn an_alias_without_end_loses_its_own_lines_only() {
    for alias in ["a: &x [*x]", "a: &x {b: *x}", "a: &x {<<: *x, b: 1}"] {
        let text = format!("p: {{q: 1}}\nr: 1\n{alias}\nb: {{c: *x}}\nd: {{e: 1}}\n");
        assert_eq!(read(&text).1, "*x");
        assert_eq!(touched(&text, &["", "/p", "/a", "/b", "/d"]), ["", "/a", "/b"], "{text}");
    }
    let mut bomb = String::from("p: {q: 1}\nr: 1\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n");
    for level in 1..9 {
        let names = vec![format!("*x{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("x{level}: &x{level} [{names}]\n"));
    }
    bomb.push_str("z: {y: 1}\n");
    assert_eq!(touched(&bomb, &["", "/p", "/x0", "/x7", "/z"]), ["", "/x0", "/x7", "/z"]);
}

#[test]
fn templates_and_texts_in_brackets_are_left_alone() {
    let found = each("a: {{ x }}\nb: [{{ y }}]\nc: 2\n", |one| one.template.is_some());
    assert_eq!(found, [true]);
    assert_eq!(read("{\"a\": 1,\n\"b\": [1, 2\n").0, json!({"a": 1, "b": [1, 2]}));
}

#[test]
fn large_broken_texts_are_read_a_bounded_number_of_times() {
    for text in [
        "k: a: b\n".repeat(40_000) + "m: 1\n",
        "a: 1\n---\nx: y: z\nb: 2\n---\n".repeat(8_000),
        "- [1, 2\n- b: \"x\n".repeat(20_000),
        format!("x: a: b\n{}", "m: {n: [1, 2]}\n".repeat(20_000)),
    ] {
        let start = Instant::now();
        each(&text, |_| ());
        // Generous: what is quadratic takes minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
