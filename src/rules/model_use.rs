//! A model that is named: by a request, or in a tool's settings.

use std::borrow::Cow;

use super::finding::Place;
use super::{Request, Setup, remedies};
use crate::document::Tree;
use crate::fix::Change;
use crate::identify::{Evidence, Sighting};
use crate::knowledge::{Catalog, Model, Provider};

/// A model's id where it stands, with the facts that it is held to.
#[derive(Debug, Clone)]
pub struct ModelUse<'t> {
    /// Where it stands.
    pub place: Place,
    /// The document that it stands in.
    pub tree: &'t Tree<'t>,
    /// Where the list that it is chosen from names it too.
    pub also_listed: Vec<Place>,
    /// The id, without what a tool puts around it.
    pub id: Cow<'t, str>,
    /// The API that is asked for it.
    pub provider: &'t Provider,
    /// The kind of request that it is asked with.
    pub kind: &'t str,
    /// Whether the host or a declaration names the API, and not only the model or the shape.
    pub is_certain: bool,
    /// Whether it is one of a list to choose from, and being in it sends nothing; or is written in what may
    /// be the notation of a program that nothing is known of.
    pub is_choice: bool,
    /// Everything known.
    pub catalog: &'t Catalog,
    /// The day to judge by.
    pub today: &'t str,
}

impl<'t> ModelUse<'t> {
    /// The model that a request asks for, as far as its id is written out.
    #[must_use]
    pub fn of_request(request: &Request<'t>) -> Option<Self> {
        if !request.kind.is_request() {
            return None;
        }
        let (provider, (node, id)) = (request.provider?, request.text("model")?);
        (!id.is_empty()).then_some(Self {
            place: Place::value(node),
            tree: request.root.tree(),
            also_listed: Vec::new(),
            id,
            provider,
            kind: request.kind.name(),
            is_certain: request.provider_is_certain(),
            is_choice: false,
            catalog: request.catalog,
            today: request.today,
        })
    }

    /// The models that a tool's settings name.
    #[must_use]
    pub fn of_setup(setup: &Setup<'t>) -> Vec<Self> {
        Self::of_sightings(setup, |_| true)
    }

    /// As [`ModelUse::of_setup`], each once: one that is chosen is not told again in the list that it is
    /// chosen from.
    #[must_use]
    pub fn of_setup_once(setup: &Setup<'t>) -> Vec<Self> {
        let models = &setup.entry.models;
        let is_chosen = |id: &str| models.iter().any(|one| !one.is_listed && one.text == id);
        Self::of_sightings(setup, |sighting| !(sighting.is_listed && is_chosen(&sighting.text)))
    }

    fn of_sightings(setup: &Setup<'t>, counts: impl Fn(&Sighting) -> bool) -> Vec<Self> {
        let set = setup.from_elsewhere(&setup.entry.models, |entry| &entry.model);
        let models = setup.entry.models.iter().chain(&set).filter(|sighting| counts(sighting));
        let named = models.filter_map(|sighting| {
            let id = sighting.known().filter(|id| !id.trim().is_empty())?;
            // Several in one text: how a program takes them apart is not known.
            if setup.entry.client.is_generic && id.contains([',', ';', ' ']) {
                return None;
            }
            // In a list that nobody has looked into, a name may be the tool's own.
            let is_own = |id: &str| {
                let model = setup.provider.model(id);
                let meant = || setup.provider.meant_model(id).filter(|_| !id.contains('/'));
                !model.map_or_else(|| meant().is_some(), Model::is_listed)
            };
            if sighting.is_listed && setup.entry.client.is_fallback() && is_own(id) {
                return None;
            }
            let protocol = sighting.protocol.as_deref().or(setup.entry.protocol.as_deref());
            Some(Self {
                place: Place::sighting(sighting),
                tree: setup.root.tree(),
                id: Cow::Owned(id.to_owned()),
                provider: setup.provider,
                kind: kind_of_protocol(protocol),
                // What stands before a model's id may be a tool's own, where nobody has looked into it.
                is_certain: (matches!(setup.evidence, Evidence::Declared | Evidence::Addressed(_))
                    || setup.entry.built_in.is_some())
                    && !(setup.entry.client.is_fallback() && id.contains('/')),
                is_choice: sighting.is_listed
                    || (setup.entry.client.is_generic && id.contains(['/', ':'])),
                also_listed: listed_as(setup, sighting),
                catalog: setup.catalog,
                today: setup.today,
            })
        });
        named.collect()
    }

    /// The changes that make it another model. One that is chosen from a list is changed in both places
    /// or in none.
    #[must_use]
    pub fn to(&self, id: &str) -> Option<Vec<Change>> {
        let places = std::iter::once(&self.place).chain(&self.also_listed);
        places.map(|place| remedies::written(self.tree, *place, &self.id, id)).collect()
    }

    /// The model, where the provider itself lists it.
    #[must_use]
    pub fn listed(&self) -> Option<&'t Model> {
        self.provider.model(&self.id).filter(|model| model.is_listed())
    }

    /// As [`ModelUse::listed`], where it can still be called.
    #[must_use]
    pub fn live(&self) -> Option<&'t Model> {
        self.listed().filter(|model| !model.has_ended(self.today))
    }
}

/// Where the list that a model is chosen from names it; nowhere for one that only stands in a list.
fn listed_as(setup: &Setup<'_>, chosen: &Sighting) -> Vec<Place> {
    let models = setup.entry.models.iter().filter(|_| !chosen.is_listed);
    let listed = models.filter(|one| one.is_listed && one.text == chosen.text);
    listed.map(Place::sighting).collect()
}

/// The kind of request that a tool sends which speaks `protocol`.
pub fn kind_of_protocol(protocol: Option<&str>) -> &'static str {
    match protocol {
        Some("anthropic") => "messages",
        Some("responses") => "responses",
        _ => "chat-completions",
    }
}
