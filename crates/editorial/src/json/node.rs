//! A JSON document as a tree with the byte range of each key and value.

use std::ops::Range;

/// A value with its byte range.
#[derive(Clone, Debug)]
pub struct Node {
    /// The byte range in the text.
    pub range: Range<usize>,
    /// The kind of value, with its content.
    pub kind: Kind,
}

/// The kinds of values.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Object(Vec<Member>),
    /// A placeholder from a repair, which deserialises as any type. The number is the index of its
    /// text in [`PLACEHOLDER_TEXTS`].
    Placeholder(usize),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key.
    pub key: String,
    /// The byte range of the key.
    pub key_range: Range<usize>,
    /// The value.
    pub value: Node,
}

/// The texts that a placeholder offers where a text is asked for, one after the other.
pub const PLACEHOLDER_TEXTS: [&str; 6] = [
    "",
    "a",
    "2000-01-01T00:00Z",
    "https://a.example/",
    "vi",
    "information",
];

impl Node {
    /// A placeholder.
    pub fn placeholder() -> Self {
        Self {
            range: 0..0,
            kind: Kind::Placeholder(0),
        }
    }

    /// The member with this key.
    pub fn member(&self, key: &str) -> Option<&Member> {
        match &self.kind {
            Kind::Object(members) => members.iter().find(|member| member.key == key),
            _ => None,
        }
    }

    /// The child value with this index, in the order of the text.
    pub fn child(&self, index: usize) -> Option<&Self> {
        match &self.kind {
            Kind::List(items) => items.get(index),
            Kind::Object(members) => members.get(index).map(|member| &member.value),
            _ => None,
        }
    }

    fn child_mut(&mut self, index: usize) -> Option<&mut Self> {
        match &mut self.kind {
            Kind::List(items) => items.get_mut(index),
            Kind::Object(members) => members.get_mut(index).map(|member| &mut member.value),
            _ => None,
        }
    }

    /// The node that `path` leads to, or the last one that it meets.
    pub fn descend(&mut self, path: &[usize]) -> &mut Self {
        let mut node = self;
        for &index in path {
            if node.child(index).is_none() {
                break;
            }
            match node.child_mut(index) {
                Some(child) => node = child,
                None => unreachable!("the child was just seen"),
            }
        }
        node
    }

    /// The placeholder that `path` leads to or through.
    pub fn placeholder_on(&mut self, path: &[usize]) -> Option<&mut Self> {
        if matches!(self.kind, Kind::Placeholder(_)) {
            return Some(self);
        }
        let (&first, rest) = path.split_first()?;
        self.child_mut(first)?.placeholder_on(rest)
    }

    /// Makes a placeholder offer its next text. Returns whether there was one.
    pub fn try_next_text(&mut self) -> bool {
        match &mut self.kind {
            Kind::Placeholder(tried) if *tried + 1 < PLACEHOLDER_TEXTS.len() => {
                *tried += 1;
                true
            }
            _ => false,
        }
    }

    /// Renames a member to the key that was meant. Without such a key, or where the object has that
    /// key already, the member is removed. A node that is no object becomes a placeholder.
    pub fn mend_key(&mut self, index: usize, meant: Option<&str>) {
        let free = meant
            .filter(|&key| self.member(key).is_none())
            .map(str::to_owned);
        match (&mut self.kind, free) {
            (Kind::Object(members), Some(key)) => members[index].key = key,
            (Kind::Object(members), None) => drop(members.remove(index)),
            _ => *self = Self::placeholder(),
        }
    }

    /// Adds a member whose value is a placeholder.
    pub fn insert_placeholder(&mut self, key: &str) {
        if let Kind::Object(members) = &mut self.kind {
            members.push(Member {
                key: key.to_owned(),
                key_range: 0..0,
                value: Self::placeholder(),
            });
        }
    }
}
