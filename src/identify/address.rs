//! A URL beside a request.

use crate::document::{Node, NodeId};

/// A URL, as far as it tells where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The string that holds it.
    pub node: NodeId,
    /// The host in lower case, without user and port; `None` for a bare path.
    pub host: Option<String>,
    /// The path, without query and fragment.
    pub path: String,
}

/// Keys under which a URL stands beside a request.
const KEYS: [&str; 9] =
    ["url", "endpoint", "uri", "path", "base_url", "baseURL", "baseUrl", "api_base", "href"];

impl Address {
    /// The URL among the members of `object`; a full URL goes before a bare path.
    #[must_use]
    pub fn beside(object: Node<'_>) -> Option<Self> {
        let found = KEYS.iter().filter_map(|key| Address::of(object.get(key)?));
        found.min_by_key(|address| address.host.is_none())
    }

    /// The URL that a string is; `None` where it is no URL, or has a hole for its host.
    #[must_use]
    pub fn of(node: Node<'_>) -> Option<Self> {
        Some(Self { node: node.id(), ..Self::parse(&node.as_str()?)? })
    }

    /// The URL that a text is; `None` where it is no URL, or has a hole for its host.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = ["https://", "http://"].iter().find_map(|scheme| {
            let head = text.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
        });
        let (host, path) = match rest {
            Some(rest) => {
                let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                let authority = rest[..end].rsplit('@').next().unwrap_or_default();
                let host = authority.split(':').next().unwrap_or_default();
                if host.is_empty() || host.contains(['{', '$', '<', '%']) {
                    return None;
                }
                (Some(host.to_ascii_lowercase()), &rest[end..])
            }
            None if text.starts_with('/') => (None, text),
            None => return None,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        Some(Self { node: NodeId::default(), host, path: path.to_owned() })
    }

    /// Whether the host is this machine or a name that documentation keeps for examples: it says
    /// nothing of the API behind it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.host.as_deref().is_none_or(|host| {
            host == "localhost"
                || host.starts_with("127.")
                || host == "0.0.0.0"
                || host == "[::1]"
                || !host.contains('.')
                || [".local", ".test", ".example", ".invalid", ".internal", ".localhost"]
                    .iter()
                    .any(|end| host.ends_with(end))
        })
    }
}
