//! What the terminal can show.

use std::io::{IsTerminal, Write as _};

use super::args::ColorChoice;
use crate::engine::ConfigError;
use crate::report::human::{Style, render_config_fault};
use crate::report::{inert_lines, printable};
use crate::rules::mask;

/// Widths that a report is still readable at, in columns.
const NARROWEST: usize = 50;
const WIDEST: usize = 120;

/// How to draw on standard output.
#[must_use]
pub fn style(choice: ColorChoice) -> Style {
    let terminal = std::io::stdout().is_terminal();
    Style { color: uses_color(choice, terminal), unicode: uses_unicode(), width: width(terminal) }
}

fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn uses_color(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto => {
            let forced = ["CLICOLOR_FORCE", "FORCE_COLOR"].iter().any(|name| {
                std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0")
            });
            forced || (terminal && std::env::var("TERM").is_ok_and(|term| term != "dumb"))
        }
    }
}

/// ASCII only where the locale says that it is not UTF-8.
fn uses_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale.as_deref() {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => true,
    }
}

fn width(terminal: bool) -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || {
        let (terminal_size::Width(columns), _) = terminal_size::terminal_size()?;
        terminal.then_some(usize::from(columns))
    };
    asked.or_else(measured).unwrap_or(100).clamp(NARROWEST, WIDEST)
}

/// Tells a person something beside the output.
pub fn tell(message: &str) {
    let message = mask(message);
    let lines: Vec<_> = message.lines().map(printable).collect();
    // Nobody is there to hear it where standard error is closed.
    let _ = writeln!(std::io::stderr(), "{}", inert_lines(&lines.join("\n")));
}

/// Tells of a faulty configuration, with an excerpt.
pub fn tell_config_fault(error: &ConfigError) {
    let terminal = std::io::stderr().is_terminal();
    let style = Style {
        color: uses_color(ColorChoice::Auto, terminal),
        unicode: uses_unicode(),
        width: width(terminal),
    };
    let text = render_config_fault(
        &error.source,
        error.span,
        &error.message,
        error.help.as_deref(),
        style,
        &|text| mask(text).into_owned(),
    );
    let _ = write!(std::io::stderr(), "{text}");
}
