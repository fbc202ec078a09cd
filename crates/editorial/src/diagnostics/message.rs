//! Messages as data: an English sentence with named places, and what stands in them. The catalogue
//! has the same sentence in the other languages ([decision 44](../../../../docs/decisions/0044-messages-in-five-languages.md)).

mod argument;
mod catalogue;

pub use argument::{Argument, ToArgument, Typed};

use model::Lang;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A sentence for an editor. It reads as its English text; [`Self::in_lang`] gives the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    english: Cow<'static, str>,
    /// The English sentence with its places; empty where the text is in no catalogue.
    template: &'static str,
    /// What stands in the places, by their names.
    arguments: Vec<(&'static str, Argument)>,
}

/// A message: an English sentence, and what stands in its places.
///
/// ```
/// use editorial::message;
/// let name = "harbour";
/// let message = message!("the picture \"{name}\" is {state}", name, state = message!("missing"));
/// assert_eq!(&*message, "the picture \"harbour\" is missing");
/// ```
///
/// A place is a name of small letters in braces; all other braces stand for themselves. A place
/// without an argument, and an argument without a place, do not compile. The sentence is translated
/// in `crates/editorial/messages/`.
#[macro_export]
macro_rules! message {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::diagnostics::message::Message::new(
            const {
                assert!($crate::diagnostics::message::fits($template, &[$(stringify!($name)),*]));
                $template
            },
            vec![$((
                stringify!($name),
                $crate::diagnostics::message::ToArgument::to_argument(&$crate::message!(@ $name $($value)?)),
            )),*],
        )
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}

/// A sentence of the catalogue that is used as a text.
#[macro_export]
macro_rules! sentence {
    ($sentence:literal) => {
        $sentence
    };
}

impl Message {
    /// What [`message!`](crate::message) makes.
    pub fn new(template: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        // Nearly all texts are right: a sentence alone costs nothing.
        let english = if arguments.is_empty() {
            Cow::Borrowed(template)
        } else {
            Cow::Owned(bounded(filled(template, &arguments, Lang::En)))
        };
        Self {
            english,
            template,
            arguments,
        }
    }

    /// A text that is the same in all languages, because it is somebody else's: another library's
    /// reason, or the words of a command that speaks English alone.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self {
            english: Cow::Owned(bounded(text.into())),
            template: "",
            arguments: Vec::new(),
        }
    }

    /// A sentence that was made elsewhere and has no places; [`Self::verbatim`] where the catalogue
    /// does not have it.
    pub fn known(text: &str) -> Self {
        match catalogue::sentence(text) {
            Some(template) => Self::new(template, Vec::new()),
            None => Self::verbatim(text),
        }
    }

    /// The name of a key, in quotation marks.
    pub fn key(name: &str) -> Self {
        Self::verbatim(format!("\"{name}\""))
    }

    /// The message in a language; in English where the catalogue has no text.
    pub fn in_lang(&self, lang: Lang) -> String {
        match catalogue::text(self.template, lang) {
            Some(text) => bounded(filled(text, &self.arguments, lang)),
            None => self.english.clone().into_owned(),
        }
    }

    /// The same message as a text in a language.
    #[must_use]
    pub fn translated(self, lang: Lang) -> Self {
        match catalogue::text(self.template, lang) {
            Some(_) => Self::verbatim(self.in_lang(lang)),
            None => self,
        }
    }

    /// The same message for whoever writes in a field of the desk and not in a file.
    #[must_use]
    pub fn for_fields(self) -> Self {
        if self.arguments.is_empty() {
            return self;
        }
        let arguments = self.arguments.into_iter();
        let own = arguments.map(|(name, argument)| (name, argument.for_fields()));
        Self::new(self.template, own.collect())
    }

    /// The same message with what stands in it changed, also in the messages within it.
    #[must_use]
    pub fn with_plain(self, change: &dyn Fn(&str) -> String) -> Self {
        if self.template.is_empty() {
            return Self::verbatim(change(&self.english));
        }
        let arguments = self.arguments.into_iter();
        let changed = arguments.map(|(name, argument)| (name, argument.with_plain(change)));
        Self::new(self.template, changed.collect())
    }
}

/// Whether the places of a sentence and the names of its arguments are the same.
pub const fn fits(template: &str, names: &[&str]) -> bool {
    let bytes = template.as_bytes();
    let mut known = 0;
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = place_end(bytes, at) {
            if !has(names, bytes, at + 1, end) {
                return false;
            }
            at = end;
        }
        at += 1;
    }
    while known < names.len() {
        if !occurs(bytes, names[known].as_bytes()) {
            return false;
        }
        known += 1;
    }
    true
}

/// The byte of the closing brace, where a place begins at this byte.
const fn place_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes[at] != b'{' {
        return None;
    }
    let mut end = at + 1;
    while end < bytes.len() && (bytes[end].is_ascii_lowercase() || bytes[end] == b'_') {
        end += 1;
    }
    if end > at + 1 && end < bytes.len() && bytes[end] == b'}' {
        Some(end)
    } else {
        None
    }
}

const fn has(names: &[&str], bytes: &[u8], start: usize, end: usize) -> bool {
    let mut known = 0;
    while known < names.len() {
        if is_at(bytes, start, names[known].as_bytes()) && names[known].len() == end - start {
            return true;
        }
        known += 1;
    }
    false
}

const fn occurs(bytes: &[u8], name: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = place_end(bytes, at)
            && end - at - 1 == name.len()
            && is_at(bytes, at + 1, name)
        {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_at(bytes: &[u8], start: usize, name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if start + at >= bytes.len() || bytes[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// The names of the places of a sentence, in order.
pub fn places(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let ends = (0..bytes.len()).filter_map(|at| Some((at + 1, place_end(bytes, at)?)));
    ends.map(|(start, end)| &text[start..end]).collect()
}

/// The text with its arguments in their places.
fn filled(text: &str, arguments: &[(&'static str, Argument)], lang: Lang) -> String {
    let (mut filled, mut done) = (String::with_capacity(text.len()), 0);
    for name in places(text) {
        // Places are parts of the text, in order.
        let at = done
            + text[done..]
                .find(&format!("{{{name}}}"))
                .unwrap_or_default();
        filled.push_str(&text[done..at]);
        let argument = arguments.iter().find(|(known, _)| *known == name);
        if let Some((_, argument)) = argument {
            filled.push_str(&argument.in_lang(lang));
        }
        done = at + name.len() + 2;
    }
    filled + &text[done..]
}

/// The longest message, in characters. It keeps a report readable whatever texts the messages
/// repeat.
const MOST_SAID: usize = 1000;

fn bounded(message: String) -> String {
    match message.char_indices().nth(MOST_SAID) {
        Some((end, _)) => format!(
            "{}… ({} characters)",
            &message[..end],
            message.chars().count()
        ),
        None => message,
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl From<Message> for String {
    fn from(message: Message) -> Self {
        message.english.into_owned()
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, text: &&str) -> bool {
        self.english == **text
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, text: &str) -> bool {
        self.english.as_ref() == text
    }
}

/// As its English text.
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.english)
    }
}

#[cfg(test)]
mod tests;
