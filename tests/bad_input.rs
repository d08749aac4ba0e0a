//! Whatever a folder holds: a clear word for it, the rest of the run unharmed, the right exit status.

mod support;

use std::fs::File;

use serde_json::Value;
use support::{BAD, DAY, Folder, GOOD, Run};

/// Lints the folder, which also holds `rest.json` with one error, and fails unless that was found.
#[track_caller]
fn check_with_rest(folder: &Folder, arguments: &[&str]) -> Run {
    folder.write("rest.json", BAD);
    let run = folder.check(arguments);
    let found = run.json();
    let of_rest = |one: &&Value| one["path"] == "rest.json" && one["rule"] == "out-of-range";
    let told = found["diagnostics"].as_array().expect("diagnostics").iter().filter(of_rest).count();
    assert_eq!(told, 1, "the rest was not linted: {run:#?}");
    run
}

/// What `requestlint files` says of the one file whose path begins so.
#[track_caller]
fn seen(folder: &Folder, path: &str) -> String {
    let run = folder.run(&["files"]);
    let line = run.stdout.lines().find(|line| line.starts_with(path));
    line.unwrap_or_else(|| panic!("nothing is said of {path}: {run:#?}")).to_owned()
}

/// Writes bytes that are no text, walks over them and names them: both are skips with a reason.
#[track_caller]
fn is_skipped(name: &str, bytes: &[u8], reason: &str) {
    let folder = Folder::new();
    folder.write(name, bytes);
    check_with_rest(&folder, &["."]).exits(1);
    let line = seen(&folder, name);
    assert!(line.contains("skipped") && line.contains(reason), "{line}");
    let run = check_with_rest(&folder, &[name, "rest.json"]);
    run.exits(1);
    assert!(
        run.stderr.contains(name) && run.stderr.contains(reason),
        "a named file is told of: {run:#?}"
    );
    assert_eq!(run.json()["summary"]["skipped"], 1);
}

#[test]
fn a_missing_path() {
    let run = check_with_rest(&Folder::new(), &["no/such.json", "rest.json", "none"]);
    run.exits(2);
    for path in ["no/such.json", "none"] {
        assert!(run.stderr.contains(&format!("error: {path}: no such file or folder")), "{run:#?}");
    }
    assert_eq!(run.json()["errors"].as_array().expect("errors").len(), 2);
}

#[test]
fn a_folder_with_the_name_of_a_file() {
    let folder = Folder::with(&[("a.json/inner.json", BAD)]);
    let run = check_with_rest(&folder, &["."]);
    assert_eq!(run.exits(1).json()["diagnostics"][0]["path"], "a.json/inner.json");
    let run = check_with_rest(&folder, &["a.json", "rest.json"]);
    assert_eq!(run.exits(1).json()["diagnostics"].as_array().expect("diagnostics").len(), 2);
}

#[cfg(unix)]
#[test]
fn a_file_and_a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("closed.json", BAD), ("locked/a.json", BAD)]);
    for path in ["closed.json", "locked"] {
        std::fs::set_permissions(folder.path(path), PermissionsExt::from_mode(0o000))
            .expect("a mode");
    }
    // Nothing is closed to root.
    let closed = File::open(folder.path("closed.json")).is_err();
    let run = check_with_rest(&folder, &["."]);
    std::fs::set_permissions(folder.path("locked"), PermissionsExt::from_mode(0o755))
        .expect("a mode");
    if closed {
        run.exits(2);
        for path in ["closed.json", "locked"] {
            assert!(run.stderr.contains(&format!("error: {path}: permission denied")), "{run:#?}");
        }
        assert_eq!(run.json()["errors"].as_array().expect("errors").len(), 2);
    } else {
        assert_eq!(run.exits(1).rules().len(), 3, "root reads them all: {run:#?}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_back_to_itself() {
    let folder = Folder::with(&[("deep/a.json", GOOD)]);
    std::os::unix::fs::symlink("..", folder.path("deep/up")).expect("a link");
    std::os::unix::fs::symlink("loop", folder.path("loop")).expect("a link");
    let run = check_with_rest(&folder, &["."]);
    run.exits(1);
    assert_eq!(run.json()["summary"]["documents"], 2, "{run:#?}");
    // A link that leads only to itself is named: that is no file.
    let run = check_with_rest(&folder, &["loop", "rest.json"]);
    run.exits(2);
    assert!(run.stderr.contains("error: loop:"), "{run:#?}");
}

#[cfg(unix)]
#[test]
fn a_link_that_dangles() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("gone.json", folder.path("link.json")).expect("a link");
    let run = check_with_rest(&folder, &["."]);
    assert_eq!(run.exits(1).stderr, "", "a walk passes it by");
    assert!(seen(&folder, "link.json").contains("a link that leads nowhere"));
    let run = check_with_rest(&folder, &["link.json", "rest.json"]);
    run.exits(2);
    assert!(run.stderr.contains("error: link.json: no such file or folder"), "{run:#?}");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_where_it_is_named() {
    let folder = Folder::with(&[("store/a.json", BAD)]);
    std::os::unix::fs::symlink("store/a.json", folder.path("link.json")).expect("a link");
    let run = check_with_rest(&folder, &["."]);
    assert_eq!(run.exits(1).rules().len(), 2, "what it leads to is read where it lies: {run:#?}");
    let run = check_with_rest(&folder, &["link.json", "rest.json"]);
    assert_eq!(run.exits(1).json()["diagnostics"][0]["path"], "link.json");
}

#[cfg(unix)]
#[test]
fn a_fifo_is_never_waited_for() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path("pipe.json"))
        .status()
        .expect("mkfifo");
    assert!(made.success());
    check_with_rest(&folder, &["."]).exits(1);
    assert!(seen(&folder, "pipe.json").contains("not a regular file"));
    let run = check_with_rest(&folder, &["pipe.json", "rest.json"]);
    run.exits(1);
    assert!(run.stderr.contains("pipe.json: not a regular file"), "{run:#?}");
}

#[test]
fn bytes_that_are_no_text() {
    is_skipped("a.json", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "a binary file");
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(BAD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    is_skipped("a.json", &utf16, "UTF-16");
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(BAD.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    is_skipped("a.jsonl", &utf16, "UTF-16");
    is_skipped("a.json", b"{\n\"model\": \"mimo-\xe9\"}", "invalid UTF-8 at byte 17 (line 2)");
}

#[test]
fn what_may_hold_requests_is_told_of_unasked() {
    let folder = Folder::new();
    folder.write("latin.json", b"{\"model\": \"mimo-\xe9\"}");
    let run = check_with_rest(&folder, &["."]);
    assert!(run.exits(1).stderr.contains("note: skipped latin.json: invalid UTF-8"), "{run:#?}");
    assert_eq!(run.json()["summary"]["skipped"], 1);
}

#[test]
fn nothing_at_all() {
    for (name, text) in [
        ("a.json", ""),
        ("a.jsonl", ""),
        ("a.json", " \r\n\t\n"),
        ("a.jsonl", "\n\n"),
        ("a.json", "\u{feff}"),
    ] {
        let folder = Folder::with(&[(name, text)]);
        let run = check_with_rest(&folder, &["."]);
        run.exits(1);
        assert_eq!(run.rules(), ["out-of-range"], "{name}: {text:?}");
        assert_eq!(run.stderr, "", "{name}: {text:?}");
    }
}

#[test]
fn a_request_behind_a_mark_or_with_other_line_breaks() {
    for text in [
        format!("\u{feff}{BAD}"),
        BAD.replace(", ", ",\r\n"),
        BAD.replace(", ", ",\r"),
        format!("\r\n{BAD}\r\n"),
    ] {
        let run = check_with_rest(&Folder::with(&[("a.json", &text)]), &["."]);
        assert_eq!(run.exits(1).rules(), ["out-of-range"; 2], "{text:?}");
    }
}

#[test]
fn broken_requests_and_broken_texts() {
    let cases = [
        (BAD.trim_end_matches('}').to_owned(), 1),
        (BAD.replace("}]", "},]"), 1),
        (format!("{BAD} trailing"), 1),
        ("{\"a\": ".to_owned(), 0),
        ("not json".to_owned(), 0),
        ("\0\0\0".to_owned(), 0),
        ("]".repeat(1000), 0),
        ("\"".to_owned(), 0),
    ];
    for (text, expected) in cases {
        let run = check_with_rest(&Folder::with(&[("a.json", &text)]), &["."]);
        run.exits(1);
        let told = run.rules().iter().filter(|rule| *rule == "syntax-error").count();
        assert_eq!(told, expected, "{text:?}: {run:#?}");
    }
}

#[test]
fn a_hundred_thousand_brackets() {
    let deep = 100_000;
    let arrays = format!("{}{}", "[".repeat(deep), "]".repeat(deep));
    let objects = format!("{}1{}", "{\"a\":".repeat(deep), "}".repeat(deep));
    let request = BAD.replace("\"Hi\"", &arrays);
    for (text, ours) in [
        (arrays.clone(), false),
        (objects, false),
        ("[{".repeat(deep), false),
        (request.clone(), true),
    ] {
        let folder = Folder::with(&[("a.json", &text), ("b.jsonl", &format!("{text}\n{GOOD}\n"))]);
        let run = check_with_rest(&folder, &["."]);
        run.exits(1);
        let told = run.rules().iter().filter(|rule| *rule == "syntax-error").count();
        // In JSON Lines the neighbour is a request.
        assert_eq!(told, if ours { 2 } else { 1 }, "{}", &text[..60.min(text.len())]);
        for format in ["human", "short"] {
            let run = folder.run(&["check", "--format", format, "--today", DAY, "."]);
            assert!(run.exits(1).stdout.len() < 20_000, "{format}");
        }
    }
    let told = Folder::with(&[("a.json", &request)]).run(&["check", "--format", "short", "."]);
    assert!(told.stdout.contains("deep") || told.stdout.contains("nest"), "{told:#?}");
}

/// How deep we read is our limit, not the API's.
#[test]
fn what_is_too_deep_for_us_predicts_no_answer() {
    let nested = format!("{}{}", "[".repeat(600), "]".repeat(600));
    let request = GOOD.replace("\"Hi\"", &nested);
    let found = |text: &str| {
        let folder = Folder::with(&[("a.json", text)]);
        let report = folder.check(&["a.json"]).json();
        let first = &report["diagnostics"][0];
        assert_eq!(first["rule"], "syntax-error", "{report:#}");
        first["predicts"].clone()
    };
    assert_eq!(found(&request), serde_json::Value::Null);
    assert_eq!(found(&GOOD.replace("]}", "],}"))["status"], 400);
}

#[test]
fn a_file_that_is_too_large() {
    let folder = Folder::new();
    let file = File::create(folder.path("huge.json")).expect("a file");
    file.set_len(300 * 1024 * 1024).expect("a sparse file");
    let run = check_with_rest(&folder, &["."]);
    run.exits(1);
    assert!(
        run.stderr.contains("note: skipped huge.json: 300 MiB, larger than the 256 MiB"),
        "{run:#?}"
    );
    assert_eq!(run.json()["summary"]["skipped"], 1);
    check_with_rest(&folder, &["huge.json", "rest.json"]).exits(1);
}

/// The widest line, in characters.
fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[test]
fn ten_thousand_findings_stay_readable() {
    let folder = Folder::with(&[("a.jsonl", &format!("{BAD}\n").repeat(10_000))]);
    let run = folder.run(&["check", "--today", DAY, "."]);
    run.exits(1);
    assert_eq!(run.stdout.matches("error[out-of-range]").count(), 10_000);
    assert!(run.stdout.contains("╭─[a.jsonl:10000:43]"));
    let each = run.stdout.len() / 10_000;
    assert!(each < 1500, "{each} bytes for each finding");
    assert!(widest(&run.stdout) <= 200, "{} characters on a line", widest(&run.stdout));
    let report = folder.check(&["."]).json();
    assert_eq!(report["summary"]["errors"], 10_000);
    let mut prints: Vec<&str> = report["diagnostics"]
        .as_array()
        .expect("diagnostics")
        .iter()
        .filter_map(|one| one["fingerprint"].as_str())
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), 10_000, "each finding has an identity of its own");
}

#[test]
fn a_line_of_five_megabytes_is_shown_in_windows() {
    let message = format!("{{\"role\": \"usr\", \"content\": \"{}\"}}", "é x ".repeat(5_000));
    let text =
        GOOD.replace("{\"role\": \"user\", \"content\": \"Hi\"}", &vec![message; 200].join(", "));
    assert!(text.len() > 5_000_000 && !text.contains('\n'));
    let folder = Folder::with(&[("a.json", &text)]);
    let formats = ["--format", "human", "--format", "short=short.txt"];
    let run = folder.run(&[&["check", "--today", DAY, "a.json"][..], &formats].concat());
    run.exits(1);
    let told = run.stdout.matches("error[").count();
    assert_eq!(told, 200);
    let each = run.stdout.len() / told;
    assert!(each < 2000, "{each} bytes for each finding");
    assert!(widest(&run.stdout) <= 200, "{} characters on a line", widest(&run.stdout));
    let short = folder.read("short.txt");
    assert_eq!(short.lines().count(), 200);
    assert!(widest(&short) <= 400, "{} characters on a line", widest(&short));
}

#[test]
fn a_long_key_model_or_value_does_not_flood_the_output() {
    let long = "x".repeat(20_000);
    let texts = [
        GOOD.replace("mimo-v2.6-pro", &format!("mimo-{long}")),
        GOOD.replace("{\"model\"", &format!("{{\"{long}\": 1, \"model\"")),
        GOOD.replace("\"user\"", &format!("\"{long}\"")),
        GOOD.replace(
            "{\"model\"",
            &format!("{{\"temperature\": {}, \"model\"", "9".repeat(20_000)),
        ),
        GOOD.replace("{\"model\"", &format!("{{\"stop\": {{\"{long}\": 1}}, \"model\"")),
        GOOD.replace("{\"model\"", &format!("{{\"{long}\": 1, \"{long}\": 2, \"model\"")),
    ];
    let mut floods = Vec::new();
    for text in texts {
        let folder = Folder::with(&[("a.json", &text)]);
        for format in ["human", "short"] {
            let base = ["check", "--today", DAY, "--provider", "xiaomi", "--format", format, "."];
            let run = folder.run(&base);
            let start = &text[..60];
            assert!(run.stdout.contains("a.json:1:"), "{format}: nothing found in {start}…");
            if run.stdout.len() > 10_000 {
                floods.push(format!("{format}: {} bytes for {start}…", run.stdout.len()));
            }
        }
    }
    assert!(floods.is_empty(), "{}", floods.join("\n"));
}

#[test]
fn nothing_from_a_file_commands_the_terminal() {
    let sly = "\u{1b}[31m\\u001b]0;x\\u0007\u{9b}2J\u{202e}";
    let text = GOOD.replace(
        "{\"model\"",
        &format!("{{\"sly{sly}\": 1, \"temperature\": \"{sly}\", \"model\""),
    );
    let folder =
        Folder::with(&[("a.json", &text), ("\u{1b}[2Jb.json", BAD), ("line\nbreak.json", BAD)]);
    for format in ["human", "short"] {
        for command in [&["check", "--color", "never", "--format", format, "."][..], &["files"]] {
            let run = folder.run(command);
            let all = format!("{}{}", run.stdout, run.stderr);
            for sly in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
                assert!(!all.contains(sly), "{command:?} lets {sly:?} through: {all}");
            }
        }
    }
    let short = folder.run(&["check", "--format", "short", "."]);
    assert!(
        short.stdout.lines().all(|line| line.contains(".json:1:")),
        "one finding a line: {short:#?}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::io::Read as _;
    let folder = Folder::with(&[("a.jsonl", &format!("{BAD}\n").repeat(5_000))]);
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_requestlint"))
        .args(["check", "--isolated", "--format", "short", "."])
        .current_dir(folder.path(""))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut first = [0; 10];
    run.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
    let output = run.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|status| status < 2), "{output:?}");
    assert!(!told.contains("panicked") && !told.contains("error"), "{told}");
}
