//! What a tool's settings say of one connection, as its data in `schemas/clients/` lets it be read.

use std::sync::Arc;

use super::pattern;
use super::sighting::{Set, Sighting};
use crate::diagnostic::Span;
use crate::document::NodeId;
use crate::knowledge::{Catalog, Client, ClientEntry, ModelKind, Slot};

/// What one connection needs, as far as a tool's settings say it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The tool.
    pub client: Arc<Client>,
    /// Which of the tool's entries it is an instance of.
    pub number: usize,
    /// The value that holds it.
    pub root: NodeId,
    /// The root of what is the tool's file: of the document, or of an object in it.
    pub document: NodeId,
    /// The name under which it stands.
    pub name: String,
    /// What it speaks, where that is known.
    pub protocol: Option<String>,
    /// What its models are asked for, where that is said.
    pub purpose: Option<ModelKind>,
    /// Base URLs.
    pub urls: Vec<Sighting>,
    /// Whether they are the URLs of requests, to which nothing is added.
    pub urls_are_whole: bool,
    /// Keys.
    pub keys: Vec<Sighting>,
    /// Names of variables that hold the key.
    pub key_variables: Vec<Sighting>,
    /// The variables that the file sets itself.
    pub variables: Arc<[Sighting]>,
    /// The parts that the names of its members share.
    pub captures: Vec<String>,
    /// The environment files that say what it does not, those that count more behind the others: node, bytes
    /// and path.
    pub env_files: Vec<(NodeId, Span, String)>,
    /// Objects of headers.
    pub headers: Vec<NodeId>,
    /// Ids of models.
    pub models: Vec<Sighting>,
    /// Most tokens of an answer.
    pub output_limits: Vec<Sighting>,
    /// What goes out as fields of the request: each field, and the value.
    pub parameters: Vec<(String, NodeId)>,
    /// Tokens of the context window.
    pub context_windows: Vec<Sighting>,
    /// What the model is said to take.
    pub inputs: Vec<Sighting>,
    /// The id of a provider that the tool brings itself, and its base URL.
    pub built_in: Option<(Sighting, String)>,
    /// Whether it is of a provider that the tool brings itself and that has no entry: models name it.
    pub is_implied: bool,
    /// Whether the file is an example that people copy and fill in.
    pub is_template: bool,
}

impl Entry {
    /// Its data.
    #[must_use]
    pub fn data(&self) -> &ClientEntry {
        &self.client.entries[self.number]
    }

    /// Which connection a variable is for that an environment file sets, where a tool reads it there as one of
    /// these: then what is wrong with it is told in that file.
    #[must_use]
    pub fn read_in_its_file(
        set: &Set,
        catalog: &Catalog,
        slots: fn(&ClientEntry) -> &[Slot],
    ) -> Option<String> {
        let clients = catalog.clients_of(&set.file);
        let entries = clients.iter().flat_map(|client| &client.entries);
        let mut slots =
            entries.flat_map(|entry| slots(entry).iter().map(move |slot| (entry, slot)));
        slots.find_map(|(entry, slot)| {
            let step = slot.at.rsplit('/').next()?;
            pattern::capture(step, &set.name, entry.ignore_case)
        })
    }

    /// The variable `name`, where the file itself sets it.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Sighting> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The one tool that reads it, where the names of its variables say so.
    #[must_use]
    pub fn tool(&self) -> Option<&str> {
        self.data().tools.get(&self.name.to_ascii_uppercase()).map(String::as_str)
    }

    /// Whether it says anything at all.
    pub(super) fn is_empty(&self) -> bool {
        self.urls.is_empty()
            && self.keys.is_empty()
            && self.key_variables.is_empty()
            && self.models.is_empty()
            && self.built_in.is_none()
    }
}

/// Leaves a model to the entry that knows where its requests are sent, where another has it by the
/// form of its name alone.
pub(super) fn each_model_once(entries: &mut Vec<Entry>) {
    let sent = entries.iter().filter(|entry| !entry.urls.is_empty());
    let sent: Vec<Span> = sent.flat_map(|entry| &entry.models).map(|model| model.span).collect();
    let is_by_form = |entry: &Entry| entry.data().model.iter().any(|slot| slot.at.contains("{}"));
    for entry in entries.iter_mut().filter(|entry| entry.urls.is_empty() && is_by_form(entry)) {
        entry.models.retain(|model| !sent.contains(&model.span));
    }
    entries.retain(|entry| !entry.is_empty());
}
