//! Members that stand on lines of their own: YAML's blocks, TOML's tables, variables of an environment.

use super::site::{Spot, is_blank};
use super::write::Family;
use super::{New, Site, toml, write};
use crate::diagnostic::{Edit, Span};
use crate::document::Node;

/// The edit that takes a member out, with its lines.
pub fn remove(site: &Site<'_>, spot: &Spot<'_>) -> Option<Edit> {
    let text = site.text();
    let (key, value) = (spot.member().key.span(), spot.member().value);
    let family = Family::of(site.syntax);
    let is_written = match family {
        Family::Toml => toml::is_assigned(site, spot.member()),
        _ => key.end <= value.span().start,
    };
    let end = site.end_of(value).max(key.end);
    if !is_written || site.holds_shared(value) || site.has_comment(Span::new(key.start, end)) {
        return None;
    }
    let line_end = site.line_end(end);
    let start = beginning(site, key.start);
    let alone = is_blank(&text[end..line_end])
        || (family == Family::Yaml && text[end..line_end].trim() == ":");
    if let Some(start) = start.filter(|_| alone) {
        // The last line of a text without a line break at its end takes the one before it.
        let from =
            if line_end == text.len() && start > 0 { before_break(text, start) } else { start };
        return Some(Edit {
            span: Span::new(from, site.past_break(line_end)),
            text: String::new(),
        });
    }
    if start.is_some() {
        // A comment stays where it is.
        let indented = key.start - site.line_start(key.start);
        let blanks =
            text[end..line_end].len() - text[end..line_end].trim_start_matches([' ', '\t']).len();
        let comment = text[end + blanks..line_end].starts_with('#');
        let from = site.line_start(key.start) + indented.min(key.start);
        return (comment && family != Family::Env)
            .then(|| Edit { span: Span::new(from, end + blanks), text: String::new() });
    }
    // The first of a list's element: the next one moves up behind the dash.
    let next = spot.next()?.key.span().start;
    let prefix = &text[site.line_start(key.start)..key.start];
    let is_dashed = prefix.bytes().all(|byte| matches!(byte, b' ' | b'-')) && prefix.ends_with(' ');
    let moves = family == Family::Yaml
        && is_dashed
        && text[end..next].trim().is_empty()
        && text[end..next].contains('\n');
    moves.then(|| Edit { span: Span::new(key.start, next), text: String::new() })
}

/// The edit that takes an element out of a YAML list, with its lines.
pub fn drop(site: &Site<'_>, list: Node<'_>, element: Node<'_>) -> Option<Edit> {
    let text = site.text();
    let start = site.line_start(element.span().start);
    let end = site.end_of(element);
    let line_end = site.line_end(end);
    let is_alone = text[start..element.span().start].trim() == "-"
        && is_blank(&text[end..line_end])
        && list.len() > 1
        && !site.has_comment(Span::new(start, line_end))
        && !site.holds_shared(element);
    let from = if line_end == text.len() { before_break(text, start) } else { start };
    is_alone.then(|| Edit { span: Span::new(from, site.past_break(line_end)), text: String::new() })
}

/// Where the line of a member begins, if it is the member's alone so far.
fn beginning(site: &Site<'_>, key: usize) -> Option<usize> {
    let line = site.line_start(key);
    let before = &site.text()[line..key];
    let exported = before.trim_start().strip_prefix("export").is_some_and(is_blank);
    let is_env = Family::of(site.syntax) == Family::Env;
    (is_blank(before) || (is_env && exported)).then_some(line)
}

/// Offset of the line break before the line that begins at `start`.
fn before_break(text: &str, start: usize) -> usize {
    let before = &text[..start];
    before.strip_suffix("\r\n").or_else(|| before.strip_suffix('\n')).map_or(start, str::len)
}

/// The edit that puts a member on a line behind the one at `spot`.
pub fn insert(site: &Site<'_>, spot: &Spot<'_>, key: &str, value: &New) -> Option<Edit> {
    let member = spot.member();
    let text = site.text();
    let family = Family::of(site.syntax);
    if family == Family::Toml && !toml::is_assigned(site, member) || site.holds_shared(member.value)
    {
        return None;
    }
    let line = site.line_start(member.key.span().start);
    let before = &text[line..member.key.span().start];
    let prefix = match family {
        Family::Env => before.to_owned(),
        Family::Toml if is_blank(before) => before.to_owned(),
        // Behind a dash the members stand as deep as the first.
        Family::Yaml if before.bytes().all(|byte| matches!(byte, b' ' | b'-')) => {
            before.replace('-', " ")
        }
        _ => return None,
    };
    let new = write::member(site, member.key.node(), key, value)?;
    let end = site.end_of(member.value).max(member.key.span().end);
    let at = site.line_end(end);
    let rest = text[end..at].trim_start_matches([' ', '\t']);
    let is_last_on_line =
        rest.is_empty() || rest.starts_with('#') || (family == Family::Yaml && rest.trim() == ":");
    is_last_on_line.then(|| Edit {
        span: Span::new(at, at),
        text: format!("{}{prefix}{new}", site.line_break()),
    })
}
