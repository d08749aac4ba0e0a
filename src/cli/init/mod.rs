//! `requestlint init`

mod config;
mod hook;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::args::InitArguments;
use super::{Failure, Outcome, terminal};

/// A workflow that lints what is pushed.
const WORKFLOW: &str = include_str!("workflow.yml");

/// Runs the command.
pub fn run(arguments: &InitArguments) -> Result<Outcome, Failure> {
    let path = arguments.folder.join("requestlint.toml");
    let more = arguments.hook || arguments.workflow;
    match (path.exists(), arguments.force, more) {
        (true, false, true) => left(&path),
        (true, false, false) => {
            let message = format!("{} is there already; --force writes over it", path.display());
            return Err(Failure::Told(message));
        }
        _ => config::write(&path, arguments)?,
    }
    if arguments.hook {
        hook::write(&arguments.folder.join(".pre-commit-config.yaml"))?;
    }
    if arguments.workflow {
        let path = arguments.folder.join(".github/workflows/requestlint.yml");
        if path.exists() && !arguments.force {
            left(&path);
        } else {
            put(&path, &WORKFLOW.replace("VERSION", env!("CARGO_PKG_VERSION")))?;
            terminal::tell(&format!(
                "wrote {}: it runs on each push and pull request",
                path.display()
            ));
        }
    }
    Ok(Outcome::Clean)
}

fn left(path: &Path) {
    terminal::tell(&format!("left {} as it is", path.display()));
}

/// Writes a file, with the folders that lead to it.
fn put(path: &Path, text: &str) -> Result<(), Failure> {
    let fail =
        |error: std::io::Error| Failure::Told(format!("cannot write {}: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    fs::write(path, text).map_err(fail)
}

/// The text of a file; nothing where there is none.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Told(format!("cannot read {}: {error}", path.display()))),
    }
}
