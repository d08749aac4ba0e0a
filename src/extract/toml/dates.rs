//! Whether a text is a date, a time, or both, as TOML 1.1 writes them.

/// Whether `text` is one; the crate that parses takes whatever begins as one.
pub fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't', ' ']);
    let (date, time) = match parts {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.as_bytes().get(2) == Some(&b':') => (None, Some(text)),
        None => (Some(text), None),
    };
    if !date.is_none_or(is_date) {
        return false;
    }
    match (date, time) {
        (_, None) => true,
        (None, Some(time)) => is_time(time),
        (Some(_), Some(time)) => is_time(without_offset(time)) || zone(time).is_some_and(is_time),
    }
}

/// A time without its `Z`.
fn without_offset(time: &str) -> &str {
    time.strip_suffix(['Z', 'z']).unwrap_or(time)
}

/// A time without its offset, where the offset is a right one.
fn zone(time: &str) -> Option<&str> {
    let at = time.rfind(['+', '-'])?;
    let (hours, minutes) = time[at + 1..].split_once(':')?;
    (number(hours, 2)? <= 23 && number(minutes, 2)? <= 59).then(|| &time[..at])
}

/// The number in exactly so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    let right = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |digits| parts.next().and_then(|part| number(part, digits));
    let (Some(year), Some(month), Some(day)) = (part(4), part(2), part(2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let mut part = || parts.next().map(|part| number(part, 2));
    let (Some(Some(hour)), Some(Some(minute)), second) = (part(), part(), part()) else {
        return false;
    };
    // A leap second has the number 60.
    let second_fits = match second {
        None => fraction.is_none(),
        Some(second) => second.is_some_and(|second| second <= 60),
    };
    let fraction_fits = fraction.is_none_or(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    hour <= 23 && minute <= 59 && second_fits && fraction_fits && parts.next().is_none()
}
