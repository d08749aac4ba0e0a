//! `ignored-parameter`: a field that the API takes and does nothing with.

use serde_json::Value;

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::fix::{Change, Remedy};
use crate::knowledge::annotation::Annotation;

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
    fixable: true,
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
            match Annotation::of(schema).ignored {
                // Written for a required field that is missing, which unknown-field tells.
                Some(_) if stands_in(object, parent, &name, member.value) => {}
                Some(instead) => found.push(
                    Finding::new(
                        &RULE,
                        Place::key(&member),
                        format!("`{path}` is taken and has no effect"),
                    )
                    .label("ignored")
                    .help(instead)
                    // What it was meant to do still does not happen: for a person to see.
                    .remedy(Remedy::risky(Change::remove(member.value)))
                    .not_refused(),
                ),
                None if member.value.kind() == Kind::Object => {
                    rest.push((member.value, schema, format!("{path}.")));
                }
                None => {}
            }
        }
    }
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
