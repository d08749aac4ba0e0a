//! `requestlint.toml`, with the provider that the requests of a folder speak for.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::args::InitArguments;
use crate::cli::known::Known;
use crate::cli::{Failure, terminal};
use crate::engine::{ConfigSource, Linter};
use crate::identify::{Evidence, Verdict};
use crate::knowledge::DEFAULT_PROVIDER;

/// Writes it, unless one is there.
///
/// # Errors
/// It cannot be written, or no such provider is known.
pub fn write(path: &Path, arguments: &InitArguments) -> Result<(), Failure> {
    let (provider, why) = match &arguments.provider {
        Some(id) => {
            let known = Known::default();
            (known.chosen(Some(id))?[0].id.clone(), "as asked".to_owned())
        }
        None => seen(arguments)?,
    };
    super::put(path, &text(&provider, &why))?;
    terminal::tell(&format!("wrote {}: provider {provider}, {why}", path.display()));
    Ok(())
}

/// The provider that most requests in the folder speak for, by their hosts and models.
fn seen(arguments: &InitArguments) -> Result<(String, String), Failure> {
    let linter = Linter::builder().config(ConfigSource::None).build()?;
    let report = linter.check_paths(std::slice::from_ref(&arguments.folder));
    // By provider: how many requests name it at all, and how many by a host, which says more than a
    // model: one such request weighs as much as three.
    let mut counts = BTreeMap::<String, (usize, usize)>::new();
    for document in report.files.iter().flat_map(|file| &file.documents) {
        if let Verdict::Judged { provider: Some(provider), evidence, .. } = &document.verdict {
            let by_host = matches!(evidence, Evidence::Addressed(_));
            if by_host || matches!(evidence, Evidence::Modelled(_)) {
                let count = counts.entry(provider.id.clone()).or_default();
                count.0 += 1;
                count.1 += usize::from(by_host);
            }
        }
    }
    Ok(match counts.into_iter().max_by_key(|(_, count)| count.0 + 2 * count.1) {
        Some((id, (count, by_host))) => {
            let why = format!(
                "whose models or hosts {count} of the requests here name ({by_host} by a host)"
            );
            (id, why)
        }
        None => (
            DEFAULT_PROVIDER.to_owned(),
            "the default: no request here names a host or a model".to_owned(),
        ),
    })
}

fn text(provider: &str, why: &str) -> String {
    format!(
        r#"# What requestlint checks here. `requestlint schema config` prints the schema of this file.

# The API that a request without a URL is held to: {why}.
provider = "{provider}"

# What to do with requests whose model is another vendor's: "auto", "error" or "skip".
# other-providers = "auto"

# Paths that are left alone, as in a .gitignore.
# exclude = ["vendor/**"]

# Judge the life of models by a fixed day, so that runs repeat.
# today = "2026-11-24"

# Let a comment suppress a finding only where it gives a reason.
# require-suppression-reason = true

# Rules at another level: error, warning, info, off. `requestlint rules` lists them.
# [rules]
# unknown-field = "error"

# What is known of some files.
# [[files]]
# include = ["fixtures/**/*.json"]
# kind = "chat-completions"
# provider = "{provider}"
# ignore = ["unknown-field:/metadata"]
"#
    )
}
