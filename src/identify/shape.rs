//! Which request an object has the shape of.

use super::lookalike;
use crate::document::{Kind, Node};
use crate::knowledge::{DocumentKind, similar};

/// How much of a request's shape an object must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Deep inside a file: a model and a list of messages.
    Full,
    /// At a file's root or in a wrapper: a model and messages of any type, or messages and else only
    /// known parameters.
    Loose,
}

/// Fields that only chat completions have, with their weights.
const OPENAI: [(&str, u32); 17] = [
    ("max_completion_tokens", 2),
    ("response_format", 2),
    ("frequency_penalty", 2),
    ("presence_penalty", 2),
    ("stop", 2),
    ("stream_options", 2),
    ("audio", 2),
    ("asr_options", 2),
    ("modalities", 2),
    ("reasoning_effort", 2),
    ("parallel_tool_calls", 2),
    ("logprobs", 1),
    ("logit_bias", 2),
    ("n", 1),
    ("seed", 1),
    ("functions", 2),
    ("user", 1),
];

/// Fields that only messages have, with their weights.
const ANTHROPIC: [(&str, u32); 9] = [
    ("system", 3),
    ("stop_sequences", 2),
    ("anthropic_version", 3),
    ("anthropic_beta", 3),
    ("top_k", 1),
    ("mcp_servers", 2),
    ("container", 1),
    ("context_management", 2),
    ("output_config", 2),
];

/// Parameters that both have.
const SHARED: [&str; 10] = [
    "model",
    "messages",
    "max_tokens",
    "temperature",
    "top_p",
    "stream",
    "thinking",
    "tools",
    "tool_choice",
    "metadata",
];

/// The kind of request that `object` has the shape of.
pub fn of(object: Node<'_>, strictness: Strictness, is_line: bool) -> Option<DocumentKind> {
    if object.kind() != Kind::Object || lookalike_of(object) {
        return None;
    }
    let model = object.get("model");
    let messages = object.get("messages");
    match (model, messages) {
        (Some(model), Some(messages)) => {
            let listed = messages.kind() == Kind::Array;
            let mut elements = messages.elements().peekable();
            // Texts under the name of messages are no conversation, unless a model is to read them.
            if elements.peek().is_some()
                && elements.all(|message| message.kind() != Kind::Object)
                && !names_mimo(model)
            {
                return None;
            }
            let plain = !matches!(model.kind(), Kind::Object | Kind::Array);
            // A number of messages is no message.
            let counted = matches!(messages.kind(), Kind::Number | Kind::Bool);
            let fits = match strictness {
                Strictness::Full => {
                    let first = messages.elements().next();
                    listed && model.kind() == Kind::String && first.is_none_or(is_message)
                }
                Strictness::Loose => plain && !counted,
            };
            fits.then(|| dialect(object))
        }
        (Some(model), None) => without_messages(object, model, strictness),
        (None, Some(messages)) => {
            let known = || object.members().all(|member| is_parameter(&member.key.name()));
            let fits = strictness == Strictness::Loose
                && messages.kind() == Kind::Array
                && ((!is_line && object.len() > 1 && known()) || misspells_the_model(object));
            fits.then(|| dialect(object))
        }
        (None, None) => None,
    }
}

/// Whether an object has a message's fields, and not those of a store of conversations.
fn is_message(object: Node<'_>) -> bool {
    object.get("role").is_some()
        && (object.get("content").is_some() || object.get("tool_calls").is_some())
}

/// Messages without a model are told apart by [`of`] itself.
fn lookalike_of(object: Node<'_>) -> bool {
    lookalike::of_object(object).is_some_and(|_| {
        let model_missing = object.get("model").is_none();
        !(model_missing && object.get("messages").is_some()) || lookalike_beside_model(object)
    })
}

/// Whether an object without a model is marked as something else than a request.
fn lookalike_beside_model(object: Node<'_>) -> bool {
    ["usage", "response", "completion", "output", "choices", "id", "version", "title"]
        .iter()
        .any(|name| object.get(name).is_some())
}

fn names_mimo(model: Node<'_>) -> bool {
    model.as_str().is_some_and(|id| id.to_lowercase().contains("mimo"))
}

/// Whether a key near `model` holds what may be one of MiMo's.
fn misspells_the_model(object: Node<'_>) -> bool {
    object.members().any(|member| {
        names_mimo(member.value) && similar::nearest(&member.key.name(), ["model"]).is_some()
    })
}

fn without_messages(
    object: Node<'_>,
    model: Node<'_>,
    strictness: Strictness,
) -> Option<DocumentKind> {
    model.as_str()?;
    if is_responses(object) {
        return Some(DocumentKind::Responses);
    }
    let misspelt = object.members().any(|member| {
        member.value.kind() == Kind::Array
            && similar::nearest(&member.key.name(), ["messages"]).is_some()
    });
    (strictness == Strictness::Loose && misspelt && names_mimo(model)).then(|| dialect(object))
}

/// Parameters of a Responses request, beside `model` and `input`.
const RESPONSES: [&str; 22] = [
    "model",
    "input",
    "instructions",
    "max_output_tokens",
    "stream",
    "reasoning",
    "temperature",
    "top_p",
    "text",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "previous_response_id",
    "background",
    "store",
    "metadata",
    "include",
    "user",
    "truncation",
    "context_management",
    "service_tier",
    "prompt_cache_key",
];

/// Whether an object with a model has the shape of a Responses request: its input is text or a list
/// of items, and nearly all that it holds are a request's fields. The bodies of speech and embedding
/// endpoints have an `input` too.
fn is_responses(object: Node<'_>) -> bool {
    let Some(input) = object.get("input") else { return false };
    let items = match input.kind() {
        Kind::String => true,
        Kind::Array => input.elements().all(|item| item.kind() == Kind::Object),
        // An item where the list of them belongs; what a model of machine learning takes is none.
        Kind::Object => {
            ["role", "content", "type", "text"].iter().any(|name| input.get(name).is_some())
        }
        _ => object.get("instructions").is_some() || object.get("max_output_tokens").is_some(),
    };
    let other = ["voice", "prompt", "encoding_format", "dimensions"];
    let own = |name: &str| RESPONSES.contains(&name);
    let known = object.members().filter(|member| own(&member.key.name())).count();
    let foreign = object.members().filter(|member| {
        let name = member.key.name();
        // A slip and another protocol's parameter are a request's fields too.
        !own(&name) && !is_parameter(&name) && similar::nearest(&name, RESPONSES).is_none()
    });
    items && other.iter().all(|name| object.get(name).is_none()) && foreign.count() * 3 < known
}

/// Whether a field of this name is one of some request's.
pub fn is_field(name: &str) -> bool {
    is_parameter(name) || RESPONSES.contains(&name)
}

fn is_parameter(name: &str) -> bool {
    SHARED.contains(&name)
        || OPENAI.iter().chain(&ANTHROPIC).any(|(known, _)| *known == name)
        || matches!(name, "enable_thinking" | "extra_body")
}

/// Chat completions or messages, by what only one of them has.
pub fn dialect(object: Node<'_>) -> DocumentKind {
    let weight = |table: &[(&str, u32)]| -> u32 {
        table.iter().filter(|(name, _)| object.get(name).is_some()).map(|(_, weight)| weight).sum()
    };
    let (mut openai, mut anthropic) = (weight(&OPENAI), weight(&ANTHROPIC));
    let (chat, other) = message_marks(object.get("messages"));
    let (functions, schemas) = tool_marks(object.get("tools"));
    openai += chat + functions;
    anthropic += other + schemas;
    if object.get("tool_choice").is_some_and(|choice| choice.kind() == Kind::String) {
        openai += 1;
    }
    if object.get("thinking").is_some_and(|thinking| thinking.get("budget_tokens").is_some()) {
        anthropic += 1;
    }
    // One weak sign is none: other vendors' parameters turn up in either protocol.
    if anthropic > openai + 1 { DocumentKind::Messages } else { DocumentKind::ChatCompletions }
}

/// What the messages show of the two protocols.
fn message_marks(messages: Option<Node<'_>>) -> (u32, u32) {
    let (mut openai, mut anthropic) = (0, 0);
    for message in messages.into_iter().flat_map(|messages| messages.elements()) {
        if let Some(role) = message.get("role").and_then(|role| role.as_str()) {
            match role.as_ref() {
                "tool" | "function" => openai = openai.max(3),
                "system" | "developer" => openai = openai.max(1),
                _ => {}
            }
        }
        if message.get("tool_calls").is_some() || message.get("reasoning_content").is_some() {
            openai = openai.max(3);
        }
        let parts = message.get("content").filter(|content| content.kind() == Kind::Array);
        for part in parts.into_iter().flat_map(|parts| parts.elements()) {
            let Some(kind) = part.get("type").and_then(|kind| kind.as_str()) else {
                continue;
            };
            match kind.as_ref() {
                "image_url" | "input_audio" | "video_url" => openai = openai.max(3),
                "tool_use" | "tool_result" | "thinking" | "redacted_thinking" => {
                    anthropic = anthropic.max(3);
                }
                "image" | "document" => anthropic = anthropic.max(2),
                _ => {}
            }
        }
    }
    (openai, anthropic)
}

/// What the tools show of the two protocols.
fn tool_marks(tools: Option<Node<'_>>) -> (u32, u32) {
    let (mut openai, mut anthropic) = (0, 0);
    for tool in tools.into_iter().flat_map(|tools| tools.elements()) {
        if tool.get("function").is_some() {
            openai = openai.max(2);
        }
        if tool.get("input_schema").is_some() {
            anthropic = anthropic.max(2);
        }
    }
    (openai, anthropic)
}
