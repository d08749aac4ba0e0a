//! Fixes in every syntax: a fixed file parses, has fewer findings, keeps every byte outside the edits, and is
//! not changed again.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;
use requestlint::diagnostic::{Applicability, Edit};
use requestlint::engine::Fixing;
use requestlint::fix::apply;
use requestlint::rules::ALL;
use requestlint::{ConfigSource, Diagnostic, FileReport, Linter};
use serde_json::{Value, json};
use support::{DAY, files_below, shown};

const ALL_FIXES: Fixing = Fixing { with_unsafe: true, write: true };

/// What can be wrong with a request, as members that are set in it.
fn damages() -> Vec<(&'static str, Vec<(&'static str, Value)>)> {
    let schema = json!({"type": "object", "properties": {"city": {"type": "string"}}});
    let history = |arguments: Value| {
        json!([
            {"role": "user", "content": "Grüße, 世界"},
            {"role": "assistant", "content": "So", "reasoning_content": "r", "tool_calls": [
                {"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}]},
            {"role": "tool", "tool_call_id": "c", "content": "12"},
        ])
    };
    let parts = |part: Value| json!([{"role": "user", "content": [{"type": "text", "text": "Grüße, 世界"}, part]}]);
    vec![
        ("unknown-field", vec![("temprature", json!(0.5))]),
        ("unknown-field", vec![("maxTokens", json!(512))]),
        ("unknown-model", vec![("model", json!("mimo-v2.6-por"))]),
        ("unknown-model", vec![("model", json!("MiMo-V2.6-Pro"))]),
        ("deprecated-model", vec![("model", json!("mimo-v2-pro"))]),
        ("out-of-range", vec![("temperature", json!(3))]),
        ("out-of-range", vec![("top_p", json!(0))]),
        ("wrong-type", vec![("temperature", json!("0.70"))]),
        ("wrong-type", vec![("stream", json!("true"))]),
        ("wrong-type", vec![("max_completion_tokens", json!("512"))]),
        ("wrong-type", vec![("thinking", json!("disabled"))]),
        ("wrong-type", vec![("messages", history(json!({"city": "W", "n": 1.50})))]),
        (
            "wrong-type",
            vec![(
                "messages",
                parts(json!({"type": "image_url", "image_url": "https://a.b/c.png"})),
            )],
        ),
        ("tool-arguments-invalid", vec![("messages", history(json!("{\"city\": \"It's\",}")))]),
        ("tool-arguments-invalid", vec![("messages", history(json!("{'city': \"W\", n: 1}")))]),
        ("tool-arguments-invalid", vec![("messages", history(json!("")))]),
        ("invalid-value", vec![("thinking", json!({"type": "Disabled"}))]),
        (
            "invalid-value",
            vec![("messages", parts(json!({"type": "image", "url": "https://a.b/c.png"})))],
        ),
        ("unknown-field", vec![("stop_sequences", json!(["a"]))]),
        ("ignored-parameter", vec![("chat_template_kwargs", json!({"enable_thinking": false}))]),
        ("ignored-parameter", vec![("enable_thinking", json!(false))]),
        (
            "ignored-parameter",
            vec![("extra_body", json!({"thinking": {"type": "disabled"}, "stop": ["d"]}))],
        ),
        (
            "conflicting-max-tokens",
            vec![("max_tokens", json!(1)), ("max_completion_tokens", json!(2))],
        ),
        ("stream-options-without-stream", vec![("stream_options", json!({"include_usage": true}))]),
        ("empty-value", vec![("frequency_penalty", Value::Null)]),
        (
            "wrong-protocol",
            vec![("tools", json!([{"type": "function", "name": "f", "parameters": schema}]))],
        ),
        (
            "wrong-protocol",
            vec![(
                "tools",
                json!([{"name": "f", "description": "It's \"f\"", "input_schema": schema}]),
            )],
        ),
    ]
}

/// How a file is written.
#[derive(Debug, Clone, Copy)]
struct Style {
    newline: &'static str,
    indent: &'static str,
    comments: bool,
    /// One line, where the syntax has lines that mean nothing.
    compact: bool,
    /// The second kind of quotes, or none.
    other_quotes: bool,
}

fn styles() -> Vec<Style> {
    let mut styles = Vec::new();
    for newline in ["\n", "\r\n"] {
        for indent in ["  ", "    "] {
            for comments in [false, true] {
                for (compact, other_quotes) in
                    [(false, false), (false, true), (true, false), (true, true)]
                {
                    styles.push(Style { newline, indent, comments, compact, other_quotes });
                }
            }
        }
    }
    styles
}

const SYNTAXES: [&str; 6] = ["json", "jsonl", "jsonc", "json5", "yaml", "toml"];

/// The request with these members, written in a syntax; `None` where that cannot say it.
fn written(syntax: &str, style: Style, members: &[(String, Value)]) -> Option<String> {
    let text = match syntax {
        "json" | "jsonl" if style.comments || style.other_quotes => return None,
        "jsonc" if style.other_quotes => return None,
        "jsonl" => {
            let line = braces("json", Style { compact: true, ..style }, members, 0)?;
            let plain = support::GOOD;
            format!("{plain}\n{line}\n{plain}")
        }
        "json" | "jsonc" | "json5" => format!("{}\n", braces(syntax, style, members, 0)?),
        "yaml" if style.compact => {
            format!("{}\n", braces("yaml", Style { comments: false, ..style }, members, 0)?)
        }
        "yaml" => {
            let mut out = if style.comments { "# a request\n".to_owned() } else { String::new() };
            block(style, members, 0, &mut out);
            out
        }
        _ if style.indent.len() == 4 && !style.compact => {
            let mut out = String::new();
            tables(style, members, "", &mut out)?;
            out
        }
        _ => {
            let mut out = String::new();
            for (key, value) in members {
                let note = if style.comments { " # note" } else { "" };
                let _ = writeln!(out, "{key} = {}{note}", scalar_or_flow("toml", style, value)?);
            }
            out
        }
    };
    Some(text.replace('\n', style.newline))
}

fn string(syntax: &str, style: Style, text: &str) -> String {
    if style.other_quotes && !text.contains('\'') {
        return format!("'{text}'");
    }
    let _ = syntax;
    Value::String(text.to_owned()).to_string()
}

fn name(syntax: &str, style: Style, key: &str) -> String {
    match syntax {
        "json5" if style.other_quotes => key.to_owned(),
        "json" | "jsonc" | "json5" => format!("\"{key}\""),
        _ => key.to_owned(),
    }
}

fn entries(value: &Value) -> Vec<(String, Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// A value on one line.
fn scalar_or_flow(syntax: &str, style: Style, value: &Value) -> Option<String> {
    let compact = Style { compact: true, comments: false, ..style };
    Some(match value {
        Value::Null if syntax == "toml" => return None,
        Value::String(text) => string(syntax, style, text),
        Value::Array(items) => {
            let items: Option<Vec<_>> =
                items.iter().map(|item| scalar_or_flow(syntax, compact, item)).collect();
            format!("[{}]", items?.join(", "))
        }
        Value::Object(_) => braces(syntax, compact, &entries(value), 0)?,
        word => word.to_string(),
    })
}

/// An object in braces.
fn braces(syntax: &str, style: Style, members: &[(String, Value)], depth: usize) -> Option<String> {
    let assign = if syntax == "toml" { " = " } else { ": " };
    let mut parts = Vec::new();
    for (key, value) in members {
        let value = match value {
            Value::Object(_) if !style.compact => {
                braces(syntax, style, &entries(value), depth + 1)?
            }
            Value::Array(items) if !style.compact && items.iter().all(Value::is_object) => {
                let items: Option<Vec<_>> = items
                    .iter()
                    .map(|item| braces(syntax, style, &entries(item), depth + 1))
                    .collect();
                format!("[{}]", items?.join(", "))
            }
            value => scalar_or_flow(syntax, style, value)?,
        };
        parts.push(format!("{}{assign}{value}", name(syntax, style, key)));
    }
    if style.compact {
        return Some(format!("{{{}}}", parts.join(", ")));
    }
    let inner = style.indent.repeat(depth + 1);
    let last = if syntax == "json5" && style.comments { "," } else { "" };
    let mut out = "{\n".to_owned();
    for (at, part) in parts.iter().enumerate() {
        let comma = if at + 1 < parts.len() { "," } else { last };
        let note = if style.comments { " // note" } else { "" };
        let _ = writeln!(out, "{inner}{part}{comma}{note}");
    }
    let _ = write!(out, "{}}}", style.indent.repeat(depth));
    Some(out)
}

/// An object as tables of TOML under `path`; small ones by dotted keys.
fn tables(style: Style, members: &[(String, Value)], path: &str, out: &mut String) -> Option<()> {
    let note = if style.comments { " # note" } else { "" };
    let is_list = |value: &Value| {
        let items = value.as_array();
        items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
    };
    let is_small = |value: &Value| value.as_object().is_some_and(|members| members.len() == 1);
    for (key, value) in members.iter().filter(|(_, value)| !is_list(value)) {
        match value {
            Value::Object(inner) if is_small(value) => {
                for (name, value) in inner {
                    let value = scalar_or_flow("toml", style, value)?;
                    let _ = writeln!(out, "{key}.{name} = {value}{note}");
                }
            }
            Value::Object(_) => {}
            value => {
                let value = scalar_or_flow("toml", style, value)?;
                let _ = writeln!(out, "{key} = {value}{note}");
            }
        }
    }
    for (key, value) in members {
        match value {
            Value::Object(_) if !is_small(value) => {
                let _ = writeln!(out, "\n[{path}{key}]{note}");
                tables(style, &entries(value), &format!("{path}{key}."), out)?;
            }
            value if is_list(value) => {
                for item in value.as_array().into_iter().flatten() {
                    let _ = writeln!(out, "\n[[{path}{key}]]{note}");
                    tables(style, &entries(item), &format!("{path}{key}."), out)?;
                }
            }
            _ => {}
        }
    }
    Some(())
}

/// An object as a YAML block.
fn block(style: Style, members: &[(String, Value)], depth: usize, out: &mut String) {
    for (at, (key, value)) in members.iter().enumerate() {
        let ends_a_dash = at == 0 && out.ends_with("- ");
        let indent = if ends_a_dash { String::new() } else { "  ".repeat(depth) };
        let note = if style.comments { " # note" } else { "" };
        match value {
            Value::Object(_) => {
                let _ = writeln!(out, "{indent}{key}:");
                block(style, &entries(value), depth + 1, out);
            }
            Value::Array(items) if items.iter().all(Value::is_object) => {
                let _ = writeln!(out, "{indent}{key}:");
                for item in items {
                    let _ = write!(out, "{}- ", "  ".repeat(depth + 1));
                    block(style, &entries(item), depth + 2, out);
                }
            }
            Value::String(text) if style.indent.len() == 4 && text.starts_with("mimo") => {
                let _ = writeln!(out, "{indent}{key}: {text}{note}");
            }
            value => {
                let value = scalar_or_flow("yaml", style, value).unwrap_or_default();
                let _ = writeln!(out, "{indent}{key}: {value}{note}");
            }
        }
    }
}

/// The members of a sound request with others put in or in their place, from the given one on.
fn members(damage: &[(&str, Value)], at: usize) -> Vec<(String, Value)> {
    let mut members = vec![
        ("model".to_owned(), json!("mimo-v2.6-pro")),
        ("messages".to_owned(), json!([{"role": "user", "content": "Grüße, 世界"}])),
        ("presence_penalty".to_owned(), json!(0)),
    ];
    for (key, value) in damage {
        match members.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value.clone(),
            None => members.insert(at.min(members.len()), ((*key).to_owned(), value.clone())),
        }
    }
    members
}

fn linter(fixing: Option<Fixing>) -> Linter {
    let builder = Linter::builder().config(ConfigSource::None).today(DAY).provider("xiaomi");
    let builder = match fixing {
        Some(fixing) => builder.fix(fixing),
        None => builder,
    };
    builder.build().expect("a linter")
}

/// Fails unless the fix, made alone, removes a finding, leaves the rest of the text, and the text parses.
#[track_caller]
fn check_alone(linter: &Linter, path: &str, text: &str, before: &FileReport, found: &Diagnostic) {
    let Some(after) = check_edits(linter, path, text, before, found) else { return };
    assert!(
        after.diagnostics.len() < before.diagnostics.len(),
        "{}: {path}\n{text}\n{:#?}",
        found.rule,
        after.diagnostics
    );
}

/// Fails unless the fix, made alone, leaves the rest of the text, and the text parses. What is told of it
/// then.
#[track_caller]
fn check_edits(
    linter: &Linter,
    path: &str,
    text: &str,
    before: &FileReport,
    found: &Diagnostic,
) -> Option<FileReport> {
    let fix = found.fix.as_ref()?;
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let fixed = apply(text, edits.iter().copied()).expect("edits that fit");
    // Outside of the edits every byte stands where it stood, moved by what the edits before it add.
    let (mut old, mut new) = (0, 0);
    for edit in &edits {
        let kept = &text[old..edit.span.start];
        assert_eq!(&fixed[new..new + kept.len()], kept, "{path}\n{text}");
        new += kept.len();
        assert_eq!(&fixed[new..new + edit.text.len()], edit.text, "{path}\n{text}");
        (old, new) = (edit.span.end, new + edit.text.len());
    }
    assert_eq!(&text[old..], &fixed[new..], "{path}\n{text}");
    let after = linter.check_text(path, &fixed);
    let faults = |report: &FileReport| {
        report.diagnostics.iter().filter(|one| one.rule == "syntax-error").count()
    };
    assert_eq!(
        faults(&after),
        0,
        "{}: {path}\n{text}\n{fixed}\n{:#?}",
        found.rule,
        after.diagnostics
    );
    assert_eq!(after.documents.len(), before.documents.len(), "{path}\n{text}\n{fixed}");
    Some(after)
}

/// Every line break of a text is of the kind that the file has.
fn breaks_are(text: &str, newline: &str) -> bool {
    match newline {
        "\r\n" => text.matches('\n').count() == text.matches("\r\n").count(),
        _ => !text.contains('\r'),
    }
}

#[test]
fn each_fix_works_in_each_syntax_alone() {
    let linter = linter(None);
    let mut seen = BTreeSet::new();
    for (number, (rule, damage)) in damages().into_iter().enumerate() {
        for syntax in SYNTAXES {
            for style in styles() {
                for at in [0, 3] {
                    let path = format!("request.{syntax}");
                    let Some(text) = written(syntax, style, &members(&damage, at)) else {
                        continue;
                    };
                    let report = linter.check_text(&path, &text);
                    let found = report.diagnostics.iter().find(|one| one.rule == rule);
                    let found = found
                        .unwrap_or_else(|| panic!("no {rule}:\n{text}\n{:#?}", report.diagnostics));
                    if found.fix.is_none() {
                        continue;
                    }
                    seen.insert((number, syntax));
                    check_alone(&linter, &path, &text, &report, found);
                }
            }
        }
    }
    for (number, (rule, _)) in damages().into_iter().enumerate() {
        for syntax in SYNTAXES {
            // TOML has no null.
            let impossible = syntax == "toml" && rule == "empty-value";
            assert!(
                seen.contains(&(number, syntax)) || impossible,
                "{rule}, damage {number}, is never fixed in {syntax}"
            );
        }
    }
}

#[test]
fn all_fixes_together_leave_comments_numbers_and_line_breaks() {
    let (plain, fixing) = (linter(None), linter(Some(ALL_FIXES)));
    for syntax in SYNTAXES {
        for style in styles() {
            let damage: Vec<_> = vec![
                ("temprature", json!(0.5)),
                ("enable_thinking", json!(true)),
                ("model", json!("mimo-v2.6-por")),
                ("max_completion_tokens", json!("512")),
                ("top_p", json!(0)),
            ];
            let path = format!("request.{syntax}");
            let Some(text) = written(syntax, style, &members(&damage, 1)) else { continue };
            let text = text.replace("0.5", "0.50");
            assert_eq!(plain.check_text(&path, &text).diagnostics.len(), 5, "{text}");
            let report = fixing.fix_text(&path, &text);
            let fixed = &report.rewritten.as_ref().expect("a fixed text").after;
            assert_eq!(report.fixed, 5, "{text}\n{fixed}");
            assert_eq!(report.diagnostics.len(), 0, "{fixed}");
            assert!(breaks_are(fixed, style.newline), "{fixed:?}");
            assert!(fixed.contains("0.50"), "a number keeps its text: {fixed}");
            let notes = |text: &str| text.matches("note").count();
            assert_eq!(notes(&text), notes(fixed), "comments stay: {fixed}");
            assert!(fixing.fix_text(&path, fixed).rewritten.is_none(), "fixed twice: {fixed}");
        }
    }
}

#[test]
fn a_fix_that_does_not_help_is_dropped_and_costs_the_others_nothing() {
    let line = |model: &str, field: &str| {
        format!(
            r#"{{"model": "{model}", {field}, "messages": [{{"role": "user", "content": "Hi"}}]}}"#
        )
    };
    // Under its right name the value is of the wrong type: nothing would be won.
    let slip = r#""temprature": "hot""#;
    let text = [line("mimo-v2.6-por", slip), line("mimo-v2.6-pr", r#""seed": 3"#)].join("\n");
    let report = linter(Some(ALL_FIXES)).fix_text("a.jsonl", &text);
    assert_eq!(report.fixed, 3, "{:#?}", report.diagnostics);
    let wanted = r#"{"model": "mimo-v2.6-pro", "temprature": "hot", "messages": [{"role": "user", "content": "Hi"}]}
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}"#;
    assert_eq!(report.rewritten.expect("a fixed text").after, wanted);
    let left: Vec<&str> = report.diagnostics.iter().map(|one| one.rule).collect();
    assert_eq!(left, ["unknown-field"]);
    assert!(report.diagnostics[0].fix.is_none(), "nobody is told to try it again");
}

/// Texts with faults that stand behind one another, each with what becomes of it.
#[test]
fn what_a_fix_brings_to_light_is_mended_too() {
    let chat = |rest: &str| {
        format!(
            r#"{{"model": "mimo-v2.6-pro", {rest}"messages": [{{"role": "user", "content": "Hi"}}]}}"#
        )
    };
    let commas = r#"{"model": "mimo-v2.6-pro", "stop": ["a",], "messages": [{"role": "user", "content": "Hi",},],}"#;
    for (name, text, wanted) in [
        ("a.json", commas.to_owned(), chat(r#""stop": ["a"], "#)),
        ("a.json", chat(r#""temperature": "3", "#), chat(r#""temperature": 1.5, "#)),
        ("a.json", chat(r#""temprature": 3, "#), chat(r#""temperature": 1.5, "#)),
        (
            "a.json",
            chat(r#""stream": True, "seed": 1, "logprobs": None, "#),
            chat(r#""stream": true, "#),
        ),
        (
            "a.jsonl",
            [commas.to_owned(), chat(r#""temperature": "3", "#), commas.to_owned()].join("\n"),
            [
                chat(r#""stop": ["a"], "#),
                chat(r#""temperature": 1.5, "#),
                chat(r#""stop": ["a"], "#),
            ]
            .join("\n"),
        ),
    ] {
        let report = linter(Some(ALL_FIXES)).fix_text(name, &text);
        let fixed = report.rewritten.map(|rewritten| rewritten.after);
        assert_eq!(fixed.as_deref(), Some(wanted.as_str()), "{:#?}", report.diagnostics);
    }
}

/// What is told to be fixable is what fixing removes, with the safe fixes and with all.
#[test]
fn fixes_are_promised_as_they_are_kept() {
    let chat = |rest: &str| {
        format!(
            r#"{{"model": "mimo-v2.6-pro", {rest}, "messages": [{{"role": "user", "content": "Hi"}}]}}"#
        )
    };
    let text = [
        chat(r#""temperature": "0.5""#),
        chat(r#""temperature": "3""#),
        chat(r#""temperature": 3"#),
        chat(r#""temprature": "hot""#),
        chat(r#""stop": ["a",], "tools": []"#),
        chat(r#""stop": ["a",], "top_k": {x}"#),
    ]
    .join("\n");
    let told = linter(None).fix_text("a.jsonl", &text);
    let count = |applicability| {
        let fixes = told.diagnostics.iter().filter_map(|found| found.fix.as_ref());
        fixes.filter(|fix| fix.applicability == applicability).count()
    };
    let (safe, risky) = (count(Applicability::Safe), count(Applicability::Unsafe));
    assert_eq!((safe, risky), (2, 2), "{:#?}", told.diagnostics);
    let fixing = Fixing { with_unsafe: false, write: true };
    let left = linter(Some(fixing)).fix_text("a.jsonl", &text);
    assert_eq!(left.fixed, safe);
    assert_eq!(left.diagnostics.len(), told.diagnostics.len() - safe);
    assert_eq!(left.diagnostics.iter().filter(|found| found.fix.is_some()).count(), risky);
    assert_eq!(linter(Some(ALL_FIXES)).fix_text("a.jsonl", &text).fixed, safe + risky);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_is_mended_once_and_for_all(
        syntax in prop::sample::select(SYNTAXES.to_vec()),
        style in prop::sample::select(styles()),
        which in prop::collection::btree_set(0..damages().len(), 1..6),
        at in 0_usize..5,
    ) {
        let (plain, fixing) = (linter(None), linter(Some(ALL_FIXES)));
        let all = damages();
        let damage: Vec<_> = which.iter().flat_map(|number| all[*number].1.clone()).collect();
        let path = format!("request.{syntax}");
        let Some(text) = written(syntax, style, &members(&damage, at)) else { return Ok(()) };
        let before = plain.check_text(&path, &text);
        let report = fixing.fix_text(&path, &text);
        let Some(rewritten) = &report.rewritten else {
            return Ok(());
        };
        let fixed = &rewritten.after;
        let after = plain.check_text(&path, fixed);
        prop_assert!(after.diagnostics.len() + report.fixed <= before.diagnostics.len(), "{}\n{}", text, fixed);
        prop_assert!(after.diagnostics.iter().all(|one| one.rule != "syntax-error"), "{}\n{}", text, fixed);
        prop_assert!(breaks_are(fixed, style.newline));
        prop_assert!(fixed.contains("Grüße, 世界"));
        prop_assert!(fixing.fix_text(&path, fixed).rewritten.is_none(), "{}\n{}", text, fixed);
    }

    #[test]
    fn whatever_a_text_is_fixes_make_it_no_worse(
        syntax in prop::sample::select(SYNTAXES.to_vec()),
        number in 0..damages().len(),
        style in prop::sample::select(styles()),
        from in 0_usize..200,
        length in 0_usize..4,
        put in "[\\PC\\n]{0,3}",
    ) {
        let (plain, fixing) = (linter(None), linter(Some(ALL_FIXES)));
        let path = format!("request.{syntax}");
        let damage = damages()[number].1.clone();
        let Some(mut text) = written(syntax, style, &members(&damage, 1)) else { return Ok(()) };
        let mut from = from.min(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + length).min(text.len());
        while !text.is_char_boundary(to) { to -= 1; }
        text.replace_range(from..to.max(from), &put);
        let before = plain.check_text(&path, &text);
        let report = fixing.fix_text(&path, &text);
        if let Some(rewritten) = &report.rewritten {
            let after = plain.check_text(&path, &rewritten.after);
            prop_assert!(after.diagnostics.len() < before.diagnostics.len(), "{}\n{}", text, rewritten.after);
        }
    }
}

/// The texts of all fixtures that fail.
fn failing() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["fixtures/rules", "fixtures/clients"] {
        for path in files_below(folder, "") {
            let shown = shown(&path);
            if shown.contains("/fail/") {
                found.push((shown, std::fs::read_to_string(path).expect("UTF-8")));
            }
        }
    }
    found
}

#[test]
fn every_fixture_that_fails_is_mended_or_left_alone() {
    let plain = Linter::builder().build().expect("a linter");
    let fixing = Linter::builder().fix(ALL_FIXES).build().expect("a linter");
    let mut mended = 0;
    for (path, text) in failing() {
        let before = plain.check_text(&path, &text);
        let offered = before.diagnostics.iter().filter(|one| one.fix.is_some()).count();
        let report = fixing.fix_text(&path, &text);
        let Some(rewritten) = &report.rewritten else {
            assert_eq!(offered, 0, "{path}: a fix that does not help is offered");
            continue;
        };
        mended += 1;
        let after = plain.check_text(&path, &rewritten.after);
        assert!(after.diagnostics.len() < before.diagnostics.len(), "{path}:\n{}", rewritten.after);
        let rules = |report: &FileReport| -> BTreeSet<&str> {
            report.diagnostics.iter().map(|one| one.rule).collect()
        };
        assert!(rules(&after).is_subset(&rules(&before)), "{path}: {:?}", rules(&after));
        for found in &before.diagnostics {
            check_alone_in_fixture(&plain, &path, &text, &before, found);
        }
        assert!(
            fixing.fix_text(&path, &rewritten.after).rewritten.is_none(),
            "{path} changes again"
        );
    }
    assert!(mended > 60, "only {mended} fixtures are mended");
}

fn check_alone_in_fixture(
    linter: &Linter,
    path: &str,
    text: &str,
    before: &FileReport,
    found: &Diagnostic,
) {
    // Some take others to be complete; what they come to together is checked above.
    if before.diagnostics.iter().all(|one| one.rule != "syntax-error") {
        check_edits(linter, path, text, before, found);
    }
}

#[test]
fn the_rules_that_say_so_are_fixable_and_no_others() {
    let linter = Linter::builder().build().expect("a linter");
    let mut fixed = BTreeSet::new();
    for (path, text) in failing() {
        let report = linter.check_text(&path, &text);
        let fixes = report.diagnostics.iter().filter_map(|one| Some((one.rule, one.fix.as_ref()?)));
        fixed.extend(fixes.map(|(rule, fix)| (rule, fix.applicability.as_str())));
    }
    let kinds =
        ALL.iter().flat_map(|rule| rule.fixes.kinds().iter().map(|kind| (rule.id, kind.as_str())));
    assert_eq!(fixed, kinds.collect::<BTreeSet<_>>());
}

#[test]
fn no_fix_writes_a_key() {
    let linter = Linter::builder().build().expect("a linter");
    for (path, text) in failing() {
        let report = linter.check_text(&path, &text);
        for edit in
            report.diagnostics.iter().filter_map(|one| one.fix.as_ref()).flat_map(|fix| &fix.edits)
        {
            let secret = report.secrets.iter().map(|span| span.slice(&text).trim_matches('"'));
            for key in secret.filter(|key| key.len() > 4) {
                assert!(!edit.text.contains(&key[..5]), "{path}: {}", edit.text);
            }
        }
    }
    assert!(Path::new("fixtures/rules/malformed-api-key/fail").is_dir());
}

/// Settings with faults, and as they are with all fixes applied.
#[test]
fn settings_are_mended_in_their_own_quotes() {
    const KEY: &str = "tp-q7w3e9r1t5y2u8i4o6p0a9s3d7f1g5h2j8k4l6z0x2c8v4b6n";
    let cases = [
        (
            ".env",
            "# mine\r\nexport MIMO_BASE_URL=http://token-plan-cn.xiaomimimo.com/v1 # plan\r\nMIMO_MODEL='mimo-v2.6-por'\r\nMIMO_API_KEY=\"Bearer KEY\"\r\n",
            "# mine\r\nexport MIMO_BASE_URL=https://token-plan-cn.xiaomimimo.com/v1 # plan\r\nMIMO_MODEL='mimo-v2.6-pro'\r\nMIMO_API_KEY=\"KEY\"\r\n",
        ),
        (
            ".env",
            "MIMO_BASE_URL=\"https://token-plan-cn.xiaomimimo.com/v1/v1\"\nMIMO_MODEL=mimo-v2-6-pro\nMIMO_API_KEY='\"KEY\"'",
            "MIMO_BASE_URL=\"https://token-plan-cn.xiaomimimo.com/v1\"\nMIMO_MODEL=mimo-v2.6-pro\nMIMO_API_KEY='KEY'",
        ),
        (
            "docker-compose.yml",
            "services:\n  a:\n    environment:\n      - MIMO_BASE_URL=http://api.xiaomimimo.com/v1 # x\n      - \"MIMO_MODEL=mimo-v2.6-por\"\n  b:\n    environment:\n      MIMO_BASE_URL: 'https://api.xiaomimimo.com/v1/v1'\n      MIMO_MODEL: mimo-v2.6-flsh\n",
            "services:\n  a:\n    environment:\n      - MIMO_BASE_URL=https://api.xiaomimimo.com/v1 # x\n      - \"MIMO_MODEL=mimo-v2.6-pro\"\n  b:\n    environment:\n      MIMO_BASE_URL: 'https://api.xiaomimimo.com/v1'\n      MIMO_MODEL: mimo-v2.6-flash\n",
        ),
        (
            "config.toml",
            "[llm] # mine\nbase_url = 'http://api.xiaomimimo.com/v1'\napi_key = \"${MIMO_API_KEY}\"\nmodel = \"mimo-v2.6-por\" # best\n",
            "[llm] # mine\nbase_url = 'https://api.xiaomimimo.com/v1'\napi_key = \"${MIMO_API_KEY}\"\nmodel = \"mimo-v2.6-pro\" # best\n",
        ),
        (
            ".claude/settings.json",
            "{\n\t\"env\": {\n\t\t\"ANTHROPIC_BASE_URL\": \"http:\\/\\/api.xiaomimimo.com/anthropic\",\n\t\t\"ANTHROPIC_MODEL\": \"MiMo-V2.6-Pro\"\n\t}\n}\n",
            "{\n\t\"env\": {\n\t\t\"ANTHROPIC_BASE_URL\": \"https://api.xiaomimimo.com/anthropic\",\n\t\t\"ANTHROPIC_MODEL\": \"mimo-v2.6-pro\"\n\t}\n}\n",
        ),
    ];
    let builder = Linter::builder().config(ConfigSource::None).today(DAY);
    let fixing = builder.fix(ALL_FIXES).build().expect("a linter");
    for (path, text, wanted) in cases {
        let (text, wanted) = (
            text.replace("KEY\"", &format!("{KEY}\"")),
            wanted.replace("KEY\"", &format!("{KEY}\"")),
        );
        let wanted = wanted.replace("'KEY'", &format!("'{KEY}'"));
        let report = fixing.fix_text(path, &text);
        let fixed = report.rewritten.map(|rewritten| rewritten.after);
        assert_eq!(fixed.as_deref(), Some(wanted.as_str()), "{path}: {:#?}", report.diagnostics);
    }
}
