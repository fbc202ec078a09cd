//! Files on the editors' desk: the register's, the cover, and what is taken away; words on the page as they are typed,
//! names at the cursor, and a machine without Git. In Chromium alone.

use super::desk::{Editor, small};
use super::desk_words::put;
use super::engine::Engine;
use crate::desk::recording;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use thirtyfour::Key;

const ARTICLE: &str = "articles/port/deep-water-port";

impl Editor {
    /// Writes a file outside the content.
    fn outside(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let file = self.folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        file
    }

    /// Gives files to a field.
    async fn hand(&self, field: &str, files: &[PathBuf]) {
        let names: Vec<String> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        let input = self.browser.find(field).await;
        input.send_keys(names.join("\n")).await.unwrap();
    }

    /// Opens the facts of the article, once its fields are there.
    async fn open_facts(&self) {
        self.go("/#/article/port/deep-water-port/vi").await;
        self.browser.find(".page .ProseMirror").await;
        self.browser.click("#tab-facts").await;
    }

    /// Opens the list of what nothing uses, takes the file away, and reads where it is kept.
    async fn take_away(&self, file: &str) -> String {
        self.browser
            .run::<()>("document.querySelector('.unused').open = true")
            .await;
        let button = format!(".unused button[aria-label$='{file}']");
        self.browser.click(&button).await;
        let said = format!(
            "document.querySelector('.unused [role=status]').textContent.includes('{file}') && !document.querySelector(\"{button}\")"
        );
        self.browser
            .until("it is said where it is kept", &said)
            .await;
        let words = "return document.querySelector('.unused [role=status]').textContent";
        self.browser.run(words).await
    }
}

/// A document of the register gets files by the desk: what is none is refused by name, the others are named in its list,
/// stand beside it when it is saved, and can be taken away again.
pub(super) async fn files_come_to_a_document_of_the_register(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let browser = &editor.browser;
    editor.go("/#/pages").await;
    browser.click(".owed:nth-of-type(1) button").await;
    browser.find("[data-path='/issuers']").await;
    editor.go("/#/pages").await;
    let name = ".owed:nth-of-type(1) .new-page input";
    editor.write(name, "no-1").await;
    browser.click(".owed:nth-of-type(1) .new-page button").await;
    let files = [
        editor.outside("Quyết định.pdf", b"%PDF-1.7\n"),
        editor.outside("Ảnh.png", &::synthetic::pictures::png((3, 2), 2, 8, 0)),
        editor.outside("Phụ lục.csv", "a,b\n".as_bytes()),
    ];
    editor.hand(".is-enclosing input[type=file]", &files).await;
    let named = |number: usize, file: &str| {
        format!(
            "document.querySelector(\"[data-path='/files/{number}/file'] select\")?.value === '{file}'"
        )
    };
    browser
        .until("the PDF is named", &named(0, "quyet-dinh.pdf"))
        .await;
    browser
        .until("the table is named", &named(1, "phu-luc.csv"))
        .await;
    let refused =
        "document.querySelector('.is-enclosing [role=alert]')?.textContent.includes('Ảnh.png')";
    browser
        .until("the picture is refused by name", refused)
        .await;
    editor
        .set(
            "[data-path='/number'] textarea, [data-path='/number'] input",
            "1/QĐ",
        )
        .await;
    editor
        .set("[data-path='/subjects/vi'] textarea", "Về cảng")
        .await;
    editor
        .choose("[data-path='/files/0/lang'] select", "vi")
        .await;
    editor.save().await;
    let document = editor.file("documents/no-1/document.json");
    let expected = json!([{ "file": "quyet-dinh.pdf", "lang": "vi" }, { "file": "phu-luc.csv" }]);
    assert_eq!(document["files"], expected);
    let there = editor.content("documents/no-1/quyet-dinh.pdf");
    assert_eq!(fs::read(&there).unwrap(), b"%PDF-1.7\n");
    // Out of the list, it is a file that nothing names.
    let entry =
        "[data-path='/files'] > .entries > .entry:nth-child(2) .entry-tools button:last-child";
    browser.click(entry).await;
    let gone = "!document.querySelector(\"[data-path='/files/1/file']\")";
    browser.until("the entry is gone", gone).await;
    editor.save().await;
    editor.take_away("phu-luc.csv").await;
    assert!(!editor.content("documents/no-1/phu-luc.csv").exists());
    let kept = editor.content(".drafts/removed/no-1+phu-luc.csv");
    assert_eq!(fs::read(kept).unwrap(), b"a,b\n");
    editor.end(&["422"]).await;
}

/// A file that no text uses any more is taken away with its name, and kept among the drafts; while a text uses it, it is
/// not offered.
pub(super) async fn a_file_that_nothing_uses_is_taken_away_and_kept(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    browser.find(".page .ProseMirror").await;
    editor.add("attachment").await;
    let plan = editor.outside("Sơ đồ.pdf", b"%PDF-1.7\n");
    editor
        .hand(".block:last-child input[type=file]", &[plan])
        .await;
    let chosen =
        "document.querySelector('.block:last-child .is-attachment select')?.value === 'so-do'";
    browser.until("the file is in the block", chosen).await;
    editor
        .set(".block:last-child .is-attachment textarea", "Sơ đồ")
        .await;
    editor.save().await;
    let there = editor.content(&format!("{ARTICLE}/so-do.pdf"));
    assert!(there.is_file());
    browser.click("#tab-facts").await;
    browser
        .run::<()>("document.querySelector('.unused').open = true")
        .await;
    let none = "document.querySelector('.unused [role=status]').textContent !== '' && !document.querySelector('.unused li')";
    browser.until("nothing is unused", none).await;
    let body = browser.find("body").await;
    body.send_keys(Key::Control + "z").await.unwrap();
    let without = "!document.querySelector('.block:last-child .is-attachment textarea')?.value";
    browser.until("the words are undone", without).await;
    let remove = "[...document.querySelectorAll('.block')].at(-1).querySelector('.block-tools button:last-child').click()";
    browser.run::<()>(remove).await;
    let gone = "!document.querySelector('.is-attachment')";
    browser.until("the block is gone", gone).await;
    editor.save().await;
    browser
        .run::<()>("document.querySelector('.unused').open = false")
        .await;
    let kept = editor.take_away("so-do.pdf").await;
    assert!(
        kept.contains(".drafts/removed/port+deep-water-port+so-do.pdf"),
        "{kept}"
    );
    assert!(!there.exists());
    let facts = editor.file(&format!("{ARTICLE}/article.json"));
    assert_eq!(facts.get("files"), None, "{facts}");
    let removed = editor.content(".drafts/removed/port+deep-water-port+so-do.pdf");
    assert_eq!(fs::read(removed).unwrap(), b"%PDF-1.7\n");
    editor.end(&[]).await;
}

/// The cover is a new picture with its words, above the text and on the page; then one that is there, then none.
pub(super) async fn the_cover_is_chosen_and_left_out_again(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let browser = &editor.browser;
    editor.open_facts().await;
    let photograph = ::synthetic::pictures::jpegs().swap_remove(0).bytes;
    let photograph = editor.outside("Bến cảng.jpg", &photograph);
    let cover = "[data-path='/cover']";
    editor
        .hand(&format!("{cover} input[type=file]"), &[photograph])
        .await;
    let above = ".above [data-picture='ben-cang']";
    browser.find(above).await;
    let chosen = "document.querySelector(\"[data-path='/cover'] select\").value === 'ben-cang'";
    browser.until("the cover is the new picture", chosen).await;
    editor
        .set(
            &format!("{above} .is-alternative textarea"),
            "Bến cảng lúc bình minh",
        )
        .await;
    editor.save().await;
    let facts = editor.file(&format!("{ARTICLE}/article.json"));
    assert_eq!(facts["cover"], "ben-cang");
    assert_eq!(facts["pictures"]["ben-cang"]["file"], "ben-cang.jpg");
    let words = editor.file(&format!("{ARTICLE}/vi.json"))["pictures"]["ben-cang"].take();
    assert_eq!(words["alternative"], "Bến cảng lúc bình minh");
    assert!(editor.content(&format!("{ARTICLE}/ben-cang.jpg")).is_file());
    editor.choose(&format!("{cover} select"), "harbour").await;
    // The picture in the text is no second time above it; the other one waits below.
    let below = ".rest [data-picture='ben-cang']";
    browser.find(below).await;
    let nothing = format!("!document.querySelector(\"{above}\")");
    browser
        .until("nothing stands above the text", &nothing)
        .await;
    editor.choose(&format!("{cover} select"), "").await;
    editor.save().await;
    let facts = editor.file(&format!("{ARTICLE}/article.json"));
    assert_eq!(facts.get("cover"), None, "{facts}");
    assert_eq!(facts["pictures"]["ben-cang"]["file"], "ben-cang.jpg");
    editor.end(&[]).await;
}

/// A folder with a history on a machine without Git: the list says so, and writing and publishing go on.
pub(super) async fn without_git_writing_goes_on_and_the_desk_says_so(engine: Engine) {
    let folder = small();
    recording::begin(folder.path());
    let before = recording::git(folder.path(), &["log", "--format=%H"]);
    let nothing = tempfile::tempdir().unwrap();
    let editor = Editor::come_in_without_programs(engine, folder, nothing.path()).await;
    let browser = &editor.browser;
    let said = "document.querySelector('.today .help')?.textContent.includes('git')";
    browser
        .until("the list says that there is no Git", said)
        .await;
    editor.go("/#/article/port/deep-water-port/vi").await;
    editor.write(".is-headline textarea", " – mới").await;
    editor.save().await;
    editor.publish().await;
    let asked = "return document.querySelectorAll('dialog .recording input').length";
    assert_eq!(browser.run::<usize>(asked).await, 0, "it asks for a record");
    let page = editor
        .folder
        .path()
        .join("site/vi/port/deep-water-port/index.html");
    assert!(fs::read_to_string(page).unwrap().contains(" – mới"));
    let after = recording::git(editor.folder.path(), &["log", "--format=%H"]);
    assert_eq!(before, after);
    let changed = recording::git(editor.folder.path(), &["status", "--porcelain", "content"]);
    assert_eq!(
        changed.trim(),
        "M content/articles/port/deep-water-port/vi.json"
    );
    editor.end(&[]).await;
}

/// What is typed stands on the page beside the form before the program has heard of it, as words and nothing else.
pub(super) async fn words_are_on_the_page_as_they_are_typed(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let (browser, driver) = (&editor.browser, &editor.browser.driver);
    editor.go("/#/article/port/deep-water-port/vi").await;
    let shown = "!document.querySelector('iframe').hidden";
    browser.until("the page is beside it", shown).await;
    // The page says that it is there by marking what has the focus.
    let lead = browser.find(".is-lead .ProseMirror").await;
    lead.focus().await.unwrap();
    driver.enter_frame(0).await.unwrap();
    let marked = "document.querySelector('[data-desk-field]')?.matches('.article-lead')";
    browser.until("the lead is marked", marked).await;
    driver.enter_default_frame().await.unwrap();
    // From now on the program hears of nothing.
    let deaf = "const own = window.fetch; \
        window.fetch = (address, ...rest) => String(address).endsWith('/api/edit') ? new Promise(() => {}) : own(address, ...rest)";
    browser.run::<()>(deaf).await;
    editor.write(".is-headline textarea", " <b>mới</b>").await;
    lead.send_keys(Key::Control + "a").await.unwrap();
    lead.send_keys("Một ").await.unwrap();
    lead.send_keys(Key::Control + "b").await.unwrap();
    lead.send_keys("hai").await.unwrap();
    editor.write(".block:nth-child(2) textarea", " nữa").await;
    driver.enter_frame(0).await.unwrap();
    let headline = "document.querySelector('.article-headline').textContent.endsWith(' <b>mới</b>') && !document.querySelector('.article-headline b')";
    browser
        .until("the headline is there, as words", headline)
        .await;
    let lead = "document.querySelector('.article-lead').textContent === 'Một hai' && document.querySelector('.article-lead strong').textContent === 'hai'";
    browser.until("the lead is there with its mark", lead).await;
    let heading = "document.querySelector('.body > h2 .anchor').textContent.endsWith(' nữa')";
    browser
        .until("the heading is still a link to itself", heading)
        .await;
    // Nobody else writes there.
    let forged = "dispatchEvent(new MessageEvent('message', { origin: 'https://evil.example', source: parent, data: { write: '/headline', spans: [{ text: 'x' }], page: location.pathname } })); \
        return document.querySelector('.article-headline').textContent !== 'x'";
    assert!(
        browser.run::<bool>(forged).await,
        "a forged message was heard"
    );
    driver.enter_default_frame().await.unwrap();
    editor.end(&["postMessage"]).await;
}

/// In a plain field, too, the names are offered where the cursor is: behind the words before it, on its own line.
pub(super) async fn names_are_offered_at_the_cursor_of_a_plain_field(engine: Engine) {
    let folder = small();
    let name = json!({ "right": { "vi": "Lạch Huyện", "en": "Lach Huyen" } });
    put(&folder, "glossary.json", &json!({ "names": [name] }));
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    let headline = browser.find(".is-headline textarea").await;
    let offered = "document.querySelector('#names:not([hidden]) [role=option]')?.textContent === 'Lạch Huyện'";
    // The place of the list, beside where a canvas says that the words end.
    let place = "const area = document.querySelector('.is-headline textarea'); const looks = getComputedStyle(area); \
        const sheet = document.createElement('canvas').getContext('2d'); \
        sheet.font = `${looks.fontStyle} ${looks.fontWeight} ${looks.fontSize} ${looks.fontFamily}`; sheet.letterSpacing = looks.letterSpacing; \
        const { left, top, bottom } = area.getBoundingClientRect(); const list = document.querySelector('#names').getBoundingClientRect(); \
        const inset = parseFloat(looks.paddingLeft) + parseFloat(looks.borderLeftWidth); \
        const words = sheet.measureText(area.value.slice(0, area.selectionStart)).width; \
        return [list.left - left - inset, words, list.top - top, list.top - bottom, parseFloat(looks.lineHeight)]";
    headline.focus().await.unwrap();
    headline.send_keys(Key::Control + "a").await.unwrap();
    headline.send_keys("Ra lach").await.unwrap();
    browser.until("the name is offered", offered).await;
    let [at, words, ..] = browser.run::<[f64; 5]>(place).await;
    assert!(words > 40.0 && (at - words).abs() < 4.0, "{at} and {words}");
    // With more words than a line has, and the cursor in the first line, it stands below that line.
    headline.send_keys(Key::Control + "a").await.unwrap();
    let long = format!("lach{}", " một hai ba bốn".repeat(12));
    editor.set(".is-headline textarea", &long).await;
    let cursor = "const area = document.querySelector('.is-headline textarea'); area.focus(); area.setSelectionRange(4, 4); \
        area.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run::<()>(cursor).await;
    browser.until("the name is offered again", offered).await;
    let [at, words, below_top, above_bottom, line] = browser.run::<[f64; 5]>(place).await;
    assert!((at - words).abs() < 4.0, "{at} and {words}");
    assert!(
        below_top < 1.6 * line && above_bottom < -line,
        "{below_top} {above_bottom} {line}"
    );
    headline.send_keys(Key::Down + "").await.unwrap();
    headline.send_keys(Key::Enter + "").await.unwrap();
    let written = format!(
        "document.querySelector('.is-headline textarea').value === {}",
        Value::from(long.replacen("lach", "Lạch Huyện", 1))
    );
    browser.until("the name is written", &written).await;
    editor.end(&["postMessage"]).await;
}
