//! The variables that are set where a tool's settings are read, as far as files and the process say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::is_template;
use crate::knowledge::Client;

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
    /// What such a service sets itself into whose container the file is mounted.
    pub mounted: Vec<Variable>,
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

/// What lies around a file, read from the disk when it is asked for.
pub trait Around: std::fmt::Debug {
    /// The variables that are set there.
    fn environment(&self) -> &Environment;
    /// The variables that the environment file at `path`, as the file itself names it, sets.
    fn env_file(&self, path: &str) -> Vec<Variable>;
    /// The text at `pointer` in the file at `path`, seen from the file's own folder.
    fn text_in(&self, path: &str, pointer: &str) -> Option<Variable>;
}

impl Environment {
    /// Whether something sets the variable `name` for a tool.
    #[must_use]
    pub fn sets(&self, name: &str, client: &Client) -> bool {
        // What a container gets is not what its description is filled with.
        let in_container = || !client.is_generic || client.is_fallback();
        self.variables.iter().any(|variable| variable.name == name)
            || (self.others.contains(name) && in_container())
            || self.process.as_ref().is_some_and(|process| process.contains_key(name))
    }

    /// The variable `name`, as the process sets it, or as all files that set it agree.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<Variable> {
        self.variable_but(name, None)
    }

    /// As [`Environment::variable`], where what the file `own` says of it does not count.
    fn variable_but(&self, name: &str, own: Option<&str>) -> Option<Variable> {
        if let Some(value) = self.process.as_ref().and_then(|process| process.get(name)) {
            let (name, value) = (name.to_owned(), Some(value.clone()));
            return Some(Variable { name, value, file: PROCESS.to_owned(), line: 0 });
        }
        let others = self.variables.iter().filter(|one| own != Some(one.file.as_str()));
        agreed(others, name)
    }

    /// The variable `name` as a tool finds it in its container, where all such services agree on its value.
    #[must_use]
    pub fn in_container(&self, name: &str, client: &Client) -> Option<Variable> {
        if client.is_generic {
            return None;
        }
        agreed(self.mounted.iter(), name)
    }

    /// What a tool finds in the variable `name`: nothing where it is not set, and no value where that is not
    /// known. In an environment file at `own` the line that sets it does not count.
    #[must_use]
    pub fn value(&self, name: &str, client: &Client, own: Option<&str>) -> Option<Variable> {
        let unknown =
            || Variable { name: name.to_owned(), value: None, file: String::new(), line: 0 };
        let is_other =
            |variable: &Variable| variable.name == name && own != Some(variable.file.as_str());
        match self.variable_but(name, own) {
            Some(known) => Some(known),
            None if self.variables.iter().any(is_other) => Some(unknown()),
            None if own.is_none() && self.sets(name, client) => {
                Some(self.in_container(name, client).unwrap_or_else(unknown))
            }
            None => None,
        }
    }
}

/// The variable `name`, where all that set it say the same.
fn agreed<'v>(all: impl Iterator<Item = &'v Variable>, name: &str) -> Option<Variable> {
    let mut setting = all.filter(|variable| variable.name == name);
    let first = setting.next()?;
    setting.all(|other| other.value == first.value).then(|| first.clone())
}

/// Whether the environment file at `path` holds what is real, and is no example.
#[must_use]
pub fn is_real_env_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_real = matches!(name, ".env" | ".env.local" | ".envrc")
        || [".env.development", ".env.production"].iter().any(|begin| name.starts_with(begin));
    is_real && !is_template(name)
}
