//! From findings to what people and programs read. Rests on plain data alone: it knows neither rules
//! nor documents.

pub mod diff;
mod escape;
#[cfg(feature = "human")]
mod excerpt;
pub mod github;
pub mod gitlab;
#[cfg(feature = "human")]
pub mod human;
mod json;
pub mod junit;
pub mod sarif;
mod short;

pub use escape::{inert_json, inert_lines, printable};
pub use json::{FailedFile, JsonReport, json_diagnostic};
pub use short::line as short_line;
