//! What is told of a file's findings, and how loudly.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Level, Severity};
use crate::identify::Context;
use crate::rules::Finding;

/// What holds for one file.
pub struct Rulings<'c> {
    /// What is known of the file from outside it.
    pub context: Context<'c>,
    /// The day to judge by.
    pub today: &'c str,
    /// The level of a rule whose own severity is given.
    pub levels: &'c BTreeMap<&'static str, Level>,
    /// Only these rules, where there are any.
    pub select: &'c [String],
    /// Findings that are not told, by rule (or `*`) and pointer.
    pub ignore: &'c [(String, Option<String>)],
    /// Whether a comment that suppresses something has to say why.
    pub require_reason: bool,
}

impl Rulings<'_> {
    /// At which severity a finding is told; `None` where it is not.
    pub fn severity(&self, finding: &Finding) -> Option<Severity> {
        match self.levels.get(finding.rule) {
            _ if !self.tells(finding.rule) => None,
            Some(Level::At(severity)) => Some(*severity),
            _ => Some(finding.severity),
        }
    }

    /// Whether findings of `rule` are told at all.
    pub fn tells(&self, rule: &str) -> bool {
        let is_selected = self.select.is_empty() || self.select.iter().any(|one| one == rule);
        is_selected && self.levels.get(rule) != Some(&Level::Off)
    }

    /// Whether the configuration leaves a finding untold at its place.
    pub fn ignores(&self, diagnostic: &Diagnostic) -> bool {
        self.ignore.iter().any(|(rule, pointer)| {
            (rule == "*" || rule == diagnostic.rule)
                && pointer.as_ref().is_none_or(|pattern| {
                    let request = &diagnostic.document.request;
                    let inner = diagnostic.pointer.strip_prefix(request.as_str());
                    matches_pointer(pattern, &diagnostic.pointer)
                        || inner.is_some_and(|inner| matches_pointer(pattern, inner))
                })
        })
    }
}

/// Whether `pointer` lies at or below `pattern`, in which `*` stands for any one step.
fn matches_pointer(pattern: &str, pointer: &str) -> bool {
    let mut steps = pointer.split('/');
    pattern
        .split('/')
        .all(|wanted| steps.next().is_some_and(|step| wanted == "*" || wanted == step))
}

#[cfg(test)]
mod tests {
    use super::matches_pointer;

    #[test]
    fn an_ignored_pointer_covers_what_lies_below_it() {
        assert!(matches_pointer("/metadata", "/metadata/user"));
        assert!(matches_pointer("/messages/*/name", "/messages/3/name"));
        assert!(!matches_pointer("/metadata", "/meta"));
        assert!(!matches_pointer("/messages/*/name", "/messages/3"));
        assert!(matches_pointer("", "/anything"));
    }
}
