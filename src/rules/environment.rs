//! The variables that are set where a tool's settings are read, as far as files and the process say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the environment of the process is called where a file would be named.
pub const PROCESS: &str = "the environment";

/// A variable that an environment file sets.
#[derive(Clone)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value, where nothing has to be filled in first.
    pub value: Option<String>,
    /// The file, as it is shown.
    pub file: String,
    /// The line in it; 0 for a variable of the process.
    pub line: usize,
}

/// What is set where a tool's settings are read. It never shows a value, not even in a debugger's print.
#[derive(Default)]
pub struct Environment {
    /// Whether some environment file applies, one of those that hold what is real.
    pub is_known: bool,
    /// What such files set, the nearest file first, and of one folder the one that counts first.
    pub variables: Vec<Variable>,
    /// What a service of a compose file gets.
    pub others: BTreeSet<String>,
    /// What is set in the process, where it was asked for.
    pub process: Option<Arc<BTreeMap<String, String>>>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> =
            self.variables.iter().map(|variable| variable.name.as_str()).collect();
        f.debug_struct("Environment")
            .field("is_known", &self.is_known)
            .field("names", &names)
            .field("others", &self.others)
            .finish_non_exhaustive()
    }
}

impl Environment {
    /// Whether something sets the variable `name`.
    #[must_use]
    pub fn sets(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name)
            || self.others.contains(name)
            || self.process.as_ref().is_some_and(|process| process.contains_key(name))
    }

    /// The variable `name`, as the process sets it, or as all files that set it agree.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Variable> {
        if let Some(value) = self.process.as_ref().and_then(|process| process.get(name)) {
            let (name, value) = (name.to_owned(), Some(value.clone()));
            return Some(Variable { name, value, file: PROCESS.to_owned(), line: 0 });
        }
        let mut setting = self.variables.iter().filter(|variable| variable.name == name);
        let first = setting.next()?;
        setting.all(|other| other.value == first.value).then(|| first.clone())
    }
}

/// The rules on settings that depend on what lies beside them; where the key is taken from a variable,
/// those on keys too.
#[must_use]
pub fn found_elsewhere(takes_variable: bool) -> &'static [&'static str] {
    const RULES: [&str; 6] = [
        "hardcoded-api-key",
        "undefined-env-var",
        "empty-api-key",
        "key-endpoint-mismatch",
        "malformed-api-key",
        "placeholder-api-key",
    ];
    if takes_variable { &RULES } else { &RULES[..2] }
}

/// Whether the environment file at `path` holds what is real, and is no example.
#[must_use]
pub fn is_real_env_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_real = matches!(name, ".env" | ".env.local" | ".envrc")
        || [".env.development", ".env.production"].iter().any(|begin| name.starts_with(begin));
    is_real && !crate::identify::is_template(name)
}
