//! The options of `check`.

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args};

use super::{FailOn, Selection};
use crate::cli::baseline::BaselineArguments;
use crate::cli::fixing::FixingArguments;
use crate::cli::git::GitArguments;

#[derive(Debug, Args)]
#[command(
    override_usage = "requestlint check [OPTIONS] [PATH]...\n       requestlint check [OPTIONS] -    (standard input)",
    disable_help_flag = true,
    after_help = "Exit status: 0 nothing found, 1 findings, 2 wrong usage or I/O error, 3 too few.\n\
Each option has a variable, such as REQUESTLINT_FORMAT.\n\
Examples:\n  requestlint check fixtures --provider xiaomi\n  requestlint check - --stdin-filename body.json < body.json\n  requestlint check --format human --format sarif=out.sarif"
)]
pub struct CheckArguments {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub git: GitArguments,
    /// Tell only findings of this rule (repeatable)
    #[arg(
        long,
        value_name = "RULE",
        env = "REQUESTLINT_SELECT",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "What is told"
    )]
    pub select: Vec<String>,
    /// Tell no findings of this rule (repeatable)
    #[arg(
        long,
        value_name = "RULE",
        env = "REQUESTLINT_IGNORE",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "What is told"
    )]
    pub ignore: Vec<String>,
    /// Tell a rule at a level: error, warning, info, off (repeatable)
    #[arg(
        long,
        value_name = "RULE=LEVEL",
        env = "REQUESTLINT_SEVERITY",
        hide_env = true,
        value_delimiter = ',',
        help_heading = "What is told"
    )]
    pub severity: Vec<String>,
    /// Look for variables in this process too
    #[arg(long, env = "REQUESTLINT_CHECK_ENV", hide_env = true, help_heading = "What is told", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub check_env: bool,
    /// Judge by this day: 2026-11-24 [default: today]
    #[arg(
        long,
        value_name = "DATE",
        env = "REQUESTLINT_TODAY",
        hide_env = true,
        help_heading = "What is told"
    )]
    pub today: Option<String>,
    #[command(flatten)]
    pub known: BaselineArguments,
    #[command(flatten)]
    pub fixing: FixingArguments,
    /// human, short, json, sarif, github, gitlab, junit; or FORMAT=FILE
    #[arg(
        long,
        value_name = "FORMAT",
        env = "REQUESTLINT_FORMAT",
        hide_env = true,
        value_delimiter = ',',
        default_value = "human",
        help_heading = "Output"
    )]
    pub format: Vec<String>,
    /// Print this many findings at most
    #[arg(
        long,
        value_name = "N",
        env = "REQUESTLINT_MAX_DIAGNOSTICS",
        hide_env = true,
        help_heading = "Output"
    )]
    pub max_diagnostics: Option<usize>,
    /// Tell at the end how often each rule found something
    #[arg(long, env = "REQUESTLINT_STATISTICS", hide_env = true, help_heading = "Output", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub statistics: bool,
    /// Print findings only, no summary
    #[arg(long, short, env = "REQUESTLINT_QUIET", hide_env = true, help_heading = "Output", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub quiet: bool,
    /// Show no progress bar
    #[arg(long, env = "REQUESTLINT_NO_PROGRESS", hide_env = true, help_heading = "Output", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub no_progress: bool,
    /// Exit with 1 from error, warning or info on, or never
    #[arg(
        long,
        value_name = "SEVERITY",
        hide_possible_values = true,
        env = "REQUESTLINT_FAIL_ON",
        hide_env = true,
        default_value = "error",
        help_heading = "The run"
    )]
    pub fail_on: FailOn,
    /// Exit with 3 on fewer requests
    #[arg(
        long,
        value_name = "N",
        env = "REQUESTLINT_MIN_REQUESTS",
        hide_env = true,
        default_value_t = 0,
        help_heading = "The run"
    )]
    pub min_requests: usize,
    /// Print this help
    #[arg(long, short, action = ArgAction::Help, help_heading = "The run")]
    pub help: Option<bool>,
}
