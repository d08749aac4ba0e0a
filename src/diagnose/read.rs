//! From a text to the error in it.

use std::sync::LazyLock;

use regex::Regex;

use super::error::{ApiError, Form};
use super::http::{self, Response};
use super::object::{self, Object};
use super::retry_after::RetryAfter;
use super::{status, words};
use crate::knowledge::Catalog;
use crate::rules::mask;

/// How much of an HTML page is looked at for its words, in bytes.
const PAGE: usize = 16 * 1024;
/// How much of a text is searched for words, from its end, in bytes.
const TAIL: usize = 256 * 1024;
/// How much of a text that is no JSON is kept as its message, in characters.
const MESSAGE: usize = 400;
/// How much of a text in an error's JSON is kept, in characters: no API writes so much, and whoever pastes
/// a whole log into a message should not wait for it.
const LONGEST: usize = 64 * 1024;

/// The error that `text` holds, in any of the forms of [`Form`]; `None` where there is none.
///
/// ```
/// let text = r#"Error code: 401 - {'error': {'code': '401', 'message': 'Invalid API Key'}}"#;
/// let error = requestlint::diagnose::read(text).expect("an error");
/// assert_eq!((error.status, error.form.name()), (Some(401), "sdk"));
/// ```
#[must_use]
pub fn read(text: &str) -> Option<ApiError> {
    let text = text.trim_start_matches('\u{feff}');
    let response = http::response(text);
    let body = response.as_ref().map_or(text, |response| response.body.as_ref());
    let events = event_data(body);
    let mut found = events.as_deref().map(object::find).unwrap_or_default();
    if found.is_empty() {
        found = object::find(body);
    }
    let others = found.len().saturating_sub(1);
    let seen = response.as_ref().and_then(|response| response.status);
    let inner = match found.pop() {
        Some(object) => of_object(object, text),
        // A success without an error's JSON in it tells of none, whatever words it holds.
        None if response.is_some() && seen.is_none() => return None,
        None => of_words(tail(body), seen)?,
    };
    let form = match (&response, &events) {
        (Some(_), _) => Form::Http,
        (None, Some(_)) => Form::Stream,
        (None, None) => inner.form,
    };
    Some(ApiError {
        form,
        status: seen.or(inner.status),
        retry_after: retry_after(response.as_ref(), text),
        host: host_in(text),
        others,
        ..inner
    })
}

/// An error of this status of which the text says nothing that is known: all of it is the message.
#[must_use]
pub fn of_status(status: u16, text: &str) -> ApiError {
    let message = masked(&shortened(text.trim(), MESSAGE));
    ApiError {
        status: Some(status),
        message: Some(message).filter(|message| !message.is_empty()),
        retry_after: RetryAfter::in_text(text),
        host: host_in(text),
        ..blank(Form::Text)
    }
}

fn blank(form: Form) -> ApiError {
    ApiError {
        form,
        status: None,
        code: None,
        message: None,
        param: None,
        kind: None,
        retry_after: None,
        host: None,
        others: 0,
        code_is_text: false,
        page: None,
    }
}

fn masked(text: &str) -> String {
    mask(text).into_owned()
}

/// An error whose JSON was found.
fn of_object(object: Object, text: &str) -> ApiError {
    let form = match object::is_alone(text) {
        true => Form::Object,
        false if status::is_sdk(text) => Form::Sdk,
        false => Form::Log,
    };
    let cut = |text: Option<String>| text.map(|text| shortened(&text, LONGEST));
    let object = Object {
        code: cut(object.code),
        message: cut(object.message),
        param: cut(object.param),
        kind: cut(object.kind),
        ..object
    };
    let covered = |text: Option<String>| text.map(|text| masked(&text));
    let reasons = [&object.param, &object.message];
    let known = || {
        let mut found = reasons.into_iter().flatten().filter_map(|text| words::known_in(text));
        found.next().map(|known| known.status)
    };
    let status = status_of_code(object.code.as_deref(), text).or_else(known);
    ApiError {
        status,
        code: covered(object.code),
        message: covered(object.message),
        param: covered(object.param),
        kind: covered(object.kind),
        code_is_text: object.code_is_text,
        ..blank(form)
    }
}

/// The status that belongs to a code: by the tables of the known APIs, by the text around it, or as the
/// number that it is.
fn status_of_code(code: Option<&str>, text: &str) -> Option<u16> {
    let written = status::in_text(text);
    let Some(code) = code else { return written };
    let rows = || {
        let providers = Catalog::bundled().providers().iter();
        providers.flat_map(|provider| &provider.errors).filter(|row| row.code == code)
    };
    let listed = rows().map(|row| row.status).find(|status| Some(*status) == written);
    listed
        .or_else(|| rows().map(|row| row.status).next())
        .or(written)
        .or_else(|| status::error(code))
}

/// An error of which no JSON was found: an HTML page, a line of an SDK, known words, or a status. `seen`
/// is the status of the response whose body the text is.
fn of_words(text: &str, seen: Option<u16>) -> Option<ApiError> {
    if let Some(page) = page(text) {
        let title = title(page);
        let status = title.and_then(|title| status::error(title.get(..3)?));
        let status = seen.or(status).or_else(|| status::in_text(text))?;
        return Some(ApiError {
            status: Some(status),
            message: title.map(masked),
            page: Some(page.to_owned()),
            ..blank(Form::Page)
        });
    }
    let known = words::known_in(text);
    let status = seen
        .or_else(|| status::in_text(text))
        .or_else(|| known.as_ref().map(|known| known.status))?;
    let body = || text.trim().lines().next().filter(|_| seen.is_some());
    let words = known.map(|known| known.text);
    let words = words.or_else(|| status::words_behind(text).or_else(body).map(str::to_owned));
    let form = if status::is_sdk(text) { Form::Sdk } else { Form::Text };
    Some(ApiError {
        status: Some(status),
        message: words.map(|words| masked(&shortened(&words, MESSAGE))),
        ..blank(form)
    })
}

/// The end of a long text.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(TAIL);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The HTML page in `text`, or its beginning.
fn page(text: &str) -> Option<&str> {
    static START: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)<!doctype html|<html\b|<head>\s*<title>").ok());
    let start = START.as_ref()?.find(text)?.start();
    let mut end = (start + PAGE).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(&text[start..end])
}

fn title(page: &str) -> Option<&str> {
    static TITLE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)<(?:title|h1)[^>]*>\s*([^<]{1,200}?)\s*<").ok());
    Some(TITLE.as_ref()?.captures(page)?.get(1)?.as_str())
}

/// What stands behind `data:` in server-sent events, a line each; `None` where there is none.
fn event_data(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("data:")).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn retry_after(response: Option<&Response<'_>>, text: &str) -> Option<RetryAfter> {
    let of_header = response.and_then(|response| {
        RetryAfter::parse(response.header("retry-after")?, response.header("date"))
    });
    of_header.or_else(|| RetryAfter::in_text(text))
}

/// The first host of a known API that `text` names.
fn host_in(text: &str) -> Option<String> {
    let hosts = Catalog::bundled().providers().iter().flat_map(|provider| &provider.hosts);
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    hosts
        .filter_map(|known| {
            let mut places = text.match_indices(known.host.as_str());
            let (at, _) = places.find(|(at, host)| {
                !text[..*at].ends_with(|letter| part(letter) || letter == '.')
                    && !text[at + host.len()..].starts_with(part)
            })?;
            Some((at, &known.host))
        })
        .min()
        .map(|(_, host)| host.clone())
}
