//! Remedies that several rules share.

use super::finding::Place;
use crate::diagnostic::{Span, Target};
use crate::document::pointer::unescape;
use crate::document::{Kind, SpanMap, Tree};
use crate::fix::{Change, Remedy};

/// `text` in the place of `old`, which is what is underlined, or stands in it once.
#[must_use]
pub fn written(tree: &Tree<'_>, place: Place, old: &str, text: &str) -> Option<Change> {
    let node = tree.node(place.node);
    if place.target == Target::Key {
        let pointer = node.pointer_from(tree.root()?);
        let (_, name) = pointer.rsplit_once('/')?;
        let name = unescape(name);
        // What a tool puts around it stays.
        return (name.matches(old).count() == 1)
            .then(|| Change::rename(node, name.replacen(old, text, 1)));
    }
    if node.kind() != Kind::String {
        return None;
    }
    let said = node.as_str()?;
    if said == old {
        return Some(Change::text(node, text));
    }
    // A tool puts something around it, or it is one of several in a text: then the place tells which.
    let map = SpanMap::of_string(node)?;
    let is_here = |at: usize| place.span.covers(map.to_file(Span::new(at, at + old.len())));
    let mut here = said.match_indices(old).map(|(at, _)| at).filter(|at| is_here(*at));
    let at = here.next().filter(|_| here.next().is_none())?;
    Some(Change::Part { node: node.id(), range: at..at + old.len(), to: text.to_owned() })
}

/// What leaves of the string at `place` nothing but `kept`, which stands in it once: only deletions, so
/// that no edit holds what is kept.
#[must_use]
pub fn trimmed(tree: &Tree<'_>, place: Place, prefix: &str, kept: &str) -> Option<Remedy> {
    let node = tree.node(place.node);
    let said = node.as_str().filter(|_| node.kind() == Kind::String)?;
    let rest = said.strip_prefix(prefix)?;
    let at = prefix.len() + rest.find(kept).filter(|_| rest.matches(kept).count() == 1)?;
    let end = at + kept.len();
    let part =
        |range: std::ops::Range<usize>| Change::Part { node: node.id(), range, to: String::new() };
    let ranges = [prefix.len()..at, end..said.len()];
    let mut changes = ranges.into_iter().filter(|range| !range.is_empty()).map(part);
    let first = Remedy::safe(changes.next()?);
    Some(changes.fold(first, Remedy::and))
}
