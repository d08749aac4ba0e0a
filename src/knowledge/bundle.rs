//! The files of `schemas/`, as text, compiled into the library.

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bundle.rs"));

/// The text of a bundled file; `name` is its path under `schemas/`, with `/` between folders.
#[must_use]
pub fn file(name: &str) -> Option<&'static str> {
    FILES.binary_search_by_key(&name, |(path, _)| path).ok().map(|at| FILES[at].1)
}

/// All bundled files, as (path under `schemas/`, text), in order of their paths.
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// The ids of the bundled providers: the folders under `schemas/providers/`.
pub fn provider_ids() -> impl Iterator<Item = &'static str> {
    FILES
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("providers/")?.strip_suffix("/provider.json"))
}
