//! What the schemas say of one field, wherever they say it.

use serde_json::Value;

use super::annotation::Annotation;
use super::schema_set::SchemaSet;

/// The schemas that hold for the field at `steps` of a document held to the schema at `uri`: the
/// provider's own before the shared shapes, and both before what holds under a condition. Lists are
/// stepped into unasked. Empty where there is no such field.
#[must_use]
pub fn field_schemas<'s>(schemas: &'s SchemaSet, uri: &str, steps: &[&str]) -> Vec<&'s Value> {
    found_at(schemas, uri, steps).into_iter().map(|found| found.schema).collect()
}

/// The names of the fields of the object at `steps`, or of those in the list there, in order. Without
/// those that another rule tells of.
#[must_use]
pub fn names_below<'s>(schemas: &'s SchemaSet, uri: &str, steps: &[&str]) -> Vec<&'s str> {
    let here = found_at(schemas, uri, steps);
    let elements = below(schemas, &here, |schema| schema.get("items"));
    let properties =
        here.iter().chain(&elements).filter_map(|found| found.schema.get("properties"));
    let mut names: Vec<&str> = properties
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(_, schema)| !Annotation::of(schema).unlisted)
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the field at `steps` stands on: the nearest annotation, its own or that of a field around it,
/// that says how sure it is. The shapes that protocols share are marked with nothing, since it is the
/// provider's field that takes them. Nothing where no field says it: what the whole document is marked
/// with is about names that it does not know.
#[must_use]
pub fn standing(schemas: &SchemaSet, uri: &str, steps: &[&str]) -> Option<Annotation> {
    (1..=steps.len()).rev().find_map(|length| {
        found_at(schemas, uri, &steps[..length])
            .into_iter()
            .filter(|found| found.sure)
            .map(|found| Annotation::of(found.schema))
            .find(|annotation| annotation.confidence.is_some())
    })
}

fn found_at<'s>(schemas: &'s SchemaSet, uri: &str, steps: &[&str]) -> Vec<Found<'s>> {
    let Some(root) = schemas.at(uri) else { return Vec::new() };
    let mut here =
        expanded(schemas, vec![Found { base: uri.to_owned(), schema: root, sure: true }]);
    for step in steps {
        let mut next = below(schemas, &here, |schema| schema.get("properties")?.get(step));
        // A list of lists is as deep as it gets.
        for _ in 0..2 {
            if next.is_empty() {
                here = below(schemas, &here, |schema| schema.get("items"));
                next = below(schemas, &here, |schema| schema.get("properties")?.get(step));
            }
        }
        here = next;
    }
    here.sort_by_key(|found| (!found.sure, !found.base.contains("/providers/")));
    here
}

struct Found<'s> {
    base: String,
    schema: &'s Value,
    /// Whether it holds whatever the document says elsewhere.
    sure: bool,
}

fn below<'s>(
    schemas: &'s SchemaSet,
    here: &[Found<'s>],
    step: impl Fn(&'s Value) -> Option<&'s Value>,
) -> Vec<Found<'s>> {
    let next = here.iter().filter_map(|found| {
        Some(Found { base: found.base.clone(), schema: step(found.schema)?, sure: found.sure })
    });
    expanded(schemas, next.collect())
}

/// Each schema with what it refers to, and the branches of both.
fn expanded<'s>(schemas: &'s SchemaSet, start: Vec<Found<'s>>) -> Vec<Found<'s>> {
    let mut found: Vec<Found<'s>> = Vec::new();
    let mut rest = start;
    while let Some(one) = rest.pop() {
        if found.iter().any(|known| std::ptr::eq(known.schema, one.schema)) {
            continue;
        }
        let (base, meant) = schemas.follow(&one.base, one.schema);
        if !std::ptr::eq(meant, one.schema) {
            rest.push(Found { base, schema: meant, sure: one.sure });
        }
        let branches = one.schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        rest.extend(branches.map(|schema| Found {
            base: one.base.clone(),
            schema,
            sure: one.sure,
        }));
        let then = one.schema.get("then");
        rest.extend(then.map(|schema| Found { base: one.base.clone(), schema, sure: false }));
        found.push(one);
    }
    found
}
