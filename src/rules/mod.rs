//! The rules: what a request is refused for, one file each.
//!
//! A rule sees nodes and facts, never bytes, and cannot fail: it returns findings. What a JSON
//! Schema can say is said in `schemas/`; the `schema` folder words that, and such a rule's file documents it.

mod catalogue;
mod finding;
mod request;
mod schema;
mod secrets;

mod bad_data_url;
mod deprecated_model;
mod duplicate_key;
mod empty_api_key;
mod empty_value;
mod invalid_value;
mod media_in_tool_message;
mod media_type_unsupported;
mod missing_field;
mod model_capability;
mod out_of_range;
mod placeholder_api_key;
mod syntax_error;
mod unknown_field;
mod unknown_model;
mod wrong_length;
mod wrong_type;

pub use catalogue::{ALL, find};
pub use deprecated_model::day_number;
pub use finding::{Finding, Place, RelatedPlace};
pub use request::Request;
pub use secrets::mask;
pub use syntax_error::findings as syntax_findings;

use crate::diagnostic::Severity;

/// A rule: what it is called, what it says of itself, and how it looks.
#[derive(Debug)]
pub struct Rule {
    /// The name in outputs, configuration and suppressions: the fault, in kebab-case.
    pub id: &'static str,
    /// How bad its findings are where neither a schema nor the configuration says otherwise.
    pub severity: Severity,
    /// One sentence: what it finds.
    pub summary: &'static str,
    /// Markdown: why it is refused, with ` ```json bad ` and ` ```json good ` examples that the
    /// tests run. An example may name its provider: ` ```json bad provider=xiaomi `.
    pub docs: &'static str,
    /// How it looks; `None` where a schema, the parser or another rule's file finds it.
    pub check: Option<fn(&Request<'_>, &mut Vec<Finding>)>,
}

/// All findings in one request: the schema's, then the rules', each cause told once.
#[must_use]
pub fn check(request: &Request<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in ALL {
        if let Some(check) = rule.check {
            check(request, &mut found);
        }
    }
    let claimed: Vec<_> = found.iter().flat_map(|finding| finding.claims.iter().copied()).collect();
    let mut told = schema::check(request);
    told.retain(|finding| !claimed.iter().any(|claim| claim.covers(finding.place.span)));
    found.append(&mut told);
    found
}
