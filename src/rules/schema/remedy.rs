//! What removes a schema's complaint, where one can tell.

use serde_json::{Value, json};

use super::wording;
use crate::diagnostic::Severity;
use crate::document::{Kind, Member, Node, pointer};
use crate::fix::{Change, New, Remedy, text_of};
use crate::knowledge::{Complaint, SchemaSet, Violation, describing_schema, similar};

/// What is known of the request that is judged.
pub struct Known<'c> {
    /// All schemas.
    pub schemas: &'c SchemaSet,
    /// Which of them it is held to.
    pub uri: &'c str,
    /// The request.
    pub root: Node<'c>,
}

impl<'c> Known<'c> {
    /// What may stand at `node`, or below it.
    fn schema(&self, node: Node<'_>, below: &str) -> Option<&'c Value> {
        let pointer = format!("{}{below}", node.pointer_from(self.root));
        Some(describing_schema(self.schemas, self.uri, &pointer)?.1)
    }

    /// Whether a list of strings may stand in the place of `node`.
    fn takes_texts(&self, node: Node<'_>) -> bool {
        node.kind() == Kind::String
            && self.schema(node, "").is_some_and(|schema| {
                schema.pointer("/items/type").is_some_and(|one| one == "string")
            })
    }

    /// Whether `value` is of a type that the field `name` of its object takes.
    fn takes(&self, object: Node<'_>, name: &str, value: Node<'_>) -> bool {
        let field = self.schema(object, &pointer::push("", name));
        let kinds: &[&str] = match value.kind() {
            Kind::Null => &["null"],
            Kind::Bool => &["boolean"],
            Kind::Number => &["number", "integer"],
            Kind::String => &["string"],
            Kind::Array => &["array"],
            Kind::Object => &["object"],
        };
        // A text alone is mended to a list of one.
        let items = field.and_then(|field| field.pointer("/items/type"));
        if value.kind() == Kind::String && items.is_some_and(|one| one == "string") {
            return true;
        }
        match field.and_then(|field| field.get("type")) {
            Some(Value::Array(types)) => {
                types.iter().any(|one| kinds.iter().any(|kind| one == kind))
            }
            Some(one) => kinds.iter().any(|kind| one == kind),
            None => false,
        }
    }
}

/// What removes `violation`, which stands at `node` and is told at `severity`.
pub fn of(
    violation: &Violation,
    node: Node<'_>,
    severity: Severity,
    known: &Known<'_>,
) -> Option<Remedy> {
    if let Some(write) = violation.wording().and_then(|wording| wording.write.as_ref()) {
        return Some(Remedy::safe(Change::Set { node: node.id(), to: new(write) }));
    }
    if violation.wording().is_some_and(|wording| wording.as_text) {
        return Some(Remedy::safe(Change::text(node, text_of(node)?)));
    }
    match &violation.complaint {
        Complaint::Unknown { name, known: names } => {
            let meant = wording::meant_field(name, names, &violation.annotation)?;
            let member = node.member(name)?;
            called(node, &member, meant, severity == Severity::Error, known)
        }
        Complaint::Type(types) => of_type(types, node, known.takes_texts(node))
            .or_else(|| as_object(types, node, severity, known)),
        Complaint::Missing(name) => missing(node, name, severity == Severity::Error, known),
        Complaint::NotOneOf(options) => match meant(violation, node) {
            Some(meant) => of_kind(node, meant, severity == Severity::Error, known),
            None => one_of(options, node, severity),
        },
        Complaint::Range { least, most } => {
            let limit = nearest_limit(node, least.as_deref(), most.as_deref())?;
            Some(Remedy::risky(Change::word(node, limit)))
        }
        _ => None,
    }
}

/// A member of `object` called `meant`: a slip, or another API's name for a field of the same type.
pub fn called(
    object: Node<'_>,
    member: &Member<'_>,
    meant: &str,
    is_refused: bool,
    known: &Known<'_>,
) -> Option<Remedy> {
    renamed(member, meant, is_refused).or_else(|| {
        let change = Change::rename(member.value, meant);
        known.takes(object, meant, member.value).then(|| Remedy::safe_if(is_refused, change))
    })
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

/// The field `name` of an object, where only one of its values fits what else the object holds: the one that
/// there is, or the one that is called as a member.
fn missing(object: Node<'_>, name: &str, is_sure: bool, known: &Known<'_>) -> Option<Remedy> {
    let options = known.schema(object, &pointer::push("", name))?.get("enum")?.as_array()?;
    let texts = options.iter().filter_map(Value::as_str);
    let mut fitting = texts.filter(|text| options.len() == 1 || object.get(text).is_some());
    let (Some(only), None) = (fitting.next(), fitting.next()) else { return None };
    let first = object.members().next()?.value.id();
    let value = New::Text(only.to_owned());
    Some(Remedy::safe_if(is_sure, Change::Insert { after: first, key: name.to_owned(), value }))
}

/// What the value at `node` is written for, where the schema knows that it is.
pub fn meant<'v>(violation: &'v Violation, node: Node<'_>) -> Option<&'v str> {
    let words = violation.wording()?;
    words.meant.get(node.as_str()?.as_ref()).map(String::as_str)
}

/// An object whose type, at `node`, is called `meant`; and so is the only other field that it has.
fn of_kind(node: Node<'_>, meant: &str, is_sure: bool, known: &Known<'_>) -> Option<Remedy> {
    let object = node.parent_in(known.root)?;
    let remedy = Remedy::safe_if(is_sure, Change::text(node, meant));
    if object.get(meant).is_some() {
        return Some(remedy);
    }
    let mut others = object.members().filter(|member| member.value.id() != node.id());
    let (Some(only), None) = (others.next(), others.next()) else { return None };
    let renamed = remedy.and(Change::rename(only.value, meant));
    match only.value.kind() {
        Kind::Object => Some(renamed),
        Kind::String => {
            let schema = known.schema(object, &pointer::push("", meant))?;
            let [field] = schema.get("required")?.as_array()?.as_slice() else { return None };
            let to = New::Data(json!({ field.as_str()?: only.value.as_str()? }));
            Some(renamed.and(Change::Set { node: only.value.id(), to }))
        }
        _ => None,
    }
}

/// A text where an object belongs that says as much: its type, or the only field that it must have.
fn as_object(
    types: &[String],
    node: Node<'_>,
    severity: Severity,
    known: &Known<'_>,
) -> Option<Remedy> {
    let is_object = types.iter().all(|one| one == "object" || one == "null");
    if node.kind() != Kind::String || !is_object {
        return None;
    }
    let text = node.as_str()?;
    let schema = known.schema(node, "")?;
    let kinds = schema.pointer("/properties/type/enum").and_then(Value::as_array);
    let is_type = kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == text.as_ref()));
    let only = match schema.get("required").and_then(Value::as_array).map(Vec::as_slice) {
        _ if is_type => "type",
        Some([only]) => only.as_str().filter(|name| *name != "type")?,
        _ => return None,
    };
    let property = known.schema(node, &pointer::push("", only));
    let is_text = is_type || property?.get("type").is_some_and(|one| one == "string");
    let to = New::Data(json!({ only: text }));
    let change = Change::Set { node: node.id(), to };
    is_text.then(|| Remedy::safe_if(severity == Severity::Error, change))
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
