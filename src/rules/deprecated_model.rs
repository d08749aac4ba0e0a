//! `deprecated-model`: a model that has ended, or soon will.

use super::finding::Finding;
use super::model_use::ModelUse;
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::{Applicability, Severity};
use crate::fix::Remedy;
use crate::knowledge::{Model, Provider};

/// How many days before a model's end the warning begins.
const NOTICE_DAYS: i64 = 30;

/// The rule.
pub static RULE: Rule = Rule {
    id: "deprecated-model",
    severity: Severity::Error,
    summary: "The model has ended, or ends within 30 days",
    docs: r#"
A model that was shut down is refused like one that never was; nothing is routed to its successor.
It is a warning for the 30 days before the end, and an error from the day of the end on. The day is
today's, or the one that `--today` or `today` in the configuration fixes.

A model that one provider still lists and another has ended gets a warning, until a host or the
configuration says which of the two is meant.

```json bad provider=xiaomi
{"model": "mimo-v2.5-pro", "messages": [{"role": "user", "content": "Hi"}]}
```

```json good provider=xiaomi
{"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    found.extend(ModelUse::of_request(request).and_then(|named| judge(&named)));
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(ModelUse::of_setup_once(setup).iter().filter_map(judge));
}

/// What is to be told of a model that is named, as far as its life goes.
pub fn judge(named: &ModelUse<'_>) -> Option<Finding> {
    // What the provider itself never named has no end that it has told: another rule warns of it.
    let model = named.listed()?;
    if model.has_ended(named.today) {
        return Some(ended(named, model));
    }
    if let Some(days) = model.until.as_deref().and_then(|until| days_between(named.today, until)) {
        return (days <= NOTICE_DAYS).then(|| ending(named, model, days));
    }
    if named.is_certain {
        return None;
    }
    let (other, gone) = named.catalog.providers().iter().find_map(|other| {
        let model = other.model(&model.id)?;
        (other.id != named.provider.id && model.is_listed() && model.has_ended(named.today))
            .then_some((other, model))
    })?;
    Some(ended_elsewhere(named, other, gone))
}

fn ended(named: &ModelUse<'_>, model: &Model) -> Finding {
    let when = model.until.as_deref().map(|until| format!(" on {until}")).unwrap_or_default();
    let message = format!("{} shut down the model `{}`{when}", named.provider.name, model.id);
    let finding = Finding::new(&RULE, named.place, message)
        .help(format!("judged as of {}; no request is routed to a successor", named.today));
    let finding = match &model.replaced_by {
        Some(next) => successor(finding.label(format!("use `{next}`")), named, next),
        None => finding.label("it has no successor"),
    };
    // In a list to choose from it is refused only when it is chosen.
    if named.is_choice { finding.severity(Severity::Warning) } else { finding }
}

fn ending(named: &ModelUse<'_>, model: &Model, days: i64) -> Finding {
    let until = model.until.as_deref().unwrap_or_default();
    let finding = Finding::new(
        &RULE,
        named.place,
        format!("the model `{}` is shut down on {until}, in {days} days", model.id),
    )
    .severity(Severity::Warning)
    .help(format!("judged as of {}; from that day on it is refused", named.today))
    .not_refused();
    match &model.replaced_by {
        Some(next) => successor(finding.label(format!("move to `{next}`")), named, next),
        None => finding.label("it has no successor"),
    }
}

/// The successor is another model, with other answers and another price: not for anyone to choose unseen.
fn successor(mut finding: Finding, named: &ModelUse<'_>, next: &str) -> Finding {
    finding.remedy =
        named.to(next).map(|changes| Remedy { applicability: Applicability::Unsafe, changes });
    finding
}

fn ended_elsewhere(named: &ModelUse<'_>, other: &Provider, gone: &Model) -> Finding {
    let provider = named.provider;
    let until = gone.until.as_deref().unwrap_or("an unknown day");
    let next = gone.replaced_by.as_deref();
    Finding::new(
        &RULE,
        named.place,
        format!(
            "the model `{}` ended at {} on {until}; {} still lists it",
            gone.id, other.name, provider.name
        ),
    )
    .severity(Severity::Warning)
    .label(
        next.map_or(String::from("which API is meant?"), |next| {
            format!("at {}: `{next}`", other.id)
        }),
    )
    .help(format!(
        "`provider = \"{}\"` in requestlint.toml, or a URL beside it, settles which API is meant",
        provider.id
    ))
    .not_refused()
}

/// Days from `from` to `to`, both `YYYY-MM-DD`; `None` where one is no such date.
fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(day_number(to)? - day_number(from)?)
}

/// The day's number in the Gregorian calendar, counted from a fixed day (Howard Hinnant's
/// `days_from_civil`).
#[must_use]
pub fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year)
}

#[cfg(test)]
mod tests {
    use super::days_between;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        assert_eq!(days_between("2026-09-22", "2026-10-21"), Some(29));
        assert_eq!(days_between("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days_between("2026-11-24", "2026-10-21"), Some(-34));
        assert_eq!(days_between("soon", "2026-10-21"), None);
    }
}
