//! The day to judge by.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today's date in UTC, `YYYY-MM-DD`.
#[must_use]
pub fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date_of(i64::try_from(seconds / 86_400).unwrap_or(0))
}

/// The date of a day counted from 1970-01-01 (Howard Hinnant's `civil_from_days`).
fn date_of(days: i64) -> String {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether `text` is a date of the form `YYYY-MM-DD` that the calendar has.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    // A date that is none comes back as another one.
    shape
        && crate::rules::day_number(text).is_some_and(|days| {
            date_of(days - crate::rules::day_number("1970-01-01").unwrap_or(0)) == text
        })
}

#[cfg(test)]
mod tests {
    use super::{date_of, is_date};

    #[test]
    fn days_become_dates_and_only_dates_are_dates() {
        assert_eq!(date_of(0), "1970-01-01");
        assert_eq!(date_of(20_781), "2026-11-24");
        assert!(is_date("2026-11-24") && is_date("2024-02-29"));
        for wrong in
            ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-01", "tomorrow", "2026-11-24T00"]
        {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
