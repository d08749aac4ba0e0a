//! Keys that settings do not name, and that the tool takes from where it always does.

use super::{Key, elsewhere, env_files, of_variable};
use crate::identify::{Set, setting_places};
use crate::rules::Setup;
use crate::rules::finding::Place;

/// The keys of a provider that the tool brings itself, those in another file of the tool, and those in
/// environment files that the entry names, where it gives none.
pub fn of_setup(setup: &Setup<'_>) -> Vec<Key> {
    let entry = setup.entry;
    if !(entry.keys.is_empty() && entry.key_variables.is_empty() && entry.headers.is_empty()) {
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
