//! Settings that a tool's data says to tell: which of them hold in an entry, and where.

use serde_json::Value;

use super::finding::{Finding, Place};
use super::{Rule, Setup};
use crate::diagnostic::{Severity, Target};
use crate::document::{Kind, Node};
use crate::identify::{SettingPlace, setting_places};
use crate::knowledge::{ClientSetting, When};

/// What the tool's data has `rule` tell of this entry.
#[must_use]
pub fn told(rule: &Rule, setup: &Setup<'_>) -> Vec<Finding> {
    let data = setup.entry.data();
    let of_rule = data.settings.iter().filter(|setting| setting.rule == rule.id);
    let mut found = Vec::new();
    for setting in of_rule.filter(|setting| applies(&setting.when, setup)) {
        let from = if setting.root { setup.root } else { setup.node };
        let places = if setting.when.absent {
            let steps: Vec<&str> = setting.at.split('/').skip(1).collect();
            let mut lacking = Vec::new();
            lacks(from, &steps, data.ignore_case, &mut lacking);
            lacking.into_iter().map(Place::container).collect()
        } else {
            let places = setting_places(from, &setting.at, None, data.ignore_case);
            let held = places.iter().filter(|place| holds(&setting.when, place));
            held.map(place).collect::<Vec<_>>()
        };
        found.extend(places.into_iter().map(|place| finding(rule, setting, place)));
    }
    found
}

/// Whether what else stands in the entry, and the API that it is for, let a setting be told.
fn applies(when: &When, setup: &Setup<'_>) -> bool {
    let data = setup.entry.data();
    let places = |at: &str| setting_places(setup.node, at, None, data.ignore_case);
    let protocol = when.protocol.as_deref();
    let spoken = protocol.is_none() || protocol == setup.entry.protocol.as_deref();
    let chosen = when.chosen_by.as_deref().is_none_or(|pointer| {
        let name = setup.root.at(pointer).and_then(Node::as_str);
        name.is_some_and(|name| name == setup.entry.name)
    });
    let of_api = when.providers.is_empty() || when.providers.contains(&setup.provider.id);
    let beside = when.beside.as_deref().is_none_or(|at| !places(at).is_empty());
    let decided = when.unless.iter().any(|other| {
        places(&other.at).iter().any(|place| other.is.iter().any(|wanted| is_value(place, wanted)))
    });
    spoken && chosen && of_api && beside && !decided
}

fn finding(rule: &Rule, setting: &ClientSetting, place: Place) -> Finding {
    let mut finding = Finding::new(rule, place, setting.message.clone())
        .label(setting.label.clone())
        .help(setting.help.clone())
        .not_refused();
    // What a setting does is the tool's affair: nothing says for certain that a request is refused.
    finding.severity = finding.severity.min(Severity::Warning);
    finding
}

fn place(found: &SettingPlace<'_>) -> Place {
    match &found.part {
        Some((span, _)) => Place { node: found.node.id(), target: Target::Value, span: *span },
        None => Place::value(found.node),
    }
}

/// The innermost objects on the way that `steps` name in which the next step is missing.
fn lacks<'t>(node: Node<'t>, steps: &[&str], ignore_case: bool, found: &mut Vec<Node<'t>>) {
    let Some((step, rest)) = steps.split_first() else { return };
    let below = setting_places(node, &format!("/{step}"), None, ignore_case);
    if below.is_empty() {
        if *step != "*" && node.kind() == Kind::Object {
            found.push(node);
        }
        return;
    }
    for place in below {
        lacks(place.node, rest, ignore_case, found);
    }
}

/// Whether every condition that is given holds of a value.
fn holds(when: &When, place: &SettingPlace<'_>) -> bool {
    let is = |wanted: &Value| is_value(place, wanted);
    let number = text(place).parse::<f64>().ok();
    let above = when.above.is_none_or(|least| number.is_some_and(|number| number > least));
    let below = when.below.is_none_or(|most| number.is_some_and(|number| number < most));
    let among = when.is.is_empty() || when.is.iter().any(is);
    let apart = when.is_not.is_empty() || !when.is_not.iter().any(is);
    let inside = when.holds.is_empty()
        || place.node.elements().any(|element| {
            let element = SettingPlace { node: element, part: None, ..place.clone() };
            when.holds.iter().any(|wanted| is_value(&element, wanted))
        });
    above && below && among && apart && inside
}

/// A value's text: what of it stands in the file, without quotes.
fn text(place: &SettingPlace<'_>) -> String {
    match &place.part {
        Some((_, text)) => text.clone(),
        None => place.node.as_str().map_or_else(|| place.node.raw().to_owned(), Into::into),
    }
}

/// Whether a value is `wanted`; in files of variables a number or a switch is a text.
fn is_value(place: &SettingPlace<'_>, wanted: &Value) -> bool {
    let kind = place.node.kind();
    let written = wanted.to_string();
    match wanted {
        Value::Null => kind == Kind::Null,
        Value::String(wanted) => kind == Kind::String && text(place) == *wanted,
        _ => matches!(kind, Kind::String | Kind::Number | Kind::Bool) && text(place) == written,
    }
}
