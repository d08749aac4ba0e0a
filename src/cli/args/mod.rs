//! What can be typed.

mod check;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{FalseyValueParser, Resettable};
use clap::{Arg, ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::completions::CompletionsArguments;
use crate::diagnostic::Severity;
use crate::engine::ConfigSource;

pub use check::CheckArguments;

/// Finds, before anything hits the network, every request to the MiMo API that the API would refuse.
#[derive(Debug, Parser)]
#[command(
    name = "requestlint",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    after_help = "Examples:\n  requestlint check                                What would be refused in this folder\n  requestlint check --diff                         What could be mended at once\n  requestlint explain max-tokens-over-model-limit  Why, and with which source\n  requestlint init --hook --workflow               Check each commit and each push"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lint files, folders or standard input
    Check(Box<CheckArguments>),
    /// Show what would be linted and on what evidence, and what is skipped and why
    Files(FilesArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Tell what an error of the API means, its likely causes, whether to try again
    Diagnose(DiagnoseArguments),
    /// Explain a rule, a model, a field (chat-completions.temperature), a status, an error code
    Explain(ExplainArguments),
    /// Show the model table of a provider
    Models(ModelsArguments),
    /// Print a bundled JSON Schema
    Schema(SchemaArguments),
    /// Write requestlint.toml, and on request the hook and the workflow
    Init(InitArguments),
    /// Print a script by which a shell completes the command
    Completions(CompletionsArguments),
}

/// Which configuration holds.
#[derive(Debug, Args)]
pub struct Configuration {
    /// Read the configuration from this file alone
    #[arg(
        long,
        value_name = "FILE",
        env = "REQUESTLINT_CONFIG",
        hide_env = true,
        help_heading = "The run"
    )]
    pub config: Option<PathBuf>,
    /// Read no configuration, not even that of --config
    #[arg(long, env = "REQUESTLINT_ISOLATED", hide_env = true, help_heading = "The run", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub isolated: bool,
}

impl Configuration {
    /// Where the configuration comes from.
    pub fn source(&self) -> ConfigSource {
        match &self.config {
            _ if self.isolated => ConfigSource::None,
            Some(path) => ConfigSource::File(path.clone()),
            None => ConfigSource::Discover,
        }
    }
}

/// What to lint, and how it is recognised.
#[derive(Debug, Args)]
pub struct Selection {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".", hide = true)]
    pub paths: Vec<PathBuf>,
    /// Hold all requests to it: mimo, xiaomi or your own
    #[arg(long, env = "REQUESTLINT_PROVIDER", hide_env = true, help_heading = "What to lint")]
    pub provider: Option<String>,
    /// Take every document for this kind, as messages
    #[arg(long, env = "REQUESTLINT_KIND", hide_env = true, help_heading = "What to lint")]
    pub kind: Option<String>,
    /// The path that standard input stands for
    #[arg(
        long,
        value_name = "PATH",
        env = "REQUESTLINT_STDIN_FILENAME",
        hide_env = true,
        help_heading = "What to lint"
    )]
    pub stdin_filename: Option<String>,
    /// Leave alone what matches this glob (repeatable)
    #[arg(
        long,
        value_name = "GLOB",
        env = "REQUESTLINT_EXCLUDE",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "What to lint"
    )]
    pub exclude: Vec<String>,
    /// Let exclusions hold for named files too
    #[arg(long, env = "REQUESTLINT_FORCE_EXCLUDE", hide_env = true, help_heading = "What to lint", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub force_exclude: bool,
    /// Walk hidden files and folders too
    #[arg(long, env = "REQUESTLINT_HIDDEN", hide_env = true, help_heading = "What to lint", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub hidden: bool,
    /// Heed no .gitignore
    #[arg(long, env = "REQUESTLINT_NO_IGNORE", hide_env = true, help_heading = "What to lint", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub no_ignore: bool,
    #[command(flatten)]
    pub configuration: Configuration,
    /// Number of threads [default: one a core]
    #[arg(
        long,
        value_name = "N",
        env = "REQUESTLINT_JOBS",
        hide_env = true,
        help_heading = "The run"
    )]
    pub jobs: Option<NonZeroUsize>,
    /// Colours: auto, always, never
    #[arg(
        long,
        value_name = "WHEN",
        env = "REQUESTLINT_COLOR",
        hide_env = true,
        hide_possible_values = true,
        default_value = "auto",
        help_heading = "Output"
    )]
    pub color: ColorChoice,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "requestlint files [OPTIONS] [PATH]...",
    after_help = "Examples:\n  requestlint files .claude .env\n  requestlint files --hidden --format json"
)]
pub struct FilesArguments {
    #[command(flatten)]
    pub selection: Selection,
    /// Output: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = "Output")]
    pub format: TableFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  requestlint rules\n  requestlint rules --format json")]
pub struct RulesArguments {
    /// Output: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TableFormat,
    #[command(flatten)]
    pub configuration: Configuration,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  requestlint explain out-of-range\n  requestlint explain mimo-v2.6-pro\n  requestlint explain chat-completions.temperature\n  requestlint explain 421"
)]
pub struct ExplainArguments {
    /// A rule, a model, KIND.FIELD, a status or an error code
    pub what: String,
    /// The provider whose facts are meant [default: every one that knows it]
    #[arg(long, env = "REQUESTLINT_PROVIDER", hide_env = true)]
    pub provider: Option<String>,
    #[command(flatten)]
    pub configuration: Configuration,
}

#[derive(Debug, Args)]
#[command(
    after_help = "It reads a JSON error, server-sent events, a raw HTTP response (curl -i), an HTML page, an SDK's text, a log.\n\
Exit status: 0 it was diagnosed, 2 no error was found in the text, or a usage, configuration or I/O error.\n\
Examples:\n  requestlint diagnose error.json --request body.json\n  curl -i … | requestlint diagnose -\n  requestlint diagnose app.log --status 400 --provider xiaomi"
)]
pub struct DiagnoseArguments {
    /// The file that holds the error; `-` is standard input
    #[arg(value_name = "ERROR")]
    pub error: PathBuf,
    /// The request that caused it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,
    /// The HTTP status, where the text does not tell it or tells another
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(400..600))]
    pub status: Option<u16>,
    /// Whose error it is [default: what the error, then the request shows]
    #[arg(long, env = "REQUESTLINT_PROVIDER", hide_env = true)]
    pub provider: Option<String>,
    /// Judge the life of models by this day, such as 2026-11-24 [default: today]
    #[arg(long, value_name = "DATE", env = "REQUESTLINT_TODAY", hide_env = true)]
    pub today: Option<String>,
    /// Output: human, short or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: DiagnoseFormat,
    /// Colours: auto, always, never
    #[arg(
        long,
        value_name = "WHEN",
        env = "REQUESTLINT_COLOR",
        hide_env = true,
        default_value = "auto"
    )]
    pub color: ColorChoice,
    #[command(flatten)]
    pub configuration: Configuration,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  requestlint models --provider xiaomi\n  requestlint models --stale 90"
)]
pub struct ModelsArguments {
    /// The provider [default: all]
    #[arg(long, env = "REQUESTLINT_PROVIDER", hide_env = true)]
    pub provider: Option<String>,
    /// Only facts that were not verified for this many days
    #[arg(long, value_name = "DAYS")]
    pub stale: Option<i64>,
    /// Judge by this day, such as 2026-11-24 [default: today]
    #[arg(long, value_name = "DATE", env = "REQUESTLINT_TODAY", hide_env = true)]
    pub today: Option<String>,
    /// Output: human or json
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TableFormat,
    #[command(flatten)]
    pub configuration: Configuration,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  requestlint schema\n  requestlint schema mimo/chat-completions > chat-completions.schema.json"
)]
pub struct SchemaArguments {
    /// Such as config, provider, mimo/chat-completions; without it the names are listed
    pub name: Option<String>,
    #[command(flatten)]
    pub configuration: Configuration,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  requestlint init\n  requestlint init --provider xiaomi --hook --workflow"
)]
pub struct InitArguments {
    /// Where to write
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// The provider to name [default: what the requests in the folder show]
    #[arg(long)]
    pub provider: Option<String>,
    /// Add the hook to .pre-commit-config.yaml too
    #[arg(long)]
    pub hook: bool,
    /// Write a workflow for GitHub Actions too
    #[arg(long)]
    pub workflow: bool,
    /// Write over a configuration that is there
    #[arg(long)]
    pub force: bool,
}

/// Takes an empty environment variable for one that is not set, as shells mean it.
pub fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |argument: &Arg| {
        let name = argument.get_env()?;
        Some(std::env::var_os(name)?.is_empty())
    };
    let names: Vec<String> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| {
        command.mut_subcommand(name, |command| {
            command.mut_args(|argument| match is_empty(&argument) {
                Some(true) => argument.env(Resettable::Reset),
                _ => argument,
            })
        })
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiagnoseFormat {
    Human,
    Short,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The severity from which on a run fails.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}
