//! `--staged` and `--since`: what git says has changed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::Args;
use clap::builder::FalseyValueParser;

use super::Failure;

/// Which changes are linted.
#[derive(Debug, Args)]
pub struct GitArguments {
    /// Only staged files, as they stand in git's index
    #[arg(long, env = "REQUESTLINT_STAGED", hide_env = true, help_heading = "What to lint", value_parser = FalseyValueParser::new(), action = clap::ArgAction::SetTrue, conflicts_with = "since")]
    pub staged: bool,
    /// Only files changed since this branch was left
    #[arg(
        long,
        value_name = "REF",
        env = "REQUESTLINT_SINCE",
        hide_env = true,
        help_heading = "What to lint"
    )]
    pub since: Option<String>,
}

impl GitArguments {
    /// What is to be linted, where git is to say it.
    ///
    /// # Errors
    /// Standard input is linted, there is no repository, or git does not tell.
    pub fn ask(&self, paths: &[PathBuf]) -> Result<Option<Asked>, Failure> {
        let option = match (&self.since, self.staged) {
            (None, false) => return Ok(None),
            (Some(_), _) => "--since",
            (None, true) => "--staged",
        };
        if paths.iter().any(|path| path.as_os_str() == "-") {
            let message = format!("{option} is about files, and `-` is standard input");
            return Err(Failure::Told(message));
        }
        let repository = Repository::here(option)?;
        let files = match &self.since {
            Some(reference) => repository.since(reference)?,
            None => repository.staged()?,
        };
        Ok(Some(Asked { repository, files, from_index: self.since.is_none() }))
    }
}

/// What git says has changed.
pub struct Asked {
    /// Where.
    pub repository: Repository,
    /// The files, by their whole paths.
    pub files: BTreeSet<PathBuf>,
    /// Whether they are linted as they stand in the index.
    pub from_index: bool,
}

/// The work tree that the current folder lies in.
pub struct Repository {
    top: PathBuf,
}

impl Repository {
    /// The repository of the current folder.
    ///
    /// # Errors
    /// There is none, or no git.
    pub fn here(asked: &str) -> Result<Self, Failure> {
        let output = git(Path::new("."), ["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            return Err(told(&format!("{asked} wants a git repository"), &output));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let top = Path::new(text.trim_end_matches(['\r', '\n'])).canonicalize()?;
        Ok(Self { top })
    }

    /// The files that are staged, but for those that are staged to go.
    ///
    /// # Errors
    /// Git does not tell.
    pub fn staged(&self) -> Result<BTreeSet<PathBuf>, Failure> {
        self.names(["diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d", "-z"])
    }

    /// The files that differ from where this branch left `reference`, and those that git does not
    /// know yet.
    ///
    /// # Errors
    /// Git knows no such commit, or does not tell.
    pub fn since(&self, reference: &str) -> Result<BTreeSet<PathBuf>, Failure> {
        // One that begins with a hyphen would be an option.
        let commit = format!("{reference}^{{commit}}");
        let known =
            git(&self.top, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !known.status.success() {
            let message = format!("--since: git knows no commit `{reference}` here");
            return Err(Failure::Told(message));
        }
        let commit = String::from_utf8_lossy(&known.stdout).trim().to_owned();
        let base = git(&self.top, ["merge-base", &commit, "HEAD"])?;
        // Without a common ancestor (a shallow clone) the commit itself is what one compares with.
        let text = String::from_utf8_lossy(&base.stdout).trim().to_owned();
        let base = if base.status.success() && !text.is_empty() { text } else { commit };
        let diff = ["diff", "--name-only", "--no-renames", "--diff-filter=d", "-z", &base];
        let mut names = self.names(diff)?;
        names.extend(self.names(["ls-files", "--others", "--exclude-standard", "-z"])?);
        Ok(names)
    }

    /// What the index holds of the file at `path`.
    ///
    /// # Errors
    /// Git cannot be asked, or has none.
    pub fn in_index(&self, path: &Path) -> io::Result<Vec<u8>> {
        let name = path.strip_prefix(&self.top).map_err(io::Error::other)?;
        // With its stage: `:0:a` could be the file `a` as well as `0:a`.
        let mut blob = OsString::from(":0:");
        blob.push(as_git_has_it(name));
        let output = command(&self.top, ["cat-file", "blob"]).arg(blob).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(io::Error::other(format!("git: {}", said(&output))))
    }

    fn names<const N: usize>(&self, arguments: [&str; N]) -> Result<BTreeSet<PathBuf>, Failure> {
        let output = git(&self.top, arguments)?;
        if !output.status.success() {
            return Err(told("git does not tell what has changed", &output));
        }
        let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| self.top.join(path_of(name))).collect())
    }
}

fn command<const N: usize>(folder: &Path, arguments: [&str; N]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command
}

fn git<const N: usize>(folder: &Path, arguments: [&str; N]) -> Result<Output, Failure> {
    let output = command(folder, arguments).output();
    output.map_err(|error| Failure::Told(format!("git cannot be run: {error}")))
}

fn told(what: &str, output: &Output) -> Failure {
    Failure::Told(format!("{what}: {}", said(output)))
}

/// The first line of what git says is wrong.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or("it says nothing").trim();
    crate::report::printable(line.strip_prefix("fatal: ").unwrap_or(line)).into_owned()
}

/// A path with `/` between folders; on Unix a backslash is part of a name.
fn as_git_has_it(path: &Path) -> Cow<'_, OsStr> {
    if cfg!(windows) {
        return Cow::Owned(path.to_string_lossy().replace('\\', "/").into());
    }
    Cow::Borrowed(path.as_os_str())
}

#[cfg(unix)]
fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path_of(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
