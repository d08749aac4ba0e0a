//! Puts the steps together: discover, extract, identify, check.

mod config;
mod fingerprint;
mod lint;
mod linter;
mod report;
mod resolver;
mod settle;
mod today;

pub use config::{Config, ConfigError};
pub use linter::{ConfigSource, Linter, LinterBuilder, SetupError};
pub use report::{DocumentReport, FileReport, Report, Summary};
pub use today::today;
