//! Variables that bundlers write into the code that browsers load.

use std::sync::LazyLock;

use serde::Deserialize;

use super::bundle;

#[derive(Debug, Default, Deserialize)]
struct File {
    prefixes: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    prefix: String,
    tools: String,
}

static BUNDLED: LazyLock<File> = LazyLock::new(|| {
    let text = bundle::file("bundlers.json");
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
});

/// The beginning of the variable `name` by which a bundler shows its value to browsers, and the tools
/// that do so.
#[must_use]
pub fn shown_prefix(name: &str) -> Option<(&'static str, &'static str)> {
    let begins = |entry: &&Entry| {
        let head = name.get(..entry.prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(&entry.prefix))
    };
    let found = BUNDLED.prefixes.iter().find(begins)?;
    Some((found.prefix.as_str(), found.tools.as_str()))
}

#[cfg(test)]
mod tests {
    use super::shown_prefix;

    #[test]
    fn a_variable_that_browsers_see_is_told_by_its_beginning() {
        assert_eq!(shown_prefix("VITE_MIMO_API_KEY"), Some(("VITE_", "Vite")));
        assert_eq!(shown_prefix("MIMO_API_KEY"), None);
        assert_eq!(shown_prefix("VITÉ_API_KEY"), None);
    }
}
