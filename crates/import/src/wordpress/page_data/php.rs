//! Reads PHP's serialised form: `a:1:{s:4:"text";s:1:"x";}`.

use serde_json::{Map, Value};

/// How deep values may stand in each other.
const MOST_DEEP: usize = 60;

/// The value of a serialised text; `None` where it is damaged.
pub(super) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text };
    reader.value(MOST_DEEP)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn value(&mut self, deep: usize) -> Option<Value> {
        let deep = deep.checked_sub(1)?;
        let kind = self.until(if self.rest.starts_with('N') { ';' } else { ':' })?;
        Some(match kind {
            "N" => Value::Null,
            "s" => {
                let text = self.text()?.to_owned();
                self.skip(";")?;
                Value::String(text)
            }
            "a" => self.members(deep)?,
            "O" => {
                self.text()?;
                self.skip(":")?;
                self.members(deep)?
            }
            "i" | "d" | "b" => Value::String(self.until(';')?.to_owned()),
            _ => return None,
        })
    }

    /// `2:{key;value;key;value;}`
    fn members(&mut self, deep: usize) -> Option<Value> {
        let count: usize = self.until(':')?.parse().ok()?;
        self.skip("{")?;
        let mut members = Map::new();
        for _ in 0..count {
            let key = self.value(deep)?.as_str()?.to_owned();
            members.insert(key, self.value(deep)?);
        }
        self.skip("}")?;
        Some(Value::Object(members))
    }

    /// `4:"text"`, of which the number counts bytes.
    fn text(&mut self) -> Option<&'a str> {
        let length: usize = self.until(':')?.parse().ok()?;
        self.skip("\"")?;
        let text = self.rest.get(..length)?;
        self.rest = &self.rest[length..];
        self.skip("\"")?;
        Some(text)
    }

    fn until(&mut self, end: char) -> Option<&'a str> {
        let (before, after) = self.rest.split_once(end)?;
        self.rest = after;
        Some(before)
    }

    fn skip(&mut self, sign: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }
}
