//! A request as the rules see it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::document::{Kind, Node};
use crate::identify::{Address, Evidence};
use crate::knowledge::annotation::Annotation;
use crate::knowledge::{Catalog, DocumentKind, Model, Provider, describing_schema};

/// An identified request, with the facts that it is held to.
#[derive(Debug, Clone, Copy)]
pub struct Request<'t> {
    /// Its root.
    pub root: Node<'t>,
    /// What it is.
    pub kind: &'t DocumentKind,
    /// The API; `None` where a user's bare schema is all there is.
    pub provider: Option<&'t Provider>,
    /// Why it is held to that API.
    pub evidence: &'t Evidence,
    /// The object of HTTP headers beside it.
    pub headers: Option<Node<'t>>,
    /// The HTTP status beside it, where it is an answer.
    pub status: Option<Node<'t>>,
    /// The URL beside it.
    pub address: Option<&'t Address>,
    /// Whether it is the body in a line of a batch file.
    pub in_batch: bool,
    /// Everything known.
    pub catalog: &'t Catalog,
    /// The day to judge by, `YYYY-MM-DD`.
    pub today: &'t str,
}

impl<'t> Request<'t> {
    /// The text of the string `name` at the request's root; nothing where it is a hole.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<(Node<'t>, Cow<'t, str>)> {
        let node = self.root.get(name)?;
        known_text(node).map(|text| (node, text))
    }

    /// The model it asks for, where the provider has such a model.
    #[must_use]
    pub fn model(&self) -> Option<(Node<'t>, &'t Model)> {
        if !self.kind.is_request() {
            return None;
        }
        let (node, id) = self.text("model")?;
        self.provider?.model(&id).map(|model| (node, model))
    }

    /// As [`Request::model`], where the model can be called here: what has ended, is not the
    /// provider's own or takes no such requests is told once, by the rules on that.
    #[must_use]
    pub fn live_model(&self) -> Option<(Node<'t>, &'t Model)> {
        let kind = self.kind.name();
        self.model().filter(|(_, model)| {
            model.is_listed()
                && !model.has_ended(self.today)
                && model.endpoints.iter().any(|endpoint| endpoint == kind)
        })
    }

    /// Whether the host or a declaration names the API, and not only the model or the shape.
    #[must_use]
    pub fn provider_is_certain(&self) -> bool {
        matches!(self.evidence, Evidence::Declared | Evidence::Addressed(_))
    }

    /// What the host that it is sent to is for: `api`, `token-plan` or `batch`.
    #[must_use]
    pub fn host_use(&self) -> Option<&'t str> {
        let host = self.address?.host.as_deref()?;
        let known = self.provider?.hosts.iter().find(|known| known.host == host)?;
        Some(known.serves.as_str())
    }

    /// What names that `object` does not know mean there, by the schema that describes it.
    #[must_use]
    pub fn aliases(&self, object: Node<'_>) -> BTreeMap<String, String> {
        let uri = self
            .provider
            .and_then(|provider| self.catalog.schema_uri(&provider.id, self.kind.name()));
        let pointer = object.pointer_from(self.root);
        uri.and_then(|uri| describing_schema(self.catalog.schemas(), uri, &pointer))
            .map(|(_, schema)| Annotation::of(schema).aliases)
            .unwrap_or_default()
    }

    /// The tools that the model may call.
    pub fn tools(&self) -> impl Iterator<Item = Node<'t>> {
        self.root.get("tools").into_iter().flat_map(|tools| tools.elements())
    }

    /// The content parts of every message, and those in the results of tools, with the index of
    /// their message.
    pub fn parts(&self) -> impl Iterator<Item = (usize, Node<'t>)> {
        let list = self.root.get("messages").or_else(|| self.root.get("input"));
        list.into_iter().flat_map(|list| list.elements()).enumerate().flat_map(
            |(index, message)| {
                let held = listed(message, "content").chain(listed(message, "output"));
                held.flat_map(|part| std::iter::once(part).chain(listed(part, "content")))
                    .map(move |part| (index, part))
            },
        )
    }
}

/// The elements of the list `name` of an object.
fn listed<'t>(object: Node<'t>, name: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
    let list = object.get(name).filter(|list| list.kind() == Kind::Array);
    list.into_iter().flat_map(|list| list.elements())
}

/// The text of a string that is written out and no hole.
#[must_use]
pub fn known_text(node: Node<'_>) -> Option<Cow<'_, str>> {
    if node.is_hole() { None } else { node.as_str() }
}
