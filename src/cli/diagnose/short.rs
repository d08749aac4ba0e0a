//! A diagnosis in lines, for pipes.

use std::fmt::Write as _;

use super::{MOST, Told};
use crate::report::{printable, short_line};

/// The error, each cause with its findings, the other findings, and whether to try again: a line each.
pub fn shown(told: &Told<'_>) -> String {
    let mut text = String::new();
    let error = told.error;
    let mut head = error.status.map_or("unknown status".to_owned(), |status| status.to_string());
    for part in [&error.code, &error.message, &error.param].into_iter().flatten() {
        if !part.is_empty() && *part != head {
            let _ = write!(head, "; {part}");
        }
    }
    let _ = writeln!(text, "error at {}: {}", told.provider.id, printable(&head));
    let finding = |at: &usize| told.request.and_then(|request| request.diagnostics.get(*at));
    let causes = &told.diagnosis.causes;
    for cause in causes.iter().take(MOST) {
        let rule = cause.rule.as_deref().map_or(String::new(), |rule| format!("[{rule}]"));
        let fix = cause.fix.as_deref().map_or(String::new(), |fix| format!("; {fix}"));
        let _ = writeln!(text, "cause{rule}: {}{fix}", cause.cause);
        for finding in cause.findings.iter().filter_map(finding) {
            let _ = writeln!(text, "{}", short_line(finding));
        }
    }
    if causes.len() > MOST {
        let _ = writeln!(text, "causes: {} more (--format json)", causes.len() - MOST);
    }
    for finding in told.diagnosis.others.iter().filter_map(finding) {
        let _ = writeln!(text, "{}", short_line(finding));
    }
    let _ = writeln!(text, "retry: {}", told.diagnosis.retry.guidance);
    text
}
