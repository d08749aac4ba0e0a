//! From paths to texts: walks folders and reads files.
//!
//! Knows nothing of what is in a file. What cannot be read is an error, what is no text is skipped
//! with its reason; neither stops a run.

mod gitignore;
mod read;
mod replace;
mod walk;

pub use gitignore::{IgnoreChain, is_repository, repository_of};
pub use read::{MAX_FILE_SIZE, Read, read, text_of};
pub use replace::replace;
pub use walk::{Found, Walk, shown_path};
