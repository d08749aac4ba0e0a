//! `tool-schema-invalid`: a tool's parameters are no JSON Schema.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::{Complaint, schema_faults, similar};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tool-schema-invalid",
    severity: Severity::Warning,
    summary: "The parameters of a tool are no valid JSON Schema",
    docs: r#"
A function's `parameters` (in the Anthropic protocol, `input_schema`) are a JSON Schema of type object, of the
draft that its `$schema` names, or else of 2020-12. `"type": "None"`, a type in capitals or a list of fields
where an object belongs are written by generators that went wrong; the model then guesses the arguments. No text
of a refusal is on record, so it is a warning.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "List my bookmarks."}], "tools": [
  {"type": "function", "function": {"name": "get_lists", "parameters": {"type": "None"}}}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "List my bookmarks."}], "tools": [
  {"type": "function", "function": {"name": "get_lists", "parameters": {"type": "object", "properties": {}}}}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

/// The types that JSON Schema knows.
const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];

/// The keywords whose members are named by the schema's author.
const NAMES: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for tool in request.tools() {
        let function = tool.get("function").unwrap_or(tool);
        let Some(schema) = function.get("parameters").or_else(|| tool.get("input_schema")) else {
            continue;
        };
        if schema.kind() != Kind::Object || schema.walk().any(|node| node.is_hole()) {
            continue;
        }
        if let Some((node, complaint)) =
            schema_faults(schema).into_iter().find(|(node, _)| !is_documented_null(tool, *node))
        {
            found.push(told(schema, node, &complaint));
        } else if let Some(kind) = schema.get("type")
            // The schema of messages says so itself.
            && tool.get("input_schema").is_none()
            && kind.as_str().is_some_and(|kind| kind != "object")
        {
            found.push(
                Finding::new(
                    &RULE,
                    Place::value(kind),
                    "the parameters of a tool must be of type object",
                )
                .label("must be \"object\"")
                .help("write {\"type\": \"object\", \"properties\": {…}}: a call's arguments are always an object"),
            );
        }
    }
}

/// The Anthropic protocol takes null for the `properties` and the `required` of an `input_schema`.
fn is_documented_null(tool: Node<'_>, node: Node<'_>) -> bool {
    node.is_null() && tool.get("input_schema").is_some()
}

fn told(schema: Node<'_>, node: Node<'_>, complaint: &Complaint) -> Finding {
    let pointer = node.pointer_from(schema);
    let mut steps = pointer.rsplit('/');
    let (last, parent) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
    // A name that the schema's author chose is no keyword.
    let keyword = if NAMES.contains(&parent) { "" } else { last };
    let is_type_name = matches!(complaint, Complaint::NotOneOf(_) | Complaint::Other)
        && (keyword == "type" || (parent == "type" && last.parse::<usize>().is_ok()));
    if is_type_name {
        return unknown_type(node, complaint);
    }
    let message = format!("not a JSON Schema: {}", fault_words(node, complaint));
    let (label, help) = belongs(keyword, node, complaint);
    Finding::new(&RULE, Place::value(node), message).label(label).help(help)
}

/// A type that JSON Schema does not know, alone or in a list.
fn unknown_type(node: Node<'_>, complaint: &Complaint) -> Finding {
    let named = |one: &Node<'_>| one.as_str().is_none_or(|name| !TYPES.contains(&name.as_ref()));
    let place = node.elements().find(named).unwrap_or(node);
    let message = format!("not a JSON Schema: {}", fault_words(place, complaint));
    let name = place.as_str();
    let meant = name.as_deref().and_then(|name| similar::nearest(name, TYPES));
    Finding::new(&RULE, Place::value(place), message)
        .label(match (meant, name) {
            (Some(meant), _) => format!("did you mean \"{meant}\"?"),
            (None, Some(_)) => "no such type".to_owned(),
            (None, None) => "the name of a type belongs here".to_owned(),
        })
        .help(format!("types: {}", TYPES.join(", ")))
}

/// What belongs at the value `node` of `keyword`: in short, and as an example.
fn belongs(keyword: &str, node: Node<'_>, complaint: &Complaint) -> (String, String) {
    let wants = |name: &str| match complaint {
        Complaint::Type(types) => types.iter().any(|one| one == name),
        _ => false,
    };
    let label = match complaint {
        Complaint::Type(_) if wants("object") && wants("boolean") => {
            "a schema belongs here".to_owned()
        }
        Complaint::Type(types) => format!("{} belongs here", super::schema::either(types)),
        Complaint::Range { .. } | Complaint::TooFew(_) | Complaint::TooMany(_) => {
            "outside what the keyword takes".to_owned()
        }
        _ => "not taken by the keyword".to_owned(),
    };
    let help = if keyword == "items" && node.kind() == Kind::Array {
        "a list of schemas is `prefixItems` since draft 2020-12; an older form needs its draft named in `$schema`"
    } else if matches!(keyword, "exclusiveMinimum" | "exclusiveMaximum") && node.as_bool().is_some()
    {
        "write the bound itself here, as a number; a boolean needs draft-04 named in `$schema`"
    } else if keyword == "required" && node.as_bool().is_some() {
        "`required` stands beside `properties` and lists names: \"required\": [\"city\"]"
    } else if wants("object") && wants("boolean") {
        "write a schema: {\"type\": \"string\", \"description\": \"…\"}"
    } else if wants("object") {
        "write an object with a schema for each name: {\"city\": {\"type\": \"string\"}}"
    } else if keyword == "required" {
        "write a list of names, each once: [\"city\"]"
    } else if wants("array") {
        "write a list: [ … ]"
    } else if wants("integer") || wants("number") {
        "write a number without quotes"
    } else if matches!(complaint, Complaint::Range { .. }) {
        "lengths and counts are 0 or more"
    } else {
        "write what JSON Schema takes here, or take it out"
    };
    (label, help.to_owned())
}

/// What keeps a text from being a JSON Schema, `complaint` being what its meta-schema says of `node`.
#[must_use]
pub fn fault_words(node: Node<'_>, complaint: &Complaint) -> String {
    match complaint {
        Complaint::Type(types) => {
            format!("{} stands where {} belongs", node.kind_name(), super::schema::either(types))
        }
        Complaint::Missing(name) => format!("`{name}` is missing"),
        Complaint::Unknown { name, .. } => {
            format!("`{}` is no field of it", super::mask(&super::shown(name)))
        }
        _ => match node.as_str() {
            Some(text) => format!("`{}` is not accepted here", super::mask(&super::shown(&text))),
            None => format!("{} is not accepted here", node.kind_name()),
        },
    }
}
