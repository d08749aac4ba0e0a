//! What lies around a file: the environment files that apply to it, and whether git leaves it alone.
//!
//! All of it is read from the disk, so that it is the same whatever other files are linted.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::resolver::shown;
use crate::diagnostic::Source;
use crate::discover::{IgnoreChain, Read, is_repository, read};
use crate::document::{Kind, Node, fills_itself};
use crate::extract::{Syntax, extract};
use crate::identify::{Around, Environment, Variable, is_real_env_file};
use crate::knowledge::reference::{SHELL, filled};
use crate::knowledge::syntax_of_path;
use crate::rules::mask;

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

    /// The variables that environment files and compose services around it set.
    fn read(&self) -> Environment {
        let mut environment =
            Environment { process: self.process.clone(), ..Environment::default() };
        let mut written = Vec::new();
        for folder in self.folders() {
            for name in ENV_FILES {
                let path = folder.join(name);
                if is_real_env_file(&path.to_string_lossy().replace('\\', "/")) {
                    environment.is_known |= add_env_file(&path, &mut written);
                }
            }
            for name in COMPOSE_FILES {
                add_compose_file(&folder.join(name), &self.path, &mut environment);
            }
        }
        environment.variables = set(&written, self.process.as_deref());
        environment
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

impl Around for Surroundings {
    fn environment(&self) -> &Environment {
        self.environment.get_or_init(|| self.read())
    }

    fn env_file(&self, path: &str) -> Vec<Variable> {
        let mut written = Vec::new();
        if let Some(folder) = self.path.parent() {
            add_env_file(&folder.join(path), &mut written);
        }
        set(&written, self.process.as_deref())
    }

    fn text_in(&self, path: &str, pointer: &str) -> Option<Variable> {
        let path = self.path.parent()?.join(path);
        let file = mask(&shown(&path)).into_owned();
        let source = Source::new(file.clone(), text_of(&path)?);
        let mut found = None;
        extract(syntax_of_path(&path.to_string_lossy())?, source.text(), &mut |document| {
            let Some(node) = document.root().and_then(|root| root.at(pointer)) else { return };
            let value = node.as_str().map(|text| text.into_owned());
            let line = source.position(node.span().start).line;
            let name = pointer.rsplit('/').next().unwrap_or_default().to_owned();
            found =
                value.map(|value| Variable { name, value: Some(value), file: file.clone(), line });
        });
        found
    }
}

fn text_of(path: &Path) -> Option<String> {
    match read(path, LARGEST) {
        Read::Text(text) => Some(text),
        Read::Skipped { .. } | Read::Failed(_) => None,
    }
}

/// A variable as a file writes it.
struct Line {
    variable: Variable,
    /// The text in which something is yet to be filled in.
    open: Option<String>,
}

/// Adds what the file at `path` writes; says whether it is there.
fn add_env_file(path: &Path, written: &mut Vec<Line>) -> bool {
    let Some(text) = text_of(path) else { return false };
    let file = mask(&shown(path)).into_owned();
    let is_script = path.file_name().is_some_and(|name| name == ".envrc");
    let source = Source::new(file.clone(), text);
    let syntax = if is_script { Syntax::Envrc } else { Syntax::Env };
    extract(syntax, source.text(), &mut |document| {
        let Some(root) = document.root() else { return };
        for member in root.members() {
            let text = member.value.as_str().map(|text| text.into_owned());
            let (value, open) = if member.value.is_hole() { (None, text) } else { (text, None) };
            let variable = Variable {
                name: member.key.name().into_owned(),
                value,
                file: file.clone(),
                line: source.position(member.key.span().start).line,
            };
            written.push(Line { variable, open });
        }
    });
    true
}

/// The variables that are set by what is written: those that are filled with others have their value as far
/// as it is known, and one that is filled with itself alone is not set.
fn set(written: &[Line], process: Option<&BTreeMap<String, String>>) -> Vec<Variable> {
    let lines = written.iter().filter(|line| match &line.open {
        Some(text) => !fills_itself(&line.variable.name, text),
        None => true,
    });
    let with_value = lines.map(|line| {
        let value = match &line.open {
            Some(text) => value_of(text, &line.variable, written, process, 0),
            None => line.variable.value.clone(),
        };
        Variable { value, ..line.variable.clone() }
    });
    with_value.collect()
}

/// How many variables may be filled with one another.
const DEEPEST: usize = 8;

/// What `text` says, which `of` is set to.
fn value_of(
    text: &str,
    of: &Variable,
    written: &[Line],
    process: Option<&BTreeMap<String, String>>,
    depth: usize,
) -> Option<String> {
    filled(&SHELL, None, text, &|name| {
        if let Some(known) = process.and_then(|process| process.get(name)) {
            return Some(Some(known.clone()));
        }
        let same = |line: &&Line| {
            let one = &line.variable;
            // What is filled with itself takes what was set before.
            one.name == name && !(one.name == of.name && one.file == of.file)
        };
        let line = written.iter().find(same)?;
        Some(match &line.open {
            None => line.variable.value.clone(),
            Some(_) if depth >= DEEPEST => None,
            Some(text) => value_of(text, &line.variable, written, process, depth + 1),
        })
    })
}

/// Adds the names of what the services of a compose file get, and what those set themselves that have the file at
/// `mounted` in their container. What is only passed on has to be set somewhere else.
fn add_compose_file(path: &Path, mounted: &Path, environment: &mut Environment) {
    let Some(text) = text_of(path) else { return };
    let folder = path.parent().unwrap_or(Path::new(""));
    let file = mask(&shown(path)).into_owned();
    let source = Source::new(file.clone(), text);
    extract(Syntax::Yaml, source.text(), &mut |document| {
        let services = document.root().and_then(|root| root.get("services"));
        for service in services.iter().flat_map(|services| services.members()) {
            for file in env_files(service.value) {
                let mut written = Vec::new();
                add_env_file(&folder.join(file), &mut written);
                let names = set(&written, None).into_iter().map(|variable| variable.name);
                environment.others.extend(names);
            }
            let Some(own) = service.value.get("environment") else { continue };
            let members = own.members().map(|member| {
                let value = member.value.as_str().unwrap_or_default().into_owned();
                (member.value, member.key.name().into_owned(), value)
            });
            let listed = own.elements().filter_map(|node| {
                let text = node.as_str()?;
                let (name, value) = text.split_once('=')?;
                Some((node, name.to_owned(), value.to_owned()))
            });
            let is_mounted = mounts(service.value, folder, mounted);
            for (node, name, text) in members.chain(listed) {
                if fills_itself(&name, &text) {
                    continue;
                }
                environment.others.insert(name.clone());
                if is_mounted {
                    // What is filled in is not known here.
                    let value = Some(text).filter(|text| !text.contains('$') && !text.is_empty());
                    let line = source.position(node.span().start).line;
                    environment.mounted.push(Variable { name, value, file: file.clone(), line });
                }
            }
        }
    });
}

/// Whether a service has the file at `path` in its container: itself, or a folder that it lies in.
fn mounts(service: Node<'_>, folder: &Path, path: &Path) -> bool {
    let volumes = service.get("volumes").into_iter().flat_map(|volumes| volumes.elements());
    let mut sources = volumes.filter_map(|volume| match volume.as_str() {
        Some(text) => text.split_once(':').map(|(source, _)| source.to_owned()),
        None => Some(volume.get("source")?.as_str()?.into_owned()),
    });
    // Anything else is the name of a volume, and no path.
    sources.any(|source| {
        let is_path = source.starts_with(['.', '/']);
        let plain = source.trim_start_matches("./").trim_end_matches('/');
        is_path && path.starts_with(folder.join(if plain == "." { "" } else { plain }))
    })
}

/// The environment files that a service names, as texts or as objects with `path`.
fn env_files(service: Node<'_>) -> Vec<String> {
    let Some(named) = service.get("env_file") else { return Vec::new() };
    let one = (named.kind() != Kind::Array).then_some(named);
    let files = one.into_iter().chain(named.elements());
    let path = |file: Node<'_>| Some(file.get("path").unwrap_or(file).as_str()?.into_owned());
    files.filter_map(path).collect()
}
