//! One line a finding, for pipes and editors.

use super::escape::{inert, printable};
use crate::diagnostic::Diagnostic;

/// `path:line:column: severity[rule]: message; label (400 invalid_request) [--fix]`, without a line
/// break.
#[must_use]
pub fn line(diagnostic: &Diagnostic) -> String {
    let mut line = format!(
        "{}:{}:{}: {}[{}]: {}",
        diagnostic.path,
        diagnostic.start.line,
        diagnostic.start.column,
        diagnostic.severity,
        diagnostic.rule,
        diagnostic.message
    );
    if !diagnostic.label.is_empty() {
        line.push_str("; ");
        line.push_str(&diagnostic.label);
    }
    if let Some(answer) = &diagnostic.predicts {
        line.push_str(&format!(" ({})", answer.short()));
    }
    if let Some(options) = diagnostic.fixed_by() {
        line.push_str(&format!(" [{options}]"));
    }
    inert(&printable(&line)).into_owned()
}
