//! The bundled facts: of the right shape, explainable, sourced, and complete.

mod support;

use std::collections::BTreeSet;

use requestlint::knowledge::{bundle, sources};
use requestlint::rules::{self, ALL};
use serde_json::Value;
use support::{DAY, each_schema, endpoint_schemas};

const META: [&str; 10] = [
    include_str!("../schemas/meta/endpoint.schema.json"),
    include_str!("../schemas/meta/provider.schema.json"),
    include_str!("../schemas/meta/sources.schema.json"),
    include_str!("../schemas/meta/facts.schema.json"),
    include_str!("../schemas/meta/other-models.schema.json"),
    include_str!("../schemas/meta/causes.schema.json"),
    include_str!("../schemas/meta/syntaxes.schema.json"),
    include_str!("../schemas/meta/client.schema.json"),
    include_str!("../schemas/meta/hidden-places.schema.json"),
    include_str!("../schemas/meta/bundlers.schema.json"),
];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Every bundled file: its path under `schemas/`, and its content.
fn files() -> Vec<(&'static str, Value)> {
    bundle::files().iter().map(|(path, text)| (*path, parsed(text))).collect()
}

fn file(path: &str) -> Value {
    parsed(bundle::file(path).unwrap_or_else(|| panic!("schemas/{path} is bundled")))
}

fn provider_files() -> Vec<(&'static str, Value)> {
    files().into_iter().filter(|(path, _)| path.ends_with("/provider.json")).collect()
}

/// The schema in `schemas/meta/` that the file at `path` is held to; `None` for a schema of its own
/// right.
fn meta_of(path: &str) -> Option<Value> {
    let index = match path {
        "sources.json" => 2,
        "facts.json" => 3,
        "other-models.json" => 4,
        "causes.json" => 5,
        "syntaxes.json" => 6,
        path if path.starts_with("clients/") => 7,
        "hidden-places.json" => 8,
        "bundlers.json" => 9,
        path if path.ends_with("/provider.json") => 1,
        path if path.starts_with("meta/") => return None,
        path if path.ends_with(".schema.json") => 0,
        path => panic!("schemas/{path} has no schema in schemas/meta"),
    };
    Some(parsed(META[index]))
}

#[test]
fn every_file_is_of_the_shape_that_its_schema_describes() {
    let mut wrong = Vec::new();
    for (path, content) in files() {
        match meta_of(path) {
            None => {
                if let Err(error) = jsonschema::meta::validate(&content) {
                    wrong.push(format!("{path}: no JSON Schema: {error}"));
                }
            }
            Some(schema) => {
                let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
                let errors = validator.iter_errors(&content);
                wrong.extend(
                    errors.map(|error| format!("{path}{}: {error}", error.instance_path())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_in_a_bundled_file_is_seen() {
    let valid = |path: &str, content: &Value| {
        let schema = meta_of(path).expect("a schema in schemas/meta");
        jsonschema::is_valid(&schema, content)
    };
    let path = "providers/mimo/provider.json";
    let mut provider = file(path);
    assert!(valid(path, &provider));
    provider["models"][0].as_object_mut().expect("a model").remove("source");
    assert!(!valid(path, &provider), "a model without a source");

    let path = "providers/mimo/chat-completions.schema.json";
    let mut endpoint = file(path);
    assert!(valid(path, &endpoint));
    endpoint["properties"]["temperature"]["oneOf"] = serde_json::json!([]);
    assert!(!valid(path, &endpoint), "a keyword that hides which branch was meant");
}

#[test]
fn an_id_is_the_path_of_its_file() {
    for (path, schema) in endpoint_schemas() {
        assert_eq!(schema["$id"], format!("requestlint:///{path}"), "{path}");
    }
    for (path, provider) in provider_files() {
        let folder = path.trim_start_matches("providers/").trim_end_matches("/provider.json");
        assert_eq!(provider["id"], folder, "{path}");
    }
}

/// Calls `visit` with every wording of an annotation, and where it stands.
fn each_wording(visit: &mut dyn FnMut(String, &Value)) {
    for (path, schema) in endpoint_schemas() {
        each_schema(&schema, "", &mut |pointer, schema| {
            let Some(annotation) = schema.get("x-requestlint") else {
                return;
            };
            let keywords =
                annotation.get("keywords").and_then(Value::as_object).into_iter().flatten();
            let single = ["missing", "unknown"]
                .iter()
                .filter_map(|name| Some((*name, annotation.get(*name)?)));
            for (name, wording) in
                keywords.map(|(name, wording)| (name.as_str(), wording)).chain(single)
            {
                visit(format!("{path}#{pointer} ({name})"), wording);
            }
        });
    }
}

#[test]
fn every_rule_that_a_schema_names_exists() {
    let (mut named, mut unknown) = (0, Vec::new());
    each_wording(&mut |place, wording| {
        if let Some(rule) = wording.get("rule").and_then(Value::as_str) {
            named += 1;
            if rules::find(rule).is_none() {
                unknown.push(format!("{place}: {rule}"));
            }
        }
    });
    assert!(named > 10, "only {named} rules are named");
    assert!(unknown.is_empty(), "rules that do not exist:\n{}", unknown.join("\n"));
}

/// Where a fact of `facts.json` is held; the fault where it leads nowhere.
fn leads_nowhere(place: &str) -> bool {
    let Some((path, pointer)) = place.split_once('#') else {
        return true;
    };
    bundle::file(path).is_none_or(|text| parsed(text).pointer(pointer).is_none())
}

#[test]
fn every_known_fact_is_held_or_left_out_for_a_reason() {
    let facts = file("facts.json");
    let facts = facts.as_array().expect("a list");
    assert!(facts.len() > 100, "only {} facts", facts.len());
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for fact in facts {
        let row = format!(
            "{} {}",
            fact["section"].as_str().expect("a section"),
            fact["row"].as_str().expect("a row")
        );
        let held: Vec<&str> =
            fact["held_by"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match (held.is_empty(), fact["left_out"].as_str().is_none_or(str::is_empty)) {
            (true, true) => wrong.push(format!("{row}: neither held nor left out")),
            (false, false) => wrong.push(format!("{row}: both held and left out")),
            _ => {}
        }
        wrong.extend(
            held.iter()
                .filter(|place| leads_nowhere(place))
                .map(|place| format!("{row}: no {place}")),
        );
        if !seen.insert(row.clone()) {
            wrong.push(format!("{row}: listed twice"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for section in ["1.1", "1.2", "1.3", "2", "3.1", "3.6", "4", "4b", "4c"] {
        assert!(
            facts.iter().any(|fact| fact["section"] == section),
            "no fact of section {section}"
        );
    }
    assert!(leads_nowhere("providers/mimo/provider.json#/no/such/place"));
    assert!(leads_nowhere("no-such-file.json#/models"));
}

/// Every `source` at and below `value`, whether one tag or several.
fn tags(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                match inner {
                    Value::String(tag) if name == "source" => {
                        // A page can stand for itself.
                        if !tag.starts_with("https://") {
                            found.insert(tag.clone());
                        }
                    }
                    Value::Array(all) if name == "source" => {
                        found.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    inner => tags(inner, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| tags(item, found)),
        _ => {}
    }
}

/// Whether a tag is a public issue's own name: `owner/repo#N`.
fn is_issue(tag: &str) -> bool {
    let plain = |text: &str| {
        !text.is_empty()
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
    };
    tag.split_once('#').is_some_and(|(repository, number)| {
        repository.split_once('/').is_some_and(|(owner, name)| plain(owner) && plain(name))
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[test]
fn every_source_is_listed() {
    let mut used = BTreeSet::new();
    for (path, content) in files() {
        if !path.starts_with("meta/") {
            tags(&content, &mut used);
        }
    }
    assert!(used.len() > 20, "{used:?}");
    let unlisted: Vec<&String> =
        used.iter().filter(|tag| !is_issue(tag) && !sources().contains_key(*tag)).collect();
    assert!(unlisted.is_empty(), "not in sources.json: {unlisted:?}");
    assert!(
        is_issue("XiaomiMiMo/MiMo-V2#12")
            && !is_issue("X-oai")
            && !is_issue("a/b")
            && !is_issue("a/b#c")
    );
}

#[test]
fn a_model_is_replaced_by_one_that_can_be_called() {
    let mut replaced = 0;
    for (path, provider) in provider_files() {
        let models = provider["models"].as_array().expect("models");
        let ids: BTreeSet<&str> = models.iter().filter_map(|model| model["id"].as_str()).collect();
        assert_eq!(ids.len(), models.len(), "{path} names a model twice");
        for model in models {
            let Some(next) = model["replaced_by"].as_str() else {
                continue;
            };
            replaced += 1;
            let next = models.iter().find(|other| other["id"] == next);
            let next = next.unwrap_or_else(|| {
                panic!("{path}: {} is replaced by none of its models", model["id"])
            });
            assert_eq!(
                next["status"], "current",
                "{path}: {} is replaced by {}",
                model["id"], next["id"]
            );
            assert!(
                next["until"].as_str().is_none_or(|until| until > DAY),
                "{path}: {} has ended too",
                next["id"]
            );
        }
        for spelling in provider["spellings"].as_array().into_iter().flatten() {
            let right = spelling["right"].as_str();
            assert!(
                right.is_none_or(|right| ids.contains(right)),
                "{path}: {spelling} means no model"
            );
        }
    }
    assert!(replaced > 0, "no model is replaced");
}

/// Rules that the data speaks of and that are still to come.
const TO_COME: [&str; 1] = ["region-endpoint"];

#[test]
fn what_is_still_to_come_is_spoken_of_and_does_not_exist() {
    let mut spoken_of = BTreeSet::new();
    for (_, provider) in provider_files() {
        let predictions = provider["predictions"].as_array().into_iter().flatten();
        spoken_of.extend(predictions.filter_map(|one| one["rule"].as_str().map(str::to_owned)));
    }
    for rule in TO_COME {
        assert!(rules::find(rule).is_none(), "`{rule}` exists: take it from the list");
        assert!(spoken_of.contains(rule), "no data speaks of `{rule}`");
    }
}

#[test]
fn every_prediction_is_of_a_rule_and_of_a_listed_answer() {
    for (path, provider) in provider_files() {
        let mut seen = BTreeSet::new();
        let predictions = provider["predictions"].as_array().expect("predictions");
        for prediction in predictions {
            let rule = prediction["rule"].as_str().expect("a rule");
            let known = rule == "*" || rules::find(rule).is_some() || TO_COME.contains(&rule);
            assert!(known, "{path} predicts for `{rule}`, which is no rule");
            assert!(seen.insert(rule), "{path} predicts twice for `{rule}`");
            let listed = provider["errors"].as_array().expect("errors").iter().any(|error| {
                error["status"] == prediction["status"] && error["code"] == prediction["code"]
            });
            // What is taken nevertheless is no error, and stands in no error table.
            let taken = prediction["status"] == 200 && prediction["code"] == "accepted";
            assert!(listed || taken, "{path}: {prediction} is not in its error table");
        }
        assert!(seen.contains("*"), "{path} has no answer for every other rule");
    }
}

#[test]
fn every_error_rule_predicts_an_answer_somewhere() {
    let catalog = requestlint::knowledge::Catalog::bundled();
    for rule in ALL.iter().filter(|rule| rule.severity == requestlint::Severity::Error) {
        let predicted =
            catalog.providers().iter().any(|provider| {
                rule.prediction(provider).is_some_and(|answer| answer.status >= 400)
            }) || rule.basis == rules::Basis::Answer;
        assert!(predicted, "no provider answers anything to {}", rule.id);
    }
}

#[test]
fn every_schema_can_be_used() {
    let catalog = requestlint::knowledge::Catalog::bundled();
    let mut used = 0;
    for (path, _) in endpoint_schemas() {
        let Some((provider, kind)) =
            path.strip_prefix("providers/").and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        let kind = kind.trim_end_matches(".schema.json");
        let validator = catalog.validator(provider, kind).expect("a known schema");
        assert!(validator.is_ok(), "{path}: {validator:?}");
        used += 1;
    }
    assert!(used >= 5, "only {used} schemas");
}
