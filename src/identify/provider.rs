//! Which API a request is held to.

use std::sync::Arc;

use super::{Address, Context, Evidence, OtherProviders, Verdict};
use crate::document::{Kind, Node};
use crate::knowledge::{DEFAULT_PROVIDER, DocumentKind, Provider};

/// Judges the request `object` of `kind`, whose URL is `address`.
pub fn judge(
    object: Node<'_>,
    kind: DocumentKind,
    address: Option<&Address>,
    context: &Context<'_>,
) -> Verdict {
    match choose(object, &kind, address, context) {
        Ok((provider, evidence)) => settle(kind, provider, evidence, context),
        Err(reason) => Verdict::Skipped(reason),
    }
}

/// A provider that has no such endpoint cannot judge the request, whatever the evidence.
fn settle(
    kind: DocumentKind,
    provider: Arc<Provider>,
    evidence: Evidence,
    context: &Context<'_>,
) -> Verdict {
    if can_judge(&provider, &kind, context) {
        return Verdict::Judged { kind, provider: Some(provider), evidence };
    }
    let weak = matches!(evidence, Evidence::Shaped | Evidence::Modelled(_));
    let able = context
        .catalog
        .providers()
        .iter()
        .find(|other| context.catalog.has_schema(&other.id, &kind));
    match able {
        Some(other) if weak => {
            Verdict::Judged { kind, provider: Some(Arc::clone(other)), evidence: Evidence::Shaped }
        }
        _ => Verdict::Skipped(format!("provider {} has no endpoint for {kind}", provider.id)),
    }
}

/// Whether the provider has such an endpoint; of what is sent elsewhere, no schema says anything.
fn can_judge(provider: &Provider, kind: &DocumentKind, context: &Context<'_>) -> bool {
    *kind == DocumentKind::OtherRequest || context.catalog.has_schema(&provider.id, kind)
}

fn choose(
    object: Node<'_>,
    kind: &DocumentKind,
    address: Option<&Address>,
    context: &Context<'_>,
) -> Result<(Arc<Provider>, Evidence), String> {
    let model =
        object.get("model").filter(|model| model.kind() == Kind::String && !model.is_hole());
    let model = model.and_then(|model| model.as_str()).filter(|model| !model.trim().is_empty());
    let vendor = model.as_deref().and_then(|id| context.catalog.other_models().vendor_of(id));
    if let (Some(vendor), Some(id)) = (vendor, model.as_deref()) {
        let declared = context.declared.is_some() || context.fallback.is_some();
        let skip = match context.other_providers {
            OtherProviders::Skip => true,
            OtherProviders::Error => false,
            OtherProviders::Auto => !declared && !addressed_to_us(address, context),
        };
        if skip {
            return Err(format!("a request to another vendor: {id} is a model of {vendor}"));
        }
    }
    if let Some(provider) = &context.declared {
        return Ok((Arc::clone(provider), Evidence::Declared));
    }
    if let Some(address) = address
        && let Some(host) = &address.host
    {
        // A provider of the user's own may well be this machine.
        match context.catalog.provider_near_host(host) {
            Some(provider) => {
                return Ok((Arc::clone(provider), Evidence::Addressed(host.clone())));
            }
            None if address.is_local() => {}
            None => return Err(format!("a request to another host: {host}")),
        }
    }
    by_model(object, kind, model.as_deref(), context)
}

fn addressed_to_us(address: Option<&Address>, context: &Context<'_>) -> bool {
    address
        .and_then(|address| address.host.as_ref())
        .is_some_and(|host| context.catalog.provider_near_host(host).is_some())
}

/// The provider where no host and no declaration names one.
fn by_model(
    object: Node<'_>,
    kind: &DocumentKind,
    model: Option<&str>,
    context: &Context<'_>,
) -> Result<(Arc<Provider>, Evidence), String> {
    let catalog = context.catalog;
    // The configuration's word is a declaration; the default is none.
    let fallback = || -> Result<(Arc<Provider>, Evidence), String> {
        if let Some(provider) = &context.fallback {
            return Ok((Arc::clone(provider), Evidence::Declared));
        }
        let default = catalog.provider(DEFAULT_PROVIDER).cloned();
        Ok((default.ok_or("no provider to hold it to")?, Evidence::Shaped))
    };
    // A hole, a number or nothing at all: the shape is all there is to go by.
    let Some(id) = model else {
        return fallback();
    };
    let gateway = catalog.other_models().is_for_gateway(id, |field| object.get(field).is_some());
    if gateway && context.fallback.is_none() {
        return Err(format!("a request to a gateway that calls the model {id}"));
    }
    let able = |provider: &&Arc<Provider>| can_judge(provider, kind, context);
    let mut knowing: Vec<_> = catalog.providers_of_model(id).filter(able).collect();
    if knowing.is_empty() {
        knowing = nearest_providers(id, catalog.providers().iter().filter(able));
    }
    match knowing.as_slice() {
        [only] => Ok((Arc::clone(only), Evidence::Modelled(id.to_owned()))),
        [] if context.fallback.is_some()
            || context.other_providers == OtherProviders::Error
            || looks_like_mimo(id) =>
        {
            Ok(beginning_with(id, catalog.providers().iter().filter(able))
                .filter(|_| context.fallback.is_none())
                .map_or(fallback()?, |provider| (provider, Evidence::Shaped)))
        }
        [] => Err(format!("the model {id} is none of MiMo's, and nothing else names its API")),
        several => {
            let (fallback, evidence) = fallback()?;
            let chosen = several.iter().find(|provider| provider.id == fallback.id);
            if chosen.is_some() && evidence == Evidence::Declared {
                return Ok((fallback, evidence));
            }
            let chosen = chosen.or(several.first()).map(|provider| Arc::clone(provider));
            Ok((chosen.unwrap_or(fallback), Evidence::Modelled(id.to_owned())))
        }
    }
}

/// The providers one of whose models `id` is a slip of, those only to which the slip is smallest.
fn nearest_providers<'p>(
    id: &str,
    providers: impl Iterator<Item = &'p Arc<Provider>>,
) -> Vec<&'p Arc<Provider>> {
    let meant: Vec<_> = providers
        .filter_map(|provider| Some((provider, provider.meant_model_with_distance(id)?.1)))
        .collect();
    let least = meant.iter().map(|(_, distance)| *distance).min();
    meant
        .into_iter()
        .filter(|(_, distance)| Some(*distance) == least)
        .map(|(provider, _)| provider)
        .collect()
}

/// The only provider with a model whose id `id` goes on from: `mimo-v2.6-pro-free` is of whoever has a
/// `mimo-v2.6-pro`.
fn beginning_with<'p>(
    id: &str,
    providers: impl Iterator<Item = &'p Arc<Provider>>,
) -> Option<Arc<Provider>> {
    let begins = |provider: &Arc<Provider>| {
        let mut listed = provider.models.iter().filter(|model| model.is_listed());
        listed.any(|model| id.starts_with(model.id.as_str()))
    };
    let mut found = providers.filter(|provider| begins(provider));
    let first = found.next()?;
    found.next().is_none().then(|| Arc::clone(first))
}

fn looks_like_mimo(id: &str) -> bool {
    id.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| word.starts_with("mimo"))
}
