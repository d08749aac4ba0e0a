//! `unknown-endpoint`: a URL that leads nowhere.

use super::finding::Finding;
use super::url::{self, Faulty, Part};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::fix::Remedy;

/// The rule.
pub static RULE: Rule = Rule {
    id: "unknown-endpoint",
    severity: Severity::Error,
    summary: "The URL names a host or a path that the API does not have",
    docs: r#"
Nothing answers there, or a page that is no JSON. Some hosts are taken for the API: the console's, the product page's, a
cluster of the Token Plan that does not exist, a slip in the domain. Some paths are those of other vendors: at Xiaomi's
platform, speech and transcription are chat completions and have no paths of their own.

```json bad provider=xiaomi
{"method": "POST", "url": "https://api.xiaomimimo.com/v1/audio/speech",
 "body": {"model": "mimo-v2.5-tts", "input": "Good evening.", "voice": "Dean"}}
```

```json good provider=xiaomi
{"method": "POST", "url": "https://api.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.5-tts", "messages": [{"role": "assistant", "content": "Good evening."}],
          "audio": {"format": "wav", "voice": "Dean"}}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Unsafe,
    check: Some(check),
    check_entry: Some(check_entry),
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    found.extend(url::in_request(request).and_then(finding));
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    found.extend(url::in_setup(setup).into_iter().filter_map(finding));
}

fn finding(faulty: Faulty<'_>) -> Option<Finding> {
    let change = faulty.change();
    let Faulty { place, fault, .. } = faulty;
    if fault.part != Part::Endpoint {
        return None;
    }
    let severity = if fault.is_firm { Severity::Error } else { Severity::Warning };
    let finding = Finding::new(&RULE, place, fault.message).label(fault.label);
    let mut finding = finding.help(fault.help).severity(severity);
    // Which host is meant is a guess.
    finding.remedy = change.map(Remedy::risky);
    Some(if fault.is_answered { finding } else { finding.not_refused() })
}
