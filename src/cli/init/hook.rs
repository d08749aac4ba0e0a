//! The hook in `.pre-commit-config.yaml`.

use std::path::Path;

use super::{left, put, read};
use crate::cli::{Failure, terminal};

/// The hook, as an entry of `repos`, two spaces in.
const ENTRY: &str = include_str!("hook.yaml");

/// The hook that others use, for the pattern of the files that it is run on.
const PUBLISHED: &str = include_str!("../../../.pre-commit-hooks.yaml");

/// Adds the hook to the configuration of pre-commit at `path`, or writes one with it alone.
///
/// # Errors
/// The file cannot be read or written, or its list of repositories is written in another form than
/// one entry after the other.
pub fn write(path: &Path) -> Result<(), Failure> {
    let entry = ENTRY.replace("FILES", files());
    let Some(before) = read(path)? else {
        put(path, &format!("repos:\n{entry}"))?;
        terminal::tell(&format!("wrote {}: `pre-commit install` turns it on", path.display()));
        return Ok(());
    };
    if before.contains("id: requestlint") {
        left(path);
        return Ok(());
    }
    let Some(after) = with_entry(&before, &entry) else {
        let message = format!(
            "{}: no list of repositories was found to add to; add this to `repos`:\n{entry}",
            path.display()
        );
        return Err(Failure::Told(message));
    };
    put(path, &after)?;
    terminal::tell(&format!("added the hook to {}", path.display()));
    Ok(())
}

/// The pattern of the files that the published hook is run on.
fn files() -> &'static str {
    let line = PUBLISHED.lines().find_map(|line| line.trim().strip_prefix("files: "));
    line.unwrap_or("''")
}

/// The configuration with the entry before all others, so that what follows them is as it was; with
/// the indentation and the line ends of what is there.
fn with_entry(text: &str, entry: &str) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut at = 0;
    let mut lines = text.split_inclusive('\n');
    let Some(line) = lines.find(|line| {
        at += line.len();
        line.starts_with("repos:")
    }) else {
        // A mapping in braces takes no line of its own.
        if text.lines().any(|line| line.starts_with('{')) {
            return None;
        }
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
        return Some(format!("{text}{gap}repos:{end}{}", shifted(entry, "  ", end)));
    };
    let before = &text[..at - line.len()];
    let (_, list) = line.trim_end().split_once(':')?;
    match list.split('#').next().map(str::trim) {
        Some("") => {
            let is_content = |line: &&str| !matches!(line.trim().chars().next(), None | Some('#'));
            let first = lines.find(is_content).unwrap_or_default();
            let content = first.trim_start_matches(' ');
            let indent = &first[..first.len() - content.len()];
            if content.starts_with("- ") {
                return Some(format!(
                    "{}{}{}",
                    &text[..at],
                    shifted(entry, indent, end),
                    &text[at..]
                ));
            }
            // Another key follows, or nothing: the list is empty.
            let line = line.trim_end();
            let is_empty = indent.is_empty() && !first.starts_with('-');
            is_empty
                .then(|| format!("{before}{line}{end}{}{}", shifted(entry, "  ", end), &text[at..]))
        }
        Some("[]") => {
            let line = line.trim_end().replacen(" []", "", 1);
            Some(format!("{before}{line}{end}{}{}", shifted(entry, "  ", end), &text[at..]))
        }
        _ => None,
    }
}

/// An entry with another indentation than its two spaces, and with the wanted line ends.
fn shifted(entry: &str, indent: &str, end: &str) -> String {
    entry
        .lines()
        .map(|line| format!("{indent}{}{end}", line.strip_prefix("  ").unwrap_or(line)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{files, with_entry};

    #[test]
    fn an_entry_goes_before_the_others_in_their_indentation() {
        let entry = "  - repo: local\n    hooks: []\n";
        let text = "# ours\r\nrepos:\r\n\r\n- repo: a\r\n  rev: b\r\nci: {}\r\n";
        let wanted = "# ours\r\nrepos:\r\n- repo: local\r\n  hooks: []\r\n\r\n- repo: a\r\n  rev: b\r\nci: {}\r\n";
        assert_eq!(with_entry(text, entry).as_deref(), Some(wanted));
        assert_eq!(with_entry("repos: [{repo: a}]\n", entry), None);
        assert_eq!(with_entry("{repos: []}\n", entry), None);
        assert_eq!(with_entry("repos: &all\n- repo: a\n", entry), None);
    }

    #[test]
    fn an_entry_begins_a_list_where_there_is_none() {
        let entry = "  - repo: local\n    hooks: []\n";
        for (text, wanted) in [
            ("repos: []\nci: {}\n", "repos:\n  - repo: local\n    hooks: []\nci: {}\n"),
            ("repos: [] # none", "repos: # none\n  - repo: local\n    hooks: []\n"),
            ("repos:", "repos:\n  - repo: local\n    hooks: []\n"),
            ("repos:\nci: {}\n", "repos:\n  - repo: local\n    hooks: []\nci: {}\n"),
            ("ci: {}", "ci: {}\nrepos:\n  - repo: local\n    hooks: []\n"),
            ("", "repos:\n  - repo: local\n    hooks: []\n"),
        ] {
            assert_eq!(with_entry(text, entry).as_deref(), Some(wanted), "{text:?}");
        }
    }

    #[test]
    fn the_pattern_is_that_of_the_published_hook() {
        assert!(files().contains("jsonl"), "{}", files());
    }
}
