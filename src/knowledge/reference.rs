//! Variables in a text, in the forms that a tool fills in.

use std::ops::Range;

/// A variable in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'t> {
    /// Its name.
    pub name: &'t str,
    /// The bytes of the whole form.
    pub span: Range<usize>,
    /// What stands in for it.
    pub otherwise: Otherwise,
}

/// What stands in for a variable that is not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    /// Nothing.
    Nothing,
    /// These bytes of the text.
    Default {
        /// The bytes.
        text: Range<usize>,
        /// Whether they stand in for an empty variable too.
        or_empty: bool,
    },
    /// It is replaced by something else where it is set: `${NAME:+other}`.
    Another,
    /// Something, in a form that the tool is not known to fill in.
    Unknown,
}

/// The forms that shells and readers of environment files fill in.
pub const SHELL: [&str; 6] = [
    "${NAME}",
    "$NAME",
    "${NAME:-DEFAULT}",
    "${NAME-DEFAULT}",
    "${NAME:=DEFAULT}",
    "${NAME=DEFAULT}",
];

/// What is known of a variable: `None` where nothing sets it, and no text where its value is not known.
pub type Value = Option<Option<String>>;

/// The variables in `text`, in order. In a form, `NAME` stands for the name and `DEFAULT` for what stands in
/// where it is not set. What `escape` begins is none.
#[must_use]
pub fn references<'t, F: AsRef<str>>(
    forms: &[F],
    escape: Option<&str>,
    text: &'t str,
) -> Vec<Reference<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(escape) = escape.filter(|escape| rest.starts_with(escape)) {
            at += escape.len();
            continue;
        }
        // What one form leaves open another may know.
        let is_open = |one: &Reference<'_>| one.otherwise == Otherwise::Unknown;
        let read = forms.iter().filter_map(|form| read(form.as_ref(), text, at));
        match read.min_by_key(is_open) {
            Some(reference) => {
                let otherwise = match reference.otherwise {
                    // A tool that knows one of a shell's forms knows what the others mean.
                    Otherwise::Unknown => shell_form(forms, &text[at..]),
                    known => known,
                };
                at = reference.span.end;
                found.push(Reference { otherwise, ..reference });
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// What `${NAME:?text}` and `${NAME:+text}`, which `text` begins with, mean to a tool with these forms.
fn shell_form<F: AsRef<str>>(forms: &[F], text: &str) -> Otherwise {
    let knows = forms.iter().any(|form| form.as_ref() == "${NAME:-DEFAULT}");
    let sign = text.find([':', '?', '+']).map(|at| text[at..].trim_start_matches(':'));
    match sign.and_then(|sign| sign.chars().next()) {
        Some('?') if knows => Otherwise::Nothing,
        Some('+') if knows => Otherwise::Another,
        _ => Otherwise::Unknown,
    }
}

/// `text` with the value of each variable in its place; nothing where one is not known, or has no value.
#[must_use]
pub fn filled<F: AsRef<str>>(
    forms: &[F],
    escape: Option<&str>,
    text: &str,
    value: &dyn Fn(&str) -> Value,
) -> Option<String> {
    if escape.is_some_and(|escape| text.contains(escape)) {
        return None;
    }
    let mut whole = String::new();
    let mut at = 0;
    for reference in references(forms, escape, text) {
        whole.push_str(&text[at..reference.span.start]);
        at = reference.span.end;
        let known = value(reference.name);
        match (known, reference.otherwise) {
            (_, Otherwise::Another | Otherwise::Unknown) | (Some(None), _) => return None,
            (Some(Some(known)), Otherwise::Default { or_empty: true, .. }) if !known.is_empty() => {
                whole.push_str(&known);
            }
            (
                Some(Some(known)),
                Otherwise::Default { or_empty: false, .. } | Otherwise::Nothing,
            ) => {
                whole.push_str(&known);
            }
            (None, Otherwise::Nothing) => return None,
            (_, Otherwise::Default { text: default, .. }) => {
                whole.push_str(&filled(forms, escape, &text[default], value)?);
            }
        }
    }
    whole.push_str(&text[at..]);
    Some(whole)
}

/// The variable that `form` has at `start` of `text`.
fn read<'t>(form: &str, text: &'t str, start: usize) -> Option<Reference<'t>> {
    let (before, after) = form.split_once("NAME")?;
    let rest = text.get(start..)?.strip_prefix(before)?;
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let length = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(length);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    let end = text.len() - behind.len();
    let reference = |end: usize, otherwise| Some(Reference { name, span: start..end, otherwise });
    if let Some((sign, close)) = after.split_once("DEFAULT") {
        let default = behind.strip_prefix(sign)?;
        let length = closing(default, close)?;
        let from = end + sign.len();
        let span = from..from + length;
        let or_empty = sign.starts_with(':');
        return reference(span.end + close.len(), Otherwise::Default { text: span, or_empty });
    }
    match after {
        "" => reference(end, Otherwise::Nothing),
        "}" if behind.starts_with('}') => reference(end + 1, Otherwise::Nothing),
        // Something else may follow the name.
        "}" if behind.starts_with([':', '?', '+']) => {
            let length = closing(behind, "}")?;
            reference(end + length + 1, Otherwise::Unknown)
        }
        after => {
            let trimmed = behind.trim_start();
            let wanted = after.trim_start();
            let blanks = behind.len() - trimmed.len();
            trimmed.starts_with(wanted).then_some(())?;
            reference(end + blanks + wanted.len(), Otherwise::Nothing)
        }
    }
}

/// Where `close` stands in `text` for what was opened before it; braces that open within are closed first.
fn closing(text: &str, close: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        if depth == 0 && text[at..].starts_with(close) {
            return Some(at);
        }
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Otherwise, SHELL, filled, references};

    fn names(form: &str, text: &str) -> Vec<String> {
        references(&[form], None, text).iter().map(|one| one.name.to_owned()).collect()
    }

    #[test]
    fn a_variable_is_read_in_the_form_of_its_tool() {
        for (form, text, name) in [
            ("${NAME}", "${MIMO_API_KEY}", "MIMO_API_KEY"),
            ("${NAME}", "Bearer ${MIMO_API_KEY:-none}", "MIMO_API_KEY"),
            ("$NAME", "$MIMO_API_KEY", "MIMO_API_KEY"),
            ("{env:NAME}", "{env:MIMO_API_KEY}", "MIMO_API_KEY"),
            ("os.environ/NAME", "os.environ/MIMO_API_KEY", "MIMO_API_KEY"),
            ("${{ secrets.NAME }}", "${{ secrets.MIMO }}", "MIMO"),
            ("${{ secrets.NAME }}", "${{ secrets.MIMO}}", "MIMO"),
        ] {
            assert_eq!(names(form, text), [name], "{form} {text}");
        }
        for (form, text) in [
            ("{env:NAME}", "${MIMO_API_KEY}"),
            ("${NAME}", "sk-123"),
            ("${NAME}", "${A"),
            ("${NAME}", "${A:-b"),
            ("${NAME:-DEFAULT}", "${A:-b"),
            ("$NAME", "$5"),
        ] {
            assert_eq!(names(form, text), Vec::<String>::new(), "{form} {text}");
        }
    }

    #[test]
    fn what_stands_in_for_a_variable_is_read() {
        let read = |text: &str| references(&SHELL, Some("$$"), text).pop().map(|one| one.otherwise);
        let default = |text: &str| match read(text) {
            Some(Otherwise::Default { text: span, or_empty }) => {
                Some((text[span].to_owned(), or_empty))
            }
            _ => None,
        };
        for (text, wanted, or_empty) in [
            ("${A:-b}", "b", true),
            ("${A-b}", "b", false),
            ("${A:=b}", "b", true),
            ("x ${A:-}", "", true),
            ("${A:-${B:-c}}", "${B:-c}", true),
            ("${A:-é}", "é", true),
            // What a shell makes of a key in braces.
            ("${sk-b}", "b", false),
        ] {
            assert_eq!(default(text), Some((wanted.to_owned(), or_empty)), "{text}");
        }
        assert_eq!(read("${A:?is required}"), Some(Otherwise::Nothing));
        assert_eq!(read("${A?}"), Some(Otherwise::Nothing));
        assert_eq!(read("${A:+b}"), Some(Otherwise::Another));
        assert_eq!(read("$$A"), None, "an escape");
        assert_eq!(read("$${A}"), None, "an escape");
    }

    #[test]
    fn a_text_is_filled_as_far_as_its_variables_are_known() {
        let value = |name: &str| match name {
            "A" => Some(Some("a".to_owned())),
            "EMPTY" => Some(Some(String::new())),
            "OPEN" => Some(None),
            _ => None,
        };
        for (text, wanted) in [
            ("https://${A}/v1", Some("https://a/v1")),
            ("$A-${NONE:-b}", Some("a-b")),
            ("${NONE:-${A}}", Some("a")),
            ("${EMPTY:-b}${EMPTY-c}", Some("b")),
            ("${NONE}", None),
            ("${OPEN:-b}", None),
            ("${A:+b}", None),
            ("$$A", None),
            ("plain", Some("plain")),
        ] {
            assert_eq!(filled(&SHELL, Some("$$"), text, &value).as_deref(), wanted, "{text}");
        }
    }
}
