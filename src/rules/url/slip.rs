//! URLs of settings that are none as they stand, and those that a server may read otherwise than it looks.

use super::{Fault, Part, is_own};
use crate::identify::{Address, Sighting, UrlSlip, meant_url};
use crate::rules::Setup;

/// What keeps a URL of a tool's settings from being one of the API's as it stands, and whether that tool is known.
pub fn of_sighting(setup: &Setup<'_>, url: &Sighting) -> Option<(Fault, bool)> {
    let text = url.known()?;
    let is_known = !setup.entry.client.is_generic;
    if let Some(address) = Address::parse(text) {
        let is_ours = is_own(setup.catalog, Some(setup.provider), Some(&address));
        let fault = blank(text).or_else(|| doubled_slash(&address));
        return fault.filter(|_| is_ours).map(|fault| (fault, is_known));
    }
    let (meant, slip) = meant_url(text)?;
    let address = Address::parse(&meant)?;
    // A variable for a host may well hold a host alone.
    let name = url.name.to_ascii_lowercase();
    let is_host = slip == UrlSlip::NoScheme && !(name.contains("url") || name.contains("base"));
    if is_host || !is_own(setup.catalog, Some(setup.provider), Some(&address)) {
        return None;
    }
    let (message, label) = match slip {
        UrlSlip::Scheme => ("the URL does not begin with `https://`", "a slip"),
        UrlSlip::TwoSchemes => ("the URL has its scheme twice", "once too often"),
        UrlSlip::NoScheme => ("the URL has no `https://` before its host", "no scheme"),
        UrlSlip::Quotes => ("the URL holds the quotes around it", "the quotes are part of it"),
    };
    let fault = Fault {
        part: Part::Base,
        message: message.to_owned(),
        label: label.to_owned(),
        help: format!("write {meant}"),
        right: Some(meant),
        // A program may add what is left out.
        is_firm: slip != UrlSlip::NoScheme,
        is_answered: false,
        is_hopeless: false,
    };
    Some((fault, is_known))
}

/// A space before or behind the URL. Some programs take it away, and others send it as a part of the path.
fn blank(text: &str) -> Option<Fault> {
    let bare = text.trim();
    if bare.len() == text.len() {
        return None;
    }
    let side = if text.starts_with(bare) { "behind" } else { "before" };
    Some(Fault {
        part: Part::Base,
        message: format!("a space stands {side} the URL"),
        label: "the space may become part of the path".to_owned(),
        // What may be a password is not shown again.
        help: if bare.contains(['@', '?']) {
            "take it away".to_owned()
        } else {
            format!("write {bare}")
        },
        right: Some(bare.to_owned()),
        is_firm: false,
        is_answered: false,
        is_hopeless: false,
    })
}

/// Two slashes within the path. What is told of such a path is told of the one that was meant.
fn doubled_slash(address: &Address) -> Option<Fault> {
    let path = address.path.trim_end_matches('/');
    if !path.contains("//") || address.has_open_path() {
        return None;
    }
    let host = address.host.as_deref()?;
    Some(Fault {
        part: Part::Base,
        message: "the path holds two slashes in a row".to_owned(),
        label: "not the path that is documented".to_owned(),
        help: format!("write https://{host}{}", address.steps()),
        right: Some(format!("https://{host}{}", address.steps())),
        is_firm: false,
        is_answered: false,
        is_hopeless: false,
    })
}
