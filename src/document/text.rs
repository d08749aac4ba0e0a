//! What the text of a string or a number means.

/// Resolves the escapes of a JSON string. What is no escape stays as it is.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escape) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => rest = unescape_unicode(rest, &mut out),
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// Resolves the escape whose `\u` was read; gives what follows it.
fn unescape_unicode<'r>(rest: &'r str, out: &mut String) -> &'r str {
    let unit = |text: &str| text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let Some(first) = unit(rest) else {
        out.push('\u{fffd}');
        return rest;
    };
    let after = &rest[4..];
    if (0xd800..0xdc00).contains(&first) {
        let second =
            after.strip_prefix("\\u").and_then(unit).filter(|low| (0xdc00..0xe000).contains(low));
        if let Some(low) = second {
            let point = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
            out.push(char::from_u32(point).unwrap_or('\u{fffd}'));
            return &after[6..];
        }
    }
    out.push(char::from_u32(first).unwrap_or('\u{fffd}'));
    after
}

/// Whether a number's text is an integer in the mathematical sense, told from the digits, so that
/// neither `1e400` nor forty digits lose their meaning.
pub fn is_integer(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let zero =
        fraction.is_empty() && whole.trim_start_matches('-').bytes().all(|byte| byte == b'0');
    if zero {
        return true;
    }
    // An exponent too large for 64 bits is decided by its sign.
    let exponent: i64 =
        exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    if !fraction.is_empty() {
        return exponent >= i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    }
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    exponent >= 0
        || exponent.checked_neg().is_some_and(|down| down <= i64::try_from(zeros).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{is_integer, unescape};

    #[test]
    fn integers_are_told_from_their_digits() {
        for text in [
            "0",
            "-0.0",
            "1.0",
            "1e2",
            "1e400",
            "1.5e1",
            "100e-2",
            "1234567890123456789012345678901234567890",
        ] {
            assert!(is_integer(text), "{text}");
        }
        for text in ["1.5", "1e-1", "15e-2", "1.55e1", "1e-99999999999999999999"] {
            assert!(!is_integer(text), "{text}");
        }
    }

    #[test]
    fn escapes_are_resolved_and_lone_surrogates_replaced() {
        assert_eq!(unescape(r#"a\n\"\\\u00e9\ud83d\ude00"#), "a\n\"\\é😀");
        assert_eq!(unescape(r"\ud83dx\udc00"), "\u{fffd}x\u{fffd}");
    }
}
