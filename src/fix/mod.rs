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
#[cfg(test)]
mod tests;
mod toml;
mod write;
mod yaml;

pub use apply::{apply, compatible};
pub use remedy::{Change, New, Remedy};
pub use site::Site;

use crate::diagnostic::Edit;
use crate::document::Node;

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
        Change::Set { node, to } => write::value(site, site.node(*node)?, to).map(one),
        Change::Part { node, range, to } => {
            // What comes before or behind a variable leaves it as it is.
            let node = if range.is_empty() { site.written(*node)? } else { site.node(*node)? };
            write::part(site, node, range.clone(), to).map(one)
        }
        Change::Rename { value, to } => write::key(site, &site.spot(*value)?, to).map(one),
        Change::Remove { value } => {
            let spot = site.spot(*value)?;
            if site.is_flow(spot.object) {
                flow::remove(site, &spot)
            } else {
                lines::remove(site, &spot).map(one)
            }
        }
        Change::Insert { after, key, value } => {
            let spot = site.spot(*after)?;
            if site.is_flow(spot.object) {
                flow::insert(site, &spot, key, value).map(one)
            } else {
                lines::insert(site, &spot, key, value).map(one)
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
