//! Which strings a template fills in.

/// Whether the text between a string's quotes is, or holds, something that is filled in later:
/// `${NAME}`, `{{ name }}`, `{% … %}`, `<%= … %>`, or, as the whole string, `$NAME` or `%NAME%`.
#[must_use]
pub fn is_hole(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Nearly every string ends here.
    if memchr::memchr3(b'$', b'%', b'{', bytes).is_none() {
        return false;
    }
    let between = |open: &str, close: &str| {
        text.find(open)
            .is_some_and(|at| text[at + open.len()..].find(close).is_some_and(|end| end > 0))
    };
    // A data URL holds none of these signs, unless something is to be filled in.
    text.starts_with("data:")
        || has_braced_variable(text)
        || between("{{", "}}")
        || between("{%", "%}")
        || between("<%=", "%>")
        || text.strip_prefix('$').is_some_and(is_variable)
        || text.strip_prefix("Bearer $").is_some_and(is_variable)
        || text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%')).is_some_and(is_variable)
}

/// Whether `text`, which the variable `name` is set to, is that variable again and nothing stands in
/// where it is not set: `$NAME`, `${NAME}`, `${NAME:?is required}`.
#[must_use]
pub fn fills_itself(name: &str, text: &str) -> bool {
    let Some(form) = text.trim().strip_prefix('$') else { return false };
    match form.strip_prefix('{').and_then(|form| form.strip_suffix('}')) {
        Some(inner) => inner
            .trim()
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('?') || rest.starts_with(":?")),
        None => form == name,
    }
}

/// Whether `text` begins a variable and never ends it: `${NAME`, `{{ name`, `{env:NAME`.
#[must_use]
pub fn is_unclosed(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    let opened = ["${{", "${", "{{", "{env:"].iter().find_map(|open| text.strip_prefix(open));
    opened.map(str::trim).is_some_and(|name| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:".contains(&byte))
    })
}

/// The key that stands where the name of a variable belongs: `${sk-…}`, `{env:tp-…}`, closed or not.
#[must_use]
pub fn key_for_a_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text);
    let opened = ["${{", "${", "{{", "{env:", "os.environ/", "$(", "$"];
    let inner = opened.iter().find_map(|open| text.strip_prefix(open))?.trim_start();
    let scopes = ["secrets.", "vars.", "env.", "inputs.", "env:"];
    let inner = scopes.iter().find_map(|scope| inner.strip_prefix(scope)).unwrap_or(inner);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    let (key, rest) = inner.split_at(inner.bytes().take_while(is_part).count());
    let is_closed = rest.bytes().all(|byte| b" })".contains(&byte));
    // A name has neither a dash nor a digit before all else.
    let is_none = ["sk-", "tp-", "ttp-"].iter().any(|begin| key.starts_with(begin))
        || key.starts_with(|first: char| first.is_ascii_digit());
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let is_key = is_none && key.len() >= 20 && (4..key.len()).contains(&digits);
    (is_closed && is_key).then_some(key)
}

/// `${NAME}`, `${env:NAME}`, `${NAME:-default}`, `${{ secrets.NAME }}`; an empty `${}` is none.
fn has_braced_variable(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        rest = &rest[at + 2..];
        let begins = rest
            .trim_start_matches(['{', ' '])
            .starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if begins && rest.contains('}') {
            return true;
        }
    }
    false
}

/// A shell variable's name, two characters or more: `$5` is a price.
fn is_variable(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_uppercase() || first == '_')
        && name.len() > 1
        && characters
            .all(|other| other.is_ascii_uppercase() || other.is_ascii_digit() || other == '_')
}

#[cfg(test)]
mod tests {
    use super::{fills_itself, is_hole, is_unclosed, key_for_a_name};

    #[test]
    fn templates_are_holes_and_prose_is_none() {
        for text in [
            "${MODEL}",
            "{{ model }}",
            "{{model}}-x",
            "{% if a %}b{% endif %}",
            "<%= key %>",
            "$MIMO_API_KEY",
            "Bearer $MIMO_API_KEY",
            "data:{MIME_TYPE};base64,$IMAGE",
            "Bearer ${KEY:-none}",
            "%MIMO_API_KEY%",
            "${{ secrets.KEY }}",
        ] {
            assert!(is_hole(text), "{text}");
        }
        for text in [
            "",
            "$5",
            "$",
            "100%",
            "a {} b",
            "{\"a\": {}}",
            "${}",
            "$lower",
            "{{}}",
            "<YOUR_MODEL>",
            "50%50%",
        ] {
            assert!(!is_hole(text), "{text}");
        }
    }

    #[test]
    fn a_variable_that_is_filled_with_itself_is_told_from_one_with_a_default() {
        for text in ["$A_KEY", "${A_KEY}", " ${A_KEY} ", "${A_KEY:?is required}", "${A_KEY?}"] {
            assert!(fills_itself("A_KEY", text), "{text}");
        }
        for text in ["", "A_KEY", "${A_KEY:-}", "${A_KEY-x}", "${A_KEY_2}", "$OTHER", "x${A_KEY}"] {
            assert!(!fills_itself("A_KEY", text), "{text}");
        }
    }

    #[test]
    fn a_key_in_the_place_of_a_name_is_told() {
        let key = "sk-c0ffeefacade0a1b2c3d4e5f6a7b8c9d";
        for text in
            ["${K}", "$K", "Bearer ${K}", "${{ secrets.K }}", "{env:K}", "os.environ/K", "${K"]
        {
            assert_eq!(key_for_a_name(&text.replace('K', key)), Some(key), "{text}");
        }
        assert!(key_for_a_name("${9f8e7d6c5b4a39281706f5e4d3c2b1a0}").is_some());
        for text in [
            "${MIMO_API_KEY}",
            "${MIMO_API_KEY_FOR_TEAM_2026_11_24}",
            "${A-sk-c0ffeefacade0a1b2c3d4e5f6a7b8c9d}",
            "sk-c0ffeefacade0a1b2c3d4e5f6a7b8c9d",
            "${12345678901234567890123}",
            "",
        ] {
            assert_eq!(key_for_a_name(text), None, "{text}");
        }
    }

    #[test]
    fn a_variable_that_never_ends_is_told() {
        for text in
            ["${A_KEY", "Bearer ${A_KEY", "{{ a.key", "{env:A_KEY", "${{ secrets.A", "${env:A"]
        {
            assert!(is_unclosed(text), "{text}");
        }
        for text in ["${A_KEY}", "${", "{{ }}", "$A_KEY", "${5", "{a", "${A_KEY:-x", "a ${A"] {
            assert!(!is_unclosed(text), "{text}");
        }
    }
}
