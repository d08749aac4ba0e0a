//! What looks like a request and is none.

use crate::document::{Kind, Node};

/// Why nothing in a file can be a request, from its name and its root.
pub fn of_file(root: Node<'_>, path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if matches!(
        name.as_str(),
        "package.json"
            | "package.json5"
            | "composer.json"
            | "bower.json"
            | "deno.json"
            | "deno.jsonc"
            | "cargo.toml"
            | "pyproject.toml"
    ) {
        return Some("a package manifest");
    }
    if matches!(name.as_str(), "requestlint.toml" | ".requestlint.toml") {
        return Some("requestlint's configuration");
    }
    if name.ends_with("-lock.json")
        || name.ends_with(".lock.json")
        || root.get("lockfileVersion").is_some()
    {
        return Some("a lock file");
    }
    if root.kind() != Kind::Object {
        return None;
    }
    if root.get("openapi").is_some()
        || root.get("swagger").is_some()
        || root.get("asyncapi").is_some()
    {
        return Some("an OpenAPI document");
    }
    if root.get("apiVersion").is_some() && root.get("kind").is_some() {
        return Some("a Kubernetes manifest");
    }
    is_json_schema(root).then_some("a JSON Schema")
}

/// How much an object and its first message show of a conversation that some program has saved: a day or
/// a session tells more than a name, which a test case has too.
fn marks_of_a_session(object: Node<'_>) -> usize {
    const STRONG: [&str; 11] = [
        "created",
        "created_at",
        "createdAt",
        "updated_at",
        "updatedAt",
        "timestamp",
        "session_id",
        "sessionId",
        "conversation_id",
        "conversationId",
        "ts",
    ];
    const WEAK: [&str; 4] = ["id", "title", "version", "cwd"];
    let count = |node: Node<'_>, names: &[&str]| {
        names.iter().filter(|name| node.get(name).is_some()).count()
    };
    let first = object.get("messages").and_then(|messages| messages.elements().next());
    let in_first = first.map_or(0, |first| 2 * count(first, &STRONG) + count(first, &WEAK));
    2 * count(object, &STRONG) + count(object, &WEAK) + in_first
}

/// Whether a list holds messages with roles, and not what a catalogue of texts calls messages.
fn is_conversation(messages: Node<'_>) -> bool {
    messages.elements().next().is_some_and(|message| message.get("role").is_some())
}

fn is_json_schema(root: Node<'_>) -> bool {
    let says_so = root
        .get("$schema")
        .and_then(|schema| schema.as_str())
        .is_some_and(|schema| schema.contains("json-schema.org"));
    let describes =
        root.get("properties").is_some_and(|properties| properties.kind() == Kind::Object);
    let of_objects =
        root.get("type").and_then(|kind| kind.as_str()).is_some_and(|kind| kind == "object");
    says_so
        || root.get("$defs").is_some_and(|defs| defs.kind() == Kind::Object)
        || (describes && (of_objects || root.get("definitions").is_some()))
}

/// Whether what tells of a connection at `pointer` is part of the record of a run, and no settings: what was
/// measured or answered, beside the day of it, or what it costs.
#[must_use]
pub fn is_record(root: Node<'_>, pointer: &str) -> bool {
    // What only a run leaves: two such names need no day.
    const RESULTS: [&str; 14] = [
        "latency_ms",
        "latencyms",
        "elapsed",
        "elapsed_ms",
        "elapsed_s",
        "duration_ms",
        "duration_s",
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "results",
        "response",
        "answer",
        "completion",
    ];
    // A list of models to choose from may rank them by these.
    const MARKS: [&str; 8] =
        ["score", "scores", "accuracy", "latency", "passed", "failed", "pass_rate", "metrics"];
    const DAYS: [&str; 14] = [
        "run",
        "run_date",
        "day",
        "measured_at",
        "date",
        "timestamp",
        "ts",
        "run_id",
        "runid",
        "run_at",
        "started_at",
        "startedat",
        "finished_at",
        "finishedat",
    ];
    let count = |node: Node<'_>, names: &[&str]| {
        let named = node.members().filter(|member| {
            // What is measured is a number, a text or what holds them; a switch is a setting.
            let is_setting = matches!(member.value.kind(), Kind::Bool | Kind::Null);
            !is_setting && names.contains(&member.key.name().to_ascii_lowercase().as_str())
        });
        named.count()
    };
    let tells = |node: Node<'_>| {
        let results = count(node, &RESULTS);
        results > 1 || (results + count(node, &MARKS) > 0 && count(node, &DAYS) > 0)
    };
    // A list of prices names its models, and asks them nothing.
    const PRICES: [&str; 6] =
        ["price", "prices", "pricing", "input_price", "output_price", "price_per_token"];
    if root.at(pointer).is_some_and(|node| count(node, &PRICES) > 0) {
        return true;
    }
    // A record may keep the settings of its run in a part of its own.
    let above = pointer.match_indices('/').map(|(at, _)| &pointer[..at]);
    above.chain([pointer]).filter_map(|at| root.at(at)).any(tells)
}

/// Why an object that has some of a request's fields is none.
pub fn of_object(object: Node<'_>) -> Option<&'static str> {
    if object.kind() != Kind::Object {
        return None;
    }
    let has = |name: &str| object.get(name).is_some();
    let text = |name: &str| object.get(name).and_then(|value| value.as_str());
    if text("object").is_some_and(|object| {
        object.starts_with("chat.completion") || object == "response" || object == "list"
    }) || has("choices")
    {
        return Some("a response");
    }
    let says_message = text("type").is_some_and(|kind| kind == "message");
    if (says_message && has("role") && has("content")) || has("stop_reason") || has("finish_reason")
    {
        return Some("a response");
    }
    let requests = has("messages") || has("input");
    if requests
        && ["usage", "response", "completion", "output", "outputs", "cost"]
            .iter()
            .any(|name| has(name))
    {
        return Some("a usage log");
    }
    if has("messages") && has("chosen") && has("rejected") {
        return Some("a line of preference data");
    }
    if has("messages") && marks_of_a_session(object) >= 3 {
        return Some("a saved conversation");
    }
    if !has("model") && object.get("messages").is_some_and(is_conversation) {
        return Some("messages without a model, as in training data");
    }
    None
}
