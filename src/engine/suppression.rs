//! Comments that suppress findings: `requestlint-ignore: RULE[, RULE…] [-- REASON]` for a line,
//! `requestlint-ignore-file: …` for the file.

use std::collections::HashMap;
use std::sync::Arc;

use super::report::{FileReport, Suppressed, SuppressedBy};
use crate::diagnostic::{Diagnostic, DocumentRef, Source, Span};
use crate::knowledge::Provider;
use crate::rules::{self, Finding, Useless, mask, unused_suppression};

const MARK: &str = "requestlint-ignore";

/// A rule that a comment names.
#[derive(Debug)]
struct Suppression {
    /// The document whose comment it is.
    document: usize,
    /// The rule's name in the comment, or the whole directive.
    span: Span,
    /// What is wrong with it, if anything.
    fault: Option<Useless>,
    rule: &'static str,
    reason: Option<Arc<str>>,
    used: bool,
}

/// A document that was judged in full: findings on its comments belong to it.
#[derive(Debug)]
pub struct Owner {
    /// The document.
    pub reference: DocumentRef,
    /// What it is held to.
    pub provider: Option<Arc<Provider>>,
    /// Rules that may find something in it on another machine, where other files lie beside it.
    pub elsewhere: &'static [&'static str],
}

/// The suppressions of one file.
#[derive(Debug, Default)]
pub struct Suppressions {
    all: Vec<Suppression>,
    /// Which one counts for a rule in a line. Of several that do, the first is enough.
    by_line: HashMap<(usize, &'static str), usize>,
    /// Which one counts for a rule in the whole file.
    by_file: HashMap<&'static str, usize>,
    owners: HashMap<usize, Owner>,
}

impl Suppressions {
    /// Reads the comments of the document `index`, which may stand at the file's beginning where `leads`. Where
    /// `demands_reason`, one without a reason does not count.
    pub fn read(
        &mut self,
        comments: &[Span],
        index: usize,
        mut leads: bool,
        source: &Source,
        demands_reason: bool,
    ) {
        let text = source.text();
        let mut lines = None;
        let mut before = 0;
        for (at, comment) in comments.iter().enumerate() {
            let gap = text.get(before..comment.start).unwrap_or_default();
            leads &= matches!(gap.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']), "" | "---");
            before = comment.end;
            let Some(directive) = Directive::of(*comment, text) else { continue };
            let covered = lines.get_or_insert_with(|| covered_lines(comments, source))[at];
            self.add(&directive, index, covered, leads, demands_reason);
        }
    }

    fn add(
        &mut self,
        directive: &Directive<'_>,
        document: usize,
        (first, last): (usize, usize),
        leads: bool,
        demands_reason: bool,
    ) {
        let reason: Option<Arc<str>> = directive.reason.map(|reason| mask(reason).into());
        let mut add = |span: Span, fault: Option<Useless>, rule: &'static str| {
            let index = self.all.len();
            if fault.is_none() {
                if directive.is_for_file {
                    self.by_file.entry(rule).or_insert(index);
                } else {
                    self.by_line.entry((first, rule)).or_insert(index);
                    self.by_line.entry((last, rule)).or_insert(index);
                }
            }
            let reason = reason.clone();
            self.all.push(Suppression { document, span, fault, rule, reason, used: false });
        };
        if directive.names.is_empty() {
            return add(directive.span, Some(Useless::Nameless), "");
        }
        if directive.is_for_file && !leads {
            return add(directive.span, Some(Useless::Late), "");
        }
        if demands_reason && directive.reason.is_none() {
            return add(directive.span, Some(Useless::Unreasoned), "");
        }
        for (name, span) in &directive.names {
            match rules::find(name) {
                Some(rule) => add(*span, None, rule.id),
                None => add(*span, Some(Useless::Unknown((*name).to_owned())), ""),
            }
        }
    }

    /// Whether there is any in the document `index`, the last one that was read.
    pub fn has_any_in(&self, index: usize) -> bool {
        self.all.last().is_some_and(|one| one.document == index)
    }

    /// Says that the document `index` was judged in full; of several requests in it, the first counts.
    pub fn own(&mut self, index: usize, owner: Owner) {
        let elsewhere = owner.elsewhere;
        let known = self.owners.entry(index).or_insert(owner);
        if elsewhere.len() > known.elsewhere.len() {
            known.elsewhere = elsewhere;
        }
    }

    /// Moves the findings that are suppressed aside.
    pub fn apply(&mut self, report: &mut FileReport) {
        if self.all.is_empty() {
            return;
        }
        for diagnostic in std::mem::take(&mut report.diagnostics) {
            self.take(diagnostic, report);
        }
    }

    /// Adds a finding to the report, aside where it is suppressed.
    pub fn take(&mut self, diagnostic: Diagnostic, report: &mut FileReport) {
        let by_line = self.by_line.get(&(diagnostic.start.line, diagnostic.rule));
        match by_line.or_else(|| self.by_file.get(diagnostic.rule)) {
            Some(&index) => {
                let one = &mut self.all[index];
                one.used = true;
                let reason = one.reason.as_deref().map(str::to_owned);
                let by = SuppressedBy::Comment;
                report.suppressed.push(Suppressed { diagnostic, reason, by });
            }
            None => report.diagnostics.push(diagnostic),
        }
    }

    /// A finding for each that suppresses nothing, with the document that it belongs to. Of a rule
    /// that is not told in this run, nothing is known; nor of a document that was not judged.
    pub fn useless(&self, is_told: impl Fn(&str) -> bool) -> Vec<(&Owner, Finding)> {
        let mut found = Vec::new();
        for one in &self.all {
            let Some(owner) = self.owners.get(&one.document) else { continue };
            let why = match &one.fault {
                Some(fault) => fault.clone(),
                None if one.used || one.rule == rules::UNUSED_SUPPRESSION => continue,
                None if !is_told(one.rule) || owner.elsewhere.contains(&one.rule) => continue,
                None => Useless::Unused(one.rule),
            };
            found.push((owner, unused_suppression(one.span, &why)));
        }
        found
    }
}

/// What a comment says to us.
struct Directive<'t> {
    is_for_file: bool,
    /// The directive, without its reason.
    span: Span,
    names: Vec<(&'t str, Span)>,
    reason: Option<&'t str>,
}

impl<'t> Directive<'t> {
    fn of(comment: Span, text: &'t str) -> Option<Self> {
        let words = comment.slice(text);
        let at = words.find(MARK)?;
        let before = &words[..at];
        if before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '-' | '_')) {
            return None;
        }
        let after = &words[at + MARK.len()..];
        let is_for_file = after.starts_with("-file");
        let after = after.strip_prefix("-file").unwrap_or(after);
        if after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '-' | '_')) {
            return None;
        }
        let line = after.split(['\n', '\r']).next().unwrap_or_default();
        let line = line.trim_end().trim_end_matches("*/").trim_end();
        let begin = comment.start + at;
        let start = comment.end - after.len();
        let Some(list) = line.trim_start().strip_prefix(':') else {
            // Prose may speak of it; a comment that begins with it was meant to suppress something.
            let is_meant =
                before.trim_start_matches(['/', '*', '#', '!', ';', ' ', '\t']).is_empty();
            let span = Span::new(begin, start);
            return is_meant.then(|| Self { is_for_file, span, names: Vec::new(), reason: None });
        };
        let start = start + line.len() - list.len();
        let (list, reason) = list.split_once("--").unwrap_or((list, ""));
        let names = list.split(',').filter_map(|part| {
            let name = part.trim();
            let offset = start + (name.as_ptr().addr() - list.as_ptr().addr());
            (!name.is_empty()).then(|| (name, Span::new(offset, offset + name.len())))
        });
        let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
        let span = Span::new(begin, start + list.trim_end().len());
        Some(Self { is_for_file, span, names: names.collect(), reason })
    }
}

/// For each comment of a document the lines in which it counts: those that it shares with content, or,
/// where it stands alone, the line after it and after the comments that follow it without a gap.
fn covered_lines(comments: &[Span], source: &Source) -> Vec<(usize, usize)> {
    let line = |offset: usize| source.position(offset).line;
    let mut covered = vec![(0, 0); comments.len()];
    // Of the comment after this one, where it stands alone: its first line, and the line it counts in.
    let mut following = None;
    for (at, comment) in comments.iter().enumerate().rev() {
        let (first, last) = (line(comment.start), line(comment.end));
        if is_alone(*comment, source.text()) {
            let target = match following {
                Some((start, target)) if start <= last + 1 => target,
                _ => last + 1,
            };
            covered[at] = (target, target);
            following = Some((first, target));
        } else {
            covered[at] = (first, last);
            following = None;
        }
    }
    covered
}

/// Whether nothing but white space shares a comment's lines.
fn is_alone(comment: Span, text: &str) -> bool {
    let before = text.get(..comment.start).unwrap_or_default();
    let after = text.get(comment.end..).unwrap_or_default();
    let begins = before.trim_end_matches([' ', '\t', '\u{feff}']);
    let ends = after.trim_start_matches([' ', '\t']);
    (begins.is_empty() || begins.ends_with(['\n', '\r']))
        && (ends.is_empty() || ends.starts_with(['\n', '\r']))
}
