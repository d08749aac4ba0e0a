//! What environment files say for an entry that names them and does not say it itself.

use super::{Key, elsewhere};
use crate::diagnostic::{Span, Target};
use crate::document::NodeId;
use crate::identify::{Set, Variable};
use crate::knowledge::Slot;
use crate::rules::Setup;
use crate::rules::finding::Place;

/// The values of `slots` in the files, the ones that count, with the place that names their file.
pub fn values(setup: &Setup<'_>, slots: &[Slot]) -> Vec<(NodeId, Span, Variable)> {
    let entry = setup.entry;
    let is_one = |name: &str| is_of_entry(setup, slots, name);
    let mut found: Vec<(NodeId, Span, Variable)> = Vec::new();
    for (node, span, path) in &entry.env_files {
        for variable in setup.around.env_file(path).into_iter().filter(|one| is_one(&one.name)) {
            // A later file, and a later line, goes before.
            found.retain(|(_, _, known)| known.name != variable.name);
            found.push((*node, *span, variable));
        }
    }
    found
}

/// The keys that `.env.local` has for a URL in `.env`, and the reverse: what reads the one after the other
/// puts them together.
pub fn keys_beside(setup: &Setup<'_>) -> Vec<Key> {
    let (folder, name) = setup.path.rsplit_once('/').unwrap_or(("", setup.path));
    let other = match name {
        ".env" => ".env.local",
        ".env.local" => ".env",
        _ => return Vec::new(),
    };
    let Some(url) = setup.entry.urls.first().filter(|_| setup.is_env) else { return Vec::new() };
    let of_other = |variable: &&Variable| {
        let (there, file) = variable.file.rsplit_once('/').unwrap_or(("", &variable.file));
        there == folder && file == other
    };
    let beside: Vec<&Variable> = setup.environment.variables.iter().filter(of_other).collect();
    let names = |slots: &[Slot]| {
        let fitting = beside.iter().filter(|one| is_of_entry(setup, slots, &one.name));
        fitting.map(|one| (*one).clone()).collect::<Vec<_>>()
    };
    // Where the stronger file says both, they are told there.
    if !names(&setup.entry.data().url).is_empty() && other == ".env.local" {
        return Vec::new();
    }
    let keys = names(&setup.entry.data().key).into_iter();
    let place = Place::sighting(url);
    let keys = keys.filter_map(|Variable { name, value, file, line }| {
        let set = Set { name: name.clone(), value: None, file, line };
        Some(elsewhere(setup, place, name, value?, &set))
    });
    keys.collect()
}

/// Whether a variable is one that `slots` of the entry lead to.
fn is_of_entry(setup: &Setup<'_>, slots: &[Slot], name: &str) -> bool {
    let ignore_case = setup.entry.data().ignore_case;
    let mut steps = slots.iter().filter_map(|slot| slot.at.rsplit('/').next());
    steps.any(|step| {
        setup.entry.captures.iter().any(|capture| {
            let wanted = step.replace("{}", capture);
            if ignore_case { wanted.eq_ignore_ascii_case(name) } else { wanted == name }
        })
    })
}

/// The keys that the files set for an entry that has none.
pub fn keys(setup: &Setup<'_>) -> Vec<Key> {
    let all = values(setup, &setup.entry.data().key).into_iter();
    let keys = all.filter_map(|(node, span, variable)| {
        let Variable { name, value, file, line } = variable;
        let place = Place { node, target: Target::Value, span };
        let set = Set { name: name.clone(), value: None, file, line };
        Some(elsewhere(setup, place, name, value?, &set))
    });
    keys.collect()
}
