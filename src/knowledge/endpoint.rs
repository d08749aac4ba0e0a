//! Where a provider is: hosts, paths and base URLs, and what people take for them.

use serde::Deserialize;

use super::provider::{Confidence, Provider, documented};
use super::similar;

/// A host that serves the API.
#[derive(Debug, Clone, Deserialize)]
pub struct Host {
    /// The host name.
    pub host: String,
    /// What it is for: `api`, `token-plan` or `batch`.
    #[serde(rename = "use")]
    pub serves: String,
    /// The cluster, where there are several.
    #[serde(default)]
    pub region: Option<String>,
}

/// A host that people write and that is not the API.
#[derive(Debug, Clone, Deserialize)]
pub struct NotHost {
    /// The host name; what stands in braces may be anything in braces.
    pub host: String,
    /// What it is.
    #[serde(default)]
    pub what: String,
    /// The base URL that is meant.
    #[serde(default)]
    pub instead: Option<String>,
    /// How sure it is.
    #[serde(default = "documented")]
    pub confidence: Confidence,
}

/// An endpoint.
#[derive(Debug, Clone, Deserialize)]
pub struct Endpoint {
    /// The kind of its request bodies.
    pub kind: String,
    /// The HTTP method.
    pub method: String,
    /// The path, with the leading slash; a step in braces may be anything.
    pub path: String,
    /// What the hosts that serve it are for; where none is named, all do.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// A path that people call and that is no endpoint.
#[derive(Debug, Clone, Deserialize)]
pub struct NotEndpoint {
    /// The path; a step in braces may be anything.
    pub path: String,
    /// What to call instead.
    #[serde(default)]
    pub instead: Option<String>,
    /// How sure it is.
    #[serde(default = "documented")]
    pub confidence: Confidence,
}

/// A base URL that clients are given.
#[derive(Debug, Clone, Deserialize)]
pub struct Base {
    /// What a client of it speaks.
    pub protocol: String,
    /// The URL.
    pub url: String,
}

impl NotHost {
    /// Whether `host` is it, or lies below it.
    fn is(&self, host: &str) -> bool {
        let known = self.host.as_str();
        let below = host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
        let filled = known.split_once('{').is_some_and(|(before, rest)| {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            let middle = host.strip_prefix(before).and_then(|middle| middle.strip_suffix(after));
            middle.is_some_and(|middle| {
                [('{', '}'), ('<', '>')]
                    .iter()
                    .any(|(open, close)| middle.starts_with(*open) && middle.ends_with(*close))
            })
        });
        host == known || below || filled
    }
}

impl Endpoint {
    /// Whether `path` is its path.
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        is_path(&self.path, path)
    }

    /// Whether the hosts that are for `serves` have it.
    #[must_use]
    pub fn is_on(&self, serves: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|host| host == serves)
    }
}

/// Whether `path` is `known`, a step of which may be anything where it stands in braces.
fn is_path(known: &str, path: &str) -> bool {
    let (mut known, mut path) = (known.split('/'), path.split('/'));
    loop {
        match (known.next(), path.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) if one.starts_with('{') && !other.is_empty() => {}
            _ => return false,
        }
    }
}

impl Provider {
    /// The host that serves the API under this name.
    #[must_use]
    pub fn host(&self, host: &str) -> Option<&Host> {
        self.hosts.iter().find(|known| known.host.eq_ignore_ascii_case(host))
    }

    /// What `host` is known to be where it is not the API; of several, the most telling.
    #[must_use]
    pub fn not_host(&self, host: &str) -> Option<&NotHost> {
        if self.host(host).is_some() {
            return None;
        }
        let known = self.not_hosts.iter().filter(|known| known.is(host));
        known.max_by_key(|known| known.host.len())
    }

    /// Whether `host` (without port) serves this API or is taken for it.
    #[must_use]
    pub fn claims_host(&self, host: &str) -> bool {
        self.host(host).is_some() || self.not_host(host).is_some()
    }

    /// Whether `host` lies in a domain in which nobody else has hosts.
    #[must_use]
    pub fn owns_domain(&self, host: &str) -> bool {
        self.domains.iter().any(|domain| {
            host == domain
                || host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.ends_with('.'))
        })
    }

    /// The host of this API that `host` is a slip of: its domain is misspelt, and all else is right.
    #[must_use]
    pub fn meant_host(&self, host: &str) -> Option<&Host> {
        let dots: Vec<usize> = host.match_indices('.').map(|(at, _)| at).collect();
        let [.., last, _] = dots.as_slice() else { return None };
        let (below, written) = host.split_at(last + 1);
        let domain = self.domains.iter().find(|domain| {
            // A short name is near to many others.
            let allowed = if domain.len() < 12 { 1 } else { 2 };
            written != *domain && similar::distance(written, domain) <= allowed
        })?;
        self.host(&format!("{below}{domain}"))
    }

    /// The path that people take for an endpoint.
    #[must_use]
    pub fn not_endpoint(&self, path: &str) -> Option<&NotEndpoint> {
        self.not_endpoints.iter().find(|known| is_path(&known.path, path))
    }

    /// The method and path of the endpoint that takes requests of `kind`.
    #[must_use]
    pub fn endpoint(&self, kind: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.kind == kind)
    }

    /// The path of the base URL for clients that speak `protocol`.
    #[must_use]
    pub fn base_path(&self, protocol: &str) -> Option<&str> {
        let base = self.bases.iter().find(|base| base.protocol == protocol)?;
        let (_, rest) = base.url.split_once("://")?;
        Some(rest.find('/').map_or("", |at| &rest[at..]))
    }
}

#[cfg(test)]
mod tests {
    use crate::knowledge::Catalog;

    #[test]
    fn hosts_are_told_apart() {
        let xiaomi = Catalog::bundled().provider("xiaomi").expect("a provider");
        let not = |host: &str| xiaomi.not_host(host).map(|known| known.host.as_str());
        assert_eq!(not("api.xiaomimimo.com"), None);
        assert_eq!(not("gateway.example.com"), None);
        assert_eq!(not("ams.api.mimo.xiaomi.com"), Some("api.mimo.xiaomi.com"));
        for host in ["token-plan-{region}.xiaomimimo.com", "token-plan-<cluster>.xiaomimimo.com"] {
            assert_eq!(not(host), Some("token-plan-{region}.xiaomimimo.com"), "{host}");
        }
        let meant = |host: &str| xiaomi.meant_host(host).map(|known| known.host.as_str());
        assert_eq!(meant("api.xiaomimino.com"), Some("api.xiaomimimo.com"));
        assert_eq!(meant("token-plan-cn.xiaomimimo.cn"), Some("token-plan-cn.xiaomimimo.com"));
        for host in
            ["api.xiaomi.com", "api.xiaomimimo.com", "xiaomimino.com", "x", "", "..", "a..b"]
        {
            assert_eq!(meant(host), None, "{host}");
        }
        assert!(xiaomi.owns_domain("token-plan-jp.xiaomimimo.com"));
        assert!(!xiaomi.owns_domain("notxiaomimimo.com"));
    }

    #[test]
    fn a_step_in_braces_may_be_anything() {
        let xiaomi = Catalog::bundled().provider("xiaomi").expect("a provider");
        assert!(xiaomi.endpoints.iter().any(|endpoint| endpoint.is_at("/v1/batches/batch_1")));
        assert!(!xiaomi.endpoints.iter().any(|endpoint| endpoint.is_at("/v1/batches/")));
        assert!(xiaomi.not_endpoint("/v1/models/mimo-v2.6-pro").is_some());
        assert_eq!(xiaomi.base_path("openai"), Some("/v1"));
        assert_eq!(xiaomi.base_path("anthropic"), Some("/anthropic"));
    }
}
