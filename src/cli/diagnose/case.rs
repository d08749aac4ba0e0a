//! Whose error it is, told together with the request: each can show what the other does not.

use std::sync::Arc;

use super::super::args::DiagnoseArguments;
use super::super::known::Known;
use super::Failure;
use super::request::{self, Request};
use crate::diagnose::{ApiError, Recognised, recognise};
use crate::knowledge::{Catalog, DEFAULT_PROVIDER, Provider};

/// An error's provider, and the request that caused it.
pub struct Case {
    /// The provider.
    pub provider: Arc<Provider>,
    /// How it was recognised.
    pub how: String,
    /// The request, held to the provider.
    pub request: Option<Request>,
}

/// The provider that is asked for; else the one that the error shows; else the request's; else the
/// default. A request that is addressed goes before what only the words of the error show, and one for a
/// provider of the user's own before all that they show.
pub fn of(arguments: &DiagnoseArguments, error: &ApiError) -> Result<Case, Failure> {
    let given = arguments.request.as_deref().map(request::given).transpose()?;
    let lint = |provider: Option<&str>| {
        given.as_ref().map(|given| request::lint(given, provider, arguments)).transpose()
    };
    if let Some(id) = arguments.provider.as_deref() {
        let request = lint(Some(id))?;
        let how = "as asked".to_owned();
        let own = request.as_ref().and_then(|request| request.provider.clone());
        let provider = match own.filter(|provider| provider.id == id) {
            Some(provider) => provider,
            None => Arc::clone(Known::new(&arguments.configuration)?.provider(id)?),
        };
        return Ok(Case { provider, how, request });
    }
    let shown = recognise(error);
    let request = lint(None)?;
    let addressed = request
        .as_ref()
        .filter(|request| request.is_addressed)
        .and_then(|request| request.provider.clone())
        .filter(|provider| goes_before(provider, shown.as_ref()));
    if let Some(provider) = addressed {
        return Ok(Case { provider, how: "the request is for it".to_owned(), request });
    }
    if let Some(Recognised { provider, how, .. }) = shown {
        // A request that says its host is held to the API there, whoever answered it.
        let request = match request.filter(|request| request.has_host) {
            Some(request) => Some(request),
            None => lint(Some(&provider.id))?,
        };
        return Ok(Case { provider, how, request });
    }
    match request.as_ref().and_then(|request| request.provider.clone()) {
        Some(provider) => {
            Ok(Case { provider, how: "the request looks like one for it".to_owned(), request })
        }
        None => {
            let how = "nothing tells whose it is; --provider does".to_owned();
            let provider = Arc::clone(Known::default().provider(DEFAULT_PROVIDER)?);
            Ok(Case { provider, how, request })
        }
    }
}

/// Whether the provider that a request is addressed to goes before the one that the error shows.
fn goes_before(addressed: &Provider, shown: Option<&Recognised>) -> bool {
    shown.is_none_or(|shown| !shown.sure || Catalog::bundled().provider(&addressed.id).is_none())
}
