//! Whether and when to try again.

use crate::knowledge::{Backoff, ErrorCode, Provider};

/// Whether and when to try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// Whether the same request can succeed later.
    pub retryable: bool,
    /// How long to wait first, where the answer says.
    pub after_seconds: Option<u64>,
    /// What to do, in words.
    pub guidance: String,
}

/// What a row of the error table asks for.
const NO: &str = "no";
const RETRY_AFTER: &str = "retry-after";

/// Whether to try again after an answer of `status`, which is `row` of the provider's table where it
/// stands there; `after_seconds` is what the answer's `Retry-After` says.
#[must_use]
pub fn retry(
    provider: &Provider,
    row: Option<&ErrorCode>,
    status: Option<u16>,
    after_seconds: Option<u64>,
) -> Retry {
    if row.is_none() && status.is_none() {
        let guidance = "not before the status is known, which the text does not tell".to_owned();
        return Retry { retryable: false, after_seconds: None, guidance };
    }
    let word = row.map_or_else(|| unlisted(status), |row| row.retry.as_str());
    if word == NO {
        return Retry { retryable: false, after_seconds: None, guidance: guidance(NO, None, None) };
    }
    Retry {
        retryable: true,
        after_seconds,
        guidance: guidance(word, provider.backoff, after_seconds),
    }
}

/// What HTTP itself says of a status that no table of the provider has: a request is refused for good,
/// save for the three statuses that are about time, and a server's fault can pass.
fn unlisted(status: Option<u16>) -> &'static str {
    match status {
        Some(408 | 425 | 429 | 500..) => "backoff",
        _ => NO,
    }
}

/// The words for what a table asks for (`no`, `backoff`, `retry-after`).
#[must_use]
pub fn guidance(word: &str, backoff: Option<Backoff>, after_seconds: Option<u64>) -> String {
    if word == NO {
        return "no; the same request is refused again".to_owned();
    }
    let steps = backoff.map_or(String::new(), |backoff| {
        format!(
            " (about {} s, then {} times as long each time, {} s at most, {} tries in all)",
            backoff.first, backoff.factor, backoff.longest, backoff.tries
        )
    });
    match after_seconds {
        Some(seconds) => format!(
            "yes, after {seconds} s, as `Retry-After` asks; where it fails again, with exponential backoff and jitter{steps}"
        ),
        None if word == RETRY_AFTER => format!(
            "yes, after the time in `Retry-After`, else with exponential backoff and jitter{steps}"
        ),
        None => format!("yes, with exponential backoff and jitter{steps}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Catalog;

    #[test]
    fn a_table_decides_and_http_where_it_is_silent() {
        let mimo = Catalog::bundled().provider("mimo").expect("a provider");
        let row = |status| mimo.errors.iter().find(|row| row.status == status);
        for status in [400, 401, 403, 404] {
            let told = retry(mimo, row(status), Some(status), Some(7));
            assert!(!told.retryable && told.after_seconds.is_none(), "{status}");
        }
        let told = retry(mimo, row(429), Some(429), Some(7));
        assert!(told.retryable && told.guidance.contains("after 7 s"), "{}", told.guidance);
        assert!(retry(mimo, row(503), Some(503), None).guidance.contains("60 s at most, 5 tries"));
        for (status, retryable) in
            [(502, true), (504, true), (408, true), (422, false), (413, false)]
        {
            assert_eq!(retry(mimo, None, Some(status), None).retryable, retryable, "{status}");
        }
        assert!(!retry(mimo, None, None, None).retryable);
    }
}
