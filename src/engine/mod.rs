//! Puts the steps together: discover, extract, identify, check.

mod baseline;
mod broken;
mod builder;
mod config;
mod config_reader;
mod embedded;
mod environment;
mod fingerprint;
mod fixing;
mod globs;
mod ignored;
mod lint;
mod linter;
mod masked;
mod paths;
mod progress;
mod report;
mod resolver;
mod rulings;
mod run;
mod settle;
mod suppression;
mod today;
mod user_schemas;

pub use baseline::{Baseline, BaselineEntry, BaselineError};
pub use builder::{ConfigSource, LinterBuilder, SetupError, config_here};
pub use config::{Config, ConfigError};
pub use fixing::Fixing;
pub use linter::Linter;
pub use report::{DocumentReport, FileReport, Report, Rewritten, Suppressed, SuppressedBy};
pub use resolver::{config_file_in, shown as seen_from_here};
pub use run::{Changed, Contents};
pub use today::today;
