//! The document tree, as the `jsonschema` crate sees it: judged where it stands, converted nowhere.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use jsonschema_value::LazyInstance;
use serde_json::{Number, Value};

use crate::document::{self, Builder, Kind, Node};

/// The representation: handles on nodes of a tree.
pub struct TreeJson;

impl Json for TreeJson {
    type Node<'a> = Node<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = String;

    // Members lie in a row: one pass over them costs no more than one look-up.
    const KEYS_PER_LOOKUP: usize = 1;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut String, string: &str, f: impl FnOnce(Node<'_>) -> T) -> T {
        buffer.clear();
        buffer.push_str(string);
        let mut builder = Builder::new(buffer, document::Arena::default());
        builder.bare(false, 0, buffer.len());
        let tree = builder.finish(buffer.len());
        f(tree.node(document::NodeId::default()))
    }
}

/// An object, its duplicate keys taken once, with their last value.
#[derive(Debug, Clone, Copy)]
pub struct TreeObject<'a>(Node<'a>);

impl<'a> Object<'a, TreeJson> for TreeObject<'a> {
    type Node = Node<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = TreeMembers<'a>;

    // Duplicates count; a schema that counts members is a user's, and duplicates are told anyway.
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: &Box<str>) -> Option<Node<'a>> {
        self.0.get(key)
    }

    fn members(&self) -> TreeMembers<'a> {
        TreeMembers { object: self.0, members: self.0.members() }
    }
}

/// The members of an object, those left out whose key comes again.
pub struct TreeMembers<'a> {
    object: Node<'a>,
    members: document::Members<'a>,
}

/// Up to this many members it costs nothing to look whether a key comes again. In a larger object the
/// first of two values is judged too, rather than spend a quadratic time on it.
const FEW: usize = 64;

impl<'a> Iterator for TreeMembers<'a> {
    type Item = (Cow<'a, str>, Node<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let member = self.members.next()?;
            let again = self.object.len() <= FEW
                && self.members.clone().any(|later| later.key.is_same(&member.key));
            if !again {
                return Some((member.key.name(), member.value));
            }
        }
    }
}

/// An array.
#[derive(Debug, Clone, Copy)]
pub struct TreeArray<'a>(Node<'a>);

impl<'a> Array<'a, TreeJson> for TreeArray<'a> {
    type Node = Node<'a>;
    type ElementsIter = document::Elements<'a>;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn elements(&self) -> document::Elements<'a> {
        self.0.elements()
    }
}

/// A number, by its text.
#[derive(Debug, Clone, Copy)]
pub struct TreeNumber<'a>(Node<'a>);

impl JsonNumber for TreeNumber<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.as_u64()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.number_text().unwrap_or("0"))
    }

    fn to_number(&self) -> Cow<'_, Number> {
        let text = self.0.number_text().unwrap_or("0");
        let number = text.parse().ok().or_else(|| Number::from_f64(self.0.as_f64()?));
        Cow::Owned(number.unwrap_or_else(|| Number::from(0)))
    }

    fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    fn is_written_as_integer(&self) -> bool {
        self.0.number_text().is_some_and(|text| !text.contains(['.', 'e', 'E']))
    }
}

impl<'a> JsonNode<'a, TreeJson> for Node<'a> {
    type Object = TreeObject<'a>;
    type Array = TreeArray<'a>;
    type Number = TreeNumber<'a>;

    fn as_object(&self) -> Option<TreeObject<'a>> {
        (self.kind() == Kind::Object).then_some(TreeObject(*self))
    }

    fn as_array(&self) -> Option<TreeArray<'a>> {
        (self.kind() == Kind::Array).then_some(TreeArray(*self))
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        (*self).as_str()
    }

    fn as_number(&self) -> Option<TreeNumber<'a>> {
        (self.kind() == Kind::Number).then_some(TreeNumber(*self))
    }

    fn as_boolean(&self) -> Option<bool> {
        (*self).as_bool()
    }

    fn is_null(&self) -> bool {
        (*self).is_null()
    }

    fn is_number(&self) -> bool {
        self.kind() == Kind::Number
    }

    fn is_string(&self) -> bool {
        self.kind() == Kind::String
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null => JsonType::Null,
            Kind::Bool => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn string_length_within(&self, min: u64, max: u64) -> Option<bool> {
        if self.kind() != Kind::String {
            return None;
        }
        // A character takes one to four bytes, escaped up to twelve: mostly that decides it.
        if let Some(bytes) = self.text_bytes().map(|bytes| bytes as u64) {
            if bytes < min || bytes.div_ceil(12) > max {
                return Some(false);
            }
            if min <= bytes.div_ceil(12) && bytes <= max {
                return Some(true);
            }
        }
        self.string_length().map(|length| (min..=max).contains(&length))
    }

    fn equals_value(&self, expected: &Value) -> bool {
        equals(*self, expected)
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(to_value(*self))
    }

    /// Errors are worded from the tree, never from the value in them: to make one would copy the body.
    fn lazy_value(&self) -> LazyInstance<'a> {
        LazyInstance::Ready(Cow::Owned(Value::Null))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let address = std::ptr::from_ref(self.tree()).addr();
        Some(NodeIdentity::tagged(address, self.id().index()))
    }
}

/// Whether a node equals a value of a schema; numbers compare mathematically.
fn equals(node: Node<'_>, expected: &Value) -> bool {
    match expected {
        Value::Null => node.is_null(),
        Value::Bool(expected) => node.as_bool() == Some(*expected),
        Value::String(expected) => node.as_str().is_some_and(|text| text == expected.as_str()),
        Value::Number(_) => {
            node.kind() == Kind::Number && jsonschema::json::cmp::equal(&to_value(node), expected)
        }
        Value::Array(expected) => {
            node.kind() == Kind::Array
                && node.len() == expected.len()
                && node.elements().zip(expected).all(|(node, expected)| equals(node, expected))
        }
        Value::Object(expected) => {
            node.kind() == Kind::Object
                && node.members().all(|member| expected.contains_key(member.key.name().as_ref()))
                && expected.iter().all(|(name, expected)| {
                    node.get(name).is_some_and(|node| equals(node, expected))
                })
        }
    }
}

/// A copy of a value. Only `uniqueItems`, a schema's numbers and a schema in a document ask for one;
/// the tree's depth is limited, and so is this recursion.
pub fn to_value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool => Value::Bool(node.as_bool().unwrap_or_default()),
        Kind::Number => Value::Number(TreeNumber(node).to_number().into_owned()),
        Kind::String => Value::String(node.as_str().unwrap_or_default().into_owned()),
        Kind::Array => node.elements().map(to_value).collect(),
        Kind::Object => {
            let members = node.members();
            Value::Object(
                members
                    .map(|member| (member.key.name().into_owned(), to_value(member.value)))
                    .collect(),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use jsonschema::json::conformance;

    use super::*;
    use crate::extract::{Syntax, extract};

    #[test]
    fn the_tree_fulfils_the_validators_contract() {
        let text = conformance::document().to_string();
        let mut seen = false;
        extract(Syntax::Json, &text, &mut |document| {
            if let Some(root) = document.root() {
                conformance::assert_conformance::<TreeJson>(&root);
                seen = true;
            }
        });
        assert!(seen);
    }
}
