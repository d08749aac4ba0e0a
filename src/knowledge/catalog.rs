//! Every provider and schema that a run knows: the bundled ones and the user's.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use serde::Deserialize;
use serde_json::Value;

use super::bundle;
use super::client::Client;
use super::kind::DocumentKind;
use super::other_models::OtherModels;
use super::owners::Owners;
use super::provider::Provider;
use super::schema_set::{BASE, SchemaSet};
use super::syntaxes::syntax_of_path;
use super::validate::{SchemaError, Validator};
use crate::extract::Syntax;

/// The provider that a request without any evidence is held to.
pub const DEFAULT_PROVIDER: &str = "mimo";

/// A schema of the catalog: where it stands, and its validator once it was needed.
#[derive(Debug)]
struct Entry {
    uri: String,
    validator: OnceLock<Result<Validator, SchemaError>>,
}

/// Every provider and schema that a run knows.
#[derive(Debug)]
pub struct Catalog {
    providers: Vec<Arc<Provider>>,
    clients: Vec<Arc<Client>>,
    owners: OnceLock<Owners>,
    schemas: SchemaSet,
    /// By provider's id (empty for a user's bare schema) and kind's name.
    entries: BTreeMap<(String, String), Entry>,
}

static BUNDLED: LazyLock<Catalog> = LazyLock::new(|| {
    let providers = bundle::provider_ids().filter_map(|id| {
        let text = bundle::file(&format!("providers/{id}/provider.json"))?;
        serde_json::from_str::<Provider>(text).ok().map(Arc::new)
    });
    let mut catalog = Catalog {
        providers: providers.collect(),
        clients: bundled_clients(),
        owners: OnceLock::new(),
        schemas: SchemaSet::bundled().clone(),
        entries: BTreeMap::new(),
    };
    for (path, _) in bundle::files() {
        let Some((provider, file)) =
            path.strip_prefix("providers/").and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        if let Some(kind) = file.strip_suffix(".schema.json") {
            catalog.enter(provider, kind, format!("{BASE}{path}"));
        }
    }
    catalog
});

fn bundled_clients() -> Vec<Arc<Client>> {
    let files = bundle::files().iter().filter(|(path, _)| path.starts_with("clients/"));
    files.filter_map(|(_, text)| serde_json::from_str(text).ok().map(Arc::new)).collect()
}

impl Catalog {
    /// The bundled catalog, shared by all.
    #[must_use]
    pub fn bundled() -> &'static Catalog {
        &BUNDLED
    }

    /// A catalog of one's own that starts with all that is bundled.
    #[must_use]
    pub fn extended() -> Catalog {
        let bundled = Self::bundled();
        let mut catalog = Catalog {
            providers: bundled.providers.clone(),
            clients: bundled.clients.clone(),
            owners: OnceLock::new(),
            schemas: bundled.schemas.clone(),
            entries: BTreeMap::new(),
        };
        for ((provider, kind), entry) in &bundled.entries {
            catalog.enter(provider, kind, entry.uri.clone());
        }
        catalog
    }

    fn enter(&mut self, provider: &str, kind: &str, uri: String) {
        let entry = Entry { uri, validator: OnceLock::new() };
        self.entries.insert((provider.to_owned(), kind.to_owned()), entry);
    }

    /// Adds a user's provider: the text of its `provider.json` and its schemas by kind.
    ///
    /// # Errors
    /// `provider.json` is not of the shape that `requestlint schema provider` prints, or a schema
    /// is none.
    pub fn add_provider(
        &mut self,
        id: &str,
        provider: &str,
        schemas: Vec<(String, Value)>,
    ) -> Result<(), SchemaError> {
        let mut provider: Provider =
            serde_json::from_str(provider).map_err(|error| SchemaError(error.to_string()))?;
        id.clone_into(&mut provider.id);
        self.providers.retain(|known| known.id != id);
        self.providers.push(Arc::new(provider));
        for (kind, schema) in schemas {
            let uri = format!("{BASE}providers/{id}/{kind}.schema.json");
            self.schemas.insert(uri.clone(), schema);
            self.enter(id, &kind, uri);
        }
        let own: Vec<_> = self.entries.keys().filter(|(owner, _)| owner == id).cloned().collect();
        for (_, kind) in own {
            self.validator(id, &kind).transpose()?;
        }
        Ok(())
    }

    /// Adds a user's client, before those of its id that are known: the text of its file.
    ///
    /// # Errors
    /// It is not of the shape that `requestlint schema client` prints.
    pub fn add_client(&mut self, id: &str, text: &str) -> Result<(), SchemaError> {
        let mut client: Client =
            serde_json::from_str(text).map_err(|error| SchemaError(error.to_string()))?;
        if let Some(fault) = client.faulty_glob() {
            return Err(SchemaError(fault));
        }
        id.clone_into(&mut client.id);
        self.clients.retain(|known| known.id != id);
        self.clients.insert(0, Arc::new(client));
        self.owners = OnceLock::new();
        Ok(())
    }

    /// Whether a hidden file or folder of this name is walked for some tool's sake.
    #[must_use]
    pub fn has_place(&self, name: &str) -> bool {
        self.clients.iter().any(|client| client.lives_in(name))
    }

    /// All tools: the user's first.
    #[must_use]
    pub fn clients(&self) -> &[Arc<Client>] {
        &self.clients
    }

    /// The tools whose file the one at `path` is, with `/` between folders.
    #[must_use]
    pub fn clients_of(&self, path: &str) -> Vec<Arc<Client>> {
        let owners = self.owners.get_or_init(|| Owners::of(&self.clients));
        owners.owning(path).into_iter().map(|index| Arc::clone(&self.clients[index])).collect()
    }

    /// The syntax of the file at `path`: what its name says, unless a tool reads its files otherwise;
    /// `None` where neither names one.
    #[must_use]
    pub fn syntax_of(&self, path: &str) -> Option<Syntax> {
        let named = syntax_of_path(path);
        let tools = || self.clients_of(path).iter().find_map(|client| client.syntax);
        match named {
            None => tools(),
            // What begins as JSON may be read as one of its kin.
            Some(Syntax::Json) => {
                let kin = tools().filter(|own| matches!(own, Syntax::Jsonc | Syntax::Json5));
                kin.or(named)
            }
            named => named,
        }
    }

    /// Adds a bare JSON Schema for a kind of document that only the user knows.
    ///
    /// # Errors
    /// It is no JSON Schema.
    pub fn add_schema(&mut self, kind: &str, schema: Value) -> Result<(), SchemaError> {
        let uri = format!("{BASE}user/{kind}.schema.json");
        self.schemas.insert(uri.clone(), schema);
        self.enter("", kind, uri);
        self.validator("", kind).transpose().map(drop)
    }

    /// All providers: the bundled ones first.
    #[must_use]
    pub fn providers(&self) -> &[Arc<Provider>] {
        &self.providers
    }

    /// The provider called `id`.
    #[must_use]
    pub fn provider(&self, id: &str) -> Option<&Arc<Provider>> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// The provider that `host` (without port) belongs to or is taken for.
    #[must_use]
    pub fn provider_of_host(&self, host: &str) -> Option<&Arc<Provider>> {
        self.providers.iter().find(|provider| provider.claims_host(host))
    }

    /// As [`Catalog::provider_of_host`]; else the provider in whose domain `host` lies, or whose host it is
    /// a slip of.
    #[must_use]
    pub fn provider_near_host(&self, host: &str) -> Option<&Arc<Provider>> {
        let near = |provider: &&Arc<Provider>| {
            provider.owns_domain(host) || provider.meant_host(host).is_some()
        };
        self.provider_of_host(host).or_else(|| self.providers.iter().find(near))
    }

    /// The providers that know the model `id` themselves.
    pub fn providers_of_model(&self, id: &str) -> impl Iterator<Item = &Arc<Provider>> {
        self.providers
            .iter()
            .filter(move |provider| provider.model(id).is_some_and(|model| model.is_listed()))
    }

    /// Whether `provider` has a schema for documents of `kind`.
    #[must_use]
    pub fn has_schema(&self, provider: &str, kind: &DocumentKind) -> bool {
        self.entry(provider, kind.name()).is_some()
    }

    fn entry(&self, provider: &str, kind: &str) -> Option<&Entry> {
        self.entries.get(&(provider.to_owned(), kind.to_owned()))
    }

    /// The URI of the schema of `provider` (empty for a bare schema) for `kind`.
    #[must_use]
    pub fn schema_uri(&self, provider: &str, kind: &str) -> Option<&str> {
        self.entry(provider, kind).map(|entry| entry.uri.as_str())
    }

    /// The schema set that the URIs stand in.
    #[must_use]
    pub fn schemas(&self) -> &SchemaSet {
        &self.schemas
    }

    /// The validator of `provider` (empty for a bare schema) for `kind`, compiled when it is first
    /// asked for; `None` where there is no such schema.
    #[must_use]
    pub fn validator(&self, provider: &str, kind: &str) -> Option<Result<&Validator, SchemaError>> {
        let entry = self.entry(provider, kind)?;
        let built = entry.validator.get_or_init(|| Validator::new(&self.schemas, &entry.uri));
        Some(built.as_ref().map_err(Clone::clone))
    }

    /// How other vendors' models are recognised.
    #[must_use]
    pub fn other_models(&self) -> &'static OtherModels {
        OtherModels::bundled()
    }
}

/// What a source tag stands for.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceEntry {
    /// The page or report.
    pub title: String,
    /// Where it is.
    #[serde(default)]
    pub url: Option<String>,
    /// Its date, or the day it was read.
    #[serde(default)]
    pub date: Option<String>,
}

/// The table of source tags, in the order of `schemas/sources.json`.
#[must_use]
pub fn sources() -> &'static BTreeMap<String, SourceEntry> {
    static SOURCES: LazyLock<BTreeMap<String, SourceEntry>> = LazyLock::new(|| {
        bundle::file("sources.json")
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    });
    &SOURCES
}
