//! What a program does before it sends a request: ask whether the API would refuse it.
//!
//! ```sh
//! cargo run --example preflight
//! ```

use std::process::ExitCode;

use requestlint::{Linter, Severity};
use serde_json::json;

fn main() -> Result<ExitCode, requestlint::SetupError> {
    // Built once and kept.
    let linter = Linter::builder().provider("xiaomi").build()?;
    let body = json!({
        "model": "mimo-v2.6-pro",
        "messages": [{"role": "user", "content": "What is the capital of France?"}],
        "temperature": 3,
    });
    let found = linter.check_value(&body).diagnostics;
    for diagnostic in &found {
        println!("{} at {}: {}", diagnostic.severity, diagnostic.pointer, diagnostic.message);
        if let Some(answer) = &diagnostic.predicts {
            println!("    the API would answer {}", answer.status);
        }
    }
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        println!("not sent");
        return Ok(ExitCode::FAILURE);
    }
    println!("sending {body}");
    Ok(ExitCode::SUCCESS)
}
