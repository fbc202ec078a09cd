use super::*;
use crate::wagtail::tests::with_library;
use serde_json::json;

fn html(blocks: &Value) -> (String, Vec<Loss>) {
    with_library(|library, losses| Blocks::new(library, losses).field(blocks))
}

const PICTURE: &str = "<figure><img src=\"https://a.example/media/cang.jpg\" alt=\"Tàu\"></figure>";

/// Checks what a block becomes, and that nothing of it is lost.
fn assert_carried_over(kind: &str, value: &Value, expected: &str) {
    let (made, losses) = html(&json!([{"type": kind, "value": value, "id": "x"}]));
    assert_eq!(made, expected, "{kind} {value}");
    assert_eq!(losses, [], "{kind} {value}");
}

#[test]
fn every_block_of_words_becomes_its_element() {
    let page = "<p><a href=\"https://a.example/vi/port/x/\">Bến</a></p>";
    let file = "<p><a href=\"https://a.example/documents/9/plan.pdf\">Kế hoạch</a></p>";
    for (kind, value, expected) in [
        ("paragraph", json!("<p>a <b>b</b></p>"), "<p>a <b>b</b></p>"),
        ("paragraph", json!(""), ""),
        (
            "text",
            json!("a < b\nc\n\nd"),
            "<p>a &lt; b<br>c</p><p>d</p>",
        ),
        ("heading", json!("H"), "<h2>H</h2>"),
        ("subheading", json!("H"), "<h3>H</h3>"),
        ("h3", json!("H"), "<h3>H</h3>"),
        ("heading", json!({"text": "H", "size": "h3"}), "<h3>H</h3>"),
        (
            "heading_block",
            json!({"heading_text": "H", "size": ""}),
            "<h2>H</h2>",
        ),
        ("quote", json!("Q"), "<blockquote><p>Q</p></blockquote>"),
        (
            "blockquote",
            json!({"text": "Q", "attribute_name": "An", "settings": {"theme": "dark"}}),
            "<blockquote><p>Q</p><cite>An</cite></blockquote>",
        ),
        (
            "list",
            json!(["a", "b<"]),
            "<ul><li>a</li><li>b&lt;</li></ul>",
        ),
        ("list", json!(["<p>a</p>"]), "<ul><li><p>a</p></li></ul>"),
        ("numbered_list", json!(["a"]), "<ol><li>a</li></ol>"),
        (
            "embed",
            json!("https://www.youtube.com/watch?v=abc"),
            "<iframe src=\"https://www.youtube.com/watch?v=abc\"></iframe>",
        ),
        (
            "video_block",
            json!({"url": "https://youtu.be/abc", "caption": "Tàu \"A\""}),
            "<iframe src=\"https://youtu.be/abc\" title=\"Tàu &quot;A&quot;\"></iframe>",
        ),
        (
            "code",
            json!({"language": "python", "code": "a = 1"}),
            "<p>a = 1</p>",
        ),
        ("document", json!(9), file),
        ("page", json!(3), page),
        ("raw_html", json!("<p>raw</p>"), "<p>raw</p>"),
        ("markdown", json!("a *b*"), "<p>a <em>b</em></p>\n"),
        (
            "button",
            json!({"label": "Đọc", "page": 3}),
            "<p><a href=\"https://a.example/vi/port/x/\">Đọc</a></p>",
        ),
        (
            "link",
            json!({"link_text": "Đọc", "url": "https://x.example/"}),
            "<p><a href=\"https://x.example/\">Đọc</a></p>",
        ),
        (
            "call_to_action",
            json!({"title": "T", "body": "<p>b</p>", "document": 9}),
            "<h2>T</h2><p><a href=\"https://a.example/documents/9/plan.pdf\">Kế hoạch</a></p><p>b</p>",
        ),
        (
            "columns",
            json!({"left": [{"type": "paragraph", "value": "<p>l</p>", "id": "1"}], "right": [{"type": "heading", "value": "R", "id": "2"}], "is_wide": true}),
            "<p>l</p><h2>R</h2>",
        ),
        (
            "stream",
            json!([{"type": "text", "value": "x", "id": "1"}]),
            "<p>x</p>",
        ),
        (
            "people",
            json!([{"title": "An", "text": "a"}, {"title": "Bình", "text": "b"}]),
            "<h2>An</h2><p>a</p><h2>Bình</h2><p>b</p>",
        ),
    ] {
        assert_carried_over(kind, &value, expected);
    }
}

#[test]
fn every_block_with_a_picture_becomes_a_figure() {
    for (kind, value, expected) in [
        ("image", json!(1), PICTURE),
        ("image", Value::Null, ""),
        (
            "image",
            json!({"image": 1, "decorative": false, "alt_text": ""}),
            PICTURE,
        ),
        (
            "image",
            json!({"image": 1, "decorative": false, "alt_text": "A \"b\""}),
            "<figure><img src=\"https://a.example/media/cang.jpg\" alt=\"A &quot;b&quot;\"></figure>",
        ),
        (
            "image_block",
            json!({"image": 1, "caption": "Ở cảng", "attribution": "An"}),
            "<figure><img src=\"https://a.example/media/cang.jpg\" alt=\"Tàu\"><figcaption>Ở cảng (An)</figcaption></figure>",
        ),
        (
            "captioned_image",
            json!({"image": {"image": 1, "decorative": false, "alt_text": ""}, "align": "left"}),
            PICTURE,
        ),
    ] {
        assert_carried_over(kind, &value, expected);
    }
    let two = format!("<figure class=\"gallery\">{PICTURE}{PICTURE}</figure>");
    assert_carried_over("gallery", &json!([1, {"image": 1}]), &two);
}

#[test]
fn both_kinds_of_tables_become_tables() {
    for (value, expected) in [
        (
            json!({"data": [["A", null], ["1", "<"]], "first_row_is_table_header": true, "first_col_is_header": false, "table_caption": "C"}),
            "<table><caption>C</caption><thead><tr><th>A</th><th></th></tr></thead><tr><td>1</td><td>&lt;</td></tr></table>",
        ),
        (
            json!({"data": [["A", "B"], ["1", ""], ["2", "3"]], "first_row_is_table_header": false, "first_col_is_header": true,
                "mergeCells": [{"row": 1, "col": 0, "rowspan": 1, "colspan": 2}]}),
            "<table><tr><th>A</th><td>B</td></tr><tr><th rowspan=\"1\" colspan=\"2\">1</th></tr><tr><th>2</th><td>3</td></tr></table>",
        ),
        (
            json!({"columns": [{"type": "text", "heading": "T"}, {"type": "number", "heading": "N"}, {"type": "rich_text", "heading": "R"}],
                "rows": [{"values": ["a", 1, "<p>r</p>"]}], "caption": ""}),
            "<table><thead><tr><th>T</th><th>N</th><th>R</th></tr></thead><tbody><tr><td>a</td><td>1</td><td><p>r</p></td></tr></tbody></table>",
        ),
    ] {
        let (made, losses) = html(&json!([{"type": "table", "value": value, "id": "x"}]));
        assert_eq!(made, expected);
        assert_eq!(losses, []);
    }
}

#[test]
fn what_is_not_known_is_named() {
    for (kind, value, expected, part) in [
        ("weather", json!({"degrees": 31}), "", "weather.degrees"),
        ("rating", json!(4), "", "rating"),
        ("profile", json!(77), "", "profile"),
        (
            "fact",
            json!({"remark": "Words"}),
            "<p>Words</p>",
            "fact.remark",
        ),
        ("image", json!(77), "", "image 77"),
        (
            "image",
            json!({"image": 1, "decorative": true, "alt_text": ""}),
            "",
            "only decorates",
        ),
        ("document", json!(77), "", "document 77"),
        ("page", json!(77), "", "page 77"),
        (
            "page",
            json!(4),
            "<p><a href=\"https://a.example/vi/about/\">Giới thiệu</a></p>",
            "leads to Wagtail",
        ),
    ] {
        let (made, losses) = html(&json!([{"type": kind, "value": value, "id": "x"}]));
        assert_eq!(made, expected, "{kind}");
        assert_eq!(losses.len(), 1, "{kind}: {losses:?}");
        assert!(losses[0].what.contains(part), "{losses:?}");
    }
}

#[test]
fn a_nest_without_an_end_is_cut_and_named() {
    let mut value = json!("deep");
    for _ in 0..100 {
        value = json!([{"type": "column", "value": value, "id": "x"}]);
    }
    let (made, losses) = html(&value);
    assert_eq!((made.as_str(), losses.len()), ("", 1));
}
