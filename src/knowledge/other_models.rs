//! How the models and the requests of other vendors are recognised.

use std::sync::LazyLock;

use regex::RegexSet;
use serde::Deserialize;

use super::bundle;

#[derive(Debug, Deserialize)]
struct File {
    vendors: Vec<Vendor>,
    aggregators: Vec<Aggregator>,
}

#[derive(Debug, Deserialize)]
struct Vendor {
    vendor: String,
    patterns: Vec<String>,
}

/// A gateway that serves many vendors' models under ids of its own.
#[derive(Debug, Clone, Deserialize)]
pub struct Aggregator {
    /// Its name.
    pub name: String,
    /// What stands before a MiMo model's id there.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Fields that only its requests carry.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// The names by which other vendors' models and requests are known.
#[derive(Debug)]
pub struct OtherModels {
    vendors: Vec<String>,
    patterns: RegexSet,
    aggregators: Vec<Aggregator>,
}

static BUNDLED: LazyLock<OtherModels> = LazyLock::new(|| {
    let file: File = bundle::file("other-models.json")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or(File { vendors: Vec::new(), aggregators: Vec::new() });
    let pairs = file.vendors.iter().flat_map(|vendor| {
        vendor.patterns.iter().map(|pattern| (vendor.vendor.clone(), pattern.as_str()))
    });
    let (vendors, patterns): (Vec<_>, Vec<_>) = pairs.unzip();
    let patterns = RegexSet::new(patterns).unwrap_or_else(|_| RegexSet::empty());
    OtherModels { vendors, patterns, aggregators: file.aggregators }
});

impl OtherModels {
    /// The bundled table.
    #[must_use]
    pub fn bundled() -> &'static OtherModels {
        &BUNDLED
    }

    /// The vendor whose model `id` names.
    #[must_use]
    pub fn vendor_of(&self, id: &str) -> Option<&str> {
        let first = self.patterns.matches(&id.to_lowercase()).iter().next()?;
        self.vendors.get(first).map(String::as_str)
    }

    /// Whether a request for `id` that carries the fields of which `has` says so is one to a gateway.
    pub fn is_for_gateway(&self, id: &str, has: impl Fn(&str) -> bool) -> bool {
        self.aggregators.iter().any(|aggregator| {
            aggregator.prefixes.iter().any(|prefix| id.starts_with(prefix.as_str()))
                && aggregator.fields.iter().any(|field| has(field))
        })
    }

    /// The gateway whose notation `id` is in.
    #[must_use]
    pub fn aggregator_of(&self, id: &str) -> Option<&Aggregator> {
        self.aggregators.iter().find(|aggregator| {
            aggregator.prefixes.iter().any(|prefix| id.starts_with(prefix.as_str()))
        })
    }
}
