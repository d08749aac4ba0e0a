//! The base URL that a file gives in one place for the requests in others.

use super::{Address, AddressForm};
use crate::document::{Kind, Node};
use crate::knowledge::Catalog;

/// How many members of a file's root are looked at.
const MOST: usize = 64;

/// The base URL in one of the objects right below the root, where it names a known API and no other
/// object there names another host: `{"client": {"base_url": …}, "request": {…}}`.
pub fn of(root: Node<'_>, catalog: &Catalog) -> Option<Address> {
    if root.kind() != Kind::Object || root.len() > MOST {
        return None;
    }
    let objects = root.members().map(|member| member.value);
    let objects = objects.filter(|object| object.kind() == Kind::Object && object.len() <= MOST);
    // An object of its own request says nothing of the others.
    let settings = objects.filter(|object| {
        ["body", "request", "messages", "input"].iter().all(|name| object.get(name).is_none())
    });
    let mut named = settings.filter_map(|object| {
        let address = Address::beside(object)?;
        address.host.is_some().then_some(address)
    });
    let first = named.next()?;
    let is_base = first.form == AddressForm::Base;
    let is_known = first.host.as_deref().and_then(|host| catalog.provider_of_host(host)).is_some();
    (is_base && is_known && named.all(|other| other.host == first.host)).then_some(first)
}
