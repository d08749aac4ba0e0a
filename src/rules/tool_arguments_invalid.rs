//! `tool-arguments-invalid`: the arguments of a call are no JSON.

use super::finding::{Finding, Place, RelatedPlace};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::{Applicability, Severity};
use crate::document::{Document, Kind, Node, SpanMap};
use crate::extract::{Syntax, extract};
use crate::fix::{self, Change, Remedy, Site};
use crate::knowledge::{Complaint, DocumentKind, instance_faults, similar};

/// The rule.
pub static RULE: Rule = Rule {
    id: "tool-arguments-invalid",
    severity: Severity::Error,
    summary: "The arguments of a tool call are not a JSON object in a string",
    docs: r#"
`arguments` is a string that holds a JSON object. A call that was cut off at the output limit, or that
takes nothing and was stored as an empty string, breaks every later round of the conversation.

Arguments that are JSON and not what the tool's own `parameters` take are a warning, and so is the `input` of a
`tool_use` block that its `input_schema` does not take: the API does not check them, and the model learns the
wrong form from its history.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Run the linter."},
  {"role": "assistant", "content": "Running.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "lint", "arguments": "{\"path\": \"sr"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "0 problems"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [
  {"role": "user", "content": "Run the linter."},
  {"role": "assistant", "content": "Running.", "tool_calls": [
    {"id": "call_1", "type": "function", "function": {"name": "lint", "arguments": "{\"path\": \"src\"}"}}]},
  {"role": "tool", "tool_call_id": "call_1", "content": "0 problems"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for call in calls(request) {
        if *request.kind == DocumentKind::Messages {
            found.extend(input_fault(&call));
            continue;
        }
        let Some(text) = known_text(call.arguments) else { continue };
        if text.trim().is_empty() {
            found.push(
                Finding::new(
                    &RULE,
                    Place::value(call.arguments),
                    "the arguments of the call are empty",
                )
                .label("write \"{}\"")
                .help("a call without arguments carries an empty JSON object: \"{}\"")
                .remedy(Remedy::safe(Change::text(call.arguments, "{}"))),
            );
            continue;
        }
        let Some(map) = SpanMap::of_string(call.arguments) else { continue };
        extract(Syntax::Json, map.text(), &mut |document| {
            found.extend(fault(&call, &map, document));
        });
    }
}

/// What is wrong with the arguments of a call, whose text is `document`.
fn fault(call: &Call<'_>, map: &SpanMap, document: &Document<'_>) -> Option<Finding> {
    let not_json = |fault: &str| {
        Finding::new(
            &RULE,
            Place::value(call.arguments),
            format!("the arguments of the call are not a JSON object: {fault}"),
        )
        .label("not a JSON object in a string")
        .help("repair the string, or write \"{}\"; a call that was cut off by the output limit is dropped or mended")
    };
    if let Some(error) = document.errors.first() {
        let mut finding = not_json(&error.message);
        // The very place, behind the escapes of the string.
        let span = map.to_file(error.span);
        finding.related.push(RelatedPlace { span, message: error.label.clone() });
        let inner = Site::new(Syntax::Json, &document.tree, &document.comments);
        // Another notation as a whole, or the first slip in JSON's own.
        finding.remedy = json_of(call.arguments, map.text()).or_else(|| {
            let remedy = super::syntax_remedy::of(error, document, Syntax::Json)?;
            fix::embedded(call.arguments, &inner, &remedy)
        });
        return Some(finding);
    }
    let root = document.root()?;
    if root.kind() != Kind::Object {
        return Some(not_json(&format!("they are {}", root.kind_name())));
    }
    if root.walk().any(|node| node.is_hole()) {
        return None;
    }
    let schema = call.schema?;
    let (node, complaint) = instance_faults(schema, root).into_iter().next()?;
    let mut finding = Finding::new(
        &RULE,
        Place::value(call.arguments),
        format!(
            "the arguments of the call are not what its tool takes: {}",
            words(node, &complaint)
        ),
    )
    .severity(Severity::Warning)
    .label("refused by the tool's own schema")
    .related(schema, "the tool's parameters")
    .not_refused();
    let span = match complaint {
        Complaint::Missing(_) => node.opening(),
        _ => node.span(),
    };
    finding.related.push(RelatedPlace { span: map.to_file(span), message: "here".to_owned() });
    let inner = Site::new(Syntax::Json, &document.tree, &document.comments);
    finding.remedy = input_remedy(node, &complaint)
        .and_then(|remedy| fix::embedded(call.arguments, &inner, &remedy));
    Some(finding)
}

/// Arguments in the notation of JSON5 or Python, in that of JSON.
fn json_of(arguments: Node<'_>, text: &str) -> Option<Remedy> {
    let mut remedy = None;
    extract(Syntax::Json5, text, &mut |document| {
        let root = document.root().filter(|root| root.kind() == Kind::Object);
        let (Some(root), true) = (root, document.errors.is_empty()) else { return };
        let keys = root.walk().flat_map(Node::members).map(|member| member.key.node());
        let strings = root.walk().filter(|node| node.kind() == Kind::String).chain(keys);
        let changes = strings.filter(|node| !node.raw().starts_with('"')).map(|node| {
            let said = node.as_str().unwrap_or_default();
            let to = serde_json::Value::String(said.into_owned()).to_string();
            Change::Replace { span: node.span(), to }
        });
        let changes: Vec<Change> = changes.collect();
        let inner = Site::new(Syntax::Json5, &document.tree, &document.comments);
        let all = Remedy { applicability: Applicability::Safe, changes };
        remedy = fix::embedded(arguments, &inner, &all);
    });
    remedy
}

/// What the history should have had, as far as the tool's schema tells. It is what the model wrote, so
/// nobody changes it unseen.
fn input_remedy(node: Node<'_>, complaint: &Complaint) -> Option<Remedy> {
    let remedy = match complaint {
        Complaint::Type(types) => super::schema::of_type(types, node, false)?,
        Complaint::Unknown { name, known } => {
            let meant = similar::nearest(name, known.iter().map(String::as_str))?;
            super::schema::renamed(&node.member(name)?, meant, false)?
        }
        _ => return None,
    };
    Some(Remedy { applicability: Applicability::Unsafe, ..remedy })
}

/// What the tool's schema refuses of an input that stands in the request as an object.
fn input_fault(call: &Call<'_>) -> Option<Finding> {
    let (schema, input) = (call.schema?, call.arguments);
    if input.kind() != Kind::Object || input.walk().any(|node| node.is_hole()) {
        return None;
    }
    let (node, complaint) = instance_faults(schema, input).into_iter().next()?;
    let place = match &complaint {
        Complaint::Missing(_) => Place::container(node),
        Complaint::Unknown { name, .. } => {
            node.member(name).map_or(Place::value(node), |member| Place::key(&member))
        }
        _ => Place::value(node),
    };
    let message =
        format!("the input of the call is not what its tool takes: {}", words(node, &complaint));
    let finding = Finding::new(&RULE, place, message)
        .severity(Severity::Warning)
        .label("refused by the tool's own schema")
        .related(schema, "the tool's `input_schema`")
        .not_refused();
    Some(Finding { remedy: input_remedy(node, &complaint), ..finding })
}

fn words(node: Node<'_>, complaint: &Complaint) -> String {
    let name = |name: &str| super::mask(&super::shown(name)).into_owned();
    match complaint {
        Complaint::Missing(missing) => format!("`{}` is missing", name(missing)),
        Complaint::Unknown { name: unknown, .. } => format!("there is no `{}`", name(unknown)),
        Complaint::Type(types) => {
            format!("{} stands where {} belongs", node.kind_name(), super::schema::either(types))
        }
        _ => format!("`{}` is not accepted", name(node.raw())),
    }
}

/// A call of the history.
struct Call<'t> {
    /// Its arguments.
    arguments: Node<'t>,
    /// The parameters of the tool that it calls, where that is one of the request's.
    schema: Option<Node<'t>>,
}

/// Every call in the history that has arguments.
fn calls<'t>(request: &Request<'t>) -> Vec<Call<'t>> {
    let arguments = all_arguments(request);
    arguments
        .into_iter()
        .map(|(function, arguments)| {
            let called = function.get("name").and_then(known_text);
            let schema = request.tools().find_map(|tool| {
                let tool = tool.get("function").unwrap_or(tool);
                let name = tool.get("name").and_then(known_text)?;
                let schema = tool.get("parameters").or_else(|| tool.get("input_schema"));
                (Some(name) == called).then_some(schema).flatten()
            });
            // A schema with a hole in it refuses nothing for certain.
            let schema = schema.filter(|schema| !schema.walk().any(|node| node.is_hole()));
            Call { arguments, schema }
        })
        .collect()
}

/// The `arguments` of every call in the history, with the object that names the function.
fn all_arguments<'t>(request: &Request<'t>) -> Vec<(Node<'t>, Node<'t>)> {
    match request.kind {
        DocumentKind::ChatCompletions => request
            .root
            .get("messages")
            .into_iter()
            .flat_map(|messages| messages.elements())
            .filter_map(|message| message.get("tool_calls"))
            .flat_map(|calls| calls.elements())
            .filter_map(|call| call.get("function"))
            .filter_map(|function| Some((function, function.get("arguments")?)))
            .collect(),
        DocumentKind::Responses => request
            .root
            .get("input")
            .into_iter()
            .flat_map(|input| input.elements())
            .filter(|item| {
                item.get("type").and_then(known_text).is_some_and(|kind| kind == "function_call")
            })
            .filter_map(|item| Some((item, item.get("arguments")?)))
            .collect(),
        DocumentKind::Messages => request
            .parts()
            .map(|(_, block)| block)
            .filter(|block| {
                block.get("type").and_then(known_text).is_some_and(|kind| kind == "tool_use")
            })
            .filter_map(|block| Some((block, block.get("input")?)))
            .collect(),
        _ => Vec::new(),
    }
}
