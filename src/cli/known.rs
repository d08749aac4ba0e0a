//! What a command that explains knows: all that is bundled, and what the configuration adds.

use std::sync::Arc;

use super::Failure;
use super::args::Configuration;
use crate::engine::{Config, config_here};
use crate::knowledge::{Catalog, Provider};

/// The configuration of the current folder, for its providers.
#[derive(Default)]
pub struct Known {
    config: Option<Arc<Config>>,
}

impl Known {
    /// Reads the configuration.
    ///
    /// # Errors
    /// It is faulty or cannot be read.
    pub fn new(configuration: &Configuration) -> Result<Self, Failure> {
        Ok(Self { config: config_here(&configuration.source())? })
    }

    /// Every provider and schema.
    pub fn catalog(&self) -> &Catalog {
        self.config
            .as_ref()
            .and_then(|config| config.catalog.as_deref())
            .unwrap_or(Catalog::bundled())
    }

    /// The provider called `id`.
    ///
    /// # Errors
    /// There is no such provider.
    pub fn provider(&self, id: &str) -> Result<&Arc<Provider>, Failure> {
        self.catalog().provider(id).ok_or_else(|| {
            let ids: Vec<_> =
                self.catalog().providers().iter().map(|provider| provider.id.as_str()).collect();
            Failure::Told(format!("there is no provider `{id}`; known: {}", ids.join(", ")))
        })
    }

    /// The provider that is asked for, or all.
    ///
    /// # Errors
    /// There is no such provider.
    pub fn chosen(&self, id: Option<&str>) -> Result<Vec<&Provider>, Failure> {
        match id {
            Some(id) => Ok(vec![self.provider(id)?.as_ref()]),
            None => Ok(self.catalog().providers().iter().map(AsRef::as_ref).collect()),
        }
    }
}
