//! Reads a file as text.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// Largest file that is read, in bytes: the most that a batch file may hold (128 MB), with room.
pub const MAX_FILE_SIZE: u64 = 256 * 1024 * 1024;

/// What came of reading a file.
#[derive(Debug)]
pub enum Read {
    /// Its text; a byte order mark included.
    Text(String),
    /// It is left alone, for this reason.
    Skipped {
        /// The reason.
        reason: String,
        /// Whether a person should hear of it without asking: it may hold requests.
        notable: bool,
    },
    /// It cannot be read.
    Failed(io::Error),
}

/// Reads the file at `path`, of at most `limit` bytes.
#[must_use]
pub fn read(path: &Path, limit: u64) -> Read {
    match try_read(path, limit) {
        Ok(read) => read,
        Err(error) => Read::Failed(error),
    }
}

fn skipped(reason: impl Into<String>, notable: bool) -> Read {
    Read::Skipped { reason: reason.into(), notable }
}

fn try_read(path: &Path, limit: u64) -> io::Result<Read> {
    // Asked before opening: to open a FIFO is to wait for its writer.
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Ok(skipped("a folder", false));
    }
    if !metadata.is_file() {
        return Ok(skipped("not a regular file", false));
    }
    if metadata.len() > limit {
        return Ok(too_large(metadata.len(), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // A file that grows while it is read must not grow past the limit.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(skipped("grew past the size that is read", true));
    }
    Ok(text_of(bytes, limit))
}

fn too_large(size: u64, limit: u64) -> Read {
    let (size, most) = (size >> 20, limit >> 20);
    skipped(format!("{size} MiB, larger than the {most} MiB that are read"), true)
}

/// The text in `bytes`, of which there may be `limit`, or why they are none.
#[must_use]
pub fn text_of(bytes: Vec<u8>, limit: u64) -> Read {
    if bytes.len() as u64 > limit {
        return too_large(bytes.len() as u64, limit);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return skipped("UTF-16 text; JSON must be UTF-8, so save it as UTF-8", true);
    }
    // The brackets and quotes of JSON, each with its zero.
    if let [0, b'{' | b'[' | b'"', ..] | [b'{' | b'[' | b'"', 0, ..] = bytes.as_slice() {
        return skipped("UTF-16 text; JSON must be UTF-8, so save it as UTF-8", true);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Read::Text(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            if bytes[..bytes.len().min(8192)].contains(&0) {
                return skipped("a binary file", false);
            }
            let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
            skipped(format!("invalid UTF-8 at byte {at} (line {line}); save it as UTF-8"), true)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_FILE_SIZE, Read, text_of};

    fn reason(bytes: &[u8]) -> Option<String> {
        match text_of(bytes.to_vec(), MAX_FILE_SIZE) {
            Read::Skipped { reason, .. } => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert!(reason(b"\xff\xfe{\0}\0").is_some_and(|reason| reason.contains("UTF-16")));
        assert!(reason(b"{\0}\0").is_some_and(|reason| reason.contains("UTF-16")));
        assert!(reason(b"\x89PNG\0\0\xff").is_some_and(|reason| reason.contains("binary")));
        assert!(
            reason(b"{\n\"a\": \"\xe9\"}").is_some_and(|reason| reason.contains("byte 8 (line 2)"))
        );
        assert_eq!(reason("{\"é\": 1}".as_bytes()), None);
    }
}
