//! The rules: what a request is refused for, one file each.
//!
//! A rule sees nodes and facts, never bytes, and cannot fail: it returns findings. What a JSON
//! Schema can say is said in `schemas/`; the `schema` folder words that, and such a rule's file documents it.

mod batch_file;
mod catalogue;
mod conversation;
mod elsewhere;
mod finding;
mod foreign_message;
mod headers;
mod in_part;
mod keys;
mod model_use;
mod page;
mod parameters;
mod remedies;
mod request;
mod schema;
mod secret_names;
mod secrets;
mod settings;
mod setup;
mod tool_forms;
mod url;

mod asr_input;
mod bad_data_url;
mod base_url;
mod batch_custom_id;
mod batch_mixed_endpoints;
mod batch_mixed_models;
mod client_setting;
mod conflicting_max_tokens;
mod context_window_exceeded;
mod deprecated_model;
mod duplicate_key;
mod duplicate_tool_name;
mod empty_api_key;
mod empty_message;
mod empty_value;
mod error_code_status;
mod error_shape;
mod exposed_api_key;
mod hardcoded_api_key;
mod ignored_parameter;
mod ignores_retry_after;
mod insecure_url;
mod invalid_value;
mod json_mode_without_json;
mod key_endpoint_mismatch;
mod malformed_api_key;
mod max_tokens_over_model_limit;
mod media_in_tool_message;
mod media_too_large;
mod media_type_unsupported;
mod message_order;
mod missing_auth;
mod missing_field;
mod missing_reasoning_content;
mod missing_text_part;
mod model_capability;
mod model_not_in_plan;
mod no_backoff;
mod orphan_tool_result;
mod out_of_range;
mod placeholder_api_key;
mod plugin_required;
mod retries_client_errors;
mod stream_options_without_stream;
mod syntax_error;
mod syntax_remedy;
mod tool_arguments_invalid;
mod tool_choice_unknown;
mod tool_schema_invalid;
mod tts_format;
mod tts_message_role;
mod tts_voice;
mod unaccepted_response_type;
mod unanswered_tool_call;
mod unbounded_retries;
mod undefined_env_var;
mod unknown_endpoint;
mod unknown_field;
mod unknown_model;
mod unused_suppression;
mod wrong_auth_header;
mod wrong_length;
mod wrong_method;
mod wrong_protocol;
mod wrong_type;

pub use batch_file::BatchFile;
pub use catalogue::{ALL, find};
pub use deprecated_model::day_number;
pub use elsewhere::found_elsewhere;
pub use finding::{Finding, Place, RelatedPlace};
pub use in_part::holds_in_part;
pub use keys::{secrets_of_request, secrets_of_setup};
pub use page::page;
pub use request::Request;
pub use schema::shown;
pub use secret_names::secrets_by_name;
pub use secrets::{hide, mask};
pub use setup::{Setup, check_setup};
pub use syntax_error::findings as syntax_findings;
pub use tool_schema_invalid::fault_words;
pub use unused_suppression::{Useless, finding as unused_suppression};

use crate::diagnostic::{Applicability, Severity};
use crate::knowledge::{Provider, RulePrediction, causes};

/// The id of the rule that does not hold for files that stay on one machine.
pub const HARDCODED: &str = hardcoded_api_key::RULE.id;

/// The rule on what does not parse.
pub const SYNTAX_ERROR: &str = syntax_error::RULE.id;

/// Whether a rule tells of one fault at a time, and of the next when that is mended.
#[must_use]
pub fn tells_in_turn(rule: &str) -> bool {
    [SYNTAX_ERROR, tool_arguments_invalid::RULE.id].contains(&rule)
}
/// The rule on keys at hosts that do not take them: what it says holds for two values at once.
const KEY_ENDPOINT_MISMATCH: &str = key_endpoint_mismatch::RULE.id;

/// The id of the rule on suppressions themselves.
pub const UNUSED_SUPPRESSION: &str = unused_suppression::RULE.id;

/// A rule: what it is called, what it says of itself, and how it looks.
#[derive(Debug)]
pub struct Rule {
    /// The name in outputs, configuration and suppressions: the fault, in kebab-case.
    pub id: &'static str,
    /// How bad its findings are where neither a schema nor the configuration says otherwise.
    pub severity: Severity,
    /// One sentence: what it finds.
    pub summary: &'static str,
    /// Markdown: why it is refused, with ` ```json bad ` and ` ```json good ` examples that the
    /// tests run. Each is held to `mimo`, or to the provider it names:
    /// ` ```json bad provider=xiaomi `. Other syntaxes are named likewise, and `file=` says whose
    /// settings they are: ` ```env good file=.env.example `.
    pub docs: &'static str,
    /// Whose facts it stands on.
    pub basis: Basis,
    /// Which fixes its findings carry, where they carry any.
    pub fixes: Fixes,
    /// How it looks; `None` where a schema, the parser or another rule's file finds it.
    pub check: Option<fn(&Request<'_>, &mut Vec<Finding>)>,
    /// How it looks in a tool's settings; `None` where it does not.
    pub check_entry: Option<fn(&Setup<'_>, &mut Vec<Finding>)>,
}

/// Which fixes the findings of a rule carry, some of them at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixes {
    /// None: the right text cannot be known.
    None,
    /// Fixes that `--fix` applies.
    Safe,
    /// Fixes that `--unsafe-fixes` adds.
    Unsafe,
    /// Fixes of both kinds.
    Both,
}

impl Fixes {
    /// Those that are safe, and those that are not, where there are such.
    #[must_use]
    pub fn kinds(self) -> &'static [Applicability] {
        match self {
            Fixes::None => &[],
            Fixes::Safe => &[Applicability::Safe],
            Fixes::Unsafe => &[Applicability::Unsafe],
            Fixes::Both => &[Applicability::Safe, Applicability::Unsafe],
        }
    }
}

/// Whose facts a rule stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Its own: a schema that carries its confidence, the table of models, or JSON itself.
    Always,
    /// The provider's: it looks only where `rules` in `provider.json` names it, and what stands there
    /// on less than the provider's word or a real answer is a warning at most.
    Provider,
    /// As `Always`, and it looks at answers that tests keep: nothing is sent, so nothing is refused.
    Answer,
}

impl Rule {
    /// What `provider` answers to what the rule finds; nothing where it finds no request's fault.
    #[must_use]
    pub fn prediction<'p>(&self, provider: &'p Provider) -> Option<&'p RulePrediction> {
        provider.prediction(self.id).filter(|_| self.basis != Basis::Answer)
    }

    /// `finding` as far as the provider's facts bear it out: less firm ones make a warning at most, and
    /// what another provider answers is not quoted.
    fn borne_out(&self, provider: Option<&Provider>, mut finding: Finding) -> Option<Finding> {
        let quotes = finding.answer.as_deref().is_some_and(|answer| !answer.is_empty());
        if quotes && !provider.is_some_and(|provider| self.is_answered_by(provider)) {
            finding.answer = None;
        }
        if self.basis == Basis::Provider {
            let fact = provider?.rule_fact(self.id)?;
            if !fact.confidence.is_firm() {
                finding.severity = finding.severity.min(Severity::Warning);
            }
        }
        Some(finding)
    }

    /// Whether the words that `provider` answers to what the rule finds are on record.
    fn is_answered_by(&self, provider: &Provider) -> bool {
        let of_rule = causes().iter().filter(|cause| cause.rule.as_deref() == Some(self.id));
        let mut answered = of_rule.flat_map(|cause| &cause.providers);
        answered.any(|one| one.id == provider.id && !one.answers.is_empty())
    }
}

/// All findings in one request: the schema's, then the rules', each cause told once.
#[must_use]
pub fn check(request: &Request<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in ALL {
        let Some(check) = rule.check else { continue };
        let mut told = Vec::new();
        check(request, &mut told);
        let borne_out = |finding| rule.borne_out(request.provider, finding);
        found.extend(told.into_iter().filter_map(borne_out));
    }
    let claimed: Vec<_> = found.iter().flat_map(|finding| finding.claims.iter().copied()).collect();
    let mut told = schema::check(request);
    told.retain(|finding| !claimed.iter().any(|claim| claim.covers(finding.place.span)));
    found.append(&mut told);
    found
}
