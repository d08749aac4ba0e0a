//! The one identity of a finding that survives moved lines.

use std::collections::HashMap;

/// Counts equal findings of a file, so that the second of two equals has an identity of its own.
#[derive(Debug)]
pub struct Fingerprints {
    path: String,
    seen: HashMap<u64, u32>,
}

impl Fingerprints {
    /// Those of the findings in a file whose path, wherever one looks at it from, is `path`.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), seen: HashMap::new() }
    }

    /// The identity of a finding, in 16 hexadecimal digits.
    ///
    /// `pointer` must name fields only, with `*` for indices, and `value` be free of white space
    /// that means nothing.
    pub fn next(&mut self, rule: &str, kind: &str, pointer: &str, value: &str) -> String {
        let mut hash = Fnv::new();
        for part in [self.path.as_str(), rule, kind, pointer, value] {
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
        let mut one = Fingerprints::new("a.json");
        let first = one.next("out-of-range", "chat-completions", "/temperature", "3");
        let second = one.next("out-of-range", "chat-completions", "/temperature", "3");
        assert_ne!(first, second);
        let mut two = Fingerprints::new("a.json");
        assert_eq!(two.next("out-of-range", "chat-completions", "/temperature", "3"), first);
        assert_eq!(first.len(), 16);
    }
}
