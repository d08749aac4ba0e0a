//! JSON Lines: each line a document of its own, so that a broken one disturbs no other.

use crate::document::{Arena, Document};

use super::json::{self, Dialect};

/// Hands each line's document to `visit`. Blank lines hold none.
pub fn extract(text: &str, visit: &mut dyn FnMut(&Document<'_>)) {
    if is_one_document(text) {
        let document = json::parse(text, 0..text.len(), Dialect::Json, Arena::default());
        if document.errors.is_empty() {
            visit(&document);
            return;
        }
    }
    let mut arena = Arena::default();
    let mut index = 0;
    let mut start = 0;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        if !line.trim_matches(['\u{feff}', ' ', '\t', '\r']).is_empty() {
            let room = std::mem::take(&mut arena);
            let mut document = json::parse(text, start..end, Dialect::Json, room);
            document.index = index;
            visit(&document);
            arena = document.tree.into_arena();
            index += 1;
        }
        start = end + 1;
    }
}

/// Whether the text is one document over many lines, in a file with the wrong extension: its first
/// line opens a bracket and holds nothing else.
fn is_one_document(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| matches!(line.trim(), "{" | "["))
}

#[cfg(test)]
mod tests {
    use super::extract;

    fn documents(text: &str) -> Vec<(usize, String, usize)> {
        let mut found = Vec::new();
        extract(text, &mut |document| {
            let raw = document.root().map_or(String::new(), |root| root.raw().to_owned());
            found.push((document.index, raw, document.errors.len()));
        });
        found
    }

    #[test]
    fn a_broken_line_disturbs_no_other() {
        let found = documents("\u{feff}{\"a\": 1}\r\n\r\n{\"b\": \n{\"c\": 3}");
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], (0, "{\"a\": 1}".to_owned(), 0));
        assert_eq!(found[1].2, 1);
        assert_eq!(found[2], (2, "{\"c\": 3}".to_owned(), 0));
    }

    #[test]
    fn one_document_over_many_lines_is_read_as_one() {
        assert_eq!(documents("{\n  \"a\": 1\n}\n").len(), 1);
        assert_eq!(documents("\n").len(), 0);
    }
}
