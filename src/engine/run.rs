//! Lints many files: on all cores, with what came of each in the order of their paths.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use super::linter::Linter;
use super::paths::is_own_config;
use super::report::FileReport;
use crate::discover::{Found, MAX_FILE_SIZE, Read, Walk, read, shown_path, text_of};
use crate::extract::Syntax;
use crate::knowledge::{Catalog, hidden_places};
use crate::rules::mask;

/// The bytes that a version control keeps of a file.
pub type Contents<'c> = &'c (dyn Fn(&Path) -> io::Result<Vec<u8>> + Sync);

/// Files that have changed, as a version control tells.
pub struct Changed<'c> {
    /// Their whole paths, with no link in them.
    pub files: BTreeSet<PathBuf>,
    /// Where their texts are not those on disk: how to read one, by its path above.
    pub contents: Option<Contents<'c>>,
}

impl Changed<'_> {
    fn names(&self, path: &Path) -> bool {
        self.files.contains(&real_path(path))
    }
}

impl Linter {
    /// Lints files and folders, and hands over what came of each file in order of their paths, as
    /// soon as it and all before it are done. `progress` hears of each finished file, from any
    /// thread: how many are done, and of how many.
    pub fn run(
        &self,
        paths: &[PathBuf],
        progress: &(dyn Fn(usize, usize) + Sync),
        sink: &mut dyn FnMut(FileReport),
    ) {
        self.drive(&self.files(paths), &|path| read(path, MAX_FILE_SIZE), progress, sink);
        self.unused_ignores(paths).into_iter().for_each(sink);
    }

    /// As [`Linter::run`], of those files alone that `changed` names.
    pub fn run_changed(
        &self,
        paths: &[PathBuf],
        changed: &Changed<'_>,
        progress: &(dyn Fn(usize, usize) + Sync),
        sink: &mut dyn FnMut(FileReport),
    ) {
        let mut found = self.files(paths);
        found.retain(|(file, _)| file.error.is_some() || changed.names(&file.path));
        let Some(contents) = changed.contents else {
            return self.drive(&found, &|path| read(path, MAX_FILE_SIZE), progress, sink);
        };
        // What is on disk no more is met by no walk.
        for path in changed.files.iter().filter(|path| !path.exists()) {
            let path = from_here(path);
            let is_asked = paths.iter().any(|asked| is_below(&path, asked));
            if !is_asked || is_own_config(&path) || self.excludes(&path) {
                continue;
            }
            if let Some(syntax) = self.syntax_at(&path) {
                found.push((Found { path, named: false, link: false, error: None }, Some(syntax)));
            }
        }
        found.sort_by_cached_key(|(file, _)| shown_path(&file.path));
        let read = |path: &Path| match contents(&real_path(path)) {
            Ok(bytes) => text_of(bytes, MAX_FILE_SIZE),
            Err(error) => Read::Failed(error),
        };
        self.drive(&found, &read, progress, sink);
    }

    fn drive(
        &self,
        found: &[(Found, Option<Syntax>)],
        read: &(dyn Fn(&Path) -> Read + Sync),
        progress: &(dyn Fn(usize, usize) + Sync),
        sink: &mut dyn FnMut(FileReport),
    ) {
        let jobs = self.settings.jobs.unwrap_or_else(|| {
            std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        });
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            // Bounded, so that a slow reader of the output holds up the work and not the memory.
            let (sender, receiver) = mpsc::sync_channel::<(usize, FileReport)>(64);
            for _ in 0..jobs.min(found.len()) {
                let (sender, found, next, done) = (sender.clone(), &found, &next, &done);
                scope.spawn(move || {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some((file, syntax)) = found.get(index) else { break };
                        let report = self.guarded(file, *syntax, read);
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1, found.len());
                        if sender.send((index, report)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let mut early: BTreeMap<usize, FileReport> = BTreeMap::new();
            let mut wanted = 0;
            for (index, report) in receiver {
                early.insert(index, report);
                while let Some(report) = early.remove(&wanted) {
                    sink(report);
                    wanted += 1;
                }
            }
        });
    }

    /// Lints the file at `path` as `syntax`, whatever its name says.
    #[must_use]
    pub fn check_file_as(&self, path: &Path, syntax: Syntax) -> FileReport {
        let named = self.files(&[path.to_path_buf()]).into_iter().next();
        named
            .map(|(found, _)| self.guarded(&found, Some(syntax), &|path| read(path, MAX_FILE_SIZE)))
            .unwrap_or_default()
    }

    /// The files that are linted, with the syntax that each is read in; a file that a person names, and
    /// that is not read, is there without one.
    fn files(&self, paths: &[PathBuf]) -> Vec<(Found, Option<Syntax>)> {
        let excluded = |path: &Path| self.excludes(path);
        // A configuration's own tools have places too; what matters of a path is where it lies.
        let folders = paths.iter().filter(|path| path.is_dir()).map(|path| path.join("-"));
        let configs: Vec<_> = folders.filter_map(|path| self.config_for(&path).ok()?).collect();
        let own = configs.iter().filter_map(|config| config.catalog.as_deref());
        let catalogs: Vec<&Catalog> = own.chain([Catalog::bundled()]).collect();
        let walk = Walk {
            hidden: self.settings.hidden,
            no_ignore: self.settings.no_ignore,
            is_known_place: &|name, is_folder| {
                hidden_places::contains(name, is_folder)
                    || catalogs.iter().any(|catalog| catalog.has_place(name))
            },
            excluded: &excluded,
            force_exclude: self.settings.force_exclude,
        };
        let found = walk.files(paths).into_iter().map(|file| {
            let syntax = self.syntax_at(&file.path);
            (file, syntax)
        });
        let is_told = |file: &Found| file.named || file.error.is_some();
        found
            .filter(|(file, syntax)| {
                is_told(file) || (syntax.is_some() && !is_own_config(&file.path))
            })
            .collect()
    }

    /// Lints a file; a fault of our own in it is told as one, and stops nothing else.
    fn guarded(
        &self,
        found: &Found,
        syntax: Option<Syntax>,
        read: &dyn Fn(&Path) -> Read,
    ) -> FileReport {
        let lint = std::panic::AssertUnwindSafe(|| self.file(found, syntax, read));
        let linted = std::panic::catch_unwind(lint);
        linted.unwrap_or_else(|_| FileReport {
            path: safe_path(&found.path),
            error: Some(
                "requestlint failed on this file; please report it, without the file".to_owned(),
            ),
            ..FileReport::default()
        })
    }

    fn file(
        &self,
        found: &Found,
        syntax: Option<Syntax>,
        read: &dyn Fn(&Path) -> Read,
    ) -> FileReport {
        let shown = safe_path(&found.path);
        let mut report = FileReport { path: shown.clone(), ..FileReport::default() };
        if let Some(error) = &found.error {
            report.error = Some(plain(error));
            return report;
        }
        let Some(syntax) = syntax else {
            return unread(report);
        };
        if found.link {
            let leads = found.path.exists();
            report.counted = !leads;
            let read_elsewhere = "a link; what it leads to is read where it lies";
            let reason = if leads { read_elsewhere } else { "a link that leads nowhere" };
            report.skipped = Some(reason.to_owned());
            return report;
        }
        match read(&found.path) {
            Read::Text(text) => self.lint_file(&found.path, &shown, text, syntax),
            Read::Skipped { reason, notable } => {
                report.skipped = Some(reason);
                report.counted = true;
                report.notable = notable || found.named;
                report
            }
            Read::Failed(error) if error.kind() == io::ErrorKind::NotFound && !found.named => {
                report.skipped = Some("vanished while it was read".to_owned());
                report.counted = true;
                report
            }
            Read::Failed(error) => {
                report.error = Some(plain(&error));
                report
            }
        }
    }
}

/// The report on a file that a person named, and that is not read.
pub(super) fn unread(report: FileReport) -> FileReport {
    let reason = format!("of a kind that is not read; {} are", Syntax::EXTENSIONS.join(", "));
    FileReport { skipped: Some(reason), counted: true, notable: true, ..report }
}

/// A path as it is shown. People keep keys in strange places, and a name is one.
fn safe_path(path: &Path) -> String {
    mask(&shown_path(path)).into_owned()
}

/// An I/O error in words, without the number that the system gives it.
pub(super) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The whole path of a file, with no link in the folders that lead to it.
fn real_path(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = absolute.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// A whole path as it is seen from the current folder, where it lies below it.
fn from_here(path: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize().ok();
    here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path).to_path_buf()
}

fn is_below(path: &Path, folder: &Path) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    folder.canonicalize().is_ok_and(|folder| absolute.starts_with(folder))
}
