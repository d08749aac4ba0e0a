//! The bundled schemas keep the rules of the road: what they refuse can be explained, and tells one
//! thing wrong from another.

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::{each_schema, endpoint_schemas};

/// Fields that an `if` may look at without requiring them, by the shape: without the field, the API
/// takes the very value that is asked for.
const MAY_BE_ABSENT: [(&str, &str); 4] = [
    ("/$defs/tool/", "type"),
    ("/$defs/item/", "type"),
    ("/$defs/message-limits/", "tool_calls"),
    ("/$defs/message-limits/", "reasoning_content"),
];

/// Where the schemas of requests break a rule of the road.
fn faults(schema: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    each_schema(schema, "", &mut |pointer, schema| {
        let has = |name: &str| schema.get(name).is_some();
        for keyword in
            ["else", "not", "contains", "oneOf", "anyOf", "dependentSchemas", "patternProperties"]
        {
            if has(keyword) {
                wrong.push(format!("{pointer} uses `{keyword}`"));
            }
        }
        for name in undiscriminated(schema) {
            if !MAY_BE_ABSENT
                .iter()
                .any(|(shape, field)| pointer.starts_with(shape) && name == *field)
            {
                wrong.push(format!("{pointer}/if does not require `{name}`"));
            }
        }
        if has("$ref") && (has("properties") || has("additionalProperties") || has("required")) {
            wrong.push(format!("{pointer} lists properties beside a `$ref`"));
        }
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            if property.is_object()
                && property.get("description").and_then(Value::as_str).is_none_or(str::is_empty)
            {
                wrong.push(format!("{pointer}/properties/{name} has no description"));
            }
        }
        if let Some(bound) = repeated_bound(schema) {
            wrong.push(format!("{pointer} says {bound} in words too: a range is written once"));
        }
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
            for name in names_of_branches(schema) {
                if schema["properties"].get(&name).is_none() {
                    wrong.push(format!(
                        "{pointer} is closed, and only a branch of it knows `{name}`"
                    ));
                }
            }
        }
    });
    wrong
}

/// A bound that the description or the annotation repeats: whoever changes the one would forget the
/// other. Numbers that begin counting are no bound to speak of.
fn repeated_bound(schema: &Value) -> Option<String> {
    let words = format!(
        "{} {}",
        schema.get("description").and_then(Value::as_str).unwrap_or_default(),
        schema.get("x-requestlint").map(Value::to_string).unwrap_or_default()
    );
    let numbers: BTreeSet<&str> = words
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .map(|number| number.trim_matches('.'))
        .collect();
    ["minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength"]
        .iter()
        .filter_map(|name| schema.get(name))
        .map(|bound| bound.to_string().trim_start_matches('-').to_owned())
        .find(|bound| {
            !matches!(bound.as_str(), "0" | "1" | "1.0") && numbers.contains(bound.as_str())
        })
}

/// The fields that an `if` looks at and does not require: where they are missing, it would match.
fn undiscriminated(schema: &Value) -> Vec<String> {
    let Some(condition) = schema.get("if") else {
        return Vec::new();
    };
    let required: Vec<&str> =
        condition["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let looked_at = condition["properties"].as_object();
    let mut missing: Vec<String> = looked_at
        .into_iter()
        .flatten()
        // `false` asks for the field's absence.
        .filter(|(name, asked)| **asked != Value::Bool(false) && !required.contains(&name.as_str()))
        .map(|(name, _)| name.clone())
        .collect();
    let of_the_value_itself = ["type", "pattern"].iter().any(|name| condition.get(*name).is_some());
    if looked_at.is_none() && required.is_empty() && !of_the_value_itself {
        missing.push("anything".to_owned());
    }
    missing
}

/// The properties that the branches of an object state.
fn names_of_branches(schema: &Value) -> BTreeSet<String> {
    let branches = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let stated = branches.flat_map(|branch| [Some(branch), branch.get("then")]).flatten();
    stated
        .filter_map(|schema| schema.get("properties")?.as_object())
        .flat_map(|properties| properties.keys().cloned())
        .collect()
}

#[test]
fn the_schemas_keep_the_rules_of_the_road() {
    let mut wrong = Vec::new();
    for (path, schema) in endpoint_schemas() {
        wrong.extend(faults(&schema).into_iter().map(|fault| format!("{path}#{fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_breach_of_the_rules_of_the_road_is_seen() {
    let seen = |schema: Value| faults(&schema).len();
    assert_eq!(
        seen(serde_json::json!({"properties": {"a": {"description": "An a.", "type": "string"}}})),
        0
    );
    assert_eq!(seen(serde_json::json!({"properties": {"a": {"type": "string"}}})), 1);
    assert_eq!(
        seen(
            serde_json::json!({"allOf": [{"if": {"properties": {"role": {"const": "a"}}}, "then": {}}]})
        ),
        1
    );
    let asked = serde_json::json!({"if": {"properties": {"role": {"const": "a"}}, "required": ["role"]}, "then": {}});
    assert_eq!(seen(serde_json::json!({"allOf": [asked]})), 0);
    assert_eq!(seen(serde_json::json!({"items": {"else": {}, "not": {}}})), 2);
    assert_eq!(
        seen(serde_json::json!({"$defs": {"a": {"$ref": "#/$defs/b", "required": ["c"]}}})),
        1
    );
    let told = |words: &str| serde_json::json!({"items": {"maximum": 4, "description": words}});
    assert_eq!((seen(told("At most 4.")), seen(told("At most 40, or 0.4."))), (1, 0));
    let branch = serde_json::json!({"properties": {"b": {"description": "A b."}}});
    assert_eq!(
        seen(
            serde_json::json!({"additionalProperties": false, "properties": {}, "allOf": [branch]})
        ),
        1
    );
}

#[test]
fn every_reference_leads_somewhere() {
    let set = requestlint::knowledge::SchemaSet::bundled();
    for (path, schema) in endpoint_schemas() {
        let base = format!("requestlint:///{path}");
        each_schema(&schema, "", &mut |pointer, schema| {
            if schema.get("$ref").is_some() {
                let (_, meant) = set.follow(&base, schema);
                assert!(
                    meant.get("$ref").is_none(),
                    "{path}#{pointer}: {} leads nowhere",
                    schema["$ref"]
                );
            }
        });
    }
}
