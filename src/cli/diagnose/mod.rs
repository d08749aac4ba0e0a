//! `requestlint diagnose`

mod human;
mod input;
mod json;
mod request;
mod short;

use std::io::{self, Write as _};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{DiagnoseArguments, DiagnoseFormat};
use super::models::chosen;
use super::{Failure, Outcome, terminal};
use crate::diagnose::{ApiError, Asked, Diagnosis, diagnose, of_status, read, recognise};
use crate::knowledge::{Catalog, DEFAULT_PROVIDER, Provider};
use request::Request;

/// How many causes people are told; programs get all.
const MOST: usize = 8;

/// Everything that an output shows.
struct Told<'t> {
    error: &'t ApiError,
    provider: &'t Provider,
    /// How the provider was recognised.
    how: &'t str,
    request: Option<&'t Request>,
    diagnosis: &'t Diagnosis,
}

/// Runs the command.
pub fn run(arguments: &DiagnoseArguments) -> Result<Outcome, Failure> {
    if arguments.request.as_deref().is_some_and(|path| path.as_os_str() == "-")
        && arguments.error.as_os_str() == "-"
    {
        let message = "`-` (standard input) is the error or the request, not both";
        return Err(Failure::Told(message.to_owned()));
    }
    let text = input::text(&arguments.error)?;
    let mut error = read(&text)
        .or_else(|| Some(of_status(arguments.status?, &text)))
        .ok_or_else(|| no_error(arguments))?;
    error.status = arguments.status.or(error.status);
    let known = known_provider(arguments, &error)?;
    let request = match &arguments.request {
        Some(path) => {
            let id = known.as_ref().map(|(provider, _)| provider.id.clone());
            Some(request::lint(path, id.or(arguments.provider.clone()), arguments)?)
        }
        None => None,
    };
    let (provider, how) = whose(arguments, known, request.as_ref())?;
    let asked = request
        .as_ref()
        .filter(|request| request.is_recognised())
        .map(|request| Asked { diagnostics: &request.diagnostics, kinds: &request.kinds });
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let now = now.and_then(|since| i64::try_from(since.as_secs()).ok());
    let diagnosis = diagnose(&error, &provider, asked.as_ref(), now);
    let told = Told {
        error: &error,
        provider: &provider,
        how: &how,
        request: request.as_ref(),
        diagnosis: &diagnosis,
    };
    let shown = match arguments.format {
        DiagnoseFormat::Human => human::shown(&told, terminal::style(arguments.color)),
        DiagnoseFormat::Short => short::shown(&told),
        DiagnoseFormat::Json => json::shown(&told)?,
    };
    io::stdout().lock().write_all(shown.as_bytes())?;
    Ok(Outcome::Clean)
}

fn no_error(arguments: &DiagnoseArguments) -> Failure {
    let place = match arguments.error.as_os_str() {
        path if path == "-" => "standard input".into(),
        path => path.to_string_lossy(),
    };
    Failure::Told(format!(
        "no error of the API was found in {place}\nread are: its JSON, alone or in a log; the same behind `data:`; a raw HTTP response, as `curl -i` prints it; an HTML page; an SDK's text, such as `Error code: 400 - {{…}}`; a text with a status (HTTP 429) or with words that the API is known to answer\n`--status N` takes any text for the message of an error"
    ))
}

/// The provider that is asked for, or that the error shows. One of the user's own is known by the
/// request alone.
fn known_provider(
    arguments: &DiagnoseArguments,
    error: &ApiError,
) -> Result<Option<(Arc<Provider>, String)>, Failure> {
    let Some(id) = &arguments.provider else {
        return Ok(recognise(error).map(|found| (found.provider, found.how)));
    };
    match Catalog::bundled().provider(id) {
        Some(provider) => Ok(Some((Arc::clone(provider), "as asked".to_owned()))),
        None if arguments.request.is_some() => Ok(None),
        None => chosen(Some(id)).map(|_| None),
    }
}

/// Whose error it is after all: where it does not say so itself, the provider of the request, else the
/// default.
fn whose(
    arguments: &DiagnoseArguments,
    known: Option<(Arc<Provider>, String)>,
    request: Option<&Request>,
) -> Result<(Arc<Provider>, String), Failure> {
    if let Some(known) = known {
        return Ok(known);
    }
    if let Some(provider) = request.and_then(|request| request.provider.clone()) {
        let how = if arguments.provider.is_some() { "as asked" } else { "the request is for it" };
        return Ok((provider, how.to_owned()));
    }
    let default = chosen(Some(arguments.provider.as_deref().unwrap_or(DEFAULT_PROVIDER)))?;
    let provider = default.first().and_then(|one| Catalog::bundled().provider(&one.id));
    let provider = provider.ok_or_else(|| Failure::Told("no provider is known".to_owned()))?;
    Ok((Arc::clone(provider), "nothing tells whose it is; --provider does".to_owned()))
}
