//! `context-window-exceeded`: more than the model can hold, where that can be proved.

use super::finding::{Finding, Place};
use super::{Basis, Fixes, Request, Rule, Setup};
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
tokenizer tells; this rule speaks where it is more than fits by any count. MiMo's open weights name the tokens of
Qwen's vocabulary, whose 151643 entries were looked through for two things:

- no token covers more than 128 bytes: the longest is a run of spaces;
- no token spans two words: the text is cut at blanks before anything else.

So a word is a token at least, and a long one as many as its bytes need.

A real count is higher, in Chinese many times so: silence says nothing. Only the text of messages and
instructions counts; media, tools and texts with something to fill in are left out. The output counts where the
request asks for it and the model can give that much. The usual cause is a context window taken for the output's
limit. No refusal is quoted anywhere, so it is a warning.

In a tool's settings it speaks of a window that is set larger than the model's: the tool fills it before it
shortens a conversation.

```json bad
{"model": "mimo-v2-pro", "max_completion_tokens": 1048576, "messages": [{"role": "user", "content": "Hello!"}]}
```

```json good
{"model": "mimo-v2-pro", "max_completion_tokens": 4096, "messages": [{"role": "user", "content": "Hello!"}]}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::None,
    check: Some(check),
    check_entry: Some(check_entry),
};

/// What a tool is told that its model can hold.
fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    for window in &setup.entry.context_windows {
        let set = window.known().and_then(|text| text.parse::<u64>().ok());
        let Some((set, named)) = set.zip(setup.model_of(window)) else { continue };
        let holds = named.live().and_then(|model| model.context_window);
        let Some(holds) = holds.filter(|holds| set > *holds) else { continue };
        let message = format!("`{}` holds {holds} tokens in all, and {set} are set", named.id);
        found.push(
            Finding::new(&RULE, Place::sighting(window), message)
                .label(format!("at most {holds}"))
                .related_at(named.place, "for this model"),
        );
    }
}

/// Members that hold text of the conversation, or parts that do.
const TEXTS: [&str; 3] = ["content", "text", "output"];

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some((node, model)) = request.live_model() else { return };
    let Some(window) = model.context_window else { return };
    let Some(longest) = longest_token(request) else { return };
    let wanted = wanted(request, model);
    let output = wanted.map_or(0, |(_, tokens)| tokens);
    // Two bytes a token, a letter and a blank, is more than the bound can come to.
    if (request.root.span().len() as u64 / 2).saturating_add(output) <= window {
        return;
    }
    let lists = ["messages", "input", "system", "instructions"];
    let lists: Vec<Node<'_>> = lists.iter().filter_map(|name| request.root.get(name)).collect();
    let text: u64 = lists.iter().map(|list| least_tokens(*list, longest)).sum();
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

/// The most bytes that one token covers.
fn longest_token(request: &Request<'_>) -> Option<u64> {
    request.provider?.limit("token-bytes")?.bytes().filter(|bytes| *bytes > 0)
}

/// A number of tokens that the text at and below `node` has at least.
fn least_tokens(node: Node<'_>, longest: u64) -> u64 {
    match node.kind() {
        Kind::String if !node.is_hole() => node.as_str().map_or(0, |text| least_of(&text, longest)),
        Kind::Array => node.elements().map(|element| least_tokens(element, longest)).sum(),
        Kind::Object => {
            let texts = TEXTS.iter().filter_map(|name| node.get(name));
            texts.map(|text| least_tokens(text, longest)).sum()
        }
        _ => 0,
    }
}

fn least_of(text: &str, longest: u64) -> u64 {
    let tokens = |text: &str| (text.len() as u64).div_ceil(longest);
    // What is no letter may stand in one token with the blanks around it.
    let is_word = |word: &&str| word.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let words = text.split_ascii_whitespace().filter(is_word).map(tokens).sum::<u64>();
    words.max(tokens(text))
}

#[cfg(test)]
mod tests {
    use super::least_of;

    #[test]
    fn a_word_is_a_token_and_a_long_one_several() {
        let least = |text: &str| least_of(text, 128);
        assert_eq!(least(""), 0);
        assert_eq!(least("  Good   morning, Chengdu!\n 42 -- "), 4);
        assert_eq!(least(&" ".repeat(128)), 1);
        assert_eq!(least(&"\u{a0} ".repeat(8)), 1);
        assert_eq!(least(&"成都".repeat(64)), 3);
        assert_eq!(least(&"x".repeat(1280)), 10);
        assert_eq!(least(&format!("a b {}", "x".repeat(129))), 4);
    }
}
