//! The progress bar.

use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::engine::FileReport;

/// How long a run may last before it shows that it is at work.
const PATIENCE: Duration = Duration::from_secs(1);

/// A progress bar that comes only on a terminal, and only when a run lasts.
pub struct Bar {
    started: Instant,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    pub fn new(unwanted: bool) -> Self {
        let wanted =
            !unwanted && std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        Self { started: Instant::now(), wanted, bar: OnceLock::new() }
    }

    pub fn show(&self, done: usize, all: usize) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files") {
                bar.set_style(style);
            }
            bar
        });
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    }

    /// Hands a file on, out of the way of what it prints.
    pub fn take(&self, file: FileReport, take: &mut dyn FnMut(FileReport)) {
        match self.bar.get().filter(|_| !file.diagnostics.is_empty()) {
            Some(bar) => bar.suspend(|| take(file)),
            None => take(file),
        }
    }

    pub fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
