//! Base64, as descriptions of deployments write secrets.

/// The text that `text` is base64 of; nothing where it is none, or no text.
pub fn decoded(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padding = digits.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = &digits[..digits.len() - padding];
    if padding > 2 || !(digits.len() + padding).is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            bits = bits << 6 | u32::from(value(*digit)?);
        }
        bits <<= 6 * (4 - group.len());
        let [_, all @ ..] = bits.to_be_bytes();
        bytes.extend(&all[..group.len() - 1]);
    }
    String::from_utf8(bytes).ok()
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_is_base64_of_a_text_is_read() {
        for (text, wanted) in [
            ("", Some("")),
            ("Zg==", Some("f")),
            ("Zm8=", Some("fo")),
            ("Zm9v", Some("foo")),
            ("Zm9v\nYmFy", Some("foobar")),
            ("w6k=", Some("é")),
            ("Zm9", None),
            ("Z===", None),
            ("Zm9v!A==", None),
            ("/w==", None),
        ] {
            assert_eq!(decoded(text).as_deref(), wanted, "{text}");
        }
    }
}
