//! What removes a schema's complaint, where one can tell.

use serde_json::Value;

use super::wording;
use crate::diagnostic::Severity;
use crate::document::{Kind, Member, Node};
use crate::fix::{Change, New, Remedy, text_of};
use crate::knowledge::{Complaint, Violation, similar};

/// What removes `violation`, which stands at `node` and is told at `severity`.
///
/// `takes_texts` says whether the node may be a list of strings.
pub fn of(
    violation: &Violation,
    node: Node<'_>,
    severity: Severity,
    takes_texts: bool,
) -> Option<Remedy> {
    if let Some(write) = violation.wording().and_then(|wording| wording.write.as_ref()) {
        return Some(Remedy::safe(Change::Set { node: node.id(), to: new(write) }));
    }
    if violation.wording().is_some_and(|wording| wording.as_text) {
        return Some(Remedy::safe(Change::text(node, text_of(node)?)));
    }
    match &violation.complaint {
        Complaint::Unknown { name, known } => {
            let meant = wording::meant_field(name, known, &violation.annotation)?;
            renamed(&node.member(name)?, meant, severity == Severity::Error)
        }
        Complaint::Type(types) => of_type(types, node, takes_texts),
        Complaint::NotOneOf(options) => one_of(options, node, severity),
        Complaint::Range { least, most } => {
            let limit = nearest_limit(node, least.as_deref(), most.as_deref())?;
            Some(Remedy::risky(Change::word(node, limit)))
        }
        _ => None,
    }
}

/// The member called `meant`. That another API's field of another form means the same is no reason to call
/// it so.
pub fn renamed(member: &Member<'_>, meant: &str, is_refused: bool) -> Option<Remedy> {
    let name = member.key.name();
    let is_slip = similar::nearest(&name, [meant]).is_some();
    if !is_slip && member.value.kind() != Kind::Number {
        return None;
    }
    Some(Remedy::safe_if(is_refused, Change::rename(member.value, meant)))
}

fn new(value: &Value) -> New {
    match value {
        Value::String(text) => New::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => New::Data(value.clone()),
        word => New::Word(word.to_string()),
    }
}

/// A value of the wrong type that says, in its own way, one of the right.
#[must_use]
pub fn of_type(types: &[String], node: Node<'_>, takes_texts: bool) -> Option<Remedy> {
    let wants = |name: &str| types.iter().any(|one| one == name);
    let text = node.as_str();
    let text = text.as_deref().map(str::trim);
    match text {
        Some(text) if wants("number") && is_number(text) => {
            Some(Remedy::safe(Change::word(node, text)))
        }
        Some(text) if wants("integer") && is_number(text) && !text.contains(['.', 'e', 'E']) => {
            Some(Remedy::safe(Change::word(node, text)))
        }
        Some(text @ ("true" | "false")) if wants("boolean") => {
            Some(Remedy::safe(Change::word(node, text)))
        }
        Some(text @ ("True" | "False")) if wants("boolean") => {
            Some(Remedy::safe(Change::word(node, text.to_ascii_lowercase())))
        }
        Some(_) if takes_texts && types.iter().all(|one| one == "array" || one == "null") => {
            let list = Value::Array(vec![Value::String(node.as_str()?.into_owned())]);
            Some(Remedy::safe(Change::Set { node: node.id(), to: New::Data(list) }))
        }
        None if wants("string") && matches!(node.kind(), Kind::Number | Kind::Bool) => {
            Some(Remedy::safe(Change::text(node, node.raw())))
        }
        _ => None,
    }
}

/// Whether a text is a number as JSON writes it.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// The value that was meant: certainly, where only case or the signs between words differ.
fn one_of(options: &[Value], node: Node<'_>, severity: Severity) -> Option<Remedy> {
    let written = node.as_str();
    let texts = options.iter().filter_map(Value::as_str);
    let meant = written.as_deref().and_then(|written| {
        let meant = similar::nearest(written, texts)?;
        Some((meant, severity == Severity::Error && similar::is_same_word(written, meant)))
    });
    if let Some((meant, is_sure)) = meant {
        return Some(Remedy::safe_if(is_sure, Change::text(node, meant)));
    }
    let [only] = options else { return None };
    let is_scalar = !matches!(node.kind(), Kind::Object | Kind::Array);
    (is_scalar && !node.is_null())
        .then(|| Remedy::risky(Change::Set { node: node.id(), to: new(only) }))
}

/// The limit that a number is beyond.
fn nearest_limit(node: Node<'_>, least: Option<&str>, most: Option<&str>) -> Option<String> {
    let value = node.as_f64()?;
    let beyond = |limit: Option<&str>, is_beyond: &dyn Fn(f64) -> bool| {
        let limit = limit?;
        let number: f64 = limit.parse().ok()?;
        is_beyond(number).then(|| limit.strip_suffix(".0").unwrap_or(limit).to_owned())
    };
    beyond(most, &|most| value > most).or_else(|| beyond(least, &|least| value < least))
}
