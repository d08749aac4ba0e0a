//! What was read of an error that the API gave.

use super::retry_after::RetryAfter;

/// The form that an error was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A raw HTTP response.
    Http,
    /// Server-sent events: `data:` before each line.
    Stream,
    /// An HTML page.
    Page,
    /// The JSON body alone.
    Object,
    /// The text that an SDK makes of it.
    Sdk,
    /// A text, such as a log, that holds the JSON somewhere.
    Log,
    /// A text that holds a status or known words.
    Text,
}

impl Form {
    /// The name in the JSON output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Form::Http => "http",
            Form::Stream => "stream",
            Form::Page => "page",
            Form::Object => "object",
            Form::Sdk => "sdk",
            Form::Log => "log",
            Form::Text => "text",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Form::Http => "an HTTP response",
            Form::Stream => "server-sent events",
            Form::Page => "an HTML page",
            Form::Object => "a JSON error",
            Form::Sdk => "an SDK's error",
            Form::Log => "a text with a JSON error in it",
            Form::Text => "a text",
        }
    }
}

/// An error that the API gave, as far as the text tells. No field holds a key: all are masked.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// The form that it was read in.
    pub form: Form,
    /// The HTTP status.
    pub status: Option<u16>,
    /// `error.code`.
    pub code: Option<String>,
    /// `error.message`; where there is no JSON, the words that were read.
    pub message: Option<String>,
    /// `error.param`.
    pub param: Option<String>,
    /// `error.type`.
    pub kind: Option<String>,
    /// The header `Retry-After`.
    pub retry_after: Option<RetryAfter>,
    /// A host of a known API that the text names.
    pub host: Option<String>,
    /// How many other errors the text holds before this one.
    pub others: usize,
    /// Whether the code is a string, as the known APIs write it.
    pub(super) code_is_text: bool,
    /// The text of an HTML page.
    pub(super) page: Option<String>,
}

impl ApiError {
    /// Whether an HTML page came in the place of a JSON error.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.page.is_some()
    }

    /// Whether the API's JSON came, so no page of a proxy.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.code.is_some() || matches!(self.form, Form::Object | Form::Stream | Form::Log)
    }

    /// The texts that may hold the reason, that of `param` first. Empty ones are left out.
    pub fn reasons(&self) -> impl Iterator<Item = &str> {
        let texts = [self.param.as_deref(), self.message.as_deref()];
        texts.into_iter().flatten().filter(|text| !text.trim().is_empty())
    }
}
