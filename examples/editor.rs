//! What an editor does at every pause in typing: lint the text of the buffer, saved or not, and mark
//! ranges in it. Lines and characters count as the Language Server Protocol counts them: from 0, and
//! in UTF-16 code units.
//!
//! ```sh
//! cargo run --example editor -- fixtures/rules/unknown-model/fail/misspelt.json
//! ```

use std::process::ExitCode;

use requestlint::{Linter, Position};

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    // Built once and kept: it reads each configuration file only once.
    let linter = Linter::builder().build()?;
    let buffer = std::fs::read_to_string(&path)?;
    let report = linter.check_text(&path, &buffer);
    if let Some(error) = report.error {
        return Err(error.into());
    }
    for found in &report.diagnostics {
        println!(
            "{}-{} {}[{}]: {}",
            position(found.start),
            position(found.end),
            found.severity,
            found.rule,
            found.message
        );
        if let Some(help) = &found.help {
            println!("    {help}");
        }
    }
    Ok(if report.diagnostics.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A position as the protocol has it: `line:character`.
fn position(at: Position) -> String {
    format!("{}:{}", at.line - 1, at.utf16_character)
}
