//! The JSON Schemas, by their URIs, and look-ups in them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::bundle;
use crate::document::pointer::push;

/// The scheme and authority of the bundled files' `$id`s; the path follows.
pub const BASE: &str = "requestlint:///";

/// JSON Schemas by URI.
#[derive(Debug, Clone, Default)]
pub struct SchemaSet {
    schemas: BTreeMap<String, Value>,
    /// Where a schema with an `$id` of its own stands: the URI of its file and the pointer in it.
    ids: BTreeMap<String, (String, String)>,
}

/// The bundled schemas. Parsed once, when a schema is first needed.
static BUNDLED: LazyLock<SchemaSet> = LazyLock::new(|| {
    let schemas = bundle::files()
        .iter()
        .filter(|(path, _)| path.ends_with(".schema.json") && !path.starts_with("meta/"))
        .filter_map(|(path, text)| {
            Some((format!("{BASE}{path}"), serde_json::from_str(text).ok()?))
        })
        .collect();
    SchemaSet { schemas, ids: BTreeMap::new() }
});

impl SchemaSet {
    /// The bundled schemas.
    #[must_use]
    pub fn bundled() -> &'static SchemaSet {
        &BUNDLED
    }

    /// Adds a user's schema under a URI of its own.
    ///
    /// An `$id` that it has in common with a bundled schema, of which it is a copy then, gives way to
    /// the URI; under any other it is found too, and so is what carries an `$id` within it.
    pub fn insert(&mut self, uri: impl Into<String>, mut schema: Value) {
        let uri = uri.into();
        if let Some(id) = schema.get_mut("$id")
            && id.as_str().is_some_and(|id| id.starts_with(BASE))
        {
            *id = Value::String(uri.clone());
        }
        self.note_ids(&uri, &uri, &schema, "");
        self.schemas.insert(uri, schema);
    }

    /// Notes every `$id` at or below `schema`, which stands at `pointer` of the file at `uri`.
    fn note_ids(&mut self, uri: &str, base: &str, schema: &Value, pointer: &str) {
        match schema {
            Value::Object(members) => {
                let id = members.get("$id").and_then(Value::as_str).map(|id| {
                    let id = resolved(base, id);
                    id.split('#').next().unwrap_or_default().to_owned()
                });
                if let Some(id) = id.as_ref().filter(|id| *id != uri) {
                    self.ids.insert(id.clone(), (uri.to_owned(), pointer.to_owned()));
                }
                let base = id.as_deref().unwrap_or(base);
                for (name, member) in members {
                    self.note_ids(uri, base, member, &push(pointer, name));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.note_ids(uri, base, item, &push(pointer, &index.to_string()));
                }
            }
            _ => {}
        }
    }

    /// All schemas, in order of their URIs.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.schemas.iter().map(|(uri, schema)| (uri.as_str(), schema))
    }

    /// The schema at `uri`, which may carry a JSON Pointer as its fragment.
    #[must_use]
    pub fn at(&self, uri: &str) -> Option<&Value> {
        let (base, fragment) = uri.split_once('#').unwrap_or((uri, ""));
        let schema = match self.schemas.get(base) {
            Some(schema) => schema,
            None => {
                let (file, pointer) = self.ids.get(base)?;
                self.schemas.get(file)?.pointer(pointer)?
            }
        };
        if fragment.is_empty() {
            return Some(schema);
        }
        schema.pointer(&percent_decoded(fragment))
    }

    /// Follows `$ref`s from `schema`, which stands in the file at `base`; gives the schema that is
    /// meant and the file it stands in. Stops after 16 steps, so a cycle ends.
    #[must_use]
    pub fn follow<'s>(&'s self, base: &str, schema: &'s Value) -> (String, &'s Value) {
        let (mut base, mut schema) = (base.to_owned(), schema);
        for _ in 0..16 {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let uri = resolved(&base, reference);
            let Some(next) = self.at(&uri) else { break };
            base = uri.split('#').next().unwrap_or_default().to_owned();
            schema = next;
        }
        (base, schema)
    }
}

/// `reference` as seen from the file at `base`.
fn resolved(base: &str, reference: &str) -> String {
    let file = base.split('#').next().unwrap_or_default();
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let path = if path.is_empty() {
        file.to_owned()
    } else if path.contains(":/") {
        path.to_owned()
    } else {
        let (head, rest) = file.split_at(file.find("///").map_or(0, |at| at + 3));
        let mut folders: Vec<&str> = rest.split('/').collect();
        folders.pop();
        for step in path.split('/') {
            match step {
                "." => {}
                ".." => drop(folders.pop()),
                step => folders.push(step),
            }
        }
        format!("{head}{}", folders.join("/"))
    };
    format!("{path}#{fragment}")
}

fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let escaped = (byte == b'%')
            .then(|| {
                let mut ahead = rest.clone();
                let (high, low) = (ahead.next()?, ahead.next()?);
                let digits = [high, low];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
            })
            .flatten();
        match escaped {
            Some(decoded) => {
                rest.nth(1);
                bytes.push(decoded);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_the_file() {
        let base = "requestlint:///providers/mimo/chat-completions.schema.json";
        assert_eq!(
            resolved(base, "../../protocols/openai.schema.json#/$defs/tool"),
            "requestlint:///protocols/openai.schema.json#/$defs/tool"
        );
        assert_eq!(resolved(base, "#/$defs/a"), format!("{base}#/$defs/a"));
        assert_eq!(resolved(base, "file:///x.json"), "file:///x.json#");
        assert_eq!(percent_decoded("/a%20b/%7Bc%7D%"), "/a b/{c}%");
    }

    #[test]
    fn a_schema_is_found_under_its_own_names_and_a_copy_is_not_its_original() {
        let mut set = SchemaSet::bundled().clone();
        let original = "requestlint:///providers/mimo/messages.schema.json";
        let copy = serde_json::json!({"$id": original, "title": "copy"});
        set.insert("requestlint:///providers/acme/messages.schema.json", copy);
        let at = |set: &SchemaSet, uri: &str| {
            set.at(uri).and_then(|schema| schema.get("title")).cloned()
        };
        assert_eq!(
            at(&set, "requestlint:///providers/acme/messages.schema.json"),
            Some("copy".into())
        );
        assert_ne!(at(&set, original), Some("copy".into()));
        let own = serde_json::json!({"$id": "https://acme.test/a/b.json", "$defs": {
            "part": {"$id": "c.json", "title": "part"}}});
        set.insert("requestlint:///user/one.schema.json", own);
        assert_eq!(at(&set, "https://acme.test/a/c.json"), Some("part".into()));
        assert!(set.at("https://acme.test/a/b.json#/$defs/part/title").is_some());
    }
}
