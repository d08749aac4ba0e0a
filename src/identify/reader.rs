//! Reads a tool's settings, as its data in `schemas/clients/` says where they stand.

use std::borrow::Cow;
use std::sync::Arc;

use super::Context;
use super::entry::{Entry, each_model_once};
use super::parts;
use super::pattern::{self, Found};
use super::sighting::{self, Sighting};
use super::template::{is_below_an_example, is_for_people, is_template};
use super::variables::{look_up, variables};
use crate::diagnostic::Span;
use crate::document::{Kind, Node, NodeId};
use crate::knowledge::{Client, ClientEntry, Condition, ModelKind, Parameter, Slot};

/// The entries of `client` in the document at `root`.
#[must_use]
pub fn entries(root: Node<'_>, client: &Arc<Client>, context: &Context<'_>) -> Vec<Entry> {
    let mut found = Vec::new();
    let path = context.path;
    let variables = variables(root, client);
    for (number, data) in client.entries.iter().enumerate() {
        if !data.only_where.iter().all(|wanted| holds(root, wanted)) {
            continue;
        }
        let outer = &[];
        let reader = Reader { root, client, number, data, variables: &variables, path, outer };
        let places = pattern::matches(root, &data.at, None, data.ignore_case);
        let read = places.iter().flat_map(|place| reader.read(place));
        // In a file that nothing is known of, a text for people is found under the name of a key as well.
        let is_text = |entry: &Entry| client.is_fallback() && entry.keys.iter().any(is_for_people);
        found.extend(read.filter(|entry| !entry.is_empty() && !is_text(entry)));
        if data.built_in_anywhere {
            let ids =
                data.built_in.iter().filter(|(id, _)| places.iter().all(|at| at.name != **id));
            found.extend(ids.filter_map(|(id, url)| reader.implied(id, url)));
        }
    }
    each_model_once(&mut found);
    if client.takes_environment() {
        found.iter_mut().for_each(|entry| look_up(entry, context));
    }
    found
}

/// Whether a condition on the document holds.
fn holds(root: Node<'_>, wanted: &Condition) -> bool {
    let text = root.at(&wanted.at).and_then(Node::as_str);
    text.is_some_and(|text| wanted.is.is_empty() || wanted.is.iter().any(|one| *one == text))
}

#[derive(Clone, Copy)]
struct Reader<'r> {
    root: Node<'r>,
    client: &'r Arc<Client>,
    number: usize,
    data: &'r ClientEntry,
    variables: &'r Arc<[Sighting]>,
    path: &'r str,
    /// What around the entry says more of the same, the nearest first.
    outer: &'r [Node<'r>],
}

impl Reader<'_> {
    /// One entry, or one for each part of a name that its members share.
    fn read(&self, place: &Found<'_>) -> Vec<Entry> {
        let outer = self.around(place.node);
        let reader = Reader { outer: &outer, ..*self };
        let data = self.data;
        let named = data.named_by.as_deref().and_then(|at| place.node.at(at)?.as_str());
        let place = &Found { name: named.unwrap_or(place.name.clone()), ..place.clone() };
        let slots = data.url.iter().chain(&data.key).chain(&data.model).chain(&data.key_variable);
        let shared: Vec<&Slot> = slots.filter(|slot| slot.at.contains("{}")).collect();
        if shared.is_empty() {
            return vec![reader.entry(place, &[])];
        }
        let captures = |node| {
            let of = move |slot: &&Slot| pattern::captures(node, &slot.at, data.ignore_case);
            shared.iter().flat_map(of).collect::<Vec<_>>()
        };
        let mut groups: Vec<Vec<String>> = Vec::new();
        for capture in captures(place.node) {
            match groups.iter_mut().find(|group| self.is_one(&group[0], &capture)) {
                Some(group) if group.contains(&capture) => {}
                Some(group) => group.push(capture),
                None => groups.push(vec![capture]),
            }
        }
        // What is around alone is an entry of its own.
        for capture in outer.iter().flat_map(|node| captures(*node)) {
            let of_group = |group: &&mut Vec<String>| self.is_one(&group[0], &capture);
            if let Some(group) = groups.iter_mut().find(of_group)
                && !group.contains(&capture)
            {
                group.push(capture);
            }
        }
        groups.iter().map(|captures| reader.entry(place, captures)).collect()
    }

    /// The values around `node` that say more of the same, the nearest first.
    fn around(&self, node: Node<'_>) -> Vec<Node<'_>> {
        let Some(name) = self.data.inherits.as_deref() else { return Vec::new() };
        let inner = self.root.tree().node(node.id());
        let holders =
            std::iter::successors(inner.parent_in(self.root), |one| one.parent_in(self.root));
        let members = holders.skip(1).filter_map(|holder| holder.get(name));
        members.collect()
    }

    /// The environment files that are named beside `node`.
    fn env_files(&self, node: Node<'_>) -> Vec<(NodeId, Span, String)> {
        let named = self.data.env_files.as_deref().and_then(|name| {
            let inner = self.root.tree().node(node.id());
            inner.parent_in(self.root)?.get(name)
        });
        let Some(named) = named else { return Vec::new() };
        let one = (named.kind() != Kind::Array).then_some(named);
        let files = one.into_iter().chain(named.elements());
        let read = files.filter_map(|file| {
            let file = file.get("path").unwrap_or(file);
            Some((file.id(), file.span(), file.as_str()?.into_owned()))
        });
        read.collect()
    }

    /// Whether two parts of names speak of one connection.
    fn is_one(&self, part: &str, other: &str) -> bool {
        let owner = |part: &str| {
            let part =
                if self.data.ignore_case { part.to_ascii_uppercase() } else { part.to_owned() };
            self.data.belongs.get(&part).cloned().unwrap_or(part)
        };
        part == other || (!self.data.belongs.is_empty() && owner(part) == owner(other))
    }

    /// The entry of a provider that the tool brings itself, where a model in the file names it.
    fn implied(&self, id: &str, url: &str) -> Option<Entry> {
        let place = Found { node: self.root, key: None, name: id.into(), part: None };
        let names_it = |slot: &&Slot| {
            let by_prefix = slot.prefix.as_ref().is_some_and(|prefix| prefix.contains("{key}"));
            slot.root && (by_prefix || slot.beside.is_some() || slot.chosen_by.is_some())
        };
        let slots: Vec<Slot> = self.data.model.iter().filter(names_it).cloned().collect();
        let models = self.sightings(&slots, &place, &[]);
        let named = Sighting { text: id.to_owned(), ..models.first()?.clone() };
        let nothing = ClientEntry::default();
        let empty = Reader { data: &nothing, ..*self }.entry(&place, &[]);
        Some(Entry {
            protocol: self.data.protocol.clone(),
            purpose: self.data.purpose,
            models,
            keys: self.own_keys(id),
            built_in: Some((named, url.to_owned())),
            is_implied: true,
            ..empty
        })
    }

    fn entry(&self, place: &Found<'_>, captures: &[String]) -> Entry {
        let data = self.data;
        let slots = |slots: &[Slot]| self.sightings(slots, place, captures);
        let built_in = slots(&data.provider_id).into_iter().find_map(|id| {
            let known = id.known()?;
            // A provider may be named by what stands before a model's id: `xiaomi_mimo/…`.
            let mut named = data.built_in.iter().filter(|(name, _)| {
                *name == known || (name.ends_with('/') && known.starts_with(name.as_str()))
            });
            let (name, url) = named.next()?;
            Some((Sighting { text: name.clone(), ..id }, url.clone()))
        });
        let (mut keys, key_variables) = (slots(&data.key), slots(&data.key_variable));
        if let Some((id, _)) =
            built_in.as_ref().filter(|_| keys.is_empty() && key_variables.is_empty())
        {
            keys = self.own_keys(&id.text);
        }
        let models = slots(&data.model);
        let parameters = self.parameters(place, captures, &models);
        // A URL of a common name is that of a page as often as not.
        let is_alone = keys.is_empty() && key_variables.is_empty() && models.is_empty();
        let urls = data.url.iter().filter(|slot| !(slot.accompanied && is_alone));
        let urls: Vec<Slot> = urls.cloned().collect();
        Entry {
            client: Arc::clone(self.client),
            number: self.number,
            root: place.node.id(),
            document: self.root.id(),
            name: captures.first().map_or_else(|| place.name.to_string(), Clone::clone),
            protocol: self.protocol(place, captures),
            purpose: self.purpose(place),
            urls: slots(&urls),
            urls_are_whole: self.urls_are_whole(place),
            keys,
            key_variables,
            variables: Arc::clone(self.variables),
            captures: captures.to_vec(),
            env_files: self.env_files(place.node),
            headers: self.nodes(&data.headers, place),
            models,
            output_limits: slots(&data.output_limit),
            parameters,
            context_windows: slots(&data.context_window),
            inputs: slots(&data.input),
            built_in,
            is_implied: false,
            is_template: is_template(self.path)
                || (self.client.is_fallback()
                    && is_below_an_example(&place.node.pointer_from(self.root))),
        }
    }

    /// The keys of a provider that the tool brings itself, as far as the file sets their variables.
    fn own_keys(&self, id: &str) -> Vec<Sighting> {
        let names = self.data.built_in_key.get(id).into_iter().flatten();
        let set = names.filter_map(|name| self.variables.iter().find(|one| one.name == *name));
        set.take(1).cloned().collect()
    }

    fn purpose(&self, place: &Found<'_>) -> Option<ModelKind> {
        let chosen = self.data.purpose_at.iter().find_map(|choice| {
            let found = pattern::matches(place.node, &choice.at, None, self.data.ignore_case);
            choice.values.get(&found.first()?.text()).copied()
        });
        chosen.or(self.data.purpose)
    }

    fn urls_are_whole(&self, place: &Found<'_>) -> bool {
        let switch = self.data.url_is_whole_where.as_ref().is_some_and(|setting| {
            let found = pattern::matches(place.node, &setting.at, None, self.data.ignore_case);
            found.iter().any(|found| setting.is.iter().any(|wanted| found.is(wanted)))
        });
        switch || self.data.url_is_whole
    }

    fn protocol(&self, place: &Found<'_>, captures: &[String]) -> Option<String> {
        let chosen = self.data.protocol_at.iter().find_map(|choice| {
            let from = if choice.root { self.root } else { place.node };
            let nearest = std::iter::once(from).chain(self.outer.iter().copied());
            let mut found = nearest.flat_map(|from| self.matches(from, &choice.at, captures));
            let found = found.next()?;
            let text = found.text();
            let mut fitting = choice.values.iter().filter(|(value, _)| {
                **value == text || (value.ends_with(['/', ':']) && text.starts_with(value.as_str()))
            });
            fitting.next().map(|(_, protocol)| protocol.clone())
        });
        let words = captures.iter().flat_map(|capture| capture.rsplit('_'));
        let mut said = words.filter_map(|word| self.data.protocols.get(&word.to_ascii_uppercase()));
        chosen.or_else(|| said.next().cloned()).or_else(|| self.data.protocol.clone())
    }

    /// As [`pattern::matches`], once for each part that `{}` stands for.
    fn matches<'t>(&self, from: Node<'t>, at: &str, captures: &[String]) -> Vec<Found<'t>> {
        let ignore_case = self.data.ignore_case;
        if captures.is_empty() || !at.contains("{}") {
            return pattern::matches(from, at, None, ignore_case);
        }
        let of = |capture: &String| pattern::matches(from, at, Some(capture), ignore_case);
        captures.iter().flat_map(of).collect()
    }

    /// What goes out as fields of the request. What stands elsewhere in the file is for the model beside it.
    fn parameters(
        &self,
        place: &Found<'_>,
        captures: &[String],
        models: &[Sighting],
    ) -> Vec<(String, NodeId)> {
        let holder = |node: NodeId| {
            let node = self.root.tree().node(node);
            node.parent_in(self.root).map(|parent| parent.id())
        };
        let holders: Vec<_> = models.iter().filter_map(|model| holder(model.node)).collect();
        let of = |parameter: &Parameter| {
            let from = if parameter.root { self.root } else { place.node };
            let found = self.matches(from, &parameter.at, captures).into_iter();
            let whole = found.filter(|found| found.part.is_none());
            let own = whole.filter(|found| {
                !parameter.root
                    || holder(found.node.id()).is_some_and(|holder| holders.contains(&holder))
            });
            let named = own.map(|found| {
                let field = parameter.field.clone().unwrap_or_else(|| found.name.to_string());
                (field, found.node.id())
            });
            named.collect::<Vec<_>>()
        };
        self.data.parameters.iter().flat_map(of).collect()
    }

    fn nodes(&self, slots: &[Slot], place: &Found<'_>) -> Vec<NodeId> {
        let found = slots.iter().flat_map(|slot| {
            let from = if slot.root { self.root } else { place.node };
            pattern::matches(from, &slot.at, None, self.data.ignore_case)
        });
        found.map(|found| found.node.id()).collect()
    }

    fn sightings(&self, slots: &[Slot], place: &Found<'_>, captures: &[String]) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        for slot in slots {
            let is_said = found.iter().any(|sighting| !sighting.text.trim().is_empty());
            if slot.otherwise && is_said {
                continue;
            }
            let here = self.places(slot, place, captures);
            let slot = &self.as_spoken(slot, place, captures);
            let here = here.into_iter().flat_map(|found| parts::of(found, slot));
            let here: Vec<_> = here.collect();
            let sighted = here
                .iter()
                .filter_map(|here| sighting::sighting(self.client, slot, here, &place.name));
            let sighted = sighted.filter(|one| {
                let other = slot.instead.as_deref();
                other.is_none_or(|at| {
                    pattern::matches(place.node, at, Some(&one.text), false).is_empty()
                })
            });
            let is_elsewhere = |one: &Sighting| {
                let all = slot.not_among.iter();
                let mut others = all.flat_map(|at| pattern::matches(self.root, at, None, false));
                others.any(|other| other.text() == one.text)
            };
            found.extend(sighted.filter(|one| !is_elsewhere(one)));
        }
        found.sort_by_key(|sighting| sighting.span.start);
        found.dedup_by_key(|sighting| (sighting.span, sighting.target));
        found
    }

    /// A slot without the suffixes that what is spoken knows nothing of.
    fn as_spoken<'s>(
        &self,
        slot: &'s Slot,
        place: &Found<'_>,
        captures: &[String],
    ) -> Cow<'s, Slot> {
        let takers = &self.data.suffix_protocols;
        if takers.is_empty() || slot.suffixes.is_empty() {
            return Cow::Borrowed(slot);
        }
        let Some(spoken) = self.protocol(place, captures) else { return Cow::Borrowed(slot) };
        let mut slot = slot.clone();
        slot.suffixes.retain(|suffix| takers.get(suffix).is_none_or(|taker| *taker == spoken));
        Cow::Owned(slot)
    }

    /// Where a slot leads to, as far as it is for the entry at `place`.
    fn places<'t>(&'t self, slot: &Slot, place: &Found<'t>, captures: &[String]) -> Vec<Found<'t>> {
        let chosen = slot.chosen_by.as_deref().map(|pointer| {
            let name = self.root.at(pointer).and_then(Node::as_str);
            name.is_some_and(|name| name == place.name)
        });
        let from = if slot.root { self.root } else { place.node };
        if let (Some(beside), Some((above, last))) = (&slot.beside, slot.at.rsplit_once('/')) {
            let holders = self.matches(from, above, captures);
            let own = holders.into_iter().filter(|holder| {
                let name = holder.node.get(beside).and_then(Node::as_str);
                let name = name.filter(|name| !slot.undecided.iter().any(|word| word == name));
                let left_open = chosen.unwrap_or(!slot.undecided.is_empty());
                name.map_or(left_open, |name| name == place.name)
            });
            return own
                .flat_map(|holder| self.matches(holder.node, &format!("/{last}"), captures))
                .collect();
        }
        if chosen == Some(false) {
            return Vec::new();
        }
        // The entry's own name, rather than something in it.
        if slot.at.is_empty() && !slot.root {
            return vec![place.clone()];
        }
        let mut found = self.matches(from, &slot.at, captures);
        for outer in self.outer.iter().filter(|_| !slot.root) {
            for more in self.matches(*outer, &slot.at, captures) {
                // The nearest of one name counts.
                if found.iter().all(|known| known.name != more.name) {
                    found.push(more);
                }
            }
        }
        found
    }
}
