//! Reads what a configuration names: a provider's folder, or a bare JSON Schema.

use std::path::Path;

use serde_json::Value;

use super::resolver::shown;
use crate::diagnostic::Source;
use crate::extract::{Syntax, extract};
use crate::knowledge::{
    BASE, Catalog, Complaint, SchemaError, SchemaSet, Validator, Violation, bundle, schema_faults,
    similar,
};
use crate::rules::{fault_words, syntax_findings};

/// Adds the JSON Schema in `file` to `catalog`, for documents of `kind`.
///
/// # Errors
/// The file cannot be read, or holds no JSON Schema: where, and what is wrong with it.
pub fn add_schema(catalog: &mut Catalog, kind: &str, file: &Path) -> Result<(), SchemaError> {
    let (text, schema) = read_json(file)?;
    catalog.add_schema(kind, schema).map_err(|error| explained(file, &text, error))
}

/// Adds the provider in `folder` to `catalog` as `id`.
///
/// # Errors
/// A file cannot be read, or is not of its shape.
pub fn add_provider(catalog: &mut Catalog, id: &str, folder: &Path) -> Result<(), SchemaError> {
    let file = folder.join("provider.json");
    let (provider, _) = read_json(&file)?;
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let (mut schemas, mut texts) = (Vec::new(), Vec::new());
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(kind) = name.strip_suffix(".schema.json") {
            let (text, schema) = read_json(&entry.path())?;
            schemas.push((kind.to_owned(), schema));
            texts.push((entry.path(), text));
        }
    }
    schemas.sort_by(|one, other| one.0.cmp(&other.0));
    texts.sort();
    catalog.add_provider(id, &provider, schemas).map_err(|error| {
        texts
            .iter()
            .find_map(|(path, text)| first_fault(path, text))
            .or_else(|| fault_by(&file, &provider, "meta/provider.schema.json"))
            .unwrap_or_else(|| SchemaError(format!("{}: {error}", shown(folder))))
    })
}

/// Adds the client in `file` to `catalog` as `id`.
///
/// # Errors
/// The file cannot be read, or describes no client: where, and what is wrong with it.
pub fn add_client(catalog: &mut Catalog, id: &str, file: &Path) -> Result<(), SchemaError> {
    let (text, _) = read_json(file)?;
    if let Some(fault) = fault_by(file, &text, "meta/client.schema.json") {
        return Err(fault);
    }
    let added = catalog.add_client(id, &text);
    added.map_err(|error| SchemaError(format!("{}: {error}", shown(file))))
}

fn read_json(path: &Path) -> Result<(String, Value), SchemaError> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    match serde_json::from_str(&text) {
        Ok(value) => Ok((text, value)),
        Err(error) => Err(not_json(path, &text)
            .unwrap_or_else(|| SchemaError(format!("{}: not valid JSON: {error}", shown(path))))),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> SchemaError {
    SchemaError(format!("{}: {}", shown(path), super::run::plain(error)))
}

/// What keeps the text at `path` from being JSON, with its place.
fn not_json(path: &Path, text: &str) -> Option<SchemaError> {
    let mut told = None;
    extract(Syntax::Json, text, &mut |document| {
        told = syntax_findings(document, Syntax::Json)
            .first()
            .map(|fault| placed(path, text, fault.place.span.start, &fault.message));
    });
    told
}

/// The error of a schema that cannot be compiled, in our words where the fault is one of its shape.
fn explained(path: &Path, text: &str, error: SchemaError) -> SchemaError {
    first_fault(path, text).unwrap_or_else(|| SchemaError(format!("{}: {error}", shown(path))))
}

/// What keeps the text at `path` from being a JSON Schema, with its place.
fn first_fault(path: &Path, text: &str) -> Option<SchemaError> {
    let mut told = None;
    extract(Syntax::Json, text, &mut |document| {
        told = document.root().and_then(|root| {
            let (node, complaint) = schema_faults(root).into_iter().next()?;
            let words = format!("not a JSON Schema: {}", fault_words(node, &complaint));
            Some(placed(path, text, node.span().start, &words))
        });
    });
    told
}

/// What the bundled schema `meta` refuses in the text at `path`, with its place and what belongs there.
fn fault_by(path: &Path, text: &str, meta: &str) -> Option<SchemaError> {
    let uri = format!("{BASE}{meta}");
    let mut schemas = SchemaSet::default();
    schemas.insert(uri.clone(), serde_json::from_str(bundle::file(meta)?).ok()?);
    let validator = Validator::new(&schemas, &uri).ok()?;
    let mut told = None;
    extract(Syntax::Body, text, &mut |document| {
        told = document.root().and_then(|root| {
            let node = |violation: &Violation| root.tree().node(violation.node);
            // The deepest fault is the one that the text was nearest to getting right.
            let depth = |one: &Violation| node(one).pointer_from(root).matches('/').count();
            let faults = validator.violations(&schemas, &uri, root);
            let fault = faults.into_iter().max_by_key(depth)?;
            let node = node(&fault);
            let words = fault_words(node, &fault.complaint);
            let words = format!("`{}` {words}", node.pointer_from(root).replacen('/', "", 1));
            let words = words.strip_prefix("`` ").unwrap_or(&words);
            let words = format!("{words}{}", meant(&fault).unwrap_or_default());
            Some(placed(path, text, node.span().start, &words))
        });
    });
    told
}

/// What belongs in the place of what a schema complains of.
fn meant(fault: &Violation) -> Option<String> {
    match &fault.complaint {
        Complaint::Unknown { name, known } => {
            let meant = similar::nearest(name, known.iter().map(String::as_str));
            meant.map(|meant| format!(": did you mean `{meant}`?"))
        }
        Complaint::NotOneOf(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            Some(format!(": one of {}", values.join(", ")))
        }
        _ => fault.description.as_ref().map(|meant| format!(": {meant}")),
    }
}

fn placed(path: &Path, text: &str, offset: usize, words: &str) -> SchemaError {
    let source = Source::new(shown(path), text);
    let at = source.position(offset);
    SchemaError(format!("{}:{}:{}: {words}", source.path(), at.line, at.column))
}
