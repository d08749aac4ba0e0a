//! What a text may hold beyond RFC 8259.

/// A dialect of JSON. Each takes what the one before it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// RFC 8259, strictly.
    Json,
    /// With `//` and `/* */`, and with a comma after the last item.
    Jsonc,
    /// With all that ECMAScript 5.1 writes: single quotes, keys without quotes, more numbers, escapes
    /// and white space.
    Json5,
}

impl Dialect {
    /// Whether comments and trailing commas are no faults.
    pub fn is_commented(self) -> bool {
        self >= Dialect::Jsonc
    }

    /// Whether strings, keys, numbers and white space may be written as ECMAScript writes them.
    pub fn is_json5(self) -> bool {
        self == Dialect::Json5
    }
}
