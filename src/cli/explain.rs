//! `requestlint explain`

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde_json::Value;

use super::args::ExplainArguments;
use super::explain_causes::causes;
use super::known::Known;
use super::models::life;
use super::rules::prediction;
use super::{Failure, Outcome};
use crate::diagnose::guidance;
use crate::engine::today;
use crate::knowledge::annotation::{Annotation, KEY};
use crate::knowledge::{
    Catalog, DocumentKind, Model, Provider, field_schemas, names_below, similar, sources, standing,
};
use crate::rules;

/// Runs the command.
pub fn run(arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let known = Known::new(&arguments.configuration)?;
    let catalog = known.catalog();
    let providers = known.chosen(arguments.provider.as_deref())?;
    let what = arguments.what.trim();
    let told = [
        rule(what),
        error(what, &providers),
        model(what, &providers),
        field(what, catalog, &providers),
    ];
    let text = told.into_iter().flatten().collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        return Err(Failure::Told(unknown(what, catalog, &providers)));
    }
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

fn unknown(what: &str, catalog: &Catalog, providers: &[&Provider]) -> String {
    let models =
        providers.iter().flat_map(|provider| &provider.models).map(|model| model.id.as_str());
    let names: Vec<String> =
        providers.iter().flat_map(|provider| fields(catalog, provider)).collect();
    let known =
        rules::ALL.iter().map(|rule| rule.id).chain(models).chain(names.iter().map(String::as_str));
    let hint = similar::nearest(what, known).map(|meant| format!("; did you mean `{meant}`?"));
    format!(
        "nothing is known of `{what}`{}\nexplain takes a rule (out-of-range), a model (mimo-v2-pro), a field (chat-completions.temperature), a status (400) or an error code (invalid_request)",
        hint.unwrap_or_default()
    )
}

fn rule(what: &str) -> Option<String> {
    rules::find(what).map(rules::page)
}

/// A status or an error code.
fn error(what: &str, providers: &[&Provider]) -> Option<String> {
    let mut text = String::new();
    for provider in providers {
        for row in &provider.errors {
            if row.code != what && row.status.to_string() != what {
                continue;
            }
            let _ = writeln!(text, "{} at {}: {}", row.status, provider.id, row.code);
            let _ = writeln!(text, "  {}", row.meaning);
            if let Some(solution) = &row.solution {
                let _ = writeln!(text, "  what to do: {solution}");
            }
            let _ = writeln!(text, "  retry: {}", guidance(&row.retry, provider.backoff, None));
            let preventing: Vec<&str> = rules::ALL
                .iter()
                .map(|rule| rule.id)
                .filter(|rule| {
                    prediction(rule, provider).is_some_and(|answer| {
                        answer.status == row.status && answer.code == row.code
                    })
                })
                .collect();
            if !preventing.is_empty() {
                let _ = writeln!(text, "  prevented by: {}", preventing.join(", "));
            }
            text.push_str(&causes(provider, row));
        }
    }
    (!text.is_empty()).then_some(text)
}

fn model(what: &str, providers: &[&Provider]) -> Option<String> {
    let mut text = String::new();
    for provider in providers {
        if let Some(model) = provider.model(what) {
            text.push_str(&one_model(provider, model));
        }
    }
    if text.is_empty() {
        let (provider, meant) = providers
            .iter()
            .filter(|_| what.to_lowercase().contains("mimo"))
            .filter_map(|provider| Some((provider, provider.meant_model_with_distance(what)?)))
            .min_by_key(|(_, (_, distance))| *distance)
            .map(|(provider, (meant, _))| (provider, meant))?;
        let _ = writeln!(text, "`{what}` is no model; `{meant}` is the nearest:\n");
        text.push_str(&one_model(provider, provider.model(meant)?));
    }
    Some(text)
}

fn one_model(provider: &Provider, model: &Model) -> String {
    let mut text = format!("{} at {}: {}\n", model.id, provider.id, life(model, &today()));
    let mut row = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(text, "  {name:<16} {value}");
        }
    };
    row("since", model.since.clone());
    row("until", model.until.clone());
    row("replaced by", model.replaced_by.clone());
    row("takes", Some(model.input.join(", ")));
    row("endpoints", Some(model.endpoints.join(", ")));
    row("context window", model.context_window.map(|tokens| format!("{tokens} tokens")));
    row("most output", model.max_output.map(|tokens| format!("{tokens} tokens")));
    row("default output", model.default_output.map(|tokens| format!("{tokens} tokens")));
    row("thinking", model.features.thinking.clone());
    row("calls functions", model.features.tools.map(yes));
    row("JSON mode", model.features.json_mode.map(yes));
    row("web search", model.features.web_search.map(yes));
    if let Some(speech) = &model.speech {
        row("voice", Some(speech.voice.clone()));
        row("voices", (!speech.voices.is_empty()).then(|| speech.voices.join(", ")));
        row("formats", Some(speech.formats.join(", ")));
    }
    row("token plan", model.token_plan.map(yes));
    row("batch", model.batch.map(yes));
    row("note", model.note.clone());
    row("source", Some(cited(&model.source)));
    row("confidence", Some(model.confidence.words().to_owned()));
    row("verified", Some(model.verified.clone()));
    text
}

fn yes(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}

/// Source tags with what they stand for.
fn cited(tags: &crate::knowledge::Tags) -> String {
    let cited: Vec<String> = tags
        .iter()
        .map(|tag| match sources().get(tag).and_then(|source| source.url.as_deref()) {
            Some(url) => format!("{tag} ({url})"),
            None => tag.to_owned(),
        })
        .collect();
    cited.join(", ")
}

/// The names of a provider's top-level fields, as `explain` takes them.
fn fields(catalog: &Catalog, provider: &Provider) -> Vec<String> {
    DocumentKind::BUILT_IN
        .iter()
        .filter_map(|kind| Some((kind, catalog.schema_uri(&provider.id, kind.name())?)))
        .filter_map(|(kind, uri)| {
            Some((kind, catalog.schemas().at(uri)?.get("properties")?.as_object()?))
        })
        .flat_map(|(kind, properties)| {
            properties.keys().map(move |name| format!("{}.{name}", kind.name()))
        })
        .collect()
}

/// `KIND.FIELD`, with deeper fields behind further dots; or a field's name alone.
fn field(what: &str, catalog: &Catalog, providers: &[&Provider]) -> Option<String> {
    let mut text = String::new();
    for provider in providers {
        for kind in &DocumentKind::BUILT_IN {
            let path = match what.strip_prefix(kind.name()) {
                Some(rest) => rest.strip_prefix('.').map(str::to_owned),
                None => (!what.contains('.')).then(|| what.to_owned()),
            };
            let Some(path) = path else { continue };
            let Some(uri) = catalog.schema_uri(&provider.id, kind.name()) else {
                continue;
            };
            let steps: Vec<&str> = path.split('.').filter(|step| !step.is_empty()).collect();
            let found = field_schemas(catalog.schemas(), uri, &steps);
            if steps.is_empty() || found.is_empty() {
                continue;
            }
            text.push_str(&one_field(
                &format!("{}.{path} at {}", kind.name(), provider.id),
                &found,
                &names_below(catalog.schemas(), uri, &steps),
            ));
            text.push_str(&grounds(catalog, uri, &steps, &found));
        }
    }
    (!text.is_empty()).then_some(text)
}

fn one_field(title: &str, found: &[&Value], names: &[&str]) -> String {
    let mut text = format!("{title}\n");
    let look = |key: &str| found.iter().find_map(|schema| schema.get(key));
    let annotation = annotation_of(found);
    if let Some(description) = look("description").and_then(Value::as_str) {
        let _ = writeln!(text, "  {description}");
    }
    for key in [
        "type",
        "enum",
        "const",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
        "minLength",
        "maxLength",
        "pattern",
        "default",
    ] {
        let Some(schema) = found.iter().find(|schema| schema.get(key).is_some()) else { continue };
        let grounds = own_grounds(schema, key, &annotation);
        let _ = writeln!(text, "  {key:<12} {}{grounds}", look(key).map(plain).unwrap_or_default());
    }
    if !names.is_empty() {
        let _ = writeln!(text, "  {:<12} {}", "fields", names.join(", "));
    }
    if let Some(ignored) = &annotation.ignored {
        let _ = writeln!(text, "  ignored      {ignored}");
    }
    for (keyword, wording) in &annotation.keywords {
        if let Some(answer) = &wording.answer {
            let bound = |name: &str| look(name).map_or_else(String::new, plain);
            let answer = answer
                .replace("{least}", &bound("minimum"))
                .replace("{most}", &bound("maximum"))
                .replace("{value}", "…");
            let _ = writeln!(text, "  {keyword} is answered with: {answer}");
        }
        if let Some(help) = &wording.help {
            let _ = writeln!(text, "  help         {help}");
        }
    }
    text
}

/// The first annotation of a field's schemas.
fn annotation_of(found: &[&Value]) -> Annotation {
    let annotated = found.iter().find(|schema| schema.get(KEY).is_some());
    annotated.map(|schema| Annotation::of(schema)).unwrap_or_default()
}

/// What the field stands on: its own source, else that of the field around it.
fn grounds(catalog: &Catalog, uri: &str, steps: &[&str], found: &[&Value]) -> String {
    let mut text = String::new();
    let own = annotation_of(found);
    let is_own = own.source.is_some();
    let annotation =
        if is_own { own } else { standing(catalog.schemas(), uri, steps).unwrap_or_default() };
    if let Some(source) = &annotation.source {
        let of = if is_own { "" } else { ", of the field around it" };
        let _ = writeln!(text, "  source       {}{of}", cited(source));
    }
    if let Some(confidence) = annotation.confidence {
        let _ = writeln!(text, "  confidence   {}", confidence.words());
    }
    if let Some(verified) = &annotation.verified {
        let _ = writeln!(text, "  verified     {verified}");
    }
    text
}

/// What a keyword stands on, in brackets, where that is not what the field stands on.
fn own_grounds(schema: &Value, keyword: &str, field: &Annotation) -> String {
    let beside = Annotation::of(schema);
    let own = beside.keywords.get(keyword);
    let confidence = own.and_then(|own| own.confidence).or(beside.confidence);
    let source = own.and_then(|own| own.source.clone()).or(beside.source);
    match (confidence, source) {
        (Some(confidence), Some(source))
            if field.confidence != Some(confidence) || field.source.as_ref() != Some(&source) =>
        {
            format!(" ({}: {source})", confidence.words())
        }
        _ => String::new(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
