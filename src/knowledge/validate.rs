//! The only file, beside the tree's adapter, that knows the `jsonschema` crate.
//!
//! [`Validator::valid`] answers for nearly every document; only what it refuses is explained, by
//! [`Validator::violations`]. A faster accept can take the place of the first without a change to
//! anything else.

use std::sync::OnceLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Draft, PatternOptions, ValidationError};
use serde_json::Value;

use super::annotation::Annotation;
use super::json::{TreeJson, to_value};
use super::schema_set::SchemaSet;
use super::violation::{Complaint, Violation};
use crate::document::Node;

/// A schema, ready to judge nodes.
#[derive(Debug)]
pub struct Validator {
    compiled: jsonschema::Validator<TreeJson>,
}

/// A schema that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError(pub String);

impl std::fmt::Display for SchemaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SchemaError {}

impl Validator {
    /// Compiles the schema at `uri` of `schemas`.
    ///
    /// # Errors
    /// The schema is not there, is no JSON Schema, or refers to one that is not there.
    pub fn new(schemas: &SchemaSet, uri: &str) -> Result<Self, SchemaError> {
        let failed = |error: &dyn std::fmt::Display| SchemaError(error.to_string());
        let schema = schemas.at(uri).ok_or_else(|| SchemaError(format!("no schema at {uri}")))?;
        let mut registry = jsonschema::Registry::new();
        for (known, schema) in schemas.iter() {
            registry = registry.add(known, schema).map_err(|error| failed(&error))?;
        }
        let registry = registry.prepare().map_err(|error| unresolved(&error))?;
        let compiled = jsonschema::options_for::<TreeJson>()
            .with_registry(&registry)
            .with_base_uri(uri)
            // Linear time, whatever the pattern: a user's schema must not be able to hang a run.
            .with_pattern_options(PatternOptions::regex())
            .build(schema)
            .map_err(|error| match error.kind() {
                ValidationErrorKind::Referencing(error) => unresolved(error),
                _ => failed(&error),
            })?;
        Ok(Self { compiled })
    }

    /// Whether the schema accepts `node`.
    #[must_use]
    pub fn valid(&self, node: Node<'_>) -> bool {
        self.compiled.is_valid(node)
    }

    /// Everything that the schema complains of at or below `node`; empty where it accepts it.
    ///
    /// `schemas` must be the set that the validator was made from, `uri` its schema.
    #[must_use]
    pub fn violations(&self, schemas: &SchemaSet, uri: &str, node: Node<'_>) -> Vec<Violation> {
        let mut found = Vec::new();
        for error in self.compiled.iter_errors(node) {
            explain(schemas, uri, node, &error, &mut found);
        }
        found
    }
}

fn unresolved(error: &jsonschema::ReferencingError) -> SchemaError {
    SchemaError(match error {
        jsonschema::ReferencingError::Unretrievable { uri, .. } => {
            format!("it refers to `{uri}`, which is not at hand, and nothing is fetched")
        }
        other => other.to_string(),
    })
}

/// The draft that `schema` says it is written in.
fn named_draft(schema: Node<'_>) -> Option<Draft> {
    let uri = schema.get("$schema").and_then(Node::as_str)?;
    Some(Draft::from_schema_uri(&uri))
}

/// The schema of the schemas of a draft, made when first needed; that of 2020-12 where the draft is not known.
fn meta_schema(draft: Option<Draft>) -> Option<&'static jsonschema::Validator<TreeJson>> {
    type Slot = OnceLock<Option<jsonschema::Validator<TreeJson>>>;
    static SLOTS: [Slot; 5] = [const { OnceLock::new() }; 5];
    let (slot, uri) = match draft {
        Some(Draft::Draft4) => (&SLOTS[0], "http://json-schema.org/draft-04/schema#"),
        Some(Draft::Draft6) => (&SLOTS[1], "http://json-schema.org/draft-06/schema#"),
        Some(Draft::Draft7) => (&SLOTS[2], "http://json-schema.org/draft-07/schema#"),
        Some(Draft::Draft201909) => (&SLOTS[3], "https://json-schema.org/draft/2019-09/schema"),
        _ => (&SLOTS[4], "https://json-schema.org/draft/2020-12/schema"),
    };
    let made = slot.get_or_init(|| {
        let meta = serde_json::json!({ "$schema": uri, "$ref": uri });
        jsonschema::options_for::<TreeJson>().build(&meta).ok()
    });
    made.as_ref()
}

/// What keeps `schema` from being a JSON Schema of its draft: nodes of it with the complaint about each,
/// the deepest first.
#[must_use]
pub fn schema_faults(schema: Node<'_>) -> Vec<(Node<'_>, Complaint)> {
    let Some(meta) = meta_schema(named_draft(schema)) else {
        return Vec::new();
    };
    if meta.is_valid(schema) {
        return Vec::new();
    }
    let mut faults: Vec<_> = meta
        .iter_errors(schema)
        .map(|error| {
            let path = error.instance_path().as_str().to_owned();
            (path, complaint(error.kind(), &Value::Null))
        })
        .collect();
    faults.sort_by_key(|(path, _)| std::cmp::Reverse(path.matches('/').count()));
    faults
        .into_iter()
        .filter_map(|(path, complaint)| Some((schema.at(&path)?, complaint)))
        .collect()
}

/// What of `instance` the JSON Schema `schema` refuses by its draft, both being parts of documents; nothing
/// where the schema is none, or refers to what is not in it.
#[must_use]
pub fn instance_faults<'i>(schema: Node<'_>, instance: Node<'i>) -> Vec<(Node<'i>, Complaint)> {
    let is_known = named_draft(schema).is_none_or(|draft| draft != Draft::Unknown);
    let mut schema = to_value(schema);
    if let Some(schema) = schema.as_object_mut().filter(|_| !is_known) {
        // It would be looked up in vain; without it the newest draft is taken.
        schema.remove("$schema");
    }
    let compiled = jsonschema::options_for::<TreeJson>()
        .with_pattern_options(PatternOptions::regex())
        .build(&schema);
    let Ok(compiled) = compiled else { return Vec::new() };
    if compiled.is_valid(instance) {
        return Vec::new();
    }
    let faults = compiled.iter_errors(instance).map(|error| {
        let path = error.schema_path().as_str();
        let beside = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let beside = schema.pointer(beside).unwrap_or(&Value::Null);
        let complaint = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => Complaint::Unknown {
                name: unexpected.first().cloned().unwrap_or_default(),
                known: Vec::new(),
            },
            kind => complaint(kind, beside),
        };
        (instance.at(error.instance_path().as_str()).unwrap_or(instance), complaint)
    });
    faults.collect()
}

/// Turns one of the crate's errors into violations: one for each unknown name, else exactly one.
fn explain(
    schemas: &SchemaSet,
    uri: &str,
    root: Node<'_>,
    error: &ValidationError<'_>,
    found: &mut Vec<Violation>,
) {
    let node = root.at(error.instance_path().as_str()).unwrap_or(root);
    let location = match error.absolute_keyword_location() {
        Some(location) => location.to_string(),
        None => format!("{uri}#{}", error.schema_path().as_str()),
    };
    let keyword = error.kind().keyword().to_owned();
    // The last step of the location is the keyword; `false` has none.
    let beside = match error.kind() {
        ValidationErrorKind::FalseSchema => location.as_str(),
        _ => location.rsplit_once('/').map_or(location.as_str(), |(parent, _)| parent),
    };
    let base = location.split('#').next().unwrap_or_default();
    let schema = schemas.at(beside).unwrap_or(&Value::Null);
    let push = |found: &mut Vec<Violation>, complaint: Complaint| {
        let property = match &complaint {
            Complaint::Missing(name) => {
                property_schema(schemas, uri, base, schema, root, node, name)
            }
            _ => None,
        };
        let describing = property.as_ref().map_or(schema, |(_, property)| property);
        found.push(Violation {
            node: node.id(),
            keyword: keyword.clone(),
            complaint,
            annotation: Annotation::of(schema),
            missing: property.as_ref().map(|(annotation, _)| annotation.clone()),
            description: describing.get("description").and_then(Value::as_str).map(str::to_owned),
        });
    };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known: Vec<String> = schema
                .get("properties")
                .and_then(Value::as_object)
                .map(known_names)
                .unwrap_or_default();
            for name in unexpected {
                push(found, Complaint::Unknown { name: name.clone(), known: known.clone() });
            }
        }
        ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            for name in unexpected {
                push(found, Complaint::Unknown { name: name.clone(), known: Vec::new() });
            }
        }
        kind => push(found, complaint(kind, schema)),
    }
}

/// The names that an object may have, without those that the API ignores or does not know.
fn known_names(properties: &serde_json::Map<String, Value>) -> Vec<String> {
    let heeded = |(name, schema): (&String, &Value)| {
        let annotation = Annotation::of(schema);
        (annotation.ignored.is_none() && !annotation.unlisted).then(|| name.clone())
    };
    properties.iter().filter_map(heeded).collect()
}

/// The complaint of a keyword, from the crate's typed kind and never from its message.
fn complaint(kind: &ValidationErrorKind, schema: &Value) -> Complaint {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::Required { property } => {
            Complaint::Missing(property.as_str().unwrap_or_default().to_owned())
        }
        Kind::Type { kind } => Complaint::Type(match kind {
            TypeKind::Single(one) => vec![one.as_str().to_owned()],
            TypeKind::Multiple(set) => set.iter().map(|one| one.as_str().to_owned()).collect(),
        }),
        Kind::Enum { options } => {
            Complaint::NotOneOf(options.as_array().cloned().unwrap_or_default())
        }
        Kind::Constant { expected_value } => Complaint::NotOneOf(vec![(**expected_value).clone()]),
        Kind::Pattern { pattern } => Complaint::Pattern(pattern.clone()),
        Kind::Minimum { .. }
        | Kind::Maximum { .. }
        | Kind::ExclusiveMinimum { .. }
        | Kind::ExclusiveMaximum { .. } => Complaint::Range {
            least: bound(schema, "minimum", "exclusiveMinimum", "more than "),
            most: bound(schema, "maximum", "exclusiveMaximum", "less than "),
        },
        Kind::MinItems { limit } | Kind::MinLength { limit } | Kind::MinProperties { limit } => {
            Complaint::TooFew(*limit)
        }
        Kind::MaxItems { limit } | Kind::MaxLength { limit } | Kind::MaxProperties { limit } => {
            Complaint::TooMany(*limit)
        }
        Kind::FalseSchema => Complaint::Forbidden,
        _ => Complaint::Other,
    }
}

fn bound(schema: &Value, inclusive: &str, exclusive: &str, words: &str) -> Option<String> {
    match (schema.get(inclusive), schema.get(exclusive)) {
        (Some(limit), _) => Some(limit.to_string()),
        (None, Some(limit)) => Some(format!("{words}{limit}")),
        (None, None) => None,
    }
}

/// The annotation and the schema of a property that is missing: beside the `required`, or, where a
/// branch only adds the requirement, among the properties of the object's own schema.
fn property_schema<'s>(
    schemas: &'s SchemaSet,
    uri: &str,
    base: &str,
    schema: &'s Value,
    root: Node<'_>,
    node: Node<'_>,
    name: &str,
) -> Option<(Annotation, &'s Value)> {
    let beside = schema.get("properties").and_then(|properties| properties.get(name));
    let (base, property) = match beside {
        Some(property) => (base.to_owned(), property),
        None => {
            let (base, object) = describing_schema(schemas, uri, &node.pointer_from(root))?;
            (base, object.get("properties")?.get(name)?)
        }
    };
    let own = Annotation::of(property);
    let (_, meant) = schemas.follow(&base, property);
    let annotation = if own == Annotation::default() { Annotation::of(meant) } else { own };
    Some((annotation, meant))
}

/// The schema that describes the node at `pointer` of a document held to the schema at `uri`: by
/// `properties`, `items` and `$ref` alone, which is how the bundled schemas list what there is.
#[must_use]
pub fn describing_schema<'s>(
    schemas: &'s SchemaSet,
    uri: &str,
    pointer: &str,
) -> Option<(String, &'s Value)> {
    let (mut base, mut schema) = schemas.follow(uri, schemas.at(uri)?);
    for step in pointer.split('/').skip(1) {
        let name = crate::document::pointer::unescape(step);
        let next = schema
            .get("properties")
            .and_then(|properties| properties.get(name.as_ref()))
            .or_else(|| schema.get("items"))?;
        let (file, meant) = schemas.follow(&base, next);
        (base, schema) = (file, meant);
    }
    Some((base, schema))
}

/// Keeps at most one violation a node and name, the most telling one: a wrong type makes its value's
/// range pointless, and a value outside the list makes its length so.
#[must_use]
pub fn most_telling(mut violations: Vec<Violation>) -> Vec<Violation> {
    let rank = |violation: &Violation| match violation.complaint {
        Complaint::Type(_) => 0,
        Complaint::Forbidden => 1,
        Complaint::NotOneOf(_) => 2,
        Complaint::Pattern(_) => 3,
        Complaint::Range { .. } => 4,
        Complaint::TooFew(_) | Complaint::TooMany(_) => 5,
        Complaint::Missing(_) | Complaint::Unknown { .. } | Complaint::Other => 6,
    };
    let name = |violation: &Violation| match &violation.complaint {
        Complaint::Missing(name) | Complaint::Unknown { name, .. } => Some(name.clone()),
        _ => None,
    };
    // What is refused before what may be.
    let mild = |violation: &Violation| {
        violation.wording().is_some_and(|own| own.severity.as_deref() == Some("warning"))
    };
    violations.sort_by_key(|violation| {
        (violation.node, name(violation), rank(violation), mild(violation))
    });
    violations.dedup_by(|next, kept| {
        let same = next.node == kept.node && name(next) == name(kept);
        if same {
            narrow(&mut kept.complaint, &next.complaint);
        }
        same
    });
    violations
}

/// Of two lists that a value must both be in, what both hold is accepted.
fn narrow(kept: &mut Complaint, other: &Complaint) {
    if let (Complaint::NotOneOf(values), Complaint::NotOneOf(others)) = (kept, other)
        && values.iter().any(|value| others.contains(value))
    {
        values.retain(|value| others.contains(value));
    }
}
