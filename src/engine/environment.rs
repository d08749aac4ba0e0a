//! What lies around a file: the environment files that apply to it, and whether git leaves it alone.
//!
//! All of it is read from the disk, so that it is the same whatever other files are linted.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::resolver::shown;
use crate::diagnostic::Source;
use crate::discover::{IgnoreChain, Read, is_repository, read};
use crate::document::{Kind, Node, fills_itself};
use crate::extract::{Syntax, extract};
use crate::rules::{Environment, Variable, is_real_env_file, mask};

/// How far up environment files are looked for where nothing says where the project begins.
const FOLDERS_UP: usize = 3;

/// Largest file that is looked into, in bytes: a person writes these.
const LARGEST: u64 = 1024 * 1024;

/// Names of environment files, those that count first before the others.
const ENV_FILES: [&str; 7] = [
    ".env.local",
    ".env.development.local",
    ".env.production.local",
    ".env",
    ".env.development",
    ".env.production",
    ".envrc",
];

/// Names of compose files.
const COMPOSE_FILES: [&str; 4] =
    ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/// What lies around one file; nothing of it is read before it is asked for.
#[derive(Debug, Default)]
pub struct Surroundings {
    path: PathBuf,
    root: Option<PathBuf>,
    process: Option<Arc<BTreeMap<String, String>>>,
    environment: OnceCell<Environment>,
    is_ignored: OnceCell<bool>,
}

impl Surroundings {
    /// What lies around the file at `path`. `root` is the folder of its configuration; `process` is what the
    /// process has set, where that is to be looked at.
    #[must_use]
    pub fn new(
        path: &Path,
        root: Option<&Path>,
        process: Option<Arc<BTreeMap<String, String>>>,
    ) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let root = root.and_then(|root| std::path::absolute(root).ok());
        Self { path, root, process, ..Self::default() }
    }

    /// The variables that are set there.
    pub fn environment(&self) -> &Environment {
        self.environment.get_or_init(|| {
            let mut environment =
                Environment { process: self.process.clone(), ..Environment::default() };
            for folder in self.folders() {
                for name in ENV_FILES {
                    add_env_file(&folder.join(name), &mut environment);
                }
                for name in COMPOSE_FILES {
                    add_compose_file(&folder.join(name), &mut environment.others);
                }
            }
            environment
        })
    }

    /// Whether a `.gitignore` keeps the file out of the repository.
    pub fn is_ignored(&self) -> bool {
        *self.is_ignored.get_or_init(|| {
            self.path.parent().is_some_and(|folder| {
                let chain = IgnoreChain::above(folder);
                // A folder that is ignored takes with it what is in it.
                let above =
                    self.path.ancestors().skip(1).take_while(|above| above.parent().is_some());
                chain.ignores(&self.path, false)
                    || above.into_iter().any(|one| chain.ignores(one, true))
            })
        })
    }

    /// The folders whose environment files apply: the file's own, and those above it up to the root of the project.
    fn folders(&self) -> Vec<&Path> {
        let above: Vec<&Path> = self.path.ancestors().skip(1).collect();
        let is_root =
            |folder: &&Path| self.root.as_deref() == Some(*folder) || is_repository(folder);
        let count = above.iter().position(is_root).map_or(FOLDERS_UP, |at| at) + 1;
        above.into_iter().take(count).collect()
    }
}

fn text_of(path: &Path) -> Option<String> {
    match read(path, LARGEST) {
        Read::Text(text) => Some(text),
        Read::Skipped { .. } | Read::Failed(_) => None,
    }
}

fn add_env_file(path: &Path, environment: &mut Environment) {
    let name = path.to_string_lossy().replace('\\', "/");
    if !is_real_env_file(&name) {
        return;
    }
    let Some(text) = text_of(path) else { return };
    environment.is_known = true;
    let file = mask(&shown(path)).into_owned();
    let source = Source::new(file.clone(), text);
    let syntax = if name.ends_with(".envrc") { Syntax::Envrc } else { Syntax::Env };
    extract(syntax, source.text(), &mut |document| {
        let Some(root) = document.root() else { return };
        for member in root.members() {
            let value = Some(member.value).filter(|value| !value.is_hole());
            environment.variables.push(Variable {
                name: member.key.name().into_owned(),
                value: value.and_then(Node::as_str).map(|text| text.into_owned()),
                file: file.clone(),
                line: source.position(member.key.span().start).line,
            });
        }
    });
}

/// Adds the names of what the services of a compose file get. What is only passed on has to be set
/// somewhere else.
fn add_compose_file(path: &Path, names: &mut BTreeSet<String>) {
    let Some(text) = text_of(path) else { return };
    extract(Syntax::Yaml, &text, &mut |document| {
        let services = document.root().and_then(|root| root.get("services"));
        for service in services.iter().flat_map(|services| services.members()) {
            let Some(environment) = service.value.get("environment") else { continue };
            if environment.kind() == Kind::Object {
                let members = environment.members();
                let set = members.filter(|member| {
                    let text = member.value.as_str().unwrap_or_default();
                    !fills_itself(&member.key.name(), &text)
                });
                names.extend(set.map(|member| member.key.name().into_owned()));
            }
            let listed = environment.elements().filter_map(Node::as_str);
            names.extend(listed.filter_map(|line| {
                let (name, text) = line.split_once('=')?;
                (!fills_itself(name, text)).then(|| name.to_owned())
            }));
        }
    });
}
