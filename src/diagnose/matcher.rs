//! Holds the API's words to the patterns of `causes.json`: `{name}` stands for a part that varies, and
//! all else is meant as it stands.

use std::ops::Range;

/// A pattern, made ready.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The texts before, between and behind the parts that vary; an empty one where a pattern begins or
    /// ends with such a part.
    literals: Vec<String>,
}

/// `text` as it is compared: letters in one case, one sign for every quote, a space for every white
/// space. Each byte stays where it is.
fn folded(text: &str) -> String {
    let fold = |character: char| match character {
        '`' | '"' => '\'',
        '\t' | '\n' | '\r' => ' ',
        other => other.to_ascii_lowercase(),
    };
    text.chars().map(fold).collect()
}

/// A text that is held to many patterns: it may be long, and is folded once.
#[derive(Debug)]
pub struct Folded<'t> {
    text: &'t str,
    plain: String,
}

impl<'t> Folded<'t> {
    /// `text`, folded.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, plain: folded(text) }
    }

    /// Without what may stand around a sentence.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.plain.trim().trim_end_matches('.')
    }
}

impl Pattern {
    /// The pattern that `text` is.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut literals = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let name = rest[at + 1..].find('}').map(|end| &rest[at + 1..at + 1 + end]);
            let is_name = |name: &&str| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
            };
            match name.filter(is_name) {
                Some(name) => {
                    literal.push_str(&rest[..at]);
                    literals.push(folded(&std::mem::take(&mut literal)));
                    rest = &rest[at + name.len() + 2..];
                }
                None => {
                    literal.push_str(&rest[..=at]);
                    rest = &rest[at + 1..];
                }
            }
        }
        literal.push_str(rest);
        let last = folded(&literal);
        literals.push(last.trim_end_matches('.').to_owned());
        Self { literals }
    }

    /// How much of it is meant as it stands, in bytes: the more, the more it says.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.literals.iter().map(String::len).sum()
    }

    /// Whether `text` is nothing else.
    #[must_use]
    pub fn is(&self, text: &Folded<'_>) -> bool {
        let text = text.bare();
        let (Some(first), Some(last)) = (self.literals.first(), self.literals.last()) else {
            return false;
        };
        if self.literals.len() == 1 {
            return text == first;
        }
        // Only the last must lie at the very end, so it is held against the end and not looked for.
        let inner = &self.literals[..self.literals.len() - 1];
        text.starts_with(first.as_str())
            && through(inner, text, 0).is_some_and(|at| {
                let least = next_character(text, at);
                text.ends_with(last.as_str())
                    && least.is_some_and(|least| least + last.len() <= text.len())
            })
    }

    /// Where in `text` it stands, as words of their own. A part that varies at the
    /// start is one word, one at the end reaches to the end of the line.
    #[must_use]
    pub fn find(&self, text: &Folded<'_>) -> Option<Range<usize>> {
        let (text, plain) = (text.text, text.plain.as_str());
        // A pattern that begins with a part that varies is found by what follows it.
        let varies = self.literals.first().is_some_and(String::is_empty);
        let literals =
            self.literals.get(usize::from(varies)..).filter(|literals| !literals.is_empty())?;
        let first = literals[0].as_str();
        if first.is_empty() {
            return None;
        }
        for (start, _) in plain.match_indices(first) {
            // What does not fit from here on fits from no later place.
            let end = through(literals, plain, start)?;
            let before = &plain[..start];
            let begin = if varies { before.rfind(' ').map_or(0, |at| at + 1) } else { start };
            if !begins_word(before, first) || (varies && begin == start) {
                continue;
            }
            let open = literals.len() > 1 && literals[literals.len() - 1].is_empty();
            if open {
                let line = text[end..].find('\n').map_or(text.len(), |at| end + at);
                return (line > end).then_some(begin..line);
            }
            if ends_word(plain, end) {
                return Some(begin..end);
            }
        }
        None
    }
}

/// Reads on from `start`, where the first of `literals` stands, through all of them, with at least a
/// character between each and the next; gives the end.
fn through(literals: &[String], text: &str, start: usize) -> Option<usize> {
    let mut at = start + literals.first()?.len();
    for literal in &literals[1..] {
        let least = next_character(text, at)?;
        at = if literal.is_empty() { at } else { least + text[least..].find(literal.as_str())? };
        at += literal.len();
    }
    Some(at)
}

/// The offset behind the character at `at`; `None` at the end.
fn next_character(text: &str, at: usize) -> Option<usize> {
    text.get(at..)?.chars().next().map(|character| at + character.len_utf8())
}

fn begins_word(before: &str, literal: &str) -> bool {
    !literal.starts_with(char::is_alphanumeric) || !before.ends_with(char::is_alphanumeric)
}

fn ends_word(text: &str, end: usize) -> bool {
    !text[..end].ends_with(char::is_alphanumeric) || !text[end..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{Folded, Pattern};

    #[test]
    fn a_pattern_is_the_whole_text_with_its_parts_filled_in() {
        let is = |pattern: &str, text: &str| Pattern::new(pattern).is(&Folded::new(text));
        assert!(is("`text` is not set", " `text` is not set.\n"));
        assert!(is("`text` is not set", "'TEXT' is not set"), "quotes and case are lost in logs");
        assert!(!is("`text` is not set", "`texts` is not set"));
        assert!(is("messages[{index}] must {what}, {what}", "messages[12] must be, or not"));
        assert!(!is("messages[{index}] must {what}", "messages[] must be"), "a part is something");
        assert!(!is("messages[{index}] must {what}", "messages[1] must "));
        assert!(is(
            "{field} is too large: {value}. At most {limit}.",
            "n is too large: 3. At most 2."
        ));
        assert!(is("Got: {language}", "Got: 中文"));
        assert!(is("{a}aa", "aaa") && !is("{a}aa", "aa"), "the end is held against the end");
        assert!(is("a {JSON} b {x}", "a {JSON} b c"), "braces around no name are signs");
    }

    #[test]
    fn a_pattern_stands_in_a_text_as_words_of_their_own() {
        let found = |pattern: &str, text: &str| {
            Pattern::new(pattern).find(&Folded::new(text)).map(|range| text[range].to_owned())
        };
        let line = "400 Param Incorrect: `text` is not set (id 3)\nnext";
        assert_eq!(found("`text` is not set", line).as_deref(), Some("`text` is not set"));
        assert_eq!(
            found("Invalid Token", "invalid tokenizer, Invalid Token").as_deref(),
            Some("Invalid Token")
        );
        assert_eq!(found("Invalid Token", "invalid tokenizer"), None);
        assert_eq!(
            found("Unsupported model {model}", "x: Unsupported model é\ny").as_deref(),
            Some("Unsupported model é")
        );
        assert_eq!(
            found("{field} must be good", "the url must be good").as_deref(),
            Some("url must be good")
        );
        assert_eq!(found("{field} must be good", " must be good"), None);
        assert_eq!(found("a {b} c", "a c"), None);
        assert_eq!(found("{b}", "anything"), None, "nothing but a part says nothing");
    }

    #[test]
    fn the_more_is_meant_as_it_stands_the_more_it_weighs() {
        let weight = |pattern: &str| Pattern::new(pattern).weight();
        assert!(weight("Unsupported model unknown-model") > weight("Unsupported model {model}"));
    }
}
