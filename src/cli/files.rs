//! `requestlint files`

use std::io::{self, Write};

use serde_json::json;

use super::args::{FilesArguments, TableFormat};
use super::streams::write_json;
use super::{Failure, Outcome, check, terminal};
use crate::engine::{DocumentReport, FileReport, Report};
use crate::identify::Verdict;
use crate::report::{inert_lines, printable};

/// Runs the command.
pub fn run(arguments: &FilesArguments) -> Result<Outcome, Failure> {
    let linter = check::builder(&arguments.selection).build()?;
    let mut report = Report::default();
    check::lint(&linter, &arguments.selection, true, false, &mut |mut file| {
        report.summary.add(&file);
        file.diagnostics.clear();
        file.source = None;
        report.files.push(file);
    })?;
    for error in linter.config_errors() {
        terminal::tell_config_fault(&error);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        TableFormat::Human => {
            let mut text = Vec::new();
            human(&report, &mut text)?;
            out.write_all(inert_lines(&String::from_utf8_lossy(&text)).as_bytes())?;
        }
        TableFormat::Json => as_json(&report, &mut out)?,
    }
    out.flush()?;
    Ok(if report.summary.failures > 0 { Outcome::Failure } else { Outcome::Clean })
}

fn human(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for file in &report.files {
        for document in &file.documents {
            let place = place(file, document);
            match &document.verdict {
                Verdict::Judged { kind, provider, evidence } => {
                    let provider = provider.as_ref().map_or("-", |provider| provider.id.as_str());
                    let client = document.client.as_deref().map(|client| format!("{client}: "));
                    writeln!(
                        out,
                        "{place}  {kind}  {provider}  ({}{})",
                        client.unwrap_or_default(),
                        printable(&evidence.to_string())
                    )?;
                }
                Verdict::Skipped(reason) => {
                    writeln!(out, "{place}  skipped: {}", printable(reason))?
                }
            }
        }
        let path = printable(&file.path);
        if let Some(error) = &file.error {
            writeln!(out, "{path}  cannot be read: {}", printable(error))?;
        } else if let Some(reason) = &file.skipped {
            writeln!(out, "{path}  skipped: {}", printable(reason))?;
        } else if file.documents.is_empty() {
            writeln!(out, "{path}  holds no request")?;
        }
    }
    let summary = report.summary;
    writeln!(
        out,
        "{} seen; {} in {} of them, {} skipped that may hold requests",
        check::counted(report.files.len(), "file"),
        check::seen(&summary),
        summary.files,
        summary.skipped
    )
}

/// `path`, with the line where a file holds several, and the pointer where it is wrapped.
fn place(file: &FileReport, document: &DocumentReport) -> String {
    let mut place = printable(&file.path).into_owned();
    if document.line > 1 || file.documents.len() > 1 {
        place.push_str(&format!(":{}", document.line));
    }
    if !document.pointer.is_empty() {
        place.push_str(&format!("#{}", printable(&document.pointer)));
    }
    place
}

fn as_json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let files: Vec<_> = report
        .files
        .iter()
        .map(|file| {
            let documents: Vec<_> = file.documents.iter().map(document_json).collect();
            json!({"path": file.path, "documents": documents, "skipped": file.skipped, "error": file.error})
        })
        .collect();
    write_json(out, &json!({"format_version": 1, "files": files}))
}

fn document_json(document: &DocumentReport) -> serde_json::Value {
    let mut shown = json!({
        "index": document.index,
        "line": document.line,
        "pointer": document.pointer,
        "start": document.span.start,
        "end": document.span.end,
    });
    match &document.verdict {
        Verdict::Judged { kind, provider, evidence } => {
            shown["kind"] = json!(kind.name());
            shown["provider"] = json!(provider.as_ref().map(|provider| &provider.id));
            shown["evidence"] = json!(evidence.to_string());
            if let Some(client) = &document.client {
                shown["client"] = json!(client);
            }
        }
        Verdict::Skipped(reason) => shown["skipped"] = json!(reason),
    }
    shown
}
