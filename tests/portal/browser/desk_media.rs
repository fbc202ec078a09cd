//! Pictures, tables, galleries and events in the editors' desk; corrections, and what is scheduled.

use super::desk::{Editor, begin, small};
use super::engine::Engine;
use crate::desk::recording;
use crate::folder::copy;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

const FOLDER: &str = "articles/culture/ho-tam-bac-vao-thu";

impl Editor {
    /// A photograph on the disk, outside the content.
    fn photograph(&self, number: usize) -> PathBuf {
        let sample = ::synthetic::pictures::jpegs().swap_remove(number);
        let file = self.folder.path().join(format!("Ảnh {number}.jpg"));
        fs::write(&file, sample.bytes).unwrap();
        file
    }

    /// Gives files to the file field of a block.
    async fn give(&self, block: &str, files: &[PathBuf]) {
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let input = self
            .browser
            .find(&format!("{block} input[type=file]"))
            .await;
        input.send_keys(names.join("\n")).await.unwrap();
    }
}

/// From an empty folder to a published article with a picture, a table, a gallery and an event in two
/// languages, without touching a file.
pub(super) async fn an_article_with_everything_is_written_without_a_file(engine: Engine) {
    let editor = Editor::come_in(engine, tempfile::tempdir().unwrap()).await;
    begin(&editor).await;
    editor
        .write(".is-lead .ProseMirror", "Hồ đã ngả màu.")
        .await;
    editor
        .write(".block:nth-child(1) .ProseMirror", "Một vòng hồ.")
        .await;
    pictures(&editor).await;
    table_and_event(&editor).await;
    editor.save().await;
    let browser = &editor.browser;
    browser.click(".langs li:nth-child(2) button").await;
    let open = "location.hash.endsWith('/en') && document.querySelector('.is-headline textarea')?.lang === 'en'";
    browser.until("the translation is open", open).await;
    editor.set(".is-headline textarea", "Lake Tam Bạc").await;
    editor
        .set(
            "[data-picture='anh-0'] .is-alternative textarea",
            "Trees by the lake",
        )
        .await;
    editor.save().await;
    editor.publish().await;
    compare(&editor);
    editor.end(&[]).await;
}

async fn pictures(editor: &Editor) {
    let browser = &editor.browser;
    editor.add("picture").await;
    let block = ".block:nth-child(2)";
    editor.give(block, &[editor.photograph(0)]).await;
    let seen = "document.querySelector('.block:nth-child(2) .seen img')?.naturalWidth > 0";
    browser.until("the picture is seen", seen).await;
    let card = "[data-picture='anh-0']";
    editor
        .set(
            &format!("{card} .is-alternative textarea"),
            "Hàng cây bên hồ",
        )
        .await;
    editor.set(&format!("{card} input[list]"), "Minh Hảo").await;
    editor.add("gallery").await;
    let two = [editor.photograph(1), editor.photograph(2)];
    editor.give(".block:nth-child(3)", &two).await;
    let both = "document.querySelectorAll('.gallery-pictures .seen img').length === 2";
    browser.until("both pictures are seen", both).await;
    for (name, words) in [("anh-1", "Cầu"), ("anh-2", "Chợ")] {
        let field = format!("[data-picture='{name}'] .is-alternative textarea");
        editor.set(&field, words).await;
    }
}

async fn table_and_event(editor: &Editor) {
    let browser = &editor.browser;
    editor.add("table").await;
    let table = ".block:nth-child(4)";
    editor
        .set(
            &format!("{table} [data-path$='/caption'] textarea"),
            "Độ sâu",
        )
        .await;
    for (column, words) in [(0, "Năm"), (1, "Mét")] {
        let field = format!("{table} [data-path$='/header/{column}'] textarea");
        editor.set(&field, words).await;
    }
    for (column, words) in [(0, "2025"), (1, "1,5")] {
        let field = format!("{table} [data-path$='/rows/0/{column}'] .ProseMirror");
        editor.write(&field, words).await;
    }
    editor.add("event").await;
    let event = ".block:nth-child(5)";
    editor
        .set(&format!("{event} [data-path$='/name'] textarea"), "Đi bộ")
        .await;
    for (kind, value) in [("date", "2026-12-06"), ("time", "06:30")] {
        let field = format!("{event} [data-path$='/begin'] input[type={kind}]");
        editor.set(&field, value).await;
    }
    browser
        .until(
            "no mistake is left",
            "document.querySelectorAll('.remark.is-error').length === 0",
        )
        .await;
}

/// Compares the files with those that somebody would have written by hand.
fn compare(editor: &Editor) {
    let body = json!([
        { "paragraph": "Một vòng hồ." },
        { "picture": "anh-0" },
        { "gallery": { "pictures": ["anh-1", "anh-2"] } },
        { "table": { "caption": "Độ sâu", "header": ["Năm", "Mét"], "rows": [["2025", "1,5"]] } },
        { "event": { "name": "Đi bộ", "begin": "2026-12-06T06:30+07:00" } },
    ]);
    let pictures = |first: &str| {
        json!({
            "anh-0": { "alternative": first },
            "anh-1": { "alternative": "Cầu" },
            "anh-2": { "alternative": "Chợ" },
        })
    };
    let vietnamese = editor.file(&format!("{FOLDER}/vi.json"));
    let lead = "Hồ đã ngả màu.";
    let expected = json!({
        "headline": "Hồ Tam Bạc vào thu", "lead": lead,
        "pictures": pictures("Hàng cây bên hồ"), "body": body,
    });
    assert_eq!(vietnamese, expected);
    let mut english = editor.file(&format!("{FOLDER}/en.json"));
    english["translated_from"].take();
    let expected = json!({
        "translated_from": null, "headline": "Lake Tam Bạc", "lead": lead,
        "pictures": pictures("Trees by the lake"), "body": body,
    });
    assert_eq!(english, expected);
    let facts = editor.file(&format!("{FOLDER}/article.json"));
    let expected = json!({
        "anh-0": { "file": "anh-0.jpg", "credit": "Minh Hảo" },
        "anh-1": { "file": "anh-1.jpg" },
        "anh-2": { "file": "anh-2.jpg" },
    });
    assert_eq!(facts["pictures"], expected);
    assert_eq!(facts.get("draft"), None);
    for lang in ["vi", "en"] {
        let page = format!("site/{lang}/culture/ho-tam-bac-vao-thu/index.html");
        let html = fs::read_to_string(editor.folder.path().join(page)).unwrap();
        assert!(html.contains("anh-0-"), "{lang}");
    }
}

/// A mistake is mended and readers are told; another article is scheduled, and no reader has it.
pub(super) async fn an_article_is_corrected_and_another_scheduled(engine: Engine) {
    let folder = small();
    let port = folder.path().join("content/articles/port");
    copy(&port.join("deep-water-port"), &port.join("harbour"));
    let facts = port.join("harbour/article.json");
    // What nobody has seen was not changed either.
    let text = fs::read_to_string(&facts).unwrap();
    let lines = text.lines().filter(|line| !line.contains("\"updated\""));
    fs::write(&facts, lines.collect::<Vec<_>>().join("\n")).unwrap();
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    let add = "[data-path='/history'] > button.quiet";
    browser.click(add).await;
    editor
        .set("[data-path='/history/0/at'] input", "2026-10-01T09:00")
        .await;
    editor
        .write(
            "[data-path='/history/0/text'] .ProseMirror",
            "Bến dài 750 m.",
        )
        .await;
    browser.click("#tab-facts").await;
    editor
        .set("[data-path='/updated'] input", "2026-10-01T09:00")
        .await;
    editor.save().await;
    let text = editor.file("articles/port/deep-water-port/vi.json");
    let correction = json!({ "at": "2026-10-01T09:00+07:00", "text": "Bến dài 750 m." });
    assert_eq!(text["history"][0], correction);
    let facts = editor.file("articles/port/deep-water-port/article.json");
    assert_eq!(facts["updated"], "2026-10-01T09:00+07:00");
    editor.go("/#/").await;
    browser.find(".articles tbody tr").await;
    editor.go("/#/article/port/harbour/vi").await;
    browser.find(".page .ProseMirror").await;
    browser.click("#tab-facts").await;
    editor
        .set("[data-path='/published'] input", "2999-01-01T08:00")
        .await;
    editor.save().await;
    editor.publish().await;
    let page = |path: &str| {
        editor
            .folder
            .path()
            .join(format!("site/vi/{path}/index.html"))
    };
    let html = fs::read_to_string(page("port/deep-water-port")).unwrap();
    assert!(html.contains("Bến dài 750 m."));
    assert!(!page("port/harbour").exists());
    browser.click("dialog .actions button:last-child").await;
    editor.go("/#/").await;
    let scheduled = "document.querySelector(\"a.chip.is-scheduled[href*='harbour/vi']\")";
    browser.until("the list says so", scheduled).await;
    editor.end(&[]).await;
}

/// What is published is recorded in Git with a message and a name, which is remembered; the list says
/// who changed what.
pub(super) async fn what_is_published_is_recorded_in_git(engine: Engine) {
    let folder = small();
    recording::begin(folder.path());
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    editor.write(".is-headline textarea", " – mới").await;
    browser.click(".bar button.main").await;
    browser.find("dialog .recording input[type=email]").await;
    let fields = "dialog .recording .field";
    for (number, words) in [(1, "Sửa tiêu đề"), (2, "Minh Hảo")] {
        let field = format!("{fields}:nth-child({number}) input");
        editor.set(&field, words).await;
    }
    browser.click("dialog button.main").await;
    let done = "document.querySelector('dialog .is-good.is-recorded')";
    browser.until_published(done).await;
    let last = recording::git(
        editor.folder.path(),
        &["log", "-1", "--format=%an|%s", "--name-only"],
    );
    let expected = "Minh Hảo|Sửa tiêu đề\n\ncontent/articles/port/deep-water-port/vi.json";
    assert_eq!(last, expected);
    browser.click("dialog .actions button:last-child").await;
    editor.go("/#/").await;
    browser.click(".today summary").await;
    let listed = "document.querySelector('.today li')?.textContent.includes('Minh Hảo')";
    browser.until("the list says who it was", listed).await;
    browser.click(".bar button.main, .bar .tools button").await;
    let remembered =
        format!("document.querySelector('{fields}:nth-child(2) input')?.value === 'Minh Hảo'");
    browser.until("the name is remembered", &remembered).await;
    editor.end(&[]).await;
}
