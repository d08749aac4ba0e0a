//! `exposed-api-key`: a key in a variable that a bundler shows to browsers.

use super::finding::{Finding, Place};
use super::keys;
use super::{Basis, Fixes, Rule, Setup};
use crate::diagnostic::Severity;
use crate::knowledge::shown_prefix;

/// The rule.
pub static RULE: Rule = Rule {
    id: "exposed-api-key",
    severity: Severity::Warning,
    summary: "A bundler shows the key to browsers",
    docs: r#"
Bundlers write the values of variables with certain names into the code that every visitor of the page loads: `NEXT_PUBLIC_`, `VITE_`,
`REACT_APP_` and their like. A key in such a variable is public.

```env bad provider=xiaomi
VITE_MIMO_BASE_URL=https://api.xiaomimimo.com/v1
VITE_MIMO_API_KEY=sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
```

```env good provider=xiaomi
MIMO_BASE_URL=https://api.xiaomimimo.com/v1
MIMO_API_KEY=sk-c4n8b1v6x3z9l2k7j5h0g4f8d1s6a3p9o2i7u5y0t4r8e1w6
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: Some(check_entry),
};

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    for key in &setup.entry.keys {
        let Some((prefix, tools)) = shown_prefix(&key.name) else { continue };
        // What is empty is told as that, and in an example it is the name that people copy.
        let is_empty = key.known().is_some_and(|text| text.trim().is_empty());
        if is_empty && !setup.entry.is_template {
            continue;
        }
        let place = keys::member_of(setup.node, key.node)
            .map_or_else(|| Place::sighting(key), |member| Place::key(&member));
        found.push(
            Finding::new(&RULE, place, format!("`{}` is shown to every visitor", key.name))
                .label(format!("{tools} puts what begins with `{prefix}` into the page's code"))
                .help("call the API from a server, and keep the key in a variable of another name")
                .not_refused(),
        );
    }
}
