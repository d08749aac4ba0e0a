//! `requestlint completions`

use std::io::{self, Write as _};

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::args::Arguments;
use super::{Failure, Outcome};

/// Which shell.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// Runs the command.
pub fn run(arguments: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut command = Arguments::command();
    // It cannot fail in memory; a pipe that is closed early is told as everywhere.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "requestlint", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}
