//! The registry: one line a rule.

use super::Rule;

/// All rules, in order of their ids.
pub static ALL: &[&Rule] = &[
    &super::asr_input::RULE,
    &super::bad_data_url::RULE,
    &super::batch_custom_id::RULE,
    &super::batch_mixed_endpoints::RULE,
    &super::batch_mixed_models::RULE,
    &super::client_setting::RULE,
    &super::conflicting_max_tokens::RULE,
    &super::context_window_exceeded::RULE,
    &super::deprecated_model::RULE,
    &super::duplicate_key::RULE,
    &super::duplicate_tool_name::RULE,
    &super::empty_api_key::RULE,
    &super::empty_message::RULE,
    &super::empty_value::RULE,
    &super::error_code_status::RULE,
    &super::error_shape::RULE,
    &super::ignored_parameter::RULE,
    &super::ignores_retry_after::RULE,
    &super::invalid_value::RULE,
    &super::json_mode_without_json::RULE,
    &super::max_tokens_over_model_limit::RULE,
    &super::media_in_tool_message::RULE,
    &super::media_too_large::RULE,
    &super::media_type_unsupported::RULE,
    &super::message_order::RULE,
    &super::missing_field::RULE,
    &super::missing_reasoning_content::RULE,
    &super::missing_text_part::RULE,
    &super::model_capability::RULE,
    &super::model_not_in_plan::RULE,
    &super::no_backoff::RULE,
    &super::orphan_tool_result::RULE,
    &super::out_of_range::RULE,
    &super::placeholder_api_key::RULE,
    &super::plugin_required::RULE,
    &super::retries_client_errors::RULE,
    &super::stream_options_without_stream::RULE,
    &super::syntax_error::RULE,
    &super::tool_arguments_invalid::RULE,
    &super::tool_choice_unknown::RULE,
    &super::tool_schema_invalid::RULE,
    &super::tts_format::RULE,
    &super::tts_message_role::RULE,
    &super::tts_voice::RULE,
    &super::unaccepted_response_type::RULE,
    &super::unanswered_tool_call::RULE,
    &super::unbounded_retries::RULE,
    &super::unknown_field::RULE,
    &super::unknown_model::RULE,
    &super::unused_suppression::RULE,
    &super::wrong_length::RULE,
    &super::wrong_protocol::RULE,
    &super::wrong_type::RULE,
];

/// The rule called `id`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.id == id).copied()
}
