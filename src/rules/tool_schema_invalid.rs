//! `tool-schema-invalid`: a tool's parameters are no JSON Schema.

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::{Complaint, schema_faults};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tool-schema-invalid",
    severity: Severity::Warning,
    summary: "The parameters of a tool are no valid JSON Schema",
    docs: r#"
A function's `parameters` (in the Anthropic protocol, `input_schema`) are a JSON Schema of type object.
`"type": "None"`, a type in capitals or a list of fields where an object belongs are written by
generators that went wrong; the model then guesses the arguments. No text of a refusal is on record, so
it is a warning.

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
    check: Some(check),
    check_entry: None,
};

/// The types that JSON Schema knows.
const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];

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
            found.push(told(node, &complaint));
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
                .label("must be \"object\""),
            );
        }
    }
}

/// The Anthropic protocol takes null for the `properties` and the `required` of an `input_schema`.
fn is_documented_null(tool: Node<'_>, node: Node<'_>) -> bool {
    node.is_null() && tool.get("input_schema").is_some()
}

fn told(node: Node<'_>, complaint: &Complaint) -> Finding {
    let message = format!("not a JSON Schema: {}", fault_words(node, complaint));
    let finding = Finding::new(&RULE, Place::value(node), message);
    match (complaint, node.as_str()) {
        (Complaint::Type(_), _) | (_, None) => finding,
        (_, Some(text)) => {
            let meant = crate::knowledge::similar::nearest(&text, TYPES);
            finding
                .label(meant.map_or("no such type".to_owned(), |meant| {
                    format!("did you mean \"{meant}\"?")
                }))
                .help(format!("types: {}", TYPES.join(", ")))
        }
    }
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
