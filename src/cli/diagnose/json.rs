//! A diagnosis for programs. Its form is stable, and the README has it.

use std::io;

use serde_json::{Value, json};

use super::Told;
use crate::cli::streams::json_text;
use crate::diagnose::LikelyCause;
use crate::report::json_diagnostic;

/// The version of the output's form. It changes only when a program that reads it would break.
const FORMAT_VERSION: u32 = 1;

/// The diagnosis, as one object.
pub fn shown(told: &Told<'_>) -> io::Result<String> {
    let error = told.error;
    let diagnosis = told.diagnosis;
    let meaning = diagnosis.meaning.as_ref().map(|row| {
        json!({
            "status": row.status,
            "code": row.code,
            "meaning": row.meaning,
            "solution": row.solution,
        })
    });
    let diagnostics = told.request.map_or(&[][..], |request| &request.diagnostics);
    let diagnostics = diagnostics.iter().map(|one| serde_json::to_value(json_diagnostic(one)));
    let object = json!({
        "format_version": FORMAT_VERSION,
        "error": {
            "form": error.form.name(),
            "status": error.status,
            "code": error.code,
            "type": error.kind,
            "message": error.message,
            "param": error.param,
            "provider": told.provider.id,
            "recognised_by": told.how,
        },
        "meaning": meaning,
        "causes": diagnosis.causes.iter().map(cause).collect::<Vec<_>>(),
        "request": told.request.map(|request| json!({
            "path": request.path,
            "kinds": request.kinds,
            "skipped": if request.is_recognised() { None } else { request.skipped.as_ref() },
        })),
        "diagnostics": diagnostics.collect::<Result<Vec<_>, _>>()?,
        "retry": {
            "retryable": diagnosis.retry.retryable,
            "after_seconds": diagnosis.retry.after_seconds,
            "guidance": diagnosis.retry.guidance,
        },
    });
    json_text(&object)
}

fn cause(cause: &LikelyCause) -> Value {
    json!({
        "cause": cause.cause,
        "rule": cause.rule,
        "not_told": cause.not_told,
        "fix": cause.fix,
        "matched": cause.matched.name(),
        "absent": cause.absent,
        "diagnostics": cause.findings,
        "source": cause.sources,
        "confidence": cause.confidence,
    })
}
