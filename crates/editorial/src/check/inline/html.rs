//! Helps for HTML in texts with marks. Each is right for every such text: a paragraph, a cell of a
//! table, a notice.

use crate::diagnostics::characters;

/// How the character `<` itself is written, in JSON.
const ITSELF: &str = "for the character < itself write \\\\<";

/// The name of the element that a tag begins or ends; empty for a comment and the like.
pub(super) fn name(html: &str) -> String {
    html.chars()
        .skip_while(|c| "</".contains(*c))
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The help for a tag.
pub(super) fn help(html: &str) -> String {
    let instead = match name(html).to_ascii_lowercase().as_str() {
        _ if html.starts_with("</") => "leave it out",
        "b" | "strong" => "write **words** for strong words",
        "i" | "em" => "write *words* for stressed words",
        "a" => "write [words](https://…) for a link",
        "br" | "p" | "div" => "write a space in its place; a new paragraph is a block of its own",
        "img" => {
            "leave it out; a picture of an article is a block of its own, { \"picture\": \"name\" }"
        }
        "h1" | "h2" | "h3" | "h4" => {
            "leave it out; a heading is a block of its own, { \"heading\": \"…\" }"
        }
        "ul" | "ol" | "li" => {
            "leave it out; a list is a block of its own, { \"list\": [\"…\", \"…\"] }"
        }
        _ => "write the words alone",
    };
    format!("{instead}; {ITSELF}")
}

/// The help for a character reference such as `&lt;`, given its character.
pub(super) fn instead_of(character: &str) -> String {
    match seen(character) {
        "" => "delete it: nobody would see it".to_owned(),
        " " => "write a space".to_owned(),
        "\"" => "write “…” around words, or \\\" for this mark".to_owned(),
        "\\" => "write \\\\\\\\ for the backslash itself".to_owned(),
        mark if "*_[]<`&!".contains(mark) => format!("write \\\\{mark} for the character itself"),
        words => format!("write {words} itself"),
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
