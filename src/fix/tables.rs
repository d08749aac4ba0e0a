//! Members of TOML's tables that stand in no braces. One member may be written at several places: in the
//! headers of tables within it, and in dotted keys.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::site::Spot;
use super::{New, Site, nest, toml};
use crate::diagnostic::{Edit, Span};
use crate::document::{Node, pointer};
use crate::extract::{Statement, StatementKind, statements};

/// A statement, with what it names.
struct Written {
    statement: Statement,
    /// The table that it stands in; of a header, the one that it opens.
    table: String,
    /// What each part of its key names.
    steps: Vec<String>,
}

impl Written {
    fn is_assignment(&self) -> bool {
        self.statement.kind == StatementKind::Assignment
    }

    /// Whether it says something of what `at` names.
    fn is_of(&self, at: &str) -> bool {
        let is_within = |name: &String| {
            name.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.steps.iter().any(is_within) || is_within(&self.table)
    }

    /// Which part of its key names `at`.
    fn part(&self, at: &str) -> Option<usize> {
        self.steps.iter().position(|step| step == at)
    }
}

/// The statements of a text.
struct Tables<'s, 't> {
    site: &'s Site<'t>,
    written: Vec<Written>,
}

impl<'s, 't> Tables<'s, 't> {
    fn of(site: &'s Site<'t>) -> Self {
        // How many elements each list has so far.
        let mut lists: HashMap<String, usize> = HashMap::new();
        let mut table = String::new();
        let mut written = Vec::new();
        for statement in statements(site.text()) {
            let is_assignment = statement.kind == StatementKind::Assignment;
            let mut at = if is_assignment { table.clone() } else { String::new() };
            let mut steps = Vec::with_capacity(statement.key.len());
            for (number, part) in statement.key.iter().enumerate() {
                at = pointer::push(&at, &part.name);
                steps.push(at.clone());
                let is_last = number + 1 == statement.key.len();
                if is_last && statement.kind == StatementKind::Element {
                    *lists.entry(at.clone()).or_default() += 1;
                }
                let is_entered = !is_last || statement.kind == StatementKind::Element;
                if let Some(count) = lists.get(&at).filter(|_| is_entered) {
                    at = format!("{at}/{}", count - 1);
                }
            }
            if !is_assignment {
                table = at;
            }
            written.push(Written { statement, table: table.clone(), steps });
        }
        Self { site, written }
    }

    fn text(&self) -> &'t str {
        self.site.text()
    }

    /// Every part of a key that names `at`.
    fn keys_of<'w>(&'w self, at: &'w str) -> impl Iterator<Item = (&'w Written, usize)> + 'w {
        self.written.iter().filter_map(move |one| Some((one, one.part(at)?)))
    }

    /// The edits that take `statement` out, with its line; a comment in it stays.
    fn without(&self, statement: &Statement) -> Option<Edit> {
        let (site, span) = (self.site, statement.span);
        let indent = site.indent(span.start).filter(|_| !site.has_comment(span))?;
        let start = span.start - indent.len();
        let Some(end) = site.ends_at(span.end) else {
            let blanks = site.blanks(span.end);
            let comment = self.text()[span.end + blanks..].starts_with('#');
            let span = Span::new(span.start, span.end + blanks);
            return comment.then(|| deleted(span));
        };
        // The empty line before a header goes with it.
        let gap = self
            .before_break(start)
            .filter(|before| statement.kind != StatementKind::Assignment && before.ends_with('\n'));
        Some(deleted(Span::new(gap.map_or(start, str::len), site.past_break(end))))
    }

    /// What stands before the line break at `at`.
    fn before_break(&self, at: usize) -> Option<&'t str> {
        let before = self.text()[..at].strip_suffix('\n')?;
        Some(before.strip_suffix('\r').unwrap_or(before))
    }

    /// The edits that take these statements out.
    fn without_all<'w>(&self, gone: impl Iterator<Item = &'w Written>) -> Option<Vec<Edit>> {
        let mut edits: Vec<Edit> = Vec::new();
        for one in gone {
            let edit = self.without(&one.statement)?;
            match edits.last_mut() {
                Some(last) if last.span.end >= edit.span.start => last.span.end = edit.span.end,
                _ => edits.push(edit),
            }
        }
        // The last line of a text without a line break at its end takes the one before it.
        let last = edits
            .last_mut()
            .filter(|last| last.span.end == self.text().len() && !self.text().ends_with('\n'));
        if let Some(last) = last
            && let Some(before) = self.before_break(last.span.start)
        {
            last.span.start = before.len();
        }
        Some(edits)
    }

    /// What stands at the beginning of a key before its part number `part`.
    fn lead(&self, one: &Written, part: usize) -> &'t str {
        let key = &one.statement.key;
        &self.text()[key[0].span.start..key[part].span.start]
    }
}

fn deleted(span: Span) -> Edit {
    Edit { span, text: String::new() }
}

fn added(at: usize, text: String) -> Edit {
    Edit { span: Span::new(at, at), text }
}

fn name_of(site: &Site<'_>, node: Node<'_>) -> Option<String> {
    Some(node.pointer_from(site.tree.root()?))
}

/// The edits that call the member at `spot` `to`, wherever it is named.
pub fn rename(site: &Site<'_>, spot: &Spot<'_>, to: &str) -> Option<Vec<Edit>> {
    let at = name_of(site, spot.member().value)?;
    let tables = Tables::of(site);
    let edit = |(one, part): (&Written, usize)| {
        let span = one.statement.key[part].span;
        Some(Edit { span, text: toml::key(span.slice(site.text()), to)? })
    };
    tables.keys_of(&at).map(edit).collect()
}

/// The edits that take the member at `spot` out, with all its tables.
pub fn remove(site: &Site<'_>, spot: &Spot<'_>) -> Option<Vec<Edit>> {
    let at = name_of(site, spot.member().value)?;
    let tables = Tables::of(site);
    tables.without_all(tables.written.iter().filter(|one| one.is_of(&at)))
}

/// The edits that take an element out of a list of tables.
pub fn drop(site: &Site<'_>, element: Node<'_>) -> Option<Vec<Edit>> {
    let at = name_of(site, element)?;
    let tables = Tables::of(site);
    tables.without_all(tables.written.iter().filter(|one| one.is_of(&at)))
}

/// The edits that make `to` of a table, or of a list of tables, that has no braces; under another name, where
/// one is given.
pub fn set(site: &Site<'_>, node: Node<'_>, name: Option<&str>, to: &New) -> Option<Vec<Edit>> {
    let at = name_of(site, node)?;
    let tables = Tables::of(site);
    let first = tables.written.iter().position(|one| one.is_of(&at))?;
    let (one, rest) = (&tables.written[first], &tables.written[first + 1..]);
    let part = one.part(&at)?;
    let key = one.statement.key[part].span.slice(site.text());
    let key = name.map_or_else(|| Some(key.to_owned()), |name| toml::key(key, name))?;
    let lead = if one.is_assignment() { tables.lead(one, part) } else { "" };
    // A value belongs to the table whose lines it stands among.
    let (parent, _) = at.rsplit_once('/')?;
    let table = first.checked_sub(1).map_or("", |before| tables.written[before].table.as_str());
    if site.has_comment(one.statement.span) {
        return None;
    }
    let span = one.statement.span;
    let mut edits = match to {
        New::Data(Value::Object(members)) if one.statement.kind == StatementKind::Table => {
            let before = Span::new(span.start, one.statement.key[part].span.start);
            let header = format!("{}{key}]", before.slice(site.text()));
            let lines = lines_of(site, one, members)?;
            vec![Edit { span, text: header }, added(site.line_end(span.end), lines)]
        }
        _ if !one.is_assignment() && table != parent => return None,
        _ => vec![Edit { span, text: format!("{lead}{key} = {}", toml::value("", to)?) }],
    };
    edits.extend(tables.without_all(rest.iter().filter(|one| one.is_of(&at)))?);
    Some(edits)
}

/// Members as lines behind the header `one`.
fn lines_of(
    site: &Site<'_>,
    one: &Written,
    members: &serde_json::Map<String, Value>,
) -> Option<String> {
    let indent = site.indent(one.statement.span.start)?;
    let mut out = String::new();
    for (name, value) in members {
        let value = toml::value("", &New::Data(value.clone()))?;
        let name = toml::key("a", name)?;
        let _ = write!(out, "{}{indent}{name} = {value}", site.line_break());
    }
    Some(out)
}

/// The edits that put a member behind the one at `spot`.
pub fn insert(site: &Site<'_>, spot: &Spot<'_>, key: &str, value: &New) -> Option<Vec<Edit>> {
    let at = name_of(site, spot.member().value)?;
    let tables = Tables::of(site);
    let (one, part) = tables.keys_of(&at).find(|(one, _)| one.is_assignment())?;
    let indent = site.indent(one.statement.span.start)?;
    let (lead, like) = (tables.lead(one, part), one.statement.key[part].span.slice(site.text()));
    let new = format!("{lead}{} = {}", toml::key(like, key)?, toml::value("\"", value)?);
    let end = site.line_end(one.statement.span.end);
    Some(vec![added(end, format!("{}{indent}{new}", site.line_break()))])
}

/// The edits that put the members from `spot` on into a table called `under`, behind a new member.
pub fn nest(
    site: &Site<'_>,
    spot: &Spot<'_>,
    under: &str,
    before: Option<&(String, New)>,
) -> Option<Vec<Edit>> {
    let table = name_of(site, spot.object)?;
    let tables = Tables::of(site);
    let nested: Option<Vec<String>> =
        spot.members[spot.at..].iter().map(|member| name_of(site, member.value)).collect();
    let nested = nested?;
    let places: Vec<(&Written, usize)> = nested.iter().flat_map(|at| tables.keys_of(at)).collect();
    // Where the rest of the table's own lines moves, a header says it once.
    let header = tables.written.iter().position(|one| !one.is_assignment() && one.table == table);
    let own = header.map(|at| {
        let rest = &tables.written[at + 1..];
        let lines = rest.iter().take_while(|one| one.is_assignment());
        let moves = |one: &&Written| nested.iter().any(|at| one.part(at) == Some(0));
        lines.skip_while(|one| !moves(one)).collect::<Vec<_>>()
    });
    let own = own.filter(|own| {
        let moves = |one: &&Written| nested.iter().any(|at| one.part(at) == Some(0));
        own.iter().all(moves) && !own.is_empty()
    });
    let (first, part) = *places.iter().min_by_key(|(one, _)| one.statement.span.start)?;
    if !first.is_assignment() {
        return None;
    }
    let start = first.statement.span.start;
    let indent = site.indent(start)?;
    let line = format!("{}{indent}", site.line_break());
    let name = toml::key("a", under)?;
    let mut head = String::new();
    if let Some((key, value)) = before {
        let new = format!("{} = {}", toml::key("a", key)?, toml::value("\"", value)?);
        head = format!("{}{new}{line}", tables.lead(first, part));
    }
    let mut edits = Vec::new();
    if let (Some(own), Some(header)) = (&own, header) {
        let key = &tables.written[header].statement.key;
        let path = Span::new(key.first()?.span.start, key.last()?.span.end).slice(site.text());
        edits.push(added(start, format!("{head}[{path}.{name}]{line}")));
        let others =
            places.iter().filter(|(one, _)| !own.iter().any(|own| std::ptr::eq(*own, *one)));
        edits.extend(
            others
                .map(|(one, part)| added(one.statement.key[*part].span.start, format!("{name}."))),
        );
        return Some(edits);
    }
    if !head.is_empty() {
        edits.push(added(start, head));
    }
    let prefixed = places
        .iter()
        .map(|(one, part)| added(one.statement.key[*part].span.start, format!("{name}.")));
    edits.extend(prefixed);
    Some(edits)
}

/// The edits that put the members of the table at `spot` in its place.
pub fn lift(site: &Site<'_>, spot: &Spot<'_>) -> Option<Vec<Edit>> {
    let (outer, object) = (name_of(site, spot.object)?, spot.member().value);
    let at = name_of(site, object)?;
    let tables = Tables::of(site);
    let mut edits = Vec::new();
    for (number, one) in tables.written.iter().enumerate() {
        let Some(part) = one.part(&at) else { continue };
        if let Some(next) = one.statement.key.get(part + 1) {
            edits.push(deleted(Span::new(one.statement.key[part].span.start, next.span.start)));
        } else if one.is_assignment() {
            let start = one.statement.span.start;
            let lead = format!("{}{}", site.indent(start)?, tables.lead(one, part));
            edits.extend(nest::as_lines(site, spot.member(), &lead)?);
        } else {
            // Its lines become those of the table before it.
            let before = number.checked_sub(1).map(|before| &tables.written[before].table);
            edits.push(tables.without(&one.statement).filter(|_| before == Some(&outer))?);
        }
    }
    Some(edits)
}
