//! Keeps keys out of what is told of documents.

use crate::identify::{Evidence, Verdict};
use crate::rules::mask;

/// A verdict whose words hold no key: they name what stands in the file.
pub fn masked(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Skipped(reason) => Verdict::Skipped(mask(&reason).into_owned()),
        Verdict::Judged { kind, provider, evidence } => {
            let evidence = match evidence {
                Evidence::Addressed(text) => Evidence::Addressed(mask(&text).into_owned()),
                Evidence::Modelled(text) => Evidence::Modelled(mask(&text).into_owned()),
                Evidence::Named(text) => Evidence::Named(mask(&text).into_owned()),
                other => other,
            };
            Verdict::Judged { kind, provider, evidence }
        }
    }
}
