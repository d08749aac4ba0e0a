//! What a rule wants changed, in terms of the document's tree.

use std::ops::Range;

use serde_json::Value;

use crate::diagnostic::{Applicability, Span};
use crate::document::{Node, NodeId};

/// What takes the place of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum New {
    /// A string.
    Text(String),
    /// A number, `true`, `false` or `null`, as it shall stand there.
    Word(String),
    /// Any JSON value.
    Data(Value),
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A value becomes another.
    Set {
        /// The value.
        node: NodeId,
        /// What it becomes.
        to: New,
    },
    /// A part of a string's text becomes another; the range counts in what the string says.
    Part {
        /// The string.
        node: NodeId,
        /// The part.
        range: Range<usize>,
        /// What it becomes.
        to: String,
    },
    /// The key of a member becomes another.
    Rename {
        /// The member's value.
        value: NodeId,
        /// Its new name.
        to: String,
    },
    /// A member becomes another, with a value of its own.
    Exchange {
        /// The member's value.
        value: NodeId,
        /// Its new name.
        key: String,
        /// Its new value.
        to: New,
    },
    /// A member goes.
    Remove {
        /// Its value.
        value: NodeId,
    },
    /// An element of a list goes.
    Drop {
        /// The element.
        element: NodeId,
    },
    /// An element comes before the first of a list.
    Prepend {
        /// The first.
        first: NodeId,
        /// The new one.
        value: New,
    },
    /// A member comes behind another.
    Insert {
        /// The value of the one before it.
        after: NodeId,
        /// Its name.
        key: String,
        /// Its value.
        value: New,
    },
    /// Members of an object, from one to the last, become those of an object in it.
    Nest {
        /// The value of the first of them.
        first: NodeId,
        /// The name of the object that holds them then.
        under: String,
        /// A new member that stands before it.
        before: Option<(String, New)>,
    },
    /// The members of an object that is a member take its place.
    Lift {
        /// The object.
        value: NodeId,
    },
    /// Bytes go that are no part of a value: a comma too many.
    Delete {
        /// The bytes.
        span: Span,
    },
    /// Bytes that are no value as they stand become one.
    Replace {
        /// The bytes.
        span: Span,
        /// What takes their place, as it shall stand there.
        to: String,
    },
}

/// What removes a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// All that is changed.
    pub changes: Vec<Change>,
}

impl Remedy {
    /// One that only says what was meant.
    #[must_use]
    pub fn safe(change: Change) -> Self {
        Self { applicability: Applicability::Safe, changes: vec![change] }
    }

    /// One that is a guess, or changes what the request does.
    #[must_use]
    pub fn risky(change: Change) -> Self {
        Self { applicability: Applicability::Unsafe, changes: vec![change] }
    }

    /// One that is safe under a condition.
    #[must_use]
    pub fn safe_if(safe: bool, change: Change) -> Self {
        if safe { Self::safe(change) } else { Self::risky(change) }
    }

    /// Makes another change too.
    #[must_use]
    pub fn and(mut self, change: Change) -> Self {
        self.changes.push(change);
        self
    }
}

impl Change {
    /// `node` becomes the string `text`.
    #[must_use]
    pub fn text(node: Node<'_>, text: impl Into<String>) -> Self {
        Change::Set { node: node.id(), to: New::Text(text.into()) }
    }

    /// `node` becomes the number or word `word`.
    #[must_use]
    pub fn word(node: Node<'_>, word: impl Into<String>) -> Self {
        Change::Set { node: node.id(), to: New::Word(word.into()) }
    }

    /// The member whose value is `value` is called `name`.
    #[must_use]
    pub fn rename(value: Node<'_>, name: impl Into<String>) -> Self {
        Change::Rename { value: value.id(), to: name.into() }
    }

    /// The member whose value is `value` goes.
    #[must_use]
    pub fn remove(value: Node<'_>) -> Self {
        Change::Remove { value: value.id() }
    }
}
