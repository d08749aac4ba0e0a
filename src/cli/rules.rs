//! `requestlint rules`

use std::io::{self, Write};

use serde_json::json;

use super::args::{RulesArguments, TableFormat};
use super::known::Known;
use super::streams::write_json;
use super::{Failure, Outcome};
use crate::diagnostic::Prediction;
use crate::knowledge::{DEFAULT_PROVIDER, Provider};
use crate::rules::{ALL, find};

/// Runs the command.
pub fn run(arguments: &RulesArguments) -> Result<Outcome, Failure> {
    let known = Known::new(&arguments.configuration)?;
    let default = known.catalog().provider(DEFAULT_PROVIDER);
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.format {
        TableFormat::Human => {
            let widest = ALL.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
            for rule in ALL {
                let answer = default
                    .and_then(|provider| prediction(rule.id, provider))
                    .map_or("-".to_owned(), |answer| answer.status.to_string());
                writeln!(
                    out,
                    "{:<widest$} {:<8} {answer:<4} {:<3} {}",
                    rule.id,
                    rule.severity.as_str(),
                    if rule.fixes.kinds().is_empty() { "-" } else { "fix" },
                    rule.summary
                )?;
            }
            writeln!(
                out,
                "\n{} rules; the number is the status that {DEFAULT_PROVIDER} answers; `fix` stands where --fix helps; `requestlint explain RULE` tells more",
                ALL.len()
            )?;
        }
        TableFormat::Json => {
            let rules: Vec<_> = ALL
                .iter()
                .map(|rule| {
                    let predicts: serde_json::Map<_, _> = known
                        .catalog()
                        .providers()
                        .iter()
                        .filter_map(|provider| {
                            let answer = prediction(rule.id, provider)?;
                            Some((
                                provider.id.clone(),
                                json!({"status": answer.status, "code": answer.code}),
                            ))
                        })
                        .collect();
                    json!({
                        "id": rule.id,
                        "severity": rule.severity,
                        "summary": rule.summary,
                        "predicts": predicts,
                        "fixable": !rule.fixes.kinds().is_empty(),
                        "fixes": rule.fixes.kinds(),
                    })
                })
                .collect();
            write_json(&mut out, &json!({"format_version": 1, "rules": rules}))?;
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// The status and code that a provider answers to what a rule finds.
pub fn prediction(rule: &str, provider: &Provider) -> Option<Prediction> {
    let known = find(rule)?.prediction(provider)?;
    (known.status >= 400).then(|| Prediction {
        status: known.status,
        code: known.code.clone(),
        message: known.message.clone(),
        certain: known.confidence.is_firm(),
    })
}
