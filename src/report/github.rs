//! `--format github`: workflow commands, which a runner turns into annotations.

use super::escape::printable;
use super::sarif::text;
use crate::diagnostic::{Diagnostic, Severity};

/// One command. Nothing from a file can end it or begin another.
#[must_use]
pub fn command(found: &Diagnostic) -> String {
    let word = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // A column is only taken where the region stays in one line.
    let columns = if found.start.line == found.end.line {
        format!(",col={},endColumn={}", found.start.column, found.end.column)
    } else {
        String::new()
    };
    format!(
        "::{word} file={},line={},endLine={}{columns},title={}::{}",
        property(&found.path),
        found.start.line,
        found.end.line,
        property(found.rule),
        data(&text(found))
    )
}

fn data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // A runner takes `##[` for a command wherever it stands.
    printable(&escaped).replace("##[", "##\u{200b}[")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
