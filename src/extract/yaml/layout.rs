//! Where the marks stand that the parser's events leave out.

/// Offset of the first byte from `from` on, before `limit`, that belongs to a node itself: blanks,
/// comments, tags, anchors and the marks of keys and values are passed over, and those of entries
/// where `entries` says so.
pub fn first_token(text: &str, from: usize, limit: usize, entries: bool) -> usize {
    let bytes = &text.as_bytes()[..limit.min(text.len())];
    let mut at = from.min(bytes.len());
    let is_blank =
        |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => {
                let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]);
                at = end.map_or(bytes.len(), |offset| at + offset);
            }
            b'&' | b'!' => {
                while !is_blank(at) {
                    at += 1;
                }
            }
            b':' | b'?' => at += 1,
            b'-' if entries && is_blank(at + 1) => at += 1,
            _ => return at,
        }
    }
    at
}

/// Just past the colon that follows the key which ends at `end`; `end` where none does.
pub fn after_colon(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest[blanks..].starts_with(':') { end + blanks + 1 } else { end }
}
