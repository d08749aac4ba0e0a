use proptest::prelude::*;

use super::{Dialect, is_env_file, parse};
use crate::diagnostic::Span;
use crate::document::{Kind, SpanMap};

/// Each variable's name, value and whether it is a hole, with the bytes of the value.
fn read(text: &str, dialect: Dialect) -> Vec<(String, String, bool, String)> {
    let document = parse(text, dialect);
    let Some(root) = document.root() else { return Vec::new() };
    assert_eq!(root.kind(), Kind::Object);
    let members = root.members().map(|member| {
        let value = member.value.as_str().expect("a string").into_owned();
        assert_eq!(member.key.span().slice(text), member.key.name());
        (
            member.key.name().into_owned(),
            value,
            member.value.is_hole(),
            member.value.raw().to_owned(),
        )
    });
    members.collect()
}

/// Asserts what one line says, and which bytes say it.
#[track_caller]
fn line(text: &str, name: &str, value: &str, raw: &str) {
    let wanted = (name.to_owned(), value.to_owned(), false, raw.to_owned());
    assert_eq!(read(text, Dialect::Plain), [wanted], "{text}");
    assert_eq!(parse(text, Dialect::Plain).errors, [], "{text}");
}

#[test]
fn each_form_of_a_line_says_what_most_readers_take() {
    line("A=b", "A", "b", "b");
    line("export A=b", "A", "b", "b");
    line("  A = b c  ", "A", "b c", "b c");
    line("A: b", "A", "b", "b");
    line("\u{feff}A=b\r\n", "A", "b", "b");
    line("A=", "A", "", "");
    line("A= # nothing", "A", "", "");
    line("A=b # why", "A", "b", "b");
    line("A=b#c", "A", "b#c", "b#c");
    line("A=#c", "A", "#c", "#c");
    line("A=\"b # c\" # why", "A", "b # c", "\"b # c\"");
    line("A='b $C ${D} \\n'", "A", "b $C ${D} \\n", "'b $C ${D} \\n'");
    line("A='it\\'s'", "A", "it's", "'it\\'s'");
    line("A='C:\\'", "A", "C:\\", "'C:\\'");
    line("A=`b \"c\" 'd'`", "A", "b \"c\" 'd'", "`b \"c\" 'd'`");
    line("A=\"b\\nc\\t\\\"\\\\\\$D\\q\"", "A", "b\nc\t\"\\$D\\q", "\"b\\nc\\t\\\"\\\\\\$D\\q\"");
    line("A=\"b\r\nc\"\r\n", "A", "b\nc", "\"b\r\nc\"");
    line("A='b\nc=d\n'", "A", "b\nc=d\n", "'b\nc=d\n'");
    line("A=\"b \\\nc\"", "A", "b c", "\"b \\\nc\"");
    line("A=b\\\nc d", "A", "bc d", "b\\\nc d");
    line("A={\"a\": 1}", "A", "{\"a\": 1}", "{\"a\": 1}");
    line("A.b-C=$5", "A.b-C", "$5", "$5");
    line("A=\"b\"'c'd", "A", "bcd", "\"b\"'c'd");
}

#[test]
fn what_another_variable_gives_is_a_hole() {
    for text in
        ["A=$B", "A=x${B:-y}", "A=\"$B\"", "A=\"x-${B}\"", "A=$(date)", "A={{ b }}", "A='{{ b }}'"]
    {
        let read = read(text, Dialect::Plain);
        assert!(read.len() == 1 && read[0].2, "{text}");
    }
    for text in ["A='${B}'", "A=\"\\${B}\"", "A=$5", "A=\"\\$B\"", "A='$B'"] {
        assert!(!read(text, Dialect::Plain)[0].2, "{text}");
    }
}

#[test]
fn lines_without_a_value_are_passed_over() {
    let text = "#!/bin/sh\n# A=b\nset -a\nsource x.env\nexport A\nB\n\nC=d\nset +a\n";
    let document = parse(text, Dialect::Plain);
    assert_eq!(document.errors, []);
    assert_eq!(read(text, Dialect::Plain).len(), 1);
    let comments: Vec<_> = document.comments.iter().map(|span| span.slice(text)).collect();
    assert_eq!(comments, ["#!/bin/sh", "# A=b"]);
}

#[test]
fn a_script_holds_assignments_among_its_commands() {
    let text = "use node\nexport A=b C='d e' F # why\nG=h; export I=\"$J/k\"\nX=y make all\n\
                if [ -n \"$A\" ]; then\n  export L=m\\ n\nfi\nPATH_add bin\nP=(a b)\nexport Q=$(cat x y)\n\
                T=\"a\\nb\" && U=v\n";
    let read = read(text, Dialect::Shell);
    let told: Vec<(&str, &str, bool)> =
        read.iter().map(|(name, value, hole, _)| (name.as_str(), value.as_str(), *hole)).collect();
    assert_eq!(
        told,
        [
            ("A", "b", false),
            ("C", "d e", false),
            ("G", "h", false),
            ("I", "$J/k", true),
            ("L", "m n", false),
            ("Q", "$(cat x y)", true),
            ("T", "a\\nb", false),
            ("U", "v", false),
        ]
    );
    assert_eq!(parse(text, Dialect::Shell).errors, []);
}

#[test]
fn of_duplicates_the_last_counts_and_all_are_kept() {
    let document = parse("A=b\nC=d\nA=e", Dialect::Plain);
    let root = document.root().expect("an object");
    assert_eq!(root.get("A").and_then(|value| value.as_str()).as_deref(), Some("e"));
    assert_eq!(document.tree.duplicate_keys(root).len(), 1);
}

#[test]
fn a_fault_is_told_and_the_next_line_is_read() {
    for (text, message, wrong, last) in [
        ("A=\"b\nC=d", "a value's quote is never closed", "\"", "d"),
        ("A='b\nC='d'", "a value's quote is never closed", "'", "d"),
        ("A=\"b\nC=\"d\"\nE=f", "a value's quote is never closed", "\"", "f"),
        ("this is prose\nC=d", "this line gives no variable a value", "this is prose", "d"),
        ("=b\nC=d", "this line gives no variable a value", "=b", "d"),
        ("1A=b\nC=d", "this line gives no variable a value", "1A=b", "d"),
        ("A=\"b\" c\nC=d", "something stands after the end of the value", "c", "d"),
    ] {
        let document = parse(text, Dialect::Plain);
        assert_eq!(document.errors.len(), 1, "{text}");
        assert_eq!(document.is_exact(), !message.contains("closed"), "{text}");
        let error = &document.errors[0];
        assert_eq!((error.message.as_str(), error.span.slice(text)), (message, wrong), "{text}");
        assert_eq!(read(text, Dialect::Plain).last().expect("a variable").1, last, "{text}");
    }
    assert!(parse("# nothing\n", Dialect::Plain).root().is_none());
}

#[test]
fn names_of_environment_files() {
    for name in [
        ".env",
        ".env.local",
        ".env.example",
        ".env.production",
        ".ENV",
        "prod.env",
        ".envrc",
        ".flaskenv",
        "env.example",
        "example.env",
        "app.env.sample",
        ".env-dev",
        ".env_x",
    ] {
        assert!(is_env_file(name), "{name}");
    }
    for name in
        ["env", "env.ts", ".env.ts", ".environment", "environment.md", ".env.yml", "envy.txt"]
    {
        assert!(!is_env_file(name), "{name}");
    }
}

fn spans_hold(text: &str, dialect: Dialect) {
    let document = parse(text, dialect);
    let inside =
        |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} {text:?}");
    document.comments.iter().for_each(|span| inside(*span));
    document.errors.iter().for_each(|error| inside(error.span));
    let Some(root) = document.root() else { return };
    inside(root.span());
    for member in root.members() {
        inside(member.key.span());
        inside(member.value.span());
        let map = SpanMap::of_string(member.value).expect("a string");
        assert_eq!(member.value.as_str().as_deref(), Some(map.text()), "{text:?}");
        for (at, character) in map.text().char_indices() {
            let place = map.to_file(Span::new(at, at + character.len_utf8()));
            inside(place);
            let span = member.value.span();
            assert!(span.start <= place.start && place.end <= span.end, "{place:?} {text:?}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_read_out_of_bounds(text in any::<String>()) {
        spans_hold(&text, Dialect::Plain);
        spans_hold(&text, Dialect::Shell);
    }

    #[test]
    fn no_text_of_a_shells_signs_is_read_out_of_bounds(
        text in "(export |[A-C]=|[A-C =:'\"`\\\\#$(){};&|\r\n\t_0-9é.-])*"
    ) {
        spans_hold(&text, Dialect::Plain);
        spans_hold(&text, Dialect::Shell);
    }
}

/// A quadratic way of reading these would not end while anyone waits.
#[test]
fn large_texts_are_read_whole() {
    for line in ["A=\"\\\"\n", "A='x\n", "A=\"x\n", "A=b\\\n", "A=\"$(\"\n", "A=\"b\n c\"\n"] {
        for dialect in [Dialect::Plain, Dialect::Shell] {
            assert!(parse(&line.repeat(100_000), dialect).root().is_some(), "{line}");
        }
    }
}
