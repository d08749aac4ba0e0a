//! What the path of a URL is, beside the paths of the API's endpoints.

use super::Target;
use crate::knowledge::Endpoint;

/// How the paths of requests end, with the protocol of each.
const TAILS: [(&str, &str); 3] =
    [("/chat/completions", "openai"), ("/messages", "anthropic"), ("/responses", "responses")];

impl Target<'_> {
    pub(super) fn is_served(&self, path: &str) -> bool {
        self.endpoints().any(|endpoint| endpoint.is_at(path))
    }

    /// Whether some endpoint's path begins with this one, or is it.
    pub(super) fn is_begun(&self) -> bool {
        let begins = |endpoint: &Endpoint| {
            let rest = endpoint.path.strip_prefix(self.path.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.endpoints().any(begins) || self.is_served(&self.path)
    }

    /// Whether the path is known to be no endpoint, and that of no chat either.
    pub(super) fn is_not_served(&self) -> bool {
        self.provider.not_endpoint(&self.path).is_some()
            && self.tail().is_none()
            && !self.is_begun()
    }

    /// Whether the path has the form of a base URL, and is none that is documented: it begins or ends with
    /// a version, as `/v2` and `/openai/v1` do, or it ends within what clients add, as `/v1/chat` does.
    pub(super) fn is_invented(&self) -> bool {
        let is_version = |step: &str| {
            let digits = step.strip_prefix(['v', 'V']).filter(|digits| !digits.is_empty());
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let known = || self.provider.endpoints.iter().flat_map(|one| one.path.split('/'));
        let mut steps = self.path.split('/').filter(|step| !step.is_empty());
        let begins = steps.clone().next().is_some_and(is_version);
        let ends = steps.clone().next_back().is_some_and(is_version);
        let is_foreign = steps.any(|step| known().all(|known| known != step));
        let is_cut = self.endpoints().any(|endpoint| {
            let rest = endpoint.path.strip_prefix(self.path.as_str());
            let tail = TAILS.iter().find(|(tail, _)| endpoint.path.ends_with(tail));
            rest.zip(tail)
                .is_some_and(|(rest, (tail, _))| rest.starts_with('/') && rest.len() < tail.len())
        });
        (is_foreign && (begins || ends)) || is_cut
    }

    /// Whether all steps of the path are steps of endpoints too: then they are in a wrong order, or too many
    /// or too few, and the path is no route of its own that nobody has written down.
    pub(super) fn is_familiar(&self) -> bool {
        self.path.split('/').filter(|step| !step.is_empty()).all(|step| {
            let endpoints = self.provider.endpoints.iter();
            endpoints.flat_map(|endpoint| endpoint.path.split('/')).any(|known| known == step)
        })
    }

    /// The end of the path that says which request it is for, with the protocol.
    pub(super) fn tail(&self) -> Option<(&'static str, &'static str)> {
        TAILS.into_iter().find(|(tail, _)| self.path.ends_with(tail))
    }
}
