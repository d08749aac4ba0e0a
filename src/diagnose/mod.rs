//! From an error that the API gave to what it means, why it came, and whether to try again.
//!
//! [`read`] finds the error in a text of whatever form, [`recognise`] tells whose it is, and
//! [`diagnose`] names the likely causes. What the APIs answer to what is data, in
//! `schemas/causes.json` and the error tables of the providers. Nothing here reads a file or a clock.

mod candidates;
mod diagnosis;
mod error;
mod findings;
mod http;
mod matcher;
mod object;
mod provider;
mod read;
mod retry;
mod retry_after;
mod status;
mod words;

pub use candidates::Matched;
pub use diagnosis::{Asked, Diagnosis, LikelyCause, diagnose, known_causes};
pub use error::{ApiError, Form};
pub use provider::{Recognised, recognise};
pub use read::{of_status, read};
pub use retry::{Retry, guidance, retry};
pub use retry_after::RetryAfter;
