//! What to say of each fault in an environment file. No text of the file is shown: it may be a key.

use super::super::words::error;
use crate::diagnostic::Span;
use crate::document::{SyntaxError, SyntaxErrorKind as Kind};

pub fn no_assignment(span: Span) -> SyntaxError {
    let help = "each line is NAME=value, or a comment that begins with #";
    error(Kind::Unexpected, span, "this line gives no variable a value", "no assignment", help)
}

pub fn open_quote(span: Span) -> SyntaxError {
    let help = "add the same quote at the end of the value";
    error(Kind::OpenString, span, "a value's quote is never closed", "it begins here", help)
}

pub fn surplus(span: Span) -> SyntaxError {
    let help = "a value with spaces stands in quotes as a whole; a comment begins with #";
    let message = "something stands after the end of the value";
    error(Kind::Surplus, span, message, "not part of it", help)
}
