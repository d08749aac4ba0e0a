//! What the tree of a YAML text says, and where.

use serde_json::{Value, json};

use super::extract;
use crate::diagnostic::Span;
use crate::document::{Document, Kind, Node, SpanMap, SyntaxErrorKind};

/// The value that a node stands for; a hole is told by its mark.
pub(super) fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => json!(node.as_bool()),
        Kind::Number => serde_json::from_str(node.number_text().expect("a number"))
            .unwrap_or(json!("too large")),
        Kind::String if node.is_hole() => json!(format!("<hole {}>", node.raw())),
        Kind::String => json!(node.as_str()),
        Kind::Array => node.elements().map(value).collect(),
        Kind::Object => node
            .members()
            .map(|member| (member.key.name().into_owned(), value(member.value)))
            .collect(),
    }
}

/// What `judge` makes of each document.
pub(super) fn each<T>(text: &str, mut judge: impl FnMut(&Document<'_>) -> T) -> Vec<T> {
    let mut found = Vec::new();
    extract(text, &mut |document| found.push(judge(document)));
    found
}

/// The one document of a text without a fault, judged.
fn sound<T>(text: &str, judge: impl Fn(Node<'_>) -> T) -> T {
    let mut found = each(text, |document| {
        assert_eq!(document.errors, [], "{text}");
        assert_eq!(document.template, None, "{text}");
        judge(document.root().expect("a root"))
    });
    assert_eq!(found.len(), 1, "{text}");
    found.remove(0)
}

fn says(text: &str, expected: &Value) {
    assert_eq!(&sound(text, value), expected, "{text}");
}

/// The bytes of the value at `pointer`.
fn raw(text: &str, pointer: &str) -> String {
    sound(text, |root| root.at(pointer).expect("a value").raw().to_owned())
}

#[test]
fn every_style_says_what_yaml_means_by_it() {
    says("a: b c\n  d\n\n  e # no\n", &json!({"a": "b c d\ne"}));
    says("a: 'it''s\n  two'", &json!({"a": "it's two"}));
    says(
        "a: \"x\\x41\\u00e9\\U0001F600\\ud83d\\ude00 \\\n   y\n\n  z\\e\"",
        &json!({"a": "xAé😀😀 y\nz\u{1b}"}),
    );
    says("a: \"say \\\"hi\\\"\\n\"", &json!({"a": "say \"hi\"\n"}));
    says("a: |\n  one\n   two\n\n  three\nb: 1", &json!({"a": "one\n two\n\nthree\n", "b": 1}));
    says(
        "a: >-\n  one\n  two\n   more\n\n  three\n  four\n\n\n  five\n",
        &json!({"a": "one two\n more\n\nthree four\n\nfive"}),
    );
    says("a: |+\n  x\n\nb: |2\n    y\n", &json!({"a": "x\n\n", "b": "  y\n"}));
    says("a: |\r\n  x\r\n  y\r\nb: 1\r\n", &json!({"a": "x\ny\n", "b": 1}));
    says("a: |\nb: >\n\nc: 1", &json!({"a": "", "b": "", "c": 1}));
    says(
        "a: 0x1f\nb: +1\nc: .5\nd: 1_000\ne: yes\nf: 1.0",
        &json!({"a": 31, "b": 1, "c": 0.5, "d": "1_000", "e": "yes", "f": 1.0}),
    );
    says(
        "- a\n- - b\n  - {c: [1, 2,], \"d\": ~}\n-\n",
        &json!(["a", ["b", {"c": [1, 2], "d": null}], null]),
    );
    says("[a: 1, b]", &json!([{"a": 1}, "b"]));
    says("12: a\ntrue: b\n? c\n~: d\n", &json!({"12": "a", "true": "b", "c": null, "~": "d"}));
    says("? [a, b]\n: c\nd: e", &json!({"[a, b]": "c", "d": "e"}));
}

#[test]
fn tags_say_what_a_scalar_is_and_those_of_others_make_a_hole() {
    says(
        "- !!str 1\n- !!int \"5\"\n- ! 2\n- !!str\n- !!bool 'true'",
        &json!(["1", 5, "2", "", true]),
    );
    says(
        "a: !vault |\n  secret\nb: !env NAME\nc: !join [a, b]\nd: !Thing {e: 1}\nf: ${X}",
        &json!({"a": "<hole !vault |\n  secret>", "b": "<hole !env NAME>", "c": "<hole [a, b]>", "d": {"e": 1}, "f": "<hole ${X}>"}),
    );
}

#[test]
fn aliases_repeat_and_merge_keys_give_what_is_not_there() {
    says(
        "a: &x {k: v}\nb: *x\nc: &y 1\nd: [*y, *y]",
        &json!({"a": {"k": "v"}, "b": {"k": "v"}, "c": 1, "d": [1, 1]}),
    );
    says(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 9\nd:\n  q: 1\n  <<: *a\n",
        &json!({"a": {"x": 1, "y": 2}, "b": {"y": 3, "z": 4},
            "c": {"x": 9, "y": 2, "z": 4}, "d": {"q": 1, "x": 1, "y": 2}}),
    );
    // What a source says itself wins over what it merges.
    says(
        "a: &a {x: 1, w: 0}\nb: &b\n  <<: *a\n  x: 2\nc:\n  <<: *b\n",
        &json!({"a": {"x": 1, "w": 0}, "b": {"x": 2, "w": 0}, "c": {"x": 2, "w": 0}}),
    );
    says("\"<<\": {a: 1}\nb: {<<: 5}", &json!({"<<": {"a": 1}, "b": {"<<": 5}}));
    let text = "a: &a {x: 1}\nb: {<<: *a, x: 2}";
    sound(text, |root| {
        assert!(root.tree().duplicate_keys(root).is_empty());
        let two = root.at("/b/x").expect("a value");
        assert_eq!(two.as_u64(), Some(2));
    });
    sound("a: 1\nb: 2\na: 3\n", |root| assert_eq!(root.tree().duplicate_keys(root).len(), 1));
}

#[test]
fn a_value_knows_its_bytes() {
    let text = "# top\nmodel: mimo # é\nlist:\n- a\n-   b: 1\n    c: 'x'\nnone:\ntext: |\n  one\n  two\n\nfold: >-\n  é\nlast: {a: [1]}\n";
    for (pointer, bytes) in [
        ("/model", "mimo"),
        ("/list", "- a\n-   b: 1\n    c: 'x'"),
        ("/list/0", "a"),
        ("/list/1", "b: 1\n    c: 'x'"),
        ("/list/1/c", "'x'"),
        ("/none", ""),
        ("/text", "|\n  one\n  two"),
        ("/fold", ">-\n  é"),
        ("/last", "{a: [1]}"),
        ("/last/a", "[1]"),
    ] {
        assert_eq!(raw(text, pointer), bytes, "{pointer}");
        let with_bom = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(raw(&with_bom, pointer), bytes.replace('\n', "\r\n"), "{pointer}");
    }
    sound(text, |root| {
        let root_bytes = root.raw();
        assert!(root_bytes.starts_with("model") && root_bytes.ends_with('}'), "{root_bytes}");
        let none = root.at("/none").expect("a value").span();
        assert_eq!(none.start, text.find("none:").expect("a key") + 5);
        for member in root.members() {
            assert_eq!(member.key.span().slice(text), member.key.name());
        }
    });
    assert_eq!(raw("a:\n  - - |\n      x # y\n    - b\n", "/a/0/0"), "|\n      x # y");
    assert_eq!(raw("a: # no | mark\n  &x !!str # nor > this\n  |\n    t\n", "/a"), "|\n    t");
    assert_eq!(raw("a: *x\n".replace("*x", "&x 1\nb: *x").as_str(), "/b"), "1");
}

/// Where each character of the string at `/a` stands, put side by side.
fn places(text: &str) -> Vec<(char, String)> {
    sound(text, |root| {
        let map = SpanMap::of_string(root.at("/a").expect("a value")).expect("a string");
        let place = |(at, character): (usize, char)| {
            let span = map.to_file(Span::new(at, at + character.len_utf8()));
            (character, span.slice(text).to_owned())
        };
        map.text().char_indices().map(place).collect()
    })
}

#[test]
fn each_character_of_a_string_is_found_in_the_file() {
    for (text, replaced) in [
        ("a: plain é", vec![]),
        ("a: x\n   y", vec![(' ', "\n")]),
        ("a: 'it''s'", vec![('\'', "''")]),
        ("a: \"\\x41b\\n😀\"", vec![('A', "\\x41"), ('\n', "\\n")]),
        ("a: \"b\\\"c\"", vec![('"', "\\\"")]),
        ("a: |-\n    x y\n     é\n\n    z\n", vec![]),
        ("a: >-\n  x\n  é\n", vec![(' ', "\n")]),
        ("a: |-\r\n  x\r\n  y\r\n", vec![('\n', "\r\n")]),
    ] {
        for (character, place) in places(text) {
            let expected = replaced.iter().find(|(of, _)| *of == character);
            let own = character.to_string();
            assert!(
                place == own
                    || expected.is_some_and(|(_, bytes)| *bytes == place)
                    || character == '\n' && place.trim().is_empty(),
                "{text:?}: {character:?} at {place:?}"
            );
        }
    }
}

#[test]
fn every_document_of_a_text_is_told() {
    let found = each("\u{feff}a: 1\n---\n# c\nb: 2\n...\n---\n- x # d\n", |document| {
        (document.index, document.root().map(value), document.comments.len())
    });
    let expected =
        [(0, Some(json!({"a": 1})), 0), (1, Some(json!({"b": 2})), 1), (2, Some(json!(["x"])), 1)];
    assert_eq!(found, expected);
    for text in ["", "\n", "# only\n", "\u{feff}"] {
        let found = each(text, |document| document.errors[0].kind);
        assert_eq!(found, [SyntaxErrorKind::Empty], "{text:?}");
    }
}

#[test]
fn a_comment_is_told_with_its_mark() {
    let text = "# one\na: 1 # two é\nb: 'no # three'\n#four\n";
    let found = each(text, |document| {
        let comments = document.comments.iter();
        comments.map(|span| span.slice(text).to_owned()).collect::<Vec<_>>()
    });
    assert_eq!(found, [["# one", "# two é", "#four"]]);
    let many = format!("a: 1\n{}b: 2\n", "# x\n".repeat(500));
    says(&many, &json!({"a": 1, "b": 2}));
}

/// The kind of the first fault and the bytes that it underlines.
fn fault(text: &str) -> (SyntaxErrorKind, String, Option<Value>) {
    let mut found = each(text, |document| {
        let error = document.errors.first().expect("a fault");
        (error.kind, error.span.slice(text).to_owned(), document.root().map(value))
    });
    found.remove(0)
}

#[test]
fn a_mistake_is_told_where_it_was_made() {
    use SyntaxErrorKind as K;
    for (text, kind, bytes) in [
        ("a:\n\t- b\n", K::Indentation, "\t"),
        ("a: 1\n\tb: 2\n", K::Indentation, "\t"),
        ("a: b: c\n", K::NeedsQuotes, ":"),
        ("a:1\nb: 2\n", K::MissingColon, ""),
        ("a: 1\nb:2\nc: 3\n", K::MissingColon, ""),
        ("a: 1\nb\nc: 3\n", K::MissingColon, "b"),
        ("a: 1\n  b: 2\n", K::Indentation, "b: 2"),
        ("a:\n  b: 1\n c: 2\n", K::Indentation, "c: 2"),
        ("- a\n-b\n- c\n", K::Unexpected, "-"),
        ("a: \"x\nb: 2\n", K::OpenString, "\""),
        ("a: 'x\n", K::OpenString, "'"),
        ("a: 'it's'\n", K::Quotes, "s'"),
        ("a: \"x\" y\n", K::Quotes, "y"),
        ("a: \"b\\d\"\n", K::Escape, "\\d"),
        ("a: \"b\\x4g\"\n", K::Escape, "\\x4"),
        ("a: {x: 1\n", K::Bracket, "{"),
        ("a: [1, 2\nb: 3\n", K::Bracket, "["),
        ("{\"a\": 1 \"b\": 2}\n", K::MissingComma, ":"),
        ("a: [1, 2}\n", K::Bracket, "["),
        ("a: @x\n", K::NeedsQuotes, "@x"),
        ("a: `x`\n", K::NeedsQuotes, "`x`"),
        ("a: %x\n", K::NeedsQuotes, "%x"),
        ("a: *x\n", K::Alias, "*x"),
        ("a: - b\n", K::Unexpected, "-"),
        ("a: &x [*x]\n", K::Alias, "*x"),
        ("a: &x\n  <<: *x\n", K::Alias, "*x"),
        ("a: |x\n  y\n", K::Unexpected, "|x"),
    ] {
        let (found, at, _) = fault(text);
        assert_eq!((found, at.as_str()), (kind, bytes), "{text:?}");
    }
}

#[test]
fn what_stands_before_and_behind_a_mistake_is_read() {
    let found = each("a: 1\n---\nb: 1\nc: x: 2\n---\nd: 3\n", |document| {
        (document.index, document.root().map(value), document.errors.len(), document.is_exact())
    });
    let expected = [
        (0, Some(json!({"a": 1})), 0, true),
        (1, Some(json!({"b": 1, "c": "x"})), 1, false),
        (2, Some(json!({"d": 3})), 0, true),
    ];
    assert_eq!(found, expected);
    let (_, _, root) = fault("{\"a\": 1,\n \"b\": [1, 2\n");
    assert_eq!(root, Some(json!({"a": 1, "b": [1, 2]})));
}

#[test]
fn what_tabs_indent_is_read_and_not_trusted() {
    let text = "a: 1\nb:\n\t- c: 2\n\t  d: 3\n";
    let (kind, at, root) = fault(text);
    assert_eq!((kind, at.as_str()), (SyntaxErrorKind::Indentation, "\t"));
    assert_eq!(root, Some(json!({"a": 1, "b": [{"c": 2, "d": 3}]})));
    each(text, |document| {
        let root = document.root().expect("a root");
        assert!(document.lost.touches(root.at("/b/0/c").expect("a value")));
        assert!(!document.lost.touches(root.at("/a").expect("a value")));
    });
}

#[test]
fn a_template_is_told_from_a_mistake() {
    for text in [
        "a: {{ .Values.x }}\n",
        "{{- if .x }}\na: 1\n{{- end }}\n",
        "{% if x %}\na: 1\n{% endif %}\n",
        "a: {% x %}\n",
        "a: [${X}, 1]\n",
        "<% if x %>\na: 1\n",
    ] {
        assert!(each(text, |document| document.template.is_some())[0], "{text:?}");
    }
    for text in ["a: \"{{ x }}\"\n", "a: x {{ y }}\n", "a: ${X}\n", "a: {b: {c: 1}}\n"] {
        sound(text, |_| ());
    }
}

fn fault_kind(text: &str) -> SyntaxErrorKind {
    each(text, |document| document.errors.first().expect("a fault").kind)[0]
}

#[test]
fn depth_and_repetition_are_bounded() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(3_000)] {
        let kind = fault_kind(&text);
        assert!(matches!(kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::Bracket), "{kind:?}");
    }
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    let mut merges = String::from("m0: &m0 {x: 1}\n");
    let mut deep = String::from("d0: &d0 [x]\n");
    for level in 1..40 {
        let names = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{names}]\n"));
        let names = vec![format!("*m{}", level - 1); 9].join(", ");
        merges.push_str(&format!("m{level}: &m{level} {{<<: [{names}]}}\n"));
    }
    for level in 1..600 {
        deep.push_str(&format!("d{level}: &d{level} [*d{}]\n", level - 1));
    }
    assert_eq!(fault_kind(&bomb), SyntaxErrorKind::Alias);
    assert_eq!(fault_kind(&merges), SyntaxErrorKind::Alias);
    assert!(matches!(fault_kind(&deep), SyntaxErrorKind::Alias | SyntaxErrorKind::TooDeep));
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x\\e".repeat(300_000), "*a, ".repeat(10_000));
    assert_eq!(fault_kind(&long), SyntaxErrorKind::Alias);
}
