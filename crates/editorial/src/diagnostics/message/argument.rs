//! What stands in the places of a message.

use super::Message;
use model::{Address, Day, Moment, Slug};
use std::borrow::Cow;
use std::str::EscapeDebug;

/// What stands in a place of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Words that are said in each language.
    Said(Message),
    /// A name, a number or an editor's own text: the same in all languages.
    Plain(String),
    /// Characters to be written: as JSON has them, or as they are for whoever writes in a field.
    Typed(String),
}

/// Characters that somebody is to write into a text, such as `\*`. In a file, JSON doubles their
/// backslashes; in a field of the desk nothing does.
pub struct Typed<'a>(pub &'a str);

impl ToArgument for Typed<'_> {
    fn to_argument(&self) -> Argument {
        Argument::Typed(self.0.to_owned())
    }
}

impl Argument {
    pub(super) fn in_lang(&self, lang: model::Lang) -> String {
        match self {
            Self::Said(message) => message.in_lang(lang),
            Self::Plain(text) => text.clone(),
            Self::Typed(text) => text.replace('\\', "\\\\").replace('"', "\\\""),
        }
    }

    pub(super) fn for_fields(self) -> Self {
        match self {
            Self::Said(message) => Self::Said(message.for_fields()),
            Self::Plain(text) | Self::Typed(text) => Self::Plain(text),
        }
    }

    pub(super) fn with_plain(self, change: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Said(message) => Self::Said(message.with_plain(change)),
            Self::Plain(text) => Self::Plain(change(&text)),
            Self::Typed(text) => Self::Typed(text),
        }
    }
}

/// Whatever can stand in a place of a message.
pub trait ToArgument {
    /// The argument.
    fn to_argument(&self) -> Argument;
}

impl ToArgument for Message {
    fn to_argument(&self) -> Argument {
        Argument::Said(self.clone())
    }
}

impl ToArgument for Option<Message> {
    fn to_argument(&self) -> Argument {
        self.as_ref()
            .map_or_else(|| Argument::Plain(String::new()), Message::to_argument)
    }
}

impl<T: ToArgument + ?Sized> ToArgument for &T {
    fn to_argument(&self) -> Argument {
        (**self).to_argument()
    }
}

/// What is written as it is.
macro_rules! plain {
    ($($kind:ty),*) => {
        $(impl ToArgument for $kind {
            fn to_argument(&self) -> Argument {
                Argument::Plain(self.to_string())
            }
        })*
    };
}

plain!(
    str,
    String,
    Cow<'_, str>,
    char,
    bool,
    u8,
    u16,
    u32,
    u64,
    usize,
    i64,
    f32,
    f64,
    EscapeDebug<'_>,
    Day,
    Moment,
    Slug
);

impl ToArgument for Address {
    fn to_argument(&self) -> Argument {
        Argument::Plain(self.as_str().to_owned())
    }
}
