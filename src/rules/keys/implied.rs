//! Keys that settings do not name, and that the tool takes from where it always does.

use super::{Key, elsewhere, env_files, of_variable};
use crate::identify::{Set, setting_places};
use crate::rules::Setup;
use crate::rules::finding::Place;

/// Whether the tool takes a key that is left empty from a variable.
pub fn may_be_left(setup: &Setup<'_>) -> bool {
    let data = setup.entry.data();
    setup.entry.built_in.as_ref().is_some_and(|(id, _)| data.built_in_key.contains_key(&id.text))
}

/// The keys of a provider that the tool brings itself, those in another file of the tool, and those in
/// environment files that the entry names, where it gives none.
pub fn of_setup(setup: &Setup<'_>) -> Vec<Key> {
    let entry = setup.entry;
    // What is left empty is not given.
    let is_left =
        entry.keys.iter().all(|key| key.known().is_some_and(|text| text.trim().is_empty()));
    if !(is_left && entry.key_variables.is_empty() && entry.headers.is_empty()) {
        return Vec::new();
    }
    let data = entry.data();
    let built_in = entry.built_in.as_ref().and_then(|(id, _)| {
        let names = data.built_in_key.get(&id.text)?;
        names.iter().find_map(|name| of_variable(setup, Place::sighting(id), name))
    });
    let place = entry.urls.first().map(Place::sighting);
    let in_any_case =
        place.and_then(|at| data.implied_key.iter().find_map(|name| of_variable(setup, at, name)));
    let is_on = |at: &str| {
        let switch = setting_places(setup.node, at, None, data.ignore_case);
        switch.first().and_then(|found| found.node.as_bool()) == Some(true)
    };
    let from_file =
        data.key_file.iter().filter(|file| is_on(&file.only_where)).filter_map(|file| {
            let found = setup.around.text_in(&file.path, &file.at)?;
            let set =
                Set { name: found.name.clone(), value: None, file: found.file, line: found.line };
            Some(elsewhere(setup, place?, found.name, found.value?, &set))
        });
    built_in.into_iter().chain(in_any_case).chain(from_file).chain(env_files::keys(setup)).collect()
}
