//! Every error stands on the provider's own documentation, or on an answer that it gave: a test, and not
//! a promise.

use std::collections::BTreeSet;

use requestlint::knowledge::annotation::Annotation;
use requestlint::knowledge::{
    Catalog, Confidence, Provider, SchemaSet, Tags, bundle, describing_schema, standing,
};
use requestlint::rules::{self, Basis};
use requestlint::{Linter, Severity};
use serde_json::{Value, json};

/// Whose facts a source holds: the reseller's pages are `R-…`; all other pages, probes, notes and issues
/// are about Xiaomi's platform.
fn owner(tag: &str) -> &'static str {
    let of_the_reseller = tag.starts_with("R-") || tag.starts_with("https://www.mimo-v2.com/");
    if of_the_reseller { "mimo" } else { "xiaomi" }
}

/// Why an error on these grounds is none that `provider` is known to answer with.
fn unfounded(
    provider: &str,
    severity: Severity,
    confidence: Confidence,
    sources: &[&str],
) -> Option<String> {
    // As the rules lower it when they run.
    let severity = if confidence.is_firm() { severity } else { severity.min(Severity::Warning) };
    if severity != Severity::Error {
        return None;
    }
    if sources.is_empty() {
        return Some("an error that rests on nothing".to_owned());
    }
    let own = sources.iter().any(|tag| owner(tag) == provider);
    (!own).then(|| format!("an error that rests on another's word ({})", sources.join(", ")))
}

/// The rule that tells of a keyword's complaint, where the schema names none.
fn rule_of(keyword: &str) -> &'static str {
    match keyword {
        "required" => "missing-field",
        "additionalProperties" => "unknown-field",
        "type" => "wrong-type",
        "minimum" | "maximum" => "out-of-range",
        "minItems" | "maxItems" | "minLength" | "maxLength" => "wrong-length",
        "enum" | "const" | "pattern" => "invalid-value",
        other => panic!("a keyword that no rule is known to tell of: {other}"),
    }
}

const KEYWORDS: [&str; 11] = [
    "additionalProperties",
    "type",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "enum",
    "const",
    "pattern",
];

/// Walks everything that the schema at `uri` asks of a request.
struct Walk<'s> {
    schemas: &'s SchemaSet,
    uri: &'s str,
    provider: &'s str,
    constraints: usize,
    faults: BTreeSet<String>,
}

impl<'s> Walk<'s> {
    fn of(schemas: &'s SchemaSet, uri: &'s str, provider: &'s str) -> Self {
        let faults = BTreeSet::new();
        let mut walk = Self { schemas, uri, provider, constraints: 0, faults };
        walk.schema(uri, schemas.at(uri).expect("a schema"), "", 0);
        walk
    }

    /// `pointer` leads to an instance that the schema is held to.
    fn schema(&mut self, base: &str, schema: &'s Value, pointer: &str, depth: usize) {
        assert!(depth < 64, "{}: shapes without an end at {pointer}", self.uri);
        let beside = Annotation::of(schema);
        for keyword in KEYWORDS.iter().filter(|keyword| schema.get(**keyword).is_some()) {
            let wording = match *keyword {
                "additionalProperties" => beside.unknown.clone(),
                keyword => beside.keywords.get(keyword).cloned(),
            };
            self.constraint(keyword, wording.unwrap_or_default(), &beside, pointer);
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let property = self.property(base, schema, pointer, name);
            let wording = property.missing.clone().unwrap_or_default();
            self.constraint("required", wording, &property, pointer);
        }
        let (file, meant) = self.schemas.follow(base, schema);
        if !std::ptr::eq(meant, schema) {
            self.schema(&file, meant, pointer, depth + 1);
        }
        for branch in schema["allOf"].as_array().into_iter().flatten() {
            self.schema(base, branch, pointer, depth + 1);
        }
        if let Some(then) = schema.get("then") {
            self.schema(base, then, pointer, depth + 1);
        }
        if let Some(items) = schema.get("items") {
            self.schema(base, items, &format!("{pointer}/0"), depth + 1);
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            self.schema(base, property, &format!("{pointer}/{name}"), depth + 1);
        }
    }

    /// The annotation of a required property: beside the requirement, or where the object is described.
    fn property(&self, base: &str, schema: &Value, pointer: &str, name: &str) -> Annotation {
        let (file, property) = match schema["properties"].get(name) {
            Some(property) => (base.to_owned(), property.clone()),
            None => match describing_schema(self.schemas, self.uri, pointer) {
                Some((file, object)) => (file, object["properties"][name].clone()),
                None => return Annotation::default(),
            },
        };
        let own = Annotation::of(&property);
        if own == Annotation::default() {
            return Annotation::of(self.schemas.follow(&file, &property).1);
        }
        own
    }

    fn constraint(
        &mut self,
        keyword: &str,
        wording: requestlint::knowledge::annotation::Wording,
        beside: &Annotation,
        pointer: &str,
    ) {
        self.constraints += 1;
        let steps: Vec<&str> =
            pointer.split('/').filter(|step| !matches!(*step, "" | "0")).collect();
        let around = standing(self.schemas, self.uri, &steps).unwrap_or_default();
        let confidence = wording.confidence.or(beside.confidence).or(around.confidence);
        let source = wording.source.or(beside.source.clone()).or(around.source);
        let sources: Vec<&str> = source.iter().flat_map(Tags::iter).collect();
        let rule = wording.rule.as_deref().unwrap_or(rule_of(keyword));
        let rule = rules::find(rule).unwrap_or_else(|| panic!("{pointer}: {rule} is no rule"));
        let own = wording.severity.as_deref().and_then(Severity::parse);
        let severity = own.unwrap_or(rule.severity);
        let confidence = confidence.unwrap_or(Confidence::Documented);
        if let Some(fault) = unfounded(self.provider, severity, confidence, &sources) {
            self.faults.insert(format!("{}#{pointer} ({keyword}): {fault}", self.uri));
        }
    }
}

/// The URI and the provider of each endpoint's schema.
fn endpoints() -> Vec<(String, &'static str)> {
    let paths = bundle::files().iter().map(|(path, _)| *path);
    paths
        .filter(|path| path.ends_with(".schema.json"))
        .filter_map(|path| {
            let (provider, _) = path.strip_prefix("providers/")?.split_once('/')?;
            Some((format!("requestlint:///{path}"), provider))
        })
        .collect()
}

#[test]
fn no_schema_makes_an_error_of_a_guess_or_of_anothers_word() {
    let (mut constraints, mut faults) = (0, BTreeSet::new());
    for (uri, provider) in endpoints() {
        let walk = Walk::of(SchemaSet::bundled(), &uri, provider);
        constraints += walk.constraints;
        faults.extend(walk.faults);
    }
    assert!(constraints > 500, "only {constraints} constraints");
    let faults: Vec<_> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rules of a provider whose errors no fact of its own bears out.
fn unfounded_rules(provider: &Provider) -> Vec<String> {
    let mut wrong = Vec::new();
    for fact in &provider.rules {
        let Some(rule) = rules::find(&fact.rule) else {
            wrong.push(format!("{}: {} is no rule", provider.id, fact.rule));
            continue;
        };
        if rule.basis != Basis::Provider {
            wrong.push(format!("{}: {} does not ask for its fact", provider.id, rule.id));
        }
        let sources: Vec<&str> = fact.source.iter().collect();
        let fault = unfounded(&provider.id, rule.severity, fact.confidence, &sources);
        wrong.extend(fault.map(|fault| format!("{}: {}: {fault}", provider.id, rule.id)));
    }
    wrong
}

#[test]
fn no_rule_makes_an_error_of_a_guess_or_of_anothers_word() {
    let providers = Catalog::bundled().providers();
    let wrong: Vec<String> =
        providers.iter().flat_map(|provider| unfounded_rules(provider)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The firm entries of a provider's tables, on which rules without a fact of their own stand, that rest
/// on another's word.
fn unfounded_entries(id: &str, value: &Value, place: &str, wrong: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let firm = matches!(value["confidence"].as_str(), Some("D" | "O"));
            if let Some(source) = members.get("source").filter(|_| firm) {
                let tags = source.as_array().cloned().unwrap_or_else(|| vec![source.clone()]);
                if !tags.iter().filter_map(Value::as_str).any(|tag| owner(tag) == id) {
                    wrong.push(format!("{id}{place}: firm, and rests on another's word {source}"));
                }
            }
            for (name, inner) in members {
                unfounded_entries(id, inner, &format!("{place}/{name}"), wrong);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                unfounded_entries(id, inner, &format!("{place}/{index}"), wrong);
            }
        }
        _ => {}
    }
}

#[test]
fn no_table_of_a_provider_calls_anothers_word_firm() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for (path, text) in bundle::files() {
        let Some(id) = path.strip_prefix("providers/").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        if path.ends_with("/provider.json") {
            seen += 1;
            let provider = serde_json::from_str(text).expect("JSON");
            unfounded_entries(id.0, &provider, "", &mut wrong);
        }
    }
    assert!(seen >= 2, "only {seen} providers");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The faults of the reseller's chat completions with `temperature` marked so.
fn faults_with(annotation: &Value) -> BTreeSet<String> {
    let uri = "requestlint:///providers/mimo/chat-completions.schema.json";
    let mut schema = SchemaSet::bundled().at(uri).expect("a schema").clone();
    schema["properties"]["temperature"]["x-requestlint"] = annotation.clone();
    let mut schemas = SchemaSet::bundled().clone();
    schemas.insert(uri, schema);
    Walk::of(&schemas, uri, "mimo").faults
}

#[test]
fn a_planted_guess_is_seen() {
    let marked =
        |source: &str, confidence: &str| json!({"source": source, "confidence": confidence});
    assert!(faults_with(&marked("R-oai", "D")).is_empty());
    assert_eq!(faults_with(&marked("X-oai", "D")).len(), 3, "its type and its two bounds");
    assert_eq!(faults_with(&json!({})).len(), 3, "marked with nothing");
    assert!(faults_with(&marked("X-oai", "C")).is_empty(), "a warning when it runs");
    let mut bound = marked("R-oai", "D");
    bound["keywords"] = json!({"maximum": {"source": "XiaomiMiMo/MiMo#1", "confidence": "O"}});
    assert_eq!(faults_with(&bound).len(), 1, "the one bound");

    let mut provider = (**Catalog::bundled().provider("mimo").expect("the reseller")).clone();
    assert!(unfounded_rules(&provider).is_empty());
    let fact = provider.rules.iter_mut().find(|fact| fact.rule == "tts-message-role");
    fact.expect("a fact").confidence = Confidence::Documented;
    assert!(unfounded_rules(&provider).is_empty(), "its own page");
    for fact in &mut provider.rules {
        fact.source = Tags::One("X-tts".to_owned());
    }
    assert!(unfounded_rules(&provider).len() > 1, "another's page");

    let mut wrong = Vec::new();
    let table = json!({"models": [{"source": ["X-model", "P1"], "confidence": "D"}]});
    unfounded_entries("mimo", &table, "", &mut wrong);
    assert_eq!(wrong.len(), 1);
}

/// The lowering that the tests above count on, in a run.
#[test]
fn what_is_not_firm_is_a_warning_when_it_runs() {
    let linter = Linter::builder().provider("mimo").build().expect("a linter");
    let severity = |body: Value| {
        let found = linter.check_value(&body).diagnostics;
        assert_eq!(found.len(), 1, "{found:#?}");
        let certain = found[0].predicts.as_ref().is_some_and(|answer| answer.certain);
        assert_eq!(certain, found[0].severity == Severity::Error, "{found:#?}");
        found[0].severity
    };
    let hi = json!([{"role": "user", "content": "Hi"}]);
    let chat = |name: &str, value: Value| {
        let mut body = json!({"model": "mimo-v2-pro", "messages": hi});
        body[name] = value;
        body
    };
    assert_eq!(severity(chat("temperature", json!(3))), Severity::Error, "the page's own range");
    // Xiaomi's limit.
    assert_eq!(severity(chat("max_completion_tokens", json!(200_000))), Severity::Warning);
    // A shape that protocols share, in a field that only Xiaomi documents.
    let mut body = json!({"model": "mimo-v2-pro", "max_tokens": 9, "messages": hi});
    body["tools"] = json!([{"name": 5, "input_schema": {"type": "object"}}]);
    assert_eq!(severity(body), Severity::Warning);
    // A text that only Xiaomi is known to answer is not put into another's mouth.
    let speech = json!({"model": "mimo-v2.5-tts", "messages": [
        {"role": "system", "content": "Be brief."}, {"role": "assistant", "content": "Hello."}]});
    let found = linter.check_value(&speech).diagnostics;
    assert_eq!(
        (found.len(), found[0].rule, found[0].severity),
        (1, "tts-message-role", Severity::Warning)
    );
    assert_eq!(found[0].predicts.as_ref().and_then(|answer| answer.message.as_deref()), None);
}
