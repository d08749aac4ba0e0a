//! `context-window-exceeded`: more than the model can hold, where that can be proved.

use super::finding::{Finding, Place};
use super::{Basis, Request, Rule};
use crate::diagnostic::Severity;
use crate::document::{Kind, Node};
use crate::knowledge::Model;

/// The rule.
pub static RULE: Rule = Rule {
    id: "context-window-exceeded",
    severity: Severity::Warning,
    summary: "The text and the wanted output are more than the model can hold",
    docs: r#"
The context window holds the messages and the answer together. How many tokens a text is, only the model's
tokenizer tells; this rule speaks where it is more than fits by any count. It takes the larger of two bounds:

- no token covers more than 128 bytes, the longest that vocabularies of this size hold (runs of spaces);
- no token spans two words, since such tokenizers cut the text at blanks before anything else.

A real count is higher, in Chinese many times so: silence says nothing. Only the text of messages and
instructions counts; media, tools and texts with something to fill in are left out. The output counts where the
request asks for it and the model can give that much. The usual cause is a context window taken for the output's
limit. No refusal is quoted anywhere, so it is a warning.

```json bad
{"model": "mimo-v2-pro", "max_completion_tokens": 1048576, "messages": [{"role": "user", "content": "Hello!"}]}
```

```json good
{"model": "mimo-v2-pro", "max_completion_tokens": 4096, "messages": [{"role": "user", "content": "Hello!"}]}
```
"#,
    basis: Basis::Provider,
    check: Some(check),
};

/// The most bytes that one token covers.
const LONGEST_TOKEN: u64 = 128;

/// Members that hold text of the conversation, or parts that do.
const TEXTS: [&str; 3] = ["content", "text", "output"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((node, model)) = request.live_model() else { return };
    let Some(window) = model.context_window else { return };
    let lists = ["messages", "input", "system", "instructions"];
    let lists: Vec<Node<'_>> = lists.iter().filter_map(|name| request.root.get(name)).collect();
    let text: u64 = lists.iter().map(|list| least_tokens(*list)).sum();
    let wanted = wanted(request, model);
    let output = wanted.map_or(0, |(_, tokens)| tokens);
    if text == 0 || text.saturating_add(output) <= window {
        return;
    }
    // What alone is too much is underlined.
    let place = match wanted {
        Some((value, _)) if text <= window => Some(Place::value(value)),
        _ => lists.first().map(|list| Place::container(*list)),
    };
    let Some(place) = place else { return };
    let and = if output > 0 { format!(" and {output} of output") } else { String::new() };
    let mut finding = Finding::new(
        &RULE,
        place,
        format!("at least {text} tokens of text{and} are more than the {window} of `{}`", model.id),
    )
    .label(format!("the model holds {window} tokens in all"))
    .related(node, "for this model");
    if let Some((value, _)) = wanted {
        finding = finding.claim(value);
    }
    found.push(finding);
}

/// The output that is asked for: the least of what is written, so that nothing is counted that is not
/// wanted. More than the model can give is another rule's matter, and where the answer may fill the
/// whole window, the two are not counted together.
fn wanted<'t>(request: &Request<'t>, model: &Model) -> Option<(Node<'t>, u64)> {
    if model.max_output.is_some() && model.max_output >= model.context_window {
        return None;
    }
    ["max_completion_tokens", "max_tokens", "max_output_tokens"]
        .iter()
        .filter_map(|name| request.root.get(name))
        .filter_map(|node| Some((node, node.number_text()?.parse::<u64>().ok()?)))
        .filter(|(_, tokens)| model.max_output.is_none_or(|most| *tokens <= most))
        .min_by_key(|(_, tokens)| *tokens)
}

/// A number of tokens that the text at and below `node` has at least.
fn least_tokens(node: Node<'_>) -> u64 {
    match node.kind() {
        Kind::String if !node.is_hole() => node.as_str().map_or(0, |text| least_of(&text)),
        Kind::Array => node.elements().map(least_tokens).sum(),
        Kind::Object => TEXTS.iter().filter_map(|name| node.get(name)).map(least_tokens).sum(),
        _ => 0,
    }
}

fn least_of(text: &str) -> u64 {
    let has_letter = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let words = text.split_ascii_whitespace().filter(has_letter).count() as u64;
    words.max((text.len() as u64).div_ceil(LONGEST_TOKEN))
}

#[cfg(test)]
mod tests {
    use super::least_of;

    #[test]
    fn the_bound_is_the_larger_of_words_and_bytes() {
        assert_eq!(least_of(""), 0);
        assert_eq!(least_of("  Good   morning, Chengdu!\n 42 -- "), 3);
        assert_eq!(least_of(&" ".repeat(128)), 1);
        assert_eq!(least_of(&"成都".repeat(64)), 3);
        assert_eq!(least_of(&"x".repeat(1280)), 10);
    }
}
