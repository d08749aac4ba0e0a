//! The options that apply fixes, and what they print.

use std::io::{self, Write};

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args};

use super::check::counted;
use super::streams::Stdout;
use super::{Outcome, terminal};
use crate::engine::{FileReport, Fixing};
use crate::report::diff::{Side, unified};
use crate::rules::hide;

/// Whether fixes are applied, and which.
#[derive(Debug, Args)]
pub struct FixingArguments {
    /// Apply the safe fixes; standard input is printed mended
    #[arg(long, env = "REQUESTLINT_FIX", hide_env = true, help_heading = "Fixing", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue, conflicts_with = "staged")]
    pub fix: bool,
    /// With --fix or --diff: also those that change behaviour
    #[arg(long, env = "REQUESTLINT_UNSAFE_FIXES", hide_env = true, help_heading = "Fixing", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub unsafe_fixes: bool,
    /// Write nothing, print the patch, exit with 1 if any
    #[arg(long, env = "REQUESTLINT_DIFF", hide_env = true, help_heading = "Fixing", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub diff: bool,
}

impl FixingArguments {
    /// What the linter is to do.
    pub fn wanted(&self) -> Option<Fixing> {
        let with_unsafe = self.unsafe_fixes;
        (self.fix || self.diff).then_some(Fixing { with_unsafe, write: !self.diff })
    }
}

/// What `--diff` found so far.
#[derive(Debug, Default)]
pub struct Difference {
    files: usize,
    fixes: usize,
}

impl Difference {
    /// Prints what fixes change in a file.
    ///
    /// # Errors
    /// Writing failed.
    pub fn add(&mut self, file: &FileReport) -> io::Result<()> {
        let Some(rewritten) = &file.rewritten else { return Ok(()) };
        self.files += 1;
        self.fixes += file.fixed;
        let (before, after) = (rewritten.before.text(), rewritten.after.as_str());
        let before_shown = hide(before, before, &rewritten.secrets);
        let after_shown = hide(after, after, &rewritten.secrets_after);
        let diff = unified(
            &file.path,
            Side { text: before, shown: &before_shown },
            Side { text: after, shown: &after_shown },
        );
        let mut out = Stdout::default();
        out.write_all(diff.as_bytes())?;
        out.flush()
    }

    /// Tells how much it was.
    pub fn tell(&self) {
        if self.files > 0 {
            terminal::tell(&format!(
                "{} in {} would be fixed",
                counted(self.fixes, "finding"),
                counted(self.files, "file")
            ));
        } else {
            terminal::tell("nothing would be fixed");
        }
    }

    /// Whether there is something to change.
    pub fn outcome(&self) -> Outcome {
        if self.files > 0 { Outcome::Findings } else { Outcome::Clean }
    }
}

/// Prints the text of standard input as it is with fixes applied.
///
/// # Errors
/// Writing failed.
pub fn print_text(file: &FileReport, text: &str) -> io::Result<()> {
    let fixed = file.rewritten.as_ref().map_or(text, |rewritten| rewritten.after.as_str());
    let mut out = io::stdout().lock();
    out.write_all(fixed.as_bytes())?;
    out.flush()
}
