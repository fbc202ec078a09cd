//! Reading documents.
//!
//! The native tool writes and reads documents with `serde`. The browser program reads them with
//! [`Read`], which is the same to the letter in what it takes and refuses (`src/content.rs` tests
//! that) and a third of the code: [`parse`] is written once, and every type has a list of its
//! fields ([decision 30](../../../docs/decisions/0030-documents-are-read-by-tables.md)).

/// The depth to which lists and objects may be nested, as in `serde_json`.
const DEPTH: u32 = 127;

/// What a document can hold.
pub trait Read: Sized {
    /// Reads it. `None` where the value is something else.
    fn read(value: Value) -> Option<Self>;
}

/// A value in a JSON text.
#[derive(Debug, PartialEq, Eq)]
pub enum Value {
    /// A field that is not there.
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number; `None` where it is not a whole one from 0 on.
    Number(Option<u64>),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object, in the order of the text.
    Object(Vec<(String, Value)>),
}

/// The fields of an object, in the order of its type.
pub struct FieldValues(std::vec::IntoIter<Value>);

impl FieldValues {
    /// Reads the next field.
    pub fn read<T: Read>(&mut self) -> Option<T> {
        T::read(self.0.next()?)
    }

    /// Reads the next field, which may be missing.
    pub fn read_or<T: Read>(&mut self, default: fn() -> T) -> Option<T> {
        match self.0.next()? {
            Value::Missing => Some(default()),
            value => T::read(value),
        }
    }
}

impl Value {
    /// The fields of an object with no other ones, and none twice.
    pub fn fields(self, names: &[&str]) -> Option<FieldValues> {
        let Self::Object(entries) = self else {
            return None;
        };
        let mut values: Vec<Self> = names.iter().map(|_| Self::Missing).collect();
        for (name, value) in entries {
            let place = &mut values[names.iter().position(|known| *known == name)?];
            if *place != Self::Missing {
                return None;
            }
            *place = value;
        }
        Some(FieldValues(values.into_iter()))
    }

    /// The name of a variant, and what it holds.
    pub fn variant(self) -> Option<(String, Self)> {
        match self {
            Self::Text(name) => Some((name, Self::Missing)),
            Self::Object(mut entries) if entries.len() == 1 => entries.pop(),
            _ => None,
        }
    }

    /// Whether a variant holds nothing.
    pub fn is_unit(&self) -> bool {
        matches!(self, Self::Missing | Self::Null)
    }
}

impl Read for String {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Read for bool {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Truth(truth) => Some(truth),
            _ => None,
        }
    }
}

impl Read for u64 {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => number,
            _ => None,
        }
    }
}

/// Smaller numbers.
macro_rules! narrow {
    ($($number:ty)*) => {$(
        impl Read for $number {
            fn read(value: Value) -> Option<Self> {
                u64::read(value)?.try_into().ok()
            }
        }
    )*};
}
narrow!(u8 u16 u32);

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Missing | Value::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::List(list) => {
                let mut read = Self::with_capacity(list.len());
                for value in list {
                    read.push(T::read(value)?);
                }
                Some(read)
            }
            _ => None,
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Value) -> Option<Self> {
        T::read(value).map(Self::new)
    }
}

/// Parses a JSON text with one value (RFC 8259). `None` where it is none.
pub fn parse(text: &str) -> Option<Value> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let value = parser.value()?;
    parser.space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    /// The next byte.
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// Goes over a word, if it is next.
    fn takes(&mut self, word: &str) -> bool {
        let is_next = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    fn value(&mut self) -> Option<Value> {
        self.space();
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b'[' => {
                let mut list = Vec::new();
                self.nested(b']', |parser| {
                    list.push(parser.value()?);
                    Some(())
                })?;
                Some(Value::List(list))
            }
            b'{' => {
                let mut entries = Vec::new();
                self.nested(b'}', |parser| {
                    parser.space();
                    let name = parser.string()?;
                    parser.space();
                    if !parser.takes(":") {
                        return None;
                    }
                    entries.push((name, parser.value()?));
                    Some(())
                })?;
                Some(Value::Object(entries))
            }
            b'n' => self.takes("null").then_some(Value::Null),
            b't' => self.takes("true").then_some(Value::Truth(true)),
            b'f' => self.takes("false").then_some(Value::Truth(false)),
            _ => self.number(),
        }
    }

    /// The members of a list or an object.
    fn nested(&mut self, end: u8, mut member: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        self.space();
        if self.peek()? == end {
            self.at += 1;
        } else {
            loop {
                member(self)?;
                self.space();
                let next = self.peek()?;
                self.at += 1;
                match next {
                    b',' => {}
                    next if next == end => break,
                    _ => return None,
                }
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn digits(&mut self) -> Option<&str> {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then(|| &self.text[begin..self.at])
    }

    fn number(&mut self) -> Option<Value> {
        let is_negative = self.takes("-");
        let digits = self.digits()?;
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        let mut number = digits.parse().ok().filter(|_| !is_negative);
        if self.takes(".") {
            self.digits()?;
            number = None;
        }
        if self.takes("e") || self.takes("E") {
            let _ = self.takes("+") || self.takes("-");
            self.digits()?;
            number = None;
        }
        Some(Value::Number(number))
    }

    fn string(&mut self) -> Option<String> {
        if !self.takes("\"") {
            return None;
        }
        let mut string = String::new();
        loop {
            let begin = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            string.push_str(&self.text[begin..self.at]);
            if self.takes("\"") {
                return Some(string);
            }
            if !self.takes("\\") {
                return None;
            }
            let escape = self.peek()?;
            self.at += 1;
            string.push(match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.escaped()?,
                _ => return None,
            });
        }
    }

    /// A character as one escape, or as two, which is a surrogate pair.
    fn escaped(&mut self) -> Option<char> {
        let high = self.unit()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        if !self.takes("\\u") {
            return None;
        }
        let low = self
            .unit()?
            .checked_sub(0xDC00)
            .filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + low)
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let are_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| are_hexadecimal)
    }
}
