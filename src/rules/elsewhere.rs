//! Which findings hang on what lies beside a file.

/// The rules on settings that depend on what lies beside them; where the key is taken from a variable,
/// those on keys too, and where a URL or a model is, those on all of them.
#[must_use]
pub fn found_elsewhere(takes_key: bool, takes_value: bool) -> &'static [&'static str] {
    const RULES: [&str; 13] = [
        "hardcoded-api-key",
        "undefined-env-var",
        "empty-api-key",
        "key-endpoint-mismatch",
        "malformed-api-key",
        "placeholder-api-key",
        "base-url",
        "unknown-endpoint",
        "insecure-url",
        "deprecated-model",
        "unknown-model",
        "model-capability",
        "model-not-in-plan",
    ];
    match (takes_key, takes_value) {
        (_, true) => &RULES,
        (true, false) => &RULES[..6],
        (false, false) => &RULES[..2],
    }
}
