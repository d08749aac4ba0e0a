//! `--format sarif`: SARIF 2.1.0, for code scanning and other readers of analysis results.

use serde_json::{Value, json};

use super::FailedFile;
use crate::diagnostic::{Diagnostic, Edit, Position, Related, Severity};

/// What a reader of results is told of a rule.
#[derive(Debug, Clone)]
pub struct RuleInfo {
    /// Its name.
    pub id: &'static str,
    /// One sentence: what it finds.
    pub summary: &'static str,
    /// Markdown: why, with examples.
    pub docs: String,
    /// How bad its findings are by default.
    pub severity: Severity,
}

/// A finding that is suppressed, and why.
#[derive(Debug, Clone)]
pub struct SuppressedFinding {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// The reason that stands with the suppression.
    pub reason: Option<String>,
    /// Whether a comment in the file suppresses it, rather than a list beside it.
    pub in_source: bool,
}

/// The log of a run. Every rule is declared, also the silent ones, so that a reader can tell what is
/// mended from what was not looked for.
#[must_use]
pub fn log(
    rules: &[RuleInfo],
    found: &[Diagnostic],
    suppressed: &[SuppressedFinding],
    failed: &[FailedFile],
) -> Value {
    let index = |id: &str| rules.iter().position(|rule| rule.id == id);
    let mut results: Vec<Value> =
        found.iter().map(|diagnostic| result(diagnostic, index(diagnostic.rule))).collect();
    for one in suppressed {
        let mut shown = result(&one.diagnostic, index(one.diagnostic.rule));
        let kind = if one.in_source { "inSource" } else { "external" };
        let mut suppression = json!({"kind": kind, "status": "accepted"});
        if let Some(reason) = &one.reason {
            suppression["justification"] = json!(reason);
        }
        shown["suppressions"] = json!([suppression]);
        results.push(shown);
    }
    let notes: Vec<Value> = failed
        .iter()
        .map(|file| {
            json!({
                "level": "error",
                "message": {"text": file.message},
                "locations": [{"physicalLocation": {"artifactLocation": artifact(&file.path)}}],
            })
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "requestlint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": failed.is_empty(),
                "toolExecutionNotifications": notes,
            }],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that was linted."}}},
            "results": results,
        }],
    })
}

fn rule(rule: &RuleInfo) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.docs, "markdown": rule.docs},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(found: &Diagnostic, rule_index: Option<usize>) -> Value {
    let mut shown = json!({
        "ruleId": found.rule,
        "level": level(found.severity),
        "message": {"text": text(found)},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": artifact(&found.path),
                "region": region(found.start, found.end),
            },
            "logicalLocations": [{"fullyQualifiedName": found.pointer, "kind": "member"}],
        }],
        "partialFingerprints": {"requestlint/v1": found.fingerprint},
        "properties": {
            "kind": found.document.kind,
            "provider": found.document.provider,
            "predicts": found.predicts,
        },
    });
    if let Some(index) = rule_index {
        shown["ruleIndex"] = json!(index);
    }
    if !found.related.is_empty() {
        let related: Vec<Value> = found.related.iter().enumerate().map(related).collect();
        shown["relatedLocations"] = json!(related);
    }
    if let Some(fix) = &found.fix {
        // A region of bytes alone would be one of a binary file, for which the text that comes is none.
        let replacement = |(edit, (start, end)): (&Edit, &(Position, Position))| {
            json!({
                "deletedRegion": region(*start, *end),
                "insertedContent": {"text": edit.text},
            })
        };
        let replacements: Vec<Value> = fix.edits.iter().zip(&fix.places).map(replacement).collect();
        shown["fixes"] = json!([{
            "description": {"text": if found.label.is_empty() { &found.message } else { &found.label }},
            "artifactChanges": [{
                "artifactLocation": artifact(&found.path),
                "replacements": replacements,
            }],
        }]);
    }
    shown
}

fn related((index, place): (usize, &Related)) -> Value {
    json!({
        "id": index,
        "message": {"text": place.message},
        "physicalLocation": {
            "artifactLocation": artifact(&place.path),
            "region": region(place.start, place.end),
        },
    })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    })
}

/// The finding as a paragraph: readers show neither labels nor predictions.
pub(super) fn text(found: &Diagnostic) -> String {
    let mut text = found.message.clone();
    if !found.label.is_empty() {
        text.push_str(": ");
        text.push_str(&found.label);
    }
    let answer = found.predicts.as_ref().map(|answer| {
        let would = if answer.certain { "would" } else { "may" };
        format!("The API {would} answer {}", answer.short())
    });
    for sentence in found.help.iter().chain(&answer) {
        text.push_str(if text.ends_with(['?', '.']) { " " } else { ". " });
        text.push_str(sentence);
    }
    text
}

/// A file as a URI: relative to the folder that was linted, or whole where it lies outside.
fn artifact(path: &str) -> Value {
    let encoded = percent_encoded(path.strip_prefix("./").unwrap_or(path));
    if path.starts_with('/') {
        return json!({"uri": format!("file://{encoded}")});
    }
    json!({"uri": encoded, "uriBaseId": "%SRCROOT%"})
}

fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    // On Unix a backslash is part of a name.
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
        if plain {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{artifact, percent_encoded};

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(percent_encoded("a b/ü#?.json"), "a%20b/%C3%BC%23%3F.json");
        assert_eq!(artifact("./a.json")["uri"], "a.json");
        assert_eq!(artifact("/srv/a:b.json")["uri"], "file:///srv/a%3Ab.json");
    }
}
