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
