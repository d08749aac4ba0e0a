//! `unknown-model`: a model that the provider does not have.

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::Node;
use crate::knowledge::{Model, ModelKind, ModelStatus, Provider, Spelling};

/// The rule.
pub static RULE: Rule = Rule {
    id: "unknown-model",
    severity: Severity::Error,
    summary: "The API has no model of this name",
    docs: r#"
Model ids are exact: lower case, a dot in the version, no vendor before them. A display name, another
spelling or a gateway's notation is refused.

An id that only third parties use with a host is a warning: its provider never named it. So is an id
that is right elsewhere (a gateway's `xiaomi/…`, the name of open weights) or near none of the API's own,
where no host and no configuration says that the request is for this API.

```json bad
{"model": "mimo-v2-por", "messages": [{"role": "user", "content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    if !request.kind.is_request() {
        return;
    }
    let (Some(provider), Some((node, id))) = (request.provider, request.text("model")) else {
        return;
    };
    if id.is_empty() {
        return;
    }
    match provider.model(&id) {
        Some(model) if model.is_listed() => {}
        Some(model) => found.push(unlisted(request, provider, model, node)),
        None => found.push(unknown(request, provider, &id, node)),
    }
}

/// An id that the provider's own pages do not name.
fn unlisted(request: &Request<'_>, provider: &Provider, model: &Model, node: Node<'_>) -> Finding {
    let what = match model.status {
        ModelStatus::ClientOnly => "is reached through a client's own channel only",
        _ => "is named by none of the provider's pages",
    };
    Finding::new(&RULE, Place::value(node), format!("the model `{}` {what}", model.id))
        .severity(Severity::Warning)
        .label("known from third parties only")
        .help(available(provider, None, request))
}

fn unknown(request: &Request<'_>, provider: &Provider, id: &str, node: Node<'_>) -> Finding {
    let gateway = request.catalog.other_models().aggregator_of(id);
    let meant = provider.meant_model(id);
    let spelling = provider.spellings.iter().find(|spelling| spelling.wrong == id);
    let mut finding = Finding::new(
        &RULE,
        Place::value(node),
        format!("{} has no model `{}`", provider.name, super::mask(&super::shown(id))),
    )
    .help(available(provider, meant, request));
    // Where only the name speaks for this API, a name that is right elsewhere, or near none of the
    // API's own, may be meant for another: a gateway, or weights that one serves oneself.
    let right_elsewhere = gateway.is_some() || spelling.is_some_and(|spelling| spelling.elsewhere);
    let of_its_line = request.catalog.other_models().vendor_of(id).is_some()
        || meant.is_some()
        || spelling.is_some()
        || begins_as_its_own(provider, id);
    if !request.provider_is_certain() && (right_elsewhere || !of_its_line) {
        finding = finding.severity(Severity::Warning);
    }
    let suffix = provider
        .suffixes
        .iter()
        .find(|affix| affix.suffix.as_ref().is_some_and(|suffix| id.ends_with(suffix.as_str())));
    if let (Some(affix), Some(meant)) = (suffix, meant) {
        let mark = affix.suffix.as_deref().unwrap_or_default();
        return finding
            .label(format!("write {}", current(provider, meant, request)))
            .help(format!("`{mark}` is {}", affix.what));
    }
    finding.label(label(request, provider, id, meant, spelling))
}

/// Whether an id begins as the provider's own do: `mimo-v`.
fn begins_as_its_own(provider: &Provider, id: &str) -> bool {
    const BEGINNING: usize = 6;
    id.get(..BEGINNING).is_some_and(|beginning| {
        let mut listed = provider.models.iter().filter(|model| model.is_listed());
        listed.any(|model| model.id.starts_with(beginning))
    })
}

/// What the id most likely is.
fn label(
    request: &Request<'_>,
    provider: &Provider,
    id: &str,
    meant: Option<&str>,
    spelling: Option<&Spelling>,
) -> String {
    let other_models = request.catalog.other_models();
    if let (Some(meant), Some(gateway)) = (meant, other_models.aggregator_of(id)) {
        let meant = current(provider, meant, request);
        return format!("a gateway's notation ({}); the API calls it {meant}", gateway.name);
    }
    let mut others = request.catalog.providers_of_model(id);
    if let Some(other) = others.find(|other| other.id != provider.id) {
        return format!("a model of {}", other.name);
    }
    let note = spelling.and_then(|spelling| spelling.note.clone());
    match (meant, note) {
        (Some(meant), Some(note)) if spelling.is_some_and(|spelling| spelling.elsewhere) => {
            format!("{note}; the API calls it {}", current(provider, meant, request))
        }
        (Some(meant), _) => format!("did you mean {}?", current(provider, meant, request)),
        (None, Some(note)) => note,
        (None, None) => match other_models.vendor_of(id) {
            Some(vendor) => format!("a model of {vendor}"),
            None => "no such model".to_owned(),
        },
    }
}

/// The model's id, and, where it has ended, the one to use instead.
fn current(provider: &Provider, id: &str, request: &Request<'_>) -> String {
    let ended = provider.model(id).filter(|model| model.has_ended(request.today));
    match ended.and_then(|model| model.replaced_by.as_deref()) {
        Some(next) => format!("`{id}`, which has ended; today `{next}`"),
        None => format!("`{id}`"),
    }
}

/// The models that can be called, for a help line: those of the sort that was meant.
fn available(provider: &Provider, meant: Option<&str>, request: &Request<'_>) -> String {
    let sort = meant.and_then(|id| provider.model(id)).map_or(ModelKind::Chat, |model| model.kind);
    let fits = |model: &&Model| {
        model.is_listed()
            && model.kind == sort
            && !model.has_ended(request.today)
            && model.status == ModelStatus::Current
            && model.endpoints.iter().any(|endpoint| endpoint == request.kind.name())
    };
    let ids: Vec<&str> =
        provider.models.iter().filter(fits).map(|model| model.id.as_str()).collect();
    format!("available: {}", ids.join(", "))
}
