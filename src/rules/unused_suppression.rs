//! `unused-suppression`: a comment, or an entry of `ignore`, that suppresses nothing.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Rule};
use crate::diagnostic::{Severity, Span, Target};
use crate::document::NodeId;
use crate::knowledge::similar;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Warning,
    summary: "A comment or an entry of `ignore` is to suppress a finding, and suppresses none",
    docs: r#"
A comment `requestlint-ignore: RULE` suppresses what the rule finds in its line or, where it stands alone, in the line
below; `requestlint-ignore-file: RULE` before the first content does so in the whole file. Where nothing is found there
any more, the comment would hide a later fault, and misleads who reads it. A rule that is switched off or not selected
in this run may still find something, so nothing is said of it.

The same is told of a comment that names no rule or one that there is not, of one for the whole file that stands too
late, and of one without a reason where the configuration demands reasons: these suppress nothing either.

So is an entry of `ignore` in the configuration, where all files below the configuration's folder were linted and no
finding fits it.

```jsonc bad
{
  "model": "mimo-v2-pro",
  // requestlint-ignore: out-of-range -- the server clamps it
  "temperature": 1,
  "messages": [{"role": "user", "content": "Hi"}]
}
```

```jsonc good
{
  "model": "mimo-v2-pro",
  // requestlint-ignore: out-of-range -- the server clamps it
  "temperature": 3,
  "messages": [{"role": "user", "content": "Hi"}]
}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: None,
};

/// Why a suppression suppresses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Useless {
    /// It names no rule.
    Nameless,
    /// It names a rule that there is not.
    Unknown(String),
    /// The rule finds nothing there.
    Unused(&'static str),
    /// It is for the whole file, and does not stand before the first content.
    Late,
    /// It gives no reason, and has to.
    Unreasoned,
}

/// The finding at `span` of a comment, for what does not suppress anything.
#[must_use]
pub fn finding(span: Span, why: &Useless) -> Finding {
    let form = "write `requestlint-ignore: RULE -- REASON`";
    let (message, label, help) = match why {
        Useless::Nameless => {
            ("this suppression names no rule".to_owned(), "a rule is missing".to_owned(), form)
        }
        Useless::Unknown(name) => {
            let meant = similar::nearest(name, super::ALL.iter().map(|rule| rule.id));
            let label = meant.map_or_else(
                || "suppresses nothing".to_owned(),
                |meant| format!("did you mean `{meant}`?"),
            );
            let help = if name.contains(char::is_whitespace) {
                "commas stand between rules, and ` -- ` before a reason"
            } else {
                "`requestlint rules` lists the rules"
            };
            (format!("there is no rule `{}`", super::mask(&super::shown(name))), label, help)
        }
        Useless::Unused(rule) => (
            format!("this suppression of `{rule}` suppresses nothing"),
            "not found here".to_owned(),
            "remove it",
        ),
        Useless::Late => (
            "a suppression for the whole file stands after its first content".to_owned(),
            "suppresses nothing".to_owned(),
            "move it to the top of the file",
        ),
        Useless::Unreasoned => (
            "this suppression gives no reason, and suppresses nothing without one".to_owned(),
            "a reason is missing".to_owned(),
            "the configuration demands one: write ` -- ` and the reason after the rules",
        ),
    };
    let place = Place { node: NodeId::default(), target: Target::Value, span };
    Finding::new(&RULE, place, message).label(label).help(help).not_refused()
}
