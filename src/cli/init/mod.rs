//! `requestlint init`

mod config;
mod hook;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::args::InitArguments;
use super::{Failure, Outcome, terminal};
use crate::discover::repository_of;
use crate::engine::config_file_in;

const CONFIG: &str = "requestlint.toml";

/// A workflow that lints what is pushed.
const WORKFLOW: &str = include_str!("workflow.yml");

/// Runs the command.
pub fn run(arguments: &InitArguments) -> Result<Outcome, Failure> {
    let folder = std::path::absolute(&arguments.folder)?;
    let more = arguments.hook || arguments.workflow;
    match config_file_in(&folder).filter(|_| !arguments.force) {
        Some(path) if more => left(Path::new(&path)),
        Some(path) => {
            let message = format!(
                "{path} holds a configuration already; --force writes {CONFIG}, which goes before any other"
            );
            return Err(Failure::Told(message));
        }
        None => config::write(&arguments.folder.join(CONFIG), arguments)?,
    }
    // Git's hooks and GitHub's workflows are looked for at the root alone.
    let root = repository_of(&folder).unwrap_or(&folder);
    let root = if root == folder { arguments.folder.as_path() } else { root };
    if arguments.hook {
        hook::write(&root.join(".pre-commit-config.yaml"))?;
    }
    if arguments.workflow {
        let path = root.join(".github/workflows/requestlint.yml");
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
