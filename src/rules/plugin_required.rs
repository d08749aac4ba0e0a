//! `plugin-required`: web search where it cannot be had.

use super::finding::{Finding, Place};
use super::request::known_text;
use super::{Basis, Fixes, Request, Rule};
use crate::diagnostic::Severity;

/// The rule.
pub static RULE: Rule = Rule {
    id: "plugin-required",
    severity: Severity::Error,
    summary: "A web search tool is sent to a host that has no web search",
    docs: r#"
A tool of type `web_search` works with a pay-as-you-go key only, and only while the Web Search plugin is
switched on in the console. A Token Plan has none. Whether the plugin is on cannot be seen in a request,
so a request to another host is no finding.

```json bad provider=xiaomi
{"url": "https://token-plan-cn.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "What is new?"}], "tools": [{"type": "web_search"}]}}
```

```json good provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions",
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "What is new?"}], "tools": [{"type": "web_search"}]}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: None,
};

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    if request.host_use() != Some("token-plan") {
        return;
    }
    let mut kinds = request.tools().filter_map(|tool| tool.get("type"));
    let search = kinds.find(|kind| known_text(*kind).is_some_and(|kind| kind == "web_search"));
    if let Some(kind) = search {
        found.push(
            Finding::new(&RULE, Place::value(kind), "a Token Plan has no web search")
                .label("refused on this host")
                .help("drop the tool, or send the request to the pay-as-you-go host"),
        );
    }
}
