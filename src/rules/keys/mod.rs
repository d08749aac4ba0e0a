//! The keys that a request, or what a tool's settings say, would send: one view for all rules on keys.

mod judgement;

use std::borrow::Cow;

use super::environment::is_real_env_file;
use super::finding::Place;
use super::headers::{Header, headers, headers_in};
use super::request::known_text;
use super::{Request, Setup};
use crate::diagnostic::{Severity, Span, Target};
use crate::document::{Node, NodeId, is_hole};
use crate::identify::{Address, Sighting, Written};
use crate::knowledge::Provider;

pub use judgement::{Judgement, Slip, is_unfilled, judge, looks_real};

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
            Judgement::Malformed(Slip::Named) => judgement::without_name(bare).unwrap_or(bare),
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
        if setup.entry.client.variable_in(&text).is_none() && !is_open(setup, &text) {
            keys.extend(of_header(&header, &text, setup.provider, true));
        }
    }
    keys
}

/// The headers that an entry adds.
pub fn entry_headers<'t>(setup: &Setup<'t>) -> Vec<Header<'t>> {
    let tree = setup.root.tree();
    setup.entry.headers.iter().flat_map(|&node| headers_in(tree.node(node))).collect()
}

/// Whether a text may be filled in by a tool that nothing is known of.
fn is_open(setup: &Setup<'_>, text: &str) -> bool {
    setup.entry.client.is_fallback() && is_unfilled(text)
}

fn of_sighting(setup: &Setup<'_>, key: &Sighting) -> Option<Key> {
    let place = Place::sighting(key);
    match &key.written {
        Written::Hole => None,
        Written::Variable(name) => of_variable(setup, place, name),
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
    }
}

fn names_a_variable(setup: &Setup<'_>, text: &str) -> bool {
    setup.provider.auth.env.iter().any(|known| known == text)
}

fn of_variable(setup: &Setup<'_>, place: Place, name: &str) -> Option<Key> {
    // What a tool's file sets itself counts where nothing around it does.
    if !setup.environment.sets(name) {
        let own = setup.entry.variable(name).filter(|own| own.written == Written::Out)?;
        return Some(written_out(setup, own, true));
    }
    let variable = setup.environment.variable(name)?;
    let value = variable.value.as_ref()?;
    Some(Key {
        place,
        name: name.to_owned(),
        judgement: judge(value, Some(setup.provider), true),
        text: value.clone(),
        is_null: false,
        by_variable: true,
        elsewhere: Some((variable.file.clone(), variable.line)),
        in_settings: true,
    })
}

/// Whether the environment file that sets the key is ours by the variable's name, so that the fault is
/// told there.
#[must_use]
pub fn is_told_elsewhere(setup: &Setup<'_>, key: &Key) -> bool {
    let in_file = key.elsewhere.as_ref().is_some_and(|(_, line)| *line > 0);
    in_file && names_a_variable(setup, &key.name)
}

/// How bad it is that the key of a tool's settings is no key: an error where the file is in use, as far as
/// one can see.
#[must_use]
pub fn severity(setup: &Setup<'_>, key: &Key) -> Severity {
    let in_use = match setup.is_env {
        true => is_env_file_in_use(setup.path, key) && !others_are_in_use(setup, key),
        false => !stands_among_examples(setup.path),
    };
    let is_sent =
        !judgement::is_dummy(key.text()) || (!is_for_tests(setup.path) && is_sent_somewhere(setup));
    if in_use && is_sent { Severity::Error } else { Severity::Warning }
}

/// Whether a text that is no key is what a test has for one, and nothing says that it is sent anywhere.
#[must_use]
pub fn is_for_a_test(setup: &Setup<'_>, key: &Key) -> bool {
    judgement::is_dummy(key.text()) && is_for_tests(setup.path) && !is_sent_somewhere(setup)
}

fn is_sent_somewhere(setup: &Setup<'_>) -> bool {
    !setup.entry.urls.is_empty() || setup.entry.built_in.is_some()
}

/// Whether a file is one that tests run with: a workflow, or one that its name says so of.
fn is_for_tests(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|one: char| !one.is_ascii_alphanumeric());
    folders.ends_with(".github/workflows")
        || words.any(|word| matches!(word, "test" | "tests" | "testing" | "ci" | "e2e" | "mock"))
}

/// Whether an environment file is used as it stands, as far as one can see: an example would have been left
/// out before, and what tests run with may never be sent. Under a name of its own it may be kept, or leave a
/// key to where it is deployed.
fn is_env_file_in_use(path: &str, key: &Key) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_kept = [".bak", ".backup", ".old", ".orig"].iter().any(|end| name.ends_with(end));
    let is_left = is_kept || is_for_tests(path) || stands_among_examples(path);
    is_real_env_file(path)
        || !(is_left || key.judgement == Judgement::Empty || crate::identify::is_template(path))
}

/// Whether a file with keys of several vendors says nothing more of this one, and has a key of another:
/// then this one may be left as the example had it.
fn others_are_in_use(setup: &Setup<'_>, key: &Key) -> bool {
    let entry = setup.entry;
    if !entry.urls.is_empty() || !entry.models.is_empty() {
        return false;
    }
    let is_key = |name: &str| {
        let name = name.to_ascii_uppercase();
        name != key.name.to_ascii_uppercase()
            && (name.ends_with("_API_KEY") || name.ends_with("_AUTH_TOKEN"))
    };
    setup.node.members().filter(|member| is_key(&member.key.name())).any(|member| {
        let text = member.value.as_str().unwrap_or_default();
        judge(&text, None, true) == Judgement::Sound
    })
}

/// Whether a file lies in a folder of examples, documentation or tests.
fn stands_among_examples(path: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "doc",
        "docs",
        "example",
        "examples",
        "fixture",
        "fixtures",
        "sample",
        "samples",
        "template",
        "templates",
        "test",
        "tests",
    ];
    let Some((folders, _)) = path.rsplit_once('/') else { return false };
    folders.split('/').any(|folder| FOLDERS.contains(&folder.to_ascii_lowercase().as_str()))
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

/// A host that a key is sent to, and where the URL stands.
#[derive(Debug)]
pub struct Destination<'t> {
    /// The host, in lower case.
    pub host: Cow<'t, str>,
    /// The URL's node.
    pub node: NodeId,
    /// The URL's bytes.
    pub span: Span,
}

/// The hosts that the keys of an entry are sent to.
#[must_use]
pub fn hosts_of_setup(setup: &Setup<'_>) -> Vec<Destination<'static>> {
    let of = |url: &Sighting| {
        let host = Address::parse(url.known()?)?.host?;
        Some(Destination { host: host.into(), node: url.node, span: url.span })
    };
    let found: Vec<_> = setup.entry.urls.iter().filter_map(of).collect();
    if !found.is_empty() {
        return found;
    }
    let Some((id, url)) = &setup.entry.built_in else { return Vec::new() };
    let host = Address::parse(url).and_then(|address| address.host);
    let to = |host: String| Destination { host: host.into(), node: id.node, span: id.span };
    host.map(to).into_iter().collect()
}

/// Whether a key stands where the name of its variable is wanted.
#[must_use]
pub fn is_key_for_name(name: &Sighting) -> bool {
    name.known().is_some_and(|text| text.contains('-') && looks_real(text.trim()))
}

/// The bytes of a document that keys stand in, so that nothing shows them.
#[must_use]
pub fn secrets_of_setup(setup: &Setup<'_>) -> Vec<Span> {
    let keys = of_setup(setup).into_iter().filter(|key| key.elsewhere.is_none());
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
