//! Tabs that indent lines: YAML allows none, and what was meant shows all the same.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser};

use super::{faults, options};

/// `text` with a blank for each tab that indents a line, where tabs keep it from being read; and where the
/// faulty tabs stand.
pub fn blanked(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !indents(text) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let found = faulty(text);
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut in_indent = true;
    for byte in &mut bytes {
        match *byte {
            b'\n' | b'\r' => in_indent = true,
            b'\t' if in_indent => *byte = b' ',
            b' ' => {}
            _ => in_indent = false,
        }
    }
    (String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned), found)
}

/// Whether some line is indented by a tab.
fn indents(text: &str) -> bool {
    text.contains('\t')
        && text.split(['\n', '\r']).any(|line| line.trim_start_matches(' ').starts_with('\t'))
}

/// Where the tabs stand at which the parser stops, one a document.
fn faulty(text: &str) -> Vec<usize> {
    let mut parser = Parser::new_from_str_with_options(text, options(text));
    let mut found: Vec<usize> = Vec::new();
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok(_) => {}
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let tab = is_tab(error.kind()).then(|| faults::tab(text, at)).flatten();
                let goes_on = found.last().is_none_or(|last| at > *last);
                found.extend(tab.map(|tab| tab.start));
                if !goes_on || !matches!(parser.proceed_next_document(), Ok(true)) {
                    break;
                }
            }
        }
    }
    found
}

fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabInPlainScalar
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabAtBlockScalarStart
    )
}

#[cfg(test)]
mod tests {
    use super::blanked;

    #[test]
    fn only_tabs_that_keep_a_text_from_being_read_are_blanked() {
        let (read, tabs) = blanked("a:\n\t- b: \"x\ty\"\n\t  c: 1\n");
        assert_eq!((read.as_ref(), tabs), ("a:\n - b: \"x\ty\"\n   c: 1\n", vec![3]));
        for text in ["a: |\n  x\n\t\n", "a: b\t# c\n", "a: 1\n\t\nb: 2\n"] {
            assert_eq!(blanked(text).0, text);
        }
    }
}
