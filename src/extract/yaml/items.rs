//! What a document's text writes, node by node, before aliases and merge keys are followed.

use crate::diagnostic::Span;
use crate::document::SpanMap;

/// One node; what it holds comes after it, a mapping's keys and values by turns.
#[derive(Debug)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its bytes.
    pub span: Span,
    /// Index of the item just after its last.
    pub next: usize,
}

/// What an item is.
#[derive(Debug)]
pub enum ItemKind {
    /// A mapping.
    Map,
    /// A sequence.
    Seq,
    /// A sequence under a tag of the reader's own, such as `!join`: nothing is known of its value.
    TaggedSeq,
    /// A scalar.
    Scalar(Says),
    /// An alias of the item with this index.
    Alias(usize),
}

/// What a scalar says.
#[derive(Debug)]
pub enum Says {
    /// `null`
    Null,
    /// `true`
    True,
    /// `false`
    False,
    /// A number as JSON writes it.
    Number,
    /// A number that JSON writes otherwise.
    NumberAs(String),
    /// A string without quotes.
    Bare,
    /// A string in quotes of one byte; whether it holds escapes, which are JSON's then.
    Quoted {
        /// Whether it holds escapes.
        escaped: bool,
    },
    /// A string that the text does not say as it stands.
    Told(SpanMap),
    /// Something that is put in later.
    Hole,
}
