//! From the layout to the tree.

use super::layout::{Item, Layout, NONE, ROOT, What};
use super::{scalars, strings};
use crate::document::Builder;

/// A container whose content is being added: the next item, and how far its content reaches.
struct Frame {
    next: u32,
    end: usize,
}

/// Adds the document's object, where there is any content. Iterative: the depth is the file's.
pub fn emit(layout: &Layout<'_>, text: &str, builder: &mut Builder<'_>) {
    let root = &layout.items[ROOT as usize];
    let Some(first) = layout.items.get(root.first as usize) else { return };
    builder.open(true, beginning(first));
    let mut frames = vec![Frame { next: root.first, end: 0 }];
    while let Some(frame) = frames.last_mut() {
        let Some(item) = layout.items.get(frame.next as usize) else {
            let end = frame.end;
            builder.close(end);
            frames.pop();
            if let Some(parent) = frames.last_mut() {
                parent.end = parent.end.max(end);
            }
            continue;
        };
        frame.next = item.next;
        if let Some((span, encoding)) = item.key {
            strings::emit(builder, text, true, span, encoding);
        }
        let next = if item.first == NONE { NONE } else { item.first };
        match item.what {
            What::Scalar(encoding) => {
                frame.end = frame.end.max(item.span.end);
                scalars::emit(builder, text, item.span, encoding);
            }
            What::Array | What::Tables => {
                builder.open(false, item.span.start);
                frames.push(Frame { next, end: item.span.end });
            }
            What::Table(_) => {
                builder.open(true, item.span.start);
                frames.push(Frame { next, end: item.span.end });
            }
        }
    }
}

/// Where a member of the root begins: at its header, or at its key.
fn beginning(item: &Item) -> usize {
    let key = item.key.map_or(item.span.start, |(span, _)| span.start);
    key.min(item.span.start)
}
