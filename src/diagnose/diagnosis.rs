//! From an error, and perhaps the request that caused it, to what it means and why it came.

use std::cmp::Reverse;

use super::candidates::{self, Candidate, Matched};
use super::error::ApiError;
use super::findings;
use super::matcher::Folded;
use super::retry::{self, Retry};
use super::words;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Answered, Cause, Confidence, ErrorCode, Model, Provider, causes};
use crate::rules;

/// The request that caused an error, as a linter saw it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'d> {
    /// Everything that was found in it.
    pub diagnostics: &'d [Diagnostic],
    /// The kinds of the requests, such as `chat-completions`.
    pub kinds: &'d [String],
}

/// A cause that the error likely has.
#[derive(Debug, Clone)]
pub struct LikelyCause {
    /// What is wrong, in a few words without a full stop.
    pub cause: String,
    /// The rule that finds it in a request.
    pub rule: Option<String>,
    /// Why the text of a request does not show it, where no rule finds it.
    pub not_told: Option<String>,
    /// How it is mended; where only the findings say so, nothing.
    pub fix: Option<String>,
    /// Where it is known from.
    pub sources: Vec<String>,
    /// How sure it is that the API answers so.
    pub confidence: Option<Confidence>,
    /// How it was found.
    pub matched: Matched,
    /// The findings in the request that show it: their places in [`Asked::diagnostics`].
    pub findings: Vec<usize>,
    /// Whether the rule looked for it in the request, and found nothing.
    pub absent: bool,
}

/// What an error means and why it came.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// What the provider's table says of it.
    pub meaning: Option<ErrorCode>,
    /// The causes, the likeliest first.
    pub causes: Vec<LikelyCause>,
    /// The findings in the request that this error does not speak of.
    pub others: Vec<usize>,
    /// Whether and when to try again.
    pub retry: Retry,
}

/// Diagnoses an error of `provider`; `asked` is the request that caused it, and `now` the time in seconds
/// since 1970, from which a date in `Retry-After` is counted.
///
/// ```
/// use requestlint::diagnose::{diagnose, read, recognise};
///
/// let text = r#"{"error": {"code": "400", "message": "Param Incorrect", "param": "`text` is not set", "type": ""}}"#;
/// let error = read(text).expect("an error");
/// let whose = recognise(&error).expect("a provider");
/// let diagnosis = diagnose(&error, &whose.provider, None, None);
/// assert_eq!(whose.provider.id, "xiaomi");
/// assert_eq!(diagnosis.causes[0].rule.as_deref(), Some("media-in-tool-message"));
/// assert!(!diagnosis.retry.retryable);
/// ```
#[must_use]
pub fn diagnose(
    error: &ApiError,
    provider: &Provider,
    asked: Option<&Asked<'_>>,
    now: Option<i64>,
) -> Diagnosis {
    let row = row(error, provider);
    let mut found = candidates::of(error, provider, row);
    if let Some(asked) = asked.filter(|asked| !asked.kinds.is_empty()) {
        found.retain(|one| asked.kinds.iter().any(|kind| one.cause.fits_kind(kind)));
    }
    order(&mut found, error, provider, asked);
    let findings = asked.map_or(&[][..], |asked| asked.diagnostics);
    let sorted = findings::sort(findings, error, row, provider, &found);
    let mut causes: Vec<LikelyCause> = found
        .iter()
        .enumerate()
        .map(|(at, one)| likely(one, &sorted.of(at), asked))
        // A finding that explains the error is told itself, in the place of what its rule may find.
        .filter(|cause| {
            let of_rule = |(rule, _): (&str, _)| cause.rule.as_deref() == Some(rule);
            cause.matched != Matched::Status
                || !cause.findings.is_empty()
                || !sorted.unnamed().any(of_rule)
        })
        .collect();
    causes.extend(sorted.unnamed().map(|(rule, of_rule)| of_rule_alone(rule, of_rule)));
    // Stable: what shows in the request comes first, and each part stays in its order.
    causes.sort_by_key(|cause| cause.findings.is_empty());
    let after = error.retry_after.and_then(|after| after.seconds(now));
    let status = error.status.or(row.map(|row| row.status));
    Diagnosis {
        meaning: row.cloned(),
        causes,
        others: sorted.others,
        retry: retry::retry(provider, row, status, after),
    }
}

/// The causes that `provider` is known to answer with this row of its table, the surest first.
#[must_use]
pub fn known_causes(provider: &Provider, row: &ErrorCode) -> Vec<&'static Cause> {
    let mut error = super::read::of_status(row.status, "");
    // Only a code of its own tells causes apart; any other leaves the HTML pages in.
    let is_own = |one: &Answered| one.code.as_ref() == Some(&row.code);
    let special = causes().iter().flat_map(|cause| &cause.providers).any(is_own);
    error.code = special.then(|| row.code.clone());
    let mut found = candidates::of(&error, provider, Some(row));
    order(&mut found, &error, provider, None);
    found.into_iter().map(|one| one.cause).collect()
}

/// What the provider's table says of the error: by status and code, by the code, else by the status.
fn row<'p>(error: &ApiError, provider: &'p Provider) -> Option<&'p ErrorCode> {
    let of_code = |row: &&ErrorCode| error.code.as_deref() == Some(row.code.as_str());
    let of_status = |row: &&ErrorCode| error.status == Some(row.status);
    let rows = || provider.errors.iter();
    rows()
        .find(|row| of_code(row) && of_status(row))
        .or_else(|| rows().find(of_code))
        .or_else(|| rows().find(of_status))
}

/// Whether the rule that finds a cause looked at the request and found nothing.
fn absent(candidate: &Candidate, asked: Option<&Asked<'_>>) -> bool {
    let cause = candidate.cause;
    let (Some(asked), Some(rule), false) = (asked, cause.rule.as_deref(), cause.partly_told) else {
        return false;
    };
    !asked.diagnostics.iter().any(|one| one.rule == rule)
}

/// Puts the likeliest first: what fits the words best, what the request does not rule out, what would
/// not have been told in other words, what is surest, what is reported most.
fn order(
    found: &mut [Candidate],
    error: &ApiError,
    provider: &Provider,
    asked: Option<&Asked<'_>>,
) {
    let named = error.reasons().find_map(|text| named_model(text, provider));
    let specific = error.reasons().any(|text| !words::is_general(&Folded::new(text)));
    found.sort_by_key(|one| {
        let quoted = one.answered.is_some_and(|answered| !answered.answers.is_empty());
        // Who quotes the answer tells how often it comes; what other providers answer does not.
        let reports = match one.answered {
            Some(known) if quoted => known.source.iter().count(),
            _ => 0,
        };
        (
            one.matched,
            named.is_some_and(|model| contradicts(model, one.cause)),
            absent(one, asked),
            Reverse(one.weight),
            one.matched == Matched::Status && specific && quoted,
            match one.confidence() {
                Confidence::Documented | Confidence::Observed => 0,
                Confidence::ThirdParty => 1,
                Confidence::Inferred => 2,
            },
            // Causes of the same words stand in the table in their order.
            (one.matched == Matched::Status).then_some(Reverse(reports)),
        )
    });
}

/// The provider's model that a text names; of several the longest, which the others may begin.
fn named_model<'p>(text: &str, provider: &'p Provider) -> Option<&'p Model> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    let words: Vec<&str> =
        text.split(|letter| !is_part(letter)).map(|word| word.trim_end_matches('.')).collect();
    let named = provider.models.iter().filter(|model| words.contains(&model.id.as_str()));
    named.max_by_key(|model| model.id.len())
}

/// Whether what is known of the model that an answer names speaks against a cause of it.
fn contradicts(model: &Model, cause: &Cause) -> bool {
    match cause.rule.as_deref() {
        Some("unknown-model") => true,
        Some("deprecated-model") => model.until.is_none(),
        Some("model-not-in-plan") => model.until.is_some() || model.token_plan != Some(false),
        _ => false,
    }
}

fn likely(candidate: &Candidate, findings: &[usize], asked: Option<&Asked<'_>>) -> LikelyCause {
    let cause = candidate.cause;
    // A finding whose answer is not on record may mean any of the causes that have the error's words.
    let absent = match candidate.matched {
        Matched::Status if !cause.partly_told => {
            asked.is_some() && cause.rule.is_some() && findings.is_empty()
        }
        _ => absent(candidate, asked),
    };
    let sources = candidate.answered.map(|answered| answered.source.iter().map(str::to_owned));
    LikelyCause {
        cause: cause.cause.clone(),
        rule: cause.rule.clone(),
        not_told: cause.not_told.clone(),
        fix: Some(cause.fix.clone()),
        sources: sources.into_iter().flatten().collect(),
        confidence: Some(candidate.confidence()),
        matched: candidate.matched,
        findings: findings.to_vec(),
        absent,
    }
}

/// A cause that the table has not, and a finding shows.
fn of_rule_alone(rule: &str, findings: &[usize]) -> LikelyCause {
    let summary = rules::find(rule).map_or(rule, |rule| rule.summary);
    let mut letters = summary.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    LikelyCause {
        cause: format!("{first}{}", letters.as_str()),
        rule: Some(rule.to_owned()),
        not_told: None,
        fix: None,
        sources: Vec::new(),
        confidence: None,
        matched: Matched::Status,
        findings: findings.to_vec(),
        absent: false,
    }
}
