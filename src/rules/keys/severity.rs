//! How bad it is that a key is none.

use super::{Judgement, Key, judge};
use crate::diagnostic::Severity;
use crate::identify::is_real_env_file;
use crate::rules::Setup;

/// How bad it is that the key of a tool's settings is no key: an error where the file is in use, as far as
/// one can see.
#[must_use]
pub fn severity(setup: &Setup<'_>, key: &Key) -> Severity {
    let in_use = match setup.is_env {
        true => is_real_env_file(setup.path) && !others_are_in_use(setup, key),
        false => !stands_among_examples(setup.path),
    };
    // A description of a deployment is shared without its keys.
    let may_be_filled_in = setup.entry.data().filled_in_later
        && matches!(key.judgement, Judgement::Empty | Judgement::Placeholder | Judgement::Redacted);
    if in_use && !may_be_filled_in { Severity::Error } else { Severity::Warning }
}

/// Whether a file with keys of several vendors says nothing more of this one, and has a key of another:
/// then this one may be left as the example had it.
fn others_are_in_use(setup: &Setup<'_>, key: &Key) -> bool {
    let entry = setup.entry;
    if !entry.urls.is_empty() || !entry.models.is_empty() {
        return false;
    }
    let is_key = |name: &str| {
        let name = name.to_ascii_uppercase();
        name != key.name.to_ascii_uppercase()
            && (name.ends_with("_API_KEY") || name.ends_with("_AUTH_TOKEN"))
    };
    setup.node.members().filter(|member| is_key(&member.key.name())).any(|member| {
        let text = member.value.as_str().unwrap_or_default();
        judge(&text, None, true) == Judgement::Sound
    })
}

/// Whether a file lies in a folder of examples, documentation or tests.
fn stands_among_examples(path: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "doc",
        "docs",
        "example",
        "examples",
        "fixture",
        "fixtures",
        "sample",
        "samples",
        "template",
        "templates",
        "test",
        "tests",
    ];
    let Some((folders, _)) = path.rsplit_once('/') else { return false };
    folders.split('/').any(|folder| FOLDERS.contains(&folder.to_ascii_lowercase().as_str()))
}
