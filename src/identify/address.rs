//! A URL beside a request.

use crate::document::{Kind, Node, NodeId};

/// What the name of a URL says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressForm {
    /// It is where the request goes.
    Whole,
    /// A client adds to it.
    Base,
    /// It may be either.
    Either,
}

/// A URL, as far as it tells where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The string that holds it.
    pub node: NodeId,
    /// The host in lower case, without user and port; `None` for a bare path.
    pub host: Option<String>,
    /// The port, where it is written out.
    pub port: Option<String>,
    /// Whether it is not encrypted.
    pub is_plain: bool,
    /// The path, without query and fragment.
    pub path: String,
    /// What its name says of it.
    pub form: AddressForm,
    /// The HTTP method beside it.
    pub method: Option<NodeId>,
}

/// Keys under which a URL stands beside a request.
const KEYS: [(&str, AddressForm); 9] = [
    ("url", AddressForm::Whole),
    ("endpoint", AddressForm::Either),
    ("uri", AddressForm::Whole),
    ("path", AddressForm::Whole),
    ("base_url", AddressForm::Base),
    ("baseURL", AddressForm::Base),
    ("baseUrl", AddressForm::Base),
    ("api_base", AddressForm::Base),
    ("href", AddressForm::Whole),
];

/// Keys beside which a URL is that of an HTTP request, and not a setting.
const OF_HTTP: [&str; 6] = ["method", "headers", "body", "payload", "json", "data"];

impl Address {
    /// The URL among the members of `object`; a full URL goes before a bare path.
    #[must_use]
    pub fn beside(object: Node<'_>) -> Option<Self> {
        let found = KEYS.iter().filter_map(|(key, form)| {
            let address = Address::of(object.get(key)?)?;
            Some(Self { form: *form, ..address })
        });
        let mut address = found.min_by_key(|address| address.host.is_none())?;
        let is_http = OF_HTTP.iter().any(|key| object.get(key).is_some());
        if address.form == AddressForm::Whole && !is_http {
            address.form = AddressForm::Either;
        }
        let method = object.get("method").filter(|method| method.kind() == Kind::String);
        address.method = method.map(Node::id);
        Some(address)
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
        let scheme = ["https://", "http://"].into_iter().find(|scheme| {
            text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        let (authority, path) = match scheme {
            Some(scheme) => {
                let rest = &text[scheme.len()..];
                // Behind a scheme a second one is no host.
                let begins = |word: &str| {
                    rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
                };
                if begins("https:/") || begins("http:/") {
                    return None;
                }
                let (authority, path) =
                    rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None if text.starts_with('/') => (None, text),
            None => return None,
        };
        let (host, port) = match authority {
            Some(authority) => {
                let (host, port) = host_and_port(authority)?;
                (Some(host), port)
            }
            None => (None, None),
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        Some(Self {
            node: NodeId::default(),
            host,
            port,
            is_plain: scheme == Some("http://"),
            path: path.to_owned(),
            form: AddressForm::Either,
            method: None,
        })
    }

    /// The path as a server reads it: without a slash at its end, and without empty steps.
    #[must_use]
    pub fn steps(&self) -> String {
        let steps = self.path.split('/').filter(|step| !step.is_empty());
        steps.flat_map(|step| ["/", step]).collect()
    }

    /// Whether a step of the path is filled in later.
    #[must_use]
    pub fn has_open_path(&self) -> bool {
        self.path.contains(['{', '}', '$', '<', '>', '%', '*'])
    }

    /// Whether the host is this machine, a name that documentation keeps for examples or one that is yet to
    /// be filled in: it says nothing of the API behind it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.host.as_deref().is_none_or(|host| {
            host == "localhost"
                || host.starts_with("127.")
                || host == "0.0.0.0"
                || host == "[::1]"
                || !host.contains('.')
                || host.contains(['{', '<'])
                || [".local", ".test", ".example", ".invalid", ".internal", ".localhost"]
                    .iter()
                    .any(|end| host.ends_with(end))
        })
    }
}

/// The host of an authority in lower case, and its port; nothing where the host is a hole.
fn host_and_port(authority: &str) -> Option<(String, Option<String>)> {
    let place = authority.rsplit('@').next().unwrap_or_default();
    // The colons of an IPv6 address are none before a port.
    let end = place.find(']').filter(|_| place.starts_with('[')).map_or(0, |at| at + 1);
    let end = place[end..].find(':').map_or(place.len(), |at| end + at);
    let (host, port) = place.split_at(end);
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if host.is_empty() || host.contains(['$', '%']) || host.contains("{{") {
        return None;
    }
    let port = port.strip_prefix(':').filter(|port| !port.is_empty());
    Some((host, port.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn a_host_is_read_however_it_is_written() {
        for (text, host, port, steps) in [
            ("https://api.xiaomimimo.com/v1", "api.xiaomimimo.com", None, "/v1"),
            ("HTTPS://API.XiaomiMiMo.com./v1/", "api.xiaomimimo.com", None, "/v1"),
            (
                "https://user:pass@api.xiaomimimo.com:8443/v1",
                "api.xiaomimimo.com",
                Some("8443"),
                "/v1",
            ),
            ("http://[::1]:8080//v1//x", "[::1]", Some("8080"), "/v1/x"),
            ("https://例え.jp", "例え.jp", None, ""),
            ("https://h.example?x=/y", "h.example", None, ""),
            ("https://[::1", "[", Some(":1"), ""),
        ] {
            let address = Address::parse(text).expect(text);
            assert_eq!(address.host.as_deref(), Some(host), "{text}");
            assert_eq!(address.port.as_deref(), port, "{text}");
            assert_eq!(address.steps(), steps, "{text}");
        }
        for text in [
            "",
            "https://",
            "https:///v1",
            "https://${HOST}/v1",
            "https://{{host}}/v1",
            "ftp://a.b",
            "api.xiaomimimo.com/v1",
            "https://.",
            "https://https://api.xiaomimimo.com/v1",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
