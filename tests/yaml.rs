//! Requests kept in YAML, with the real binary.

mod support;

use support::{DAY, Folder};

/// Anchors, merge keys, block scalars and a fault of each target.
const FAULTY: &str = "\
# é
defaults: &defaults
  temperature: 2.5
  messages: &hello
    - role: user
      content: |
        Hi,
        you.
    - content: no role
requests:
  - <<: *defaults
    model: mimo-v2-por
  - <<: *defaults
    model: mimo-v2-pro
    temperature: 0x1
    \"temprature\": 1
    max_tokens: 'many'
";

#[test]
fn a_finding_underlines_what_is_wrong_in_the_file() {
    let folder = Folder::with(&[("a.yaml", FAULTY)]);
    let run = folder.check(&["--provider", "mimo", "."]);
    let report = run.exits(1).json();
    let found: Vec<_> = report["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .map(|one| {
            let place = |end: &str| {
                let offset = one["span"][end]["offset"].as_u64().expect("an offset");
                usize::try_from(offset).expect("an offset in memory")
            };
            (one["rule"].as_str().expect("a rule"), &FAULTY[place("start")..place("end")])
        })
        .collect();
    let expected = [
        ("out-of-range", "2.5"),
        ("missing-field", "c"),
        ("unknown-model", "mimo-v2-por"),
        ("unknown-field", "\"temprature\""),
        ("wrong-type", "'many'"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn human_output() {
    let folder = Folder::with(&[
        ("a.yaml", FAULTY),
        ("broken.yml", "model: mimo-v2-pro\nmessages:\n  - role: user\n    content: Hi: you\n"),
        ("bomb.yaml", &bomb()),
    ]);
    let run = folder.run(&["check", "--provider", "mimo", "--today", DAY, "."]);
    let told = run.exits(1).stdout.lines().filter(|line| !line.starts_with("checked"));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

/// A request with a text that repeats itself without end.
fn bomb() -> String {
    let mut text = String::from("model: mimo-v2-pro\nx0: &x0 [a, a, a, a, a, a, a, a, a]\n");
    for level in 1..9 {
        let names = vec![format!("*x{}", level - 1); 9].join(", ");
        text.push_str(&format!("x{level}: &x{level} [{names}]\n"));
    }
    text + "messages: [{role: user, content: Hi}]\n"
}

#[test]
fn what_is_not_read_tells_why() {
    for (text, reason) in [
        ("a: {{ .Values.x }}\n", "a template: no YAML before it is filled in"),
        (
            "a: [1\nb: \"x\n",
            "not valid YAML (line 1: `[` is never closed), and no request as far as it can be read",
        ),
        ("# nothing\n", "empty"),
        ("a: 1\n", "holds no request"),
    ] {
        let folder = Folder::with(&[("a.yaml", text)]);
        let run = folder.run(&["files", "."]);
        assert!(run.stdout.contains(reason), "{text:?}: {run:#?}");
        assert_eq!(folder.check(&["."]).rules(), [""; 0], "{text:?}");
    }
}

#[test]
fn each_document_is_judged_for_itself() {
    let text = "\u{feff}model: mimo-v2-pro\r\nmessages: [{role: user, content: Hi}]\r\n---\r\nname: {{ x }}\r\n---\r\nmodel: mimo-v2-pro\r\ntop_p: 3\r\nmessages: [{role: user, content: Hi}]\r\n";
    let folder = Folder::with(&[("a.yaml", text)]);
    let report = folder.check(&["--provider", "mimo", "."]).exits(1).json();
    assert_eq!(report["summary"]["documents"], 2);
    let found = &report["diagnostics"][0];
    assert_eq!(found["document"]["index"], 2);
    assert_eq!(found["pointer"], "/top_p");
    assert_eq!(found["span"]["start"]["line"], 7);
    assert_eq!(found["span"]["start"]["column"], 8);
}
