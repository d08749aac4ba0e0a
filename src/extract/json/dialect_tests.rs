//! Tests of JSONC and JSON5: what each takes, what it says, and where each byte of it stands.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::document::{Kind, Node, SpanMap};

fn parsed(text: &str, dialect: Dialect) -> Document<'_> {
    parse(text, 0..text.len(), dialect, Arena::default())
}

/// What a tree says, as JSON would write it; a number as its text.
fn said(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => json!(node.as_bool()),
        Kind::Number => json!({"number": node.number_text()}),
        Kind::String => json!(node.as_str()),
        Kind::Array => node.elements().map(said).collect(),
        Kind::Object => node
            .members()
            .map(|member| (member.key.name().into_owned(), said(member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

fn number(text: &str) -> Value {
    json!({ "number": text })
}

fn first_fault(text: &str, dialect: Dialect) -> Option<(String, String)> {
    let document = parsed(text, dialect);
    document.errors.first().map(|error| (error.message.clone(), error.span.slice(text).to_owned()))
}

#[test]
fn jsonc_takes_comments_and_trailing_commas_and_nothing_else() {
    let text = "// a\n{\"a\": [1, /* b, */ 2,], // c \r\n\"b\": {\"c\": 1,},}\n/* d\n*/";
    let document = parsed(text, Dialect::Jsonc);
    assert_eq!(document.errors, []);
    let told = document.root().map(said);
    assert_eq!(told, Some(json!({"a": [number("1"), number("2")], "b": {"c": number("1")}})));
    let comments: Vec<_> = document.comments.iter().map(|span| span.slice(text)).collect();
    assert_eq!(comments, ["// a", "/* b, */", "// c", "/* d\n*/"]);
    for (text, message, underlined) in [
        ("# a\n{}", "a comment begins with `//`, and not with `#`", "# a"),
        ("{} /* a", "a comment is never closed", "/*"),
        ("[,]", "there is nothing before this comma", ","),
        ("[1,,]", "there is nothing before this comma", ","),
        ("{'a': 1}", "JSON strings stand in double quotes", "'a'"),
        ("{a: 1}", "the key `a` stands without quotes", "a"),
        ("[.5]", "`.5` is no JSON number", ".5"),
        ("[NaN]", "`NaN` is no JSON value", "NaN"),
        ("[\"\\x41\"]", "`\\x` is no JSON escape", "\\x"),
        ("[\u{a0}1]", "`\u{a0}` is not expected here", "\u{a0}"),
    ] {
        let fault = first_fault(text, Dialect::Jsonc);
        assert_eq!(fault, Some((message.to_owned(), underlined.to_owned())), "{text}");
    }
}

#[test]
fn comments_are_kept_where_they_are_faults() {
    let text = "# a\n[1 // b\r, 2] /*/ c */";
    let document = parsed(text, Dialect::Json);
    let comments: Vec<_> = document.comments.iter().map(|span| span.slice(text)).collect();
    assert_eq!(comments, ["# a", "// b", "/*/ c */"]);
    assert_eq!(document.root().map(Node::len), Some(2));
    assert_eq!(document.errors.len(), 1);
}

#[test]
fn json5_says_what_ecmascript_says() {
    for (text, meant) in [
        (
            "{a: 1, $b_2: 2, 'c': 3, \"d\": 4,}",
            json!({"a": number("1"), "$b_2": number("2"), "c": number("3"), "d": number("4")}),
        ),
        (
            "{ü: 1, 名字: 2, \\u0061b: 3, e\u{301}: 4, null: 5}",
            json!({"ü": number("1"), "名字": number("2"), "ab": number("3"), "e\u{301}": number("4"), "null": number("5")}),
        ),
        (
            "['it\"s', \"it's\", 'it\\'s', \"a\tb\u{2028}\"]",
            json!(["it\"s", "it's", "it's", "a\tb\u{2028}"]),
        ),
        (
            "'\\x41\\u00e9\\ud83d\\ude00\\b\\f\\n\\r\\t\\v\\0\\a\\/\\\"\\é'",
            json!("Aé😀\u{8}\u{c}\n\r\t\u{b}\0a/\"é"),
        ),
        ("'a\\\nb\\\r\nc\\\rd\\\u{2028}e'", json!("abcde")),
        ("'\\ud800'", json!("\u{fffd}")),
        (
            "[+1, -1, .5, 5., -.5e3, 5.e-1, 0.0, +.5E+1]",
            json!([
                number("1"),
                number("-1"),
                number("0.5"),
                number("5"),
                number("-0.5e3"),
                number("5e-1"),
                number("0.0"),
                number("0.5E+1")
            ]),
        ),
        ("[0xC0FFEE, -0Xff, +0x10]", json!([number("12648430"), number("-255"), number("16")])),
        (
            "[Infinity, +Infinity, -Infinity, NaN, -NaN]",
            json!([number("1e999"), number("1e999"), number("-1e999"), null, null]),
        ),
        (
            "\u{feff}\u{b}\u{c}\u{a0}[\u{2029}\u{3000}1\u{feff}]// a\u{2028}/* b */",
            json!([number("1")]),
        ),
        ("''", json!("")),
        ("{'': '\\\n'}", json!({"": ""})),
    ] {
        let document = parsed(text, Dialect::Json5);
        assert_eq!(document.errors, [], "{text}");
        assert_eq!(document.root().map(said), Some(meant), "{text}");
    }
}

#[test]
fn json5_takes_no_more_than_that() {
    for (text, message, underlined) in [
        ("# a\n{}", "a comment begins with `//`, and not with `#`", "# a"),
        ("[010]", "`010` is no JSON number", "010"),
        ("[-098]", "`-098` is no JSON number", "-098"),
        ("[.]", "`.` is no JSON number", "."),
        ("[0x]", "`0x` is no JSON number", "0x"),
        ("[1e]", "`1e` is no JSON number", "1e"),
        ("[+-1]", "this is no JSON number", "+-1"),
        ("[--1]", "`--1` is no JSON number", "--1"),
        ("[True]", "`True` is no JSON value", "True"),
        ("[,]", "there is nothing before this comma", ","),
        ("{a-b: 1}", "a key stands without quotes", "a-b"),
        ("{1: 1}", "a key stands without quotes", "1"),
        ("{\\u002d: 1}", "`\\` is not expected here", "\\"),
        ("['a\nb']", "a string holds a line break as it is", "\n"),
        ("['\\x4']", "`\\x` is no JSON5 escape", "\\x"),
        ("['\\u12']", "`\\u` is no JSON5 escape", "\\u"),
        ("['\\01']", "`\\0` is no JSON5 escape", "\\0"),
        ("['\\7']", "`\\7` is no JSON5 escape", "\\7"),
        ("['abc", "a string is never closed", "'"),
        ("['abc\\", "a string is never closed", "'"),
        ("[\"abc\\\"", "a string is never closed", "\""),
        ("[`a`]", "JSON strings stand in double quotes", "`a`"),
        ("[1 /* a", "a comment is never closed", "/*"),
        ("", "the document is empty", ""),
    ] {
        let fault = first_fault(text, Dialect::Json5);
        assert_eq!(fault, Some((message.to_owned(), underlined.to_owned())), "{text}");
    }
}

#[test]
fn a_large_hexadecimal_number_is_a_number() {
    let text = format!("[0x{}, 0x{}]", "f".repeat(40), "f".repeat(100_000));
    let document = parsed(&text, Dialect::Json5);
    assert_eq!(document.errors, []);
    let numbers: Vec<_> = document.root().into_iter().flat_map(Node::elements).collect();
    assert_eq!(numbers[0].as_f64(), Some(2_f64.powi(160)));
    assert_eq!(numbers[1].as_f64(), Some(f64::INFINITY));
}

#[test]
fn broken_json5_takes_no_quadratic_time() {
    for piece in
        ["'", "\"", "'a", "\\", "{'", "\n", "/*", "'\n", "\\u0061", "a", "0x", "//", "\u{a0}", "é"]
    {
        for open in ["[", "{", "'", "[\""] {
            let text = format!("{open}{}", piece.repeat(400_000 / piece.len()));
            assert!(!parsed(&text, Dialect::Json5).errors.is_empty(), "{open}{piece}…");
        }
    }
}

/// `letter` as an escape: of two digits where they are enough and wanted, else of four.
fn escaped(letter: char, short: bool) -> String {
    if short && u32::from(letter) < 0x100 {
        return format!("\\x{:02x}", u32::from(letter));
    }
    letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
}

proptest! {
    #[test]
    fn every_character_of_a_json5_string_is_found_again(
        letters in proptest::collection::vec((any::<char>(), 0..5_usize), 0..24),
        single in any::<bool>(),
    ) {
        let quote = if single { '\'' } else { '"' };
        let mut text = format!("[ {quote}");
        let (mut meant, mut places) = (String::new(), Vec::new());
        for (letter, way) in letters {
            if way == 0 {
                text.push_str("\\\r\n");
            }
            let must = matches!(letter, '\\' | '\n' | '\r') || letter == quote;
            let part = match way {
                2 if letter.is_alphabetic() && !"bfnrtvxu".contains(letter) => format!("\\{letter}"),
                0 | 1 => escaped(letter, way == 0),
                _ if must => escaped(letter, false),
                _ => letter.to_string(),
            };
            places.push((meant.len(), letter, Span::new(text.len(), text.len() + part.len())));
            meant.push(letter);
            text.push_str(&part);
        }
        text.push_str(&format!("{quote} ]"));
        let document = parsed(&text, Dialect::Json5);
        prop_assert_eq!(&document.errors, &[]);
        let node = document.root().and_then(|root| root.element(0)).expect("one string");
        prop_assert_eq!(node.as_str().expect("a string"), meant.as_str());
        prop_assert_eq!(node.span(), Span::new(2, text.len() - 2));
        let map = SpanMap::of_string(node).expect("a string");
        for (at, letter, place) in places {
            prop_assert_eq!(map.to_file(Span::new(at, at + letter.len_utf8())), place, "{:?} in {}", letter, text);
        }
    }

    #[test]
    fn json_is_json5_and_says_the_same(text in "[\\[\\]{}:,\"\\\\ab0-9.eE+\\- \\ntrufalsn]{0,24}") {
        let plain = parsed(&text, Dialect::Json);
        if plain.errors.is_empty() {
            for dialect in [Dialect::Jsonc, Dialect::Json5] {
                let document = parsed(&text, dialect);
                prop_assert_eq!(&document.errors, &[]);
                prop_assert_eq!(document.root().map(said), plain.root().map(said));
            }
        }
    }

    #[test]
    fn no_text_hurts_a_dialect(text in "[\\[\\]{}:,\"'\\\\/*#ab_$0-9.xX+\\-eENI\\n\\r \u{a0}\u{2028}éüu]{0,40}") {
        for dialect in [Dialect::Jsonc, Dialect::Json5] {
            let document = parsed(&text, dialect);
            let inside = |span: Span| {
                span.start <= span.end && span.end <= text.len() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
            };
            for node in document.root().into_iter().flat_map(Node::walk) {
                prop_assert!(inside(node.span()));
                let _ = (node.as_str(), node.as_f64(), node.is_integer());
            }
            for error in &document.errors {
                prop_assert!(inside(error.span));
            }
            for comment in &document.comments {
                prop_assert!(inside(*comment) && comment.slice(&text).starts_with(['/', '#']));
            }
        }
    }
}
