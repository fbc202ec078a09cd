//! Edits of JSON that change what they are about and nothing else: the order of keys, indents, ends
//! of lines, escapes and everything untouched stay as they were, byte for byte. What is written anew
//! looks like what stands around it.

mod layout;

use crate::pointer::{Pointer, index};
use editorial::diagnostics::Message;
use editorial::json::{self, Kind, Node};
use editorial::message;
use layout::Layout;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::ops::Range;

/// One change of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Operation {
    /// Gives a place this value. A key that is not there yet is added.
    Set {
        /// The place.
        at: Pointer,
        /// The value.
        value: Value,
    },
    /// Takes a key or an entry of a list away.
    Remove {
        /// The place.
        at: Pointer,
    },
    /// Puts an entry into a list, before the one that has this index now.
    Insert {
        /// The place; the index after the last one is the end.
        at: Pointer,
        /// The entry.
        value: Value,
    },
    /// Moves an entry of a list to another index of it.
    Move {
        /// The entry.
        from: Pointer,
        /// Its index afterwards.
        to: usize,
    },
}

/// Why a change cannot be made. Nothing was changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The text is not JSON.
    NoJson,
    /// A key is there twice, so that it is not clear which one is meant.
    Twice,
    /// Nothing stands at this place that could be changed so.
    NoPlace(Pointer),
}

impl Refused {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::NoJson => message!("the file is not JSON"),
            Self::Twice => message!("a key is there twice in the file"),
            Self::NoPlace(at) => message!(
                "nothing that could be changed so stands at {at}",
                at = at.to_string()
            ),
        }
    }
}

/// The keys of an object in the order in which people write them: where a new key is put. An empty
/// list has new keys at the end.
pub type Order<'a> = &'a dyn Fn(&Pointer) -> Vec<String>;

/// Makes changes, one after the other.
///
/// # Errors
/// Where one cannot be made.
pub fn apply(text: &str, operations: &[Operation], order: Order<'_>) -> Result<String, Refused> {
    let mut text = text.to_owned();
    for operation in operations {
        text = one(&text, operation, order)?;
    }
    Ok(text)
}

fn one(text: &str, operation: &Operation, order: Order<'_>) -> Result<String, Refused> {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let (root, repeated) = json::parsed(text).ok_or(Refused::NoJson)?;
    if repeated {
        return Err(Refused::Twice);
    }
    let patch = Patch {
        text,
        root: &root,
        layout: Layout::of(text, &root),
    };
    let edits = match operation {
        Operation::Set { at, value } => patch.set(at, value, order)?,
        Operation::Remove { at } => patch.remove(at)?,
        Operation::Insert { at, value } => patch.insert(at, value)?,
        Operation::Move { from, to } => patch.shift(from, *to)?,
    };
    Ok(format!("{mark}{}", spliced(text, edits)))
}

/// The text with ranges replaced, which are in order and do not overlap.
fn spliced(text: &str, edits: Vec<(Range<usize>, String)>) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut done = 0;
    for (range, new) in edits {
        changed.push_str(&text[done..range.start]);
        changed.push_str(&new);
        done = range.end;
    }
    changed.push_str(&text[done..]);
    changed
}

/// The ranges of a text that are replaced, and by what.
type Edits = Vec<(Range<usize>, String)>;

/// A document that is being changed.
struct Patch<'a> {
    text: &'a str,
    root: &'a Node,
    layout: Layout<'a>,
}

impl Patch<'_> {
    fn set(&self, at: &Pointer, value: &Value, order: Order<'_>) -> Result<Edits, Refused> {
        let refused = || Refused::NoPlace(at.clone());
        if let Some(node) = at.find(self.root) {
            if is_same(node, value) {
                return Ok(Vec::new());
            }
            let new = self.layout.in_place_of(node, value);
            return Ok(vec![(node.range.clone(), new)]);
        }
        let (above, key) = at.parent().ok_or_else(refused)?;
        let object = above.find(self.root).ok_or_else(refused)?;
        let Kind::Object(members) = &object.kind else {
            return Err(refused());
        };
        let keys: Vec<&str> = members.iter().map(|member| member.key.as_str()).collect();
        let place = place_among(&keys, key, &order(&above));
        let ranges: Vec<Range<usize>> = members
            .iter()
            .map(|member| member.key_range.start..member.value.range.end)
            .collect();
        Ok(self
            .layout
            .added(&object.range, &ranges, place, |base, wide| {
                format!(
                    "{}{}{}",
                    layout::literal(key),
                    self.layout.colon,
                    self.layout.written(value, base, wide)
                )
            }))
    }

    fn remove(&self, at: &Pointer) -> Result<Edits, Refused> {
        let refused = || Refused::NoPlace(at.clone());
        let (above, part) = at.parent().ok_or_else(refused)?;
        let around = above.find(self.root).ok_or_else(refused)?;
        let (ranges, place) = match &around.kind {
            Kind::Object(members) => (
                members
                    .iter()
                    .map(|member| member.key_range.start..member.value.range.end)
                    .collect::<Vec<_>>(),
                members.iter().position(|member| member.key == part),
            ),
            Kind::List(items) => (
                items.iter().map(|item| item.range.clone()).collect(),
                index(part),
            ),
            _ => return Err(refused()),
        };
        let place = place.filter(|place| *place < ranges.len());
        let range = match place.ok_or_else(refused)? {
            0 if ranges.len() == 1 => around.range.start + 1..around.range.end - 1,
            0 => ranges[0].start..ranges[1].start,
            place => ranges[place - 1].end..ranges[place].end,
        };
        Ok(vec![(range, String::new())])
    }

    fn insert(&self, at: &Pointer, value: &Value) -> Result<Edits, Refused> {
        let (list, place) = self.entry(at)?;
        let Kind::List(items) = &list.kind else {
            return Err(Refused::NoPlace(at.clone()));
        };
        if place > items.len() {
            return Err(Refused::NoPlace(at.clone()));
        }
        let ranges: Vec<Range<usize>> = items.iter().map(|item| item.range.clone()).collect();
        let is_like = |item: &&Node| matches!(item.kind, Kind::Object(_) | Kind::List(_));
        let narrow = items
            .iter()
            .find(is_like)
            .is_some_and(|item| !self.text[item.range.clone()].contains('\n'));
        Ok(self
            .layout
            .added(&list.range, &ranges, place, |base, wide| {
                self.layout.written(value, base, wide && !narrow)
            }))
    }

    fn shift(&self, from: &Pointer, to: usize) -> Result<Edits, Refused> {
        let (list, place) = self.entry(from)?;
        let Kind::List(items) = &list.kind else {
            return Err(Refused::NoPlace(from.clone()));
        };
        if place >= items.len() || to >= items.len() {
            return Err(Refused::NoPlace(from.clone()));
        }
        let mut order: Vec<usize> = (0..items.len()).collect();
        let moved = order.remove(place);
        order.insert(to, moved);
        // What stands between the entries stays between the places.
        let edits = items.iter().zip(&order).map(|(item, other)| {
            let other = &self.text[items[*other].range.clone()];
            (item.range.clone(), other.to_owned())
        });
        Ok(edits.collect())
    }

    /// The value that an entry is in, and the entry's index.
    fn entry(&self, at: &Pointer) -> Result<(&Node, usize), Refused> {
        let refused = || Refused::NoPlace(at.clone());
        let (above, part) = at.parent().ok_or_else(refused)?;
        let list = above.find(self.root).ok_or_else(refused)?;
        Ok((list, index(part).ok_or_else(refused)?))
    }
}

/// Where a new key is put among those that are there: behind the last of those that people write
/// before it. A key that nobody knows is put at the end.
fn place_among(keys: &[&str], new: &str, order: &[String]) -> usize {
    let rank = |key: &str| order.iter().position(|known| known == key);
    let Some(own) = rank(new) else {
        return keys.len();
    };
    let before = |key: &&str| *key == "$schema" || rank(key).is_some_and(|rank| rank < own);
    keys.iter().rposition(before).map_or(0, |last| last + 1)
}

/// Whether a value in a document is this one. The order of keys has no say.
fn is_same(node: &Node, value: &Value) -> bool {
    match (&node.kind, value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Boolean(one), Value::Bool(other)) => one == other,
        (Kind::Number(one), Value::Number(other)) => {
            serde_json::from_str::<Value>(one).is_ok_and(|one| one == Value::Number(other.clone()))
        }
        (Kind::Text(one), Value::String(other)) => one == other,
        (Kind::List(items), Value::Array(others)) => {
            items.len() == others.len()
                && items
                    .iter()
                    .zip(others)
                    .all(|(one, other)| is_same(one, other))
        }
        (Kind::Object(members), Value::Object(others)) => {
            let same = |member: &json::Member| {
                others
                    .get(&member.key)
                    .is_some_and(|other| is_same(&member.value, other))
            };
            members.len() == others.len() && members.iter().all(same)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
