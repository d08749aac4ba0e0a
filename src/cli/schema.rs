//! `requestlint schema`

use std::io::{self, Write};

use super::args::SchemaArguments;
use super::{Failure, Outcome};
use crate::knowledge::{bundle, similar};

/// Runs the command.
pub fn run(arguments: &SchemaArguments) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    let Some(name) = &arguments.name else {
        for (path, _) in bundle::files().iter().filter(|(path, _)| path.ends_with(".schema.json")) {
            writeln!(out, "{}", short_name(path))?;
        }
        return Ok(Outcome::Clean);
    };
    let found = bundle::files()
        .iter()
        .filter(|(path, _)| path.ends_with(".schema.json"))
        .find(|(path, _)| path == name || short_name(path) == *name);
    match found {
        Some((_, text)) => {
            write!(out, "{text}")?;
            Ok(Outcome::Clean)
        }
        None => {
            let names = bundle::files().iter().map(|(path, _)| short_name(path));
            let meant = similar::nearest(name, names);
            let hint = meant.map_or("`requestlint schema` lists them".to_owned(), |meant| {
                format!("did you mean `{meant}`?")
            });
            Err(Failure::Told(format!("there is no schema `{name}`; {hint}")))
        }
    }
}

/// `config` for `meta/config.schema.json`, `mimo/messages` for `providers/mimo/messages.schema.json`.
fn short_name(path: &str) -> &str {
    let path = path.strip_suffix(".schema.json").unwrap_or(path);
    path.strip_prefix("meta/").or_else(|| path.strip_prefix("providers/")).unwrap_or(path)
}
