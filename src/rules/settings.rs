//! Settings that a tool's data says to tell: which of them hold in an entry, and where.

use serde_json::{Value, json};

use super::finding::{Finding, Place};
use super::{Rule, Setup};
use crate::diagnostic::{Severity, Target};
use crate::document::{Kind, Node};
use crate::fix::{Change, New, Remedy};
use crate::identify::{SettingPlace, setting_places};
use crate::knowledge::{ClientSetting, OtherSetting, Start, When};

/// What the tool's data has `rule` tell of this entry.
#[must_use]
pub fn told(rule: &Rule, setup: &Setup<'_>) -> Vec<Finding> {
    let data = setup.entry.data();
    let of_rule = data.settings.iter().filter(|setting| setting.rule == rule.id);
    // Of a provider without an entry there is nothing but what stands elsewhere in the file.
    let of_rule = of_rule.filter(|setting| setting.root || !setup.entry.is_implied);
    let mut found = Vec::new();
    for setting in of_rule {
        let parts: Vec<Node<'_>> = match &setting.each {
            Some(each) => {
                let places = setting_places(setup.node, each, None, data.ignore_case);
                places.into_iter().map(|place| place.node).collect()
            }
            None => vec![setup.node],
        };
        let parts = parts.into_iter();
        for part in parts.filter(|part| applies(&setting.when, setup, *part)) {
            found.extend(told_of(rule, setting, setup, part));
        }
    }
    found
}

/// What is told of one setting in the entry, or in a part of it.
fn told_of(
    rule: &Rule,
    setting: &ClientSetting,
    setup: &Setup<'_>,
    part: Node<'_>,
) -> Vec<Finding> {
    let ignore_case = setup.entry.data().ignore_case;
    let from = if setting.root { setup.root } else { part };
    if setting.when.absent {
        let steps: Vec<&str> = setting.at.split('/').skip(1).collect();
        let mut lacking = Vec::new();
        lacks(from, &steps, ignore_case, &mut lacking);
        let told = lacking.into_iter().map(|(node, missing)| {
            let mut told = finding(rule, setting, setup, Place::container(node), "");
            told.remedy = added(setting, node, missing);
            told
        });
        return told.collect();
    }
    let places = setting_places(from, &setting.at, None, ignore_case);
    let held = places.iter().filter(|found| holds(&setting.when, found, setup));
    let told = held.map(|found| {
        let mut told = finding(rule, setting, setup, place(found), &found.text());
        told.remedy = replaced(setting, setup, found);
        told
    });
    told.collect()
}

/// What puts the value that mends a setting in the place of what stands at `found`. It changes what the tool does,
/// so it is for people to look at.
fn replaced(
    setting: &ClientSetting,
    setup: &Setup<'_>,
    found: &SettingPlace<'_>,
) -> Option<Remedy> {
    let text = found.text();
    let to = match setting.write.as_ref()? {
        Value::String(form) => {
            New::Text(form.replace("{key}", &setup.entry.name).replace("{value}", &text))
        }
        other => New::Data(other.clone()),
    };
    let node = found.node.id();
    let change = match (&found.part, to) {
        (None, to) => Change::Set { node, to },
        (Some(part), New::Text(to)) => {
            let start = part.start?;
            Change::Part { node, range: start..start + part.text.len(), to }
        }
        _ => return None,
    };
    Some(Remedy::risky(change))
}

/// What adds the value to the object in which the steps `missing` lead nowhere.
fn added(setting: &ClientSetting, object: Node<'_>, missing: &[&str]) -> Option<Remedy> {
    let (key, below) = missing.split_first()?;
    let value = below.iter().rev().try_fold(setting.write.clone()?, |value, step| {
        (*step != "*").then(|| json!({ *step: value }))
    })?;
    let after = object.members().last()?.value.id();
    let value = New::Data(value);
    Some(Remedy::risky(Change::Insert { after, key: (*key).to_owned(), value }))
}

/// Whether what else stands in the entry, and the API that it is for, let a setting be told.
fn applies(when: &When, setup: &Setup<'_>, part: Node<'_>) -> bool {
    let data = setup.entry.data();
    let is_there = |at: &str| !setting_places(part, at, None, data.ignore_case).is_empty();
    let is_set = |other: &OtherSetting| {
        let from = match other.from {
            Start::Part => part,
            Start::Entry => setup.node,
            Start::Root => setup.root,
        };
        let places = setting_places(from, &other.at, None, data.ignore_case);
        places.iter().any(|place| other.is.iter().any(|wanted| place.is(wanted)))
    };
    let protocol = when.protocol.as_deref();
    let spoken = protocol.is_none() || protocol == setup.entry.protocol.as_deref();
    // Where a member beside each value may decide, that is asked first.
    let chosen = when.named_beside.is_some() || is_chosen(when, setup);
    let of_api = when.providers.is_empty() || when.providers.contains(&setup.provider.id);
    let beside = when.beside.as_deref().is_none_or(is_there);
    let alone = !when.without.as_deref().is_some_and(is_there);
    let decided = when.unless.iter().any(is_set);
    let given = when.given.iter().all(is_set);
    spoken && chosen && of_api && beside && alone && given && !decided
}

fn finding(
    rule: &Rule,
    setting: &ClientSetting,
    setup: &Setup<'_>,
    place: Place,
    value: &str,
) -> Finding {
    let value = super::mask(&super::shown(value)).into_owned();
    let worded = |words: &str| words.replace("{key}", &setup.entry.name).replace("{value}", &value);
    let mut finding = Finding::new(rule, place, worded(&setting.message))
        .label(worded(&setting.label))
        .help(worded(&setting.help))
        .not_refused();
    // What a setting does is the tool's affair: nothing says for certain that a request is refused.
    finding.severity = finding.severity.min(Severity::Warning);
    finding
}

fn place(found: &SettingPlace<'_>) -> Place {
    match &found.part {
        Some(part) => Place { node: found.node.id(), target: Target::Value, span: part.span },
        None => Place::value(found.node),
    }
}

/// The innermost objects on the way that `steps` name in which the next step is missing, each with what is missing.
fn lacks<'t, 's>(
    node: Node<'t>,
    steps: &'s [&'s str],
    ignore_case: bool,
    found: &mut Vec<(Node<'t>, &'s [&'s str])>,
) {
    let Some((step, rest)) = steps.split_first() else { return };
    let below = setting_places(node, &format!("/{step}"), None, ignore_case);
    if below.is_empty() {
        if *step != "*" && node.kind() == Kind::Object {
            found.push((node, steps));
        }
        return;
    }
    for place in below {
        lacks(place.node, rest, ignore_case, found);
    }
}

/// Whether the file's own choice is the entry, where it is asked for.
fn is_chosen(when: &When, setup: &Setup<'_>) -> bool {
    when.chosen_by.as_deref().is_none_or(|pointer| {
        let name = setup.root.at(pointer).and_then(Node::as_str);
        name.is_some_and(|name| name == setup.entry.name)
    })
}

/// Whether a value is the entry's, by the name that stands beside it or else by the file's choice.
fn is_its_own(when: &When, place: &SettingPlace<'_>, setup: &Setup<'_>) -> bool {
    let Some(beside) = &when.named_beside else { return true };
    let holder = place.node.parent_in(setup.root);
    let name = holder.and_then(|holder| holder.get(beside)).and_then(Node::as_str);
    name.map_or_else(|| is_chosen(when, setup), |name| name == setup.entry.name)
}

/// Whether every condition that is given holds of a value.
fn holds(when: &When, place: &SettingPlace<'_>, setup: &Setup<'_>) -> bool {
    if !is_its_own(when, place, setup) {
        return false;
    }
    let is = |wanted: &Value| place.is(wanted);
    let number = place.text().parse::<f64>().ok();
    let above = when.above.is_none_or(|least| number.is_some_and(|number| number > least));
    let below = when.below.is_none_or(|most| number.is_some_and(|number| number < most));
    let among = when.is.is_empty() || when.is.iter().any(is);
    let apart = when.is_not.is_empty() || !when.is_not.iter().any(is);
    let inside = when.holds.is_empty()
        || place.node.elements().any(|element| {
            let element = SettingPlace { node: element, part: None, ..place.clone() };
            when.holds.iter().any(|wanted| element.is(wanted))
        });
    let named = !when.names_model || names_model(&place.text(), setup);
    let stands_at = |at: &String| {
        let others = setting_places(setup.root, at, None, false);
        others.iter().any(|other| other.text() == place.text())
    };
    let elsewhere = when.not_among.iter().any(stands_at);
    above && below && among && apart && inside && named && !elsewhere
}

/// Whether a text is the id of one of the API's models, or a slip of it, with nothing before it.
fn names_model(text: &str, setup: &Setup<'_>) -> bool {
    let is_known = setup.provider.model(text).is_some();
    !text.contains('/') && (is_known || setup.provider.meant_model(text).is_some())
}
