//! A URL that none is: what was meant by it.

use super::Address;
use crate::knowledge::similar;

/// What keeps a text from being a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlSlip {
    /// Its scheme is misspelt.
    Scheme,
    /// Its scheme is there twice.
    TwoSchemes,
    /// It has no scheme.
    NoScheme,
    /// It stands in quotes that are part of it.
    Quotes,
}

/// The URL that `text`, which is none, was most likely meant to be, and what is wrong with it.
#[must_use]
pub fn meant_url(text: &str) -> Option<(String, UrlSlip)> {
    let text = text.trim();
    let bare = text.trim_matches(['`', '"', '\'', '<', '>']);
    if bare.contains(char::is_whitespace) || Address::parse(text).is_some() {
        return None;
    }
    if bare.len() < text.len() && Address::parse(bare).is_some() {
        return Some((bare.to_owned(), UrlSlip::Quotes));
    }
    let second = bare.get(1..).and_then(|rest| rest.find("http")).map(|at| &bare[at + 1..]);
    let behind = second.filter(|_| bare.starts_with("http"));
    if let Some(rest) =
        behind.filter(|rest| Address::parse(rest).is_some_and(|at| at.host.is_some()))
    {
        let before = &bare[..bare.len() - rest.len()];
        if matches!(before, "https://" | "http://" | "https:" | "http:" | "https" | "http") {
            return Some((rest.to_owned(), UrlSlip::TwoSchemes));
        }
    }
    let name = bare.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = bare.split_at(name);
    let marks = rest.bytes().take_while(|byte| matches!(byte, b':' | b'/')).count();
    let (rest, slip) = match marks {
        0 => (bare, UrlSlip::NoScheme),
        // `localhost:8080` and `mimo/v1` are none.
        1 => return None,
        _ => (&rest[marks..], UrlSlip::Scheme),
    };
    // Another scheme is another thing: `tcp://`, `http+unix://`.
    let scheme = scheme.to_ascii_lowercase();
    let is_near = |right: &str| similar::distance(&scheme, right) <= 1;
    if slip == UrlSlip::Scheme && !(is_near("https") || is_near("http")) {
        return None;
    }
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    is_host.then(|| (format!("https://{rest}"), slip))
}

#[cfg(test)]
mod tests {
    use super::{UrlSlip, meant_url};

    #[test]
    fn what_was_meant_by_a_text_that_is_no_url() {
        let right = "https://api.xiaomimimo.com/v1";
        for (text, slip) in [
            ("htps://api.xiaomimimo.com/v1", UrlSlip::Scheme),
            ("httpss://api.xiaomimimo.com/v1", UrlSlip::Scheme),
            ("https:/api.xiaomimimo.com/v1", UrlSlip::Scheme),
            ("https//api.xiaomimimo.com/v1", UrlSlip::Scheme),
            ("ttps://api.xiaomimimo.com/v1", UrlSlip::Scheme),
            ("https://https://api.xiaomimimo.com/v1", UrlSlip::TwoSchemes),
            ("http://https://api.xiaomimimo.com/v1", UrlSlip::TwoSchemes),
            ("api.xiaomimimo.com/v1", UrlSlip::NoScheme),
            ("`https://api.xiaomimimo.com/v1`", UrlSlip::Quotes),
            ("\"https://api.xiaomimimo.com/v1\"", UrlSlip::Quotes),
        ] {
            assert_eq!(meant_url(text), Some((right.to_owned(), slip)), "{text}");
        }
        for text in
            ["", right, "/v1", "mimo/v1", "tcp://a.b", "${HOST}/v1", "a b.c", "x", "localhost:1"]
        {
            assert_eq!(meant_url(text), None, "{text}");
        }
    }
}
