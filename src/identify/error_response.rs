//! An error answer that a test keeps: whose it is.

use std::sync::Arc;

use super::{Address, Context, Evidence, Verdict};
use crate::document::{Kind, Node};
use crate::knowledge::{DocumentKind, Provider};

/// Judges `object` as an error answer; nothing where it is none, or anybody's.
///
/// The provider is the one that is declared, else the one whose host is asked, else the one whose own
/// the shape is: the words of many APIs' errors are the same.
pub fn judge(
    object: Node<'_>,
    address: Option<&Address>,
    context: &Context<'_>,
) -> Option<Verdict> {
    let error = object.get("error").filter(|error| error.kind() == Kind::Object)?;
    let catalog = context.catalog;
    // A user's own provider may well be this machine; else a local host says nothing.
    let host = address
        .filter(|address| {
            let host = address.host.as_deref().unwrap_or_default();
            !address.is_local() || catalog.provider_of_host(host).is_some()
        })
        .and_then(|address| address.host.as_ref());
    let says_something = error.get("code").is_some() || error.get("message").is_some();
    let asked = host.and_then(|host| Some((catalog.provider_of_host(host)?, host)));
    let asked = asked.filter(|_| says_something);
    let (provider, evidence) = match (&context.declared, host) {
        (Some(provider), _) if is_listed(error, provider) || is_own(error, provider) => {
            (provider, Evidence::Declared)
        }
        // What the provider itself was asked is its answer, whatever its form.
        (Some(provider), _) if asked.is_some_and(|(of, _)| of.id == provider.id) => {
            (provider, Evidence::Declared)
        }
        (Some(provider), _) => {
            // Another's, as far as its shape says.
            catalog.providers().iter().find(|other| is_own(error, other))?;
            (provider, Evidence::Declared)
        }
        (None, Some(_)) => {
            let (provider, host) = asked?;
            (provider, Evidence::Addressed(host.clone()))
        }
        (None, None) => {
            let own = catalog.providers().iter().find(|provider| is_own(error, provider))?;
            (own, Evidence::Shaped)
        }
    };
    let kind = DocumentKind::ErrorResponse;
    let provider = Arc::clone(provider);
    catalog.has_schema(&provider.id, &kind).then_some(Verdict::Judged {
        kind,
        provider: Some(provider),
        evidence,
    })
}

/// Whether an error has a message and a code that the provider lists.
fn is_listed(error: Node<'_>, provider: &Provider) -> bool {
    let code = error.get("code");
    let code = code.and_then(|code| code.as_str().or_else(|| code.number_text().map(Into::into)));
    error.get("message").is_some()
        && code.is_some_and(|code| provider.errors.iter().any(|row| row.code == code))
}

/// Whether the shape of an error is the provider's alone.
fn is_own(error: Node<'_>, provider: &Provider) -> bool {
    let text = |name: &str| error.get(name).and_then(Node::as_str);
    let Some(code) = text("code").filter(|_| error.get("message").is_some()) else { return false };
    let mut rows = provider.errors.iter().filter(|row| row.code == code).peekable();
    if rows.peek().is_none() {
        return false;
    }
    let kind = text("type");
    if code.bytes().all(|byte| byte.is_ascii_digit()) {
        // A null `param`, or the word for it, is what gateways write; the provider's own says something.
        let says_why = text("param").is_some_and(|param| param != "None");
        let known = |kind: &str| {
            kind.is_empty() || provider.errors.iter().any(|row| row.kind.as_deref() == Some(kind))
        };
        return says_why && kind.is_none_or(|kind| known(&kind));
    }
    rows.any(|row| kind.is_some() && row.kind.as_deref() == kind.as_deref())
}
