//! The header `Retry-After`: seconds, or a date in one of HTTP's three notations.

use std::sync::LazyLock;

use regex::Regex;

use crate::rules::day_number;

/// When to try again, as the answer asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// In so many seconds.
    Seconds(u64),
    /// At this time.
    At {
        /// In seconds since 1970.
        time: i64,
        /// The time of the answer itself, by its header `Date`.
        answered: Option<i64>,
    },
}

impl RetryAfter {
    /// What `value` says; `date` is the header `Date` beside it.
    #[must_use]
    pub fn parse(value: &str, date: Option<&str>) -> Option<Self> {
        let value = value.trim();
        if value.starts_with(|first: char| first.is_ascii_digit()) {
            // Some servers send fractions; nobody means to be asked earlier.
            let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
            let more = u64::from(fraction.bytes().any(|byte| byte != b'0'));
            let digits = fraction.bytes().all(|byte| byte.is_ascii_digit());
            return digits
                .then(|| whole.parse::<u64>().ok())
                .flatten()
                .map(|seconds| RetryAfter::Seconds(seconds.saturating_add(more)));
        }
        let time = http_date(value)?;
        Some(RetryAfter::At { time, answered: date.and_then(http_date) })
    }

    /// The header in a text of whatever form: `retry-after: 30`, `"Retry-After": "30"`.
    #[must_use]
    pub fn in_text(text: &str) -> Option<Self> {
        static HEADER: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(
                r#"(?i)\bretry-after\\?["']?\s*[:=,]\s*\\?["']?(\d+(?:\.\d+)?\b|[a-z]{3,9},? [a-z0-9 :-]{10,30})"#,
            )
            .ok()
        });
        let found = HEADER.as_ref()?.captures_iter(text).last()?;
        Self::parse(found.get(1)?.as_str(), None)
    }

    /// How many seconds are left at `now`, in seconds since 1970. The clock of the answer goes before
    /// that of the machine.
    #[must_use]
    pub fn seconds(self, now: Option<i64>) -> Option<u64> {
        match self {
            RetryAfter::Seconds(seconds) => Some(seconds),
            RetryAfter::At { time, answered } => {
                let left = time.saturating_sub(answered.or(now)?);
                Some(u64::try_from(left).unwrap_or(0))
            }
        }
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The time that an HTTP date names, in seconds since 1970: `Sun, 06 Nov 1994 08:49:37 GMT`, or one of
/// the two older notations that are still to be read.
fn http_date(text: &str) -> Option<i64> {
    let text = text.to_ascii_lowercase();
    let words: Vec<&str> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let month = |word: &str| Some(MONTHS.iter().position(|name| *name == word)? + 1);
    let (day, month, year, clock) = match words.as_slice() {
        // The month before the day: asctime's.
        [_, name, day, clock, year] if month(name).is_some() => (*day, month(name)?, *year, *clock),
        [_, day, name, year, clock, ..] => (*day, month(name)?, *year, *clock),
        _ => return None,
    };
    let day: u32 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let year: u32 = match year.len() {
        4 => year.parse().ok()?,
        2 => year
            .parse::<u32>()
            .ok()
            .map(|year| if year < 70 { year + 2000 } else { year + 1900 })?,
        _ => return None,
    };
    let mut parts = clock.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let sound =
        (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..61).contains(&seconds);
    let days = day_number(&format!("{year:04}-{month:02}-{day:02}"))? - day_number("1970-01-01")?;
    sound.then(|| days * 86_400 + hours * 3600 + minutes * 60 + seconds)
}

#[cfg(test)]
mod tests {
    use super::{RetryAfter, http_date};

    #[test]
    fn the_three_notations_of_a_date_are_one_time() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(http_date(text), Some(784_111_777), "{text}");
        }
        assert_eq!(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
        for text in [
            "",
            "soon",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:00:00 GMT",
            "a b c d e f",
        ] {
            assert_eq!(http_date(text), None, "{text}");
        }
    }

    #[test]
    fn seconds_are_counted_from_the_answer() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let asked = RetryAfter::parse("Sun, 06 Nov 1994 08:50:07 GMT", Some(date)).expect("a time");
        assert_eq!(asked.seconds(Some(0)), Some(30));
        let asked = RetryAfter::parse("Sun, 06 Nov 1994 08:50:07 GMT", None).expect("a time");
        assert_eq!(asked.seconds(None), None);
        assert_eq!(asked.seconds(Some(i64::MAX)), Some(0), "the time is over");
        assert_eq!(RetryAfter::parse(" 120 ", None), Some(RetryAfter::Seconds(120)));
        assert_eq!(RetryAfter::parse("1.2", None), Some(RetryAfter::Seconds(2)));
        assert_eq!(RetryAfter::parse("99999999999999999999999", None), None);
        assert_eq!(RetryAfter::parse("-1", None), None);
    }

    #[test]
    fn the_header_is_found_in_any_text() {
        let found = |text: &str| RetryAfter::in_text(text);
        assert_eq!(found("{'Retry-After': '7', 'x': 1}"), Some(RetryAfter::Seconds(7)));
        assert_eq!(found(r#"{\"retry-after\": 7}"#), Some(RetryAfter::Seconds(7)));
        assert!(matches!(
            found("retry-after: Sun, 06 Nov 1994 08:49:37 GMT\n"),
            Some(RetryAfter::At { .. })
        ));
        assert_eq!(found("retry-after-ms: 500"), None);
    }
}
