//! YAML 1.2's core schema: what a plain scalar is.

use super::items::Says;

/// What `text` is where it stands without quotes and a tag.
pub fn resolve(text: &str) -> Says {
    match text.as_bytes().first() {
        None => return Says::Null,
        Some(b'n' | b'N' | b'~' | b't' | b'T' | b'f' | b'F') => {}
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => return number(text).unwrap_or(Says::Bare),
        Some(_) => return Says::Bare,
    }
    match text {
        "~" | "null" | "Null" | "NULL" => Says::Null,
        "true" | "True" | "TRUE" => Says::True,
        "false" | "False" | "FALSE" => Says::False,
        _ => Says::Bare,
    }
}

/// A number by the core schema, and how JSON writes it. JSON has no infinite numbers: they become one
/// that is beyond every range, as is what is no number at all.
fn number(text: &str) -> Option<Says> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let written = match unsigned {
        ".inf" | ".Inf" | ".INF" => format!("{sign}1e400"),
        ".nan" | ".NaN" | ".NAN" if unsigned == text => "1e400".to_owned(),
        _ => match unsigned.get(..2).filter(|_| unsigned == text) {
            Some("0x") => integer(&unsigned[2..], 16)?,
            Some("0o") => integer(&unsigned[2..], 8)?,
            _ => format!("{sign}{}", decimal(unsigned)?),
        },
    };
    Some(if written == text { Says::Number } else { Says::NumberAs(written) })
}

/// An integer of another base in decimal digits; the nearest double where it is a very long one.
fn integer(digits: &str, base: u32) -> Option<String> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    if let Ok(number) = u128::from_str_radix(digits, base) {
        return Some(number.to_string());
    }
    let number = digits.chars().filter_map(|digit| digit.to_digit(base));
    let number = number.fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit));
    Some(if number.is_finite() { format!("{number:e}") } else { "1e400".to_owned() })
}

/// A decimal number without its sign, as JSON writes it.
fn decimal(text: &str) -> Option<String> {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = &text[..digits(text)];
    let rest = &text[whole.len()..];
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => (Some(&rest[..digits(rest)]), &rest[digits(rest)..]),
        None => (None, rest),
    };
    if whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    if !rest.is_empty() {
        let exponent = rest.strip_prefix(['e', 'E'])?;
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if exponent.is_empty() || digits(exponent) != exponent.len() {
            return None;
        }
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match fraction {
        None => format!("{whole}{rest}"),
        Some("") => format!("{whole}.0{rest}"),
        Some(fraction) => format!("{whole}.{fraction}{rest}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match resolve(text) {
            Says::NumberAs(number) => number,
            Says::Number => text.to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn plain_words_are_what_the_core_schema_says() {
        for (text, meant) in [
            ("", "Null"),
            ("~", "Null"),
            ("NULL", "Null"),
            ("True", "True"),
            ("FALSE", "False"),
            ("yes", "Bare"),
            ("on", "Bare"),
            ("tRUE", "Bare"),
            ("nUll", "Bare"),
            ("12", "12"),
            ("-0.5e-3", "-0.5e-3"),
            ("+1", "1"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1.", "1.0"),
            ("007", "7"),
            ("0x1f", "31"),
            ("0o17", "15"),
            (".inf", "1e400"),
            ("-.INF", "-1e400"),
            (".nan", "1e400"),
            ("-.nan", "Bare"),
            ("-0x1f", "Bare"),
            ("1_000", "Bare"),
            ("1e", "Bare"),
            (".", "Bare"),
            ("+", "Bare"),
            ("0x", "Bare"),
            ("12:30:45", "Bare"),
            ("2026-11-24", "Bare"),
            ("1é", "Bare"),
        ] {
            assert_eq!(shown(text), meant, "{text}");
        }
    }

    #[test]
    fn a_long_hexadecimal_number_does_not_hurt() {
        assert_eq!(shown(&format!("0x{}", "f".repeat(5000))), "1e400");
        assert!(shown(&format!("0x1{}", "0".repeat(40))).contains('e'));
    }
}
