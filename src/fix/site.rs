//! Where an edit is made: a document in its text, and what stands around a node.

use crate::diagnostic::Span;
use crate::document::{Kind, Member, Node, NodeId, Tree};
use crate::extract::Syntax;

/// A document and the text that it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Site<'t> {
    /// The syntax of the text.
    pub syntax: Syntax,
    /// The document.
    pub tree: &'t Tree<'t>,
    /// Its comments, in order of the text.
    pub comments: &'t [Span],
}

/// A member in its object.
pub struct Spot<'t> {
    /// The object.
    pub object: Node<'t>,
    /// All its members.
    pub members: Vec<Member<'t>>,
    /// Which of them.
    pub at: usize,
}

impl<'t> Spot<'t> {
    /// The member.
    pub fn member(&self) -> &Member<'t> {
        &self.members[self.at]
    }

    /// The member behind it.
    pub fn next(&self) -> Option<&Member<'t>> {
        self.members.get(self.at + 1)
    }

    /// The member before it.
    pub fn before(&self) -> Option<&Member<'t>> {
        self.at.checked_sub(1).map(|at| &self.members[at])
    }
}

impl<'t> Site<'t> {
    /// The document of `tree` with its `comments`, in a text of this syntax.
    #[must_use]
    pub fn new(syntax: Syntax, tree: &'t Tree<'t>, comments: &'t [Span]) -> Self {
        Self { syntax, tree, comments }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.tree.text()
    }

    /// The node that can be edited by this name: it stands in the text once, and is known.
    pub fn node(&self, id: NodeId) -> Option<Node<'t>> {
        self.written(id).filter(|node| !node.is_hole())
    }

    /// As [`Site::node`], where something may be filled in later.
    pub fn written(&self, id: NodeId) -> Option<Node<'t>> {
        self.tree.root()?;
        let node = self.tree.node(id);
        (!self.is_shared(node.span())).then_some(node)
    }

    /// The member whose value has this name, where its key and its value stand in the text once, in order.
    pub fn spot(&self, value: NodeId) -> Option<Spot<'t>> {
        let root = self.tree.root()?;
        let node = self.tree.node(value);
        let object = node.parent_in(root).filter(|parent| parent.kind() == Kind::Object)?;
        let members: Vec<_> = object.members().collect();
        let at = members.iter().position(|member| member.value.id() == value)?;
        let key = members[at].key.span();
        let written = !self.is_shared(key) && !self.is_shared(node.span());
        // Members that another mapping gives do not stand where the object does.
        let in_order =
            members.windows(2).all(|pair| pair[0].key.span().end <= pair[1].key.span().start);
        (written && in_order).then_some(Spot { object, members, at })
    }

    /// Whether the bytes say something at several places of the document, as what an alias repeats does.
    pub fn is_shared(&self, span: Span) -> bool {
        // Only an alias repeats anything.
        self.syntax == Syntax::Yaml && self.text().contains('*') && self.tree.is_repeated(span)
    }

    /// Whether anything at or below `node` is written elsewhere too.
    pub fn holds_shared(&self, node: Node<'_>) -> bool {
        self.syntax == Syntax::Yaml
            && node.walk().any(|inner| {
                self.is_shared(inner.span())
                    || inner.members().any(|member| self.is_shared(member.key.span()))
            })
    }

    /// Whether an object's members stand in braces, with commas between.
    pub fn is_flow(&self, object: Node<'_>) -> bool {
        object.raw().starts_with('{')
    }

    /// Whether a container is written in brackets, and its bytes are its own alone. A table of TOML, and a
    /// list of them, begins with its header.
    pub fn has_brackets(&self, container: Node<'_>) -> bool {
        let raw = container.raw();
        match container.kind() {
            Kind::Object => raw.starts_with('{'),
            Kind::Array if self.syntax == Syntax::Toml => {
                let first = container.elements().next();
                let is_headed =
                    |first: Node<'_>| first.kind() == Kind::Object && !first.raw().starts_with('{');
                raw.starts_with('[') && !first.is_some_and(is_headed)
            }
            _ => raw.starts_with('['),
        }
    }

    /// Offset of the first byte of the line that holds `at`.
    pub fn line_start(&self, at: usize) -> usize {
        self.text()[..at].rfind('\n').map_or(0, |offset| offset + 1)
    }

    /// Offset of the end of the line that holds `at`, its break left out.
    pub fn line_end(&self, at: usize) -> usize {
        let text = self.text();
        let end = text[at..].find('\n').map_or(text.len(), |offset| at + offset);
        if end > at && text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end }
    }

    /// Offset just past the line break at `end`, where one is.
    pub fn past_break(&self, end: usize) -> usize {
        let rest = &self.text()[end..];
        end + ["\r\n", "\n"].iter().find(|one| rest.starts_with(**one)).map_or(0, |one| one.len())
    }

    /// The line break that the text uses.
    pub fn line_break(&self) -> &'static str {
        match self.text().find('\n') {
            Some(at) if self.text()[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// What stands before `at` on its line, where that is blank. A line may be a whole file long, so it is
    /// not looked at as a whole.
    pub fn indent(&self, at: usize) -> Option<&'t str> {
        let before = &self.text()[..at];
        let start = before.trim_end_matches([' ', '\t']).len();
        let begins = start == 0 || before[..start].ends_with('\n');
        begins.then(|| &before[start..])
    }

    /// The blanks that follow at `at`.
    pub fn blanks(&self, at: usize) -> usize {
        self.text().as_bytes()[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// Where the line ends, if nothing but blanks follows at `at`: before its break, or at the end of the
    /// text.
    pub fn ends_at(&self, at: usize) -> Option<usize> {
        let end = at + self.blanks(at);
        let rest = &self.text()[end..];
        (rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n")).then_some(end)
    }

    /// Whether a comment lies in `span`.
    pub fn has_comment(&self, span: Span) -> bool {
        let after = self.comments.partition_point(|comment| comment.end <= span.start);
        self.comments.get(after).is_some_and(|comment| comment.start < span.end)
    }

    /// The comma that follows at `from`, over white space and comments.
    pub fn comma(&self, from: usize) -> Option<usize> {
        let bytes = self.text().as_bytes();
        let mut at = from;
        loop {
            match bytes.get(at)? {
                b',' => return Some(at),
                b' ' | b'\t' | b'\n' | b'\r' => at += 1,
                _ => {
                    let found = self.comments.binary_search_by_key(&at, |comment| comment.start);
                    at = self.comments[found.ok()?].end;
                }
            }
        }
    }

    /// How far a value reaches: a container without brackets as far as what it holds.
    pub fn end_of(&self, value: Node<'_>) -> usize {
        let ends = value.walk().filter(|inner| {
            !matches!(inner.kind(), Kind::Object | Kind::Array) || self.has_brackets(*inner)
        });
        ends.map(|inner| inner.span().end).max().unwrap_or(value.span().end)
    }
}

/// Whether a text is nothing but spaces and tabs.
pub fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}
