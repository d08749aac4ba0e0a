//! `ignored-parameter`: a field that the API takes and does nothing with.

use serde_json::Value;

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::fix::{Change, New, Remedy, text_of};
use crate::knowledge::annotation::{Annotation, Move};

/// The rule.
pub static RULE: Rule = Rule {
    id: "ignored-parameter",
    severity: Severity::Warning,
    summary: "The API takes this field and does nothing with it",
    docs: r#"
Switches of other vendors, and arguments of an SDK that never belong into a body (`extra_body`), are
accepted with 200 and have no effect: what they should do does not happen, and nothing says so.

```json bad provider=xiaomi
{"model": "mimo-v2.6-pro", "enable_thinking": false, "messages": [{"role": "user", "content": "Hi"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "thinking": {"type": "disabled"}, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(provider) = request.provider else { return };
    let uri = request.catalog.schema_uri(&provider.id, request.kind.name());
    let schema = uri.and_then(|uri| request.catalog.schemas().at(uri));
    let Some(schema) = schema else { return };
    // Objects only: in lists, conversations foremost, nothing is known to be ignored.
    let mut rest = vec![(request.root, schema, String::new())];
    while let Some((object, parent, within)) = rest.pop() {
        let Some(properties) = parent.get("properties") else { continue };
        for member in object.members() {
            let name = member.key.name();
            // Of several of one name the last counts, and duplicate-key tells of the others.
            if object.get(&name).is_none_or(|last| last.id() != member.value.id()) {
                continue;
            }
            let Some(schema) = properties.get(name.as_ref()) else { continue };
            let path = format!("{within}{name}");
            let annotation = Annotation::of(schema);
            match &annotation.ignored {
                // Written for a required field that is missing, which unknown-field tells.
                Some(_) if stands_in(object, parent, &name, member.value) => {}
                Some(instead) => {
                    let message = format!("`{path}` is taken and has no effect");
                    let finding = Finding::new(&RULE, Place::key(&member), message)
                        .label("ignored")
                        .help(instead)
                        .not_refused();
                    // It was without effect so far: for a person to see.
                    let remedy = remedy(&annotation, object, member.value);
                    found.push(Finding { remedy, ..finding });
                }
                None if member.value.kind() == Kind::Object => {
                    rest.push((member.value, schema, format!("{path}.")));
                }
                None => {}
            }
        }
    }
}

/// What does what the field `value` of `object` was meant to do, or takes it out where it was meant for
/// nothing else.
fn remedy(annotation: &Annotation, object: Node<'_>, value: Node<'_>) -> Option<Remedy> {
    if annotation.spreads {
        return match value.kind() {
            Kind::Object if !value.is_empty() => {
                Some(Remedy::risky(Change::Lift { value: value.id() }))
            }
            _ => Some(Remedy::risky(Change::remove(value))),
        };
    }
    let Some(moves) = &annotation.moves else {
        return Some(Remedy::risky(Change::remove(value)));
    };
    let written: Value = serde_json::from_str(&text_of(value)?).ok()?;
    let fits = |one: &&Move| one.when.as_ref().is_none_or(|when| *when == written);
    let instead = moves.iter().find(fits)?;
    // What has the effect stands there already.
    if object.get(&instead.field).is_some() {
        return Some(Remedy::risky(Change::remove(value)));
    }
    let to = New::Data(instead.write.clone());
    Some(Remedy::risky(Change::Exchange { value: value.id(), key: instead.field.clone(), to }))
}

/// Whether the field `name` of `object`, which is held to `schema`, is meant as a required one that is missing.
fn stands_in(object: Node<'_>, schema: &Value, name: &str, value: Node<'_>) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    let aliases = Annotation::of(schema).aliases;
    !value.is_null()
        && aliases.get(name).is_some_and(|meant| {
            required.is_some_and(|names| names.iter().any(|one| one == meant.as_str()))
                && object.get(meant).is_none()
        })
}
