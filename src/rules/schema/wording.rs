//! The general words for what a schema complains of. A schema may bring words of its own.

use serde_json::Value;

use super::super::finding::Place;
use super::super::secrets::mask;
use super::shown;
use crate::document::{Kind, Node, pointer};
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
        Complaint::Unknown { name, known } => unknown(node, root, name, known),
        Complaint::Type(types) => plain(
            format!("{name} must be {}, not {}", either(types), node.kind_name()),
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
                Some(format!("accepted: {range}")),
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

fn unknown(object: Node<'_>, root: Node<'_>, name: &str, known: &[String]) -> Words {
    let meant = similar::nearest(name, known.iter().map(String::as_str));
    let place = object.member(name).map_or(Place::value(object), |member| Place::key(&member));
    Words {
        place,
        message: format!(
            "unknown field `{}` in {}",
            mask(&shown(name)),
            lower(&subject(object, root))
        ),
        label: match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "no such field".to_owned(),
        },
        help: (meant.is_none() && !known.is_empty())
            .then(|| format!("known fields: {}", list(known.iter().map(String::as_str)))),
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
fn type_help(types: &[String], node: Node<'_>) -> Option<String> {
    let wants = |name: &str| types.iter().any(|one| one == name);
    let text = node.as_str();
    let text = text.as_deref().map(str::trim);
    match text {
        Some(text) if (wants("number") || wants("integer")) && text.parse::<f64>().is_ok() => {
            Some(format!("write {text} without quotes"))
        }
        Some(text) if wants("boolean") && matches!(text, "true" | "false") => {
            Some(format!("write {text} without quotes"))
        }
        _ if node.is_null() => Some("leave the field out instead of sending null".to_owned()),
        _ if wants("array") && types.len() == 1 && node.kind() != Kind::Array => {
            Some("put it in a list: [ … ]".to_owned())
        }
        _ if wants("string") && matches!(node.kind(), Kind::Number | Kind::Bool) => {
            Some(format!("write it in quotes: \"{}\"", node.raw()))
        }
        _ => None,
    }
}

fn either(types: &[String]) -> String {
    let words: Vec<&str> = types
        .iter()
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
    match (least, most) {
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

/// How a value is called in a sentence: by its field, or as an item of its list.
fn name_of(node: Node<'_>, root: Node<'_>) -> String {
    let place = node.pointer_from(root);
    match place.rsplit_once('/') {
        None => "the document".to_owned(),
        Some((list, index)) if index.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("`{}[{index}]`", last_name(list))
        }
        Some((_, name)) => format!("`{}`", mask(&shown(&pointer::unescape(name)))),
    }
}

fn last_name(place: &str) -> String {
    let named = place.rsplit('/').find(|step| !step.bytes().all(|byte| byte.is_ascii_digit()));
    pointer::unescape(named.unwrap_or("item")).into_owned()
}

/// How an object is called in a sentence.
fn subject(node: Node<'_>, root: Node<'_>) -> String {
    if node.id() == root.id() { "The request".to_owned() } else { name_of(node, root) }
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
