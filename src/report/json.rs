//! `--format json`: the stable output for programs.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::diagnostic::{Diagnostic, Position, Prediction, Summary};

/// The version of the output's form. It changes only when a program that reads it would break.
const FORMAT_VERSION: u32 = 1;

/// A file that could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct FailedFile {
    /// The path as it is shown.
    pub path: String,
    /// Why.
    pub message: String,
}

/// A whole report.
#[derive(Debug, Serialize)]
pub struct JsonReport<'d> {
    format_version: u32,
    tool: Tool,
    summary: Summary,
    diagnostics: Vec<Shown<'d>>,
    errors: &'d [FailedFile],
}

#[derive(Debug, Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl<'d> JsonReport<'d> {
    /// A report of `diagnostics`, in their order.
    #[must_use]
    pub fn new(summary: Summary, diagnostics: &'d [Diagnostic], errors: &'d [FailedFile]) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            tool: Tool { name: "requestlint", version: env!("CARGO_PKG_VERSION") },
            summary,
            diagnostics: diagnostics.iter().map(Shown).collect(),
            errors,
        }
    }
}

/// A finding, in the form that it has among the `diagnostics` of a report.
pub fn json_diagnostic(diagnostic: &Diagnostic) -> impl Serialize + '_ {
    Shown(diagnostic)
}

#[derive(Debug)]
struct Shown<'d>(&'d Diagnostic);

#[derive(Serialize)]
struct SpanShown {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct DocumentShown<'d> {
    index: usize,
    kind: &'d str,
    provider: &'d str,
    pointer: &'d str,
    request: &'d str,
    span: SpanShown,
}

#[derive(Serialize)]
struct RelatedShown<'d> {
    message: &'d str,
    path: &'d str,
    span: SpanShown,
}

#[derive(Serialize)]
struct EditShown<'d> {
    start: usize,
    end: usize,
    text: &'d str,
}

#[derive(Serialize)]
struct FixShown<'d> {
    applicability: crate::diagnostic::Applicability,
    edits: Vec<EditShown<'d>>,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let found = self.0;
        let span = |start, end| SpanShown { start, end };
        let document = DocumentShown {
            index: found.document.index,
            kind: &found.document.kind,
            provider: &found.document.provider,
            pointer: &found.document.pointer,
            request: &found.document.request,
            span: span(found.document.start, found.document.end),
        };
        let related: Vec<_> = found
            .related
            .iter()
            .map(|other| RelatedShown {
                message: &other.message,
                path: &other.path,
                span: span(other.start, other.end),
            })
            .collect();
        let fix = found.fix.as_ref().map(|fix| FixShown {
            applicability: fix.applicability,
            edits: fix
                .edits
                .iter()
                .map(|edit| EditShown {
                    start: edit.span.start,
                    end: edit.span.end,
                    text: &edit.text,
                })
                .collect(),
        });
        let predicts: Option<&Prediction> = found.predicts.as_ref();
        let mut shown = serializer.serialize_struct("Diagnostic", 14)?;
        shown.serialize_field("rule", found.rule)?;
        shown.serialize_field("severity", &found.severity)?;
        shown.serialize_field("message", &found.message)?;
        shown.serialize_field("label", &found.label)?;
        shown.serialize_field("help", &found.help)?;
        shown.serialize_field("path", &found.path)?;
        shown.serialize_field("document", &document)?;
        shown.serialize_field("pointer", &found.pointer)?;
        shown.serialize_field("target", &found.target)?;
        shown.serialize_field("span", &span(found.start, found.end))?;
        shown.serialize_field("predicts", &predicts)?;
        shown.serialize_field("related", &related)?;
        shown.serialize_field("fingerprint", &found.fingerprint)?;
        shown.serialize_field("fix", &fix)?;
        shown.end()
    }
}
