//! `unknown-model`: a model that the provider does not have.

use super::finding::Finding;
use super::model_use::ModelUse;
use super::{Basis, Fixes, Request, Rule, Setup, deprecated_model};
use crate::diagnostic::{Applicability, Severity};
use crate::fix::Remedy;
use crate::knowledge::{Model, ModelKind, ModelStatus, Provider, Spelling, similar};

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
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    found.extend(ModelUse::of_request(request).and_then(|named| judge(&named)));
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(ModelUse::of_setup_once(setup).iter().filter_map(judge));
}

fn judge(named: &ModelUse<'_>) -> Option<Finding> {
    match named.provider.model(&named.id) {
        Some(model) if model.is_listed() => None,
        Some(model) => Some(unlisted(named, model)),
        None => Some(unknown(named)),
    }
}

/// An id that the provider's own pages do not name.
fn unlisted(named: &ModelUse<'_>, model: &Model) -> Finding {
    let what = match model.status {
        ModelStatus::ClientOnly => "is reached through a client's own channel only",
        _ => "is named by none of the provider's pages",
    };
    Finding::new(&RULE, named.place, format!("the model `{}` {what}", model.id))
        .severity(Severity::Warning)
        .label(match model.status {
            ModelStatus::ClientOnly => "only that client reaches it",
            _ => "known from third parties only",
        })
        .help(available(named, None))
}

fn unknown(named: &ModelUse<'_>) -> Finding {
    let (provider, id) = (named.provider, named.id.as_ref());
    let other_models = named.catalog.other_models();
    let gateway = other_models.aggregator_of(id);
    let spelling = provider.spellings.iter().find(|spelling| spelling.wrong == id);
    // What another API lists by this very name is no slip of this one's.
    let owner = owner(named);
    let meant = provider.proposed_model(id, named.today).filter(|_| owner.is_none());
    let mut finding = Finding::new(
        &RULE,
        named.place,
        format!("{} has no model `{}`", provider.name, super::mask(&super::shown(id))),
    )
    .help(available(named, meant));
    // Where only the name speaks for this API, a name that is right elsewhere, or near none of the
    // API's own, may be meant for another: a gateway, or weights that one serves oneself.
    let right_elsewhere = gateway.is_some() || spelling.is_some_and(|spelling| spelling.elsewhere);
    let of_its_line = other_models.vendor_of(id).is_some()
        || meant.is_some()
        || owner.is_some()
        || spelling.is_some()
        || begins_as_its_own(provider, id);
    let may_be_anothers = !named.is_certain && (right_elsewhere || !of_its_line);
    // In a list to choose from it is refused only when it is chosen.
    if may_be_anothers || named.is_choice {
        finding = finding.severity(Severity::Warning);
    }
    finding.remedy = meant.and_then(|meant| remedy(named, meant, may_be_anothers));
    let suffix = provider
        .suffixes
        .iter()
        .find(|affix| affix.suffix.as_ref().is_some_and(|suffix| id.ends_with(suffix.as_str())));
    if let (Some(affix), Some(meant)) = (suffix, meant) {
        let mark = affix.suffix.as_deref().unwrap_or_default();
        return finding
            .label(format!("write {}", current(named, meant)))
            .help(format!("`{mark}` is {}", affix.what));
    }
    finding.label(label(named, meant, spelling, owner))
}

/// The model that was meant in the place of the one that is none. It is certain where the request goes to
/// this API, and at most one letter makes it this model and none of the others.
fn remedy(named: &ModelUse<'_>, meant: &str, may_be_anothers: bool) -> Option<Remedy> {
    // What stands before the slash may be a tool's own name for the API.
    if may_be_anothers && named.id.contains('/') {
        return None;
    }
    let model = named.provider.model(meant)?;
    let written = named.provider.bare_id(&named.id);
    let near = |id: &str| similar::is_same_word(written, id) || similar::distance(written, id) <= 1;
    let listed = named.provider.models.iter().filter(|model| model.is_listed());
    // Another version is another model, and no slip.
    let digits = |id: &str| id.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_plain = near(meant)
        && digits(written) == digits(meant)
        && listed.filter(|model| near(&model.id)).count() == 1;
    let (id, is_same) = match &model.replaced_by {
        Some(next) if model.has_ended(named.today) => (next.as_str(), false),
        _ => (meant, true),
    };
    // Where another warning would take the place of this finding, nothing is won.
    let renamed = ModelUse { id: id.into(), ..named.clone() };
    if deprecated_model::judge(&renamed).is_some() {
        return None;
    }
    let is_safe = is_same && is_plain && !may_be_anothers && !named.is_choice;
    let applicability = if is_safe { Applicability::Safe } else { Applicability::Unsafe };
    named.to(id).map(|changes| Remedy { applicability, changes })
}

/// Another API that lists the model, whatever is put around its id.
fn owner<'t>(named: &ModelUse<'t>) -> Option<&'t Provider> {
    let bare = named.provider.bare_id(&named.id);
    let bare = bare.rsplit('/').next().unwrap_or(bare);
    let mut knowing = named.catalog.providers_of_model(bare);
    knowing.find(|other| other.id != named.provider.id).map(AsRef::as_ref).filter(|_| {
        // The provider's own model in a gateway's notation is a slip of its own.
        named.provider.model(bare).is_none()
    })
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
    named: &ModelUse<'_>,
    meant: Option<&str>,
    spelling: Option<&Spelling>,
    owner: Option<&Provider>,
) -> String {
    let other_models = named.catalog.other_models();
    if let Some(owner) = owner {
        return format!("a model of {}", owner.name);
    }
    if let (Some(meant), Some(gateway)) = (meant, other_models.aggregator_of(&named.id)) {
        let meant = current(named, meant);
        return format!("a gateway's notation ({}); the API calls it {meant}", gateway.name);
    }
    let note = spelling.and_then(|spelling| spelling.note.clone());
    match (meant, note) {
        (Some(meant), Some(note)) if spelling.is_some_and(|spelling| spelling.elsewhere) => {
            format!("{note}; the API calls it {}", current(named, meant))
        }
        (Some(meant), _) => format!("did you mean {}?", current(named, meant)),
        (None, Some(note)) => note,
        (None, None) => match other_models.vendor_of(&named.id) {
            Some(vendor) => format!("a model of {vendor}"),
            None => "no such model".to_owned(),
        },
    }
}

/// The model's id, and, where it has ended, the one to use instead.
fn current(named: &ModelUse<'_>, id: &str) -> String {
    let ended = named.provider.model(id).filter(|model| model.has_ended(named.today));
    match ended.and_then(|model| model.replaced_by.as_deref()) {
        Some(next) => format!("`{id}`, which has ended; today `{next}`"),
        None => format!("`{id}`"),
    }
}

/// The models that can be called, for a help line: those of the sort that was meant.
fn available(named: &ModelUse<'_>, meant: Option<&str>) -> String {
    let provider = named.provider;
    let sort = meant.and_then(|id| provider.model(id)).map_or(ModelKind::Chat, |model| model.kind);
    let fits = |model: &&Model| {
        model.is_listed()
            && model.kind == sort
            && !model.has_ended(named.today)
            && model.status == ModelStatus::Current
            && model.endpoints.iter().any(|endpoint| endpoint == named.kind)
    };
    let ids: Vec<&str> =
        provider.models.iter().filter(fits).map(|model| model.id.as_str()).collect();
    format!("available: {}", ids.join(", "))
}
