//! `--baseline` and `--update-baseline`: findings that are known already.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args};

use super::check::counted;
use super::{Failure, terminal};
use crate::discover::repository_of;
use crate::engine::{Baseline, BaselineEntry, BaselineError};

/// How many entries are named that are gone; the rest is counted.
const NAMED: usize = 10;

/// What is known already.
#[derive(Debug, Args)]
pub struct BaselineArguments {
    /// Tell no findings that this file lists
    #[arg(
        long,
        value_name = "FILE",
        env = "REQUESTLINT_BASELINE",
        hide_env = true,
        help_heading = "What is told"
    )]
    pub baseline: Option<PathBuf>,
    /// Write what this run finds to that file
    #[arg(long, env = "REQUESTLINT_UPDATE_BASELINE", hide_env = true, help_heading = "What is told", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue, requires = "baseline")]
    pub update_baseline: bool,
}

impl BaselineArguments {
    /// The baseline that is asked for.
    ///
    /// # Errors
    /// Its file cannot be read or is none; one that is still to be written may be missing.
    pub fn read(&self) -> Result<Option<Baseline>, Failure> {
        let Some(path) = &self.baseline else { return Ok(None) };
        let read = match Baseline::read(path) {
            Err(BaselineError::Io(error))
                if self.update_baseline && error.kind() == ErrorKind::NotFound =>
            {
                Ok(Baseline::default())
            }
            read => read,
        };
        let baseline = read.map_err(|error| {
            let hint = match &error {
                BaselineError::Io(error) if error.kind() == ErrorKind::NotFound => {
                    "; --update-baseline writes it"
                }
                _ => "",
            };
            Failure::Told(format!("{}: {error}{hint}", path.display()))
        })?;
        Ok(Some(if self.update_baseline { baseline.updating() } else { baseline }))
    }

    /// Writes what is asked for, or tells of what is gone. `is_told` says whether the run looks for a
    /// rule's findings at all.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn settle(
        &self,
        baseline: &Baseline,
        is_told: impl Fn(&str) -> bool,
    ) -> Result<(), Failure> {
        let Some(path) = &self.baseline else { return Ok(()) };
        let root = root();
        let exists = |path: &str| root.join(path).exists();
        if self.update_baseline {
            let count = baseline.write(path, exists, is_told).map_err(|error| {
                Failure::Told(format!("cannot write {}: {error}", path.display()))
            })?;
            terminal::tell(&format!(
                "wrote {}: {} in it",
                path.display(),
                counted(count, "finding")
            ));
            return Ok(());
        }
        let gone = baseline.gone(exists, is_told);
        if !gone.is_empty() {
            terminal::tell(&note(path, &gone));
        }
        Ok(())
    }
}

/// What the paths of entries start from: the root of the repository, else the current folder.
fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    repository_of(&here).map(Path::to_path_buf).unwrap_or(here)
}

fn note(path: &Path, gone: &[&BaselineEntry]) -> String {
    let mut note = format!(
        "note: {} of {} gone; --update-baseline takes them out:",
        match gone.len() {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        },
        path.display(),
    );
    for one in gone.iter().take(NAMED) {
        note.push_str(&format!("\n  {}: {}: {}", one.path, one.rule, one.message));
    }
    if gone.len() > NAMED {
        note.push_str(&format!("\n  … and {} more", gone.len() - NAMED));
    }
    note
}
