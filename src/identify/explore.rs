//! Looks through what requests are wrapped in.

use super::shape::{self, Strictness};
use super::{
    Address, AddressForm, Context, Evidence, Identified, Verdict, answer, error_response,
    file_address, lookalike, provider,
};
use crate::document::{Kind, Node, NodeId, pointer};
use crate::knowledge::DocumentKind;

/// How deep a request may lie in its wrappers.
const DEEPEST: usize = 8;

/// Keys whose value is the body of the request that surrounds them.
const BODIES: [&str; 7] = ["body", "request", "payload", "json", "params", "data", "req"];

/// What surrounds an object.
#[derive(Clone, Default)]
struct Surroundings {
    pointer: String,
    depth: usize,
    address: Option<Address>,
    headers: Option<NodeId>,
    /// The HTTP status beside the answer that it is in.
    status: Option<NodeId>,
    /// Whether only wrappers lie between it and the document's root.
    wrapped: bool,
    /// Whether it is the value of a body's key, beside the URL.
    is_body: bool,
    /// Whether the object that holds it names a model.
    model_beside: bool,
    /// Where the request went that it is an answer to.
    asked: Option<Address>,
}

/// Everything to judge at or below `root`.
pub fn all(root: Node<'_>, context: &Context<'_>) -> Vec<Identified> {
    let mut found = Vec::new();
    let address = file_address::of(root, context.catalog);
    let around = Surroundings { wrapped: true, address, ..Surroundings::default() };
    explore(root, &around, context, &mut found);
    found
}

/// `root`, or each of its elements, as a document of the declared `kind`.
pub fn declared(root: Node<'_>, kind: &DocumentKind, context: &Context<'_>) -> Vec<Identified> {
    if context.is_body {
        return vec![body(root, kind, context)];
    }
    if root.kind() == Kind::Array && !matches!(kind, DocumentKind::Custom(_)) {
        let elements = root.elements().enumerate();
        return elements
            .flat_map(|(index, element)| one_declared(element, format!("/{index}"), kind, context))
            .collect();
    }
    one_declared(root, String::new(), kind, context)
}

/// `root` itself, whatever it looks like.
fn body(root: Node<'_>, kind: &DocumentKind, context: &Context<'_>) -> Identified {
    let around = Surroundings::default();
    identified(root, &around, provider::judge(root, kind.clone(), None, context))
}

fn one_declared(
    object: Node<'_>,
    pointer: String,
    kind: &DocumentKind,
    context: &Context<'_>,
) -> Vec<Identified> {
    // A declared request may still lie in a wrapper.
    let wrapped = object.get("messages").is_none() && object.get("input").is_none();
    let inner = BODIES
        .iter()
        .filter(|_| wrapped && kind.is_request() && object.get("model").is_none())
        .find_map(|name| {
            object.get(name).filter(|body| body.kind() == Kind::Object).map(|body| (*name, body))
        });
    let (address, headers) = beside(object);
    let address = match kind {
        DocumentKind::ErrorResponse => address.or_else(|| answer::asked(object)),
        _ => address,
    };
    let (root, pointer) = match inner {
        Some((name, body)) => (body, pointer::push(&pointer, name)),
        None => (object, pointer),
    };
    let (pointer, root, status) = match kind {
        DocumentKind::ErrorResponse => answer::unwrapped(root, &pointer),
        _ => (pointer, root, None),
    };
    let around = Surroundings {
        pointer,
        address,
        headers,
        status,
        wrapped: true,
        depth: 0,
        is_body: false,
        model_beside: false,
        asked: None,
    };
    let verdict = match kind {
        DocumentKind::Custom(_) => {
            Verdict::Judged { kind: kind.clone(), provider: None, evidence: Evidence::Declared }
        }
        kind => provider::judge(root, kind.clone(), around.address.as_ref(), context),
    };
    let mut found = vec![identified(root, &around, verdict)];
    if *kind == DocumentKind::BatchLine {
        batch_body(root, &around, context, &mut found);
    }
    found
}

fn identified(root: Node<'_>, around: &Surroundings, verdict: Verdict) -> Identified {
    Identified {
        root: root.id(),
        pointer: around.pointer.clone(),
        verdict,
        address: around.address.clone(),
        headers: around.headers,
        status: around.status,
        in_batch: false,
        entry: None,
    }
}

fn beside(object: Node<'_>) -> (Option<Address>, Option<NodeId>) {
    let headers = object.get("headers").or_else(|| object.get("header"));
    (
        Address::beside(object),
        headers
            .filter(|headers| matches!(headers.kind(), Kind::Object | Kind::Array))
            .map(|headers| headers.id()),
    )
}

fn explore(
    node: Node<'_>,
    around: &Surroundings,
    context: &Context<'_>,
    found: &mut Vec<Identified>,
) {
    if around.depth > DEEPEST {
        return;
    }
    match node.kind() {
        Kind::Array => {
            for (index, element) in node.elements().enumerate() {
                if matches!(element.kind(), Kind::Object | Kind::Array) {
                    let inner = Surroundings {
                        pointer: format!("{}/{index}", around.pointer),
                        depth: around.depth + 1,
                        ..around.clone()
                    };
                    explore(element, &inner, context, found);
                }
            }
        }
        Kind::Object => explore_object(node, around, context, found),
        _ => {}
    }
}

fn explore_object(
    object: Node<'_>,
    around: &Surroundings,
    context: &Context<'_>,
    found: &mut Vec<Identified>,
) {
    if is_batch_line(object, context.is_line) {
        let (address, headers) = beside(object);
        let around = Surroundings { address, headers, ..around.clone() };
        let body = object.get("body").unwrap_or(object);
        let verdict =
            provider::judge(body, DocumentKind::BatchLine, around.address.as_ref(), context);
        found.push(identified(object, &around, verdict));
        batch_body(object, &around, context, found);
        return;
    }
    let strictness = if around.wrapped { Strictness::Loose } else { Strictness::Full };
    let shaped = shape::of(object, strictness, context.is_line);
    // What lacks its model because the wrapper holds it is put together by a program.
    let shaped = shaped.filter(|_| !(around.model_beside && object.get("model").is_none()));
    if let Some(shaped) = shaped {
        let own = Surroundings { address: Address::beside(object), ..around.clone() };
        let around = if around.address.is_none() { &own } else { around };
        let address = around.address.as_ref();
        let kind = addressed_kind(address, context)
            .or_else(|| other_request(object, address, context))
            .unwrap_or(shaped);
        let verdict = provider::judge(object, kind, around.address.as_ref(), context);
        found.push(identified(object, around, verdict));
        return;
    }
    if let Some(kind) = sent_to_us(object, around, context) {
        let verdict = provider::judge(object, kind, around.address.as_ref(), context);
        found.push(identified(object, around, verdict));
        return;
    }
    let (own_address, headers) = beside(object);
    // Beside the error may stand the request that it answers, or beside the answer that it is in.
    let asked = own_address.clone().or_else(|| answer::asked(object));
    let asked = asked.or_else(|| around.asked.clone());
    let known = asked.as_ref().or(around.address.as_ref());
    if let Some(verdict) = error_response::judge(object, known, context) {
        let status = answer::status(object).or(around.status);
        found.push(Identified { status, ..identified(object, around, verdict) });
    }
    let address = own_address;
    // Asked once: an object may have a hundred thousand members.
    let status = answer::status(object).or(around.status);
    let has_model = object.get("model").is_some();
    for member in object.members() {
        if !matches!(member.value.kind(), Kind::Object | Kind::Array) {
            continue;
        }
        let name = member.key.name();
        // What a schema or a specification shows inside a file is no request that is sent.
        if lookalike::of_file(member.value, "").is_some() {
            continue;
        }
        let body = BODIES.contains(&name.as_ref());
        let addressed = address.is_some() || headers.is_some();
        let inner = Surroundings {
            pointer: pointer::push(&around.pointer, &name),
            depth: around.depth + 1,
            address: if addressed { address.clone() } else { around.address.clone() },
            headers: if addressed { headers } else { around.headers },
            status: status.filter(|_| answer::is_holder(&name)),
            wrapped: body && around.wrapped,
            is_body: body && address.is_some(),
            model_beside: has_model,
            asked: asked.clone().filter(|_| answer::is_holder(&name)),
        };
        explore(member.value, &inner, context, found);
    }
}

/// The kind of a body that lacks its model or its messages, where the URL beside it is one of a
/// provider's: then it is a request whatever it lacks.
fn sent_to_us(
    object: Node<'_>,
    around: &Surroundings,
    context: &Context<'_>,
) -> Option<DocumentKind> {
    let address = around.address.as_ref().filter(|_| around.is_body)?;
    let host = address.host.as_ref()?;
    context.catalog.provider_near_host(host)?;
    let says_something = object.members().any(|member| shape::is_field(&member.key.name()));
    let kind = || {
        addressed_kind(Some(address), context)
            .or_else(|| other_request(object, Some(address), context))
    };
    if says_something { kind() } else { None }
}

/// The kind of a body that is sent to a host of the API, and to none of the paths that chats are sent to.
/// It is none of them, though it may look like one.
fn other_request(
    object: Node<'_>,
    address: Option<&Address>,
    context: &Context<'_>,
) -> Option<DocumentKind> {
    let address = address.filter(|address| address.form != AddressForm::Base)?;
    let path = address.steps();
    let Some(host) = address.host.as_deref() else {
        // A chat on such a path is one to a server of one's own.
        let is_other = object.get("messages").is_none() && is_for_no_chat(&path, context);
        return is_other.then_some(DocumentKind::OtherRequest);
    };
    let provider = context.catalog.provider_of_host(host)?;
    let leads_on =
        |known: &str| known.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    // A base URL, to which a client adds.
    let is_base = provider.endpoints.iter().any(|endpoint| leads_on(&endpoint.path));
    let is_known = provider.host(host).is_some() && !provider.endpoints.is_empty();
    if !is_known || address.has_open_path() || is_base {
        return None;
    }
    // A chat on an unheard-of path is a chat all the same.
    let is_chat = object.get("messages").is_some() && provider.not_endpoint(&path).is_none();
    (!is_chat).then_some(DocumentKind::OtherRequest)
}

/// Whether a bare path is known to be one that no chats are sent to.
fn is_for_no_chat(path: &str, context: &Context<'_>) -> bool {
    context.catalog.providers().iter().any(|provider| {
        let is_served = provider
            .endpoints
            .iter()
            .any(|endpoint| endpoint.is_at(path) && DocumentKind::parse(&endpoint.kind).is_none());
        is_served || provider.not_endpoint(path).is_some()
    })
}

fn is_batch_line(object: Node<'_>, is_line: bool) -> bool {
    let has = |name: &str| object.get(name).is_some();
    let body = object.get("body").is_some_and(|body| body.kind() == Kind::Object);
    if is_line && !body && has("custom_id") && has("url") && has("method") {
        return !has("response") && !has("error");
    }
    if object.get("response").is_some() || has("status_code") {
        return false;
    }
    body && ((has("custom_id") && (has("url") || has("method")))
        || (is_line && has("url") && has("method") && !has("headers")))
}

/// The request in a batch line; its kind is the line's `url`.
fn batch_body(
    line: Node<'_>,
    around: &Surroundings,
    context: &Context<'_>,
    found: &mut Vec<Identified>,
) {
    let Some(body) = line.get("body").filter(|body| body.kind() == Kind::Object) else {
        return;
    };
    let inner = Surroundings { pointer: pointer::push(&around.pointer, "body"), ..around.clone() };
    let kind = addressed_kind(around.address.as_ref(), context).unwrap_or_else(|| {
        shape::of(body, Strictness::Loose, false).unwrap_or_else(|| shape::dialect(body))
    });
    // Where the line is held to a provider, its body is held to the same.
    let verdict = match found.last().map(|line| &line.verdict) {
        Some(Verdict::Judged { provider: Some(provider), evidence, .. }) => {
            Verdict::Judged { kind, provider: Some(provider.clone()), evidence: evidence.clone() }
        }
        _ => return,
    };
    found.push(Identified { in_batch: true, ..identified(body, &inner, verdict) });
}

/// The kind that the path of `address` names.
fn addressed_kind(address: Option<&Address>, context: &Context<'_>) -> Option<DocumentKind> {
    let path = address?.steps();
    let path = path.as_str();
    let endpoints = context.catalog.providers().iter().flat_map(|provider| &provider.endpoints);
    endpoints
        .filter(|endpoint| path == endpoint.path)
        .find_map(|endpoint| DocumentKind::parse(&endpoint.kind))
        .or_else(|| {
            let ends = [
                ("/chat/completions", DocumentKind::ChatCompletions),
                ("/messages", DocumentKind::Messages),
                ("/responses", DocumentKind::Responses),
            ];
            ends.into_iter().find(|(end, _)| path.ends_with(end)).map(|(_, kind)| kind)
        })
}
