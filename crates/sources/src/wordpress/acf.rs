//! Fields of Advanced Custom Fields that hold a text in rows: *repeater*, *group* and *flexible
//! content*. <https://www.advancedcustomfields.com/resources/wp-rest-api-integration/>

use crate::adapter::{Media, escaped};
use import::Loss;
use serde_json::Value;
use std::fmt::Write;

/// The name of a row of flexible content.
const LAYOUT: &str = "acf_fc_layout";

/// The rows of a field; `None` where it is no such field.
pub(super) fn rows(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(all) if all.first().is_some_and(Value::is_object) => Some(all),
        Value::Object(_) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// Rows as HTML, in the order of their fields. What it cannot be is named.
pub(super) fn html(rows: &[Value], losses: &mut Vec<Loss>) -> String {
    let mut html = String::new();
    for row in rows {
        let of_layout = row[LAYOUT].as_str().unwrap_or_default();
        let is_quote = of_layout.contains("quote");
        if is_quote {
            html.push_str("<blockquote>");
        }
        for (name, value) in row.as_object().into_iter().flatten() {
            if name != LAYOUT {
                field(name, value, &mut html, losses);
            }
        }
        if is_quote {
            html.push_str("</blockquote>");
        }
    }
    html
}

/// A field of a row.
fn field(name: &str, value: &Value, html: &mut String, losses: &mut Vec<Loss>) {
    let is_one_of = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match value {
        // Empty, or a switch.
        Value::Null | Value::Bool(_) => {}
        Value::String(text) if text.trim().is_empty() => {}
        Value::String(text) if is_one_of(&["heading", "title"]) => {
            let _ = write!(html, "<h2>{}</h2>", escaped(text));
        }
        Value::String(text) if text.contains('<') => html.push_str(text),
        Value::String(text) => {
            let _ = write!(html, "<p>{}</p>", escaped(text));
        }
        Value::Number(number) if is_one_of(&["image", "picture", "photo"]) => {
            let _ = write!(
                html,
                "<figure><img class=\"wp-image-{number}\" src=\"\"></figure>"
            );
        }
        Value::Array(all)
            if all.iter().all(Value::is_u64) && is_one_of(&["image", "gallery", "photo"]) =>
        {
            for one in all {
                field("image", one, html, losses);
            }
        }
        Value::Object(about) if about.contains_key("url") => match own_picture(value) {
            Some(media) if about.contains_key("alt") => html.push_str(&picture(&media)),
            _ => link(value, html),
        },
        value => match rows(value) {
            Some(rows) => html.push_str(&self::html(rows, losses)),
            None => losses.push(Loss::new(
                format!("the field {name} was left out: it is no text and no picture"),
                &value.to_string(),
            )),
        },
    }
}

/// A picture in a field of ACF: its address, or all about it.
pub(super) fn own_picture(value: &Value) -> Option<Media> {
    let words = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let address = value.as_str().or_else(|| value["url"].as_str())?;
    let is_address = address.starts_with("http") || address.starts_with('/');
    is_address.then(|| Media {
        address: address.to_owned(),
        alternative: words("alt"),
        caption: import::words(&words("caption")),
    })
}

/// A link, or a file.
fn link(value: &Value, html: &mut String) {
    let address = value["url"].as_str().unwrap_or_default();
    let title = value["title"].as_str().filter(|title| !title.is_empty());
    let _ = write!(
        html,
        "<p><a href=\"{}\">{}</a></p>",
        escaped(address),
        escaped(title.unwrap_or(address))
    );
}

fn picture(media: &Media) -> String {
    let caption = if media.caption.is_empty() {
        String::new()
    } else {
        format!("<figcaption>{}</figcaption>", escaped(&media.caption))
    };
    format!(
        "<figure><img src=\"{}\" alt=\"{}\">{caption}</figure>",
        escaped(&media.address),
        escaped(&media.alternative)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rows_become_a_text_and_what_cannot_be_one_is_named() {
        let value = json!([
            {"acf_fc_layout": "text", "heading": "Bến & tàu", "text": "<p>Tàu vào.</p>", "is_wide": true, "note": ""},
            {"acf_fc_layout": "media", "image": 31},
            {"acf_fc_layout": "media", "image": {"url": "https://a.example/b.jpg", "alt": "B", "caption": "C"}},
            {"acf_fc_layout": "pull_quote", "text": "Đẹp.", "written_by": "An"},
            {"acf_fc_layout": "steps", "steps": [{"text": "Một"}, {"text": "Hai"}]},
            {"acf_fc_layout": "file", "file": {"url": "https://a.example/p.pdf", "title": "Plan"}},
            {"acf_fc_layout": "more", "related": [12, 15]},
        ]);
        let mut losses = Vec::new();
        assert_eq!(
            html(rows(&value).unwrap(), &mut losses),
            "<h2>Bến &amp; tàu</h2><p>Tàu vào.</p><figure><img class=\"wp-image-31\" src=\"\"></figure>\
             <figure><img src=\"https://a.example/b.jpg\" alt=\"B\"><figcaption>C</figcaption></figure>\
             <blockquote><p>Đẹp.</p><p>An</p></blockquote><p>Một</p><p>Hai</p>\
             <p><a href=\"https://a.example/p.pdf\">Plan</a></p>"
        );
        let named: Vec<&str> = losses.iter().map(|loss| loss.what.as_str()).collect();
        assert_eq!(
            named,
            ["the field related was left out: it is no text and no picture"]
        );
        for value in [json!("x"), json!([12, 15]), json!([]), json!(31)] {
            assert!(rows(&value).is_none(), "{value}");
        }
    }
}
