//! The `requestlint` command: parses arguments, calls the command, maps its outcome to an exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    requestlint::cli::main()
}
