//! `duplicate-key`: one name twice in an object.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::{Severity, Target};
use crate::fix::{Change, Remedy};

/// The rule.
pub static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Warning,
    summary: "An object has the same field twice",
    docs: r#"
JSON allows a name twice, and servers keep one of the two, mostly the last. The other is sent for
nothing, and a reader believes the wrong one. requestlint judges the last.

```json bad
{"model": "mimo-v2-pro", "temperature": 0.1, "temperature": 0.9, "messages": [{"role": "user", "content": "Hi"}]}
```

```json good
{"model": "mimo-v2-pro", "temperature": 0.9, "messages": [{"role": "user", "content": "Hi"}]}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    for duplicate in request.root.tree().duplicate_keys(request.root) {
        let place =
            Place { node: duplicate.value.id(), target: Target::Key, span: duplicate.again.span() };
        let name = duplicate.again.name();
        let mut finding = Finding::new(
            &RULE,
            place,
            format!("the field `{}` stands here twice", super::mask(&super::shown(&name))),
        )
        .label("the last one counts")
        .help("remove the one that is not meant")
        .not_refused();
        // The first has no effect; where it says something else, a person may have meant it.
        let members = duplicate.object.members();
        let first = members.into_iter().find(|one| one.key.span() == duplicate.first.span());
        finding.remedy = first.map(|first| {
            let is_same = first.value.raw() == duplicate.value.raw();
            Remedy::safe_if(is_same, Change::remove(first.value))
        });
        finding.related.push(super::RelatedPlace {
            span: duplicate.first.span(),
            message: "first here".to_owned(),
        });
        found.push(finding);
    }
}
