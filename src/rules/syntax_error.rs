//! `syntax-error`: a request that does not parse.

use super::finding::{Finding, Place, RelatedPlace};
use super::{Basis, Fixes, Rule, Setup, syntax_remedy};
use crate::diagnostic::{Severity, Target};
use crate::document::{Document, NodeId, SyntaxErrorKind};
use crate::extract::Syntax;
use crate::identify::Written;

/// The rule.
pub static RULE: Rule = Rule {
    id: "syntax-error",
    severity: Severity::Error,
    summary: "The request cannot be parsed",
    docs: r#"
The API reads the body before anything else, before the key even: what is no JSON by RFC 8259 is
refused with 400. Comments, trailing commas, single quotes and Python's `True` and `None` are the
usual causes.

A request kept in YAML is held to YAML 1.2: tabs for indentation, a second colon in a value without
quotes and an alias without its anchor are the usual causes. A program cannot even load such a file.

A file that does not parse is reported only where what could be read of it is a request or a tool's settings, where it
is declared to be one, where the other lines of its JSONL are requests, or where it is a known tool's own file and
names the API. So is a variable in a compose file that begins with `${` and never ends: the whole file is refused for it. What else is found in it is told too, as long as what could not be read cannot mend it.

```json bad
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"},]}
```

```json good
{"model": "mimo-v2-pro", "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Both,
    check: None,
    check_entry: Some(check_entry),
};

/// Variables that are begun and never ended, in the file of a tool that reads it no further then.
fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let entry = setup.entry;
    let all = entry.urls.iter().chain(&entry.keys).chain(&entry.models);
    for broken in all.filter(|one| one.written == Written::Broken) {
        let message = format!("`{}` begins a variable that never ends", broken.name);
        found.push(
            Finding::new(&RULE, Place::sighting(broken), message)
                .label(format!("{} refuses the file", entry.client.name))
                .help(match &entry.client.escape {
                    Some(escape) => format!(
                        "close it with `}}`; a sign that begins none is written as `{escape}`"
                    ),
                    None => "close it with `}`".to_owned(),
                })
                .not_refused(),
        );
    }
}

/// The syntax error of a document that is a request, in a text of this syntax.
#[must_use]
pub fn findings(document: &Document<'_>, syntax: Syntax) -> Vec<Finding> {
    let node = document.root().map_or(NodeId::default(), |root| root.id());
    document
        .errors
        .iter()
        .take(1)
        .map(|error| {
            let place = Place { node, target: Target::Value, span: error.span };
            let mut finding =
                Finding::new(&RULE, place, error.message.clone()).label(error.label.clone());
            finding.help.clone_from(&error.help);
            finding.remedy = syntax_remedy::of(error, document, syntax);
            // The limit is our own: the API may well take what is over it.
            finding.refused =
                !matches!(error.kind, SyntaxErrorKind::TooDeep | SyntaxErrorKind::TooLarge);
            finding.related = error
                .related
                .iter()
                .map(|(span, message)| RelatedPlace { span: *span, message: message.clone() })
                .collect();
            finding
        })
        .collect()
}
