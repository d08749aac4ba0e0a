//! Which findings in a request explain an error, and which cause each shows.

use super::candidates::{Candidate, Matched};
use super::error::ApiError;
use super::matcher::{Folded, Pattern};
use crate::diagnostic::{Diagnostic, Prediction};
use crate::knowledge::{Cause, ErrorCode, Provider, causes};

/// Findings, by what they explain. They are told by their places in the request's list.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Candidate and finding.
    named: Vec<(usize, usize)>,
    /// Rule and findings that explain the error, and are of no candidate.
    unnamed: Vec<(&'static str, Vec<usize>)>,
    /// Those that the error does not speak of.
    pub others: Vec<usize>,
}

impl Sorted {
    /// The findings that show the candidate at `at`.
    pub fn of(&self, at: usize) -> Vec<usize> {
        self.named
            .iter()
            .filter(|(candidate, _)| *candidate == at)
            .map(|(_, finding)| *finding)
            .collect()
    }

    /// The findings that explain the error and show none of the candidates, by rule.
    pub fn unnamed(&self) -> impl Iterator<Item = (&'static str, &[usize])> {
        self.unnamed.iter().map(|(rule, findings)| (*rule, findings.as_slice()))
    }

    fn add_unnamed(&mut self, rule: &'static str, finding: usize) {
        match self.unnamed.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, findings)) => findings.push(finding),
            None => self.unnamed.push((rule, vec![finding])),
        }
    }
}

/// Sorts the findings of a request by the candidates that they show.
pub fn sort(
    diagnostics: &[Diagnostic],
    error: &ApiError,
    row: Option<&ErrorCode>,
    provider: &Provider,
    candidates: &[Candidate],
) -> Sorted {
    let worded = candidates.iter().any(|one| one.matched != Matched::Status);
    let mut sorted = Sorted::default();
    for (at, finding) in diagnostics.iter().enumerate() {
        let Some(answer) = &finding.predicts else {
            sorted.others.push(at);
            continue;
        };
        let same = answer.message.as_deref().is_some_and(|words| says(error, words));
        let shown = candidates.iter().position(|one| {
            one.cause.rule.as_deref() == Some(finding.rule) && shows(one, answer, same, worded)
        });
        // A finding whose answer is not on record may show a cause, unless one whose answer is does.
        let doubtful = worded && answer.message.is_none();
        let shown = shown.filter(|_| {
            !doubtful || !diagnostics.iter().any(|other| is_surer(other, finding, candidates))
        });
        let explains = match worded {
            true => same || shown.is_some(),
            false => status_fits(error, row, provider, answer),
        };
        match shown {
            _ if !explains => sorted.others.push(at),
            Some(candidate) => sorted.named.push((candidate, at)),
            None => sorted.add_unnamed(finding.rule, at),
        }
    }
    sorted
}

/// Whether `other`, of the same rule, predicts the very words that a candidate answers with.
fn is_surer(other: &Diagnostic, finding: &Diagnostic, candidates: &[Candidate]) -> bool {
    let answer = other.predicts.as_ref().filter(|_| other.rule == finding.rule);
    answer.is_some_and(|answer| {
        answer.message.is_some()
            && candidates.iter().any(|one| {
                one.cause.rule.as_deref() == Some(other.rule) && shows(one, answer, false, true)
            })
    })
}

/// Whether the error says just what a finding predicts.
fn says(error: &ApiError, words: &str) -> bool {
    let words = Folded::new(words);
    error.reasons().any(|text| Folded::new(text).bare() == words.bare())
}

/// Whether a finding of the candidate's rule is about the candidate, and not about another fault that
/// the same rule finds.
fn shows(candidate: &Candidate, answer: &Prediction, same: bool, worded: bool) -> bool {
    let patterns = || {
        let answers = candidate.cause.providers.iter().flat_map(|answered| &answered.answers);
        answers.map(|text| Pattern::new(text))
    };
    match &answer.message {
        Some(_) if same && worded => true,
        // What is inferred holds of any field, so the very field must be the same.
        Some(words) => {
            let words = Folded::new(words);
            candidate.confidence().is_firm() && patterns().any(|pattern| pattern.is(&words))
        }
        None if worded => true,
        None => is_only_cause(candidate.cause) && patterns().next().is_none(),
    }
}

/// Whether a rule finds this cause and no other.
fn is_only_cause(cause: &Cause) -> bool {
    causes().iter().filter(|other| other.rule == cause.rule).count() == 1
}

/// Whether a finding predicts the error's status and code.
fn status_fits(
    error: &ApiError,
    row: Option<&ErrorCode>,
    provider: &Provider,
    answer: &Prediction,
) -> bool {
    let status = error.status.or(row.map(|row| row.status));
    // The codes of another provider are not to be held against this one's.
    let comparable = provider.errors.iter().any(|row| row.code == answer.code);
    status.is_none_or(|status| status == answer.status)
        && row.is_none_or(|row| row.code == answer.code || !comparable)
}
