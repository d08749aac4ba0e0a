//! `check --fix`, `--unsafe-fixes` and `--diff`, by the real binary.

mod support;

use std::fs;

use support::{BAD, DAY, Folder, GOOD, Run, WARNED};

/// A request with a fix that is safe, one that is not, and a key.
const MIXED: &str = "{\n  \"url\": \"https://api.xiaomimimo.com/v1/chat/completions\",\n  \"headers\": {\"api-key\": \"sk-q7w3e9r1t5y2u8i4o6p0a9s3d7f1g5h2j8k4l6z0x2c8v4b6n\"},\n  \"body\": {\n    \"model\": \"mimo-v2.6-por\",\n    \"temperature\": 3,\n    \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]\n  }\n}\n";

/// `check --today DAY` with these arguments.
fn check(folder: &Folder, arguments: &[&str]) -> Run {
    let mut all = vec!["check", "--today", DAY];
    all.extend(arguments);
    folder.run(&all)
}

#[test]
fn safe_fixes_are_applied_and_the_rest_is_told() {
    let folder = Folder::with(&[("a.json", MIXED)]);
    let run = check(&folder, &["--fix", "a.json"]);
    run.exits(1);
    assert!(
        run.stdout.contains("1 fixed, 1 error, 1 warning, 1 fixable with --fix --unsafe-fixes"),
        "{run:#?}"
    );
    assert_eq!(folder.read("a.json"), MIXED.replace("por\"", "pro\""));
    assert!(!run.stdout.contains("unknown-model"), "what is fixed is told no more");
    let run = check(&folder, &["--fix", "--unsafe-fixes", "a.json"]);
    run.exits(0);
    assert_eq!(folder.read("a.json"), MIXED.replace("por\"", "pro\"").replace(": 3,", ": 1.5,"));
    let before = fs::metadata(folder.path("a.json")).expect("a file").modified().expect("a time");
    check(&folder, &["--fix", "--unsafe-fixes", "a.json"]).exits(0);
    let after = fs::metadata(folder.path("a.json")).expect("a file").modified().expect("a time");
    assert_eq!(before, after, "what needs no fix is not written");
}

#[test]
fn without_the_option_nothing_is_written() {
    let folder = Folder::with(&[("a.json", MIXED)]);
    let run = check(&folder, &["--unsafe-fixes", "a.json"]);
    run.exits(1);
    assert!(run.stdout.contains("1 fixable with --fix, 1 more with --unsafe-fixes"), "{run:#?}");
    assert_eq!(folder.read("a.json"), MIXED);
    let variable =
        folder.run_with(&[("REQUESTLINT_FIX", "1")], &["check", "--today", DAY, "a.json"]);
    assert!(variable.stdout.contains("1 fixed"), "{variable:#?}");
}

#[test]
fn a_difference_is_printed_and_nothing_is_written() {
    let folder = Folder::with(&[("a.json", MIXED), ("good.json", GOOD)]);
    let run = check(&folder, &["--diff", "a.json", "good.json"]);
    run.exits(1);
    assert_eq!(
        run.stdout,
        "--- a.json\n+++ a.json\n@@ -2,7 +2,7 @@\n   \"url\": \"https://api.xiaomimimo.com/v1/chat/completions\",\n   \"headers\": {\"api-key\": \"sk-q************************************************\"},\n   \"body\": {\n-    \"model\": \"mimo-v2.6-por\",\n+    \"model\": \"mimo-v2.6-pro\",\n     \"temperature\": 3,\n     \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]\n   }\n"
    );
    assert_eq!(run.stderr, "1 finding in 1 file would be fixed\n");
    assert_eq!(folder.read("a.json"), MIXED);
    let run = check(&folder, &["--diff", "--fix", "--unsafe-fixes", "a.json"]);
    assert!(run.stdout.contains("+    \"temperature\": 1.5,"), "{run:#?}");
    assert_eq!(folder.read("a.json"), MIXED, "--diff writes nothing, whatever --fix says");
    let run = check(&folder, &["--diff", "good.json"]);
    run.exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", "nothing would be fixed\n"));
}

#[test]
fn line_breaks_and_a_byte_order_mark_stay() {
    let text = format!("\u{feff}{}", MIXED.replace('\n', "\r\n"));
    let folder = Folder::with(&[("a.json", &text)]);
    check(&folder, &["--fix", "--unsafe-fixes", "a.json"]).exits(0);
    assert_eq!(folder.read("a.json"), text.replace("por\"", "pro\"").replace(": 3,", ": 1.5,"));
    let run = check(&Folder::with(&[("a.json", &text)]), &["--diff", "a.json"]);
    assert!(
        run.stdout.contains(
            "-    \"model\": \"mimo-v2.6-por\",\r\n+    \"model\": \"mimo-v2.6-pro\",\r\n"
        ),
        "{run:#?}"
    );
}

#[test]
fn a_text_of_standard_input_is_printed_fixed() {
    let folder = Folder::new();
    let run = folder.run_on(&["check", "--today", DAY, "--fix", "-"], MIXED);
    run.exits(1);
    assert_eq!(run.stdout, MIXED.replace("por\"", "pro\""));
    assert!(run.stderr.contains("out-of-range") && run.stderr.contains("1 fixed"), "{run:#?}");
    let run = folder.run_on(&["check", "--today", DAY, "--fix", "-"], GOOD);
    run.exits(0);
    assert_eq!(run.stdout, GOOD, "what needs no fix is printed as it is");
    let run = folder.run_on(&["check", "--today", DAY, "--diff", "-"], MIXED);
    run.exits(1);
    assert!(run.stdout.starts_with("--- stdin.json\n+++ stdin.json\n@@"), "{run:#?}");
}

#[test]
fn other_formats_tell_of_fixes() {
    let folder = Folder::with(&[("a.json", MIXED)]);
    let report = check(&folder, &["--format", "json", "a.json"]).json();
    assert_eq!(report["summary"]["fixable"], 1);
    assert_eq!(report["summary"]["unsafe_fixable"], 1);
    let of = |rule: &str| {
        let all = report["diagnostics"].as_array().expect("findings");
        all.iter().find(|one| one["rule"] == rule).expect("a finding")["fix"].clone()
    };
    let fix = of("unknown-model");
    assert_eq!(fix["applicability"], "safe");
    let (start, end) = (fix["edits"][0]["start"].as_u64(), fix["edits"][0]["end"].as_u64());
    let span = |at: Option<u64>| usize::try_from(at.expect("an offset")).expect("small");
    assert_eq!(&MIXED[span(start)..span(end)], "\"mimo-v2.6-por\"");
    assert_eq!(fix["edits"][0]["text"], "\"mimo-v2.6-pro\"");
    assert_eq!(of("out-of-range")["applicability"], "unsafe");
    let short = check(&folder, &["--format", "short", "a.json"]).stdout;
    assert!(
        short.lines().any(|line| line.contains("unknown-model") && line.ends_with(" [--fix]")),
        "{short}"
    );
    assert!(short.lines().any(|line| line.ends_with(" [--fix --unsafe-fixes]")), "{short}");
    let sarif = check(&folder, &["--format", "sarif", "a.json"]).json();
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let fixed = results.iter().find(|one| one["ruleId"] == "unknown-model").expect("a result");
    let change = &fixed["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "\"mimo-v2.6-pro\"");
    let fixed = check(&folder, &["--fix", "--format", "json", "a.json"]).json();
    assert_eq!(fixed["summary"]["fixed"], 1);
}

#[test]
fn nothing_printed_holds_a_key() {
    let key = "sk-q7w3e9r1t5y2u8i4o6p0a9s3d7f1g5h2j8k4l6z0x2c8v4b6n";
    let env = format!(
        "MIMO_BASE_URL=https://api.xiaomimimo.com/v1\nMIMO_API_KEY=\"Bearer {key} \"\nMIMO_MODEL=mimo-v2.6-por\n"
    );
    for arguments in [
        &["--diff"][..],
        &["--diff", "--unsafe-fixes"],
        &["--format", "json"],
        &["--format", "sarif"],
        &["--format", "short"],
    ] {
        let folder = Folder::with(&[(".env", &env), ("a.json", MIXED)]);
        let mut all = vec![".env", "a.json"];
        all.extend(arguments);
        let run = check(&folder, &all);
        run.exits(1);
        for output in [&run.stdout, &run.stderr] {
            assert!(!output.contains("q7w3e9"), "{arguments:?}: {output}");
        }
    }
    let folder = Folder::with(&[(".env", &env)]);
    check(&folder, &["--fix", ".env"]).exits(0);
    let wanted = env.replace("Bearer ", "").replace(" \"", "\"").replace("por", "pro");
    assert_eq!(folder.read(".env"), wanted);
}

#[test]
fn several_files_are_fixed_at_once_and_the_order_stays() {
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}.json")).collect();
    let folder = Folder::new();
    names.iter().for_each(|name| folder.write(name, MIXED));
    let run = check(&folder, &["--fix", "--format", "short", "."]);
    let told: Vec<&str> = run.stdout.lines().filter(|line| line.contains("out-of-range")).collect();
    assert!(
        told.iter().zip(&names).all(|(line, name)| line.starts_with(name.as_str())),
        "{told:#?}"
    );
    assert!(names.iter().all(|name| !folder.read(name).contains("por\"")));
    assert_eq!(
        fs::read_dir(folder.path(".")).expect("a folder").count(),
        40,
        "nothing is left beside"
    );
}

#[test]
fn a_file_with_no_safe_fix_is_left() {
    let folder = Folder::with(&[("bad.json", BAD), ("warned.json", WARNED)]);
    check(&folder, &["--fix", "."]).exits(1);
    assert_eq!(
        (folder.read("bad.json").as_str(), folder.read("warned.json").as_str()),
        (BAD, WARNED)
    );
    check(&folder, &["--fix", "--unsafe-fixes", "."]).exits(0);
    assert!(folder.read("warned.json").contains("\"temperature\": 0.5"));
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(folder: &Folder, path: &str) -> u32 {
        fs::metadata(folder.path(path)).expect("a file").permissions().mode() & 0o7777
    }

    #[test]
    fn permissions_stay() {
        for wanted in [0o600, 0o640, 0o755] {
            let folder = Folder::with(&[("a.json", MIXED)]);
            fs::set_permissions(folder.path("a.json"), fs::Permissions::from_mode(wanted))
                .expect("set");
            check(&folder, &["--fix", "a.json"]);
            assert!(folder.read("a.json").contains("mimo-v2.6-pro"));
            assert_eq!(mode(&folder, "a.json"), wanted);
        }
    }

    #[test]
    fn a_link_stays_one_and_its_target_is_written() {
        let folder = Folder::with(&[("real/a.json", MIXED)]);
        symlink("real/a.json", folder.path("link.json")).expect("a link");
        let run = check(&folder, &["--fix", "link.json", "real/a.json"]);
        assert_eq!(run.status, 1, "named twice, it is fixed once: {run:#?}");
        assert!(fs::symlink_metadata(folder.path("link.json")).expect("a link").is_symlink());
        assert!(folder.read("real/a.json").contains("mimo-v2.6-pro"));
    }

    #[test]
    fn a_file_that_may_not_be_written_is_an_error_and_stays() {
        let folder = Folder::with(&[("a.json", MIXED), ("b.json", MIXED)]);
        fs::set_permissions(folder.path("a.json"), fs::Permissions::from_mode(0o444)).expect("set");
        let run = check(&folder, &["--fix", "--format", "json", "."]);
        run.exits(2);
        assert!(run.stderr.contains("error: a.json: cannot be fixed: "), "{run:#?}");
        assert_eq!(folder.read("a.json"), MIXED);
        assert!(
            folder.read("b.json").contains("mimo-v2.6-pro"),
            "the others are fixed all the same"
        );
        let report = run.json();
        let left = report["diagnostics"].as_array().expect("findings").iter();
        assert_eq!(
            left.filter(|one| one["rule"] == "unknown-model").count(),
            1,
            "it is still told"
        );
        assert_eq!(report["summary"]["fixed"], 1);
    }
}

/// What a tool's data says to write stands there then, added where nothing stood; only where one asks for it.
#[test]
fn settings_of_tools_become_what_their_data_says() {
    let codex = "model_provider = \"m\"\nweb_search = \"live\" # why\n[model_providers.m]\nbase_url = \"https://api.xiaomimimo.com/v1\"\nwire_api = 'chat'\n";
    let pi = "{\"providers\": {\"m\": {\"baseUrl\": \"https://api.xiaomimimo.com/v1\", \"api\": \"openai-completions\", \"models\": [{\"id\": \"mimo-v2.6-pro\"}]}}}\n";
    let folder = Folder::with(&[(".codex/config.toml", codex), (".pi/agent/models.json", pi)]);
    folder.check(&[".", "--fix"]);
    assert_eq!(folder.read(".codex/config.toml"), codex, "only with --unsafe-fixes");
    folder.check(&[".", "--fix", "--unsafe-fixes"]).exits(0);
    let mended = codex.replace("\"live\"", "\"disabled\"").replace("'chat'", "'responses'");
    assert_eq!(folder.read(".codex/config.toml"), mended);
    let compat = ", \"compat\": {\"requiresReasoningContentOnAssistantMessages\": true}";
    let mended = pi.replace("\"mimo-v2.6-pro\"", &format!("\"mimo-v2.6-pro\"{compat}"));
    assert_eq!(folder.read(".pi/agent/models.json"), mended);
}

/// Two names that become one would lose what stood under the first.
#[test]
fn no_fix_makes_of_two_names_one() {
    let headers = "{\"url\": \"https://api.xiaomimimo.com/v1/chat/completions\", \"headers\": {\"api_key\": \"${A}\", \"API_KEY\": \"${B}\"}, \"body\": {\"model\": \"mimo-v2.6-pro\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}}";
    let fields = "{\"model\": \"mimo-v2.6-pro\", \"temprature\": 0.2, \"temperatur\": 0.9, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";
    let models = "{\"provider\": {\"m\": {\"npm\": \"@ai-sdk/openai-compatible\", \"options\": {\"baseURL\": \"https://api.xiaomimimo.com/v1\"}, \"models\": {\"mimo-v2.5\": {\"name\": \"a\"}, \"mimo-v2-omni\": {\"name\": \"b\"}}}}}";
    let folder =
        Folder::with(&[("a.json", headers), ("b.json", fields), ("opencode.json", models)]);
    check(&folder, &["--fix", "--unsafe-fixes", "."]);
    assert_eq!(folder.read("a.json"), headers.replacen("api_key", "api-key", 1));
    assert_eq!(folder.read("b.json"), fields.replacen("temprature", "temperature", 1));
    assert_eq!(folder.read("opencode.json"), models.replacen("mimo-v2.5", "mimo-v2.6-flash", 1));
}

#[test]
fn a_model_is_renamed_where_it_is_chosen_and_in_the_list_that_it_is_chosen_from() {
    let text = "{\"provider\": {\"m\": {\"npm\": \"@ai-sdk/openai-compatible\", \"options\": {\"baseURL\": \"https://api.xiaomimimo.com/v1\"}, \"models\": {\"mimo-v2.5-pro\": {}}}}, \"model\": \"m/mimo-v2.5-pro\"}";
    let folder = Folder::with(&[("opencode.json", text)]);
    check(&folder, &["--fix", "--unsafe-fixes", "."]).exits(0);
    assert_eq!(folder.read("opencode.json"), text.replace("v2.5-pro", "v2.6-pro"));
}

/// A key behind a word without a space is no key under another header's name either.
#[test]
fn a_scheme_is_not_taken_along_as_part_of_the_key() {
    let text = "{\"url\": \"https://api.xiaomimimo.com/v1/chat/completions\", \"headers\": {\"Authorization\": \"Bearer${KEY}\"}, \"body\": {\"model\": \"mimo-v2.6-pro\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}}";
    let folder = Folder::with(&[("a.json", text)]);
    check(&folder, &["--fix", "--unsafe-fixes", "."]).exits(1);
    assert_eq!(folder.read("a.json"), text);
}

/// Of `C:\new\dir` the second backslash shows that none was meant as an escape, which the first one is.
#[test]
fn a_backslash_beside_others_is_mended_only_when_asked_for() {
    let text = "{\"model\": \"mimo-v2.6-pro\", \"messages\": [{\"role\": \"user\", \"content\": \"C:\\new\\dir\"}]}";
    let folder = Folder::with(&[("a.json", text)]);
    check(&folder, &["--fix", "."]).exits(1);
    assert_eq!(folder.read("a.json"), text);
    let alone = text.replace("\\new", "\\\\new");
    folder.write("a.json", &alone);
    check(&folder, &["--fix", "."]).exits(0);
    assert_eq!(folder.read("a.json"), alone.replace("\\dir", "\\\\dir"));
}
