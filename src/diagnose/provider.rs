//! Whose error it is.

use std::sync::Arc;

use super::error::ApiError;
use super::matcher::Folded;
use super::words;
use crate::knowledge::{Catalog, Provider};

/// Whose error it is, and how one knows.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The provider.
    pub provider: Arc<Provider>,
    /// How it was recognised.
    pub how: String,
    /// Whether its code or its host says so; words can come from elsewhere too.
    pub sure: bool,
}

/// The provider whose error this is, by its code, by a host that the text names, or by its words; `None`
/// where nothing tells.
#[must_use]
pub fn recognise(error: &ApiError) -> Option<Recognised> {
    by_code(error).or_else(|| by_host(error)).or_else(|| by_words(error))
}

fn recognised(id: &str, how: String, sure: bool) -> Option<Recognised> {
    Some(Recognised { provider: Arc::clone(Catalog::bundled().provider(id)?), how, sure })
}

/// A code that one table alone has. A number is no code of theirs: gateways write the status so.
fn by_code(error: &ApiError) -> Option<Recognised> {
    let code = error.code.as_deref().filter(|_| error.code_is_text)?;
    let mut knowing = Catalog::bundled()
        .providers()
        .iter()
        .filter(|provider| provider.errors.iter().any(|row| row.code == code));
    let provider = knowing.next()?;
    if knowing.next().is_some() {
        return None;
    }
    recognised(&provider.id, format!("the code \"{code}\" is in its table alone"), true)
}

fn by_host(error: &ApiError) -> Option<Recognised> {
    let host = error.host.as_deref()?;
    let provider = Catalog::bundled().provider_of_host(host)?;
    recognised(&provider.id, format!("the text names {host}"), true)
}

fn by_words(error: &ApiError) -> Option<Recognised> {
    if let Some(page) = &error.page {
        let own = words::pages().find(|(_, word)| page.contains(word))?;
        return recognised(own.0, format!("its pages say {}", own.1), false);
    }
    let texts: Vec<Folded<'_>> = error.reasons().map(Folded::new).collect();
    recognised(words::speaker(&texts)?, "the words are its own".to_owned(), false)
}
