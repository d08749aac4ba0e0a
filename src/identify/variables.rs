//! The variables of a tool's settings: those that its file sets, and what stands beside it for others.

use std::sync::Arc;

use super::Context;
use super::entry::Entry;
use super::pattern;
use super::sighting::{self, Sighting};
use crate::document::{Node, fills_itself};
use crate::knowledge::{Client, Slot};

/// Looks up the variables that an entry's values hold.
pub(super) fn look_up(entry: &mut Entry, context: &Context<'_>) {
    let client = Arc::clone(&entry.client);
    let all = entry.urls.iter_mut().chain(&mut entry.keys).chain(&mut entry.models);
    for sighting in all.filter(|one| one.variable().is_some()) {
        let name = sighting.name.clone();
        sighting.look_up(&client, &|variable| {
            // A line that fills a variable with itself takes what is set elsewhere.
            let own = (context.is_env && name == variable).then_some(context.path);
            context.around.environment().value(variable, &client, own)
        });
    }
}

/// The variables that the document itself sets. One that is filled with itself sets nothing.
pub(super) fn variables(root: Node<'_>, client: &Client) -> Arc<[Sighting]> {
    let patterns = client.variables.iter().map(|one| format!("{}/*", one.at));
    let places = patterns.flat_map(|at| pattern::matches(root, &at, None, false));
    let read = places
        .filter_map(|place| sighting::sighting(client, &Slot::default(), &place, &place.name));
    read.filter(|variable| !fills_itself(&variable.name, &variable.text)).collect()
}
