//! Edits made in a text.

use crate::diagnostic::{Edit, Fix, Span};

/// `text` with the edits made; `None` where they are not in order, overlap, or do not fit it.
#[must_use]
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start)?);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Of `fixes` those that can be made together, by their numbers: of two that touch, the first.
#[must_use]
pub fn compatible(fixes: &[&Fix]) -> Vec<usize> {
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut chosen = Vec::new();
    for (number, fix) in fixes.iter().enumerate() {
        let is_free = |span: &Span| {
            let before = taken.range(..=span.end).next_back();
            before.is_none_or(|(_, end)| *end < span.start)
        };
        if fix.edits.iter().all(|edit| is_free(&edit.span)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push(number);
        }
    }
    chosen
}
