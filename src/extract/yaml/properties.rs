//! What holds for every text: nothing hurts, all spans lie inside, and JSON is YAML.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::extract;
use super::tests::{each, value};
use crate::diagnostic::Span;
use crate::document::{Kind, Node, SpanMap};

/// Holds that all that is told of a text lies inside it.
fn hold(text: &str) {
    let inside = |span: Span| {
        assert!(
            span.start <= span.end
                && span.end <= text.len()
                && text.is_char_boundary(span.start)
                && text.is_char_boundary(span.end),
            "{span:?} in {text:?}"
        );
    };
    extract(text, &mut |document| {
        for span in document.comments.iter().chain(&document.template) {
            inside(*span);
        }
        for error in &document.errors {
            inside(error.span);
        }
        let Some(root) = document.root() else { return };
        for node in root.walk() {
            inside(node.span());
            let _ = (node.as_f64(), node.pointer_from(root), node.opening());
            for member in node.members() {
                inside(member.key.span());
            }
            if let Some(map) = SpanMap::of_string(node) {
                for (at, character) in map.text().char_indices() {
                    inside(map.to_file(Span::new(at, at + character.len_utf8())));
                }
            }
        }
        let _ = document.tree.duplicate_keys(root);
    });
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9f64..1e9).prop_map(Value::from),
        "[ -~éß中😀\t\n]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[ -~é中\n]{0,8}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_yaml(value_of in values()) {
        let text = value_of.to_string();
        let pretty = serde_json::to_string_pretty(&value_of).expect("JSON");
        for text in [text, pretty] {
            let found = each(&text, |document| {
                (document.errors.len(), document.root().map(without_holes))
            });
            prop_assert_eq!(&found, &[(0, Some(value_of.clone()))], "{}", text);
        }
    }

    #[test]
    fn no_text_hurts(text in any::<String>()) {
        hold(&text);
    }

    #[test]
    fn no_yaml_hurts(text in "([ \t\n\r]|  |\n- |: |\\? |[|>][-+0-9]?\n|[\\[\\]{},\"'#&*!%@`é😀\\\\]|<<: |a|&a |\\*a|---\n|\\.\\.\\.\n|0x1|~|\u{feff}|\\{\\{|\\\\x4){0,24}") {
        hold(&text);
    }
}

/// As [`value`], with a string that looks like a template taken for what it says.
fn without_holes(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::String => json!(node.as_str()),
        Kind::Array => node.elements().map(without_holes).collect(),
        Kind::Object => node
            .members()
            .map(|member| (member.key.name().into_owned(), without_holes(member.value)))
            .collect(),
        _ => value(node),
    }
}
