//! The general words for what a schema complains of. A schema may bring words of its own.

use serde_json::Value;

use super::super::finding::Place;
use super::super::secrets::mask;
use super::shown;
use crate::document::{Kind, Node, pointer};
use crate::knowledge::annotation::Annotation;
use crate::knowledge::{Complaint, Violation, similar};

/// What to say of a violation, and where.
pub struct Words {
    pub place: Place,
    pub message: String,
    pub label: String,
    pub help: Option<String>,
}

/// The general words for `violation`, which stands at `node` of the request at `root`.
pub fn of(violation: &Violation, node: Node<'_>, root: Node<'_>) -> Words {
    let name = name_of(node, root);
    let plain = |message: String, label: String, help: Option<String>| Words {
        place: Place::value(node),
        message,
        label,
        help,
    };
    match &violation.complaint {
        Complaint::Missing(missing) => Words {
            place: Place::container(node),
            message: format!("{} lacks the required field `{missing}`", subject(node, root)),
            label: format!("`{missing}` is missing here"),
            help: violation
                .description
                .as_deref()
                .map(|text| format!("`{missing}`: {}", lower(text))),
        },
        Complaint::Unknown { name, known } => {
            unknown(node, root, name, known, &violation.annotation)
        }
        Complaint::Type(types) => plain(
            format!("{name} must be {}, not {}", either(types), kind_name(types, node)),
            format!("expected {}", either(types)),
            type_help(types, node),
        ),
        Complaint::NotOneOf(options) => not_one_of(node, &name, options),
        Complaint::Pattern(pattern) => plain(
            format!("{name} has a value that is not accepted"),
            "not of the accepted form".to_owned(),
            Some(format!("accepted: text that matches `{pattern}`")),
        ),
        Complaint::Range { least, most } => {
            let range = range(least.as_deref(), most.as_deref());
            plain(
                format!("{name} is {}, which is outside the accepted range", shown(node.raw())),
                format!("must be {range}"),
                None,
            )
        }
        Complaint::TooFew(least) => too_few(node, &name, *least, plain),
        Complaint::TooMany(most) => plain(
            format!("{name} holds {}, more than the {most} accepted", count(node)),
            format!("at most {most}"),
            None,
        ),
        Complaint::Forbidden => {
            plain(format!("{name} is not accepted here"), "remove it".to_owned(), None)
        }
        Complaint::Other => plain(
            format!("{name} does not satisfy `{}`", violation.keyword),
            format!("refused by `{}`", violation.keyword),
            violation.description.as_deref().map(lower),
        ),
    }
}

fn too_few(
    node: Node<'_>,
    name: &str,
    least: u64,
    plain: impl Fn(String, String, Option<String>) -> Words,
) -> Words {
    if node.is_empty() {
        return plain(format!("{name} is empty"), "must not be empty".to_owned(), None);
    }
    plain(
        format!("{name} holds {}, fewer than the {least} needed", count(node)),
        format!("at least {least}"),
        None,
    )
}

/// The field that is most likely meant by an unknown name.
pub fn meant_field<'v>(
    name: &str,
    known: &'v [String],
    annotation: &'v Annotation,
) -> Option<&'v str> {
    annotation.aliases.get(name).map(String::as_str).or_else(|| {
        let is_foreign = annotation.instead.contains_key(name)
            || annotation.foreign.iter().any(|foreign| foreign == name);
        (!is_foreign).then(|| similar::nearest(name, known.iter().map(String::as_str))).flatten()
    })
}

fn unknown(
    object: Node<'_>,
    root: Node<'_>,
    name: &str,
    known: &[String],
    annotation: &Annotation,
) -> Words {
    let instead = annotation.instead.get(name);
    let meant = meant_field(name, known, annotation);
    let place = object.member(name).map_or(Place::value(object), |member| Place::key(&member));
    Words {
        place,
        message: format!("unknown field `{}` in {}", mask(&shown(name)), subject(object, root)),
        label: match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "no such field".to_owned(),
        },
        help: instead.cloned().or_else(|| {
            (meant.is_none() && !known.is_empty())
                .then(|| format!("known fields: {}", list(known.iter().map(String::as_str))))
        }),
    }
}

fn not_one_of(node: Node<'_>, name: &str, options: &[Value]) -> Words {
    let texts: Vec<String> = options.iter().map(plain_text).collect();
    let value = node.as_str();
    let meant = value
        .as_deref()
        .and_then(|value| similar::nearest(value, texts.iter().map(String::as_str)));
    let accepted = match texts.as_slice() {
        [only] => format!("accepted: `{only}`"),
        _ => format!("accepted: {}", list(texts.iter().map(String::as_str))),
    };
    Words {
        place: Place::value(node),
        message: format!("{name} does not take {}", quoted(node)),
        label: meant
            .map_or("not an accepted value".to_owned(), |meant| format!("did you mean `{meant}`?")),
        help: Some(accepted),
    }
}

fn plain_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn quoted(node: Node<'_>) -> String {
    match node.kind() {
        Kind::Object | Kind::Array => node.kind_name().to_owned(),
        Kind::String => format!("`{}`", mask(&shown(&node.as_str().unwrap_or_default()))),
        _ => format!("`{}`", shown(node.raw())),
    }
}

/// A number in quotes is the commonest wrong type, and so is text for a list.
/// The type that was found, in words that set it off from the one that was wanted.
fn kind_name(types: &[String], node: Node<'_>) -> &'static str {
    match node.kind() {
        Kind::Number if types.iter().any(|one| one == "integer") => "a fraction",
        _ => node.kind_name(),
    }
}

/// Whether a text is a number as JSON writes it; an integer where it must be one.
fn is_number(text: &str, integer: bool) -> bool {
    let is_json = serde_json::from_str::<serde_json::Number>(text).is_ok();
    is_json && (!integer || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

fn type_help(types: &[String], node: Node<'_>) -> Option<String> {
    let wants = |name: &str| types.iter().any(|one| one == name);
    let text = node.as_str();
    let text = text.as_deref().map(str::trim);
    match text {
        Some(text)
            if is_number(text, !wants("number")) && (wants("number") || wants("integer")) =>
        {
            Some(format!("write {text} without quotes"))
        }
        Some(text) if wants("boolean") && matches!(text, "true" | "false") => {
            Some(format!("write {text} without quotes"))
        }
        _ if node.is_null() => Some(
            "null is not taken here; send a value, or leave the field out where it is optional"
                .to_owned(),
        ),
        _ if wants("array") && types.len() == 1 && node.kind() != Kind::Array => {
            Some("put it in a list: [ … ]".to_owned())
        }
        _ if wants("string") && matches!(node.kind(), Kind::Number | Kind::Bool) => {
            Some(format!("write it in quotes: \"{}\"", node.raw()))
        }
        _ => None,
    }
}

/// The types in words; null is left out beside others, since it is never what was meant.
pub fn either(types: &[String]) -> String {
    let words: Vec<&str> = types
        .iter()
        .filter(|one| types.len() == 1 || one.as_str() != "null")
        .map(|one| match one.as_str() {
            "object" => "an object",
            "array" => "an array",
            "string" => "a string",
            "integer" => "an integer",
            "number" => "a number",
            "boolean" => "a boolean",
            other => other,
        })
        .collect();
    match words.as_slice() {
        [] => "another type".to_owned(),
        [only] => (*only).to_owned(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

fn range(least: Option<&str>, most: Option<&str>) -> String {
    let plain = |limit: &'_ str| limit.strip_suffix(".0").unwrap_or(limit).to_owned();
    match (least.map(plain), most.map(plain)) {
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
        (None, None) => "within the accepted range".to_owned(),
    }
}

fn count(node: Node<'_>) -> String {
    let (number, unit) = match node.kind() {
        Kind::String => (node.as_str().map_or(0, |text| text.chars().count()), "character"),
        Kind::Array => (node.len(), "item"),
        _ => (node.len(), "field"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// The names, at most a dozen.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 14;
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.len() {
        0..=MOST => names.join(", "),
        all => format!("{} and {} more", names[..MOST - 2].join(", "), all - (MOST - 2)),
    }
}

/// How a value is called in a sentence: by its field and what that stands in, such as `temperature`,
/// `response_format.type` or `messages[2].role`.
fn name_of(node: Node<'_>, root: Node<'_>) -> String {
    let place = node.pointer_from(root);
    let mut name = String::new();
    for step in place.rsplit('/').take_while(|step| !step.is_empty()) {
        let is_index = step.bytes().all(|byte| byte.is_ascii_digit());
        let step = if is_index {
            format!("[{step}]")
        } else {
            mask(&shown(&pointer::unescape(step))).into_owned()
        };
        let dot = if name.is_empty() || name.starts_with('[') { "" } else { "." };
        name = format!("{step}{dot}{name}");
        // Two names tell enough; an index alone tells nothing.
        if !is_index && name.matches('.').count() >= 1 {
            break;
        }
    }
    if name.is_empty() { "the document".to_owned() } else { format!("`{name}`") }
}

/// How an object is called in a sentence.
fn subject(node: Node<'_>, root: Node<'_>) -> String {
    if node.id() == root.id() { "the request".to_owned() } else { name_of(node, root) }
}

fn lower(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    match letters.next() {
        // An abbreviation or a code word stays as it is.
        Some(first) if letters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}
