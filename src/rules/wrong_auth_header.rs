//! `wrong-auth-header`: a key in a header that the API does not look at.

use super::finding::{Finding, Place};
use super::headers::{Header, headers};
use super::keys::{self, Judgement};
use super::{Basis, Fixes, Request, Rule, Setup};
use crate::diagnostic::Severity;
use crate::document::{Node, is_hole};
use crate::fix::{Change, New, Remedy};
use crate::knowledge::{AuthHeader, Provider};

/// The rule.
pub static RULE: Rule = Rule {
    id: "wrong-auth-header",
    severity: Severity::Error,
    summary: "The key is not where the API looks for it",
    docs: r#"
The key is sent as `api-key: KEY` or as `Authorization: Bearer KEY`, and nowhere else. `Authorization` without the word
`Bearer`, a header of another name, or a key in the URL is taken for no key at all. `x-api-key`, which Anthropic's SDK
sends, is answered on the messages endpoint; for the others no fact says so, and it is a warning. Another word before a
variable (`Token $KEY`) is wrong whatever the variable holds.

```json bad provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Authorization": "$MIMO_API_KEY"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```

```json good provider=xiaomi
{"url": "https://api.xiaomimimo.com/v1/chat/completions", "headers": {"Authorization": "Bearer $MIMO_API_KEY"},
 "body": {"model": "mimo-v2.6-pro", "messages": [{"role": "user", "content": "Hi"}]}}
```
"#,
    basis: Basis::Provider,
    fixes: Fixes::Both,
    check: Some(check),
    check_entry: Some(check_entry),
};

/// Names that people give to the header, without its hyphens and underscores.
const NAMES: [&str; 16] = [
    "apikey",
    "apitoken",
    "xapikey",
    "xapitoken",
    "xgoogapikey",
    "ocpapimsubscriptionkey",
    "key",
    "token",
    "xtoken",
    "accesstoken",
    "xaccesstoken",
    "authtoken",
    "xauthtoken",
    "authentication",
    "mimoapikey",
    "xmimoapikey",
];

/// Names that people give to a key in a URL.
const PARAMETERS: [&str; 6] = ["key", "api_key", "apikey", "api-key", "token", "access_token"];

/// What one header does for the key.
enum Carriage {
    /// It carries it, or may.
    Right,
    /// It is not about the key.
    None,
    /// It was meant to carry it: the message, and whether it is surely in vain.
    Wrong(String, bool),
    /// It carries it without the word that belongs before it.
    Bare(String, String),
}

fn check(request: &Request<'_>, found: &mut Vec<Finding>) {
    let Some(provider) = request.provider else { return };
    if request.host_use().is_none() || request.in_batch || !request.kind.is_request() {
        return;
    }
    let list = headers(request);
    let mut told = Vec::new();
    for header in &list {
        match carriage(header, provider, request.kind.name()) {
            Carriage::Right => return,
            Carriage::None => {}
            Carriage::Wrong(message, certain) => {
                let mut wrong = finding(Place::value(header.value), message, certain, provider);
                let object = request.headers.filter(|headers| is_in(*headers, header.value));
                wrong.remedy = object.and_then(|_| renamed(header, provider, certain));
                told.push(wrong);
            }
            Carriage::Bare(message, scheme) => {
                told.push(without_scheme(header.value, message, &scheme, provider));
            }
        }
    }
    if told.is_empty() {
        told.extend(in_query(request, provider));
    }
    found.append(&mut told);
}

fn check_entry(setup: &Setup<'_>, found: &mut Vec<Finding>) {
    let entry = setup.entry;
    if entry.is_template || !entry.keys.is_empty() || !entry.key_variables.is_empty() {
        return;
    }
    for header in keys::entry_headers(setup) {
        if !header.name.eq_ignore_ascii_case("authorization") {
            continue;
        }
        found.extend(match carriage(&header, setup.provider, "") {
            Carriage::Wrong(message, certain) => {
                Some(finding(Place::value(header.value), message, certain, setup.provider))
            }
            Carriage::Bare(message, scheme) => {
                Some(without_scheme(header.value, message, &scheme, setup.provider))
            }
            Carriage::Right | Carriage::None => None,
        });
    }
}

/// Whether a header is written as a member of the object of all headers.
fn is_in(headers: Node<'_>, value: Node<'_>) -> bool {
    keys::member_of(headers, value.id()).is_some()
}

/// The header that carries a key alone, in the place of one that the API does not look at.
fn renamed(header: &Header<'_>, provider: &Provider, certain: bool) -> Option<Remedy> {
    let right = provider.auth.headers.iter().find(|known| known.scheme.is_none())?;
    let text = header.value.as_str()?;
    // A word that stands before the key without a space would be part of it there.
    if let Some(word) = literal_word(text.trim()) {
        let scheme = provider.auth.headers.iter().find_map(|known| known.scheme.as_deref())?;
        let key = text.trim().strip_prefix(word)?.trim_start();
        let to = New::Text(format!("{scheme} {key}"));
        let change = Change::Set { node: header.value.id(), to };
        return word.eq_ignore_ascii_case(scheme).then(|| Remedy::safe_if(certain, change));
    }
    let is_alone = !text.is_empty() && !text.contains(char::is_whitespace);
    is_alone.then(|| Remedy::safe_if(certain, Change::rename(header.value, &right.name)))
}

fn carriage(header: &Header<'_>, provider: &Provider, kind: &str) -> Carriage {
    let known = provider.auth.headers.iter();
    let known: Vec<&AuthHeader> =
        known.filter(|known| known.name.eq_ignore_ascii_case(&header.name)).collect();
    let Some(text) = header.value.as_str() else {
        return if known.is_empty() { Carriage::None } else { Carriage::Right };
    };
    if let Some(scheme) = known.iter().find_map(|known| known.scheme.as_deref()) {
        return with_scheme(&header.name, &text, scheme, provider);
    }
    if !known.is_empty() {
        let takes = kind.is_empty()
            || known.iter().any(|known| known.kinds.iter().any(|known| known == kind));
        if takes {
            return Carriage::Right;
        }
        let message = format!("no fact says that this endpoint looks at `{}`", header.name);
        return Carriage::Wrong(message, false);
    }
    let bare: String = header
        .name
        .to_ascii_lowercase()
        .chars()
        .filter(|letter| !"-_ ".contains(*letter))
        .collect();
    if NAMES.contains(&bare.as_str()) {
        let message = format!("the API does not look for a key in `{}`", header.name);
        return Carriage::Wrong(message, true);
    }
    Carriage::None
}

/// What a header does whose key follows a word.
fn with_scheme(name: &str, text: &str, scheme: &str, provider: &Provider) -> Carriage {
    let text = text.trim();
    let begins = text.get(..scheme.len()).is_some_and(|word| word.eq_ignore_ascii_case(scheme));
    if begins && text[scheme.len()..].chars().next().is_none_or(char::is_whitespace) {
        return Carriage::Right;
    }
    if let Some(word) = literal_word(text) {
        let message = if word.eq_ignore_ascii_case(scheme) {
            format!("no space stands behind `{word}` in `{name}`")
        } else {
            format!("`{name}` begins with `{word}`, and the API looks for `{scheme}`")
        };
        return Carriage::Wrong(message, true);
    }
    if is_hole(text) {
        // A variable may hold the word too, unless it is known to hold the key alone.
        let inner = text.trim_matches(|sign: char| !sign.is_ascii_alphanumeric());
        let variable = inner.rsplit([':', '.', ' ']).next().unwrap_or(inner);
        if !provider.auth.env.iter().any(|known| known == variable) {
            return Carriage::Right;
        }
    }
    // What is no key is told as that.
    let is_key = matches!(
        keys::judge(text, Some(provider), false),
        Judgement::Sound | Judgement::Malformed(_)
    );
    if !is_key {
        return Carriage::Right;
    }
    let message = format!("the key in `{name}` lacks the word `{scheme}` before it");
    Carriage::Bare(message, scheme.to_owned())
}

/// The word that is written out before a variable: whatever that holds, the word stays.
fn literal_word(text: &str) -> Option<&str> {
    let start = text.find(['$', '{', '%', '<'])?;
    let (word, variable) = text.split_at(start);
    let word = word.trim_end();
    let is_word = word.len() > 2
        && word.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b':'));
    (is_word && keys::is_unfilled(variable)).then_some(word)
}

/// A key in the URL, where no header has one.
fn in_query(request: &Request<'_>, provider: &Provider) -> Option<Finding> {
    let node = request.root.tree().node(request.address?.node);
    let url = node.as_str()?;
    let (_, query) = url.split_once('?')?;
    let name = query.split(['&', '#']).find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let is_key = PARAMETERS.iter().any(|known| known.eq_ignore_ascii_case(name));
        (is_key && !value.is_empty()).then_some(name)
    })?;
    let message = format!("the API does not look for a key in the URL, as `{name}`");
    // Without headers nothing says that they are all there is.
    Some(finding(Place::value(node), message, request.headers.is_some(), provider))
}

/// What other APIs want before a key.
const OTHER_SCHEMES: [&str; 5] = ["Token", "Key", "ApiKey", "Api-Key", "Bearer:"];

/// A key without the word before it, which a fix can put there without writing the key.
fn without_scheme(value: Node<'_>, message: String, scheme: &str, provider: &Provider) -> Finding {
    let to = format!("{scheme} ");
    let before = Change::Part { node: value.id(), range: 0..0, to };
    let mut finding = finding(Place::value(value), message, true, provider);
    // Another scheme's word has no place behind this one, nor this one's own, and no quotes.
    let is_bare = value.as_str().is_some_and(|text| {
        let begins = text.get(..scheme.len());
        let is_begun = begins.is_some_and(|word| word.eq_ignore_ascii_case(scheme));
        !is_begun && !text.contains(|sign: char| sign.is_whitespace() || "'\"`,".contains(sign))
    });
    finding.remedy = is_bare.then(|| Remedy::safe(before));
    // Another scheme's word, and nothing else.
    let other = value.as_str().and_then(|text| {
        let (word, key) = text.split_once(' ')?;
        let is_known = OTHER_SCHEMES.iter().any(|other| other.eq_ignore_ascii_case(word));
        (is_known && !key.contains(char::is_whitespace)).then_some(word.len())
    });
    if let Some(end) = other {
        let word = Change::Part { node: value.id(), range: 0..end, to: scheme.to_owned() };
        finding.remedy = Some(Remedy::safe(word));
    }
    finding
}

fn finding(place: Place, message: String, certain: bool, provider: &Provider) -> Finding {
    let forms: Vec<String> = provider
        .auth
        .headers
        .iter()
        .filter(|header| !header.name.eq_ignore_ascii_case("x-api-key"))
        .map(|header| match &header.scheme {
            Some(scheme) => format!("`{}: {scheme} KEY`", header.name),
            None => format!("`{}: KEY`", header.name),
        })
        .collect();
    Finding::new(&RULE, place, message)
        .severity(if certain { Severity::Error } else { Severity::Warning })
        .label("taken for no key")
        .help(format!("accepted: {}", forms.join(" or ")))
}
