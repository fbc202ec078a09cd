//! Helps for HTML in texts with marks. Each is right for every such text: a paragraph, a cell of a
//! table, a notice.

use crate::diagnostics::{Message, Typed, characters};
use crate::message;

/// How the character `<` itself is written.
fn sign_itself() -> Message {
    message!(
        "for the character < itself write {sign}",
        sign = Typed("\\<")
    )
}

/// The name of the element that a tag begins or ends; empty for a comment and the like.
pub(super) fn name(html: &str) -> String {
    html.chars()
        .skip_while(|c| "</".contains(*c))
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The help for a tag.
pub(super) fn help(html: &str) -> Message {
    let instead = match name(html).to_ascii_lowercase().as_str() {
        _ if html.starts_with("</") => message!("leave it out"),
        "b" | "strong" => message!("write **words** for strong words"),
        "i" | "em" => message!("write *words* for stressed words"),
        "a" => message!("write [words](https://…) for a link"),
        "br" | "p" | "div" => {
            message!("write a space in its place; a new paragraph is a block of its own")
        }
        "img" => {
            message!(
                "leave it out; a picture of an article is a block of its own, { \"picture\": \"name\" }"
            )
        }
        "h1" | "h2" | "h3" | "h4" => {
            message!("leave it out; a heading is a block of its own, { \"heading\": \"…\" }")
        }
        "ul" | "ol" | "li" => {
            message!("leave it out; a list is a block of its own, { \"list\": [\"…\", \"…\"] }")
        }
        _ => message!("write the words alone"),
    };
    message!("{instead}; {itself}", instead, itself = sign_itself())
}

/// The help for a character reference such as `&lt;`, given its character.
pub(super) fn instead_of(character: &str) -> Message {
    match seen(character) {
        "" => message!("delete it: nobody would see it"),
        " " => message!("write a space"),
        "\"" => message!(
            "write “…” around words, or {sign} for this mark",
            sign = Typed("\"")
        ),
        "\\" => message!(
            "write {sign} for the backslash itself",
            sign = Typed("\\\\")
        ),
        mark if "*_[]<`&!".contains(mark) => {
            message!(
                "write {sign} for the character itself",
                sign = Typed(&format!("\\{mark}"))
            )
        }
        words => message!("write {words} itself", words),
    }
}

/// The visible form of a character: empty for an invisible one, a space for white space of any
/// kind.
pub(super) fn seen(character: &str) -> &str {
    if character.chars().any(characters::is_hidden) {
        ""
    } else if character.trim().is_empty() {
        " "
    } else {
        character
    }
}
