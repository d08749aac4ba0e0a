//! What commands write to.

use std::io::{self, Write};

use crate::report::inert_json;

/// Standard output, whose reader may have read enough (`| head`): what comes then goes nowhere, and the command
/// still comes to what it would have come to.
#[derive(Debug)]
pub struct Stdout {
    inner: io::Stdout,
    is_left: bool,
}

impl Default for Stdout {
    fn default() -> Self {
        Self { inner: io::stdout(), is_left: false }
    }
}

impl Stdout {
    /// What came of writing; that nobody reads any more is no error.
    fn settled<T>(&mut self, done: io::Result<T>, otherwise: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_left = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_left {
            return Ok(bytes.len());
        }
        let done = self.inner.write(bytes);
        self.settled(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.inner.flush();
        self.settled(done, ())
    }
}

/// JSON in which nothing acts on a terminal or on a runner of workflows, with a line break at its end.
///
/// # Errors
/// There is no JSON for it.
pub fn json_text(report: &impl serde::Serialize) -> io::Result<String> {
    let text = serde_json::to_string_pretty(report)?;
    Ok(format!("{}\n", inert_json(&text)))
}

/// Writes [`json_text`].
///
/// # Errors
/// Writing failed.
pub fn write_json(out: &mut dyn Write, report: &impl serde::Serialize) -> io::Result<()> {
    out.write_all(json_text(report)?.as_bytes())
}
