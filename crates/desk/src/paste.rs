//! What was copied elsewhere, as blocks: through the importer of HTML, which says what it leaves
//! out.

use crate::text::{Span, spans};
use import::{Loss, block, fragment, old_fonts};
use model::Address;
use serde::Serialize;
use serde_json::Value;

/// The most that is taken at once, in bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// What became of it.
#[derive(Debug, Default, Serialize)]
pub struct Pasted {
    /// The blocks, as they stand in a body.
    pub blocks: Vec<Value>,
    /// The words of a paragraph that is alone, which can stand within another.
    pub spans: Option<Vec<Span>>,
    /// What was left out, and what became of it.
    pub losses: Vec<String>,
    /// The same in Unicode, where it was written for old fonts.
    pub composed: Option<Box<Composed>>,
}

/// What was written for old fonts, in Unicode.
#[derive(Debug, Serialize)]
pub struct Composed {
    /// The encoding that it was written in.
    pub encoding: &'static str,
    /// What it is in Unicode.
    pub pasted: Pasted,
}

/// The blocks of HTML. What was written for old Vietnamese fonts is also offered in Unicode.
pub fn pasted(html: &str) -> Pasted {
    let composed = old_fonts(html).map(|old| Composed {
        encoding: old.name,
        pasted: blocks_of(&old.text),
    });
    Pasted {
        composed: composed.map(Box::new),
        ..blocks_of(html)
    }
}

fn blocks_of(html: &str) -> Pasted {
    let resolve = |to: &str| Address::new(to).ok();
    let body = fragment(html, &resolve);
    let mut pasted = Pasted {
        blocks: Vec::new(),
        spans: None,
        losses: body.losses.iter().map(said).collect(),
        composed: None,
    };
    for one in &body.blocks {
        match block(one).and_then(|block| serde_json::to_value(block).ok()) {
            Some(value) => pasted.blocks.push(value),
            None => pasted
                .losses
                .push("a picture or a film was left out: add it by itself".to_owned()),
        }
    }
    if let [only] = &pasted.blocks[..] {
        pasted.spans = only["paragraph"].as_str().and_then(spans);
    }
    pasted
}

fn said(loss: &Loss) -> String {
    if loss.excerpt.is_empty() {
        loss.what.clone()
    } else {
        format!("{}: “{}”", loss.what, loss.excerpt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_word_processors_copy_becomes_blocks() {
        let word = "<html><body><!--StartFragment--><p class=MsoNormal><b>Cảng</b> mở<o:p></o:p></p>\
            <h2>Giờ mở cửa</h2><ul><li>sáng</li><li>chiều</li></ul><script>alert(1)</script><!--EndFragment--></body></html>";
        let pasted = pasted(word);
        assert_eq!(
            pasted.blocks,
            [
                json!({ "paragraph": "**Cảng** mở" }),
                json!({ "heading": "Giờ mở cửa" }),
                json!({ "list": ["sáng", "chiều"] }),
            ]
        );
        assert!(
            !pasted.losses.is_empty(),
            "a script was left out without a word"
        );
    }

    #[test]
    fn what_google_docs_hangul_and_web_pages_copy_becomes_blocks() {
        let docs = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\">\
            <p dir=\"ltr\"><span style=\"font-weight:700\">Cảng</span><span style=\"font-weight:400\"> mở cửa</span></p>\
            <ul><li dir=\"ltr\"><p dir=\"ltr\"><span>sáng</span></p></li></ul></b>";
        let hangul = "<html><body><!--StartFragment--><p class=\"HStyle0\" style='line-height:160%'>\
            <span lang=\"EN-US\" style='font-family:\"바탕\"'>하이퐁 항만이 문을 열었다.</span></p><!--EndFragment--></body></html>";
        let web = "<div><p>Read <a href=\"https://a.example/x\">more</a> here.</p><p style=\"display:none\"></p>\
            <img src=\"https://a.example/x.png\" alt=\"\"></div>";
        let docs = pasted(docs);
        assert_eq!(
            docs.blocks,
            [
                json!({ "paragraph": "**Cảng** mở cửa" }),
                json!({ "list": ["sáng"] })
            ]
        );
        let hangul = pasted(hangul);
        assert_eq!(
            hangul.blocks,
            [json!({ "paragraph": "하이퐁 항만이 문을 열었다." })]
        );
        assert_eq!(hangul.spans.unwrap().len(), 1);
        let web = pasted(web);
        assert_eq!(
            web.blocks,
            [json!({ "paragraph": "Read [more](https://a.example/x) here." })]
        );
        assert!(
            web.losses.iter().any(|loss| loss.contains("picture")),
            "{:?}",
            web.losses
        );
    }

    #[test]
    fn what_was_written_for_old_fonts_is_offered_in_unicode() {
        let tcvn3 =
            "<p style='font-family:.VnTime'>H¶i Phßng, <b>thµnh phè</b> c¶ng lín ë miÒn B¾c</p>";
        let vni = "<p>Haûi Phoøng, thaønh phoá caûng lôùn ôû mieàn Baéc</p><p>caûng lôùn</p>";
        let first = pasted(tcvn3);
        let composed = first.composed.unwrap();
        assert_eq!(
            composed.pasted.blocks,
            [json!({ "paragraph": "Hải Phòng, **thành phố** cảng lớn ở miền Bắc" })]
        );
        assert!(composed.encoding.starts_with("TCVN3"));
        // Whoever wants it as it is gets that.
        assert_eq!(
            first.blocks,
            [json!({ "paragraph": "H¶i Phßng, **thµnh phè** c¶ng lín ë miÒn B¾c" })]
        );
        let composed = pasted(vni).composed.unwrap();
        assert_eq!(composed.pasted.blocks.len(), 2);
        assert!(composed.encoding.starts_with("VNI"));
        assert!(
            pasted("<p>Hải Phòng, thành phố cảng</p>")
                .composed
                .is_none()
        );
        assert!(
            pasted("<p>Un été à Paris, où l’âme rêve déjà</p>")
                .composed
                .is_none()
        );
    }

    #[test]
    fn loose_marks_become_letters() {
        let pasted = pasted("<p>Ha\u{309}i Pho\u{300}ng</p>");
        assert_eq!(pasted.blocks, [json!({ "paragraph": "Hải Phòng" })]);
    }
}
