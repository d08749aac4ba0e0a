//! From what a rule wants changed to edits of the file's bytes.
//!
//! A rule speaks of nodes: this value becomes that, this member goes. How that is written follows from the
//! syntax and the quotes in which the node stands; each syntax's writer has a file of its own. Where no
//! edit is safe, such as at what an anchor repeats, there is none.

mod apply;
mod env;
mod flow;
mod json;
mod lines;
mod nest;
mod remedy;
mod site;
mod tables;
#[cfg(test)]
mod tests;
mod toml;
#[cfg(test)]
mod toml_tests;
mod write;
mod yaml;

pub use apply::{apply, compatible};
pub use json::text_of;
pub use remedy::{Change, New, Remedy};
pub use site::Site;

use self::site::Spot;
use self::write::Family;
use crate::diagnostic::Edit;
use crate::document::{Kind, Node};

/// The edits that do what `remedy` says in the text of `site`, in order of their spans, none overlapping another;
/// `None` where there is no safe way.
#[must_use]
pub fn edits(site: &Site<'_>, remedy: &Remedy) -> Option<Vec<Edit>> {
    let mut edits: Vec<Edit> = Vec::new();
    for change in &remedy.changes {
        edits.extend(change_edits(site, change)?);
    }
    let text = site.tree.text();
    edits.retain(|edit| edit.span.slice(text) != edit.text);
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
    (apart && !edits.is_empty()).then_some(edits)
}

/// What does in the string `outer` what `remedy` does in the document that stands in it, which `inner` has.
#[must_use]
pub fn embedded(outer: Node<'_>, inner: &Site<'_>, remedy: &Remedy) -> Option<Remedy> {
    let part = |edit: Edit| Change::Part {
        node: outer.id(),
        range: edit.span.start..edit.span.end,
        to: edit.text,
    };
    let changes = edits(inner, remedy)?.into_iter().map(part).collect();
    Some(Remedy { applicability: remedy.applicability, changes })
}

fn change_edits(site: &Site<'_>, change: &Change) -> Option<Vec<Edit>> {
    let one = |edit: Edit| vec![edit];
    match change {
        Change::Set { node, to } => {
            let node = site.node(*node)?;
            let is_container = matches!(node.kind(), Kind::Object | Kind::Array);
            match Family::of(site.syntax) {
                Family::Toml if is_container && !site.has_brackets(node) => {
                    tables::set(site, node, None, to)
                }
                _ => write::value(site, node, to).map(one),
            }
        }
        Change::Part { node, range, to } => {
            // What comes before or behind a variable leaves it as it is, and so does what goes there.
            let around = range.is_empty() || to.is_empty();
            let node = if around { site.written(*node)? } else { site.node(*node)? };
            write::part(site, node, range.clone(), to).map(one)
        }
        Change::Rename { value, to } => {
            let spot = site.spot(*value)?;
            if spot.members.iter().any(|member| member.key.is(to)) {
                return None;
            }
            match write::key(site, &spot, to) {
                None if is_table(site, &spot) => tables::rename(site, &spot, to),
                edit => edit.map(one),
            }
        }
        Change::Exchange { value, key, to } => {
            let node = site.node(*value)?;
            let is_container = matches!(node.kind(), Kind::Object | Kind::Array);
            if Family::of(site.syntax) == Family::Toml && is_container && !site.has_brackets(node) {
                return tables::set(site, node, Some(key), to);
            }
            let renamed = Change::Rename { value: *value, to: key.clone() };
            let set = Change::Set { node: *value, to: to.clone() };
            let mut edits = change_edits(site, &renamed)?;
            edits.extend(change_edits(site, &set)?);
            Some(edits)
        }
        Change::Remove { value } => {
            let spot = site.spot(*value)?;
            if site.is_flow(spot.object) {
                return flow::remove(site, &spot);
            }
            // A mapping without members is none any more, but in braces.
            if Family::of(site.syntax) == Family::Yaml && spot.members.len() == 1 {
                let empty = New::Data(serde_json::json!({}));
                return write::value(site, spot.object, &empty).map(one);
            }
            match lines::remove(site, &spot) {
                None if is_table(site, &spot) => tables::remove(site, &spot),
                edit => edit.map(one),
            }
        }
        Change::Drop { element } => {
            let node = site.node(*element)?;
            let list = node.parent_in(site.tree.root()?)?;
            match Family::of(site.syntax) {
                _ if list.kind() != Kind::Array => None,
                _ if site.has_brackets(list) => flow::drop(site, list, node),
                Family::Toml => tables::drop(site, node),
                _ => lines::drop(site, list, node).map(one),
            }
        }
        Change::Prepend { first, value } => {
            write::before_first(site, site.written(*first)?, value).map(one)
        }
        Change::Insert { after, key, value } => {
            let spot = site.spot(*after)?;
            if spot.members.iter().any(|member| member.key.is(key)) {
                return None;
            }
            if site.is_flow(spot.object) {
                return flow::insert(site, &spot, key, value).map(one);
            }
            match lines::insert(site, &spot, key, value) {
                None if is_table(site, &spot) => tables::insert(site, &spot, key, value),
                edit => edit.map(one),
            }
        }
        Change::Nest { first, under, before } => {
            nest::into(site, &site.spot(*first)?, under, before.as_ref())
        }
        Change::Lift { value } => nest::out_of(site, &site.spot(*value)?),
        Change::Delete { span } => {
            let edit = Edit { span: *span, text: String::new() };
            Some(one(edit))
        }
        Change::Replace { span, to } => Some(one(Edit { span: *span, text: to.clone() })),
    }
}

/// Whether a member is one of a table of TOML, which may be named at several places.
fn is_table(site: &Site<'_>, spot: &Spot<'_>) -> bool {
    Family::of(site.syntax) == Family::Toml && !site.is_flow(spot.object)
}
