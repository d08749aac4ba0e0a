//! Values, parts of strings and keys, in the writing of the syntax they stand in.

use std::ops::Range;

use super::site::Spot;
use super::{New, Site, env, json, toml, yaml};
use crate::diagnostic::{Edit, Span};
use crate::document::{Kind, Node, SpanMap};
use crate::extract::Syntax;

/// The family that a syntax is written like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// JSON and its kin.
    Json,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// Environment files.
    Env,
}

impl Family {
    /// Of a syntax.
    pub fn of(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Json | Syntax::Jsonl | Syntax::Jsonc | Syntax::Json5 | Syntax::Body => {
                Family::Json
            }
            Syntax::Yaml => Family::Yaml,
            Syntax::Toml => Family::Toml,
            Syntax::Env | Syntax::Envrc => Family::Env,
        }
    }
}

/// The edit that makes `to` of `node`.
pub fn value(site: &Site<'_>, node: Node<'_>, to: &New) -> Option<Edit> {
    let raw = node.raw();
    let is_container = matches!(node.kind(), Kind::Object | Kind::Array);
    // Without brackets its bytes are not its own alone.
    if is_container && site.has_comment(node.span()) || site.holds_shared(node) {
        return None;
    }
    if is_container && !site.has_brackets(node) {
        // Without brackets its bytes are not its own alone.
        return (Family::of(site.syntax) == Family::Yaml)
            .then(|| yaml::of_block(site, node, to))?;
    }
    let text = match Family::of(site.syntax) {
        Family::Json => json::value(raw, to),
        Family::Yaml => yaml::value(site, node, to)?,
        Family::Toml => toml::value(raw, to)?,
        Family::Env => env::value(raw, to)?,
    };
    Some(Edit { span: node.span(), text })
}

/// The edit that makes `to` of a part of what the string `node` says.
pub fn part(site: &Site<'_>, node: Node<'_>, range: Range<usize>, to: &str) -> Option<Edit> {
    let map = SpanMap::of_string(node)?;
    let said = map.text();
    said.get(range.clone())?;
    if Family::of(site.syntax) == Family::Yaml
        && to.is_empty()
        && range.end == said.len()
        && &said[range.clone()] == "\n"
        && let Some(edit) = yaml::chomped(node)
    {
        return Some(edit);
    }
    let span = map.to_file(Span::new(range.start, range.end));
    // The rest must not change its meaning: an escape that stands for several characters does.
    let whole = range.is_empty() || map.to_file(Span::new(0, range.start)).end <= span.start;
    if !whole || !node.span().covers(span) {
        return None;
    }
    let raw = node.raw();
    let text = match Family::of(site.syntax) {
        Family::Json => json::inner(raw, to),
        Family::Yaml => {
            let rest = format!("{}{to}{}", &said[..range.start], &said[range.end..]);
            yaml::inner(site, node, span, to, &rest)?
        }
        Family::Toml => toml::inner(raw, to)?,
        Family::Env => env::inner(to)?,
    };
    Some(Edit { span, text })
}

/// The edit that calls the member at `spot` `to`.
pub fn key(site: &Site<'_>, spot: &Spot<'_>, to: &str) -> Option<Edit> {
    let member = spot.member();
    let raw = member.key.node().raw();
    let text = match Family::of(site.syntax) {
        Family::Json => json::key(raw, to),
        Family::Yaml => yaml::key(raw, to)?,
        Family::Toml if toml::is_assigned(site, member) => toml::key(raw, to)?,
        // Another part of this key may be one of others, and a variable's name is not its file's to choose.
        Family::Toml | Family::Env => return None,
    };
    Some(Edit { span: member.key.span(), text })
}

/// A member that is new, as it stands beside `like`.
pub fn member(site: &Site<'_>, like: Node<'_>, key: &str, to: &New) -> Option<String> {
    let raw = like.raw();
    Some(match Family::of(site.syntax) {
        Family::Json => format!("{}: {}", json::key(raw, key), json::value("\"", to)),
        Family::Yaml => format!("{}: {}", yaml::key(raw, key)?, yaml::plain(to)),
        Family::Toml => format!("{} = {}", toml::key(raw, key)?, toml::value("\"", to)?),
        Family::Env => format!("{key}={}", env::value("", to)?),
    })
}

/// The edit that puts an element before the first of a list.
pub fn before_first(site: &Site<'_>, first: Node<'_>, to: &New) -> Option<Edit> {
    let list = first.parent_in(site.tree.root()?)?;
    if site.holds_shared(first) {
        return None;
    }
    let at = first.span().start;
    let family = Family::of(site.syntax);
    let new = match family {
        Family::Json => json::value("", to),
        Family::Yaml => yaml::plain(to),
        Family::Toml => toml::value("", to)?,
        Family::Env => return None,
    };
    let text = if site.has_brackets(list) {
        match site.indent(at) {
            Some(indent) => format!("{new},{}{indent}", site.line_break()),
            None => format!("{new}, "),
        }
    } else {
        let line = &site.text()[site.line_start(at)..at];
        let is_block = family == Family::Yaml && line.trim() == "-";
        is_block.then(|| format!("{new}{}{line}", site.line_break()))?
    };
    Some(Edit { span: Span::new(at, at), text })
}

/// A key that is new, as it stands beside `like`.
pub fn name(site: &Site<'_>, like: Node<'_>, key: &str) -> Option<String> {
    match Family::of(site.syntax) {
        Family::Json => Some(json::key(like.raw(), key)),
        Family::Yaml => yaml::key(like.raw(), key),
        Family::Toml => toml::key(like.raw(), key),
        Family::Env => None,
    }
}
