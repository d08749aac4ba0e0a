//! From one protocol's form of a tool, or of a part of a message, to another's.

use serde_json::{Value, json};

use super::Request;
use super::request::known_text;
use super::wrong_protocol::Form;
use crate::document::{Kind, Member, Node};
use crate::fix::{Change, New, Remedy, text_of};
use crate::knowledge::DocumentKind;

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
        ("image_url", Form::Messages) => {
            let picture = part.get("image_url")?;
            let url = if picture.kind() == Kind::Object { picture.get("url")? } else { picture };
            let is_alone = picture.kind() == Kind::String || holds_only(picture, &["url"]);
            let source = source_of(&known_text(url)?)?;
            (is_alone && holds_only(part, &["type", "image_url"])).then(|| {
                vec![
                    Change::text(kind, "image"),
                    Change::rename(picture, "source"),
                    Change::Set { node: picture.id(), to: New::Data(source) },
                ]
            })
        }
        ("image", Form::Chat) => {
            let source = part.get("source")?;
            let text = |name: &str| source.get(name).and_then(known_text);
            let url = match text("type")?.as_ref() {
                "url" => text("url")?.into_owned(),
                "base64" => format!("data:{};base64,{}", text("media_type")?, text("data")?),
                _ => return None,
            };
            let to = New::Data(json!({"url": url}));
            holds_only(part, &["type", "source"]).then(|| {
                vec![
                    Change::text(kind, "image_url"),
                    Change::rename(source, "image_url"),
                    Change::Set { node: source.id(), to },
                ]
            })
        }
        ("input_image", Form::Chat) => {
            let url = part.get("image_url").filter(|url| url.kind() == Kind::String)?;
            let text = known_text(url)?;
            let object = New::Data(json!({"url": text}));
            holds_only(part, &["type", "image_url"]).then(|| {
                vec![Change::text(kind, "image_url"), Change::Set { node: url.id(), to: object }]
            })
        }
        _ => None,
    }
}

/// Where the picture at `url` is, as Anthropic's protocol says it.
fn source_of(url: &str) -> Option<Value> {
    let Some(data) = url.strip_prefix("data:") else {
        return Some(json!({"type": "url", "url": url}));
    };
    let (kind, data) = data.split_once(";base64,")?;
    Some(json!({"type": "base64", "media_type": kind, "data": data}))
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

/// What makes `call`, a call of another protocol, one of chat completions.
pub fn of_call(call: Node<'_>) -> Option<Remedy> {
    let (name, input) = (call.get("name")?, call.get("input"));
    let arguments = call.get("arguments").or(input)?;
    let members: Vec<_> = call.members().collect();
    let at = members.iter().position(|member| member.value.id() == name.id())?;
    let (head, body) = members.split_at(at);
    let is_head =
        |member: &Member<'_>| ["id", "call_id", "type"].iter().any(|one| member.key.is(one));
    let is_whole =
        head.iter().all(is_head) && body.len() == 2 && body[1].value.id() == arguments.id();
    if !is_whole || (call.get("id").is_some() && call.get("call_id").is_some()) {
        return None;
    }
    let function = New::Text("function".to_owned());
    let kind = call.get("type");
    if let Some(id) = call.get("id").filter(|_| arguments.kind() == Kind::Object) {
        let function = json!({"name": known_text(name)?, "arguments": text_of(arguments)?});
        let whole = json!({"id": known_text(id)?, "type": "function", "function": function});
        return Some(Remedy::safe(Change::Set { node: call.id(), to: New::Data(whole) }));
    }
    let nested = Change::Nest {
        first: name.id(),
        under: "function".to_owned(),
        before: kind.is_none().then(|| ("type".to_owned(), function.clone())),
    };
    let mut remedy = Remedy::safe(nested);
    if let Some(kind) = kind {
        remedy = remedy.and(Change::Set { node: kind.id(), to: function });
    }
    if let Some(id) = call.get("call_id") {
        remedy = remedy.and(Change::rename(id, "id"));
    }
    if let Some(input) = input {
        remedy = remedy.and(Change::rename(input, "arguments"));
    }
    (arguments.kind() == Kind::String).then_some(remedy)
}

/// What makes `node`, the choice of a tool or its type, one of chat completions.
pub fn of_choice(request: &Request<'_>, node: Node<'_>) -> Option<Remedy> {
    let choice = request.root.get("tool_choice")?;
    let is_it =
        node.id() == choice.id() || choice.get("type").is_some_and(|kind| kind.id() == node.id());
    if *request.kind != DocumentKind::ChatCompletions || !is_it {
        return None;
    }
    let set = |to: New| Some(Remedy::risky(Change::Set { node: choice.id(), to }));
    let named = |name: &str| {
        let is_known = request.tools().any(|tool| {
            let name_of = tool.get("function").and_then(|function| function.get("name"));
            name_of.and_then(known_text).is_some_and(|known| known == name)
        });
        let right = json!({"type": "function", "function": {"name": name}});
        is_known.then(|| New::Data(right))
    };
    if choice.kind() == Kind::String {
        return set(named(&known_text(choice)?)?);
    }
    let kind = known_text(choice.get("type")?)?;
    match kind.as_ref() {
        "auto" | "none" if choice.len() == 1 => set(New::Text(kind.into_owned())),
        "tool" | "function" if holds_only(choice, &["type", "name"]) => {
            set(named(&known_text(choice.get("name")?)?)?)
        }
        _ => None,
    }
}

/// What moves the instructions of a request for messages, whose role is `node`, to where they belong.
pub fn of_system(request: &Request<'_>, node: Node<'_>) -> Option<Remedy> {
    let list = request.root.get("messages")?;
    let first = list.elements().next()?;
    let is_system = |message: &Node<'_>| {
        let role = message.get("role").and_then(known_text);
        role.is_none_or(|role| matches!(role.as_ref(), "system" | "developer"))
    };
    let is_it = *request.kind == DocumentKind::Messages
        && first.get("role").is_some_and(|role| role.id() == node.id())
        && is_system(&first)
        && list.len() > 1
        && !list.elements().skip(1).any(|message| is_system(&message));
    let content = first.get("content").filter(|content| content.kind() == Kind::String)?;
    if !is_it || !holds_only(first, &["role", "content"]) || request.root.get("system").is_some() {
        return None;
    }
    let value = New::Text(known_text(content)?.into_owned());
    let after = request.root.get("model")?.id();
    let inserted = Change::Insert { after, key: "system".to_owned(), value };
    Some(Remedy::safe(inserted).and(Change::Drop { element: first.id() }))
}

/// What moves instructions that a request for chat completions has at the top level into its first message.
pub fn of_instructions(request: &Request<'_>, name: &str) -> Option<Remedy> {
    if *request.kind != DocumentKind::ChatCompletions || name != "system" {
        return None;
    }
    let system = request.root.get(name).filter(|system| system.kind() == Kind::String)?;
    let first = request.root.get("messages")?.elements().next()?;
    let role = first.get("role").and_then(known_text)?;
    if matches!(role.as_ref(), "system" | "developer") {
        return None;
    }
    let message = New::Data(json!({"role": "system", "content": known_text(system)?}));
    // It was without effect so far.
    let prepended = Change::Prepend { first: first.id(), value: message };
    Some(Remedy::risky(prepended).and(Change::remove(system)))
}
