//! Strapi's *blocks*, as HTML.

use super::{media, picture};
use crate::adapter::escaped;
use import::Loss;
use serde_json::Value;
use std::fmt::Write;

/// How deep blocks may be nested.
const MOST_DEPTH: usize = 64;

/// A block as HTML.
pub(super) fn html(block: &Value, losses: &mut Vec<Loss>) -> String {
    block_html(block, losses, 0)
}

fn block_html(block: &Value, losses: &mut Vec<Loss>, depth: usize) -> String {
    if depth > MOST_DEPTH {
        losses.push(Loss::new(
            "blocks that are nested too deeply were left out",
            "",
        ));
        return String::new();
    }
    let kind = block["type"].as_str().unwrap_or_default();
    if kind == "image" {
        return media(&block["image"])
            .map(|media| picture(&media))
            .unwrap_or_default();
    }
    let inside: String = block["children"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|child| block_html(child, losses, depth + 1))
        .collect();
    match kind {
        "text" => run(block),
        "link" => format!(
            "<a href=\"{}\">{inside}</a>",
            escaped(block["url"].as_str().unwrap_or_default())
        ),
        "paragraph" => format!("<p>{inside}</p>"),
        "heading" => {
            let level = block["level"].as_u64().unwrap_or(2).clamp(1, 6);
            format!("<h{level}>{inside}</h{level}>")
        }
        "list" if block["format"] == "ordered" => format!("<ol>{inside}</ol>"),
        "list" => format!("<ul>{inside}</ul>"),
        "list-item" => format!("<li>{inside}</li>"),
        "quote" => format!("<blockquote>{inside}</blockquote>"),
        "code" => format!("<pre><code>{inside}</code></pre>"),
        other => {
            losses.push(Loss::new(
                format!("a block of an unknown kind gave its words only: {other}"),
                &block.to_string(),
            ));
            inside
        }
    }
}

/// A run of letters with its marks.
fn run(run: &Value) -> String {
    let mut html = escaped(run["text"].as_str().unwrap_or_default()).replace('\n', "<br>");
    for (mark, element) in [
        ("code", "code"),
        ("strikethrough", "s"),
        ("underline", "u"),
        ("italic", "em"),
        ("bold", "strong"),
    ] {
        if run[mark] == true && !html.is_empty() {
            let mut marked = String::new();
            let _ = write!(marked, "<{element}>{html}</{element}>");
            html = marked;
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_block_becomes_its_element() {
        let text = |text: &str| json!({"type": "text", "text": text});
        for (block, expected) in [
            (
                json!({"type": "paragraph", "children": [text("a<b"), {"type": "text", "text": "c", "bold": true, "italic": true}]}),
                "<p>a&lt;b<strong><em>c</em></strong></p>",
            ),
            (
                json!({"type": "heading", "level": 3, "children": [text("h")]}),
                "<h3>h</h3>",
            ),
            (
                json!({"type": "heading", "level": 99, "children": [text("h")]}),
                "<h6>h</h6>",
            ),
            (
                json!({"type": "list", "format": "ordered", "children": [{"type": "list-item", "children": [text("1")]}]}),
                "<ol><li>1</li></ol>",
            ),
            (
                json!({"type": "list", "format": "unordered", "children": [{"type": "list-item", "children": [{"type": "link", "url": "https://a.example/\"", "children": [text("1")]}]}]}),
                "<ul><li><a href=\"https://a.example/&quot;\">1</a></li></ul>",
            ),
            (
                json!({"type": "quote", "children": [text("q")]}),
                "<blockquote>q</blockquote>",
            ),
            (
                json!({"type": "code", "children": [text("x\ny")]}),
                "<pre><code>x<br>y</code></pre>",
            ),
            (
                json!({"type": "image", "image": {"url": "/a.png", "alternativeText": "b"}}),
                "<figure><img src=\"/a.png\" alt=\"b\"></figure>",
            ),
        ] {
            let mut losses = Vec::new();
            assert_eq!(html(&block, &mut losses), expected);
            assert_eq!(losses, []);
        }
        let mut losses = Vec::new();
        assert_eq!(
            html(
                &json!({"type": "map", "children": [text("w")]}),
                &mut losses
            ),
            "w"
        );
        assert!(losses[0].what.contains("map"), "{losses:?}");
    }

    #[test]
    fn a_nest_without_an_end_is_cut_and_named() {
        let mut block = json!({"type": "text", "text": "deep"});
        for _ in 0..100 {
            block = json!({"type": "quote", "children": [block]});
        }
        let mut losses = Vec::new();
        html(&block, &mut losses);
        assert_eq!(losses.len(), 1);
    }
}
