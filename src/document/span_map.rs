//! The way back from a text that is embedded in another to the bytes of the file.

use super::node::{Kind, Node};
use crate::diagnostic::Span;

/// The text that a string holds, with the place in the file of each of its bytes.
///
/// A text between escapes stands in the file as it is, so one entry for each run of it is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanMap {
    text: String,
    /// Where a run begins: in the text, and in the file. In order of both.
    runs: Vec<(usize, usize)>,
    /// Offset in the file just past the text.
    end: usize,
}

impl SpanMap {
    /// The map of the text in a string; `None` where the node is no string.
    #[must_use]
    pub fn of_string(node: Node<'_>) -> Option<Self> {
        if node.kind() != Kind::String {
            return None;
        }
        if let Some(told) = node.told() {
            return Some(told.clone());
        }
        let raw = node.raw();
        let start = node.span().start + usize::from(!node.is_bare());
        let inner =
            if node.is_bare() { raw } else { raw.get(1..raw.len() - 1).unwrap_or_default() };
        let mut text = String::with_capacity(inner.len());
        let mut runs = vec![(0, start)];
        let mut at = 0;
        // Where the syntax has no escapes, a backslash is one.
        while let Some(offset) = inner[at..].find('\\').filter(|_| node.is_escaped()) {
            text.push_str(&inner[at..at + offset]);
            at += offset;
            let length = escape_length(&inner[at..]);
            runs.push((text.len(), start + at));
            text.push_str(&super::text::unescape(&inner[at..at + length]));
            at += length;
            runs.push((text.len(), start + at));
        }
        text.push_str(&inner[at..]);
        Some(Self { text, runs, end: start + inner.len() })
    }

    /// The text, its escapes resolved.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the file the bytes of `span` of the text stand. A byte that an escape stands for is
    /// the whole escape.
    #[must_use]
    pub fn to_file(&self, span: Span) -> Span {
        let start = self.place(span.start);
        let end = if span.is_empty() { start } else { self.place_after(span.end) };
        Span::new(start, end.max(start))
    }

    /// The run that holds `offset`, the last one where an escape stands for nothing.
    fn run_of(&self, offset: usize) -> usize {
        self.runs.partition_point(|(inner, _)| *inner <= offset).saturating_sub(1)
    }

    fn place(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.end;
        }
        let run = self.run_of(offset);
        let (inner, outer) = self.runs[run];
        // Within an escape every byte is the escape's first.
        if self.is_escape(run) { outer } else { outer + offset - inner }
    }

    /// Whether a run is an escape: then its text is shorter than what stands in the file.
    fn is_escape(&self, run: usize) -> bool {
        let (inner, outer) = self.runs[run];
        let (next_inner, next_outer) =
            self.runs.get(run + 1).copied().unwrap_or((self.text.len(), self.end));
        next_inner - inner != next_outer - outer
    }

    /// Where the byte before `offset` ends in the file.
    fn place_after(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.end;
        }
        let run = self.run_of(offset - 1);
        let (inner, outer) = self.runs[run];
        if self.is_escape(run) {
            self.runs.get(run + 1).map_or(self.end, |(_, outer)| *outer)
        } else {
            outer + offset - inner
        }
    }
}

/// Puts together the map of a string whose text is not JSON's: part by part, in order of the file.
#[derive(Debug)]
pub struct SpanMapBuilder {
    map: SpanMap,
    /// Whether the last run stands in the file as it is, and may go on.
    verbatim: bool,
}

impl SpanMapBuilder {
    /// A map of a text whose first byte stands at `start` of the file.
    #[must_use]
    pub fn new(start: usize) -> Self {
        Self { map: SpanMap { text: String::new(), runs: Vec::new(), end: start }, verbatim: false }
    }

    /// Adds `text`, which stands in the file as it is at `start`.
    pub fn verbatim(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        if !self.verbatim || self.map.end != start {
            self.pass_over_to(start);
            self.map.runs.push((self.map.text.len(), start));
        }
        self.map.text.push_str(text);
        self.map.end = start + text.len();
        self.verbatim = true;
    }

    /// Adds `text`, for which the bytes of `span` stand: an escape, a folded line break. Where it is
    /// empty, they stand for nothing.
    pub fn replaced(&mut self, text: &str, span: Span) {
        if span.is_empty() && text.is_empty() {
            return;
        }
        self.pass_over_to(span.start);
        self.map.runs.push((self.map.text.len(), span.start));
        self.map.text.push_str(text);
        self.map.end = span.end;
        self.verbatim = false;
    }

    /// What lies between the parts, such as an indent, belongs to no byte of the text.
    fn pass_over_to(&mut self, start: usize) {
        if self.map.end < start {
            self.map.runs.push((self.map.text.len(), self.map.end));
        }
    }

    /// The map.
    #[must_use]
    pub fn finish(mut self) -> SpanMap {
        if self.map.runs.is_empty() {
            self.map.runs.push((0, self.map.end));
        }
        self.map
    }
}

/// The bytes of the escape that `text` begins with; a pair of surrogates is one.
fn escape_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let unit = |at: usize| {
        (bytes.get(at) == Some(&b'\\') && bytes.get(at + 1) == Some(&b'u'))
            .then(|| text.get(at + 2..at + 6))
            .flatten()
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match unit(0) {
        Some(high) if (0xd800..0xdc00).contains(&high) => {
            let low = unit(6).filter(|low| (0xdc00..0xe000).contains(low));
            if low.is_some() { 12 } else { 6 }
        }
        Some(_) => 6,
        None => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Arena, Builder};

    /// Judges the map of the one string in `json`.
    fn with_map(json: &str, judge: impl Fn(&SpanMap)) {
        let quotes = json.find('"').zip(json.rfind('"'));
        let (start, end) = quotes.expect("a string in quotes");
        let mut builder = Builder::new(json, Arena::default());
        builder.string(true, start, end + 1);
        let tree = builder.finish(json.len());
        judge(&tree.root().and_then(SpanMap::of_string).expect("a string"));
    }

    #[test]
    fn a_place_in_embedded_json_is_found_behind_its_escapes() {
        let json = r#"  "{\"city\": \"W\u00fchan\ud83d\ude00\", \"n\": 12}""#;
        with_map(json, |map| {
            assert_eq!(map.text(), "{\"city\": \"Wühan😀\", \"n\": 12}");
            for (inner, outer) in [
                ("12", "12"),
                ("\"city\"", "\\\"city\\\""),
                ("ü", "\\u00fc"),
                ("😀", "\\ud83d\\ude00"),
                ("han", "han"),
            ] {
                let at = map.text().find(inner).expect("a part of the text");
                let span = map.to_file(Span::new(at, at + inner.len()));
                assert_eq!(span.slice(json), outer);
            }
            assert_eq!(
                map.to_file(Span::new(0, map.text().len())).slice(json),
                &json[3..json.len() - 1]
            );
        });
    }

    #[test]
    fn a_text_put_together_is_found_again_part_by_part() {
        // A folded scalar: the line break stands for a space, the indent for nothing.
        let file = "k: >\n  say \\\"hi\\\"\n  there\n";
        let at = |part: &str| file.find(part).expect("a part of the file");
        let mut parts = SpanMapBuilder::new(at("say"));
        parts.verbatim("say ", at("say"));
        parts.replaced("\"", Span::new(at("\\\"hi"), at("hi")));
        parts.verbatim("hi", at("hi"));
        parts.replaced("\"", Span::new(at("hi") + 2, at("hi") + 4));
        parts.replaced(" ", Span::new(at("hi") + 4, at("hi") + 5));
        parts.verbatim("there", at("there"));
        let map = parts.finish();
        assert_eq!(map.text(), "say \"hi\" there");
        for (inner, outer) in [
            ("say", "say"),
            ("\"", "\\\""),
            ("hi", "hi"),
            (" there", "\n  there"),
            ("there", "there"),
        ] {
            let at = map.text().find(inner).expect("a part of the text");
            assert_eq!(map.to_file(Span::new(at, at + inner.len())).slice(file), outer, "{inner}");
        }
    }

    proptest! {
        #[test]
        fn every_character_is_found_again(text in any::<String>()) {
            // serde_json escapes quotes, backslashes and control characters, and nothing else.
            let json = serde_json::to_string(&text).expect("JSON");
            with_map(&json, |map| {
                assert_eq!(map.text(), text);
                for (at, character) in text.char_indices() {
                    let span = map.to_file(Span::new(at, at + character.len_utf8()));
                    let again: String = serde_json::from_str(&format!("\"{}\"", span.slice(&json))).expect("a character");
                    assert_eq!(again, character.to_string());
                }
            });
        }
    }
}
