//! Requests kept in TOML are requests like any other.

mod support;

use support::{DAY, Folder};

fn told(text: &str) -> String {
    let folder = Folder::with(&[("request.toml", text)]);
    let run = folder.run(&["check", "request.toml", "--today", DAY, "--no-progress", "--quiet"]);
    run.exits(1);
    run.stdout
}

#[test]
fn a_wrong_value_is_underlined_where_it_stands() {
    insta::assert_snapshot!(told(
        "# A fixture.\nmodel = \"mimo-v2-por\"\ntemperature = +3.0\nmax_tokens = 1_00\n\n\
         [[messages]]\nrole = \"user\"\ncontent = \"\"\"\nHi\"\"\"\n"
    ));
}

#[test]
fn what_a_table_lacks_is_told_at_its_header() {
    insta::assert_snapshot!(told(
        "name = \"a case\"\n\n[body]\nmodel = \"mimo-v2-pro\"\n\n[[body.messages]]\nrole = \"user\"\ncontent = \"Hi\"\n\n\
         [[body.messages]]\ncontent = \"Hello\"\n"
    ));
}

#[test]
fn a_syntax_error_in_a_request_is_one_finding() {
    insta::assert_snapshot!(told(
        "model = mimo-v2-pro\ntemperature = 3\n\n[[messages]]\nrole = \"user\"\ncontent = \"Hi\"\n"
    ));
}

#[test]
fn a_key_that_stands_twice_is_a_syntax_error() {
    insta::assert_snapshot!(told(
        "model = \"mimo-v2-pro\"\nmodel = \"mimo-v2-flash\"\nmessages = [{ role = \"user\", content = \"Hi\" }]\n"
    ));
}

#[test]
fn a_file_that_is_no_request_says_that_it_is_no_toml() {
    let folder = Folder::with(&[("a.toml", "[server]\nhost = localhost\n")]);
    let run = folder.run(&["files", "a.toml"]);
    assert!(
        run.stdout.contains("not valid TOML (line 2: text stands here without quotes)"),
        "{run:#?}"
    );
    folder.check(&["a.toml"]).exits(0);
}
