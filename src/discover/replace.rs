//! Writes a file anew, all of it or nothing.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Puts `after` in the place of `before`, which is what the file at `path` holds. A link is followed.
///
/// The text is written beside the file first and then takes its place, so that no reader ever meets half
/// of it. The permissions stay.
///
/// # Errors
/// The file may not be written, holds something else by now, or the folder takes no new file. It is as it
/// was then.
pub fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    // Who may not write the file could still put another in its place; that is not what was allowed.
    let metadata = OpenOptions::new().write(true).open(&path)?.metadata()?;
    if metadata.permissions().readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let beside = Beside::create(&path)?;
    beside.fill(&metadata, after)?;
    let current = std::fs::read(&path)?;
    // Named twice, it was mended by its other name.
    if current == after.as_bytes() {
        return Ok(());
    }
    if current != before.as_bytes() {
        return Err(io::Error::other("it changed while it was linted"));
    }
    beside.take_place_of(&path)
}

/// A file beside another, gone again unless it takes its place.
struct Beside {
    path: PathBuf,
    file: File,
    taken: bool,
}

impl Beside {
    fn create(path: &Path) -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let folder = path.parent().unwrap_or(Path::new("."));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut tries = 0;
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let own = format!(".{name}.{}-{number}.requestlint", std::process::id());
            let path = folder.join(own);
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok(Self { path, file, taken: false }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < 100 => {
                    tries += 1;
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn fill(&self, like: &Metadata, text: &str) -> io::Result<()> {
        // Before any text is in it, so that nobody reads it who may not.
        self.file.set_permissions(like.permissions())?;
        keep_owner(&self.path, &self.file.metadata()?, like)?;
        (&self.file).write_all(text.as_bytes())?;
        self.file.sync_all()
    }

    fn take_place_of(mut self, path: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, path)?;
        self.taken = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.taken {
            // It is in nobody's way; what went wrong is told already.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Gives the new file the old one's owner and group, where they differ.
#[cfg(unix)]
fn keep_owner(path: &Path, new: &Metadata, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let owner = (new.uid() != old.uid()).then(|| old.uid());
    let group = (new.gid() != old.gid()).then(|| old.gid());
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    chown(path, owner, group)?;
    // A change of the owner takes some permissions away.
    std::fs::set_permissions(path, old.permissions())
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _new: &Metadata, _old: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn a_file_takes_the_place_of_another_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, "old").expect("written");
        replace(&path, "old", "new").expect("replaced");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "new");
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 1);
    }

    #[test]
    fn what_changed_meanwhile_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.json");
        std::fs::write(&path, "newer").expect("written");
        let error = replace(&path, "old", "new").expect_err("not replaced");
        assert!(error.to_string().contains("changed"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "newer");
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 1);
    }
}
