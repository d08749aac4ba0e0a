//! A rule's page, as `requestlint explain` prints it and `docs/rules/` keeps it.

use std::fmt::Write as _;

use super::{Basis, Fixes, Rule};
use crate::knowledge::{Catalog, sources};

/// The page of `rule`, in Markdown: what it finds, what each API answers, what it stands on, examples.
#[must_use]
pub fn page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n{}. Level: {}.", rule.id, rule.summary, rule.severity);
    page.push_str(match rule.fixes {
        Fixes::None => "",
        Fixes::Safe => " Fixable where the right text is known, with `--fix`.",
        Fixes::Unsafe => " Fixable where the right text can be guessed, with `--fix --unsafe-fixes`.",
        Fixes::Both => {
            " Fixable where the right text is known, with `--fix`, or where it can be guessed, with `--fix --unsafe-fixes`."
        }
    });
    page.push_str("\n\n");
    for provider in Catalog::bundled().providers() {
        let fact = provider.rule_fact(rule.id);
        if rule.basis == Basis::Provider && fact.is_none() {
            let _ =
                writeln!(page, "- `{}`: does not look, since no fact bears it out", provider.id);
            continue;
        }
        let answer = match rule.prediction(provider) {
            Some(answer) if answer.status >= 400 && answer.code == answer.status.to_string() => {
                format!("answers {}", answer.status)
            }
            Some(answer) if answer.status >= 400 => {
                format!("answers {} `{}`", answer.status, answer.code)
            }
            _ if rule.basis == Basis::Answer => {
                "predicts nothing, since nothing is sent".to_owned()
            }
            Some(answer) if !answer.confidence.is_firm() => "no refusal is known".to_owned(),
            _ => "takes it nevertheless".to_owned(),
        };
        let _ = write!(page, "- `{}`: {answer}", provider.id);
        if let Some(fact) = fact {
            let tags: Vec<String> = fact.source.iter().map(cited).collect();
            let firm = if fact.confidence.is_firm() { "" } else { "; a warning at most" };
            let _ = write!(page, "; known from {}{firm}", tags.join(", "));
        }
        page.push('\n');
    }
    let _ = write!(page, "\n{}\n", rule.docs.trim());
    page
}

/// A source tag, with its address where it has one.
fn cited(tag: &str) -> String {
    match sources().get(tag).and_then(|source| source.url.as_deref()) {
        Some(url) => format!("[{tag}]({url})"),
        None => tag.to_owned(),
    }
}
