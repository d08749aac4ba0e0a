//! How a glob of the configuration or the command line is read.

use globset::{Error, Glob, GlobBuilder};

/// The globs that `text` stands for, as in a `.gitignore`: a bare name counts anywhere, and a folder
/// with all below it.
///
/// # Errors
/// `text` is no glob.
pub fn of(text: &str) -> Result<[Glob; 2], Error> {
    let text = text.trim_start_matches("./").trim_end_matches('/');
    let anywhere = if text.contains('/') { "" } else { "**/" };
    let build = |pattern: String| GlobBuilder::new(&pattern).literal_separator(true).build();
    Ok([build(format!("{anywhere}{text}"))?, build(format!("{anywhere}{text}/**"))?])
}
