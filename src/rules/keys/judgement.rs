//! What a text that stands for a key is.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::{is_hole, is_unclosed, key_for_a_name};
use crate::knowledge::Provider;
use crate::rules::placeholder_api_key::{has_random_part, is_placeholder, is_redacted};

/// What a text that is sent as the key is. Each key is one of these, so that each fault is told once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Nothing is wrong with its form.
    Sound,
    /// There is nothing in it.
    Empty,
    /// A recorder, or a person who shows the file, has covered it.
    Redacted,
    /// A text that stands for a key.
    Placeholder,
    /// No API has such a key.
    Malformed(Slip),
}

/// What makes a text no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// A variable in a form that nothing fills in.
    Unfilled,
    /// It stands where the name of a variable belongs.
    Named,
    /// A line ends before, in or after it.
    LineBreak,
    /// A space or another blank stands before, in or after it.
    Space,
    /// The quotes around it are part of it.
    Quotes,
    /// It begins with the header's word `Bearer`.
    Bearer,
    /// Its middle is covered, as a console shows a key that exists.
    Masked,
    /// It holds a letter or sign that no key has.
    Letters,
    /// It was pasted twice.
    Twice,
    /// It begins twice.
    Prefix,
    /// A comma or a semicolon follows it.
    Comma,
    /// The name of its variable stands before it.
    Assigned,
}

impl Slip {
    /// What is wrong, to follow the name of what holds the key.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Slip::Unfilled => "holds a variable in a form that is not filled in here",
            Slip::Named => "holds the key where the name of a variable belongs",
            Slip::LineBreak => "holds a line break beside or within the key",
            Slip::Space => "holds a space beside or within the key",
            Slip::Quotes => "holds the key with quotes around it",
            Slip::Bearer => "holds the word `Bearer` as part of the key",
            Slip::Masked => "holds a key whose middle is covered",
            Slip::Letters => "holds a sign that is in no key",
            Slip::Twice => "holds the key twice",
            Slip::Prefix => "holds a key that begins twice",
            Slip::Comma => "holds the sign after the key as part of it",
            Slip::Assigned => "holds the name of a variable as part of the key",
        }
    }

    /// What to do.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Slip::Unfilled => "sent as it stands",
            Slip::Named => "no variable has this name",
            Slip::LineBreak => "the line break is sent too",
            Slip::Space => "the space is sent too",
            Slip::Quotes => "the inner quotes are sent too",
            Slip::Bearer => "only the key belongs here",
            Slip::Masked => "copy the whole key",
            Slip::Letters => "copy the key once more, as plain text",
            Slip::Twice => "pasted twice",
            Slip::Prefix => "its beginning is there twice",
            Slip::Comma => "the sign is sent too",
            Slip::Assigned => "only the key belongs here",
        }
    }
}

/// What `text` is, which a file gives for a key of `provider`. In settings a variable that is left is
/// sent as it stands; beside a request something is filled in first.
#[must_use]
pub fn judge(text: &str, provider: Option<&Provider>, in_settings: bool) -> Judgement {
    let bare = text.trim().trim_matches(QUOTES).trim();
    if bare.is_empty() || bare.eq_ignore_ascii_case("bearer") {
        return Judgement::Empty;
    }
    if key_for_a_name(bare).is_some() && in_settings {
        return Judgement::Malformed(Slip::Named);
    }
    // A variable that never ends is one to no tool.
    if in_settings && (is_unfilled(text) || is_half_a_variable(text)) {
        return Judgement::Malformed(Slip::Unfilled);
    }
    if is_redacted(bare) || is_covered_whole(bare) {
        return Judgement::Redacted;
    }
    let listed = provider
        .is_some_and(|provider| provider.auth.placeholders.iter().any(|known| known == bare));
    // A test's own word for a key is told in settings alone: a recorded request may well carry it.
    let is_placeholder = is_placeholder(bare) || (in_settings && is_dummy(bare));
    let is_text = bare.chars().any(is_ideograph) && !has_random_part(bare);
    if listed || is_placeholder || is_text {
        return Judgement::Placeholder;
    }
    slip(text, bare).map_or(Judgement::Sound, Judgement::Malformed)
}

/// The quotes that people and word processors put around a key.
const QUOTES: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];

fn slip(text: &str, bare: &str) -> Option<Slip> {
    let is_bearer = bare.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("bearer"));
    if is_bearer && bare[6..].starts_with(|next: char| next.is_whitespace() || next == ':') {
        return Some(Slip::Bearer);
    }
    // Tools that take keys in turns have a list of them, one a line.
    let is_list = is_list(bare);
    if text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) && !is_list {
        return Some(Slip::LineBreak);
    }
    if !is_list && text.contains(char::is_whitespace) {
        return Some(Slip::Space);
    }
    if text.starts_with(QUOTES) || text.ends_with(QUOTES) {
        return Some(Slip::Quotes);
    }
    if is_covered(bare) {
        return Some(Slip::Masked);
    }
    if !is_list && !bare.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(Slip::Letters);
    }
    if is_twice(bare) {
        return Some(Slip::Twice);
    }
    let is_key =
        |text: &str| PREFIXES.iter().any(|begin| text.starts_with(begin)) && looks_real(text);
    let behind = |begin: &&str| bare.strip_prefix(*begin).is_some_and(is_key);
    if PREFIXES.iter().any(behind) {
        return Some(Slip::Prefix);
    }
    if bare.strip_suffix([',', ';']).is_some_and(is_key) {
        return Some(Slip::Comma);
    }
    without_name(bare).is_some_and(is_key).then_some(Slip::Assigned)
}

/// How keys of Xiaomi's platform begin.
const PREFIXES: [&str; 3] = ["sk-", "tp-", "ttp-"];

/// What follows the name of a variable and its sign.
pub fn without_name(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once('=')?;
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    (name.len() > 2 && name.bytes().all(is_part)).then_some(rest)
}

/// Whether a text is what a test has for a key.
pub fn is_dummy(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let text = PREFIXES.iter().find_map(|begin| text.strip_prefix(begin)).unwrap_or(&text);
    let mut words = text.split(['-', '_']);
    let is_test = |word: &str| matches!(word, "test" | "testing" | "dummy" | "fake" | "mock");
    let is_key = |word: &str| matches!(word, "api" | "key" | "token" | "mimo" | "xiaomi" | "only");
    let mut any = false;
    words.all(|word| {
        any |= is_test(word);
        is_test(word) || is_key(word)
    }) && any
}

/// Whether a text is several keys, one a line.
fn is_list(text: &str) -> bool {
    let Some(first) = text.lines().next() else { return false };
    // A key that was broken in two has a second part that begins with nothing of the kind.
    let begins = |line: &str| line.split_once('-').is_some_and(|(head, _)| head.len() <= 3);
    text.lines().count() > 1
        && text.lines().all(|line| {
            line.len() >= 20
                && !line.contains(char::is_whitespace)
                && (line.len() == first.len() || (begins(line) && begins(first)))
        })
}

/// Whether a variable, in whatever form, is left in a text.
#[must_use]
pub fn is_unfilled(text: &str) -> bool {
    let text = text.trim();
    is_hole(text)
        || [
            "{env:",
            "os.environ/",
            "os.environ[",
            "os.environ.get(",
            "os.getenv(",
            "process.env.",
            "env:",
        ]
        .iter()
        .any(|form| text.starts_with(form))
}

/// Whether a variable is begun and never ended, and is no key that someone put into its braces.
fn is_half_a_variable(text: &str) -> bool {
    let name = text.trim().rsplit(['{', ' ']).next().unwrap_or_default();
    is_unclosed(text) && !looks_real(name)
}

/// Whether some of a key is covered, as `sk-s0x****99f` is.
fn is_covered(text: &str) -> bool {
    text.contains("***") || text.contains("•••") || text.contains('…') || text.contains("...")
}

/// Whether all but the beginning is covered, as recorders leave it: `sk-***`.
fn is_covered_whole(text: &str) -> bool {
    let rest = text.trim_end_matches(['*', '•', '…', '.']);
    let cover = &text[rest.len()..];
    (cover.contains(['*', '•'])) && rest.len() <= 8
}

fn is_ideograph(character: char) -> bool {
    ('\u{3040}'..='\u{30ff}').contains(&character)
        || ('\u{4e00}'..='\u{9fff}').contains(&character)
        || ('\u{ac00}'..='\u{d7af}').contains(&character)
}

static TWICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:sk|tp|ttp)-[A-Za-z0-9]{16,}(?:sk|tp|ttp)-[A-Za-z0-9]{16,}$").ok()
});

fn is_twice(text: &str) -> bool {
    let (first, second) = text.as_bytes().split_at(text.len() / 2);
    let doubled = text.len() >= 40 && first == second;
    doubled || TWICE.as_ref().is_some_and(|twice| twice.is_match(text))
}

/// Whether a text is most likely a key that works: long, and of mixed letters and digits.
#[must_use]
pub fn looks_real(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["test", "fake", "dummy", "example", "sample", "placeholder", "xxxx", "1234567890"];
    let lower = text.to_ascii_lowercase();
    if WORDS.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let kinds: std::collections::BTreeSet<u8> = text.bytes().collect();
    text.len() >= 20
        && digits >= 4
        && digits < text.len()
        && kinds.len() >= 10
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Judgement, Slip, judge, looks_real};

    const KEY: &str = "sk-c0ffeefacade0a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8";

    #[test]
    fn each_slip_is_told_by_its_own_name() {
        let twice = format!("{KEY}{KEY}");
        for (text, slip) in [
            ("$MIMO_API_KEY", Slip::Unfilled),
            ("${MIMO_API_KEY}", Slip::Unfilled),
            ("{{ mimo_key }}", Slip::Unfilled),
            ("{env:MIMO_API_KEY}", Slip::Unfilled),
            ("os.environ/MIMO_API_KEY", Slip::Unfilled),
            ("os.environ[\"MIMO_API_KEY\"]", Slip::Unfilled),
            ("os.environ.get('MIMO_API_KEY')", Slip::Unfilled),
            ("${MIMO_API_KEY", Slip::Unfilled),
            (&format!("${{{KEY}}}"), Slip::Named),
            (&format!("${{{KEY}"), Slip::Named),
            (&format!("{KEY}\n"), Slip::LineBreak),
            (&format!("{}\n{}", &KEY[..20], &KEY[20..]), Slip::LineBreak),
            (&format!(" {KEY}"), Slip::Space),
            (&format!("{} {}", &KEY[..9], &KEY[9..]), Slip::Space),
            (&format!("\"{KEY}\""), Slip::Quotes),
            (&format!("{KEY}'"), Slip::Quotes),
            (&format!("“{KEY}”"), Slip::Quotes),
            (&format!("Bearer {KEY}"), Slip::Bearer),
            (&format!("\"Bearer {KEY}\""), Slip::Bearer),
            ("sk-s0x****99f", Slip::Masked),
            ("sk-c0ffee…45", Slip::Masked),
            ("sk-c0ffee...9a45", Slip::Masked),
            (&format!("{KEY}\u{200b}"), Slip::Letters),
            (&KEY.replace('c', "с"), Slip::Letters),
            (&format!("sk-{KEY}"), Slip::Prefix),
            (&format!("{KEY},"), Slip::Comma),
            (&format!("MIMO_API_KEY={KEY}"), Slip::Assigned),
            (&twice, Slip::Twice),
            (&format!("{KEY}tp-{}", &KEY[3..]), Slip::Twice),
        ] {
            assert_eq!(judge(text, None, true), Judgement::Malformed(slip), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_key_at_all_is_not_malformed_as_well() {
        for (text, judgement) in [
            ("", Judgement::Empty),
            ("  ", Judgement::Empty),
            ("\"\"", Judgement::Empty),
            ("Bearer ", Judgement::Empty),
            ("***", Judgement::Redacted),
            ("<REDACTED>", Judgement::Redacted),
            ("sk-***", Judgement::Redacted),
            ("YOUR_API_KEY", Judgement::Placeholder),
            ("test", Judgement::Placeholder),
            ("sk-test-key", Judgement::Placeholder),
            ("mock_api_key", Judgement::Placeholder),
            ("<your key>", Judgement::Placeholder),
            ("sk-...", Judgement::Placeholder),
            ("在此填入你的密钥", Judgement::Placeholder),
            (KEY, Judgement::Sound),
            (&format!("{KEY}\ntp-{}", &KEY[3..]), Judgement::Sound),
            ("9f8e7d6c5b4a39281706f5e4d3c2b1a0", Judgement::Sound),
        ] {
            assert_eq!(judge(text, None, true), judgement, "{text:?}");
        }
        assert_eq!(judge("$MIMO_API_KEY", None, false), Judgement::Sound, "filled in by the test");
        assert_eq!(judge("test", None, false), Judgement::Sound, "a test's own");
        assert_eq!(judge("sk-or-v1-0a1b2c3d4e5f6a7b8c9d0e1f", None, true), Judgement::Sound);
    }

    #[test]
    fn a_key_that_works_is_told_from_one_of_a_test() {
        for text in [KEY, "4f1c9a7e2b8d4063a5e9c1d7f3b80246"] {
            assert!(looks_real(text), "{text}");
        }
        for text in ["sk-test-0123456789abcdef", "sk-1234567890abcdefghij", "short1234", "sk-fake"]
        {
            assert!(!looks_real(text), "{text}");
        }
    }
}
