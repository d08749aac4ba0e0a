//! The one identity of a finding that survives moved lines.

use std::collections::HashMap;

/// Counts equal findings of a file, so that the second of two equals has an identity of its own.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u32>,
}

impl Fingerprints {
    /// The identity of a finding, in 16 hexadecimal digits.
    ///
    /// `pointer` must name fields only, with `*` for indices, and `value` be free of white space
    /// that means nothing.
    pub fn next(
        &mut self,
        path: &str,
        rule: &str,
        kind: &str,
        pointer: &str,
        value: &str,
    ) -> String {
        let mut hash = Fnv::new();
        for part in [path, rule, kind, pointer, value] {
            hash.write(part);
        }
        let occurrence = self.seen.entry(hash.0).and_modify(|count| *count += 1).or_insert(0);
        hash.write(&occurrence.to_string());
        format!("{:016x}", hash.0)
    }
}

/// FNV-1a over parts, each closed by a byte that no UTF-8 text holds. Chosen because it never
/// changes: `std`'s hasher may.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, part: &str) {
        for byte in part.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprints;

    #[test]
    fn equals_are_told_apart_by_their_occurrence_and_nothing_else() {
        let mut one = Fingerprints::default();
        let first = one.next("a.json", "out-of-range", "chat-completions", "/temperature", "3");
        let second = one.next("a.json", "out-of-range", "chat-completions", "/temperature", "3");
        assert_ne!(first, second);
        let mut two = Fingerprints::default();
        assert_eq!(
            two.next("a.json", "out-of-range", "chat-completions", "/temperature", "3"),
            first
        );
        assert_eq!(first.len(), 16);
    }
}
