//! From one protocol's form of a tool, or of a part of a message, to another's.

use serde_json::json;

use super::request::known_text;
use super::wrong_protocol::Form;
use crate::document::{Kind, Member, Node};
use crate::fix::{Change, New, Remedy};

/// What makes `tool`, which has the form `from`, one of the form `to`; only where it holds nothing that the
/// other form has no place for.
pub fn of_tool(tool: Node<'_>, from: Form, to: Form) -> Option<Remedy> {
    match from {
        Form::Chat => from_chat(tool, to),
        Form::Messages => from_messages(tool, to),
        Form::Responses => from_responses(tool, to),
    }
}

fn holds_only(object: Node<'_>, names: &[&str]) -> bool {
    object.members().all(|member| names.iter().any(|name| member.key.is(name)))
}

fn from_chat(tool: Node<'_>, to: Form) -> Option<Remedy> {
    let function = tool.get("function")?;
    let names: &[&str] = match to {
        Form::Messages => &["name", "description", "parameters"],
        _ => &["name", "description", "parameters", "strict"],
    };
    if !holds_only(tool, &["type", "function"]) || !holds_only(function, names) {
        return None;
    }
    let lifted = Change::Lift { value: function.id() };
    match to {
        Form::Responses => {
            let has_type = tool.get("type").is_some();
            has_type.then(|| Remedy::safe(lifted))
        }
        _ => {
            let remedy = Remedy::safe(lifted)
                .and(Change::rename(function.get("parameters")?, "input_schema"));
            Some(match tool.get("type") {
                Some(kind) => remedy.and(Change::remove(kind)),
                None => remedy,
            })
        }
    }
}

fn from_messages(tool: Node<'_>, to: Form) -> Option<Remedy> {
    if !holds_only(tool, &["name", "description", "input_schema"]) {
        return None;
    }
    let renamed = Change::rename(tool.get("input_schema")?, "parameters");
    let function = New::Text("function".to_owned());
    let remedy = Remedy::safe(renamed);
    Some(match to {
        Form::Responses => remedy.and(Change::Insert {
            after: tool.get("name")?.id(),
            key: "type".to_owned(),
            value: function,
        }),
        _ => remedy.and(Change::Nest {
            first: first(tool)?.value.id(),
            under: "function".to_owned(),
            before: Some(("type".to_owned(), function)),
        }),
    })
}

fn from_responses(tool: Node<'_>, to: Form) -> Option<Remedy> {
    let kind = tool.get("type");
    if !holds_only(tool, &["type", "name", "description", "parameters", "strict"]) {
        return None;
    }
    if to == Form::Messages {
        let remedy = Remedy::safe(Change::rename(tool.get("parameters")?, "input_schema"));
        let fits = tool.get("strict").is_none();
        return fits.then(|| match kind {
            Some(kind) => remedy.and(Change::remove(kind)),
            None => remedy,
        });
    }
    let mut members = tool.members();
    let head = members.next()?;
    let (nested, before) = match kind {
        None => (head, Some(("type".to_owned(), New::Text("function".to_owned())))),
        Some(_) if head.key.is("type") => (members.next()?, None),
        Some(_) => return None,
    };
    Some(Remedy::safe(Change::Nest {
        first: nested.value.id(),
        under: "function".to_owned(),
        before,
    }))
}

fn first<'t>(object: Node<'t>) -> Option<Member<'t>> {
    object.members().next()
}

/// What makes the parts, each with its type, those of the form `to`.
pub fn of_parts(parts: &[(Node<'_>, Node<'_>)], to: Form) -> Option<Remedy> {
    let mut changes = Vec::new();
    for (part, kind) in parts {
        changes.extend(of_part(*part, *kind, to)?);
    }
    let first = Remedy::safe(changes.pop()?);
    Some(changes.into_iter().fold(first, Remedy::and))
}

fn of_part(part: Node<'_>, kind: Node<'_>, to: Form) -> Option<Vec<Change>> {
    let name = known_text(kind)?;
    match (name.as_ref(), to) {
        ("input_text" | "output_text", Form::Chat | Form::Messages) => {
            holds_only(part, &["type", "text"]).then(|| vec![Change::text(kind, "text")])
        }
        ("input_image", Form::Chat) => {
            let url = part.get("image_url").filter(|url| url.kind() == Kind::String)?;
            let text = known_text(url).filter(|text| !text.starts_with("data:"))?;
            let object = New::Data(json!({"url": text}));
            holds_only(part, &["type", "image_url"]).then(|| {
                vec![Change::text(kind, "image_url"), Change::Set { node: url.id(), to: object }]
            })
        }
        _ => None,
    }
}

/// What makes texts of `parts` those of the Responses API.
pub fn of_texts(parts: &[(Node<'_>, Node<'_>)], name: &str) -> Option<Remedy> {
    let is_text = |(part, kind): &(Node<'_>, Node<'_>)| {
        holds_only(*part, &["type", "text"]) && known_text(*kind).is_some_and(|kind| kind == "text")
    };
    if !parts.iter().all(is_text) {
        return None;
    }
    let mut changes = parts.iter().map(|(_, kind)| Change::text(*kind, name));
    let first = Remedy::safe(changes.next()?);
    Some(changes.fold(first, Remedy::and))
}
