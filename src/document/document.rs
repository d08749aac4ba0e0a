//! A document: a tree, with what went wrong in reading it.

use super::lost::Lost;
use super::node::Node;
use super::tree::Tree;
use crate::diagnostic::Span;

/// One tree to be judged.
#[derive(Debug, Default)]
pub struct Document<'t> {
    /// What could be read.
    pub tree: Tree<'t>,
    /// What keeps the text from being valid, the first fault first.
    pub errors: Vec<SyntaxError>,
    /// The comments beside it, their marks included, in order of the text.
    pub comments: Vec<Span>,
    /// Its number in the file, counted from 0; in JSON Lines, the line's among those that are not
    /// blank.
    pub index: usize,
    /// What could not be read, or had to be guessed at.
    pub lost: Lost,
    /// Where a template's mark stands outside a string: the text cannot be parsed before it is filled in.
    pub template: Option<Span>,
}

impl Document<'_> {
    /// The root, where anything could be read.
    #[must_use]
    pub fn root(&self) -> Option<Node<'_>> {
        self.tree.root()
    }

    /// Whether the tree is what was meant for certain, although there may be errors.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.lost.is_empty()
    }
}

/// Which fault of syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A comma after the last member or element.
    TrailingComma,
    /// A comment.
    Comment,
    /// No comma between two members or elements.
    MissingComma,
    /// No colon after a key.
    MissingColon,
    /// No value after a colon.
    MissingValue,
    /// A string in other quotes than `"`.
    Quotes,
    /// A key without quotes.
    BareKey,
    /// A word that is no JSON literal.
    Word,
    /// A number that JSON writes otherwise.
    Number,
    /// A control character in a string.
    Control,
    /// A backslash before what it does not escape.
    Escape,
    /// A string without its closing quote.
    OpenString,
    /// A bracket without its partner.
    Bracket,
    /// A line that is indented otherwise than it must be.
    Indentation,
    /// A value that stands without the quotes that it needs.
    NeedsQuotes,
    /// An alias that names nothing, or more than can be read.
    Alias,
    /// Something after the document.
    Surplus,
    /// Nothing at all.
    Empty,
    /// Containers within containers beyond the limit.
    TooDeep,
    /// More text or more members than a tree can hold.
    TooLarge,
    /// Anything else.
    Unexpected,
}

/// A fault of syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which fault.
    pub kind: SyntaxErrorKind,
    /// The bytes that are wrong.
    pub span: Span,
    /// What was found.
    pub message: String,
    /// What is wrong at the place.
    pub label: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Another place that belongs to it, such as the bracket that stays open.
    pub related: Option<(Span, String)>,
}
