//! Members of TOML's tables, which may be written at several places.

use super::New;
use super::tests::{gives, inserted, lifted, nested, removed, renamed, set};
use crate::extract::Syntax::Toml;

#[test]
fn a_table_is_called_otherwise_wherever_it_is_named() {
    let text = "[[t]]\na.x = 1 # one\na.y = 2\n[t.a.z]\nq = 1\n[[t]]\n[t.a] # two\n";
    let wanted = "[[t]]\nb.x = 1 # one\nb.y = 2\n[t.b.z]\nq = 1\n[[t]]\n[t.a] # two\n";
    gives(renamed(Toml, text, "/t/0/a", "b"), wanted);
    gives(renamed(Toml, text, "/t/1/a", "b"), &text.replace("[t.a] #", "[t.b] #"));
    gives(renamed(Toml, text, "/t", "u"), &text.replace("[t", "[u"));
    assert_eq!(renamed(Toml, "a.b = 1\na.c = 2\n", "/a/b", "c"), None);
}

#[test]
fn a_table_goes_with_all_that_belongs_to_it() {
    for (text, at, wanted) in [
        ("a = 1\n\n[t]\nx = 1\n[t.u]\ny = 1\n\n[v]\n", "/t", "a = 1\n\n[v]\n"),
        ("a = 1\r\n\r\n[t]\r\nx = 1\r\n", "/t", "a = 1\r\n"),
        ("a = 1\n[t]\nx = 1", "/t", "a = 1"),
        ("[t] # why\n# and how\nx = 1 # this\n[u]\n", "/t", "# why\n# and how\n# this\n[u]\n"),
        ("t.x = 1\na = 1\nt.y = 2\n", "/t", "a = 1\n"),
        ("t.x = 1\nt.y = 2\n", "/t/x", "t.y = 2\n"),
        (
            "[[l]]\nt.x = [\n  1,\n]\n[l.u]\n[[l]]\nt.x = 1\n",
            "/l/0/t",
            "[[l]]\n[l.u]\n[[l]]\nt.x = 1\n",
        ),
        ("s = \"\"\"\n[t]\n\"\"\"\n[t]\nx = 1\n[u]\n", "/t", "s = \"\"\"\n[t]\n\"\"\"\n[u]\n"),
    ] {
        gives(removed(Toml, text, at), wanted);
    }
    assert_eq!(removed(Toml, "[t]\nx = [ # why\n  1,\n]\n", "/t"), None);
}

#[test]
fn a_table_becomes_a_value_where_it_stands() {
    let new = New::Text("{\"x\": 1}".to_owned());
    for (text, at, wanted) in [
        (
            "[[t]]\na = 1\n\n[t.b]\nx = 1\n[[t]]\n",
            "/t/0/b",
            "[[t]]\na = 1\n\nb = '{\"x\": 1}'\n[[t]]\n",
        ),
        ("t.x = 1 # one\nt.y = 2\na = 1\n", "/t", "t = '{\"x\": 1}' # one\na = 1\n"),
        ("[p]\n\"t\".x = 1\n", "/p/t", "[p]\n\"t\" = '{\"x\": 1}'\n"),
    ] {
        gives(set(Toml, text, at, &new), wanted);
    }
    let data = New::Data(serde_json::json!({"y": "on"}));
    gives(
        set(Toml, "[t]\na = 1\n\n[b] # b\nx = 1\n", "/b", &data),
        "[t]\na = 1\n\n[b] # b\ny = \"on\"\n",
    );
    // Among the lines of another table it would be that one's.
    assert_eq!(set(Toml, "[t]\na = 1\n[u]\n[t.b]\nx = 1\n", "/t/b", &new), None);
}

#[test]
fn members_of_a_table_move_into_one_within_it() {
    for (text, at, wanted) in [
        (
            "[[t]]\nname = 1 # n\np = 2\n[t.q]\nx = 1\n[[t]]\nz = 1\n",
            "/t/0/name",
            "[[t]]\ntype = \"function\"\n[t.function]\nname = 1 # n\np = 2\n[t.function.q]\nx = 1\n[[t]]\nz = 1\n",
        ),
        (
            "a.name = 1\nb = 2\na.q.x = 3\n",
            "/a/name",
            "a.type = \"function\"\na.function.name = 1\nb = 2\na.function.q.x = 3\n",
        ),
        (
            "t = [{ name = 1, q = { x = 1 } }]\n",
            "/t/0/name",
            "t = [{ type = \"function\", function = {name = 1, q = { x = 1 }} }]\n",
        ),
    ] {
        gives(nested(Toml, text, at), wanted);
    }
    assert_eq!(nested(Toml, "[[t]]\ntype = 1\nname = 1\n", "/t/0/name"), None);
}

#[test]
fn the_members_of_a_table_take_its_place() {
    for (text, at, wanted) in [
        (
            "[[t]]\ntype = 1\n[t.f] # f\nname = 1\n[t.f.q]\nx = 1\n[[t]]\n",
            "/t/0/f",
            "[[t]]\ntype = 1\n# f\nname = 1\n[t.q]\nx = 1\n[[t]]\n",
        ),
        ("a.f.x = 1\nb = 1\na.f.y.z = 2\n", "/a/f", "a.x = 1\nb = 1\na.y.z = 2\n"),
        ("[t]\nf = { x = 1, y = [2] } # f\nz = 1\n", "/t/f", "[t]\nx = 1\ny = [2] # f\nz = 1\n"),
        ("t = { f = { x = 1 }, z = 1 }\n", "/t/f", "t = { x = 1, z = 1 }\n"),
    ] {
        gives(lifted(Toml, text, at), wanted);
    }
    for (text, at) in
        [("[t]\nx = 1\n[u]\n[t.f]\ny = 1\n", "/t/f"), ("[t]\nx = 1\n[t.f]\nx = 1\n", "/t/f")]
    {
        assert_eq!(lifted(Toml, text, at), None, "{text}");
    }
}

#[test]
fn a_member_comes_behind_one_with_a_dotted_key() {
    gives(inserted(Toml, "a.b = 1 # x\nc = 1\n", "/a/b"), "a.b = 1 # x\na.new = \"on\"\nc = 1\n");
}
