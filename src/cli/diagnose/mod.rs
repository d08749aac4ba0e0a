//! `requestlint diagnose`

mod case;
mod human;
mod input;
mod json;
mod request;
mod short;

use std::io::{self, Write as _};
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::{DiagnoseArguments, DiagnoseFormat};
use super::{Failure, Outcome, terminal};
use crate::diagnose::{ApiError, Asked, Diagnosis, diagnose, of_status, read};
use crate::knowledge::Provider;
use crate::report::inert_lines;
use case::Case;
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
    let Case { provider, how, request } = case::of(arguments, &error)?;
    let asked = request
        .as_ref()
        .filter(|request| request.is_recognised())
        .map(|request| Asked { diagnostics: &request.diagnostics, kinds: &request.kinds });
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let now = now.and_then(|since| i64::try_from(since.as_secs()).ok());
    let diagnosis = diagnose(&error, &provider, asked.as_ref(), now);
    // Where the text tells a code alone, the provider's table tells its status.
    error.status = error.status.or(diagnosis.meaning.as_ref().map(|row| row.status));
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
    io::stdout().lock().write_all(inert_lines(&shown).as_bytes())?;
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
