//! A shared block whose words, links and pictures are others in one text: `"content": { "name": { … } }`
//! beside the block's number. The parts of the block that may be others have these names.

use super::escaped;
use serde_json::{Map, Value};

/// The shared block as the text shows it, and the words of what found no place in it.
pub(super) fn overridden(block: &str, content: &Value) -> (String, Vec<String>) {
    let Value::Object(parts) = content else {
        return (block.to_owned(), words(content));
    };
    let (mut html, mut left) = (block.to_owned(), Vec::new());
    for (name, values) in parts {
        let changed = values
            .as_object()
            .and_then(|values| with_part(&html, name, values));
        match changed {
            Some((changed, rest)) => {
                html = changed;
                left.extend(rest);
            }
            None => left.extend(words(values)),
        }
    }
    (html, left)
}

/// The block with other values in the parts of this name, and the words of those that a part cannot have;
/// `None` where there is no such part.
fn with_part(
    block: &str,
    name: &str,
    values: &Map<String, Value>,
) -> Option<(String, Vec<String>)> {
    const BEGIN: &str = "<!-- wp:";
    const END: &str = "-->";
    let (mut html, mut left, mut rest) = (String::new(), None, block);
    while let Some(at) = rest.find(BEGIN) {
        let Some(end) = rest[at..].find(END).map(|end| at + end) else {
            break;
        };
        let comment = rest[at + BEGIN.len()..end].trim().trim_end_matches('/');
        let (kind, attributes) = comment
            .split_once(char::is_whitespace)
            .unwrap_or((comment, ""));
        let behind = end + END.len();
        let close = format!("<!-- /wp:{kind} ");
        let inner = rest[behind..].find(&close);
        let named = is_named(attributes, name);
        let Some(inner) = inner.filter(|_| named) else {
            html.push_str(&rest[..behind]);
            rest = &rest[behind..];
            continue;
        };
        html.push_str(&rest[..behind]);
        let (changed, unused) = changed(&rest[behind..behind + inner], values);
        html.push_str(&changed);
        left = Some(unused);
        rest = &rest[behind + inner..];
    }
    html.push_str(rest);
    left.map(|left| (html, left))
}

fn is_named(attributes: &str, name: &str) -> bool {
    let attributes: Value = serde_json::from_str(attributes.trim()).unwrap_or_default();
    let metadata = &attributes["metadata"];
    metadata["name"] == name || metadata["id"] == name
}

/// The HTML of one part with other values, and the words of those that found no place.
fn changed(html: &str, values: &Map<String, Value>) -> (String, Vec<String>) {
    let (mut html, mut left) = (html.to_owned(), Vec::new());
    for (key, value) in values {
        let text = value.as_str().unwrap_or_default();
        let done = match key.as_str() {
            "content" => with_inner(&html, 0, text),
            "text" => html.find("<a").and_then(|at| with_inner(&html, at, text)),
            "caption" => html
                .find("<figcaption")
                .and_then(|at| with_inner(&html, at, text)),
            "url" if html.contains("<img") => with_attribute(&html, "<img", "src", text),
            "url" => with_attribute(&html, "<a", "href", text),
            "alt" => with_attribute(&html, "<img", "alt", text),
            // How a part looks or opens, and the number of a picture whose address stands beside it.
            "id" | "linkTarget" | "rel" | "title" => Some(html.clone()),
            _ => None,
        };
        match done {
            Some(done) => html = done,
            None => left.extend(words(value)),
        }
    }
    (html, left)
}

/// The HTML with other words in the first element from an offset on.
fn with_inner(html: &str, from: usize, text: &str) -> Option<String> {
    let at = from + html[from..].find('<')?;
    let name: String = html[at + 1..]
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let begin = at + html[at..].find('>')? + 1;
    let end = html
        .rfind(&format!("</{name}>"))
        .filter(|end| *end >= begin)?;
    Some(format!("{}{text}{}", &html[..begin], &html[end..]))
}

/// The HTML with another value of an attribute of the first such element.
fn with_attribute(html: &str, element: &str, name: &str, value: &str) -> Option<String> {
    let at = html.find(element)?;
    let end = at + html[at..].find('>')?;
    let tag = &html[at..end];
    let value = escaped(value);
    let mark = format!(" {name}=\"");
    let tag = match tag.find(&mark) {
        Some(begin) => {
            let begin = begin + mark.len();
            let length = tag[begin..].find('"')?;
            format!("{}{value}{}", &tag[..begin], &tag[begin + length..])
        }
        None => format!("{element}{mark}{value}\"{}", &tag[element.len()..]),
    };
    Some(format!("{}{tag}{}", &html[..at], &html[end..]))
}

/// All texts in a value.
fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![crate::html::words(text)],
        Value::Array(values) => values.iter().flat_map(words).collect(),
        Value::Object(values) => values.values().flat_map(words).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BLOCK: &str = "<!-- wp:heading {\"metadata\":{\"name\":\"Tên\"}} --><h2 class=\"x\">Cũ</h2><!-- /wp:heading -->\
        <!-- wp:paragraph --><p>Cố định</p><!-- /wp:paragraph -->\
        <!-- wp:button {\"metadata\":{\"name\":\"Nút\"}} --><div><a class=\"b\" href=\"https://a.example/\">Gọi</a></div><!-- /wp:button -->\
        <!-- wp:image {\"metadata\":{\"name\":\"Ảnh\"}} --><figure><img src=\"a.png\"/><figcaption>A</figcaption></figure><!-- /wp:image -->";

    #[test]
    fn each_part_has_the_words_of_the_text() {
        let content = json!({
            "Tên": { "content": "Mới <strong>hơn</strong>" },
            "Nút": { "text": "Gọi ngay", "url": "https://b.example/?a&b", "linkTarget": "_blank" },
            "Ảnh": { "url": "b.png", "alt": "Bến", "caption": "B", "id": 7 },
        });
        let (html, left) = overridden(BLOCK, &content);
        for part in [
            "<h2 class=\"x\">Mới <strong>hơn</strong></h2>",
            "<p>Cố định</p>",
            "href=\"https://b.example/?a&amp;b\">Gọi ngay</a>",
            "<img alt=\"Bến\" src=\"b.png\"/><figcaption>B</figcaption>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(left.is_empty() && !html.contains("Cũ"), "{left:?} {html}");
    }

    #[test]
    fn what_finds_no_place_is_named() {
        let content = json!({ "Khác": { "content": "Lạ" }, "Tên": { "content": "Mới", "more": "Nữa" }, "x": ["y"] });
        let (html, mut left) = overridden(BLOCK, &content);
        left.sort();
        assert_eq!(left, ["Lạ", "Nữa", "y"]);
        assert!(html.contains(">Mới</h2>"));
        for broken in [
            "",
            "<!-- wp:a",
            "<!-- wp:a {\"metadata\":{\"name\":\"Tên\"}} -->",
            "<!-- wp:a {\"metadata\":{\"name\":\"Tên\"}} --><p<!-- /wp:a -->",
        ] {
            let (html, left) = overridden(broken, &json!({ "Tên": { "content": "Mới" } }));
            assert_eq!((html.as_str(), left.join("")), (broken, "Mới".to_owned()));
        }
    }
}
