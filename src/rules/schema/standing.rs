//! How sure a constraint is that its schema does not mark.

use std::collections::HashMap;

use crate::document::{Node, pointer};
use crate::knowledge::{SchemaSet, Violation, standing};

/// Makes each violation whose constraint is not marked as sure as the field that it stands in: a shape
/// that protocols share is as firm as the word of the provider that takes it.
pub fn inherit(violations: &mut [Violation], schemas: &SchemaSet, uri: &str, root: Node<'_>) {
    let mut known = HashMap::new();
    for violation in violations {
        if violation.stated_confidence().is_some() {
            continue;
        }
        let place = root.tree().node(violation.node).pointer_from(root);
        // Fields alone lead through the schemas; lists are stepped into.
        let names = pointer::names_only(&place);
        let confidence = *known.entry(names).or_insert_with_key(|names| {
            let steps: Vec<_> = names.split('/').skip(1).map(pointer::unescape).collect();
            let steps: Vec<&str> =
                steps.iter().map(AsRef::as_ref).filter(|step| *step != "*").collect();
            standing(schemas, uri, &steps)?.confidence
        });
        if let Some(confidence) = confidence {
            violation.stand_on(confidence);
        }
    }
}
