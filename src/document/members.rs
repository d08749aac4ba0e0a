//! Iterators over what a container holds.

use super::node::{Key, Kind, Member, Node};
use super::tree::Tree;

/// The members of an object.
#[derive(Debug, Clone)]
pub struct Members<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) next: u32,
    pub(super) end: u32,
}

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    fn next(&mut self) -> Option<Member<'t>> {
        if self.next >= self.end {
            return None;
        }
        let key = Key::new(Node::new(self.tree, self.next));
        let value = Node::new(self.tree, self.next + 1);
        self.next = self.tree.raw(self.next + 1).next;
        Some(Member { key, value })
    }
}

/// The elements of an array.
#[derive(Debug, Clone)]
pub struct Elements<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) next: u32,
    pub(super) end: u32,
}

impl<'t> Iterator for Elements<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        if self.next >= self.end {
            return None;
        }
        let element = Node::new(self.tree, self.next);
        self.next = self.tree.raw(self.next).next;
        Some(element)
    }
}

impl<'t> Node<'t> {
    /// The object or array that holds this value, at or below `root`.
    #[must_use]
    pub fn parent_in(self, root: Node<'t>) -> Option<Node<'t>> {
        let index = self.id().index();
        let mut node = root;
        while node.id() != self.id() {
            let inner = match node.kind() {
                Kind::Object => {
                    node.members().map(|member| member.value).find(|value| value.holds(index))
                }
                Kind::Array => node.element_around(self).map(|(_, element)| element),
                _ => None,
            }?;
            if inner.id() == self.id() {
                return Some(node);
            }
            node = inner;
        }
        None
    }
}
