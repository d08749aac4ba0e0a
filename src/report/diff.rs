//! A unified diff of a text before and after its fixes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use super::escape::{inert, picture};

/// Lines around a change that are shown.
const AROUND: usize = 3;

/// So many lines alike end a change.
const ALIKE: usize = 2;

/// How far the end of a change is looked for, in lines of both texts.
const FURTHEST: usize = 400;

/// A text, and what of it may be shown, byte for byte.
#[derive(Debug, Clone, Copy)]
pub struct Side<'t> {
    /// The text.
    pub text: &'t str,
    /// As it is shown: keys are covered.
    pub shown: &'t str,
}

/// A stretch of lines that go, and of those that come in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    old: Range<usize>,
    new: Range<usize>,
}

/// The difference between two texts of the file at `path`; empty where there is none.
#[must_use]
pub fn unified(path: &str, before: Side<'_>, after: Side<'_>) -> String {
    let (old, new) = (lines(before.text), lines(after.text));
    let changes = changes(&texts(before.text, &old), &texts(after.text, &new));
    let mut out = String::new();
    if changes.is_empty() {
        return out;
    }
    let path = quoted(path);
    let _ = writeln!(out, "--- {path}\n+++ {path}");
    for hunk in changes.chunk_by(|one, next| next.old.start <= one.old.end + 2 * AROUND) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let lead = first.old.start.min(AROUND);
        let tail = (old.len() - last.old.end).min(AROUND);
        let (old_from, old_to) = (first.old.start - lead, last.old.end + tail);
        let (new_from, new_to) = (first.new.start - lead, last.new.end + tail);
        let _ = writeln!(
            out,
            "@@ -{} +{} @@",
            place(old_from, old_to - old_from),
            place(new_from, new_to - new_from)
        );
        let mut at = old_from;
        for change in hunk {
            let kept = &old[at..change.old.start];
            kept.iter().for_each(|line| write_line(&mut out, ' ', before, line));
            old[change.old.clone()].iter().for_each(|line| write_line(&mut out, '-', before, line));
            new[change.new.clone()].iter().for_each(|line| write_line(&mut out, '+', after, line));
            at = change.old.end;
        }
        old[at..old_to].iter().for_each(|line| write_line(&mut out, ' ', before, line));
    }
    out
}

/// A path as git and patch write one in a header: in quotes, with octal numbers, where something in it would act on
/// a terminal, on a runner of workflows or on the header.
fn quoted(path: &str) -> Cow<'_, str> {
    let acts =
        |character: char| picture(character).is_some() || matches!(character, '\t' | '"' | '\\');
    if !path.contains(acts) && !path.contains("##[") {
        return Cow::Borrowed(path);
    }
    let mut quoted = String::from("\"");
    for (at, character) in path.char_indices() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if acts(character) || path[at..].starts_with("##[") => {
                let mut bytes = [0; 4];
                for byte in character.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    Cow::Owned(quoted)
}

/// Where a hunk's lines stand: the first, counted from 1, and how many.
fn place(from: usize, count: usize) -> String {
    match count {
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        count => format!("{},{count}", from + 1),
    }
}

fn write_line(out: &mut String, mark: char, side: Side<'_>, line: &Range<usize>) {
    let raw = &side.text[line.clone()];
    let content = raw.trim_end_matches(['\n', '\r']);
    let ends = &raw[content.len()..];
    let shown = side.shown.get(line.start..line.start + content.len()).unwrap_or_default();
    out.push_str(&inert(&format!("{mark}{}", tame(shown))));
    if ends.ends_with('\n') {
        out.push_str(ends);
    } else {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// A line with pictures for what would move a cursor. A tab and a byte order mark are those of the file, or
/// the difference could not be applied.
fn tame(line: &str) -> String {
    line.chars()
        .map(|sign| match sign {
            '\u{feff}' => sign,
            _ => picture(sign).unwrap_or(sign),
        })
        .collect()
}

fn texts<'t>(text: &'t str, lines: &[Range<usize>]) -> Vec<&'t str> {
    lines.iter().map(|line| &text[line.clone()]).collect()
}

/// The lines of a text, each with its break.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let mut lines = Vec::new();
    for end in ends.chain((!text.ends_with('\n')).then_some(text.len())) {
        if end > start {
            lines.push(start..end);
        }
        start = end;
    }
    lines
}

/// What differs between two lists of lines. Fixes are small and far apart, so the nearest place where
/// both go on alike is the right one.
fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let (mut one, mut other) = (0, 0);
    while one < old.len() || other < new.len() {
        if one < old.len() && old.get(one) == new.get(other) {
            (one, other) = (one + 1, other + 1);
            continue;
        }
        let (gone, come) = nearest(&old[one..], &new[other..]);
        let change = Change { old: one..one + gone, new: other..other + come };
        (one, other) = (change.old.end, change.new.end);
        match changes.last_mut() {
            Some(last) if last.old.end == change.old.start && last.new.end == change.new.start => {
                (last.old.end, last.new.end) = (change.old.end, change.new.end);
            }
            _ => changes.push(change),
        }
    }
    changes
}

/// How many lines go and how many come before both go on alike.
fn nearest(old: &[&str], new: &[&str]) -> (usize, usize) {
    let goes_on = |gone: usize, come: usize| {
        let rest = old.len().saturating_sub(gone).max(new.len().saturating_sub(come));
        (0..rest.min(ALIKE)).all(|line| {
            let one = old.get(gone + line);
            one.is_some() && one == new.get(come + line)
        })
    };
    for sum in 1..=FURTHEST.min(old.len() + new.len()) {
        for gone in (0..=sum.min(old.len())).rev() {
            let come = sum - gone;
            if come <= new.len() && goes_on(gone, come) {
                return (gone, come);
            }
        }
    }
    (old.len().min(1), new.len().min(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn diff(before: &str, after: &str) -> String {
        let side = |text| Side { text, shown: text };
        unified("a.json", side(before), side(after))
    }

    /// `before` with the hunks of a diff applied, as `patch` does it.
    fn patched(before: &str, diff: &str) -> String {
        let lines: Vec<&str> = before.split_inclusive('\n').collect();
        let (mut out, mut at) = (String::new(), 0);
        let mut hunks = diff.split_inclusive('\n').skip(2).peekable();
        while let Some(line) = hunks.next() {
            let bare = hunks.peek().is_some_and(|next| next.starts_with('\\'));
            let content = |line: &str| {
                let content = &line[1..];
                if bare { content.trim_end_matches('\n').to_owned() } else { content.to_owned() }
            };
            if let Some(place) = line.strip_prefix("@@ -") {
                let (from, count) = place
                    .split_once(' ')
                    .map_or(("0", "1"), |(old, _)| old.split_once(',').unwrap_or((old, "1")));
                let from: usize = from.parse().expect("a number");
                let start = if count == "0" { from } else { from - 1 };
                lines[at..start].iter().for_each(|line| out.push_str(line));
                at = start;
            } else if line.starts_with('+') {
                out.push_str(&content(line));
            } else if line.starts_with([' ', '-']) {
                assert_eq!(content(line), lines[at]);
                if line.starts_with(' ') {
                    out.push_str(lines[at]);
                }
                at += 1;
            }
        }
        lines[at..].iter().for_each(|line| out.push_str(line));
        out
    }

    #[test]
    fn a_changed_line_is_shown_between_its_neighbours() {
        let shown = diff("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n");
        assert_eq!(
            shown,
            "--- a.json\n+++ a.json\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        );
    }

    #[test]
    fn what_is_covered_is_not_shown() {
        let before = Side { text: "sk-secret\nb", shown: "sk-s*****\nb" };
        let after = Side { text: "sk-secret\nc", shown: "sk-s*****\nc" };
        assert_eq!(
            unified("a", before, after),
            "--- a\n+++ a\n@@ -1,2 +1,2 @@\n sk-s*****\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_name_in_a_header_is_no_command() {
        assert_eq!(quoted("a b/é.json"), "a b/é.json");
        assert_eq!(quoted("##[error]x\n\"\u{9b}"), r##""\043#[error]x\012\"\302\233""##);
    }

    proptest! {
        #[test]
        fn a_diff_makes_the_one_text_the_other(
            before in "([a-d]\n){0,30}[a-d]?",
            after in "([a-d]\n){0,30}[a-d]?",
        ) {
            prop_assert_eq!(patched(&before, &diff(&before, &after)), after);
        }
    }
}
