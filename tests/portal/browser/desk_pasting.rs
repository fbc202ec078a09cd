//! What other programs copy, pasted into the editors' desk.

use super::desk::{Editor, sample};
use super::engine::Engine;
use serde_json::{Value, json};

/// Word: classes, conditional comments, its own elements, and lists that are paragraphs.
const WORD: &str = "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}</style></head><body lang=VI>\
    <!--StartFragment--><h2 style='margin:0'>Giờ mở cửa<o:p></o:p></h2>\
    <p class=MsoNormal><span style='font-size:13.0pt'>Cảng mở cửa <b style='mso-bidi-font-weight:normal'>từ 6 giờ</b>.<o:p></o:p></span></p>\
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><!--[if gte vml 1]><v:shape/><![endif]--><!--EndFragment--></body></html>";

/// Google Docs: everything in a `b` that is not bold, marks as styles.
const DOCS: &str = "<meta charset='utf-8'><b style='font-weight:normal;' id='docs-internal-guid-0a1b'>\
    <p dir='ltr'><span style='font-weight:700;'>Luồng tàu</span><span style='font-weight:400;'> sâu 14 m.</span></p>\
    <ul><li dir='ltr'><p dir='ltr'><span>tàu hàng</span></p></li><li dir='ltr'><p dir='ltr'><span>tàu khách</span></p></li></ul></b>";

/// Hangul: styles by number, fonts in double quotes.
const HANGUL: &str = "<html><body><!--StartFragment--><p class=\"HStyle0\" style='line-height:160%'><span lang=\"EN-US\" \
    style='font-family:\"함초롬바탕\"'>하이퐁 항만이 문을 열었다.</span></p><p class=\"HStyle0\"><span>배가 들어온다.</span></p><!--EndFragment--></body></html>";

/// A page of the web: links, a script, a picture, and words that nobody saw, which are not lost.
const WEB: &str = "<div><p>Xem <a href='https://a.example/tin'>tin này</a>.</p><script>alert(1)</script>\
    <p>Ảnh: <img src='https://a.example/x.png' alt=''></p><p style='display:none'>ẩn</p></div>";

impl Editor {
    /// Pastes into an element, as the browser does.
    async fn paste(&self, selector: &str, html: &str, text: &str) {
        self.browser.find(selector).await.click().await.unwrap();
        let script = format!(
            "const data = new DataTransfer(); const html = {html}; \
             if (html) data.setData('text/html', html); data.setData('text/plain', {text}); \
             const event = new Event('paste', {{ bubbles: true, cancelable: true }}); \
             Object.defineProperty(event, 'clipboardData', {{ value: data }}); \
             document.querySelector({selector}).dispatchEvent(event)",
            html = Value::from(html),
            text = Value::from(text),
            selector = Value::from(selector),
        );
        self.browser.run::<()>(&script).await;
    }

    /// Waits until there are so many blocks.
    async fn blocks(&self, number: usize) {
        let there = format!("document.querySelectorAll('.block').length === {number}");
        self.browser.until("the blocks are there", &there).await;
    }
}

/// Drops or pastes two files onto an element: a picture that the page draws, and one that is no picture.
const FILES: &str = "const [selector, kind, key, name] = arguments; \
    const canvas = document.createElement('canvas'); canvas.width = 40; canvas.height = 20; \
    canvas.getContext('2d').fillRect(0, 0, 9, 9); \
    canvas.toBlob((blob) => { const data = new DataTransfer(); \
        data.items.add(new File([blob], name, { type: 'image/png' })); \
        data.items.add(new File(['MZ'], 'run.exe')); \
        const event = new Event(kind, { bubbles: true, cancelable: true }); \
        Object.defineProperty(event, key, { value: data }); \
        document.querySelector(selector).dispatchEvent(event); })";

/// Pictures that are dropped and pasted are blocks; what is no picture is named, and nothing is lost.
pub(super) async fn pictures_are_dropped_and_pasted(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    editor.go("/#/article/port/deep-water-port/vi").await;
    let browser = &editor.browser;
    browser.find(".page .ProseMirror").await;
    let first = ".block .is-paragraph .ProseMirror";
    for (kind, key, name) in [
        ("drop", "dataTransfer", "Bãi biển.png"),
        ("paste", "clipboardData", "image.png"),
    ] {
        let arguments = [first, kind, key, name].map(Value::from).to_vec();
        browser.driver.execute(FILES, arguments).await.unwrap();
        let refused = "document.querySelector('.notice.is-error')?.textContent.includes('run.exe')";
        browser.until("the other one is refused", refused).await;
        browser.click(".notice.is-error button").await;
    }
    // The same drawing is the same file, whatever it is called.
    let both = "document.querySelectorAll(\".block [data-picture='bai-bien'] img\").length === 2";
    browser.until("both are seen", both).await;
    let words = "[data-picture='bai-bien'] .is-alternative textarea";
    editor.set(words, "Một hình vẽ").await;
    editor.save().await;
    let text = editor.file("articles/port/deep-water-port/vi.json");
    assert_eq!(text["pictures"]["bai-bien"]["alternative"], "Một hình vẽ");
    let folder = editor
        .folder
        .path()
        .join("content/articles/port/deep-water-port");
    assert!(folder.join("bai-bien.png").is_file());
    editor.end(&["422"]).await;
}

/// Paste from Word, Google Docs, Hangul and a page of the web.
pub(super) async fn what_is_pasted_from_four_sources_becomes_blocks(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    editor.go("/#/article/port/deep-water-port/vi").await;
    let browser = &editor.browser;
    browser.find(".page .ProseMirror").await;
    let before: usize = browser
        .run("return document.querySelectorAll('.block').length")
        .await;
    let mut count = before;
    for (html, new) in [(WORD, 2), (DOCS, 2), (HANGUL, 2), (WEB, 3)] {
        editor.add("paragraph").await;
        let last = ".block:last-child .ProseMirror";
        editor.paste(last, html, "as plain text").await;
        count += new;
        editor.blocks(count).await;
    }
    let said = "[...document.querySelectorAll('.notice li')].some((one) => one.textContent.includes('picture'))";
    browser.until("it says what was left out", said).await;
    editor.save().await;
    let file = editor.file("articles/port/deep-water-port/vi.json");
    let pasted = &file["body"].as_array().unwrap()[before..];
    let expected = [
        json!({ "heading": "Giờ mở cửa" }),
        json!({ "paragraph": "Cảng mở cửa **từ 6 giờ**." }),
        json!({ "paragraph": "**Luồng tàu** sâu 14 m." }),
        json!({ "list": ["tàu hàng", "tàu khách"] }),
        json!({ "paragraph": "하이퐁 항만이 문을 열었다." }),
        json!({ "paragraph": "배가 들어온다." }),
        json!({ "paragraph": "Xem [tin này](https://a.example/tin)." }),
        json!({ "paragraph": "Ảnh:" }),
        json!({ "paragraph": "ẩn" }),
    ];
    assert_eq!(pasted, expected);
    editor.end(&[]).await;
}

/// TCVN3 and VNI are recognised and offered in Unicode; loose marks join their letters.
pub(super) async fn a_text_for_old_fonts_is_offered_in_unicode(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    editor.go("/#/article/port/deep-water-port/vi").await;
    let browser = &editor.browser;
    let last = ".block:last-child .ProseMirror";
    browser.find(".page .ProseMirror").await;
    editor.add("paragraph").await;
    let vni = "Haûi Phoøng, thaønh phoá caûng lôùn ôû mieàn Baéc";
    editor.paste(last, "", vni).await;
    browser.find("dialog.composing").await;
    browser.click("dialog.composing button.main").await;
    let has = |text: &str| {
        let text = Value::from(text);
        format!("document.querySelector('{last}')?.textContent === {text}")
    };
    let right = "Hải Phòng, thành phố cảng lớn ở miền Bắc";
    browser.until("it is in Unicode", &has(right)).await;
    editor.add("paragraph").await;
    editor.paste(last, "", "Ha\u{309}i Pho\u{300}ng").await;
    browser
        .until("marks join their letters", &has("Hải Phòng"))
        .await;
    editor.save().await;
    let file = editor.file("articles/port/deep-water-port/vi.json");
    let body = file["body"].as_array().unwrap();
    let pasted = &body[body.len() - 2..];
    assert_eq!(
        pasted,
        [
            json!({ "paragraph": right }),
            json!({ "paragraph": "Hải Phòng" })
        ]
    );
    editor.end(&[]).await;
}
