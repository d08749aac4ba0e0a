//! A raw HTTP response: as `curl -i` prints it, or `curl -v` with its marks.

use std::borrow::Cow;

use super::status;

/// A response.
#[derive(Debug)]
pub struct Response<'t> {
    /// The status, where it is that of an error. Events can tell of one behind a status of success.
    pub status: Option<u16>,
    headers: Vec<(String, String)>,
    /// What follows the headers.
    pub body: Cow<'t, str>,
}

impl Response<'_> {
    /// The value of the header `name`; of several the last.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// The response that `text` is or ends with: of several, such as those before a redirect, the last.
#[must_use]
pub fn response(text: &str) -> Option<Response<'_>> {
    let text = without_marks(text);
    let mut at = 0;
    let mut head = None;
    for line in text.split_inclusive('\n') {
        if let Some(status) = status_of_line(line) {
            head = Some((at + line.len(), status));
        }
        at += line.len();
    }
    let (mut at, status) = head?;
    let mut headers = Vec::new();
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim_end();
        // Only a header goes before the empty line; what is none is the body, its blank line lost.
        let header = content.split_once(':').filter(|(name, _)| is_name(name));
        if let Some((name, value)) = header {
            headers.push((name.to_owned(), value.trim().to_owned()));
        } else if !content.is_empty() {
            break;
        }
        at += line.len();
        if content.is_empty() {
            break;
        }
    }
    let status = status::error(status.as_str());
    let body = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[at..]),
        Cow::Owned(text) => Cow::Owned(text[at..].to_owned()),
    };
    Some(Response { status, headers, body })
}

/// The status of a line such as `HTTP/1.1 404 Not Found` or `HTTP/2 404`.
fn status_of_line(line: &str) -> Option<String> {
    let rest = line.strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once(' ')?;
    let versioned = version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let status = rest.trim_start().get(..3)?;
    (versioned && status.bytes().all(|byte| byte.is_ascii_digit())).then(|| status.to_owned())
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.!#$&'*+^`|~%".contains(&byte))
}

/// `text` without what `curl -v` writes beside the answer: `<` marks what came, `>` what went, `*` its
/// own remarks.
fn without_marks(text: &str) -> Cow<'_, str> {
    if !text.lines().any(|line| line.starts_with("< HTTP/")) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.get(..2).unwrap_or(line) {
            "< " => kept.push_str(&line[2..]),
            "<\n" | "<\r" => kept.push('\n'),
            "> " | "* " | ">\n" | ">\r" | "{ " | "} " => {}
            _ => kept.push_str(line),
        }
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::response;

    #[test]
    fn the_last_response_is_read_whatever_ends_its_lines() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "HTTP/1.1 100 Continue",
                "",
                "HTTP/2 429",
                "Server: x",
                "retry-after: 3",
                "Retry-After: 30",
                "",
                "{\"a\": 1}",
                "",
            ];
            let text = lines.join(end);
            let read = response(&text).expect("a response");
            assert_eq!(read.status, Some(429));
            assert_eq!(read.header("RETRY-AFTER"), Some("30"));
            assert_eq!(read.body.trim(), "{\"a\": 1}");
        }
        let read = response("HTTP/1.1 200 OK\n\nHello").expect("a response");
        assert_eq!((read.status, read.body.as_ref()), (None, "Hello"));
        assert!(response("the answer was HTTP/1.1 404").is_none());
        assert!(response("HTTP/1.1 nope").is_none() && response("HTTP/1.1 4\u{e9}4").is_none());
    }

    #[test]
    fn marks_of_curl_are_taken_off() {
        let text = "* Connected\n> POST / HTTP/2\n> authorization: Bearer x\n>\n< HTTP/2 401\n< date: Sun\n<\n{\"error\": 1}";
        let read = response(text).expect("a response");
        assert_eq!((read.status, read.header("date")), (Some(401), Some("Sun")));
        assert_eq!(read.body, "{\"error\": 1}");
    }
}
