//! Where the elements of long arrays stand, so that a pointer into one costs no walk along it.

use std::collections::HashMap;

use super::tree::{Raw, RawKind};

/// Arrays shorter than this are walked.
const LONG: usize = 64;

/// The elements of every long array of a tree, by the array's index.
#[derive(Debug, Default)]
pub(super) struct ElementTable(HashMap<u32, Vec<u32>>);

impl ElementTable {
    /// Whether the elements of an array of this length stand in the table.
    pub fn holds(length: usize) -> bool {
        length >= LONG
    }

    /// The table for `nodes`: one pass over them.
    pub fn of(nodes: &[Raw]) -> Self {
        let mut table = HashMap::new();
        for (index, node) in (0_u32..).zip(nodes) {
            if node.kind() == RawKind::Array && Self::holds(node.count()) {
                let first = (index + 1 < node.next).then_some(index + 1);
                let after = |&at: &u32| {
                    let next = nodes[at as usize].next;
                    (next < node.next).then_some(next)
                };
                table.insert(index, std::iter::successors(first, after).collect());
            }
        }
        Self(table)
    }

    /// The element number `position` of the array at `index`.
    pub fn element(&self, index: u32, position: usize) -> Option<u32> {
        self.0.get(&index)?.get(position).copied()
    }

    /// The number and the index of the element at or above `inner` in the array at `index`.
    pub fn around(&self, index: u32, inner: u32) -> Option<(usize, u32)> {
        let elements = self.0.get(&index)?;
        let position = elements.partition_point(|&element| element <= inner).checked_sub(1)?;
        Some((position, elements[position]))
    }
}
