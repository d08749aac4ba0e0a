//! Messages and items of a conversation that are written as another protocol writes them.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::wrong_protocol::{Form, RULE};
use crate::diagnostic::Severity;
use crate::document::{Kind, Member, Node};

/// The finding where `message` is another protocol's than the wanted one.
pub fn find(message: Node<'_>, wanted: Form) -> Option<Finding> {
    if message.kind() != Kind::Object {
        return None;
    }
    let finding = match wanted {
        Form::Chat => in_chat(message),
        Form::Messages => in_messages(message),
        Form::Responses => in_responses(message),
    };
    finding.map(|finding| finding.claim(message))
}

fn is(object: Node<'_>, name: &str, value: &str) -> bool {
    object.get(name).and_then(known_text).is_some_and(|text| text == value)
}

fn finding(place: Place, message: &str, help: &str, is_refused: bool) -> Finding {
    let severity = if is_refused { Severity::Error } else { Severity::Warning };
    Finding::new(&RULE, place, message)
        .severity(severity)
        .label("another protocol's form")
        .help(help)
        .answer("")
}

/// The calls of a message as chat completions write them, where there are any.
fn chat_calls(message: Node<'_>) -> Option<Member<'_>> {
    let calls = message.member("tool_calls")?;
    (calls.value.kind() == Kind::Array && !calls.value.is_empty()).then_some(calls)
}

/// An item of the Responses API, and the call of OpenAI's older form.
fn in_chat(message: Node<'_>) -> Option<Finding> {
    if message.get("role").is_none() && is(message, "type", "function_call") {
        return Some(finding(
            Place::value(message.get("type")?),
            "`function_call` is an item of the Responses protocol, not a message of chat completions",
            "write it as `tool_calls` of an `assistant` message: [{\"id\": …, \"type\": \"function\", \"function\": {\"name\": …, \"arguments\": \"{…}\"}}]",
            true,
        ));
    }
    if message.get("role").is_none() && is(message, "type", "function_call_output") {
        return Some(finding(
            Place::value(message.get("type")?),
            "`function_call_output` is an item of the Responses protocol, not a message of chat completions",
            "write {\"role\": \"tool\", \"tool_call_id\": …, \"content\": …}",
            true,
        ));
    }
    let call = message.member("function_call").filter(|call| call.value.kind() == Kind::Object)?;
    if message.get("tool_calls").is_some() {
        return None;
    }
    // Without content such a message says nothing, as the API reads it.
    let says_nothing = message.get("content").is_none_or(|content| content.is_empty());
    Some(finding(
        Place::key(&call),
        "`function_call` is the old form of a call",
        "write `tool_calls`: [{\"id\": …, \"type\": \"function\", \"function\": {\"name\": …, \"arguments\": \"{…}\"}}]",
        says_nothing && is(message, "role", "assistant"),
    ))
}

/// A call or a result of chat completions.
fn in_messages(message: Node<'_>) -> Option<Finding> {
    if is(message, "role", "tool") {
        return Some(finding(
            Place::value(message.get("role")?),
            "a `tool` message is that of chat completions, not of messages",
            "write a `user` message with a block {\"type\": \"tool_result\", \"tool_use_id\": …, \"content\": …}",
            true,
        ));
    }
    let calls = chat_calls(message)?;
    let has_content = message
        .get("content")
        .is_some_and(|content| matches!(content.kind(), Kind::String | Kind::Array));
    Some(finding(
        Place::key(&calls),
        "`tool_calls` are those of chat completions, not of messages",
        "write each as a block of the content: {\"type\": \"tool_use\", \"id\": …, \"name\": …, \"input\": {…}}",
        !has_content,
    ))
}

/// A call or a result of chat completions.
fn in_responses(item: Node<'_>) -> Option<Finding> {
    if is(item, "role", "tool") {
        return Some(finding(
            Place::value(item.get("role")?),
            "a `tool` message is that of chat completions, not an item of the Responses protocol",
            "write {\"type\": \"function_call_output\", \"call_id\": …, \"output\": …}",
            false,
        ));
    }
    let calls = chat_calls(item)?;
    Some(finding(
        Place::key(&calls),
        "`tool_calls` are those of chat completions, not of the Responses protocol",
        "write each as an item of `input`: {\"type\": \"function_call\", \"call_id\": …, \"name\": …, \"arguments\": \"{…}\"}",
        false,
    ))
}
