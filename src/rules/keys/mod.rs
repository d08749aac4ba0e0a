//! The keys that a request, or what a tool's settings say, would send: one view for all rules on keys.

mod destination;
mod env_files;
mod implied;
mod judgement;
mod severity;

use std::borrow::Cow;

use super::finding::Place;
use super::headers::{Header, headers, headers_in};
use super::request::known_text;
use super::{Request, Setup};
use crate::diagnostic::{Span, Target};
use crate::document::{Node, NodeId, is_hole, key_for_a_name};
use crate::identify::{Set, Sighting, Variable, Written};
use crate::knowledge::Provider;

pub use destination::{Destination, hosts_of_setup};
pub use env_files::keys_beside;
pub use implied::may_be_left;
pub use judgement::{Judgement, Slip, is_unfilled, judge, looks_real};
pub use severity::{is_for_a_test, severity};

/// A key as a file gives it.
#[derive(Debug)]
pub struct Key {
    /// What is underlined.
    pub place: Place,
    /// The header, variable or field that holds it.
    pub name: String,
    /// The text that is sent as the key.
    text: String,
    /// What the text is.
    pub judgement: Judgement,
    /// Whether the file says that there is none, rather than an empty one.
    pub is_null: bool,
    /// Whether the settings name a variable that holds it.
    pub by_variable: bool,
    /// Where it stands, if not in this file: file and line.
    pub elsewhere: Option<(String, usize)>,
    /// Whether it stands in settings, where a variable that is left is sent as it stands.
    in_settings: bool,
    /// Whether it stands in for a variable that may yet be set.
    pub is_default: bool,
}

impl Key {
    /// The text, which nobody may be shown past its fourth character.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// The text as it is written.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.text
    }

    /// The text without the blanks, quotes and the word `Bearer` that may have been pasted with a key.
    #[must_use]
    pub fn without_slips(&self) -> &str {
        let is_no_key = |one: char| !one.is_ascii_graphic() || matches!(one, '"' | '\'' | '`');
        let mut bare = self.text.trim_matches(is_no_key);
        bare = match self.judgement {
            Judgement::Malformed(Slip::Comma) => bare.trim_end_matches([',', ';']),
            Judgement::Malformed(Slip::Assigned) => judgement::without_name(bare).unwrap_or(bare),
            _ => bare,
        };
        while let Some(rest) = without_bearer(bare).filter(|rest| !rest.is_empty()) {
            bare = rest.trim_matches(is_no_key);
        }
        bare
    }

    /// The key, where nothing but what was pasted with it makes the text none. Where a variable is filled in
    /// all the same, it may be one.
    #[must_use]
    pub fn alone(&self) -> Option<&str> {
        let alone = self.without_slips();
        let is_key = judge(alone, None, self.in_settings) == Judgement::Sound;
        (is_key && alone != self.text).then_some(alone)
    }

    /// `label`, with the place of a key that stands in another file.
    #[must_use]
    pub fn label(&self, label: &str) -> String {
        match &self.elsewhere {
            Some((file, 0)) => format!("{file}: {label}"),
            Some((file, line)) => format!("{file}:{line}: {label}"),
            None => label.to_owned(),
        }
    }
}

/// The keys in the headers beside a request, as far as they are written out.
#[must_use]
pub fn of_request(request: &Request<'_>) -> Vec<Key> {
    let Some(provider) = request.provider else { return Vec::new() };
    let all = headers(request).into_iter();
    all.filter_map(|header| {
        let text = known_text(header.value)?;
        of_header(&header, &text, provider, false)
    })
    .collect()
}

/// The key in a header, where it is one for keys.
fn of_header(
    header: &Header<'_>,
    text: &str,
    provider: &Provider,
    in_settings: bool,
) -> Option<Key> {
    let known = provider.auth.headers.iter();
    let known = known.filter(|known| known.name.eq_ignore_ascii_case(&header.name));
    let is_key = known.clone().next().is_some() || header.name.eq_ignore_ascii_case("x-api-key");
    if !is_key {
        return None;
    }
    let has_scheme = known.clone().any(|known| known.scheme.is_some())
        || header.name.eq_ignore_ascii_case("authorization");
    let text = match without_bearer(text) {
        Some(rest) if has_scheme => rest,
        // Another scheme: what follows is no key.
        None if has_scheme && text.trim().contains(' ') => return None,
        _ => text,
    };
    Some(Key {
        place: Place::value(header.value),
        name: header.name.to_string(),
        judgement: judge(text, Some(provider), in_settings),
        text: text.to_owned(),
        is_null: false,
        by_variable: false,
        elsewhere: None,
        in_settings,
        is_default: false,
    })
}

/// What follows the word `Bearer` and its space.
pub fn without_bearer(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let word = text.get(..6).filter(|word| word.eq_ignore_ascii_case("bearer"))?;
    let rest = &text[word.len()..];
    match rest.strip_prefix(' ') {
        Some(rest) => Some(rest),
        None => rest.is_empty().then_some(rest),
    }
}

/// The keys that a tool's settings give: written out, in headers, or in a variable that an environment
/// file beside them, or the file itself, sets.
#[must_use]
pub fn of_setup(setup: &Setup<'_>) -> Vec<Key> {
    let mut keys: Vec<Key> =
        setup.entry.keys.iter().filter_map(|key| of_sighting(setup, key)).collect();
    for variable in setup.entry.key_variables.iter().filter(|variable| variable.known().is_some()) {
        keys.extend(of_variable(setup, Place::sighting(variable), variable.text.trim()));
    }
    for header in entry_headers(setup) {
        let Some(text) = header.value.as_str() else { continue };
        let Some(text) = header_text(setup, &text) else { continue };
        keys.extend(of_header(&header, &text, setup.provider, true));
    }
    keys.extend(implied::of_setup(setup));
    keys
}

/// The headers that an entry adds.
pub fn entry_headers<'t>(setup: &Setup<'t>) -> Vec<Header<'t>> {
    let tree = setup.root.tree();
    setup.entry.headers.iter().flat_map(|&node| headers_in(tree.node(node))).collect()
}

/// What a header says, as far as it stands in the file: a variable that is set elsewhere is none of it.
fn header_text<'h>(setup: &Setup<'_>, text: &'h str) -> Option<Cow<'h, str>> {
    let client = &setup.entry.client;
    if is_open(setup, text) {
        return None;
    }
    if client.references(text).is_empty() {
        return Some(Cow::Borrowed(text));
    }
    let is_set = |name: &str| setup.environment.sets(name, client).then_some(None);
    // What may come from elsewhere is missing only where nothing sets it.
    let filled = client.filled(text, &is_set)?;
    let (_, key) = filled.trim().rsplit_once(' ').unwrap_or(("", filled.trim()));
    (!key.is_empty() && !key.eq_ignore_ascii_case("bearer")).then_some(Cow::Owned(filled))
}

/// Whether a text may be filled in by a tool that nothing is known of.
fn is_open(setup: &Setup<'_>, text: &str) -> bool {
    setup.entry.client.is_fallback() && is_unfilled(text)
}

fn of_sighting(setup: &Setup<'_>, key: &Sighting) -> Option<Key> {
    let place = Place::sighting(key);
    match &key.written {
        Written::Hole | Written::Broken => None,
        Written::Out if key_for_a_name(&key.text).is_some() => Some(written_out(setup, key, false)),
        Written::Variable(name) => of_variable(setup, place, name),
        Written::Default { .. } => match &key.set {
            // Set, and empty: what stands in for it counts.
            Some(set) if set.value.as_deref() != Some(&key.text) => {
                Some(elsewhere(setup, place, set.name.clone(), set.value.clone()?, set))
            }
            // Nothing stands in: the variable comes from where the tool runs.
            _ if key.text.trim().is_empty() => None,
            _ => Some(written_out(setup, key, false)),
        },
        // A tool that nothing is known of may know any form of a variable, or just its name.
        Written::Out
            if setup.entry.client.is_fallback()
                && (names_a_variable(setup, &key.text) || is_unfilled(&key.text)) =>
        {
            None
        }
        Written::Out => Some(written_out(setup, key, false)),
    }
}

fn written_out(setup: &Setup<'_>, key: &Sighting, by_variable: bool) -> Key {
    Key {
        place: Place::sighting(key),
        name: key.name.clone(),
        judgement: judge(&key.text, Some(setup.provider), true),
        text: key.text.clone(),
        is_null: setup.root.tree().node(key.node).is_null(),
        by_variable,
        elsewhere: None,
        in_settings: true,
        is_default: matches!(key.written, Written::Default { .. }),
    }
}

fn names_a_variable(setup: &Setup<'_>, text: &str) -> bool {
    setup.provider.auth.env.iter().any(|known| known == text)
}

fn of_variable(setup: &Setup<'_>, place: Place, name: &str) -> Option<Key> {
    // What a tool's file sets itself counts where nothing around it does.
    let client = &setup.entry.client;
    if !(client.takes_environment() && setup.environment.sets(name, client)) {
        let own = setup.entry.variable(name).filter(|own| own.written == Written::Out)?;
        return Some(written_out(setup, own, true));
    }
    let set = setup.environment.variable(name);
    let set = set.or_else(|| setup.environment.in_container(name, client));
    let Variable { name, value, file, line } = set?;
    let set = Set { name: name.clone(), value: None, file, line };
    Some(elsewhere(setup, place, name, value?, &set))
}

/// A key that a variable beside the settings holds.
fn elsewhere(setup: &Setup<'_>, place: Place, name: String, text: String, set: &Set) -> Key {
    Key {
        place,
        name,
        judgement: judge(&text, Some(setup.provider), true),
        text,
        is_null: false,
        by_variable: true,
        elsewhere: Some((set.file.clone(), set.line)),
        is_default: false,
        in_settings: true,
    }
}

/// The keys that stand in the file and are not sent as long as something beside it sets their variables.
#[must_use]
pub fn in_reserve(setup: &Setup<'_>) -> Vec<Key> {
    let entry = setup.entry;
    let is_default = |key: &&Sighting| matches!(key.written, Written::Default { .. });
    let keys = entry.keys.iter().filter(is_default);
    let named = entry.key_variables.iter().filter_map(Sighting::known);
    let named = named.chain(entry.keys.iter().filter_map(Sighting::variable));
    // What the file sets itself for the variable that the key is read from.
    let own = named.filter_map(|name| entry.variable(name.trim()));
    let own = own.filter(|own| own.written == Written::Out);
    keys.chain(own).map(|key| written_out(setup, key, false)).collect()
}

/// Whether the environment file that sets the key is ours by the variable's name, so that the fault is
/// told there.
#[must_use]
pub fn is_told_elsewhere(setup: &Setup<'_>, key: &Key) -> bool {
    let in_file = key.elsewhere.as_ref().is_some_and(|(_, line)| *line > 0);
    in_file && names_a_variable(setup, &key.name)
}

/// Whether another environment file beside this one, which counts more, sets the variable.
#[must_use]
pub fn is_overridden(setup: &Setup<'_>, name: &str) -> bool {
    let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(at, _)| at.to_owned());
    let own = base(setup.path);
    setup.is_env
        && setup.environment.variables.iter().any(|variable| {
            let file = base(&variable.file);
            let counts_more = file != own && (own == ".env" || file.ends_with(".local"));
            let is_key = |value: &String| judge(value, None, true) == Judgement::Sound;
            counts_more
                && folder(&variable.file) == folder(setup.path)
                && variable.name == name
                && variable.value.as_ref().is_none_or(is_key)
        })
}

/// Whether a key stands where the name of its variable is wanted.
#[must_use]
pub fn is_key_for_name(name: &Sighting) -> bool {
    name.known().is_some_and(|text| text.contains('-') && looks_real(text.trim()))
}

/// The bytes of a document that keys stand in, so that nothing shows them.
#[must_use]
pub fn secrets_of_setup(setup: &Setup<'_>) -> Vec<Span> {
    let keys = of_setup(setup).into_iter().chain(in_reserve(setup));
    let keys = keys.filter(|key| key.elsewhere.is_none());
    let names = setup.entry.key_variables.iter().filter(|name| is_key_for_name(name));
    let keys = keys.filter(is_secret).map(|key| key.place.span);
    keys.chain(names.map(|name| name.span)).collect()
}

/// As [`secrets_of_setup`], of the headers beside a request.
#[must_use]
pub fn secrets_of_request(request: &Request<'_>) -> Vec<Span> {
    of_request(request).into_iter().filter(is_secret).map(|key| key.place.span).collect()
}

fn is_secret(key: &Key) -> bool {
    match key.judgement {
        Judgement::Sound => key.place.target == Target::Value && !is_hole(&key.text),
        Judgement::Malformed(slip) => slip != Slip::Unfilled,
        Judgement::Empty | Judgement::Redacted | Judgement::Placeholder => false,
    }
}

/// The member of `node` whose value is `value`.
#[must_use]
pub fn member_of<'t>(node: Node<'t>, value: NodeId) -> Option<crate::document::Member<'t>> {
    node.members().find(|member| member.value.id() == value)
}
