//! Plain data: where a text lies, what was found in it, and how to mend it.
//!
//! This layer depends on nothing else of the crate. Every other layer speaks in its types.

mod finding;
mod severity;
mod source;
mod span;
mod summary;

pub use finding::{
    Applicability, Diagnostic, DocumentRef, Edit, Fix, Level, Prediction, Related, Target,
};
pub use severity::Severity;
pub use source::{LineIndex, Position, Source};
pub use span::Span;
pub use summary::Summary;
