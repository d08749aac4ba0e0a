//! An answer of the API that a test keeps, and the status that stands beside it.

use super::Address;
use crate::document::{Kind, Node, NodeId, pointer};

/// Keys under which the body of an answer stands beside its status.
const HOLDERS: [&str; 6] = ["response", "body", "jsonBody", "json", "data", "payload"];

/// Keys under which the request stands that an answer is to.
const REQUESTS: [&str; 3] = ["request", "req", "httpRequest"];

/// Keys under which an HTTP status stands.
const STATUSES: [&str; 5] = ["status", "statusCode", "status_code", "httpStatus", "http_status"];

/// Whether what stands under `name` is, or holds, the body of an answer.
pub fn is_holder(name: &str) -> bool {
    HOLDERS.contains(&name)
}

/// The URL of the request that stands beside an answer, such as a recorder keeps it.
pub fn asked(object: Node<'_>) -> Option<Address> {
    let requests = REQUESTS.iter().filter_map(|name| object.get(name));
    let mut addresses = requests.filter_map(|request| match request.kind() {
        Kind::Object => Address::beside(request),
        _ => Address::of(request),
    });
    addresses.find(|address| address.host.is_some())
}

/// The HTTP status among the members of `object`.
pub fn status(object: Node<'_>) -> Option<NodeId> {
    let found = STATUSES.iter().filter_map(|name| object.get(name));
    let mut numbers = found.filter(|node| {
        node.number_text()
            .and_then(|text| text.parse::<u16>().ok())
            .is_some_and(|number| (100..600).contains(&number))
    });
    numbers.next().map(|node| node.id())
}

/// The body of an answer in its wrappers: where it lies, itself, and the status beside it.
pub fn unwrapped<'t>(object: Node<'t>, start: &str) -> (String, Node<'t>, Option<NodeId>) {
    let (mut at, mut body, mut known) = (start.to_owned(), object, status(object));
    while body.get("error").is_none() {
        let inner = HOLDERS.iter().find_map(|name| {
            body.get(name).filter(|inner| inner.kind() == Kind::Object).map(|inner| (name, inner))
        });
        let Some((name, inner)) = inner else { return (start.to_owned(), object, None) };
        at = pointer::push(&at, name);
        body = inner;
        known = status(body).or(known);
    }
    (at, body, known)
}
