//! `requestlint models`

use std::io::{self, Write};

use serde_json::json;

use super::args::{ModelsArguments, TableFormat};
use super::known::Known;
use super::streams::write_json;
use super::{Failure, Outcome};
use crate::engine::today;
use crate::knowledge::{Model, ModelStatus, Provider};
use crate::rules::day_number;

/// Runs the command.
pub fn run(arguments: &ModelsArguments) -> Result<Outcome, Failure> {
    let day = arguments.today.clone().unwrap_or_else(today);
    if day_number(&day).is_none() {
        return Err(Failure::Told(format!("`{day}` is no date; write it as 2026-11-24")));
    }
    let known = Known::new(&arguments.configuration)?;
    let providers = known.chosen(arguments.provider.as_deref())?;
    let stale = |model: &&Model| {
        arguments.stale.is_none_or(|days| {
            let age =
                day_number(&day).zip(day_number(&model.verified)).map(|(now, then)| now - then);
            age.is_none_or(|age| age >= days)
        })
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if arguments.format == TableFormat::Json {
        let models: Vec<_> = providers
            .iter()
            .flat_map(|provider| {
                provider.models.iter().filter(stale).map(|model| as_json(provider, model, &day))
            })
            .collect();
        write_json(&mut out, &json!({"format_version": 1, "models": models}))?;
    } else {
        for provider in providers {
            writeln!(out, "{} ({})", provider.id, provider.name)?;
            for model in provider.models.iter().filter(stale) {
                writeln!(out, "{}", line(model, &day))?;
            }
            writeln!(out)?;
        }
        writeln!(
            out,
            "as of {day}; D documented, O observed, C third parties only; `requestlint explain MODEL` tells more"
        )?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn line(model: &Model, day: &str) -> String {
    let tokens = |count: Option<u64>| match count {
        Some(count) if count >= 1 << 20 => format!("{}M", count >> 20),
        Some(count) if count >= 1024 => format!("{}K", count >> 10),
        Some(count) => count.to_string(),
        None => "-".to_owned(),
    };
    format!(
        "  {:<28} {:<44} {:>5} context {:>5} output  {}  {} {}",
        model.id,
        life(model, day),
        tokens(model.context_window),
        tokens(model.max_output),
        model.input.join("+"),
        confidence(model),
        model.verified,
    )
}

fn confidence(model: &Model) -> String {
    serde_json::to_value(model.confidence)
        .ok()
        .and_then(|letter| letter.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Whether a model can be called on `day`.
pub fn life(model: &Model, day: &str) -> String {
    match (&model.until, &model.replaced_by) {
        (Some(until), Some(next)) if model.has_ended(day) => format!("ended {until}, use {next}"),
        (Some(until), None) if model.has_ended(day) => format!("ended {until}"),
        (Some(until), _) => format!("until {until}"),
        (None, _) => match model.status {
            ModelStatus::Current => "current".to_owned(),
            ModelStatus::Retired => "ended".to_owned(),
            ModelStatus::Unlisted => "unlisted (third parties only)".to_owned(),
            ModelStatus::ClientOnly => "a client's own channel only".to_owned(),
        },
    }
}

fn as_json(provider: &Provider, model: &Model, day: &str) -> serde_json::Value {
    json!({
        "provider": provider.id,
        "id": model.id,
        "life": life(model, day),
        "ended": model.has_ended(day),
        "since": model.since,
        "until": model.until,
        "replaced_by": model.replaced_by,
        "context_window": model.context_window,
        "max_output": model.max_output,
        "input": model.input,
        "endpoints": model.endpoints,
        "confidence": model.confidence,
        "source": model.source.to_string(),
        "verified": model.verified,
    })
}
