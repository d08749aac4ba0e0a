//! What the JSON Schemas refuse, told by the rules that document it.
//!
//! The table from keyword to rule stands here, once.

mod remedy;
mod standing;
mod wording;

pub use remedy::{of_type, renamed};
pub use wording::either;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::Severity;
use crate::document::{Kind, Member, Node};
use crate::fix::{Change, Remedy};
use crate::knowledge::{Complaint, DocumentKind, Violation, most_telling, similar};

use super::finding::{Finding, Place};
use super::{Request, catalogue, tool_forms};

/// The rule that tells of a complaint, where the schema names none.
fn default_rule(complaint: &Complaint, node: Node<'_>) -> &'static str {
    match complaint {
        Complaint::Missing(_) => "missing-field",
        Complaint::Unknown { .. } => "unknown-field",
        Complaint::Type(_) => "wrong-type",
        Complaint::Range { .. } => "out-of-range",
        Complaint::TooFew(1) if node.kind() == Kind::String => "empty-value",
        Complaint::TooFew(_) | Complaint::TooMany(_) => "wrong-length",
        Complaint::NotOneOf(_)
        | Complaint::Pattern(_)
        | Complaint::Forbidden
        | Complaint::Other => "invalid-value",
    }
}

/// Everything that the request's schema complains of, one finding a cause.
pub fn check(request: &Request<'_>) -> Vec<Finding> {
    let provider = match request.kind {
        DocumentKind::Custom(_) => "",
        _ => request.provider.map_or("", |provider| provider.id.as_str()),
    };
    let catalog = request.catalog;
    let (Some(Ok(validator)), Some(uri)) = (
        catalog.validator(provider, request.kind.name()),
        catalog.schema_uri(provider, request.kind.name()),
    ) else {
        return Vec::new();
    };
    if validator.valid(request.root) {
        return Vec::new();
    }
    let mut violations = validator.violations(catalog.schemas(), uri, request.root);
    if violations.is_empty() {
        return vec![unexplained(request)];
    }
    let tree = request.root.tree();
    // A hole satisfies every schema: nothing is guessed about it.
    violations.retain(|violation| !tree.node(violation.node).is_hole());
    // SDKs write every field that they know; one that says nothing does nothing.
    violations.retain(|violation| {
        let Complaint::Unknown { name, .. } = &violation.complaint else { return true };
        let value = tree.node(violation.node).get(name);
        !value.is_some_and(|value| {
            value.is_null() || (value.kind() == Kind::Array && value.is_empty())
        })
    });
    standing::inherit(&mut violations, catalog.schemas(), uri, request.root);
    let mut violations = most_telling(violations);
    drop_fields_of_unknown_kinds(&mut violations, request.root);
    keep_first_of_like_elements(&mut violations, request.root);
    let known = remedy::Known { schemas: catalog.schemas(), uri, root: request.root };
    let slips = join_slips(&mut violations, tree, &known);
    let mut findings: Vec<Finding> = violations
        .iter()
        .map(|violation| {
            let node = tree.node(violation.node);
            let mut finding = told(violation, node, request.root);
            // An answer that a test keeps is what it is.
            if *request.kind != DocumentKind::ErrorResponse {
                let instructions = match &violation.complaint {
                    Complaint::Unknown { name, .. } if node.id() == request.root.id() => {
                        tool_forms::of_instructions(request, name)
                    }
                    _ => tool_forms::of_system(request, node),
                };
                finding.remedy = instructions
                    .or_else(|| tool_forms::of_choice(request, node))
                    .or_else(|| remedy::of(violation, node, finding.severity, &known));
            }
            if is_unset(violation, node, request) {
                as_unset(finding, request.root, node)
            } else {
                finding
            }
        })
        .collect();
    findings.extend(slips);
    findings
}

/// Whether a null stands for a parameter that need not be there: SDKs write it for what is unset, and no
/// answer is on record that refuses it as such.
fn is_unset(violation: &Violation, node: Node<'_>, request: &Request<'_>) -> bool {
    if !node.is_null() || !matches!(violation.complaint, Complaint::Type(_)) {
        return false;
    }
    let pointer = node.pointer_from(request.root);
    let Some(name) = pointer.strip_prefix('/').filter(|name| !name.contains('/')) else {
        return false;
    };
    let required = request
        .provider
        .and_then(|provider| request.catalog.schema_uri(&provider.id, request.kind.name()))
        .and_then(|uri| request.catalog.schemas().at(uri)?.get("required")?.as_array());
    required.is_some_and(|required| required.iter().all(|one| one != name))
}

/// `finding` as one on a parameter that is unset.
fn as_unset(mut finding: Finding, root: Node<'_>, node: Node<'_>) -> Finding {
    if finding.rule == super::empty_value::RULE.id {
        return finding.remedy(Remedy::safe(Change::remove(node)));
    }
    let pointer = node.pointer_from(root);
    let name = shown(pointer.trim_start_matches('/'));
    let severity = finding.severity.min(Severity::Warning);
    finding = Finding::new(&super::empty_value::RULE, finding.place, format!("`{name}` is null"))
        .severity(severity)
        .label("leave it out")
        .remedy(Remedy::safe(Change::remove(node)))
        .help("the page lists no null for it; an unset parameter is one that is not sent");
    finding
}

/// Where the `type` or the `role` of an object is none that is known, its other fields are those of what
/// it was meant to be, and so is all that lies in them where it is the `type`: one cause.
fn drop_fields_of_unknown_kinds(violations: &mut Vec<Violation>, root: Node<'_>) {
    let tree = root.tree();
    let mut objects = HashSet::new();
    // What says that a kind is not known, with the object whose kind it is.
    let mut marks = HashMap::new();
    let mut spans = Vec::new();
    for violation in violations.iter() {
        if !matches!(violation.complaint, Complaint::NotOneOf(_)) {
            continue;
        }
        let pointer = tree.node(violation.node).pointer_from(root);
        let Some((parent, name @ ("type" | "role"))) = pointer.rsplit_once('/') else { continue };
        let Some(object) = root.at(parent).filter(|object| object.id() != root.id()) else {
            continue;
        };
        objects.insert(object.id());
        marks.insert(violation.node, object.span());
        if name == "type" {
            spans.push(object.span());
        }
    }
    // In order of the text, without those that lie in another.
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans.dedup_by(|inner, outer| outer.covers(*inner));
    violations.retain(|violation| {
        let unknown = matches!(violation.complaint, Complaint::Unknown { .. });
        let span = tree.node(violation.node).span();
        let before = spans.partition_point(|outer| outer.start <= span.start);
        let outer = before.checked_sub(1).map(|at| spans[at]).filter(|outer| outer.covers(span));
        match marks.get(&violation.node) {
            // An object of no known kind within another is the other's matter.
            Some(own) => outer.is_none_or(|outer| own.covers(outer)),
            None => outer.is_none() && !(unknown && objects.contains(&violation.node)),
        }
    });
}

/// A list of texts where a list of objects belongs is one cause, however long it is.
fn keep_first_of_like_elements(violations: &mut Vec<Violation>, root: Node<'_>) {
    let mut seen = HashSet::new();
    violations.retain(|violation| {
        let Complaint::Type(types) = &violation.complaint else { return true };
        let node = root.tree().node(violation.node);
        if !matches!(node.kind(), Kind::String | Kind::Number) || types.len() != 1 {
            return true;
        }
        let pointer = node.pointer_from(root);
        match pointer.rsplit_once('/') {
            Some((list, index)) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
                seen.insert((list.to_owned(), node.kind_name(), types[0].clone()))
            }
            _ => true,
        }
    });
}

/// A refusal that the validator cannot explain is our fault, and is never kept silent.
fn unexplained(request: &Request<'_>) -> Finding {
    let message =
        "the schema refuses this request, and requestlint cannot tell why; please report it";
    Finding::new(&super::invalid_value::RULE, Place::value(request.root), message)
}

/// A required field that is missing and an unknown one whose name is near are one cause: a slip of
/// the pen. Takes both out of `violations`.
fn join_slips(
    violations: &mut Vec<Violation>,
    tree: &crate::document::Tree<'_>,
    known: &remedy::Known<'_>,
) -> Vec<Finding> {
    let mut joined = Vec::new();
    let mut gone = HashSet::new();
    let mut unknown_in: HashMap<_, Vec<_>> = HashMap::new();
    for (index, violation) in violations.iter().enumerate() {
        if let Complaint::Unknown { name, .. } = &violation.complaint {
            let meant = violation.annotation.aliases.get(name);
            unknown_in.entry(violation.node).or_default().push((index, name, meant));
        }
    }
    for (at, violation) in violations.iter().enumerate() {
        let Complaint::Missing(missing) = &violation.complaint else {
            continue;
        };
        let beside = unknown_in.get(&violation.node).into_iter().flatten().copied();
        let unknown = beside.into_iter().find(|(index, name, meant)| {
            !gone.contains(index)
                && (similar::nearest(name, [missing.as_str()]).is_some() || *meant == Some(missing))
        });
        let object = tree.node(violation.node);
        let member = match unknown {
            Some((_, name, _)) => object.member(name),
            None => stand_in(object, missing, &violation.annotation.aliases),
        };
        let Some(member) = member else { continue };
        gone.insert(at);
        gone.extend(unknown.map(|(index, ..)| index));
        let mut finding = slip(violation, missing, &member, unknown.is_some());
        // A request that lacks a field is refused, and this is what was written for it.
        let is_sure = finding.severity == Severity::Error && unknown.is_some();
        finding.remedy = remedy::called(object, &member, missing, is_sure, known);
        joined.push(finding);
    }
    let mut index = 0;
    violations.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
    joined
}

/// A field that the object knows and that does nothing, written for the required one that is missing.
fn stand_in<'t>(
    object: Node<'t>,
    missing: &str,
    aliases: &BTreeMap<String, String>,
) -> Option<Member<'t>> {
    let means = |member: &Member<'_>| {
        aliases.get(member.key.name().as_ref()).is_some_and(|meant| meant == missing)
    };
    object.members().find(|member| means(member) && !member.value.is_null())
}

/// The one finding for `missing` and the field `member` that was written for it.
fn slip(violation: &Violation, missing: &str, member: &Member<'_>, is_unknown: bool) -> Finding {
    let name = member.key.name();
    let name = super::mask(&shown(&name)).into_owned();
    let message = if is_unknown {
        format!("unknown field `{name}`, and the required `{missing}` is missing")
    } else {
        format!("`{name}` is not read here, and the required `{missing}` is missing")
    };
    let firm = violation.confidence().is_firm();
    let mut finding = Finding::new(&super::unknown_field::RULE, Place::key(member), message)
        .severity(if firm { Severity::Error } else { Severity::Warning })
        .label(format!("did you mean `{missing}`?"));
    finding.help = violation.wording().and_then(|wording| wording.help.clone());
    finding
}

/// Words one violation.
fn told(violation: &Violation, node: Node<'_>, root: Node<'_>) -> Finding {
    let own = violation.wording().cloned().unwrap_or_default();
    let rule = own
        .rule
        .as_deref()
        .and_then(catalogue::find)
        .or_else(|| catalogue::find(default_rule(&violation.complaint, node)))
        .unwrap_or(&super::invalid_value::RULE);
    let mut severity = own.severity.as_deref().and_then(Severity::parse).unwrap_or(rule.severity);
    if !violation.confidence().is_firm() {
        // An error may only rest on the provider's own word or on a real answer.
        severity = severity.min(Severity::Warning);
    }
    let general = wording::of(violation, node, root);
    let meant = remedy::meant(violation, node).map(|meant| format!("did you mean `{meant}`?"));
    let mut finding = Finding::new(rule, general.place, own.message.unwrap_or(general.message))
        .severity(severity)
        .label(own.label.or(meant).unwrap_or(general.label));
    finding.help = match (own.help, general.help) {
        (Some(own), Some(general))
            if general.starts_with("accepted") && !own.starts_with("accepted") =>
        {
            Some(format!("{general}; {own}"))
        }
        (own, general) => own.or(general),
    };
    finding.answer = own.answer;
    finding.refused = !own.taken;
    if let Complaint::Range { least, most } = &violation.complaint {
        let bounds = [("least", least), ("most", most)];
        let known = bounds.into_iter().filter_map(|(name, bound)| Some((name, bound.clone()?)));
        finding.values.extend(known);
    }
    finding
}

/// Text from a file, cut to what fits a sentence.
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
