//! Whether a run met hosts of a provider that its requests were not held to.

use std::collections::{BTreeMap, BTreeSet};

use super::check::counted;
use crate::engine::FileReport;
use crate::identify::{Evidence, Verdict};

/// Which providers' hosts a run met, and which providers requests without a host were held to.
#[derive(Default)]
pub struct Hosts {
    addressed: BTreeSet<String>,
    unaddressed: BTreeMap<String, usize>,
}

impl Hosts {
    pub fn add(&mut self, file: &FileReport) {
        for document in &file.documents {
            let Verdict::Judged { kind, provider: Some(provider), evidence } = &document.verdict
            else {
                continue;
            };
            match evidence {
                Evidence::Addressed(_) => {
                    self.addressed.insert(provider.id.clone());
                }
                // Settings that name no URL, such as a key alone, are no request.
                _ if kind.is_settings() => {}
                Evidence::Declared => {}
                _ => *self.unaddressed.entry(provider.id.clone()).or_default() += 1,
            }
        }
    }

    /// What to say where requests without a host were held to one provider while others name another.
    pub fn note(&self) -> Option<String> {
        let (held, count) = self
            .unaddressed
            .iter()
            .find(|(held, _)| !self.addressed.is_empty() && !self.addressed.contains(*held))?;
        let other = self.addressed.iter().next()?;
        Some(format!(
            "note: {} without a URL {} held to {held}, and others name a host of {other}; `provider = \"{other}\"` in requestlint.toml settles which is meant",
            counted(*count, "request"),
            if *count == 1 { "was" } else { "were" },
        ))
    }
}
