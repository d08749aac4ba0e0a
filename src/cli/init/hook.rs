//! The hook in `.pre-commit-config.yaml`.

use std::path::Path;

use super::{left, put, read};
use crate::cli::{Failure, terminal};
use crate::document::{Kind, Node, SyntaxErrorKind};
use crate::extract::{Syntax, extract};

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
    let after = match plan(&before, &entry) {
        Plan::Write(after) => after,
        Plan::Nothing => {
            left(path);
            return Ok(());
        }
        Plan::Refuse => {
            let message = format!(
                "{}: no list of repositories was found to add to; add this to `repos`:\n{entry}",
                path.display()
            );
            return Err(Failure::Told(message));
        }
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

/// What is to be done with a configuration.
enum Plan {
    /// The hook is there.
    Nothing,
    /// The text with the hook in it.
    Write(String),
    /// The list is written in a form that takes no lines.
    Refuse,
}

/// The configuration with the entry before all others, so that what follows them is as it was; with
/// the indentation and the line ends of what is there.
fn plan(text: &str, entry: &str) -> Plan {
    let mut plans = Vec::new();
    extract(Syntax::Yaml, text, &mut |document| {
        let faulty = document.errors.iter().any(|error| error.kind != SyntaxErrorKind::Empty);
        plans.push(match document.root() {
            _ if faulty => Plan::Refuse,
            None => appended(text, entry),
            Some(root) => with_entry(root, text, entry),
        });
    });
    match (plans.pop(), plans.is_empty()) {
        (Some(plan), true) => plan,
        // One of several documents, of which nobody says which is read.
        _ => Plan::Refuse,
    }
}

fn with_entry(root: Node<'_>, text: &str, entry: &str) -> Plan {
    if root.kind() != Kind::Object || root.raw().starts_with('{') {
        return Plan::Refuse;
    }
    let Some(repos) = root.member("repos") else { return appended(text, entry) };
    let (key, list) = (repos.key.span(), repos.value);
    let hooks = list.elements().filter_map(|repo| repo.get("hooks")).flat_map(Node::elements);
    if hooks.filter_map(|hook| hook.get("id")?.as_str()).any(|id| id == "requestlint") {
        return Plan::Nothing;
    }
    let end = line_end(text);
    if let Some(first) = list.elements().next() {
        let line = text[..first.span().start].rfind('\n').map_or(0, |at| at + 1);
        let Some((indent, _)) = text[line..].split_once("- ") else { return Plan::Refuse };
        if !indent.trim_matches(' ').is_empty() || key.end > line {
            return Plan::Refuse;
        }
        let (before, after) = text.split_at(line);
        return Plan::Write(format!("{before}{}{after}", shifted(entry, indent, end)));
    }
    if !(list.is_null() || list.kind() == Kind::Array) {
        return Plan::Refuse;
    }
    // The list is empty: what stands for it goes, and it begins on the next line.
    let Some(colon) = text[key.end..].find(':').map(|at| key.end + at + 1) else {
        return Plan::Refuse;
    };
    let value = if list.raw().is_empty() { colon } else { list.span().end };
    let line = text[value..].find('\n').map_or(text.len(), |at| value + at + 1);
    let rest = text[value..line].trim();
    let gap = if rest.is_empty() { "" } else { " " };
    Plan::Write(format!(
        "{}{gap}{rest}{end}{}{}",
        &text[..colon],
        shifted(entry, "  ", end),
        &text[line..]
    ))
}

/// The configuration with a list of its own behind everything else.
fn appended(text: &str, entry: &str) -> Plan {
    let end = line_end(text);
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    Plan::Write(format!("{text}{gap}repos:{end}{}", shifted(entry, "  ", end)))
}

/// How lines end in `text`.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
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
    use super::{Plan, files, plan};

    const ENTRY: &str = "  - repo: local\n    hooks: []\n";

    fn written(text: &str) -> Option<String> {
        match plan(text, ENTRY) {
            Plan::Write(after) => Some(after),
            Plan::Nothing | Plan::Refuse => None,
        }
    }

    #[test]
    fn an_entry_goes_before_the_others_in_their_indentation() {
        let text = "# ours\r\nrepos:\r\n\r\n- repo: a\r\n  rev: b\r\nci: {}\r\n";
        let wanted = "# ours\r\nrepos:\r\n\r\n- repo: local\r\n  hooks: []\r\n- repo: a\r\n  rev: b\r\nci: {}\r\n";
        assert_eq!(written(text).as_deref(), Some(wanted));
        for key in ["\"repos\":", "repos :", "\u{feff}repos:", "? repos\n:"] {
            let text = format!("{key}\n  - repo: a\n");
            let wanted = format!("{key}\n  - repo: local\n    hooks: []\n  - repo: a\n");
            assert_eq!(written(&text), Some(wanted));
        }
    }

    #[test]
    fn an_entry_begins_a_list_where_there_is_none() {
        for (text, wanted) in [
            ("repos: []\nci: {}\n", "repos:\n  - repo: local\n    hooks: []\nci: {}\n"),
            ("repos: [] # none", "repos: # none\n  - repo: local\n    hooks: []\n"),
            ("repos:", "repos:\n  - repo: local\n    hooks: []\n"),
            ("repos: ~\nci: {}\n", "repos:\n  - repo: local\n    hooks: []\nci: {}\n"),
            ("ci: {}", "ci: {}\nrepos:\n  - repo: local\n    hooks: []\n"),
            ("# ours\n", "# ours\nrepos:\n  - repo: local\n    hooks: []\n"),
            ("", "repos:\n  - repo: local\n    hooks: []\n"),
        ] {
            assert_eq!(written(text).as_deref(), Some(wanted), "{text:?}");
        }
    }

    #[test]
    fn what_takes_no_line_or_has_the_hook_is_left() {
        for text in [
            "repos: [{repo: a}]\n",
            "repos: &all [{repo: a}]\n",
            "{repos: []}\n",
            "repos: [\n",
            "a: 1\n---\nb: 1\n",
            "- a\n",
        ] {
            assert!(matches!(plan(text, ENTRY), Plan::Refuse), "{text:?}");
        }
        let there = "repos:\n- repo: a\n  hooks:\n  - id:   \"requestlint\"\n";
        assert!(matches!(plan(there, ENTRY), Plan::Nothing));
        assert!(written("repos:\n- repo: a # id: requestlint-later\n").is_some());
    }

    #[test]
    fn the_pattern_is_that_of_the_published_hook() {
        assert!(files().contains("jsonl"), "{}", files());
    }
}
