//! How bad it is that a key is none.

use super::judgement::is_dummy;
use super::{Judgement, Key, judge};
use crate::diagnostic::Severity;
use crate::identify::is_real_env_file;
use crate::rules::Setup;

/// How bad it is that the key of a tool's settings is no key: an error where the file is in use, as far as
/// one can see.
#[must_use]
pub fn severity(setup: &Setup<'_>, key: &Key) -> Severity {
    let in_use = match setup.is_env {
        true => is_env_file_in_use(setup.path, key) && !others_are_in_use(setup, key),
        false => !stands_among_examples(setup.path),
    };
    let is_sent = !is_dummy(key.text()) || (!is_for_tests(setup.path) && is_sent_somewhere(setup));
    // A description of a deployment is shared without its keys.
    let may_be_filled_in = setup.entry.data().filled_in_later
        && matches!(key.judgement, Judgement::Empty | Judgement::Placeholder | Judgement::Redacted);
    let is_certain = in_use && is_sent && !may_be_filled_in;
    if is_certain { Severity::Error } else { Severity::Warning }
}

/// Whether a text that is no key is what a test has for one, and nothing says that it is sent anywhere.
#[must_use]
pub fn is_for_a_test(setup: &Setup<'_>, key: &Key) -> bool {
    is_dummy(key.text()) && is_for_tests(setup.path) && !is_sent_somewhere(setup)
}

fn is_sent_somewhere(setup: &Setup<'_>) -> bool {
    !setup.entry.urls.is_empty() || setup.entry.built_in.is_some()
}

/// Whether a file is one that tests run with: a workflow, or one that its name says so of.
fn is_for_tests(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|one: char| !one.is_ascii_alphanumeric());
    folders.ends_with(".github/workflows")
        || words.any(|word| matches!(word, "test" | "tests" | "testing" | "ci" | "e2e" | "mock"))
}

/// Whether an environment file is used as it stands, as far as one can see: an example would have been left
/// out before, and what tests run with may never be sent. Under a name of its own it may be kept, or leave a
/// key to where it is deployed.
fn is_env_file_in_use(path: &str, key: &Key) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_kept = [".bak", ".backup", ".old", ".orig"].iter().any(|end| name.ends_with(end));
    let is_left = is_kept || is_for_tests(path) || stands_among_examples(path);
    is_real_env_file(path)
        || !(is_left || key.judgement == Judgement::Empty || crate::identify::is_template(path))
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
