//! What people copy and fill in, or just read.

use super::sighting::{Sighting, Written};

/// Whether a file is one that people copy and fill in: a placeholder in it is right.
#[must_use]
pub fn is_template(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let mut words = name.split(|character: char| !character.is_ascii_alphanumeric());
    words.any(|word| {
        matches!(
            word,
            "example"
                | "examples"
                | "sample"
                | "template"
                | "templates"
                | "dist"
                | "tpl"
                | "default"
                | "defaults"
        )
    })
}

/// Whether what stands at `pointer` is below a member whose name says that it shows how something looks:
/// `exampleConfig`, `placeholders`.
#[must_use]
pub fn is_below_an_example(pointer: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.to_ascii_lowercase();
        let word = word.strip_suffix('s').unwrap_or(&word);
        matches!(word, "example" | "placeholder" | "sample")
    };
    pointer.split(|one: char| !one.is_ascii_alphanumeric()).any(|name| {
        let begins = name.match_indices(|one: char| one.is_ascii_uppercase());
        let mut begins: Vec<usize> = begins.map(|(at, _)| at).chain([0, name.len()]).collect();
        begins.sort_unstable();
        is_word(name) || begins.windows(2).any(|ends| is_word(&name[ends[0]..ends[1]]))
    })
}

/// Whether what stands for a key is a text for people, as a translation or the description of a form has one:
/// words, or the name of a type.
#[must_use]
pub fn is_for_people(key: &Sighting) -> bool {
    const TYPES: [&str; 6] = ["string", "str", "text", "password", "String", "any"];
    let text = key.text.trim();
    let is_letter =
        |one: char| one.is_alphabetic() || one.is_whitespace() || "-.,:;!?'’()/".contains(one);
    let is_latin = |one: char| ('\u{c0}'..='\u{24f}').contains(&one);
    key.written == Written::Out
        && (TYPES.contains(&text)
            || (text.chars().all(is_letter)
                && text.contains(|one: char| one.is_whitespace() || is_latin(one))))
}
