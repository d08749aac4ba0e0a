//! Tests of the JSON parser: what it accepts, what it says of the rest, and that no bytes hurt it.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::document::{Kind, Node};

fn parsed(text: &str) -> Document<'_> {
    parse(text, 0..text.len(), Dialect::Json, Arena::default())
}

#[test]
fn what_rfc_8259_allows_is_allowed() {
    for text in [
        "null",
        " true ",
        "-0",
        "0.5",
        "1e400",
        "-1.25E+10",
        "\"\"",
        "\"\\u00e9\\ud83d\\ude00\\/\"",
        "[]",
        "{}",
        "[1,[2,{\"a\":[]}]]",
        "{\"a\":1,\"a\":2}",
        "\u{feff}{\"a\": 1}",
        "\r\n[\t1 ]\r\n",
        "\"\\ud800\"",
        "\"\u{7f}\u{2028}\"",
    ] {
        let document = parsed(text);
        assert_eq!(document.errors, [], "{text}");
    }
}

/// Text, message, what is underlined, whether nothing had to be guessed.
const FAULTS: [(&str, &str, &str, bool); 30] = [
    ("[1,]", "JSON allows no comma after the last item", ",", true),
    ("{\"a\": 1,\n}", "JSON allows no comma after the last item", ",", true),
    ("{\"a\": 1 // one\n}", "JSON has no comments", "// one", true),
    ("/* x */ {}", "JSON has no comments", "/* x */", true),
    ("# x\n{}", "JSON has no comments", "# x", true),
    ("{\"a\": 1 \"b\": 2}", "a comma is missing between two members", "\"b\"", true),
    ("[1 2]", "a comma is missing between two elements", "2", false),
    ("{\"a\" 1}", "a colon is missing after a key", "1", false),
    ("{\"a\" => 1}", "a colon is missing after a key", "=", false),
    ("{\"a\":}", "a value is missing", "}", false),
    ("[,1]", "there is nothing before this comma", ",", true),
    ("{'a': 1}", "JSON strings stand in double quotes", "'a'", true),
    ("{“a”: 1}", "JSON strings stand in double quotes", "“a”", false),
    ("{a: 1}", "the key `a` stands without quotes", "a", true),
    ("[True]", "`True` is no JSON value", "True", true),
    ("[None]", "`None` is no JSON value", "None", true),
    ("[NaN]", "`NaN` is no JSON value", "NaN", false),
    ("[undefined]", "`undefined` is no JSON value", "undefined", true),
    ("[01]", "`01` is no JSON number", "01", false),
    ("[+1]", "`+1` is no JSON number", "+1", false),
    ("[.5]", "`.5` is no JSON number", ".5", false),
    ("[1.]", "`1.` is no JSON number", "1.", false),
    ("[0x1F]", "`0x1F` is no JSON number", "0x1F", false),
    ("[1e]", "`1e` is no JSON number", "1e", false),
    ("[\"a\nb\"]", "a string holds a line break as it is", "\n", false),
    ("[\"\\x41\"]", "`\\x` is no JSON escape", "\\x", false),
    ("[\"\\u12\"]", "`\\u` is no JSON escape", "\\u", false),
    ("[\"abc", "a string is never closed", "\"", false),
    ("[1}", "`}` does not close `[`", "}", false),
    ("{} {}", "something stands after the end of the document", "{", false),
];

#[test]
fn every_fault_is_named_and_underlined() {
    for (text, message, underlined, exact) in FAULTS {
        let document = parsed(text);
        let error = document.errors.first();
        let shown = error
            .map(|error| (error.message.as_str(), error.span.slice(text), document.is_exact()));
        assert_eq!(shown, Some((message, underlined, exact)), "{text}");
    }
}

#[test]
fn an_open_bracket_is_told_with_the_place_where_it_was_opened() {
    let text = "{\"a\": [1, 2\n";
    let document = parsed(text);
    assert_eq!(document.errors[0].message, "the text ends before `[` is closed");
    assert_eq!(document.errors[0].related.as_ref().map(|(span, _)| span.start), Some(6));
    assert_eq!(document.root().and_then(|root| root.get("a")).map(Node::len), Some(2));
}

#[test]
fn a_broken_request_can_still_be_read() {
    for text in [
        "{'model': 'mimo-v2-pro', 'messages': []}",
        "{model: \"mimo-v2-pro\", messages: []}",
        "{\"model\": \"mimo-v2-pro\" \"messages\": []}",
        "{\"model\": \"mimo-v2-pro\", \"messages\": [{\"role\": \"user\"",
        "{\"model\": \"mimo-v2-pro,\n \"messages\": []}",
        "{“model”: “mimo-v2-pro”, “messages”: []}",
        "{\"stream\": True, \"model\": \"mimo-v2-pro\", \"messages\": []}",
        "{\"messages\": [{\"role\": \"user\"}}, \"model\": \"mimo-v2-pro\"}",
    ] {
        let document = parsed(text);
        assert!(!document.errors.is_empty(), "{text}");
        let root = document
            .root()
            .map(|root| (root.get("model").is_some(), root.get("messages").is_some()));
        assert_eq!(root, Some((true, true)), "{text}");
    }
}

#[test]
fn a_template_outside_strings_is_seen() {
    for text in [
        "{\"n\": {{n}}}",
        "[{% for x in y %}1{% endfor %}]",
        "{\"a\": ${A}}",
        "{\"a\": 1, ...rest}",
    ] {
        assert!(parsed(text).template.is_some(), "{text}");
    }
    assert!(parsed("{\"n\": \"{{n}}\"}").template.is_none());
}

#[test]
fn depth_is_limited_and_costs_nothing() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let document = parsed(&deep);
        assert_eq!(document.errors[0].message, "more than 512 brackets are open at once");
        let most = format!("{}1{}", open.repeat(DEEPEST), close.repeat(DEEPEST));
        assert_eq!(parsed(&most).errors, []);
    }
}

#[test]
fn broken_text_takes_no_quadratic_time() {
    // Each of these took minutes where a step looked at all that follows.
    for piece in
        ["'", "“", "\"", "'a", "]", "}", "{\"", "\n", "x ", "1 ", "/*", "\\", "[,", ":", "\"\n"]
    {
        for open in ["[", "{", "\"", "[\""] {
            let text = format!("{open}{}", piece.repeat(400_000 / piece.len()));
            assert!(!parsed(&text).errors.is_empty(), "{open}{piece}…");
        }
    }
}

#[test]
fn what_may_be_a_key_is_not_quoted() {
    for text in ["{\"api_key\": sk-secret123}", "{sk-secret123: 1}", "[12-secret-34]"] {
        let document = parsed(text);
        let error = &document.errors[0];
        let told = format!("{} {} {:?}", error.message, error.label, error.help);
        assert!(!told.contains("secret"), "{told}");
    }
}

#[test]
fn an_empty_text_has_no_node() {
    for text in ["", " \n", "\u{feff}"] {
        let document = parsed(text);
        assert!(document.root().is_none());
        assert_eq!(document.errors[0].message, "the document is empty");
    }
}

/// Text of `value` with white space of many kinds between its tokens.
fn printed(value: &Value, space: &mut dyn FnMut() -> &'static str) -> String {
    let mut out = String::from(space());
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| printed(item, space)).collect();
            out.push_str(&format!("[{}]", items.join(",")));
        }
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(key, value)| {
                    format!("{}{}:{}", space(), Value::from(key.as_str()), printed(value, space))
                })
                .collect();
            out.push_str(&format!("{{{}}}", members.join(",")));
        }
        other => out.push_str(&other.to_string()),
    }
    out.push_str(space());
    out
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(".{0,12}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn every_span_slices_to_its_own_value(value in values(), seed in any::<u64>()) {
        let mut state = seed;
        let mut space = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ["", " ", "\n", "\r\n\t", "  "][(state >> 33) as usize % 5]
        };
        let text = printed(&value, &mut space);
        let document = parsed(&text);
        prop_assert_eq!(&document.errors, &[]);
        let root = document.root().expect("a value has a root");
        for node in root.walk() {
            let pointer = node.pointer_from(root);
            let meant = value.pointer(&pointer).expect("the pointer leads to a value");
            let sliced: Value = serde_json::from_str(node.span().slice(&text)).expect("a span is a value");
            prop_assert_eq!(&sliced, meant);
            prop_assert_eq!(root.at(&pointer).map(Node::id), Some(node.id()));
            for member in node.members() {
                let key: String = serde_json::from_str(member.key.span().slice(&text)).expect("a key is a string");
                prop_assert_eq!(member.key.name(), key.as_str());
                prop_assert!(member.key.is(&key));
            }
        }
    }

    #[test]
    fn serde_json_agrees_on_what_is_json(text in "[\\[\\]{}:,\"\\\\ab0-9.eE+\\- \\ntrufalsn]{0,24}") {
        let document = parsed(&text);
        let theirs = serde_json::from_str::<Value>(&text);
        // Numbers past a double's range are JSON, whatever serde_json makes of them.
        let out_of_range = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        // A lone surrogate is JSON by the grammar.
        let surrogate = theirs.as_ref().is_err_and(|error| error.to_string().contains("surrogate"));
        if !out_of_range && !surrogate {
            prop_assert_eq!(document.errors.is_empty(), theirs.is_ok(), "{}", text);
        }
    }

    #[test]
    fn no_text_hurts(text in any::<String>()) {
        let document = parsed(&text);
        if let Some(root) = document.root() {
            for node in root.walk() {
                let span = node.span();
                prop_assert!(span.end <= text.len() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                let _ = (node.as_str(), node.as_f64(), node.pointer_from(root), node.kind() == Kind::Null);
            }
            let _ = document.tree.duplicate_keys(root);
        }
        for error in &document.errors {
            prop_assert!(error.span.end <= text.len() && text.is_char_boundary(error.span.start) && text.is_char_boundary(error.span.end));
        }
    }

    #[test]
    fn damaged_json_does_not_hurt(value in values(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}:,\"'“`\\\\#/*xé0 \\n]{0,3}") {
        let text = value.to_string();
        let mut cut = at.index(text.len() + 1);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let damaged = format!("{}{with}{}", &text[..cut], &text[cut..]);
        for text in [damaged.as_str(), &damaged[..cut]] {
            let document = parsed(text);
            if let Some(root) = document.root() {
                for node in root.walk() {
                    prop_assert!(node.span().end <= text.len());
                    let _ = (node.raw(), node.as_str(), node.pointer_from(root));
                }
            }
        }
    }
}
