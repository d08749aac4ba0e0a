//! Members in braces, with commas between: JSON and its kin, and what other syntaxes write alike.

use super::site::{Spot, is_blank};
use super::{New, Site, write};
use crate::diagnostic::{Edit, Span};
use crate::document::Node;

/// The edits that take a member out, with its comma, and with its line where nothing else is on it.
pub fn remove(site: &Site<'_>, spot: &Spot<'_>) -> Option<Vec<Edit>> {
    let (key, value) = (spot.member().key.span(), spot.member().value);
    let end = value.span().end;
    if key.end > value.span().start || site.has_comment(Span::new(key.start, end)) {
        return None;
    }
    if site.holds_shared(value) {
        return None;
    }
    let before = spot.before().map(|before| before.value.span().end);
    let next = spot.next().map(|next| next.key.span().start);
    without(site, Span::new(key.start, end), before, next)
}

/// The edits that take an element out of a list in brackets.
pub fn drop(site: &Site<'_>, list: Node<'_>, element: Node<'_>) -> Option<Vec<Edit>> {
    let span = element.span();
    if site.has_comment(span) || site.holds_shared(element) {
        return None;
    }
    let elements: Vec<_> = list.elements().collect();
    let at = elements.iter().position(|one| one.id() == element.id())?;
    let before = at.checked_sub(1).map(|at| elements[at].span().end);
    without(site, span, before, elements.get(at + 1).map(|next| next.span().start))
}

/// The edits that take an item out, with its comma: `before` is the end of the item before it, `next` the
/// start of that behind it.
fn without(
    site: &Site<'_>,
    item: Span,
    before: Option<usize>,
    next: Option<usize>,
) -> Option<Vec<Edit>> {
    let text = site.text();
    let mut main = item;
    let mut comma = None;
    let own = site.comma(item.end).filter(|at| next.is_none_or(|next| *at < next));
    match (own, before, next) {
        (Some(own), ..) if is_blank(&text[item.end..own]) => main.end = own + 1,
        (Some(own), ..) => comma = Some(own),
        // Another item follows, and no comma before it: not to be understood.
        (None, _, Some(_)) => return None,
        (None, Some(before), None) => {
            let own = site.comma(before).filter(|at| *at < item.start)?;
            if is_blank(&text[own + 1..item.start]) {
                main.start = own;
            } else {
                comma = Some(own);
            }
        }
        (None, None, None) => {}
    }
    let mut edits = vec![Edit { span: tidy(site, main), text: String::new() }];
    edits.extend(comma.map(|at| Edit { span: Span::new(at, at + 1), text: String::new() }));
    Some(edits)
}

/// `span` with the white space that would be left over: the whole line where nothing else stands on it.
fn tidy(site: &Site<'_>, span: Span) -> Span {
    let text = site.text();
    let at_end = span.end + site.blanks(span.end) == text.len();
    match (site.indent(span.start), site.ends_at(span.end).filter(|_| !at_end)) {
        (Some(indent), Some(end)) => Span::new(span.start - indent.len(), site.past_break(end)),
        (None, Some(end)) => Span::new(text[..span.start].trim_end_matches([' ', '\t']).len(), end),
        // The blanks behind the last member belong to the brace.
        _ if span.slice(text).starts_with(',') => span,
        _ => Span::new(span.start, span.end + site.blanks(span.end)),
    }
}

/// The edit that puts a member behind the one at `spot`.
pub fn insert(site: &Site<'_>, spot: &Spot<'_>, key: &str, value: &New) -> Option<Edit> {
    let member = spot.member();
    let new = write::member(site, member.key.node(), key, value)?;
    let end = member.value.span().end;
    if member.key.span().end > member.value.span().start || site.holds_shared(member.value) {
        return None;
    }
    let between = match site.indent(member.key.span().start) {
        Some(indent) => format!("{}{indent}", site.line_break()),
        None => " ".to_owned(),
    };
    Some(Edit { span: Span::new(end, end), text: format!(",{between}{new}") })
}
