//! From a text to documents: one file a syntax.
//!
//! Each syntax gives the one document tree, with spans into the text, and recovers where it can.

mod json;
mod jsonl;
mod words;

use crate::document::{Arena, Document};

/// A syntax that documents are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON (RFC 8259).
    Json,
    /// JSON Lines: a document a line.
    Jsonl,
    /// A JSON body as it is sent: one request, whose strings say what they say. No path names it.
    Body,
}

impl Syntax {
    /// The extensions of the files that are read.
    pub const EXTENSIONS: [&str; 3] = [".json", ".jsonl", ".ndjson"];

    /// The syntax that a path's extension names; `None` where it names none that is read.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Syntax::Json),
            "jsonl" | "ndjson" => Some(Syntax::Jsonl),
            _ => None,
        }
    }
}

/// Hands each document of `text` to `visit`, in order. The room for a document's nodes is used again
/// for the next, so `visit` only borrows it.
pub fn extract(syntax: Syntax, text: &str, visit: &mut dyn FnMut(&Document<'_>)) {
    match syntax {
        Syntax::Json => visit(&json::parse(text, 0..text.len(), Arena::default())),
        Syntax::Jsonl => jsonl::extract(text, visit),
        Syntax::Body => visit(&json::parse_body(text)),
    }
}
