//! The words that the known APIs answer with, each a pattern made ready once.

use std::sync::LazyLock;

use super::matcher::{Folded, Pattern};
use crate::knowledge::{Answered, Catalog, Cause, Confidence, causes};

/// The words of one answer to one cause.
#[derive(Debug)]
pub struct Words {
    /// The cause.
    pub cause: &'static Cause,
    /// Who answers so, and how sure that is.
    pub answered: &'static Answered,
    /// The words.
    pub pattern: Pattern,
}

/// The words of every cause.
#[must_use]
pub fn all() -> &'static [Words] {
    static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
        let answered = causes()
            .iter()
            .flat_map(|cause| cause.providers.iter().map(move |answered| (cause, answered)));
        answered
            .flat_map(|(cause, answered)| {
                let patterns = answered.answers.iter().map(|text| Pattern::new(text));
                patterns.map(move |pattern| Words { cause, answered, pattern })
            })
            .collect()
    });
    &ALL
}

/// Words that say nothing of the cause, such as `Param Incorrect`: the provider that says them, their
/// status, and the words.
fn general() -> &'static [(String, u16, Pattern)] {
    static GENERAL: LazyLock<Vec<(String, u16, Pattern)>> = LazyLock::new(|| {
        let mut general = Vec::new();
        for provider in Catalog::bundled().providers() {
            for row in &provider.errors {
                for text in &row.answers {
                    general.push((provider.id.clone(), row.status, Pattern::new(text)));
                }
            }
        }
        general
    });
    &GENERAL
}

/// Known words in a text that is no JSON.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// The words, as the text has them.
    pub text: String,
    /// The status that they come with.
    pub status: u16,
}

/// The words in `text` that say the most; words that are only inferred make no error of a text.
#[must_use]
pub fn known_in(text: &str) -> Option<Known> {
    let folded = Folded::new(text);
    let firm = all().iter().filter(|words| words.answered.confidence != Confidence::Inferred);
    let specific = firm
        .filter_map(|words| Some((words.pattern.weight(), words, words.pattern.find(&folded)?)))
        .max_by_key(|(weight, ..)| *weight)
        .map(|(_, words, range)| Known {
            text: text[range].trim_end_matches(['\'', '"', '}', ' ', '\r']).to_owned(),
            status: words.answered.status,
        });
    specific.or_else(|| {
        general().iter().find_map(|(_, status, pattern)| {
            let range = pattern.find(&folded)?;
            Some(Known { text: text[range].to_owned(), status: *status })
        })
    })
}

/// Whether a text says nothing of the cause.
#[must_use]
pub fn is_general(text: &Folded<'_>) -> bool {
    general().iter().any(|(_, _, pattern)| pattern.is(text))
}

/// The only provider that is known to answer with one of these texts.
#[must_use]
pub fn speaker(texts: &[Folded<'_>]) -> Option<&'static str> {
    let of_causes = all().iter().map(|words| (words.answered.id.as_str(), &words.pattern));
    let of_rows = general().iter().map(|(id, _, pattern)| (id.as_str(), pattern));
    let mut speakers: Vec<&str> = of_causes
        .chain(of_rows)
        .filter(|(_, pattern)| texts.iter().any(|text| pattern.is(text)))
        .map(|(id, _)| id)
        .collect();
    speakers.sort_unstable();
    speakers.dedup();
    match speakers.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// The words of the HTML pages that come in the place of JSON errors, with the providers that send them.
pub fn pages() -> impl Iterator<Item = (&'static str, &'static str)> {
    let answered = causes().iter().flat_map(|cause| &cause.providers);
    answered.filter_map(|answered| Some((answered.id.as_str(), answered.page.as_deref()?)))
}
