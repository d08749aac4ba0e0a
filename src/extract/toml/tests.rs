use proptest::prelude::*;
use serde_json::{Value, json};

use super::parse;
use super::reader::MOST_BRACKETS;
use crate::diagnostic::Span;
use crate::document::{Document, Kind, Node, SpanMap};

/// A tree as JSON; of duplicates the last.
fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => json!(node.as_bool()),
        Kind::Number => match (node.as_i64(), node.as_f64()) {
            (Some(integer), _) => json!(integer),
            (None, Some(number)) if number.is_finite() => json!(number),
            _ => json!(node.number_text()),
        },
        Kind::String => json!(node.as_str()),
        Kind::Array => node.elements().map(value).collect(),
        Kind::Object => {
            let members = node.members();
            let pairs = members.map(|member| (member.key.name().into_owned(), value(member.value)));
            Value::Object(pairs.collect())
        }
    }
}

fn content(document: &Document<'_>) -> Value {
    document.root().map_or(json!({}), value)
}

#[track_caller]
fn is(text: &str, wanted: &Value) {
    let document = parse(text);
    assert_eq!(document.errors, [], "{text}");
    assert_eq!(content(&document), *wanted, "{text}");
}

/// Asserts which bytes of `text` the value at `pointer`, and its key, are.
#[track_caller]
fn stands(text: &str, pointer: &str, key: &str, raw: &str) {
    let document = parse(text);
    let (above, name) = pointer.rsplit_once('/').expect("a pointer");
    let holder = document.root().and_then(|root| root.at(above)).expect("what holds it");
    let member = holder.member(name).expect("a member");
    assert_eq!(member.key.span().slice(text), key, "{text}");
    assert_eq!(member.value.raw(), raw, "{text}");
}

/// What is said of a text that is no TOML: the message, and the bytes that are wrong.
fn fault(text: &str) -> (String, String) {
    let document = parse(text);
    assert_eq!(document.errors.len(), 1, "{text}");
    assert!(!document.is_exact());
    let error = &document.errors[0];
    (error.message.clone(), error.span.slice(text).to_owned())
}

/// Asserts what is said of each text, and shows all that is said otherwise.
#[track_caller]
fn faults(cases: &[(&str, &str, &str)]) {
    let wanted = |case: &&(&str, &str, &str)| (case.1.to_owned(), case.2.to_owned());
    let otherwise: Vec<_> = cases
        .iter()
        .filter(|case| fault(case.0) != wanted(case))
        .map(|case| (case.0, fault(case.0)))
        .collect();
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}

#[test]
fn tables_and_dotted_keys_are_one_object() {
    is(
        "a.b = 1\na.c = 2\n[t.u]\nx = 1\n[t]\ny = 2\n[[l]]\nk = 1\n[l.in]\nq = 1\n[[l]]\n[[l.m]]\nz = 3",
        &json!({
            "a": {"b": 1, "c": 2},
            "t": {"u": {"x": 1}, "y": 2},
            "l": [{"k": 1, "in": {"q": 1}}, {"m": [{"z": 3}]}],
        }),
    );
    is(
        "a = {b.c = 1, b.d = [1, {e = 2}],\n}\n",
        &json!({"a": {"b": {"c": 1, "d": [1, {"e": 2}]}}}),
    );
    is("\u{feff}a = 1\r\n[b]\r\n\"c d\" = 'x'\r\n", &json!({"a": 1, "b": {"c d": "x"}}));
    is("'' = 1\n[x.'']\ny = 1", &json!({"": 1, "x": {"": {"y": 1}}}));
    is("", &json!({}));
    is("# nothing\n", &json!({}));
}

#[test]
fn values_are_those_that_json_would_write() {
    is(
        "a = [1_000, 0xff, 0o17, 0b11, +1, -2, 1.5e3, +0.5, 9_0.0_1, 5e+2]\nb = [true, false]",
        &json!({
            "a": [1000, 255, 15, 3, 1, -2, 1500.0, 0.5, 90.01, 500.0],
            "b": [true, false],
        }),
    );
    is("a = [inf, -inf, nan]", &json!({"a": ["1e999", "-1e999", null]}));
    is(
        "a = 2026-01-31\nb = 07:30:00.5\nc = 2026-01-31 07:30:00+01:00\nd = 2024-02-29T07:30Z",
        &json!({
            "a": "2026-01-31", "b": "07:30:00.5", "c": "2026-01-31 07:30:00+01:00",
            "d": "2024-02-29T07:30Z",
        }),
    );
    // Forty digits keep their meaning.
    let digits = "1234567890123456789012345678901234567890";
    let text = format!("a = {digits}");
    let document = parse(&text);
    let number = document.root().and_then(|root| root.get("a")).expect("a number");
    assert_eq!(number.number_text(), Some(digits));
}

#[test]
fn strings_say_what_they_say() {
    is(
        "a = \"\\t\\u00e9\\U0001F600\\e\\x41\\\"\\\\\"\nb = 'C:\\n'\nc = \"\"\"\n\none \\\n   \n  two \\\"\"\"\"\"\"\nd = '''\r\nx\\'y'''\ne = \"\"",
        &json!({
            "a": "\té😀\u{1b}A\"\\", "b": "C:\\n", "c": "\none two \"\"\"", "d": "x\\'y", "e": "",
        }),
    );
}

#[test]
fn every_form_stands_where_it_stands() {
    stands("a = \"x\\ty\" # no", "/a", "a", "\"x\\ty\"");
    stands("a = \"\\x41\"", "/a", "a", "\"\\x41\"");
    stands("'a b' = 'x'", "/a b", "'a b'", "'x'");
    stands("a = \"\"\"\nx\"\"\"", "/a", "a", "\"\"\"\nx\"\"\"");
    stands("a = 1_0", "/a", "a", "1_0");
    stands("a = 2026-01-31", "/a", "a", "2026-01-31");
    stands("a = [1, 2] # no", "/a", "a", "[1, 2]");
    stands("a = { b = 1 }\n", "/a", "a", "{ b = 1 }");
    stands("a . b.c = 1", "/a/b", "b", "c = 1");
    stands("a . b.c = 1", "/a", "a", "b.c = 1");
    stands("# x\n[ a ] # y\nb = 1\n\n[c]", "/a", "a", "[ a ] # y\nb = 1");
    stands("[[a]]\nb = 1\n[[a]]\nb = 2\n", "/a", "a", "[[a]]\nb = 1\n[[a]]\nb = 2");
    stands("[a.b]\nc = 1\n[a]\nd = 2", "/a", "a", "[a]\nd = 2");
}

#[test]
fn the_place_behind_an_escape_is_found() {
    let text = "k = \"\"\"\r\nan \\\r\n   é\\x41\\u00fcz\"\"\"";
    let document = parse(text);
    let node = document.root().and_then(|root| root.get("k")).expect("a string");
    let map = SpanMap::of_string(node).expect("a map");
    assert_eq!(map.text(), "an éAüz");
    for (inner, outer) in [("an", "an"), ("é", "é"), ("A", "\\x41"), ("ü", "\\u00fc"), ("z", "z")]
    {
        let at = map.text().find(inner).expect("a part");
        assert_eq!(map.to_file(Span::new(at, at + inner.len())).slice(text), outer);
    }
    // A backslash in a literal string is no escape.
    let text = "k = 'a\\nb'";
    let document = parse(text);
    let node = document.root().and_then(|root| root.get("k")).expect("a string");
    assert_eq!(SpanMap::of_string(node).expect("a map").text(), "a\\nb");
}

#[test]
fn comments_are_kept() {
    let text = "# one\na = [ # two\n1]\n[b] # three";
    let document = parse(text);
    let comments: Vec<&str> = document.comments.iter().map(|span| span.slice(text)).collect();
    assert_eq!(comments, ["# one", "# two", "# three"]);
}

#[test]
fn a_key_or_table_that_stands_twice_is_told_at_the_second() {
    faults(&[
        ("a = 1\na = 2", "a key is given a second time", "a"),
        ("[a]\n[b]\n[a]\nc = 1", "a table is defined a second time", "a"),
        ("a.b = 1\na = 2", "a table is defined a second time", "a"),
        ("a = 1\na.b = 2", "a key is given a second time", "a"),
        ("a = {b = 1}\n[a.c]", "a table is defined a second time", "a"),
        ("a = [{}]\n[[a]]", "a key is given a second time", "a"),
        ("[[a]]\n[a]", "a table is defined a second time", "a"),
        ("[x.y]\n[x]\ny.z = 1", "a table is defined a second time", "y"),
        ("[x]\ny.z = 1\n[x.y]", "a table is defined a second time", "y"),
        ("a = {b = 1, 'b' = 2}", "a key is given a second time", "'b'"),
    ]);
    let document = parse("model = 'x'\nmodel = 'y'\n[t]\na = 1\n[t]\nb = 2");
    assert_eq!(content(&document), json!({"model": "y", "t": {"a": 1, "b": 2}}));
    let related = document.errors[0].related.as_ref().expect("the first");
    assert_eq!(related.0, Span::new(0, 5));
}

#[test]
fn faults_have_words_and_the_rest_is_read() {
    let cases = [
        ("a = mimo-v2-pro", "text stands here without quotes", "mimo-v2-pro"),
        ("a = True", "`True` is no TOML value", "True"),
        ("a = null", "`null` is no TOML value", "null"),
        ("a = ", "a value is missing", ""),
        ("a", "a key stands without a value", ""),
        ("a: 1", "a key holds what needs quotes", ":"),
        ("\"a\": 1", "a key and its value are joined by `=`", ":"),
        ("= 1", "a key is missing", "="),
        ("[a\nb = 1", "a table's header is not closed", ""),
        ("[[a]\nb = 1", "the header of a list of tables is not closed", ""),
        ("[]\nb = 1", "a key is missing", "]"),
        ("a = ['x' 'y']", "a comma is missing between two elements", "'"),
        ("a = [1, 2", "the text ends before `[` is closed", ""),
        ("a = {b = 1", "the text ends before `{` is closed", ""),
        ("a = {b = '1' c = 2}", "a comma is missing between two members", "c"),
        ("a = [1 2]", "something stands after the end of the value", "2"),
        ("a = [,1]", "there is nothing before this comma", ","),
        ("a = ['b' = 1]", "a list holds values, not keys", "="),
        ("a = {b 1}", "`=` is missing after a key", "1"),
        ("a = ]", "a bracket closes nothing", "]"),
        ("a = 1 b = 2", "something stands after the end of the value", "b"),
        ("a == 1", "an equals sign too many", "="),
        ("a = \"b", "a string is never closed", "\""),
        ("a = 'b\nc = 1", "a string is never closed", "'"),
        ("a = \"\"\"b\nc = 1", "a string is never closed", "\""),
        ("a = \"\\q\"", "this is no TOML escape", "q"),
        ("a = \"\\u12\"", "this is no TOML escape", "\""),
        ("a = \"x\u{1}y\"", "a string holds a control character as it is", "\u{1}"),
        ("a = 01", "this is no TOML number", "01"),
        ("a = 1__0", "this is no TOML number", "1__0"),
        ("a = 1.", "this is no TOML number", "1."),
        ("a = 0xg", "this is no TOML number", "0xg"),
        ("a = 2026-02-30", "this is no date and no time", "2026-02-30"),
        ("a = 25:00:00", "this is no date and no time", "25:00:00"),
        ("\"\"\"a\"\"\" = 1", "a key stands in three quotes", "\"\"\"a\"\"\""),
        ("a b = 1", "a key stands without a value", "b"),
    ];
    faults(&cases);
    for (text, message, _) in cases {
        let after = format!("before = 1\n[t]\n{text}\n[after]\nb = 1\n");
        let document = parse(&after);
        assert_eq!(content(&document)["before"], json!(1), "{text}");
        let is_open = message.starts_with("the text ends") || text.contains("\"\"\"b");
        if !is_open {
            assert_eq!(content(&document)["after"], json!({"b": 1}), "{text}");
        }
    }
}

#[test]
fn what_is_open_ends_before_the_next_table_and_the_rest_is_read() {
    for (open, message) in [
        ("x = [1,\n 2", "`[` is not closed before the next table begins"),
        ("x = {y = [", "`{` is not closed before the next table begins"),
        ("x = \"\"\"y\nz", "a string is never closed"),
    ] {
        let text = format!("a = 1\n{open}\n[after]\nb = 1\n");
        let document = parse(&text);
        assert_eq!(document.errors.len(), 1, "{text}");
        assert_eq!(document.errors[0].message, message);
        assert_eq!(content(&document), json!({"a": 1, "after": {"b": 1}}), "{text}");
        let root = document.root().expect("a root");
        assert!(document.lost.touches(root), "{text}");
        for pointer in ["/a", "/after/b"] {
            assert!(!document.lost.touches(root.at(pointer).expect("a value")), "{text}");
        }
    }
    // What is missing at a table's end may be a key of it.
    let document = parse("[t]\na = 1\nb = x y\n[u]\nc = 1\n");
    let root = document.root().expect("a root");
    assert!(document.lost.touches(root.at("/t").expect("a table")));
    assert!(!document.lost.touches(root.at("/u").expect("a table")));
}

#[test]
fn a_template_outside_a_string_is_seen() {
    for text in ["a = {{ n }}\n", "{% if x %}\na = 1\n{% endif %}", "a = ${N}"] {
        assert!(parse(text).template.is_some(), "{text}");
    }
    assert!(parse("a = '{{ n }}'\nb = x").template.is_none());
}

#[test]
fn what_lies_too_deep_is_told_and_overflows_no_stack() {
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}{}", "[".repeat(2000), "]".repeat(2000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(2000)),
        format!("[{}a]\nb = 1", "a.".repeat(2000)),
    ] {
        let document = parse(&text);
        assert!(
            document.errors[0].message.contains("lie within one another"),
            "{:?}",
            document.errors
        );
    }
    let deep = MOST_BRACKETS;
    let text = format!("a = {}1{}", "[".repeat(deep), "]".repeat(deep));
    assert_eq!(parse(&text).errors, []);
    let text = format!("[{}a]\nb = 1", "a.".repeat(500));
    assert_eq!(parse(&text).errors, []);
}

/// Every span lies in the text, and every character of every string is found again.
fn spans_hold(text: &str) {
    let document = parse(text);
    let inside =
        |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} {text:?}");
    document.comments.iter().for_each(|span| inside(*span));
    for error in &document.errors {
        inside(error.span);
        error.related.iter().for_each(|(span, _)| inside(*span));
    }
    let Some(root) = document.root() else { return };
    for node in root.walk() {
        inside(node.span());
        node.members().for_each(|member| inside(member.key.span()));
        let Some(map) = SpanMap::of_string(node) else { continue };
        assert_eq!(node.as_str().as_deref(), Some(map.text()));
        for (at, character) in map.text().char_indices() {
            inside(map.to_file(Span::new(at, at + character.len_utf8())));
        }
    }
}

/// What the crate `toml` reads, in the same words.
fn told(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(integer) => json!(integer),
        toml::Value::Float(number) if number.is_nan() => Value::Null,
        toml::Value::Float(number) if number.is_infinite() => {
            json!(if number > 0.0 { "1e999" } else { "-1e999" })
        }
        toml::Value::Float(number) => match serde_json::to_string(&number).ok() {
            Some(text) => text.parse::<i64>().map_or(json!(number), |integer| json!(integer)),
            None => Value::Null,
        },
        toml::Value::Boolean(flag) => json!(flag),
        // Dates are compared by whether they are there: their notations differ.
        toml::Value::Datetime(_) => json!("date"),
        toml::Value::Array(elements) => elements.into_iter().map(told).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, told(value))).collect())
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_read_out_of_bounds(text in any::<String>()) {
        spans_hold(&text);
    }

    #[test]
    fn no_text_of_toml_signs_is_read_out_of_bounds(
        text in "([a-c.=,\\[\\]{}'\"\\\\#\n\r\t _0-9xé+-]|\"\"\"|'''|\\[\\[|\\]\\]|= |\\\\u00|true|😀)*"
    ) {
        spans_hold(&text);
    }

    #[test]
    fn what_toml_reads_is_read_alike(
        lines in proptest::collection::vec(
            "(\\[[ab](\\.[ab]){0,2}\\]|\\[\\[[ab](\\.[ab]){0,1}\\]\\]|[a-d](\\.[a-d]){0,2} = ([0-9]{1,3}|'x\\\\'|\"\\\\n\"|\\[1, 2\\]|\\{a.b = 1, c = true\\}|1_0|inf))",
            0..8,
        )
    ) {
        let text = lines.join("\n");
        let document = parse(&text);
        // A table that dots go on with after its header: the crate lets some of these pass that TOML forbids.
        let again = document.errors.iter().any(|error| error.message.contains("a second time"));
        match text.parse::<toml::Table>() {
            Ok(_) if again => {}
            Ok(table) => {
                prop_assert_eq!(&document.errors, &Vec::new(), "{}", text);
                prop_assert_eq!(content(&document), told(toml::Value::Table(table)), "{}", text);
            }
            Err(error) => prop_assert_eq!(document.errors.len(), 1, "{}\n{}", text, error),
        }
    }
}
