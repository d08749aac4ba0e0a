//! What a document is, and which API it is held to. Nothing else in the crate decides that.
//!
//! The strongest evidence wins and is kept: declared, addressed, modelled, shaped.

mod address;
mod answer;
mod base64;
mod beside;
mod client;
mod embedded;
mod entry;
mod environment;
mod error_response;
mod explore;
mod file_address;
mod lookalike;
mod parts;
mod pattern;
mod provider;
mod reader;
mod shape;
mod sighting;
mod slip;
mod template;
mod variables;

use std::sync::Arc;

use crate::document::{Document, NodeId};
use crate::knowledge::{Catalog, Client, DocumentKind, Provider};

pub use address::{Address, AddressForm};
pub use embedded::{Embedded, embedded};
pub use entry::Entry;
pub use environment::{Around, Environment, PROCESS, Variable, is_real_env_file};
pub use pattern::{Found as SettingPlace, Part, matches as setting_places};
pub use sighting::{Set, Sighting, Written};
pub use slip::{UrlSlip, meant_url};
pub use template::is_template;

/// What to do with a request whose model is recognised as another vendor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OtherProviders {
    /// Skip it, unless a provider is declared; then its model is an unknown one.
    #[default]
    Auto,
    /// Always hold it to the provider.
    Error,
    /// Always skip it.
    Skip,
}

/// What is known of a document from outside its text.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    /// Everything known of the APIs.
    pub catalog: &'c Catalog,
    /// The kind that the command line or a `[[files]]` entry names.
    pub kind: Option<DocumentKind>,
    /// The provider that the command line or a `[[files]]` entry names.
    pub declared: Option<Arc<Provider>>,
    /// The provider that the configuration names for all that has no evidence of its own.
    pub fallback: Option<Arc<Provider>>,
    /// What to do with other vendors' requests.
    pub other_providers: OtherProviders,
    /// Whether the document is a line of JSON Lines.
    pub is_line: bool,
    /// Whether the document is a body that is about to be sent, and nothing around it.
    pub is_body: bool,
    /// Whether the document is the variables of an environment, which hold no request.
    pub is_env: bool,
    /// The tools whose file it is.
    pub clients: Vec<Arc<Client>>,
    /// The path of the file, with `/` between folders.
    pub path: &'c str,
    /// What lies around it.
    pub around: &'c dyn Around,
}

/// Why a document is taken for what it is; the strongest that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The configuration or the command line says so.
    Declared,
    /// A URL beside the request names a host of the provider; the text is the host or the path.
    Addressed(String),
    /// A tool's own name for the provider, or a variable for its keys alone; the text is that name.
    Named(String),
    /// Its model is known to this provider alone; the text is the model's id.
    Modelled(String),
    /// It has the shape of a request.
    Shaped,
}

impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Evidence::Declared => f.write_str("declared"),
            Evidence::Addressed(address) => write!(f, "addressed to {address}"),
            Evidence::Named(name) => write!(f, "{name}"),
            Evidence::Modelled(model) => write!(f, "model {model}"),
            Evidence::Shaped => f.write_str("shape"),
        }
    }
}

/// What came of a place that looks like a request.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It is held to a schema and the rules.
    Judged {
        /// What it is.
        kind: DocumentKind,
        /// The provider; `None` where a user's bare schema is all there is.
        provider: Option<Arc<Provider>>,
        /// Why.
        evidence: Evidence,
    },
    /// It is left alone, for this reason.
    Skipped(String),
}

impl Verdict {
    /// Why it is left alone, where it is.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Verdict::Skipped(reason) => Some(reason),
            Verdict::Judged { .. } => None,
        }
    }
}

/// A place in a document that is, or looks like, something to judge.
#[derive(Debug, Clone)]
pub struct Identified {
    /// Its root.
    pub root: NodeId,
    /// JSON Pointer from the document's root to it.
    pub pointer: String,
    /// What came of it.
    pub verdict: Verdict,
    /// The URL beside it, where there is one.
    pub address: Option<Address>,
    /// The object of HTTP headers beside it.
    pub headers: Option<NodeId>,
    /// The HTTP status beside it, where it is an answer.
    pub status: Option<NodeId>,
    /// Whether it is the body in a line of a batch file.
    pub in_batch: bool,
    /// What it says of a connection, where it is a tool's settings.
    pub entry: Option<Box<Entry>>,
}

/// Finds what there is to judge in `document`: nothing, one request, or many in their wrappers.
#[must_use]
pub fn identify(document: &Document<'_>, context: &Context<'_>) -> Vec<Identified> {
    let Some(root) = document.root() else {
        return Vec::new();
    };
    let is_settings =
        context.is_env || context.kind.as_ref().is_some_and(DocumentKind::is_settings);
    let mut found = match &context.kind {
        _ if is_settings => Vec::new(),
        Some(kind) => return explore::declared(root, kind, context),
        None if lookalike::of_file(root, context.path).is_some() => {
            // What is no request may be a tool's own file all the same.
            return if context.is_line { Vec::new() } else { client::of_tools(document, context) };
        }
        None => explore::all(root, context),
    };
    if !context.is_line && !context.is_body {
        let entries = client::all(document, context, &found);
        found.extend(entries);
    }
    found
}

/// The settings in a document that is the file of a tool and holds no requests.
#[must_use]
pub fn settings(document: &Document<'_>, context: &Context<'_>) -> Vec<Identified> {
    client::all(document, context, &[])
}

/// What a tool's file that cannot be read was meant for, where its text names an API: the tool's id, and
/// what it is.
#[must_use]
pub fn meant_settings(text: &str, context: &Context<'_>) -> Option<(String, Verdict)> {
    if context.is_line || context.is_body || context.kind.is_some() {
        return None;
    }
    client::meant(text, context)
}

/// The kind of a body that is known to be a request, by what only one protocol has.
#[must_use]
pub fn kind_of_request(root: crate::document::Node<'_>) -> DocumentKind {
    shape::of(root, shape::Strictness::Loose, false).unwrap_or_else(|| shape::dialect(root))
}

/// Why a document in which [`identify`] finds nothing is none of ours.
#[must_use]
pub fn no_request(document: &Document<'_>, context: &Context<'_>) -> String {
    let path = context.path;
    let Some(root) = document.root() else { return "empty".to_owned() };
    if context.is_env {
        return "environment variables: holds no request".to_owned();
    }
    let looks = lookalike::of_file(root, path).or_else(|| lookalike::of_object(root));
    let why = looks.map(str::to_owned).or_else(|| client::not_ours(root, context));
    why.unwrap_or_else(|| "holds no request".to_owned())
}
