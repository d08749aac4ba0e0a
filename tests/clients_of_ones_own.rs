//! A tool that the binary has never heard of, described by one JSON file.

mod support;

use support::Folder;

const CLIENT: &str = r#"{
  "id": "parrot", "name": "Parrot",
  "files": ["**/parrot.json"],
  "expands": ["<<NAME>>"],
  "entries": [
    {"at": "/voices/*", "protocol": "openai",
     "url": [{"at": "/wire/home"}], "key": [{"at": "/wire/pass"}],
     "model": [{"at": "/brain", "prefixes": ["parrot:"]}],
     "appends": {"openai": "/chat/completions"}}
  ],
  "source": "own", "verified": "2026-11-24"
}"#;

const SETTINGS: &str = r#"{"voices": {
  "loud": {"wire": {"home": "https://api.xiaomimimo.com/v1", "pass": ""}, "brain": "parrot:mimo-v2.6-pro"},
  "soft": {"wire": {"home": "https://api.xiaomimimo.com/v1", "pass": "<<MIMO_API_KEY>>"}, "brain": "mimo-v2.6-pro"},
  "other": {"wire": {"home": "https://api.example.com/v1", "pass": ""}, "brain": "x"}
}}"#;

#[test]
fn its_settings_are_read_as_those_of_any_other() {
    let folder = Folder::with(&[
        ("parrot.json", SETTINGS),
        ("lint/parrot.json", CLIENT),
        (
            "requestlint.toml",
            "exclude = [\"lint/**\"]\n[clients.parrot]\npath = \"lint/parrot.json\"\n",
        ),
    ]);
    let report = folder.check(&["."]).exits(1).json();
    let found = report["diagnostics"].as_array().expect("diagnostics");
    let told: Vec<_> = found
        .iter()
        .map(|one| {
            (one["rule"].as_str().unwrap_or_default(), one["pointer"].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(told, [("empty-api-key", "/voices/loud/wire/pass")]);
    assert_eq!(found[0]["document"]["kind"], "client-config");
    assert_eq!(found[0]["document"]["provider"], "xiaomi");
}

#[test]
fn a_fault_in_its_description_is_told_with_its_place() {
    let folder = Folder::with(&[
        ("parrot.json", SETTINGS),
        ("lint/parrot.json", &CLIENT.replace("\"prefixes\"", "\"prefixs\"")),
        ("requestlint.toml", "[clients.parrot]\npath = \"lint/parrot.json\"\n"),
    ]);
    let run = folder.check(&["."]);
    run.exits(2);
    assert!(run.stderr.contains("lint/parrot.json:8:"), "{}", run.stderr);
    assert!(run.stderr.contains("prefixs"), "{}", run.stderr);
}

/// What each of a tool's abilities to be described makes of a file of it.
#[test]
fn what_a_description_can_say() {
    const CLIENT: &str = r#"{
  "id": "parrot", "name": "Parrot", "files": ["**/parrot.json"],
  "entries": [{
    "at": "/homes/*", "protocol": "openai",
    "url": [{"at": "/url"}, {"at": "/url", "root": true, "otherwise": true}],
    "model": [
      {"at": "/words/*/id", "listed": true},
      {"at": "/birds/*/word", "root": true, "beside": "home", "chosen_by": "/home"},
      {"at": "/say", "root": true, "prefix": "{key}/"}
    ],
    "built_in": {"mimo": "https://token-plan-cn.xiaomimimo.com/v1"}, "built_in_anywhere": true,
    "appends": {"openai": "/chat/completions"},
    "settings": [
      {"at": "/say", "root": true, "rule": "client-setting", "when": {"names_model": true, "not_among": ["/nick/*"]},
       "message": "nobody's", "label": "write {key}/{value}", "help": "so", "source": "own", "verified": "2026-11-24", "confidence": "O"},
      {"each": "/words/*", "at": "/loud", "rule": "client-setting",
       "when": {"absent": true, "given": [{"at": "/thinks", "is": [true]}], "unless": [{"at": "/loud", "from": "entry", "is": [true]}, {"at": "/loud", "from": "root", "is": [true]}]},
       "message": "silent", "label": "{key}", "help": "so", "source": "own", "verified": "2026-11-24", "confidence": "O"}
    ]
  }],
  "source": "own", "verified": "2026-11-24"
}"#;
    let told = |settings: &str| {
        let folder = Folder::with(&[
            ("parrot.json", settings),
            ("lint/parrot.json", CLIENT),
            (
                "requestlint.toml",
                "exclude = [\"lint/**\"]\n[clients.parrot]\npath = \"lint/parrot.json\"\n",
            ),
        ]);
        let report = folder.check(&["."]).json();
        let found = report["diagnostics"].as_array().cloned().unwrap_or_default();
        let word =
            |one: &serde_json::Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
        found
            .iter()
            .map(|one| format!("{} {}", word(one, "rule"), word(one, "pointer")))
            .chain(
                found
                    .iter()
                    .map(|one| word(one, "label"))
                    .filter(|label| label.starts_with("write a/")),
            )
            .collect::<Vec<_>>()
    };
    const URL: &str = "https://api.xiaomimimo.com";
    for (settings, wanted) in [
        (format!(r#"{{"url": "{URL}", "homes": {{"a": {{}}, "b": {{"url": "{URL}/v1"}}}}}}"#), vec!["base-url /url"]),
        (format!(r#"{{"url": "{URL}", "homes": {{"b": {{"url": "{URL}/v1"}}}}}}"#), vec![]),
        (
            format!(r#"{{"home": "a", "homes": {{"a": {{"url": "{URL}/v1"}}}}, "birds": {{"x": {{"word": "mimo-v2.5"}}, "y": {{"home": "c", "word": "mimo-v2.5"}}, "z": {{"home": "a", "word": "mimo-v2.5"}}}}}}"#),
            vec!["deprecated-model /birds/x/word", "deprecated-model /birds/z/word"],
        ),
        (
            format!(r#"{{"say": "a/mimo-v2.5", "homes": {{"a": {{"url": "{URL}/v1", "words": [{{"id": "mimo-v2.5"}}]}}}}}}"#),
            vec!["deprecated-model /say"],
        ),
        (r#"{"say": "mimo/mimo-v2.5"}"#.to_owned(), vec!["deprecated-model /say"]),
        (r#"{"say": "mimo/mimo-v2.5", "homes": {"mimo": {"url": "https://gateway.example.com"}}}"#.to_owned(), vec![]),
        (
            format!(r#"{{"say": "mimo-v2.6-pro", "homes": {{"a": {{"url": "{URL}/v1"}}}}}}"#),
            vec!["client-setting /say", "write a/mimo-v2.6-pro"],
        ),
        (format!(r#"{{"say": "mimo-v2.6-pro", "nick": ["mimo-v2.6-pro"], "homes": {{"a": {{"url": "{URL}/v1"}}}}}}"#), vec![]),
        (
            format!(r#"{{"homes": {{"a": {{"url": "{URL}/v1", "words": [{{"thinks": true}}, {{"thinks": true, "loud": 1}}, {{}}]}}}}}}"#),
            vec!["client-setting /homes/a/words/0"],
        ),
        (format!(r#"{{"homes": {{"a": {{"url": "{URL}/v1", "loud": true, "words": [{{"thinks": true}}]}}}}}}"#), vec![]),
        (format!(r#"{{"loud": true, "homes": {{"a": {{"url": "{URL}/v1", "words": [{{"thinks": true}}]}}}}}}"#), vec![]),
    ] {
        assert_eq!(told(&settings), wanted, "{settings}");
    }
}

/// What is said of a description with `from` made `to`, as one line.
fn refused(from: &str, to: &str) -> String {
    assert!(CLIENT.contains(from), "{from}");
    let folder = Folder::with(&[
        ("parrot.json", SETTINGS),
        ("lint/parrot.json", &CLIENT.replacen(from, to, 1)),
        ("requestlint.toml", "[clients.parrot]\npath = \"lint/parrot.json\"\n"),
    ]);
    let run = folder.check(&["."]);
    run.exits(2);
    let words = run.stderr.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_wrong_with_a_description_is_told_with_what_belongs_there() {
    for (from, to, words) in [
        ("\"prefixes\"", "\"prefixess\"", "did you mean `prefixes`?"),
        ("\"openai\",\n", "\"chat\",\n", "one of \"openai\", \"anthropic\", \"responses\""),
        ("[{\"at\": \"/wire/home\"}]", "\"/wire/home\"", "a string stands where an array belongs"),
        (
            "{\"at\": \"/wire/home\"}",
            "\"/wire/home\"",
            "an object such as `{\"at\": \"/baseUrl\"}`",
        ),
        ("\"/wire/home\"", "\"wire.home\"", "Pointer pattern from the entry, such as `/baseUrl`"),
        ("**/parrot.json", "parrot.json", "it begins with `**/`"),
        ("<<NAME>>", "<<VAR>>", "A form with `NAME` in it"),
        ("\"/chat/completions\"", "\"chat\"", "A path, such as `/chat/completions`"),
    ] {
        let said = refused(from, to);
        assert!(said.contains(words), "{to}: {said}");
    }
}

#[test]
fn how_far_a_tools_file_was_read_is_shown() {
    let files = |settings: &str| {
        let folder = Folder::with(&[
            ("parrot.json", settings),
            ("lint/parrot.json", CLIENT),
            (
                "requestlint.toml",
                "exclude = [\"lint/**\"]\n[clients.parrot]\npath = \"lint/parrot.json\"\n",
            ),
        ]);
        folder.run(&["files", "."]).stdout
    };
    let elsewhere =
        r#"{"voices": {"a": {"wire": {"home": "https://api.example.com/v1"}, "brain": "x"}}}"#;
    assert!(files(elsewhere).contains("settings of Parrot: nothing in them names an API"));
    let moved = SETTINGS.replace("voices", "birds");
    // What the description does not reach, the common names may.
    assert!(
        files(&moved.replace("home", "nest").replace("pass", "word"))
            .contains("a file of Parrot, in which none of its entries stands")
    );
}
