//! Lints the request that caused an error.

use std::borrow::Cow;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::args::DiagnoseArguments;
use super::Failure;
use crate::diagnostic::{Diagnostic, Source};
use crate::engine::{FileReport, Linter};
use crate::extract::{Syntax, extract};
use crate::identify::{Evidence, Verdict};
use crate::knowledge::{DocumentKind, Provider};

/// A request, as a linter saw it.
pub struct Request {
    /// Its path, as it is shown.
    pub path: String,
    /// Everything that was found in it.
    pub diagnostics: Vec<Diagnostic>,
    /// The text, where there are findings to show in it.
    pub source: Option<Arc<Source>>,
    /// Where keys stand in it.
    pub secrets: Vec<crate::diagnostic::Span>,
    /// The kinds of the requests in the file.
    pub kinds: Vec<String>,
    /// The provider that the first is held to.
    pub provider: Option<Arc<Provider>>,
    /// Whether a URL beside it or the configuration says so.
    pub is_addressed: bool,
    /// Whether a URL beside it names a known API's host.
    pub has_host: bool,
    /// Why there is none.
    pub skipped: Option<String>,
}

impl Request {
    /// Whether the file holds a request at all.
    pub fn is_recognised(&self) -> bool {
        !self.kinds.is_empty()
    }
}

/// What `--request` names; standard input is read.
pub fn given(path: &Path) -> Result<Given, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Given::Text(stdin()?));
    }
    if path.is_dir() {
        let message = format!("{} is a folder; --request wants a file", path.display());
        return Err(Failure::Told(message));
    }
    Ok(Given::File(path.to_path_buf()))
}

/// Lints a request, held to `provider` where there is one.
pub fn lint(
    given: &Given,
    provider: Option<&str>,
    arguments: &DiagnoseArguments,
) -> Result<Request, Failure> {
    let mut builder = Linter::builder().config(arguments.configuration.source());
    if let Some(provider) = provider {
        builder = builder.provider(provider);
    }
    if let Some(today) = &arguments.today {
        builder = builder.today(today);
    }
    let mut report = check(&builder.clone().build()?, given)?;
    if report.documents.is_empty() && given.begins_a_request() {
        // It was named as a request, so it is one, although it lacks what others are recognised by.
        report = check(&builder.kind(DocumentKind::ChatCompletions.name()).build()?, given)?;
    }
    Ok(request(report))
}

fn stdin() -> Result<String, Failure> {
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.map_err(|error| Failure::Told(format!("cannot read standard input: {error}")))?;
    Ok(text)
}

/// What `--request` names.
pub enum Given {
    Text(String),
    File(PathBuf),
}

impl Given {
    /// Whether a member of a request stands at the top of it.
    fn begins_a_request(&self) -> bool {
        let text = match self {
            Given::Text(text) => Cow::Borrowed(text),
            Given::File(path) => Cow::Owned(std::fs::read_to_string(path).unwrap_or_default()),
        };
        let mut begins = false;
        extract(Syntax::Json, &text, &mut |document| {
            let members = ["model", "messages", "input"];
            begins = document
                .root()
                .is_some_and(|root| members.iter().any(|name| root.get(name).is_some()));
        });
        begins
    }
}

fn check(linter: &Linter, given: &Given) -> Result<FileReport, Failure> {
    let report = match given {
        Given::Text(text) => linter.check_text("stdin.json", text),
        Given::File(path) => file(linter, path),
    };
    if let Some(error) = linter.config_errors().into_iter().next() {
        return Err(Failure::Config(error));
    }
    match report.error {
        Some(error) => Err(Failure::Told(format!("{}: {error}", report.path))),
        None => Ok(report),
    }
}

/// A file is read as its name says; where that says nothing, or no JSON of a text that is some, as what it
/// looks like: it was named as the request.
fn file(linter: &Linter, path: &Path) -> FileReport {
    let syntax = Syntax::of_path(&path.to_string_lossy());
    let as_named = linter.check_paths(&[path.to_path_buf()]).files;
    let report = as_named.into_iter().next().unwrap_or_default();
    if !report.documents.is_empty() || report.error.is_some() || reads_json(syntax) {
        return report;
    }
    let whole = |report: &FileReport| {
        let broken = report.diagnostics.iter().any(|one| one.rule == "syntax-error");
        !report.documents.is_empty() && !broken
    };
    // What no reading makes whole is broken JSON, if it is a request at all.
    let json = linter.check_file_as(path, Syntax::Json);
    if whole(&json) {
        return json;
    }
    let lines = linter.check_file_as(path, Syntax::Jsonl);
    if whole(&lines) {
        return lines;
    }
    if !json.documents.is_empty() {
        return json;
    }
    let yaml = linter.check_file_as(path, Syntax::Yaml);
    match (yaml.documents.is_empty(), syntax) {
        (false, _) => yaml,
        (true, Some(_)) => report,
        (true, None) => json,
    }
}

/// Whether JSON is read in files of `syntax`.
fn reads_json(syntax: Option<Syntax>) -> bool {
    use Syntax::{Json, Json5, Jsonc, Jsonl, Yaml};
    matches!(syntax, Some(Json | Jsonl | Jsonc | Json5 | Yaml))
}

fn request(report: FileReport) -> Request {
    // The API refuses it, whatever a comment says.
    let mut diagnostics = report.diagnostics;
    diagnostics.extend(report.suppressed.into_iter().map(|one| one.diagnostic));
    diagnostics.retain(|found| found.rule != crate::rules::UNUSED_SUPPRESSION);
    diagnostics.sort_by_key(|found| (found.span.start, found.rule));
    let mut kinds = Vec::new();
    let mut held_to = None;
    let (mut is_addressed, mut has_host) = (false, false);
    let mut reason = report.skipped;
    for document in report.documents {
        match document.verdict {
            Verdict::Judged { kind, provider, evidence } => {
                has_host |= matches!(evidence, Evidence::Addressed(_));
                is_addressed |= has_host || matches!(evidence, Evidence::Declared);
                kinds.push(kind.name().to_owned());
                held_to = held_to.or(provider);
            }
            Verdict::Skipped(why) => reason = reason.or(Some(why)),
        }
    }
    kinds.sort();
    kinds.dedup();
    Request {
        path: report.path,
        diagnostics,
        source: report.source,
        secrets: report.secrets,
        kinds,
        provider: held_to,
        is_addressed,
        has_host,
        skipped: reason,
    }
}
