//! The command line: one file a command.

mod args;
mod baseline;
mod check;
mod completions;
mod diagnose;
mod explain;
mod explain_causes;
mod files;
mod fixing;
mod git;
mod hosts;
mod init;
mod known;
mod models;
mod output;
mod progress;
mod rules;
mod schema;
mod streams;
mod terminal;

use std::io;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Arguments, Command};

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to report.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// A usage, configuration or I/O error.
    Failure,
    /// Fewer requests than asked for.
    TooFew,
}

impl Outcome {
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failure => 2,
            Outcome::TooFew => 3,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Failure {
    /// A sentence for the person.
    Told(String),
    /// A faulty configuration, shown with its place.
    Config(std::sync::Arc<crate::engine::ConfigError>),
    /// Writing failed.
    Io(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Io(error)
    }
}

impl From<crate::engine::SetupError> for Failure {
    fn from(error: crate::engine::SetupError) -> Self {
        match error {
            crate::engine::SetupError::Config(error) => Failure::Config(error),
            other => Failure::Told(other.to_string()),
        }
    }
}

/// Runs the command that the process's arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let command = args::without_empty_variables(Arguments::command());
    let parsed = command
        .try_get_matches()
        .and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            let failed = error.use_stderr();
            // What was typed may be the name of a file, which is not to act on a terminal or a workflow.
            let is_plain = |text: &str| !text.contains(char::is_control) && !text.contains("##[");
            if std::env::args_os().all(|one| is_plain(&one.to_string_lossy())) {
                // Nothing is left to do where even this cannot be written.
                let _ = error.print();
            } else {
                terminal::tell(&error.render().to_string());
            }
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    let done = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Files(arguments) => files::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Diagnose(arguments) => diagnose::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match done {
        Ok(outcome) => outcome.code(),
        // Whoever reads the output has read enough.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Io(error)) => {
            terminal::tell(&format!("error: cannot write: {error}"));
            Outcome::Failure.code()
        }
        Err(Failure::Told(message)) => {
            terminal::tell(&format!("error: {message}"));
            Outcome::Failure.code()
        }
        Err(Failure::Config(error)) => {
            terminal::tell_config_fault(&error);
            Outcome::Failure.code()
        }
    }
}
