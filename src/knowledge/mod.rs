//! What is known of the APIs: providers, models and JSON Schemas, read from `schemas/`.
//!
//! Facts stand in data, never here. This layer knows documents and nothing above them.

pub mod annotation;
mod auth;
pub mod bundle;
mod bundlers;
mod catalog;
mod cause;
mod client;
mod endpoint;
mod field;
pub mod hidden_places;
mod json;
mod kind;
mod model;
mod other_models;
mod owners;
mod provider;
pub mod reference;
mod schema_set;
mod setting;
pub mod similar;
mod syntaxes;
mod validate;
mod violation;

pub use auth::{Auth, AuthHeader, KeyKind};
pub use bundlers::shown_prefix;
pub use catalog::{Catalog, DEFAULT_PROVIDER, SourceEntry, sources};
pub use cause::{Answered, Cause, causes};
pub use client::{Client, ClientEntry, Condition, Embedded, KeyFile, Parameter, Slot, UrlForm};
pub use endpoint::{Endpoint, Host, NotEndpoint, NotHost};
pub use field::{field_schemas, names_below, standing};
pub use json::to_value;
pub use kind::DocumentKind;
pub use model::{Features, Model, ModelKind, ModelStatus, Speech};
pub use other_models::{Aggregator, OtherModels};
pub use provider::{
    Backoff, Confidence, ErrorCode, Limit, Provider, RuleFact, RulePrediction, Spelling, Tags,
};
pub use reference::{Otherwise, Reference};
pub use schema_set::{BASE, SchemaSet};
pub use setting::{ClientSetting, OtherSetting, Start, When};
pub use syntaxes::syntax_of_path;
pub use validate::{
    SchemaError, Validator, describing_schema, instance_faults, most_telling, schema_faults,
};
pub use violation::{Complaint, Violation};
