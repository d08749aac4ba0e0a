//! Every span in the JSON output slices the file's bytes to exactly what its pointer names, and every
//! line and column is where an editor would put it.

mod support;

use std::path::Path;

use requestlint::rules::ALL;
use serde_json::Value;
use support::{DAY, Folder, finish, requestlint};

/// A place in the output: offset, line, column.
fn place(position: &Value) -> (usize, usize, usize) {
    let number = |name: &str| -> usize {
        let number = position[name].as_u64().unwrap_or_else(|| panic!("no `{name}` in {position}"));
        usize::try_from(number).expect("a small number")
    };
    (number("offset"), number("line"), number("column"))
}

/// The line and column of `offset`, counted by hand: lines end at LF, CRLF or CR; a byte order mark is
/// no column.
fn counted(text: &str, offset: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 1);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if at >= offset {
            break;
        }
        let next = characters.peek().map(|(_, next)| *next);
        match character {
            '\n' => (line, column) = (line + 1, 1),
            '\r' if next != Some('\n') => (line, column) = (line + 1, 1),
            '\u{feff}' if at == 0 => {}
            _ => column += 1,
        }
    }
    (line, column)
}

/// The text of a span, after its offsets, lines and columns were held against each other.
fn sliced<'t>(text: &'t str, span: &Value, of: &str) -> &'t str {
    let ((start, start_line, start_column), (end, end_line, end_column)) =
        (place(&span["start"]), place(&span["end"]));
    assert!(start <= end, "{of}: {span}");
    let slice = text
        .get(start..end)
        .unwrap_or_else(|| panic!("{of}: {span} cuts a character or leaves the file"));
    assert_eq!((start_line, start_column), counted(text, start), "{of}: start of {slice:?}");
    assert_eq!((end_line, end_column), counted(text, end), "{of}: end of {slice:?}");
    slice
}

/// The document that a pointer starts in: the whole text, or the line that holds `offset`.
fn document_at<'t>(text: &'t str, path: &str, offset: usize) -> &'t str {
    let whole = text.trim_start_matches('\u{feff}');
    let lines = path.ends_with(".jsonl") || path.ends_with(".ndjson");
    if !lines || serde_json::from_str::<Value>(whole).is_ok() {
        return whole;
    }
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    text[start..end].trim_start_matches('\u{feff}')
}

fn last_step(pointer: &str) -> String {
    let step = pointer.rsplit('/').next().unwrap_or_default();
    step.replace("~1", "/").replace("~0", "~")
}

/// What `pointer` names, through texts that are JSON themselves, and through how many of them.
fn through(value: &Value, pointer: &str) -> Option<(Value, usize)> {
    let (mut value, mut layers) = (value.clone(), 0);
    for step in pointer.split('/').skip(1) {
        if let Some(text) = value.as_str() {
            (value, layers) = (serde_json::from_str(text).ok()?, layers + 1);
        }
        value = value.pointer(&format!("/{step}"))?.clone();
    }
    Some((value, layers))
}

/// A piece of a text as it reads inside so many strings.
fn unquoted(text: &str, layers: usize) -> serde_json::Result<String> {
    let read = |text: String, _| serde_json::from_str::<String>(&format!("\"{text}\""));
    (0..layers).try_fold(text.to_owned(), read)
}

/// Holds one diagnostic against the bytes of its file. Tells whether its pointer could be resolved.
fn hold(text: &str, found: &Value) -> bool {
    let path = found["path"].as_str().expect("a path");
    let rule = found["rule"].as_str().expect("a rule");
    let pointer = found["pointer"].as_str().expect("a pointer");
    let of = format!("{rule} at {pointer:?} in {path}");
    assert!(ALL.iter().any(|known| known.id == rule), "{of}");
    let slice = sliced(text, &found["span"], &of);
    for related in found["related"].as_array().expect("related places") {
        assert!(
            !sliced(text, &related["span"], &of).is_empty(),
            "{of}: a related place without text"
        );
    }
    let document = document_at(text, path, place(&found["span"]["start"]).0);
    let Ok(value) = serde_json::from_str::<Value>(document) else {
        sliced(text, &found["document"]["span"], &of);
        return false;
    };
    let below = found["document"]["pointer"].as_str().expect("the document's pointer");
    let body = sliced(text, &found["document"]["span"], &of);
    let (named, layers) = through(&value, below).unwrap_or_else(|| panic!("{of}: no {below}"));
    let body = unquoted(body, layers).unwrap_or_else(|error| panic!("{of}: {body:?}: {error}"));
    assert_eq!(
        serde_json::from_str::<Value>(&body).ok().as_ref(),
        Some(&named),
        "{of}: the document's span"
    );
    // What stands in a string is a document of its own, and its text is that of the string.
    let (value, slice) = match named.as_str() {
        Some(inner) => {
            let unquoted = unquoted(slice, layers + 1)
                .unwrap_or_else(|error| panic!("{of}: {slice:?}: {error}"));
            let Ok(inner) = serde_json::from_str::<Value>(inner) else {
                assert!(inner.contains(&unquoted), "{of}: {slice:?}");
                return false;
            };
            (inner, unquoted)
        }
        None => (value, slice.to_owned()),
    };
    let slice = slice.as_str();
    let node = value.pointer(pointer).unwrap_or_else(|| panic!("{of}: the pointer names nothing"));
    let is_part = !slice.starts_with('"') && node.is_string();
    match found["target"].as_str().expect("a target") {
        // Of several values in one text just the one that is meant.
        "value" if is_part => {
            let part = unquoted(slice, 1).unwrap_or_else(|error| panic!("{of}: {error}"));
            let whole = node.as_str().unwrap_or_default();
            assert!(whole.contains(&part) && !part.is_empty(), "{of}: {slice:?} in {whole:?}");
        }
        "value" => {
            let read: Value = serde_json::from_str(slice)
                .unwrap_or_else(|error| panic!("{of}: {slice:?}: {error}"));
            assert_eq!(read, *node, "{of}: {slice:?}");
            assert_eq!(slice.trim(), slice, "{of}: blanks at the ends");
        }
        "key" => {
            assert!(slice.starts_with('"') && slice.ends_with('"'), "{of}: {slice:?}");
            let key: String = serde_json::from_str(slice)
                .unwrap_or_else(|error| panic!("{of}: {slice:?}: {error}"));
            assert_eq!(key, last_step(pointer), "{of}");
        }
        "container" => {
            let opening = if node.is_array() { "[" } else { "{" };
            assert!(node.is_array() || node.is_object(), "{of}: {node}");
            assert_eq!(slice, opening, "{of}");
        }
        other => panic!("{of}: the target {other}"),
    }
    true
}

/// Lints files in `folder` and holds every diagnostic. Tells how many could be resolved, and all rules.
fn hold_all(folder: &Path, arguments: &[&str]) -> (usize, Vec<String>) {
    let base = ["check", "--format", "json", "--today", DAY];
    let run = finish(requestlint(folder).args(base).args(arguments));
    assert!(run.status < 2, "{run:#?}");
    let report = run.json();
    let found = report["diagnostics"].as_array().expect("diagnostics");
    let mut resolved = 0;
    for diagnostic in found {
        let path = diagnostic["path"].as_str().expect("a path");
        let text = std::fs::read_to_string(folder.join(path)).expect("the file");
        resolved += usize::from(hold(&text, diagnostic));
    }
    (resolved, run.rules())
}

#[test]
fn in_every_fixture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (resolved, _) = hold_all(root, &["fixtures"]);
    assert!(resolved > 20, "only {resolved} diagnostics in fixtures/");
}

/// A request with a fault of each target: a key, a value and a container; the messages lack a role.
const FAULTY: &str = "{\n  \"model\": \"mimo-v2-por\",\n  \"temprature\": 0.5,\n  \"temperature\": 3.50,\n  \"messages\": [\n    {\"role\": \"user\", \"content\": \"Hi\"},\n    {\"content\": \"no role\"}\n  ]\n}\n";

/// What stands in [`FAULTY`], in the order of its offsets.
const FAULTS: [&str; 4] = ["unknown-model", "unknown-field", "out-of-range", "missing-field"];

fn hold_text(name: &str, text: &str, expected: &[&str]) {
    let folder = Folder::with(&[(name, text)]);
    let (resolved, rules) = hold_all(&folder.path(""), &["--provider", "mimo", "."]);
    assert_eq!(rules, expected, "{name}: {text:?}");
    assert_eq!(resolved, expected.len(), "{name}: {text:?}");
}

#[test]
fn in_plain_text() {
    hold_text("a.json", FAULTY, &FAULTS);
}

#[test]
fn behind_a_byte_order_mark() {
    hold_text("a.json", &format!("\u{feff}{FAULTY}"), &FAULTS);
}

#[test]
fn with_each_kind_of_line_break() {
    hold_text("a.json", &FAULTY.replace('\n', "\r\n"), &FAULTS);
    hold_text("a.json", &FAULTY.replace('\n', "\r"), &FAULTS);
    hold_text("a.json", &format!("\u{feff}\r\n\r\n{}", FAULTY.replace('\n', "\r\n")), &FAULTS);
}

#[test]
fn behind_tabs_and_on_one_line() {
    hold_text("a.json", &FAULTY.replace("  ", "\t"), &FAULTS);
    hold_text("a.json", &FAULTY.replace('\n', " "), &FAULTS);
}

#[test]
fn behind_characters_of_many_bytes() {
    let text =
        FAULTY.replace("\"Hi\"", "\"中文 é 😀 e\u{301} \u{2028}\"").replace("no role", "٣😀");
    hold_text("a.json", &text, &FAULTS);
    let one_line =
        text.replace('\n', " ").replace("{   \"model\"", "{\"stop\": \"😀é中\", \"model\"");
    hold_text("a.json", &one_line, &FAULTS);
}

#[test]
fn in_escaped_keys_and_values() {
    let messages = "\"messages\": [{\"role\": \"user\", \"content\": \"a\\\"b\\\\\"}]";
    let text =
        format!("{{\"mod\\u0065l\": \"mimo-v2-p\\u006fr\", \"te\\u006dprature\": 1, {messages}}}");
    hold_text("a.json", &text, &["unknown-model", "unknown-field"]);
    let text = format!(
        "{{\"model\": \"mimo-v2-pro\", \"a/b~c \\\"d\\\"\": 1, \"\\ud83d\\ude00\": 2, {messages}}}"
    );
    hold_text("a.json", &text, &["unknown-field", "unknown-field"]);
    let text = format!("{{\"model\": \"mimo-v2-pro\", \"\": 1, {messages}}}");
    hold_text("a.json", &text, &["unknown-field"]);
}

#[test]
fn in_json_lines() {
    let line = FAULTY.replace('\n', " ");
    let good =
        "{\"model\": \"mimo-v2-pro\", \"messages\": [{\"role\": \"user\", \"content\": \"😀\"}]}";
    let twice = [FAULTS, FAULTS].concat();
    hold_text("a.jsonl", &format!("\u{feff}{line}\r\n\r\n{good}\r\n  {line}"), &twice);
    hold_text("a.ndjson", &format!("{good}\n{line}\n{line}\n"), &twice);
    hold_text("one.jsonl", FAULTY, &FAULTS);
}

#[test]
fn in_wrappers() {
    hold_text("list.json", &format!("[{FAULTY}, {FAULTY}]"), &[FAULTS, FAULTS].concat());
    hold_text("named.json", &format!("{{\"name\": \"é\", \"body\": {FAULTY}}}"), &FAULTS);
    hold_text("deep.json", &format!("{{\"a/b\": [{{\"request\": {FAULTY}}}]}}"), &FAULTS);
}

#[test]
fn in_batch_lines() {
    let body = FAULTY.replace('\n', " ").replace("mimo-v2-por", "mimo-v2.6-por");
    let line = format!(
        "{{\"custom_id\": \"é1\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\", \"body\": {body}}}"
    );
    let folder =
        Folder::with(&[("batch.jsonl", &format!("{line}\n{}\n", line.replace("é1", "2")))]);
    let (resolved, rules) = hold_all(&folder.path(""), &["--provider", "xiaomi", "."]);
    assert_eq!(rules, [FAULTS, FAULTS].concat());
    assert_eq!(resolved, rules.len());
}

#[test]
fn of_a_duplicate_key() {
    let text = "{\"model\": \"mimo-v2-pro\", \"top_p\": 0.5, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}],\n \"top_p\": 0.6}";
    let folder = Folder::with(&[("a.json", text)]);
    let report = folder.check(&["--provider", "mimo", "."]).json();
    let found = &report["diagnostics"][0];
    assert_eq!(found["rule"], "duplicate-key");
    assert!(hold(text, found));
    assert_eq!(sliced(text, &found["span"], "the key"), "\"top_p\"");
    let related = sliced(text, &found["related"][0]["span"], "the other key");
    assert!(related.contains("top_p"), "{related}");
}

#[test]
fn of_a_syntax_error() {
    let text = "\u{feff}{\"model\": \"mimo-v2-pro\",\r\n \"messages\": [{\"role\": \"user\", \"content\": \"é\"}],\r\n}";
    let folder = Folder::with(&[("a.json", text)]);
    let report = folder.check(&["--provider", "mimo", "."]).json();
    let found = &report["diagnostics"][0];
    assert_eq!(found["rule"], "syntax-error");
    assert!(!hold(text, found), "the text is no JSON");
    let (_, line, _) = place(&found["span"]["start"]);
    assert!((2..=3).contains(&line), "{found:#}");
}

#[test]
fn the_counter_itself_counts_right() {
    let text = "\u{feff}a\r\nb\rc\n😀é";
    let offset = |of: &str| text.find(of).expect("a part of the text");
    assert_eq!(counted(text, offset("a")), (1, 1));
    assert_eq!(counted(text, offset("b")), (2, 1));
    assert_eq!(counted(text, offset("c")), (3, 1));
    assert_eq!(counted(text, offset("é")), (4, 2));
    assert_eq!(counted(text, text.len()), (4, 3));
}
