//! Members that move into an object of their own, or out of one. Their bytes stay as they are, but for the
//! indent of their lines.

use super::site::{Spot, is_blank};
use super::write::{self, Family};
use super::{New, Site, tables, toml};
use crate::diagnostic::{Edit, Span};
use crate::document::{Kind, Member};

/// The edits that put the members from `spot` on into an object called `under`, behind a new member.
pub fn into(
    site: &Site<'_>,
    spot: &Spot<'_>,
    under: &str,
    before: Option<&(String, New)>,
) -> Option<Vec<Edit>> {
    if site.holds_shared(spot.object) {
        return None;
    }
    let taken = |name: &str| spot.members.iter().any(|member| member.key.is(name));
    if taken(under) || before.is_some_and(|(name, _)| taken(name)) {
        return None;
    }
    let is_flow = site.is_flow(spot.object);
    let family = Family::of(site.syntax);
    if family == Family::Toml && !is_flow {
        return tables::nest(site, spot, under, before);
    }
    let assign = if family == Family::Toml { " =" } else { ":" };
    let (first, last) = (spot.member().key, spot.members.last()?.value);
    let like = first.node();
    let start = first.span().start;
    let end = if is_flow { last.span().end } else { site.end_of(last) };
    let new = before.map(|(name, value)| write::member(site, like, name, value));
    let new = match new {
        Some(None) => return None,
        Some(Some(new)) => Some(new),
        None => None,
    };
    let name = write::name(site, like, under)?;
    let own_line = site.indent(start);
    if !is_flow {
        let indent = column(site, start)?;
        let line_break = site.line_break();
        let head = new.map(|new| format!("{new}{line_break}{indent}")).unwrap_or_default();
        let mut edits = shifted(site, Span::new(start, end));
        edits.insert(0, added(start, format!("{head}{name}:{line_break}{indent}  ")));
        return Some(edits);
    }
    let Some(indent) = own_line else {
        let head = new.map(|new| format!("{new}, ")).unwrap_or_default();
        return Some(vec![
            added(start, format!("{head}{name}{assign} {{")),
            added(end, "}".to_owned()),
        ]);
    };
    let line = format!("{}{indent}", site.line_break());
    let head = new.map(|new| format!("{new},{line}")).unwrap_or_default();
    let mut edits = vec![added(start, format!("{head}{name}{assign} {{{line}  "))];
    edits.extend(shifted(site, Span::new(start, end)));
    edits.push(added(end, format!("{line}}}")));
    Some(edits)
}

fn added(at: usize, text: String) -> Edit {
    Edit { span: Span::new(at, at), text }
}

/// What the lines of a block are indented by, whose first member begins at `at`.
fn column(site: &Site<'_>, at: usize) -> Option<String> {
    let before = &site.text()[site.line_start(at)..at];
    before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then(|| before.replace('-', " "))
}

/// Two blanks more before each line that begins in `span`.
fn shifted(site: &Site<'_>, span: Span) -> Vec<Edit> {
    let text = span.slice(site.text());
    let starts = text.match_indices('\n').map(|(at, _)| span.start + at + 1);
    let is_empty = |at: &usize| site.text()[*at..site.line_end(*at)].is_empty();
    starts.filter(|at| !is_empty(at)).map(|at| added(at, "  ".to_owned())).collect()
}

/// The edits that put the members of the object at `spot` in its place.
pub fn out_of(site: &Site<'_>, spot: &Spot<'_>) -> Option<Vec<Edit>> {
    let member = spot.member();
    let object = member.value;
    if object.kind() != Kind::Object || site.holds_shared(spot.object) {
        return None;
    }
    let inner: Vec<_> = object.members().collect();
    let clash = inner.iter().any(|one| {
        spot.members
            .iter()
            .any(|other| other.key.is_same(&one.key) && other.value.id() != object.id())
    });
    if Family::of(site.syntax) == Family::Toml && !site.is_flow(spot.object) {
        return if clash { None } else { tables::lift(site, spot) };
    }
    let (first, last) = (inner.first()?, inner.last()?);
    if clash || first.key.span().start < member.key.span().end {
        return None;
    }
    let start = Span::new(member.key.span().start, first.key.span().start);
    let is_flow = site.is_flow(spot.object);
    if site.is_flow(object) != is_flow {
        let lead = (!is_flow).then(|| column(site, start.start)).flatten()?;
        return as_lines(site, member, &lead);
    }
    let last_end = if is_flow { last.value.span().end } else { site.end_of(last.value) };
    let end = Span::new(last_end, if is_flow { object.span().end } else { last_end });
    if site.has_comment(start) || site.has_comment(end) {
        return None;
    }
    let mut edits = vec![Edit { span: start, text: String::new() }];
    edits.extend(unshifted(site, start, last_end));
    if !end.is_empty() {
        edits.push(Edit { span: end, text: String::new() });
    }
    Some(edits)
}

/// The edits that make lines, which begin with `lead`, of the members of the object in braces at `member`.
pub fn as_lines(site: &Site<'_>, member: &Member<'_>, lead: &str) -> Option<Vec<Edit>> {
    let start = member.key.span().start;
    let whole = Span::new(start, member.value.span().end);
    let rest = &site.text()[whole.end + site.blanks(whole.end)..];
    let is_last = site.ends_at(whole.end).is_some() || rest.starts_with('#');
    if site.has_comment(whole) || !is_last {
        return None;
    }
    let line = format!("{}{lead}", site.line_break());
    let mut edits = Vec::new();
    let mut from = start;
    for (at, inner) in member.value.members().enumerate() {
        let key = inner.key.span();
        // A dotted key says more than one member.
        let is_one = !inner.value.span().is_empty() && key.end <= inner.value.span().start;
        let is_plain = Family::of(site.syntax) != Family::Toml || toml::is_assigned(site, &inner);
        if !is_one || !is_plain || from > key.start {
            return None;
        }
        let text = if at == 0 { String::new() } else { line.clone() };
        edits.push(Edit { span: Span::new(from, key.start), text });
        from = inner.value.span().end;
    }
    edits.push(Edit { span: Span::new(from, whole.end), text: String::new() });
    Some(edits)
}

/// As many blanks less before each line behind `head` and before `end` as the first line there is deeper.
/// Nothing where a line is not as deep.
fn unshifted(site: &Site<'_>, head: Span, end: usize) -> Vec<Edit> {
    let text = site.text();
    let Some(inner) = site.indent(head.end) else { return Vec::new() };
    let Some(outer) = column(site, head.start) else { return Vec::new() };
    let less = inner.len().saturating_sub(outer.len());
    let lines = text[head.end..end].match_indices('\n').map(|(at, _)| head.end + at + 1);
    let mut edits = Vec::new();
    for at in lines.filter(|at| !text[*at..site.line_end(*at)].is_empty()) {
        let Some(blanks) = text.get(at..at + less).filter(|blanks| is_blank(blanks)) else {
            return Vec::new();
        };
        edits.push(Edit { span: Span::new(at, at + blanks.len()), text: String::new() });
    }
    edits
}
