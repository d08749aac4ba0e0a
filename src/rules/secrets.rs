//! Keeps keys out of everything that is shown.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Span;

/// How many characters of a key may be shown.
const SHOWN: usize = 4;

/// Keys by their own shape; by the word before them; by the name of the field that holds them; and by that of the
/// parameter of a URL or the argument of a command.
static KEYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)\b(?P<own>(?:sk|tp|ttp|pk|rk|ak|gsk|xai|hf|ghp|gho|ghs|glpat|xox[bpars]|AIza|AKIA)[-_a-z0-9\\]{12,}[-_.a-z0-9\\]*)"#,
        r#"|\b(?P<hex>[0-9a-f]{32,})\b"#,
        r#"|(?:key|token|secret|password)\\?["']?\s*[:=]\s*\\?["']?(?P<named>[-_.a-z0-9/+]{16,})"#,
        r#"|\beyJ(?P<token>[-_a-z0-9]{12,}[-_.a-z0-9]*)"#,
        r#"|\b(?:bearer|basic)\s+(?P<bearer>[^\s"'\\,}$<{][^\s"',}]*)"#,
        r#"|(?:api[-_ ]?keys?|authorization|auth[-_]?token|access[-_]?token|secret|password|cookie)\\?["']?\s*[:=]\s*(?:\[\s*)?\\?["'](?P<field>[^"'\\\s$<{][^"']*)"#,
        r#"|[?&](?:api[-_]?key|key|(?:access[-_]?)?token|auth|secret|password)=(?P<query>[^&#\s"'<>${]+)"#,
        r#"|--(?:api[-_]?key|key|(?:auth[-_]?)?token|secret|password)(?:\\?["']\s*,\s*\\?["']|=)(?P<argument>[^"'\\\s$<{]+)"#,
    ))
    .ok()
});

/// `text` with every key in it covered by as many `*` as it has characters past the fourth, so that
/// columns stay where they are.
///
/// An escape hides no key: `\u0073k-…` is looked at as what it says.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u00") {
        return plainly_masked(text);
    }
    let mut said = String::with_capacity(text.len());
    // The bytes of each character of `said` in `text`.
    let mut widths = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (character, width) = escaped(rest).map_or((first, first.len_utf8()), |one| (one, 6));
        said.push(character);
        widths.push(width);
        rest = &rest[width..];
    }
    let Cow::Owned(masked) = plainly_masked(&said) else { return Cow::Borrowed(text) };
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for ((offset, character), width) in said.char_indices().zip(widths) {
        let covered = character != '*' && masked.as_bytes().get(offset) == Some(&b'*');
        if covered {
            shown.extend(std::iter::repeat_n('*', width));
        } else {
            shown.push_str(&text[at..at + width]);
        }
        at += width;
    }
    Cow::Owned(shown)
}

/// The letter, digit or sign that `text` begins with as an escape.
fn escaped(text: &str) -> Option<char> {
    let digits = text.strip_prefix("\\u00")?.get(..2)?;
    let character = char::from(u8::from_str_radix(digits, 16).ok()?);
    (character.is_ascii_graphic() && !matches!(character, '"' | '\\')).then_some(character)
}

fn plainly_masked(text: &str) -> Cow<'_, str> {
    let Some(keys) = KEYS.as_ref() else {
        return Cow::Borrowed(text);
    };
    let mut masked: Option<String> = None;
    let mut kept = 0;
    for found in keys.captures_iter(text) {
        let groups = ["own", "token", "bearer", "field", "query", "argument", "hex", "named"];
        let Some(key) = groups.iter().find_map(|name| found.name(name)) else {
            continue;
        };
        // A long number that nothing names a key is a number, and what is wrong may be just its size.
        let is_number = key.as_str().bytes().all(|byte| byte.is_ascii_digit());
        if is_number && found.name("hex").is_some() {
            continue;
        }
        // `basic instructions` is prose; what stands behind the word in a header is no word.
        let is_word = key.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if is_word && found.name("bearer").is_some() {
            continue;
        }
        let scheme = key.as_str().len() - without_scheme(key.as_str()).len();
        let (start, end) = (key.start() + scheme, key.end());
        if !is_secret(&text[start..end]) {
            continue;
        }
        let masked = masked.get_or_insert_with(|| String::with_capacity(text.len()));
        masked.push_str(&text[kept..start]);
        for (index, character) in text[start..end].chars().enumerate() {
            // One byte for each byte, so that offsets stay true as well.
            if index < SHOWN {
                masked.push(character);
            } else {
                masked.extend(std::iter::repeat_n('*', character.len_utf8()));
            }
        }
        kept = end;
    }
    match masked {
        Some(mut masked) => {
            masked.push_str(&text[kept..]);
            Cow::Owned(masked)
        }
        None => Cow::Borrowed(text),
    }
}

/// As [`mask`], with the known keys at `spans` of `source` covered wherever a piece of them stands: one of many
/// lines is not told by the words before it.
#[must_use]
pub fn hide(text: &str, source: &str, spans: &[Span]) -> String {
    // Before the mask: what it covers of a piece would hide the piece from us.
    let mut hidden = text.to_owned();
    for span in spans {
        for (number, line) in span.slice(source).lines().enumerate() {
            let piece = without_scheme(line.trim().trim_matches(['"', '\'', '\\']));
            let shown = if number == 0 { SHOWN } else { 0 };
            if piece.chars().count() <= SHOWN || !hidden.contains(piece) {
                continue;
            }
            let cover = |(index, character): (usize, char)| match index < shown {
                true => character.to_string(),
                false => "*".repeat(character.len_utf8()),
            };
            let covered: String = piece.chars().enumerate().map(cover).collect();
            hidden = hidden.replace(piece, &covered);
        }
    }
    mask(&hidden).into_owned()
}

/// What follows the word `Bearer` or `Basic`.
fn without_scheme(text: &str) -> &str {
    match text.split_once(' ') {
        Some((word, rest))
            if word.eq_ignore_ascii_case("bearer") || word.eq_ignore_ascii_case("basic") =>
        {
            rest.trim_start()
        }
        _ => text,
    }
}

/// A placeholder or a variable is no secret, and hiding it would hide what is wrong.
pub(super) fn is_secret(text: &str) -> bool {
    text.chars().count() > SHOWN
        && !crate::document::is_hole(text)
        && !super::placeholder_api_key::is_placeholder(text)
        && !super::placeholder_api_key::is_redacted(text)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn keys_are_covered_and_columns_stay() {
        let key = "sk-c0ffee0000000000000000000000000000000000000000000";
        let line = format!(r#""api-key": "{key}", "n": 1"#);
        let masked = mask(&line);
        assert!(!masked.contains("sk-c0"), "{masked}");
        assert!(masked.starts_with(r#""api-key": "sk-c*"#), "{masked}");
        assert_eq!(masked.len(), line.len());
        assert_eq!(
            mask("Authorization: Bearer abcdefgh1234"),
            "Authorization: Bearer abcd********"
        );
        assert_eq!(mask(r#""x-api-key": "geheim-wort""#), r#""x-api-key": "gehe*******""#);
    }

    #[test]
    fn keys_without_a_shape_of_their_own_are_covered_too() {
        for text in [
            r#"{"name": "api-key", "value": "9f8e7d6c5b4a39281706f5e4d3c2b1a0"}"#,
            r#""Authorization": "Bearer sk-\u0061bcdefghijklmnop0123456789""#,
            r#""api-key": "MyCompanyKey_0123456789abcdefXYZ""#,
            r#""Authorization": "Bearer sk-1234f0e1d2c3b4a5968778695a4b3c2d1e0f""#,
            r#"curl -H \"api-key: 9f8e7d6c5b4a39281706f5e4d3c2b1a0\""#,
            r#""MIMO_KEY": "zz8e7d6c5b4a3928170""#,
            r#""api_keys": ["Qx9wLmN3pZr7T28170"]"#,
            "https://example.com/v1?key=abc%2Fdef%3D28170&b=1",
            r#""args": ["--api-key", "hunter28170"]"#,
            "tool --api-key=hunter28170",
            r#""Cookie": "session=zz28170""#,
            "token=zz8e7d6c5b4a3928170",
            r#"{"y":"\u0073k-cabcdefghijklmnopqrstuvwxyz0123456789abc28170"}"#,
            r#"{"y":"s\u006b-cabcdefghijklmnopqrstuvwxyz0123456789abc28170"}"#,
            r#"{"content":"key is \u0073\u006b\u002d\u0061bcdefghijklmnopqrstuvwxyz0123456789abc28170"}"#,
            r#"{"y":"\u0074\u0070\u002dcabcdefghijklmnopqrstuvwxyz0123456789abc28170"}"#,
        ] {
            let masked = mask(text);
            assert_eq!(masked.len(), text.len(), "{masked}");
            for tail in ["b1a0", "56789", "defXYZ", "2d1e0f", "28170"] {
                assert!(!masked.contains(tail), "{masked}");
            }
        }
    }

    #[test]
    fn placeholders_variables_and_prose_stay_readable() {
        for text in [
            r#""api-key": "YOUR_API_KEY""#,
            r#""Authorization": "Bearer $MIMO_API_KEY""#,
            r#""Authorization": "Bearer ${MIMO_API_KEY}""#,
            r#""api-key": "<your-api-key>""#,
            "basic instructions for the bearer of news",
            "the task of skimming is skipped",
            "risk-averse-and-other-long-words",
            r#""temperature": 1234567890123456789012345678901234567890"#,
        ] {
            assert_eq!(mask(text), text);
        }
    }
}
