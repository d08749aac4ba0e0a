#![forbid(unsafe_code)]
pub mod diagnostic;
pub mod document;
pub mod extract;
pub mod knowledge;
pub use diagnostic::Source;
