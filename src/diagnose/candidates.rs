//! Which of the known causes an error can have: by its words, else by its status and code.

use super::error::ApiError;
use super::matcher::Folded;
use super::words::{self, Words};
use crate::knowledge::{Answered, Cause, Confidence, ErrorCode, Provider, causes};

/// How a cause was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// The API answers to it with exactly these words.
    Answer,
    /// What the API answers to it stands within the text.
    Words,
    /// The API answers to it with this status and code.
    Status,
}

impl Matched {
    /// The name in the JSON output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Matched::Answer => "answer",
            Matched::Words => "words",
            Matched::Status => "status",
        }
    }
}

/// A cause that the error can have.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub cause: &'static Cause,
    /// Who answers so; `None` where that is concluded from what a provider of the user's own predicts.
    pub answered: Option<&'static Answered>,
    pub matched: Matched,
    /// How much of the words is meant as it stands.
    pub weight: usize,
}

impl Candidate {
    /// How sure it is that the API answers so.
    pub fn confidence(&self) -> Confidence {
        self.answered.map_or(Confidence::Inferred, |answered| answered.confidence)
    }
}

/// The causes that `error` can have, in no order; `row` is what the provider's table says of it.
pub fn of(error: &ApiError, provider: &Provider, row: Option<&ErrorCode>) -> Vec<Candidate> {
    let mut found = by_words(error, provider);
    if found.is_empty() {
        found = by_status(error, provider, row);
    }
    found
}

/// The causes whose words the error has. Those that the provider itself answers with go before those of
/// another, whose words can come through a gateway.
fn by_words(error: &ApiError, provider: &Provider) -> Vec<Candidate> {
    let reasons: Vec<Folded<'_>> = error.reasons().map(Folded::new).collect();
    let mut found: Vec<Candidate> =
        words::all().iter().filter_map(|words| worded(words, &reasons)).collect();
    if let Some(page) = &error.page {
        let all =
            causes().iter().flat_map(|cause| cause.providers.iter().map(move |one| (cause, one)));
        found.extend(all.filter_map(|(cause, answered)| {
            let word = answered.page.as_deref().filter(|word| page.contains(word))?;
            let (matched, weight) = (Matched::Answer, word.len());
            Some(Candidate { cause, answered: Some(answered), matched, weight })
        }));
    }
    let own = |one: &Candidate| one.answered.is_some_and(|answered| answered.id == provider.id);
    let firm = |one: &Candidate| one.confidence() != Confidence::Inferred;
    for better in [&own as &dyn Fn(&Candidate) -> bool, &firm] {
        if found.iter().any(better) {
            found.retain(better);
        }
    }
    found.sort_by_key(|one| (one.matched, std::cmp::Reverse(one.weight)));
    let mut seen: Vec<&Cause> = Vec::new();
    found.retain(|one| {
        let again = seen.iter().any(|cause| std::ptr::eq(*cause, one.cause));
        seen.push(one.cause);
        !again
    });
    found
}

fn worded(words: &'static Words, reasons: &[Folded<'_>]) -> Option<Candidate> {
    let pattern = &words.pattern;
    let matched = if reasons.iter().any(|text| pattern.is(text)) {
        Matched::Answer
    } else if reasons.iter().any(|text| pattern.find(text).is_some()) {
        Matched::Words
    } else {
        return None;
    };
    Some(Candidate {
        cause: words.cause,
        answered: Some(words.answered),
        matched,
        weight: pattern.weight(),
    })
}

/// The causes that the provider answers with this status and code.
fn by_status(error: &ApiError, provider: &Provider, row: Option<&ErrorCode>) -> Vec<Candidate> {
    let Some(status) = row.map(|row| row.status).or(error.status) else {
        return Vec::new();
    };
    let all = |cause: &'static Cause| cause.providers.iter().map(move |answered| (cause, answered));
    let known: Vec<_> =
        causes().iter().flat_map(all).filter(|(_, one)| one.id == provider.id).collect();
    if known.is_empty() {
        return predicted(status, provider);
    }
    // A code of its own tells its causes apart from those of the status in general.
    let special = |code: &str| known.iter().any(|(_, one)| one.code.as_deref() == Some(code));
    let code = error.code.as_deref().filter(|code| special(code));
    let has_pages = known.iter().any(|(_, one)| one.status == status && one.page.is_some());
    let fits = |one: &Answered| {
        one.status == status
            && one.code.as_deref() == code
            && match (error.is_page(), one.page.is_some()) {
                (true, page) => page || !has_pages,
                (false, page) => !page || !error.is_json(),
            }
    };
    let mut found: Vec<Candidate> = Vec::new();
    for (cause, answered) in known.into_iter().filter(|(_, one)| fits(one)) {
        if !found.iter().any(|one| std::ptr::eq(one.cause, cause)) {
            let (answered, matched) = (Some(answered), Matched::Status);
            found.push(Candidate { cause, answered, matched, weight: 0 });
        }
    }
    found
}

/// The causes that a provider of the user's own should answer with this status, by its predictions.
fn predicted(status: u16, provider: &Provider) -> Vec<Candidate> {
    let answers = |cause: &&Cause| {
        let rule = cause.rule.as_deref();
        rule.and_then(|rule| provider.prediction(rule)).is_some_and(|one| one.status == status)
    };
    let candidate =
        |cause| Candidate { cause, answered: None, matched: Matched::Status, weight: 0 };
    causes().iter().filter(answers).map(candidate).collect()
}
