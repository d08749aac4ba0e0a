//! requestlint finds, before anything hits the network, every request to the MiMo API that the API
//! would refuse: where, to the byte, with which status, and what to write instead.
//!
//! ```
//! use requestlint::Linter;
//!
//! let linter = Linter::builder().build()?;
//! let report = linter.check_text(
//!     "chat.json",
//!     r#"{"model": "mimo-v2-por", "messages": [{"role": "user", "content": "Hi"}]}"#,
//! );
//! let found = &report.diagnostics[0];
//! assert_eq!(found.rule, "unknown-model");
//! assert_eq!(found.label, "did you mean `mimo-v2-pro`?");
//! assert_eq!(found.predicts.as_ref().map(|answer| answer.status), Some(404));
//! # Ok::<(), requestlint::SetupError>(())
//! ```
//!
//! The way of a text through the crate is one direction: [`discover`] finds files, [`extract`] makes
//! documents of them, [`identify`] decides what each is, [`rules`] find what is wrong, and a
//! [`report`] shows it; [`mod@fix`] makes edits of what a rule wants changed. [`knowledge`] holds the facts, all of them data of `schemas/`. [`diagnose`] goes
//! the other way: from an error that the API gave to its causes.
//!
//! # Features
//! `cli` (on by default) brings what the command needs; `human` the reports with source excerpts.
//! Without both, the library finds and does not print.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod diagnose;
pub mod diagnostic;
pub mod discover;
pub mod document;
pub mod engine;
pub mod extract;
pub mod fix;
pub mod identify;
pub mod knowledge;
pub mod report;
pub mod rules;

#[cfg(feature = "cli")]
pub mod cli;

pub use diagnostic::{
    Applicability, Diagnostic, Edit, Fix, Level, Position, Severity, Source, Span, Summary,
};
pub use engine::{ConfigSource, FileReport, Fixing, Linter, LinterBuilder, Report, SetupError};
