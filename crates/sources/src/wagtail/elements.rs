//! The elements that texts are made of.

use crate::adapter::{Media, escaped};

/// Plain text as paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| format!("<p>{}</p>", escaped(paragraph).replace('\n', "<br>")))
        .collect()
}

/// A link in a paragraph of its own.
pub(super) fn linked(title: &str, address: &str) -> String {
    let words = if title.is_empty() { address } else { title };
    format!(
        "<p><a href=\"{}\">{}</a></p>",
        escaped(address),
        escaped(words)
    )
}

/// A picture with the words about it.
pub(super) fn figure(media: &Media) -> String {
    let caption = Some(&media.caption)
        .filter(|caption| !caption.is_empty() && **caption != media.alternative)
        .map(|caption| format!("<figcaption>{}</figcaption>", escaped(caption)))
        .unwrap_or_default();
    format!(
        "<figure><img src=\"{}\" alt=\"{}\">{caption}</figure>",
        escaped(&media.address),
        escaped(&media.alternative)
    )
}

/// A film or something else of the web, with its title, which may be empty.
pub(super) fn player(address: &str, title: &str) -> String {
    let title = Some(title)
        .filter(|title| !title.is_empty())
        .map(|title| format!(" title=\"{}\"", escaped(title)))
        .unwrap_or_default();
    format!("<iframe src=\"{}\"{title}></iframe>", escaped(address))
}
