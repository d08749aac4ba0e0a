//! The HTTP status, in the texts that clients make of an answer.

use std::sync::LazyLock;

use regex::Regex;

/// How clients write a status, the surest first. The status is the group `status`.
static WRITTEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // openai-python: `Error code: 400 - {…}`
        r"\bError code: (?P<status>\d{3})\b",
        // openai-node: `BadRequestError: 400 …`; `ApiError [400]: …`
        r"\b\w*(?:Error|Exception)\b:?\s*\[?(?P<status>\d{3})\b",
        // curl -f
        r"\breturned error: (?P<status>\d{3})\b",
        // `"status": 400`, `status_code=400`, `status code 400`
        r#"(?i)\bstatus(?:[ _-]?code)?\\?["']?\s*[:=]?\s*\\?["']?(?P<status>\d{3})\b"#,
        r#"(?i)\bHTTP(?:/\d(?:\.\d)?)?["']?\s+(?P<status>\d{3})\b"#,
        r"(?i)\b(?P<status>\d{3}) (?:Client Error|Server Error|Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Not Acceptable|Too Many Requests|Internal Server Error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)\b",
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// The classes that SDKs give errors of a status.
const CLASSES: [(&str, u16); 6] = [
    ("BadRequestError", 400),
    ("AuthenticationError", 401),
    ("PermissionDeniedError", 403),
    ("NotFoundError", 404),
    ("RateLimitError", 429),
    ("InternalServerError", 500),
];

/// What follows the status in an SDK's line.
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\b\w*(?:Error|Exception)\b:?\s*\[?|\bError code: )\d{3}\b[\]:\s-]*(?P<words>\S[^\r\n]*)")
        .ok()
});

/// Whether `text` is what an SDK makes of an error.
#[must_use]
pub fn is_sdk(text: &str) -> bool {
    WRITTEN.iter().take(2).any(|pattern| pattern.is_match(text))
        || CLASSES.iter().any(|(class, _)| text.contains(class))
}

/// The status of an error that `text` names; of several the last of the surest notation.
#[must_use]
pub fn in_text(text: &str) -> Option<u16> {
    let written = WRITTEN.iter().find_map(|pattern| {
        let found =
            pattern.captures_iter(text).filter_map(|found| error(found.name("status")?.as_str()));
        found.last()
    });
    written.or_else(|| {
        CLASSES.iter().find(|(class, _)| text.contains(class)).map(|(_, status)| *status)
    })
}

/// The words behind the status in an SDK's line.
#[must_use]
pub fn words_behind(text: &str) -> Option<&str> {
    let found = BEHIND.as_ref()?.captures_iter(text).last()?;
    Some(found.name("words")?.as_str().trim_end())
}

/// `text` as the status of an error.
#[must_use]
pub fn error(text: &str) -> Option<u16> {
    text.parse().ok().filter(|status| (400..600).contains(status))
}

#[cfg(test)]
mod tests {
    use super::{in_text, words_behind};

    #[test]
    fn a_status_is_found_however_clients_write_it() {
        for text in [
            "openai.BadRequestError: Error code: 404 - {'error': 1}",
            "NotFoundError: 404 No endpoints",
            r#"{"level": "error", "status": 404}"#,
            r#"{\"statusCode\": \"404\"}"#,
            "AxiosError: Request failed with status code 404",
            "HTTP 404",
            "curl: (22) The requested URL returned error: 404",
            r#""POST /v1/x HTTP/1.1" 404 153"#,
            "404 Client Error: Not Found for url: https://x",
            "openai.NotFoundError: <html>",
            "HTTP 200, then HTTP 404",
        ] {
            assert_eq!(in_text(text), Some(404), "{text}");
        }
        for text in ["status: 200", "port 8404", "404 files", "HTTP 999"] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }

    #[test]
    fn the_words_behind_a_status_are_the_message() {
        assert_eq!(
            words_behind("BadRequestError: 400 Param Incorrect\n  at x"),
            Some("Param Incorrect")
        );
        assert_eq!(words_behind("Error code: 400 - oh"), Some("oh"));
        assert_eq!(words_behind("BadRequestError: 400"), None);
    }
}
