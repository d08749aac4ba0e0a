//! What is told of a file's findings, and how loudly.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::config::Ignored;
use super::environment::Surroundings;
use crate::diagnostic::{Diagnostic, Level, Severity, Span};
use crate::document::Document;
use crate::identify::{Around, Context, Entry, Evidence, Sighting};
use crate::knowledge::{Provider, shown_prefix};
use crate::rules::{self, Finding, Setup};

/// What holds for one file.
pub struct Rulings<'c> {
    /// What is known of the file from outside it.
    pub context: Context<'c>,
    /// The file's path, wherever one looks at it from.
    pub identity: String,
    /// The day to judge by.
    pub today: &'c str,
    /// The level of a rule whose own severity is given.
    pub levels: &'c BTreeMap<&'static str, Level>,
    /// Only these rules, where there are any.
    pub select: &'c [String],
    /// Findings that are not told.
    pub ignore: &'c [&'c Ignored],
    /// What lies around the file.
    pub surroundings: &'c Surroundings,
    /// Whether a comment that suppresses something has to say why.
    pub require_reason: bool,
}

impl Rulings<'_> {
    /// What is wrong with an entry of a tool's settings in a document of which `context` is known; its keys are
    /// added to `secrets`.
    pub fn check_setup(
        &self,
        document: &Document<'_>,
        context: &Context<'_>,
        entry: &Entry,
        provider: &Provider,
        evidence: &Evidence,
        secrets: &mut Vec<Span>,
    ) -> Vec<Finding> {
        let setup = Setup {
            entry,
            node: document.tree.node(entry.root),
            root: document.tree.node(entry.document),
            provider,
            evidence,
            catalog: context.catalog,
            path: context.path,
            is_env: context.is_env,
            environment: self.surroundings.environment(),
            around: self.surroundings,
            today: self.today,
        };
        secrets.extend(rules::secrets_of_setup(&setup));
        let mut found = rules::check_setup(&setup);
        let others = self.others(entry, provider, evidence);
        for finding in found.iter_mut().filter(|_| !others.is_empty()) {
            let status = |one: &Provider| one.prediction(finding.rule).map(|known| known.status);
            finding.is_of_any = true;
            finding.refused &= others.iter().all(|other| status(other) == status(provider));
        }
        found
    }

    /// The other APIs that an entry may be for as well, where nothing but the name of a variable that several
    /// of them share speaks for one.
    fn others(&self, entry: &Entry, provider: &Provider, evidence: &Evidence) -> Vec<&Provider> {
        let context = &self.context;
        let Evidence::Named(name) = evidence else { return Vec::new() };
        let is_said = context.declared.is_some() || context.fallback.is_some();
        if is_said || entry.built_in.is_some() || !entry.models.is_empty() {
            return Vec::new();
        }
        let bare = shown_prefix(name).map_or(name.as_str(), |(prefix, _)| &name[prefix.len()..]);
        let is_shared =
            |one: &&Provider| one.auth.env.iter().any(|known| known.eq_ignore_ascii_case(bare));
        let all = context.catalog.providers().iter().map(AsRef::as_ref);
        all.filter(|one| one.id != provider.id).filter(is_shared).collect()
    }

    /// Whether the file's own place makes a finding none: a key in a file that stays on one machine.
    pub fn is_harmless_here(&self, finding: &Finding) -> bool {
        finding.rule == rules::HARDCODED && self.surroundings.is_ignored()
    }

    /// The rules that may find something in an entry where other files lie beside it, or git knows it: what they
    /// find here says nothing of a comment that suppresses them.
    pub fn found_elsewhere(&self, entry: &Entry) -> &'static [&'static str] {
        let is_read = |one: &Sighting| one.variable().is_some();
        let takes_key = !entry.key_variables.is_empty() || entry.keys.iter().any(is_read);
        let takes_value = entry.urls.iter().chain(&entry.models).any(is_read);
        rules::found_elsewhere(takes_key, takes_value)
    }

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
        is_told(rule, self.select, self.levels.get(rule))
    }

    /// Whether the configuration leaves a finding untold at its place.
    pub fn ignores(&self, diagnostic: &Diagnostic) -> bool {
        let fits = |one: &Ignored| {
            (one.rule == "*" || one.rule == diagnostic.rule)
                && one.pointer.as_ref().is_none_or(|pattern| {
                    let request = &diagnostic.document.request;
                    let inner = diagnostic.pointer.strip_prefix(request.as_str());
                    matches_pointer(pattern, &diagnostic.pointer)
                        || inner.is_some_and(|inner| matches_pointer(pattern, inner))
                })
        };
        let mut fitting = self.ignore.iter().filter(|one| fits(one)).peekable();
        let ignored = fitting.peek().is_some();
        // Each that would do is of use.
        fitting.for_each(|one| one.used.store(true, Ordering::Relaxed));
        ignored
    }
}

/// Whether findings of `rule` are told, where only `select` is chosen, if anything is, and `level` is set.
pub fn is_told(rule: &str, select: &[String], level: Option<&Level>) -> bool {
    let is_selected = select.is_empty() || select.iter().any(|one| one == rule);
    is_selected && level != Some(&Level::Off)
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
