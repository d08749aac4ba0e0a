//! `requestlint schema`

use std::io::{self, Write};

use super::args::SchemaArguments;
use super::known::Known;
use super::{Failure, Outcome};
use crate::knowledge::{Catalog, DocumentKind, bundle, similar};

/// Runs the command.
pub fn run(arguments: &SchemaArguments) -> Result<Outcome, Failure> {
    let known = Known::new(&arguments.configuration)?;
    let mut out = io::stdout().lock();
    let own = own_names(known.catalog());
    let Some(name) = &arguments.name else {
        for name in bundled().map(|(name, _)| name).chain(own.iter().map(String::as_str)) {
            writeln!(out, "{name}")?;
        }
        return Ok(Outcome::Clean);
    };
    if own.contains(name) {
        let schema = name
            .split_once('/')
            .and_then(|(provider, kind)| known.catalog().schema_uri(provider, kind))
            .and_then(|uri| known.catalog().schemas().at(uri));
        serde_json::to_writer_pretty(&mut out, &schema).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(Outcome::Clean);
    }
    match bundled()
        .find(|(short, _)| short == name)
        .map(|(_, text)| text)
        .or_else(|| bundle::file(name).filter(|_| name.ends_with(".schema.json")))
    {
        Some(text) => {
            write!(out, "{text}")?;
            Ok(Outcome::Clean)
        }
        None => {
            let names = bundled().map(|(name, _)| name).chain(own.iter().map(String::as_str));
            let meant = similar::nearest(name, names);
            let hint = meant.map_or("`requestlint schema` lists them".to_owned(), |meant| {
                format!("did you mean `{meant}`?")
            });
            Err(Failure::Told(format!("there is no schema `{name}`; {hint}")))
        }
    }
}

/// The bundled schemas by their short names.
fn bundled() -> impl Iterator<Item = (&'static str, &'static str)> {
    bundle::files()
        .iter()
        .filter(|(path, _)| path.ends_with(".schema.json"))
        .map(|(path, text)| (short_name(path), *text))
}

/// The schemas of the providers that the configuration adds.
fn own_names(catalog: &Catalog) -> Vec<String> {
    let own = catalog
        .providers()
        .iter()
        .filter(|provider| !bundle::provider_ids().any(|id| id == provider.id));
    own.flat_map(|provider| {
        DocumentKind::BUILT_IN
            .iter()
            .filter(|kind| catalog.has_schema(&provider.id, kind))
            .map(|kind| format!("{}/{}", provider.id, kind.name()))
    })
    .collect()
}

/// `config` for `meta/config.schema.json`, `mimo/messages` for `providers/mimo/messages.schema.json`.
fn short_name(path: &str) -> &str {
    let path = path.strip_suffix(".schema.json").unwrap_or(path);
    path.strip_prefix("meta/").or_else(|| path.strip_prefix("providers/")).unwrap_or(path)
}
