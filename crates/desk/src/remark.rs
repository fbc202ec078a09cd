//! What `site check` says, at the field that it is about.

use crate::place::Place;
use crate::pointer::Pointer;
use editorial::diagnostics::{Location, Message, Problem, Severity, shown};
use editorial::json::{self, Kind, Node};
use model::Lang;
use serde::Serialize;
use std::path::Path;

/// A message for an editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
    /// The file, as the command line leads to it.
    pub file: String,
    /// The document, where the file is one.
    pub place: Option<Place>,
    /// The value that it is about; the root where that is not known.
    pub at: Pointer,
}

impl Remark {
    /// The same message in a language.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> Self {
        Self {
            message: self.message.translated(lang),
            help: self.help.map(|help| help.translated(lang)),
            ..self
        }
    }
}

/// The message of a problem. `text` gives the text of a document in which its place was found.
pub fn of(
    problem: &Problem,
    content: &Path,
    text: &mut dyn FnMut(&Place) -> Option<String>,
) -> Remark {
    let place = place_of(&problem.file, content);
    let mut at = || {
        let text = text(place.as_ref()?)?;
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let byte = byte_of(bare, problem.location.as_ref()?);
        Some(value_at(&json::tree(bare)?, byte))
    };
    let at = at().unwrap_or_default();
    Remark {
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: problem.message.clone().for_fields(),
        help: problem
            .help_in_desk
            .as_ref()
            .or(problem.help.as_ref())
            .map(|help| help.clone().for_fields()),
        file: problem.file.clone(),
        place,
        at,
    }
}

/// The document that a file is.
fn place_of(file: &str, content: &Path) -> Option<Place> {
    let below = file.strip_prefix(&shown(content))?;
    Place::parse(below.trim_start_matches('/').strip_suffix(".json")?)
}

/// The byte of a line and a column.
fn byte_of(text: &str, location: &Location) -> usize {
    let lines = text.split_inclusive('\n');
    let start: usize = lines
        .take(location.line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text.get(start..).unwrap_or_default();
    let before = line.chars().take(location.column.saturating_sub(1));
    start + before.map(char::len_utf8).sum::<usize>()
}

/// The innermost value that a byte stands in, or whose key it stands in.
fn value_at(root: &Node, byte: usize) -> Pointer {
    let (mut node, mut at) = (root, Pointer::default());
    loop {
        let (next, part) = match &node.kind {
            Kind::Object(members) => {
                let there = members.iter().find(|member| {
                    (member.key_range.start..member.value.range.end).contains(&byte)
                });
                let Some(member) = there else { return at };
                (&member.value, member.key.clone())
            }
            Kind::List(items) => {
                let there = items.iter().position(|item| item.range.contains(&byte));
                let Some(number) = there else { return at };
                (&items[number], number.to_string())
            }
            _ => return at,
        };
        (node, at) = (next, at.child(part));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_text_is_a_value() {
        let text = "{\n  \"lead\": \"đ a\",\n  \"body\": [ { \"paragraph\": \"x\" } ]\n}";
        let root = json::tree(text).unwrap();
        for (what, at) in [
            ("{\n", ""),
            ("\"lead\"", "/lead"),
            ("a\",", "/lead"),
            ("[ {", "/body"),
            ("{ \"para", "/body/0"),
            ("\"x\"", "/body/0/paragraph"),
        ] {
            let byte = text.find(what).unwrap();
            let location = Location::new(text, byte);
            assert_eq!(byte_of(text, &location), byte, "{what}");
            assert_eq!(value_at(&root, byte).to_string(), at, "{what}");
        }
    }

    #[test]
    fn a_message_knows_its_document() {
        let content = Path::new("some/content");
        let place = |file: &str| place_of(file, content).map(|place| place.to_string());
        assert_eq!(
            place("some/content/articles/port/a/vi.json").as_deref(),
            Some("articles/port/a/vi")
        );
        assert_eq!(place("some/content/site.json").as_deref(), Some("site"));
        assert_eq!(place("some/content/articles/port/a"), None);
        assert_eq!(place("elsewhere/site.json"), None);
    }
}
