//! What the types of the model say of a value that they refuse. They are compiled into the readers'
//! program, too, and say it in English alone; here the sentence is found again in the catalogue.

use crate::diagnostics::{Argument, Message, places};
use crate::sentence;

/// The sentences of the types that refuse values.
const SENTENCES: [&str; 13] = [
    sentence!("\"{text}\" is not a day, a month or a year of the form 2014-09-03, 2014-09 or 2014"),
    sentence!("\"{text}\" names a day that does not exist"),
    sentence!("\"{text}\" names an hour that does not exist"),
    sentence!("\"{text}\" has an offset from UTC that no clock has"),
    sentence!("\"{text}\" is not a date and time of the form 2014-09-03T16:10+07:00"),
    sentence!("\"{text}\" is not a length: write minutes and seconds such as 3:25, or 1:02:45"),
    sentence!(
        "\"{text}\" is not an address that a link may have: write https://…, mailto:…, tel:… or a page of this portal such as /port/deep-water-port/"
    ),
    sentence!(
        "\"{text}\" is not a slug: use lower-case letters a-z and digits in words joined by single hyphens, at most {most} characters"
    ),
    sentence!("\"{text}\" is not this portal's code for {language}: write \"{tag}\""),
    sentence!("\"{text}\" is not a language of this portal: write one of {tags}"),
    sentence!("\"{text}\" is not a level of notices: write one of {levels}"),
    sentence!(
        "\"{text}\" is not where view counts come from: write \"content\" for the numbers in the articles' files, or \"counter\"; leave \"views\" out to show none"
    ),
    sentence!("\"{text}\" does not say how far the portal conforms: write one of {words}"),
];

/// The message for the reason of a type.
pub fn said(reason: &str) -> Message {
    let found = SENTENCES
        .into_iter()
        .find_map(|sentence| Some((sentence, arguments(sentence, reason)?)));
    match found {
        Some((sentence, arguments)) => Message::new(sentence, arguments),
        None => Message::verbatim(reason),
    }
}

/// What stands in the places of a sentence, where it is this one. The first of them is an editor's
/// text, which may hold anything, so that the sentence is read from its end.
fn arguments(sentence: &'static str, reason: &str) -> Option<Vec<(&'static str, Argument)>> {
    let mut fixed = Vec::new();
    let mut words = sentence;
    for name in places(sentence) {
        let (before, after) = words.split_once(&format!("{{{name}}}"))?;
        fixed.push((before, name));
        words = after;
    }
    let mut rest = reason.strip_suffix(words)?;
    let mut found = Vec::new();
    for (number, (before, name)) in fixed.into_iter().enumerate().rev() {
        let at = match number {
            0 => rest.starts_with(before).then_some(0)?,
            _ => rest.rfind(before)?,
        };
        found.push((name, Argument::Plain(rest[at + before.len()..].to_owned())));
        rest = &rest[..at];
    }
    found.reverse();
    Some(found)
}
