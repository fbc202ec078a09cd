//! As much of JSON as the summary of a build needs. Only what a program of ours wrote is read.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in its order.
    Object(Vec<(String, Value)>),
    /// `null`, `true` or `false`, none of which says anything here.
    Other,
}

impl Value {
    /// Reads a text; `None` where it is no JSON, or has a string with an escape.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim_start();
        let value = value(&mut rest)?;
        rest.trim().is_empty().then_some(value)
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The number of a key.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn value(rest: &mut &str) -> Option<Value> {
    match rest.chars().next()? {
        '{' => sequence(rest, '}', |rest| {
            let key = string(rest)?;
            expect(rest, ":")?;
            Some((key, value(rest)?))
        })
        .map(Value::Object),
        '[' => sequence(rest, ']', value).map(Value::List),
        '"' => string(rest).map(Value::Text),
        'n' => expect(rest, "null").map(|()| Value::Other),
        't' => expect(rest, "true").map(|()| Value::Other),
        'f' => expect(rest, "false").map(|()| Value::Other),
        _ => {
            let end = rest.find(|letter: char| !(letter.is_ascii_digit() || "+-.eE".contains(letter)));
            let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
            *rest = after.trim_start();
            number.parse().ok().map(Value::Number)
        }
    }
}

/// What stands between two brackets, with commas between.
fn sequence<T>(rest: &mut &str, end: char, one: impl Fn(&mut &str) -> Option<T>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    *rest = rest[1..].trim_start();
    while !rest.starts_with(end) {
        if !all.is_empty() {
            expect(rest, ",")?;
        }
        all.push(one(rest)?);
    }
    *rest = rest[1..].trim_start();
    Some(all)
}

fn string(rest: &mut &str) -> Option<String> {
    let (text, after) = rest.strip_prefix('"')?.split_once('"')?;
    *rest = after.trim_start();
    (!text.contains('\\')).then(|| text.to_owned())
}

fn expect(rest: &mut &str, text: &str) -> Option<()> {
    *rest = rest.strip_prefix(text)?.trim_start();
    Some(())
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_summary_is_read() {
        let text =
            r#" {"pages": 12, "none": null, "stages": [{"name": "pages", "seconds": 1.5e-1}, {}], "bytes": -3 } "#;
        let value = Value::read(text).unwrap();
        assert_eq!(value.number("pages"), Some(12.0));
        let Some(Value::List(stages)) = value.get("stages") else { panic!("no stages") };
        assert_eq!((stages[0].text("name"), stages[0].number("seconds")), (Some("pages"), Some(0.15)));
        assert_eq!(stages[1], Value::Object(Vec::new()));
        assert_eq!((value.number("bytes"), value.get("none")), (Some(-3.0), Some(&Value::Other)));
    }

    #[test]
    fn what_is_no_json_is_no_value() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "[1 2]", "{} x", "\"a\\n\"", "nul"] {
            assert_eq!(Value::read(text), None, "{text}");
        }
    }
}
