//! `undefined-env-var`: a variable for the key that nothing sets.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Rule, Setup, keys};
use crate::diagnostic::Severity;
use crate::document::{Node, fills_itself};
use crate::identify::{PROCESS, Sighting, Written};
use crate::knowledge::similar;

/// The rule.
pub static RULE: Rule = Rule {
    id: "undefined-env-var",
    severity: Severity::Warning,
    summary: "The variable for the key is not set",
    docs: r#"
Settings take the key from a variable, and the environment file that applies to them does not set it. The files looked
at are `.env`, `.env.local`, `.env.development` and `.env.production` beside the settings and above them, up to the root of
the repository; variables that the settings set themselves, as Qwen Code's and OpenClaw's `env` do, are set, and so are those that a
compose service gets by `environment` and `env_file`. A variable that is set to itself (`KEY=${KEY}`) is not, and one with something that
stands in for it (`${KEY:-}`) is not missed. Where there is no such file nothing is said, since the variable may come from anywhere;
`--check-env` looks at the variables of the process as well.

No example can show the file that is missing here: the first one is judged with `--check-env` alone.

```json bad provider=xiaomi file=.qwen/settings.json check-env
{"modelProviders": {"openai": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "envKey": "MIMO_KEY_THAT_NOTHING_SETS"}]}}
```

```json good provider=xiaomi file=.qwen/settings.json
{"modelProviders": {"openai": [{"id": "mimo-v2.6-pro", "baseUrl": "https://api.xiaomimimo.com/v1", "envKey": "MIMO_API_KEY"}]}}
```
"#,
    basis: Basis::Always,
    fixes: Fixes::None,
    check: None,
    check_entry: Some(check_entry),
};

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let environment = setup.environment;
    let asked = environment.process.is_some();
    // An environment file takes what it does not set itself from the shell.
    let is_looked_at = if setup.is_env { asked } else { environment.is_known || asked };
    let client = &setup.entry.client;
    if setup.entry.is_template
        || !is_looked_at
        || !(client.reads_environment || client.is_fallback())
    {
        return;
    }
    // What fills in a file that nothing is known of may well not look into the files beside it.
    let in_keys = setup.entry.keys.iter().filter(|_| client.reads_environment);
    let in_keys = in_keys.filter_map(|key| match &key.written {
        Written::Variable(name) if !has_default(key) => Some((key, name.as_str())),
        _ => None,
    });
    let named = setup.entry.key_variables.iter().filter(|name| !keys::is_key_for_name(name));
    let named = named.filter_map(|variable| Some((variable, variable.known()?.trim())));
    for (sighting, name) in in_keys.chain(named) {
        if name.is_empty() || environment.sets(name, client) || is_set_here(setup, name) {
            continue;
        }
        let names = environment.variables.iter().map(|variable| variable.name.as_str());
        let label = match similar::nearest(name, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "set nowhere that was looked at".to_owned(),
        };
        let mut places: Vec<&str> =
            environment.variables.iter().map(|variable| variable.file.as_str()).collect();
        places.dedup();
        if asked {
            places.push(PROCESS);
        }
        let message = match places.is_empty() {
            true => format!("no environment file here sets `{name}`"),
            false => format!("`{name}` is not set in {}", places.join(", ")),
        };
        found.push(
            Finding::new(&RULE, Place::sighting(sighting), message)
                .label(label)
                .help(format!("set `{name}` before the tool runs")),
        );
    }
}

/// Whether something stands in for the variable where it is not set.
fn has_default(key: &Sighting) -> bool {
    [":-", ":=", "|", "??"].iter().any(|sign| key.text.contains(sign))
}

/// Whether the file itself sets the variable.
fn is_set_here(setup: &Setup<'_>, name: &str) -> bool {
    let sets = |node: Node<'_>| {
        let member = node.member(name);
        // What stands there may be the very variable again.
        member.is_some_and(|member| {
            member.value.as_str().is_none_or(|text| !fills_itself(name, &text))
        })
    };
    setup.entry.variable(name).is_some() || sets(setup.node) || sets(setup.root)
}
