//! The document tree: one borrowed, span-carrying tree that every syntax becomes.
//!
//! Knows texts and spans; nothing of requests, providers or rules.

mod builder;
#[expect(clippy::module_inception, reason = "the field's own word for what the module is about")]
mod document;
mod elements;
mod hole;
mod lost;
mod members;
mod node;
pub mod pointer;
mod span_map;
mod text;
mod tree;

pub use builder::{Builder, Scalar};
pub use document::{Document, SyntaxError, SyntaxErrorKind};
pub use hole::{fills_itself, is_hole, is_unclosed, key_for_a_name};
pub use lost::Lost;
pub use members::{Elements, Members};
pub use node::{Key, Kind, Member, Node, NodeId};
pub use span_map::{SpanMap, SpanMapBuilder};
pub use tree::{Arena, DuplicateKey, Tree};
