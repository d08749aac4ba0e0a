//! What may be told of a request or of settings of which a part could not be read: nothing that the lost part
//! may mend.

use super::finding::Finding;
use crate::document::{Document, Node};
use crate::identify::Evidence;

/// Rules on what one value says, whatever else is said, or two that both can be read. A test holds the names.
const ON_VALUES: [&str; 21] = [
    "bad-data-url",
    "base-url",
    "client-setting",
    "deprecated-model",
    "ignores-retry-after",
    "insecure-url",
    "invalid-value",
    "key-endpoint-mismatch",
    "max-tokens-over-model-limit",
    "model-capability",
    "model-not-in-plan",
    "no-backoff",
    "out-of-range",
    "retries-client-errors",
    "tts-voice",
    "unbounded-retries",
    "unknown-endpoint",
    "unknown-field",
    "unknown-model",
    "wrong-auth-header",
    "wrong-type",
];

/// Rules on a key, whatever API it is for.
const ON_KEYS: [&str; 4] =
    ["exposed-api-key", "hardcoded-api-key", "malformed-api-key", "placeholder-api-key"];

/// Rules that ask what else is in the file.
const ON_FILES: [&str; 1] = ["undefined-env-var"];

/// Whether `finding` in the request or settings at `root`, which are ours by `evidence`, holds whatever
/// stands in the part of `document` that is lost.
#[must_use]
pub fn holds_in_part(
    document: &Document<'_>,
    root: Node<'_>,
    evidence: &Evidence,
    finding: &Finding,
) -> bool {
    let lost = &document.lost;
    if lost.is_empty() {
        return true;
    }
    let related = finding.related.iter().map(|related| related.span);
    let mut spans = std::iter::once(finding.place.span).chain(related);
    if spans.any(|span| lost.takes(span)) || ON_FILES.contains(&finding.rule) {
        return false;
    }
    // Of a finding at a key, the value may go on.
    if lost.touches(document.tree.node(finding.place.node)) && finding.rule != "unknown-field" {
        return false;
    }
    let is_whole = !lost.touches(root);
    // Where a URL may be lost, a name or a model may be another API's.
    let is_certain = matches!(evidence, Evidence::Declared | Evidence::Addressed(_));
    is_whole || ON_KEYS.contains(&finding.rule) || (is_certain && ON_VALUES.contains(&finding.rule))
}

#[cfg(test)]
mod tests {
    use super::{ON_FILES, ON_KEYS, ON_VALUES};
    use crate::rules::find;

    #[test]
    fn every_name_is_a_rule() {
        for name in ON_VALUES.iter().chain(&ON_KEYS).chain(&ON_FILES) {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
