//! Where a URL leads: to an endpoint of the API, or to nothing, and what to write instead.
//!
//! The rules on URLs share it, so that one cause is one finding.

mod base;
mod host;
mod path;
mod slip;
#[cfg(test)]
mod tests;
mod whole;

use super::finding::Place;
use super::{Request, Setup, remedies};
use crate::document::Tree;
use crate::fix::Change;
use crate::identify::{Address, AddressForm, Sighting};
use crate::knowledge::{Catalog, ClientEntry, Endpoint, Provider, UrlForm};

/// What is wrong with a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which part of it.
    pub part: Part,
    /// What was found.
    pub message: String,
    /// What was meant.
    pub label: String,
    /// What to write instead.
    pub help: String,
    /// The URL that is right, where there is one.
    pub right: Option<String>,
    /// Whether a firm fact says so.
    pub is_firm: bool,
    /// Whether something answers there at all.
    pub is_answered: bool,
    /// Whether no client, whatever it adds, makes it work.
    pub is_hopeless: bool,
}

/// Which part of a URL is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The host is none of the API's, or what the path names does not exist.
    Endpoint,
    /// The endpoint is there, and the URL misses it.
    Base,
}

/// How a URL is used.
#[derive(Debug, Clone, Copy)]
pub struct Usage<'u> {
    /// Whether something is added to it.
    pub form: AddressForm,
    /// What its client speaks, where that is known: `openai`, `anthropic` or `responses`.
    pub protocol: Option<&'u str>,
    /// What its client adds, where that is known.
    pub appends: Option<&'u str>,
    /// The client's name, where it is known.
    pub client: Option<&'u str>,
    /// Whether the base URL for the protocol is wanted as it is documented, and nothing shorter.
    pub is_strict: bool,
}

impl Usage<'_> {
    fn client(&self) -> &str {
        // A profile for several tools has all their names.
        self.client.filter(|name| !name.contains(", ")).unwrap_or("the client")
    }
}

/// A URL that is about to be judged.
struct Target<'t> {
    provider: &'t Provider,
    address: &'t Address,
    usage: &'t Usage<'t>,
    /// The path as a server reads it.
    path: String,
    /// What the host is for, where it serves the API.
    serves: Option<&'t str>,
}

/// The provider whose API a URL is meant for, and what is wrong with the URL.
#[must_use]
pub fn judge(catalog: &Catalog, address: &Address, usage: &Usage<'_>) -> Option<Fault> {
    let host = address.host.as_deref()?;
    let provider = catalog.provider_near_host(host)?;
    let serves = provider.host(host).map(|known| known.serves.as_str());
    let target = Target { provider, address, usage, path: address.steps(), serves };
    if serves.is_none() {
        return host::fault(&target, host);
    }
    // What is filled in later may be right, and of an API of one's own that names no endpoint nothing is known.
    if address.has_open_path() || provider.endpoints.is_empty() {
        return None;
    }
    match usage.form {
        AddressForm::Whole => whole::fault(&target),
        AddressForm::Either if target.is_begun() => None,
        AddressForm::Either if target.is_not_served() => whole::fault(&target),
        AddressForm::Either if !target.is_familiar() && usage.client.is_none() => None,
        AddressForm::Either => whole::fault(&target),
        AddressForm::Base => base::fault(&target),
    }
}

/// A URL that leads nowhere, where it stands.
pub struct Faulty<'t> {
    /// The URL.
    pub place: Place,
    /// The document that it stands in.
    pub tree: &'t Tree<'t>,
    /// Its text.
    pub text: String,
    /// What is wrong with it.
    pub fault: Fault,
    /// Whether what is added to it is known: it is a request's own, or the tool's data says so.
    pub is_known: bool,
}

/// The URL beside a request, where it is faulty.
#[must_use]
pub fn in_request<'t>(request: &Request<'t>) -> Option<Faulty<'t>> {
    let (fault, is_known) = of_request(request)?;
    let node = request.root.tree().node(request.address?.node);
    let text = node.as_str()?.into_owned();
    Some(Faulty { place: Place::value(node), tree: request.root.tree(), text, fault, is_known })
}

/// The faulty URLs in a tool's settings.
#[must_use]
pub fn in_setup<'t>(setup: &Setup<'t>) -> Vec<Faulty<'t>> {
    let set = setup.from_elsewhere(&setup.entry.urls, |entry| &entry.url);
    let urls = setup.entry.urls.iter().chain(&set).filter_map(|url| {
        let found = of_sighting(setup, url).or_else(|| slip::of_sighting(setup, url));
        let (fault, is_known) = found?;
        let (place, text) = (Place::sighting(url), url.text.clone());
        Some(Faulty { place, tree: setup.root.tree(), text, fault, is_known })
    });
    urls.collect()
}

/// What is wrong with the URL beside a request, and whether it is the URL of a request for certain.
fn of_request(request: &Request<'_>) -> Option<(Fault, bool)> {
    let (address, provider) = request.address.zip(request.provider)?;
    let protocol = match request.kind.name() {
        "chat-completions" => Some("openai"),
        "messages" => Some("anthropic"),
        "responses" => Some("responses"),
        "other-request" => None,
        _ => return None,
    };
    if request.in_batch {
        return None;
    }
    let usage =
        Usage { form: address.form, protocol, appends: None, client: None, is_strict: false };
    if address.host.is_none() {
        return bare_path(provider, address, &usage).map(|fault| (fault, false));
    }
    if !is_own(request.catalog, Some(provider), Some(address)) {
        return None;
    }
    let is_request = address.form == AddressForm::Whole;
    judge(request.catalog, address, &usage).map(|fault| (fault, is_request))
}

/// A path that is known to be no endpoint. On whose host is not said, so it is told as a doubt.
fn bare_path(provider: &Provider, address: &Address, usage: &Usage<'_>) -> Option<Fault> {
    let path = address.steps();
    provider.not_endpoint(&path)?;
    let target = Target { provider, address, usage, path, serves: Some("api") };
    // The path of a chat may be that of a server of one's own.
    let fault = whole::fault(&target).filter(|fault| fault.part == Part::Endpoint)?;
    Some(Fault { is_firm: false, ..fault })
}

/// What is wrong with a URL of a tool's settings, and whether that tool is known.
fn of_sighting(setup: &Setup<'_>, url: &Sighting) -> Option<(Fault, bool)> {
    let form = url_form(setup.entry.data(), url.known()?);
    let ends = form.and_then(|form| form.ends.as_deref()).unwrap_or_default();
    let address = Address::parse(url.known()?.trim_end().strip_suffix(ends)?)?;
    // The guides print what is to be filled in; a file to copy may do so too.
    let host = address.host.as_deref()?;
    if !is_own(setup.catalog, Some(setup.provider), Some(&address))
        || (setup.entry.is_template && host.contains(['{', '<']))
    {
        return None;
    }
    let entry = setup.entry;
    let protocol = url.protocol.as_deref().or(entry.protocol.as_deref());
    let added = form.map_or(Some(&entry.data().appends), |form| form.appends.as_ref());
    let appends = added.zip(protocol).and_then(|(added, protocol)| added.get(protocol));
    let appends = appends.map(String::as_str);
    let is_called = form.is_some() && added.is_some_and(|added| added.is_empty());
    let is_whole = entry.urls_are_whole || is_called;
    let tool = entry.tool();
    let is_known = is_whole || appends.is_some() || tool.is_some();
    let form = if is_whole {
        AddressForm::Whole
    } else if is_known || url.name.to_ascii_lowercase().contains("base") {
        AddressForm::Base
    } else {
        AddressForm::Either
    };
    if !is_known && protocol.is_none() && is_whole_by_name(setup, url, &address) {
        return None;
    }
    let client = tool.or_else(|| is_known.then_some(entry.client.name.as_str()));
    let usage = Usage { form, protocol, appends, client, is_strict: true };
    let mut fault = judge(setup.catalog, &address, &usage)?;
    // A console has an API of its own, and a program may fill in what a tool would send as it stands.
    let is_of_chats =
        form != AddressForm::Either || protocol.is_some() || setup.provider.host(host).is_some();
    fault.is_firm &= is_of_chats && (is_known || !host.contains(['{', '<']));
    // What a variable's name says of the protocol is what its program speaks.
    let is_by_variable = protocol.is_some() && !entry.data().protocols.is_empty();
    let is_certain = is_known || (fault.is_hopeless && is_by_variable);
    Some((fault, is_certain))
}

/// Whether the whole URL of a request stands under the name by which some programs call just that.
fn is_whole_by_name(setup: &Setup<'_>, url: &Sighting, address: &Address) -> bool {
    let letters = url.name.chars().filter(char::is_ascii_alphabetic);
    let letters: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let path = address.steps();
    letters.ends_with("apibaseurl")
        && setup.provider.endpoints.iter().any(|endpoint| endpoint.is_at(&path))
}

/// The form of a base URL to which the tool adds something of its own, where it has one for it.
fn url_form<'d>(data: &'d ClientEntry, text: &str) -> Option<&'d UrlForm> {
    let path = text.split_once("://").map_or(text, |(_, rest)| rest);
    let is_version = |step: &str| {
        let digits = step.strip_prefix(['v', 'V']);
        digits.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    };
    let has_version = path.split('/').skip(1).any(is_version);
    data.url_forms.iter().find(|form| {
        let ends = form.ends.as_deref().is_none_or(|ends| text.trim_end().ends_with(ends));
        ends && (!form.versioned || has_version)
    })
}

/// Whether a URL names a host of the API that it is held to.
pub fn is_own(catalog: &Catalog, held: Option<&Provider>, address: Option<&Address>) -> bool {
    let host = address.and_then(|address| address.host.as_deref());
    let owner = host.and_then(|host| catalog.provider_near_host(host));
    owner.zip(held).is_some_and(|(owner, held)| owner.id == held.id)
}

/// The kind of request that a client of `protocol` sends.
fn kind_of(protocol: &str) -> &str {
    match protocol {
        "openai" => "chat-completions",
        "anthropic" => "messages",
        other => other,
    }
}

/// A protocol's name for people.
fn name_of(protocol: &str) -> &str {
    match protocol {
        "openai" => "OpenAI",
        "anthropic" => "Anthropic",
        "responses" => "OpenAI (Responses)",
        other => other,
    }
}

impl<'t> Target<'t> {
    fn host(&self) -> &'t str {
        self.address.host.as_deref().unwrap_or_default()
    }

    /// A URL with this path on the same host; where none is named, the path.
    fn url(&self, path: &str) -> String {
        if self.address.host.is_none() {
            return path.to_owned();
        }
        let port = self.address.port.as_deref().filter(|port| !matches!(*port, "80" | "443"));
        match port {
            Some(port) => format!("https://{}:{port}{path}", self.host()),
            None => format!("https://{}{path}", self.host()),
        }
    }

    /// The endpoints that the host serves.
    fn endpoints(&self) -> impl Iterator<Item = &'t Endpoint> {
        let serves = self.serves.unwrap_or_default();
        self.provider.endpoints.iter().filter(move |endpoint| endpoint.is_on(serves))
    }

    /// The endpoint that a client of `protocol` calls on this host.
    fn endpoint(&self, protocol: &str) -> Option<&'t Endpoint> {
        let kind = kind_of(protocol);
        self.endpoints().find(|endpoint| endpoint.kind == kind)
    }

    /// The protocol for which the URL is meant as far as it shows.
    fn protocol(&self) -> &'t str {
        let shown = || match self.tail() {
            Some((_, protocol)) => protocol,
            None if self.path.contains("anthropic") => "anthropic",
            None => "openai",
        };
        self.usage.protocol.unwrap_or_else(shown)
    }

    /// The path of the base URL for clients of `protocol` that add what this one adds.
    fn base_path(&self, protocol: &str) -> Option<&'t str> {
        match self.usage.appends {
            Some(appends) => {
                let kind = kind_of(protocol);
                self.provider.endpoint(kind)?.path.strip_suffix(appends)
            }
            // Clients of both of OpenAI's protocols have the same base URL.
            None if protocol == "responses" => self.provider.base_path("openai"),
            None => self.provider.base_path(protocol),
        }
    }

    fn base_fault(&self, message: String, label: &str, help: String) -> Fault {
        Fault {
            part: Part::Base,
            message,
            label: label.to_owned(),
            help,
            right: None,
            is_firm: true,
            is_answered: true,
            is_hopeless: false,
        }
    }
}

impl Fault {
    /// Says which URL is right.
    fn right(mut self, url: String) -> Self {
        self.right = Some(url);
        self
    }

    /// Says that no client makes it work.
    fn hopeless(mut self) -> Self {
        self.is_hopeless = true;
        self
    }
}

impl Faulty<'_> {
    /// The right URL in the place of the wrong one, which must be nothing but the URL of a place.
    #[must_use]
    pub fn change(&self) -> Option<Change> {
        let right = self.fault.right.as_deref()?;
        if self.text.trim().contains(['?', '#', '@', ' ', '{', '$']) {
            return None;
        }
        // Whether it is encrypted is another rule's matter.
        let host = |url: &str| Address::parse(url).and_then(|address| address.host);
        let is_plain = self.text.starts_with("http://") && host(&self.text) == host(right);
        let right = right
            .strip_prefix("https://")
            .filter(|_| is_plain)
            .map_or_else(|| right.to_owned(), |rest| format!("http://{rest}"));
        remedies::written(self.tree, self.place, &self.text, &right)
    }
}
