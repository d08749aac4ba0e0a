//! `requestlint explain` of a status or a code: which causes are known.

use std::fmt::Write as _;

use crate::diagnose::known_causes;
use crate::knowledge::{ErrorCode, Provider};

/// How many causes are told.
const MOST: usize = 8;

/// The known causes of an error of `provider`, a line each; nothing where none is known.
pub fn causes(provider: &Provider, row: &ErrorCode) -> String {
    let all = known_causes(provider, row);
    let mut text = String::new();
    if all.is_empty() {
        return text;
    }
    text.push_str("  known causes:\n");
    for cause in all.iter().take(MOST) {
        let rule = cause.rule.as_deref().map_or(String::new(), |rule| format!(" [{rule}]"));
        let _ = writeln!(text, "    - {}{rule}", cause.cause);
    }
    if let Some(more) = all.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(
            text,
            "    - and {more} more; `requestlint diagnose` tells which fit an error"
        );
    }
    text
}
