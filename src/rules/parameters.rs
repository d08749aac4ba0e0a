//! Settings that a tool sends as they stand: each is held to what a request may hold in that field.

use serde_json::{Map, Value};

use super::finding::{Finding, Place};
use super::model_use::{ModelUse, kind_of_protocol};
use super::{Request, Setup, invalid_value, max_tokens_over_model_limit, out_of_range};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::extract::{Syntax, extract};
use crate::knowledge::{DocumentKind, to_value};

/// What one value alone decides. All else depends on the rest of the request, which the tool writes.
const OF_ONE_VALUE: [&str; 3] =
    [out_of_range::RULE.id, invalid_value::RULE.id, max_tokens_over_model_limit::RULE.id];

/// What a request with these settings is refused for.
pub fn check(setup: &Setup<'_>) -> Vec<Finding> {
    let protocol = setup.entry.protocol.as_deref();
    // What nothing is known of sends chat completions as a rule; that is no more than likely.
    if protocol.is_none() && !setup.entry.client.is_generic {
        return Vec::new();
    }
    let Some(kind) = DocumentKind::parse(kind_of_protocol(protocol)) else { return Vec::new() };
    let mut found = Vec::new();
    for (field, node) in &setup.entry.parameters {
        let node = setup.root.tree().node(*node);
        let Some(value) = sent(setup, node) else { continue };
        let model = setup.model_near(node.id());
        let mut request = Map::new();
        if let Some(model) = &model {
            request.insert("model".to_owned(), Value::String(model.id.to_string()));
        }
        request.insert(field.clone(), value);
        let text = Value::Object(request).to_string();
        extract(Syntax::Json, &text, &mut |document| {
            let Some(root) = document.root() else { return };
            let request = Request {
                root,
                kind: &kind,
                provider: Some(setup.provider),
                evidence: setup.evidence,
                headers: None,
                status: None,
                address: None,
                in_batch: false,
                catalog: setup.catalog,
                today: setup.today,
            };
            let told = super::check(&request).into_iter();
            let told = told.filter(|finding| OF_ONE_VALUE.contains(&finding.rule));
            found.extend(told.filter_map(|finding| {
                let at = root.tree().node(finding.place.node).pointer_from(root);
                let below = at.strip_prefix('/')?.strip_prefix(field.as_str())?;
                let place = Place::value(node.at(below)?);
                Some(in_file(setup, finding, place, model.as_ref()))
            }));
        });
    }
    found
}

/// What goes out; nothing where it is filled in, or left to the tool. In an environment every number is a text.
fn sent(setup: &Setup<'_>, node: Node<'_>) -> Option<Value> {
    match node.kind() {
        Kind::Null => None,
        Kind::String if setup.is_env => {
            let text = node.as_str().filter(|_| !node.is_hole())?;
            serde_json::from_str(text.trim()).ok().filter(Value::is_number)
        }
        _ => Some(to_value(node)),
    }
}

/// A finding in the request as one in the file.
fn in_file(
    setup: &Setup<'_>,
    mut finding: Finding,
    place: Place,
    model: Option<&ModelUse<'_>>,
) -> Finding {
    finding.place = place;
    finding.remedy = None;
    finding.claims.clear();
    let of_model = std::mem::take(&mut finding.related);
    // What programs make of the settings is not known of those that nothing is known of.
    if setup.entry.client.is_generic {
        finding.severity = finding.severity.min(Severity::Warning);
    }
    match (of_model.into_iter().next(), model) {
        (Some(related), Some(model)) => finding.related_at(model.place, related.message),
        _ => finding,
    }
}
