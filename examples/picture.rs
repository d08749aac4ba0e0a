//! Draws the picture of the README, `docs/picture.svg`: what the library's report for people says of
//! two fixtures. A test draws it again and fails where the committed one differs.
//!
//! ```sh
//! cargo run --example picture
//! ```

use std::error::Error;
use std::path::{Path, PathBuf};

use anstyle_svg::{Term, WIN10_CONSOLE};
use requestlint::report::human::{self, Style};
use requestlint::{Linter, rules};

/// The fixtures in the picture.
const SHOWN: [&str; 2] = [
    "fixtures/rules/unknown-model/fail/misspelt.json",
    "fixtures/rules/out-of-range/fail/temperature-too-high.json",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the picture is kept.
pub fn path() -> PathBuf {
    root().join("docs/picture.svg")
}

/// The picture, as SVG.
pub fn draw() -> Result<String, Box<dyn Error>> {
    // The day is fixed in fixtures/requestlint.toml, so that the picture is the same on every day.
    let linter = Linter::builder().build()?;
    let style = Style { color: true, unicode: true, width: 90 };
    let mut text = String::new();
    for name in SHOWN {
        text.push_str(&format!("$ requestlint check --quiet {name}\n"));
        let report = linter.check_text(name, &std::fs::read_to_string(root().join(name))?);
        let source = report.source.ok_or_else(|| format!("{name}: nothing found"))?;
        for found in &report.diagnostics {
            text.push_str(&human::render(found, &source, style, &|line| {
                rules::mask(line).into_owned()
            }));
        }
    }
    let svg = Term::new().palette(WIN10_CONSOLE).render_svg(text.trim_end());
    // The palette's bright magenta and red: the others are hard to read on black.
    Ok(svg.replace("#881798", "#B4009E").replace("#C50F1F", "#E74856"))
}

#[allow(dead_code, reason = "the test that compares the picture only draws it")]
fn main() -> Result<(), Box<dyn Error>> {
    // So that paths are shown, and the configuration found, as from the repository's root.
    std::env::set_current_dir(root())?;
    std::fs::write(path(), draw()?)?;
    println!("wrote {}", path().display());
    Ok(())
}
