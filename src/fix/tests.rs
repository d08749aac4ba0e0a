//! Each change in each syntax: what is written, and where nothing is.

use super::{Change, New, Remedy, Site, apply, edits};
use crate::document::{Document, Node};
use crate::extract::{Syntax, extract};

/// `text` with the change made that `change` asks for; `None` where there is no safe edit.
fn changed(
    syntax: Syntax,
    text: &str,
    change: impl Fn(Node<'_>) -> Option<Change>,
) -> Option<String> {
    let mut out = None;
    extract(syntax, text, &mut |document: &Document<'_>| {
        let Some(root) = document.root().filter(|_| document.errors.is_empty()) else {
            panic!("{text} does not parse: {:?}", document.errors);
        };
        let Some(change) = change(root).filter(|_| out.is_none()) else { return };
        let site = Site::new(syntax, &document.tree, &document.comments);
        out = edits(&site, &Remedy::safe(change)).and_then(|edits| apply(text, &edits));
        if let Some(fixed) = &out {
            extract(syntax, fixed, &mut |again| {
                assert!(again.errors.is_empty(), "{fixed} does not parse: {:?}", again.errors);
            });
        }
    });
    out
}

pub(super) fn removed(syntax: Syntax, text: &str, pointer: &str) -> Option<String> {
    changed(syntax, text, |root| root.at(pointer).map(Change::remove))
}

pub(super) fn renamed(syntax: Syntax, text: &str, pointer: &str, name: &str) -> Option<String> {
    changed(syntax, text, |root| root.at(pointer).map(|node| Change::rename(node, name)))
}

pub(super) fn set(syntax: Syntax, text: &str, pointer: &str, to: &New) -> Option<String> {
    changed(syntax, text, |root| {
        root.at(pointer).map(|node| Change::Set { node: node.id(), to: to.clone() })
    })
}

fn part(syntax: Syntax, text: &str, pointer: &str, old: &str, to: &str) -> Option<String> {
    changed(syntax, text, |root| {
        let node = root.at(pointer)?;
        let at = node.as_str()?.find(old)?;
        Some(Change::Part { node: node.id(), range: at..at + old.len(), to: to.to_owned() })
    })
}

pub(super) fn inserted(syntax: Syntax, text: &str, after: &str) -> Option<String> {
    changed(syntax, text, |root| {
        let value = New::Text("on".to_owned());
        let after = root.at(after)?.id();
        Some(Change::Insert { after, key: "new".to_owned(), value })
    })
}

pub(super) fn nested(syntax: Syntax, text: &str, first: &str) -> Option<String> {
    changed(syntax, text, |root| {
        Some(Change::Nest {
            first: root.at(first)?.id(),
            under: "function".to_owned(),
            before: Some(("type".to_owned(), New::Text("function".to_owned()))),
        })
    })
}

pub(super) fn lifted(syntax: Syntax, text: &str, at: &str) -> Option<String> {
    changed(syntax, text, |root| Some(Change::Lift { value: root.at(at)?.id() }))
}

#[track_caller]
pub(super) fn gives(found: Option<String>, wanted: &str) {
    assert_eq!(found.as_deref(), Some(wanted));
}

use Syntax::{Env, Json, Json5, Jsonc, Jsonl, Toml, Yaml};

#[test]
fn a_member_of_json_goes_with_its_comma_and_its_line() {
    for (text, pointer, wanted) in [
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/a", r#"{"b": 2, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/b", r#"{"a": 1, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/c", r#"{"a": 1, "b": 2}"#),
        (r#"{"a":1}"#, "/a", "{}"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/a", "{\n  \"b\": 2\n}\n"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "/b", "{\n  \"a\": 1\n}\n"),
        ("{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}", "/b", "{\r\n\t\"a\": 1\r\n}"),
        (
            "{ \"a\": {\"x\": [1,\n 2]}, \"b\": 2,\n  \"c\": 3 }",
            "/b",
            "{ \"a\": {\"x\": [1,\n 2]},\n  \"c\": 3 }",
        ),
        ("{\"a\": 1\n,\"b\": 2\n}", "/b", "{\"a\": 1\n}"),
    ] {
        gives(removed(Json, text, pointer), wanted);
    }
    gives(removed(Jsonl, "{\"a\": 1}\n{\"x\": 1, \"y\": 2}\n", "/y"), "{\"a\": 1}\n{\"x\": 1}\n");
}

#[test]
fn comments_of_jsonc_stay() {
    for (text, pointer, wanted) in [
        ("{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "/b", "{\n  \"a\": 1 // one\n  // two\n}"),
        ("{\n  \"a\": 1, // one\n  \"b\": 2\n}", "/a", "{\n  // one\n  \"b\": 2\n}"),
        ("{\"a\": 1 /* x */, \"b\": 2}", "/a", "{/* x */ \"b\": 2}"),
        ("{\n  \"a\": 1,\n  \"b\": 2,\n}", "/b", "{\n  \"a\": 1,\n}"),
    ] {
        gives(removed(Jsonc, text, pointer), wanted);
    }
    assert_eq!(removed(Jsonc, "{\"a\": {/* why */ \"x\": 1}, \"b\": 2}", "/a"), None);
}

#[test]
fn a_member_of_yaml_goes_with_its_lines() {
    for (text, pointer, wanted) in [
        ("a: 1\nb: 2\nc: 3\n", "/b", "a: 1\nc: 3\n"),
        ("a: 1\nb: 2", "/b", "a: 1"),
        ("a: 1\r\nb:\r\n  x: 1\r\n  y:\r\n  - 2\r\nc: 3\r\n", "/b", "a: 1\r\nc: 3\r\n"),
        ("a:\n- 1\n- 2\nb: 2\n", "/a", "b: 2\n"),
        ("a: |\n  one\n\n  two\nb: 2\n", "/a", "b: 2\n"),
        ("a: 1 # why\nb: 2\n", "/a", "# why\nb: 2\n"),
        ("x:\n  - a: 1\n    b: 2\n  - a: 3\n", "/x/0/a", "x:\n  - b: 2\n  - a: 3\n"),
        ("x: {a: 1, b: 2}\n", "/x/b", "x: {a: 1}\n"),
        ("{\"a\": 1, b: 2}\n", "/a", "{b: 2}\n"),
        ("a:\nb: 2\n", "/a", "b: 2\n"),
        ("a: 1\n", "/a", "{}\n"),
        ("x:\n  a:\n    b: 1\nc: 2\n", "/x/a", "x: {}\nc: 2\n"),
        ("x:\n- a: |\n    1\n- 2\n", "/x/0/a", "x:\n- {}\n- 2\n"),
    ] {
        gives(removed(Yaml, text, pointer), wanted);
    }
}

#[test]
fn what_an_anchor_repeats_is_left_alone() {
    let text = "base: &base\n  t: 3\n  u: 4\none:\n  <<: *base\n  m: 1\ntwo: *base\nv: &v x\nw: *v\nz: &alone y\n";
    for pointer in ["/base/t", "/one/t", "/two/t", "/base", "/two", "/v", "/w"] {
        assert_eq!(removed(Yaml, text, pointer), None, "{pointer}");
        assert_eq!(renamed(Yaml, text, pointer, "n"), None, "{pointer}");
        assert_eq!(set(Yaml, text, pointer, &New::Word("1".into())), None, "{pointer}");
    }
    gives(set(Yaml, text, "/z", &New::Text("new".into())), &text.replace("alone y", "alone new"));
}

#[test]
fn a_member_of_toml_goes_with_its_line() {
    for (text, pointer, wanted) in [
        ("a = 1\nb = 2\n[t]\nx = 1\ny = [\n  1,\n]\n", "/a", "b = 2\n[t]\nx = 1\ny = [\n  1,\n]\n"),
        ("a = 1\n[t]\nx = 1\ny = [\n  1,\n]\n", "/t/y", "a = 1\n[t]\nx = 1\n"),
        ("t = { x = 1, y = 2 }\n", "/t/x", "t = { y = 2 }\n"),
        ("t = { x = 1, y = 2 }\n", "/t/y", "t = { x = 1 }\n"),
        ("a = 1 # why\nb = 2\n", "/a", "# why\nb = 2\n"),
        ("s = \"\"\"\none\ntwo\"\"\"\nb = 2\n", "/s", "b = 2\n"),
    ] {
        gives(removed(Toml, text, pointer), wanted);
    }
    // An element is no member.
    assert_eq!(removed(Toml, "[[l]]\ny = 1\n", "/l/0"), None);
}

#[test]
fn a_variable_goes_with_its_line() {
    gives(removed(Env, "A=1\nexport B='2'\nC=3\n", "/B"), "A=1\nC=3\n");
    gives(removed(Env, "A=1\r\nB=2\r\n", "/B"), "A=1\r\n");
    assert_eq!(removed(Env, "A=1\nB=2 # why\n", "/B"), None);
}

#[test]
fn a_key_keeps_its_quotes() {
    gives(renamed(Json, "{\"a\": 1}", "/a", "b\"c"), "{\"b\\\"c\": 1}");
    gives(renamed(Json5, "{a: 1}", "/a", "b"), "{b: 1}");
    gives(renamed(Json5, "{a: 1}", "/a", "b-c"), "{\"b-c\": 1}");
    gives(renamed(Json5, "{'a': 1}", "/a", "b"), "{'b': 1}");
    gives(renamed(Yaml, "a: 1\n", "/a", "b"), "b: 1\n");
    gives(renamed(Yaml, "'a': 1\n", "/a", "b"), "'b': 1\n");
    gives(renamed(Yaml, "\"a\": 1\n", "/a", "true"), "\"true\": 1\n");
    gives(renamed(Yaml, "a: 1\n", "/a", "true"), "\"true\": 1\n");
    gives(renamed(Toml, "a = 1\n", "/a", "b"), "b = 1\n");
    gives(renamed(Toml, "\"a\" = 1\n", "/a", "b"), "\"b\" = 1\n");
    gives(renamed(Toml, "t.a = 1\n", "/t/a", "b.c"), "t.\"b.c\" = 1\n");
    // There is one of this name, or others name it too.
    assert_eq!(renamed(Json, "{\"a\": 1, \"b\": 2}", "/a", "b"), None);
    assert_eq!(renamed(Env, "A=1\n", "/A", "B"), None);
}

#[test]
fn a_value_is_written_as_its_neighbours_are() {
    let text = |text: &str| New::Text(text.to_owned());
    let word = |word: &str| New::Word(word.to_owned());
    gives(
        set(Json, "{\"a\": \"x\"}", "/a", &text("a\"\\\n\u{1}é")),
        "{\"a\": \"a\\\"\\\\\\n\\u0001é\"}",
    );
    gives(set(Json, "{\"a\": \"0.70\"}", "/a", &word("0.70")), "{\"a\": 0.70}");
    gives(set(Json5, "{a: 'x'}", "/a", &text("it's")), "{a: 'it\\'s'}");
    gives(set(Yaml, "a: x # why\n", "/a", &text("https://x.y/v1")), "a: https://x.y/v1 # why\n");
    gives(set(Yaml, "a: x\n", "/a", &text("true")), "a: \"true\"\n");
    gives(set(Yaml, "a: x\n", "/a", &text("1.5")), "a: \"1.5\"\n");
    gives(set(Yaml, "a: x\n", "/a", &text("k: v #")), "a: \"k: v #\"\n");
    gives(set(Yaml, "a: 'x'\n", "/a", &text("it's")), "a: 'it''s'\n");
    gives(set(Yaml, "a: 'x'\n", "/a", &text("1\n2")), "a: \"1\\n2\"\n");
    gives(set(Yaml, "a: '0.7'\n", "/a", &word("0.7")), "a: 0.7\n");
    gives(set(Yaml, "a:\nb: 1\n", "/a", &text("")), "a: \"\"\nb: 1\n");
    gives(set(Yaml, "a: [x, y]\n", "/a/1", &text("a, b")), "a: [x, \"a, b\"]\n");
    gives(set(Toml, "a = 'x'\n", "/a", &text("y")), "a = 'y'\n");
    gives(set(Toml, "a = 'x'\n", "/a", &text("it's")), "a = \"it's\"\n");
    gives(set(Toml, "a = \"0.7\"\n", "/a", &word("0.7")), "a = 0.7\n");
    gives(set(Env, "A=x # why\n", "/A", &text("https://x.y/v1")), "A=https://x.y/v1 # why\n");
    gives(set(Yaml, "a: |\n  x\nb: 1\n", "/a", &text("one")), "a: one\nb: 1\n");
    gives(set(Yaml, "a: &x >-\n  x\n\n  y\n", "/a", &text("one")), "a: &x one\n");
    gives(set(Yaml, "a:\n  b: 1\n  c:\n  - 2\nd: 3\n", "/a", &text("one")), "a: one\nd: 3\n");
    gives(
        set(Yaml, "a:\r\n- b: |\r\n    x\r\n- c\r\n", "/a/0", &text("{\"b\"}")),
        "a:\r\n- '{\"b\"}'\r\n- c\r\n",
    );
    gives(set(Env, "A=\"x\"\n", "/A", &text("y")), "A=\"y\"\n");
    gives(set(Env, "A='x'\n", "/A", &text("y")), "A='y'\n");
    for (syntax, source, to) in [
        (Yaml, "a: | # why\n  x\n", text("y")),
        (Yaml, "a: !!str |\n  x\n", text("y")),
        (Yaml, "a: !!str 5\n", text("y")),
        (Yaml, "a: !own x\n", text("y")),
        (Yaml, "a: ${X}\n", text("y")),
        (Yaml, "a:\n  b: 1 # why\n  c: 2\n", text("y")),
        (Yaml, "a: !own\n  b: 1\n", text("y")),
        (Yaml, "a: &one\n  b: 1\n", text("y")),
        (Toml, "a = 1\n", word("null")),
        (Env, "A=x\n", text("a b")),
        (Env, "A=x\n", text("a$b")),
        (Env, "A=\"x\"y\n", text("z")),
        (Json, "{\"a\": \"${X}\"}", text("y")),
    ] {
        assert_eq!(set(syntax, source, "/a", &to), None, "{source}");
        assert_eq!(set(syntax, source, "/A", &to), None, "{source}");
    }
}

#[test]
fn a_part_of_a_string_goes_through_its_escapes() {
    gives(part(Json, r#"{"a": "x\ny \"z\""}"#, "/a", "z\"", "q\""), r#"{"a": "x\ny \"q\""}"#);
    gives(
        part(Json, r#"{"a": "{\"model\": \"m\"}"}"#, "/a", "\"m\"", "\"n\\\""),
        r#"{"a": "{\"model\": \"n\\\"}"}"#,
    );
    gives(part(Json, r#"{"a": "\u0020key\n"}"#, "/a", "\n", ""), r#"{"a": "\u0020key"}"#);
    gives(part(Json5, r"{a: 'x y'}", "/a", "y", "it's"), r"{a: 'x it\'s'}");
    gives(part(Yaml, "a: x y\n", "/a", "y", "z"), "a: x z\n");
    gives(part(Yaml, "a: 'it''s y'\n", "/a", "'s", "'t"), "a: 'it''t y'\n");
    gives(part(Yaml, "a: |\n  one\n  two\n", "/a", "two", "2"), "a: |\n  one\n  2\n");
    gives(part(Yaml, "a: |\n  one\nb: 1\n", "/a", "\n", ""), "a: |-\n  one\nb: 1\n");
    gives(part(Yaml, "a: >2 # x\n  one\nb: 1\n", "/a", "\n", ""), "a: >-2 # x\n  one\nb: 1\n");
    gives(part(Toml, "a = '''\nx y'''\n", "/a", "y", "z"), "a = '''\nx z'''\n");
    gives(part(Toml, "a = \"x\\ty\"\n", "/a", "y", "\"\n"), "a = \"x\\t\\\"\\n\"\n");
    gives(part(Env, "A=\"x y\"\n", "/A", "y", "z"), "A=\"x z\"\n");
    for (syntax, source, old, to) in [
        (Yaml, "a: |\n  one\n  two\n", "\n", ""),
        (Yaml, "a: x y\n", "x", "- x"),
        (Yaml, "a: x y\n", "x y", ""),
        (Toml, "a = 'x'\n", "x", "'"),
        (Env, "a='x'\n", "x", "'"),
    ] {
        assert_eq!(part(syntax, source, "/a", old, to), None, "{source}");
    }
}

#[test]
fn a_member_comes_behind_another() {
    gives(inserted(Json, "{\"a\": 1, \"b\": 2}", "/a"), "{\"a\": 1, \"new\": \"on\", \"b\": 2}");
    gives(
        inserted(Json, "{\r\n  \"a\": 1\r\n}", "/a"),
        "{\r\n  \"a\": 1,\r\n  \"new\": \"on\"\r\n}",
    );
    gives(
        inserted(Jsonc, "{\n  \"a\": 1, // x\n}", "/a"),
        "{\n  \"a\": 1,\n  \"new\": \"on\", // x\n}",
    );
    gives(
        inserted(Yaml, "x:\n  - a: 1 # y\n    b: 2\n", "/x/0/a"),
        "x:\n  - a: 1 # y\n    new: \"on\"\n    b: 2\n",
    );
    gives(inserted(Yaml, "x: {a: 1}\n", "/x/a"), "x: {a: 1, new: \"on\"}\n");
    gives(inserted(Toml, "[t]\na = 1\n[u]\n", "/t/a"), "[t]\na = 1\nnew = \"on\"\n[u]\n");
    gives(inserted(Toml, "t = { a = 1 }\n", "/t/a"), "t = { a = 1, new = \"on\" }\n");
    gives(inserted(Env, "export A=1\nB=2\n", "/A"), "export A=1\nexport new=on\nB=2\n");
    assert_eq!(inserted(Json, "{\"a\": 1, \"new\": 2}", "/a"), None);
    assert_eq!(inserted(Toml, "[t]\na = 1\n", "/t"), None);
}

#[test]
fn members_move_into_an_object_and_out_of_it() {
    let flat = "{\n  \"name\": \"f\", // f\n  \"p\": {\n    \"x\": 1\n  }\n}";
    let deep = "{\n  \"type\": \"function\",\n  \"function\": {\n    \"name\": \"f\", // f\n    \"p\": {\n      \"x\": 1\n    }\n  }\n}";
    gives(nested(Jsonc, flat, "/name"), deep);
    gives(
        lifted(Jsonc, deep, "/function"),
        "{\n  \"type\": \"function\",\n  \"name\": \"f\", // f\n  \"p\": {\n    \"x\": 1\n  }\n}",
    );
    gives(
        nested(Json, "[{\"name\": \"f\"}]", "/0/name"),
        "[{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]",
    );
    gives(lifted(Json, "{\"function\": {\"name\": \"f\"}}", "/function"), "{\"name\": \"f\"}");
    let flat = "- name: f\n  p:\n    x: 1\n- y\n";
    let deep = "- type: function\n  function:\n    name: f\n    p:\n      x: 1\n- y\n";
    gives(nested(Yaml, flat, "/0/name"), deep);
    gives(lifted(Yaml, deep, "/0/function"), "- type: function\n  name: f\n  p:\n    x: 1\n- y\n");
    assert_eq!(lifted(Json, "{\"name\": 1, \"function\": {\"name\": \"f\"}}", "/function"), None);
    assert_eq!(nested(Json, "{\"type\": 1, \"name\": 2}", "/name"), None);
}

#[test]
fn an_element_goes_with_its_comma_and_its_lines() {
    let dropped = |syntax, text: &str, at: &str| {
        changed(syntax, text, |root| Some(Change::Drop { element: root.at(at)?.id() }))
    };
    gives(dropped(Json, "[1, 2, 3]", "/0"), "[2, 3]");
    gives(dropped(Json, "[1, 2, 3]", "/2"), "[1, 2]");
    gives(dropped(Json, "{\"a\": [{\"b\": 1}]}", "/a/0"), "{\"a\": []}");
    gives(dropped(Jsonc, "[\n  1, // a\n  2\n]", "/0"), "[\n  // a\n  2\n]");
    gives(dropped(Yaml, "a:\n  - b: 1\n    c: |\n      x\n  - d\n", "/a/0"), "a:\n  - d\n");
    gives(dropped(Yaml, "- 1\r\n- 2", "/1"), "- 1");
    gives(dropped(Toml, "[[a]]\nx = 1\n[a.b]\n\n[[a]]\ny = 1\n", "/a/0"), "\n[[a]]\ny = 1\n");
    gives(dropped(Toml, "a = [{ x = 1 }, { y = 1 }]\n", "/a/1"), "a = [{ x = 1 }]\n");
    for (text, at) in [("a:\n- 1\n", "/a/0"), ("- - 1\n  - 2\n", "/0/0"), ("- 1 # x\n- 2\n", "/0")]
    {
        assert_eq!(dropped(Yaml, text, at), None, "{text}");
    }
}

#[test]
fn an_element_comes_before_the_first() {
    let prepended = |syntax, text: &str, first: &str| {
        changed(syntax, text, |root| {
            let value = New::Data(serde_json::json!({"x": "y"}));
            Some(Change::Prepend { first: root.at(first)?.id(), value })
        })
    };
    gives(prepended(Json, "[1]", "/0"), "[{\"x\": \"y\"}, 1]");
    gives(prepended(Json, "[\r\n\t1\r\n]", "/0"), "[\r\n\t{\"x\": \"y\"},\r\n\t1\r\n]");
    gives(prepended(Yaml, "a:\n  - b: 1\n", "/a/0"), "a:\n  - {\"x\": \"y\"}\n  - b: 1\n");
    gives(prepended(Toml, "a = [1]\n", "/a/0"), "a = [{ x = \"y\" }, 1]\n");
    assert_eq!(prepended(Toml, "[[a]]\nb = 1\n", "/a/0"), None);
}

#[test]
fn a_member_becomes_another() {
    let exchanged = |syntax, text: &str, at: &str| {
        changed(syntax, text, |root| {
            let to = New::Data(serde_json::json!({"type": "on"}));
            Some(Change::Exchange { value: root.at(at)?.id(), key: "new".to_owned(), to })
        })
    };
    gives(exchanged(Json, "{\"a\": true}", "/a"), "{\"new\": {\"type\": \"on\"}}");
    gives(exchanged(Yaml, "a:\n  x: 1\nb: 2\n", "/a"), "new: {\"type\": \"on\"}\nb: 2\n");
    gives(exchanged(Toml, "a = true # x\n", "/a"), "new = { type = \"on\" } # x\n");
    gives(exchanged(Toml, "[b]\n[a]\nx = 1\n", "/a"), "[b]\n[new]\ntype = \"on\"\n");
    assert_eq!(exchanged(Json, "{\"a\": 1, \"new\": 2}", "/a"), None);
}
