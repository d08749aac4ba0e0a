//! A tool's settings as the rules see them.

use super::catalogue::ALL;
use super::finding::{Finding, Place};
use super::model_use::ModelUse;
use super::parameters;
use crate::diagnostic::Severity;
use crate::document::{Node, NodeId};
use crate::identify::{Address, Around, Entry, Environment, Evidence, Sighting, Written};
use crate::knowledge::{Catalog, ClientEntry, Provider, Slot};

/// An entry of a tool's settings, with the facts that it is held to.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'t> {
    /// What it says.
    pub entry: &'t Entry,
    /// The value that holds it.
    pub node: Node<'t>,
    /// The document's root.
    pub root: Node<'t>,
    /// The API that it is for.
    pub provider: &'t Provider,
    /// What says so.
    pub evidence: &'t Evidence,
    /// Everything known.
    pub catalog: &'t Catalog,
    /// The file's path, as it is shown.
    pub path: &'t str,
    /// Whether the file is an environment file.
    pub is_env: bool,
    /// What is set where the settings are read.
    pub environment: &'t Environment,
    /// What else lies around the file.
    pub around: &'t dyn Around,
    /// The day to judge by, `YYYY-MM-DD`.
    pub today: &'t str,
}

impl<'t> Setup<'t> {
    /// What the host of its URL, or of the tool's own one, is for: `api`, `token-plan` or `batch`.
    #[must_use]
    pub fn host_use(&self) -> Option<&'t str> {
        let written = self.entry.urls.iter().filter_map(Sighting::counts);
        let own = self.entry.built_in.iter().map(|(_, url)| url.as_str());
        // What the file says goes before what the tool brings itself.
        written.chain(own.filter(|_| self.entry.urls.is_empty())).find_map(|url| {
            let host = Address::parse(url)?.host?;
            let known = self.provider.hosts.iter().find(|known| known.host == host)?;
            Some(known.serves.as_str())
        })
    }

    /// What variables beside the file make of `values`, as far as it is not told in the file that sets them.
    #[must_use]
    pub fn from_elsewhere(
        &self,
        values: &[Sighting],
        slots: fn(&ClientEntry) -> &[Slot],
    ) -> Vec<Sighting> {
        let is_told = |one: &Sighting| {
            let set = one.set.as_ref();
            set.is_some_and(|set| Entry::read_in_its_file(set, self.catalog, slots).is_some())
        };
        values.iter().filter(|one| !is_told(one)).filter_map(Sighting::from_elsewhere).collect()
    }

    /// The model that `sighting` speaks of: the one that stands nearest to it.
    #[must_use]
    pub fn model_of(&self, sighting: &Sighting) -> Option<ModelUse<'t>> {
        self.model_near(sighting.node)
    }

    /// The model that stands nearest to a value.
    #[must_use]
    pub fn model_near(&self, node: NodeId) -> Option<ModelUse<'t>> {
        let pointer = |id| self.root.tree().node(id).pointer_from(self.root);
        let here = pointer(node);
        let shared = |other: &str| {
            let steps = here.split('/').zip(other.split('/'));
            steps.take_while(|(one, other)| one == other).count()
        };
        let named = ModelUse::of_setup(self).into_iter();
        // Of several as near the first.
        named.rev().max_by_key(|named| shared(&pointer(named.place.node)))
    }
}

impl Place {
    /// What of a tool's settings is underlined.
    #[must_use]
    pub fn sighting(sighting: &Sighting) -> Self {
        Self { node: sighting.node, target: sighting.target, span: sighting.span }
    }
}

/// All findings in one entry of a tool's settings.
#[must_use]
pub fn check_setup(setup: &Setup<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in ALL {
        let Some(check) = rule.check_entry else { continue };
        let mut told = Vec::new();
        check(setup, &mut told);
        let borne_out = |finding| rule.borne_out(Some(setup.provider), finding);
        let told = told.into_iter().filter_map(borne_out);
        found.extend(told.map(|finding| placed(setup, finding)));
    }
    found.extend(parameters::check(setup));
    found
}

/// `finding`, as what is set beside the file has it: what stands in for a variable is not in use while that
/// is set, and what is set stands elsewhere.
fn placed(setup: &Setup<'_>, finding: Finding) -> Finding {
    let entry = setup.entry;
    let mut all = entry.urls.iter().chain(&entry.models).filter(|one| one.set.is_some());
    let is_here = |one: &&Sighting| {
        one.node == finding.place.node && [one.span, one.whole].contains(&finding.place.span)
    };
    let found = all.find(is_here).filter(|_| finding.rule != super::KEY_ENDPOINT_MISMATCH);
    let Some((one, set)) = found.and_then(|one| Some((one, one.set.as_ref()?))) else {
        return finding;
    };
    let is_reserve = matches!(one.written, Written::Default { .. })
        && finding.place.span == one.span
        && one.span != one.whole;
    if !is_reserve {
        let label = match (set.file.as_str(), set.line) {
            ("", _) => return finding,
            (file, 0) => format!("{file}: {}", finding.label),
            (file, line) => format!("{file}:{line}: {}", finding.label),
        };
        return finding.label(label);
    }
    let label = match set.file.as_str() {
        "" => format!("{}; not in use while `{}` is set", finding.label, set.name),
        file => format!("{}; not in use while {file} sets `{}`", finding.label, set.name),
    };
    let severity = finding.severity.min(Severity::Warning);
    finding.severity(severity).label(label).not_refused()
}
