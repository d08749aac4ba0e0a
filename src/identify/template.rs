//! Files that people copy and fill in.

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
