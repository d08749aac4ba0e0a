//! `--format gitlab`: the code quality report that merge requests show.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::sarif::text;
use crate::diagnostic::{Diagnostic, Severity};

/// The report, one entry a finding.
#[must_use]
pub fn report(found: &[Diagnostic]) -> Value {
    let mut seen = HashSet::new();
    let entries = found.iter().map(|diagnostic| {
        // GitLab drops what has a fingerprint that it has seen.
        let mut fingerprint = diagnostic.fingerprint.clone();
        while !seen.insert(fingerprint.clone()) {
            fingerprint.push('x');
        }
        json!({
            "description": text(diagnostic),
            "check_name": diagnostic.rule,
            "fingerprint": fingerprint,
            "severity": match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            "location": {
                "path": diagnostic.path.strip_prefix("./").unwrap_or(&diagnostic.path),
                "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
            },
        })
    });
    Value::Array(entries.collect())
}
