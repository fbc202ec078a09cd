//! The editors' desk in a browser.

use super::accessibility::{Findings, emulate};
use super::engine::Engine;
use super::session::Browser;
use crate::desk::Desk;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use thirtyfour::{Key, TypingData};

/// A desk on a folder, in a browser.
pub(super) struct Editor {
    pub(super) browser: Browser,
    pub(super) folder: TempDir,
    desk: Desk,
}

impl Editor {
    /// Opens a desk on a folder, and comes in by the address that the program prints.
    pub(super) async fn come_in(engine: Engine, folder: TempDir) -> Self {
        Self::come_in_with(engine, folder, &[]).await
    }

    /// The same, with further arguments of the program.
    pub(super) async fn come_in_with(engine: Engine, folder: TempDir, further: &[&str]) -> Self {
        let desk = program(&folder, 0, further);
        Self::come_to(engine, folder, desk).await
    }

    /// The same on a machine that has no other programs but those in a folder.
    pub(super) async fn come_in_without_programs(
        engine: Engine,
        folder: TempDir,
        programs: &Path,
    ) -> Self {
        let desk = program_with(&folder, 0, &[], Some(programs));
        Self::come_to(engine, folder, desk).await
    }

    async fn come_to(engine: Engine, folder: TempDir, desk: Desk) -> Self {
        let browser = Browser::start(engine).await;
        let editor = Self {
            browser,
            folder,
            desk,
        };
        editor.go(&format!("/#{}", editor.desk.token)).await;
        editor.browser.find("main h1").await;
        editor
    }

    pub(super) async fn go(&self, path: &str) {
        let address = format!("http://{}{path}", self.desk.host());
        self.browser.driver.goto(&address).await.unwrap();
    }

    /// Types into the first element that matches the selector.
    pub(super) async fn write(&self, selector: &str, text: &str) {
        let element = self.browser.find(selector).await;
        // Not by a click: messages that come above it move it away from the pointer.
        element.focus().await.unwrap();
        element.send_keys(Key::Control + Key::End).await.unwrap();
        element.send_keys(text).await.unwrap();
    }

    /// Chooses an option of a list.
    pub(super) async fn choose(&self, selector: &str, value: &str) {
        self.browser.find(selector).await;
        let (selector, value) = (Value::from(selector), Value::from(value));
        let script = format!(
            "const list = document.querySelector({selector}); list.value = {value}; \
             list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        );
        self.browser.run::<()>(&script).await;
    }

    /// Saves with the keyboard, and waits until it is done.
    pub(super) async fn save(&self) {
        let body = self.browser.find("body").await;
        body.send_keys(Key::Control + "s").await.unwrap();
        self.browser
            .until(
                "it is saved",
                "document.querySelector('.saving').dataset.state === 'saved'",
            )
            .await;
    }

    /// Sets a field, as a picker of days or a paste would.
    pub(super) async fn set(&self, selector: &str, value: &str) {
        self.browser.find(selector).await;
        let (selector, value) = (Value::from(selector), Value::from(value));
        let script = format!(
            "const field = document.querySelector({selector}); field.value = {value}; \
             field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        );
        self.browser.run::<()>(&script).await;
    }

    /// Adds a block at the end of the text, and waits for it.
    pub(super) async fn add(&self, kind: &str) {
        self.browser
            .run::<()>("document.querySelector('.adder').open = true")
            .await;
        // By a key: messages that come above it move it away from a pointer.
        let kinds = self.browser.find(&format!("[data-kind='{kind}']")).await;
        kinds.send_keys(Key::Enter + "").await.unwrap();
        let there = format!("document.querySelector('.block:last-child .is-{kind}')");
        self.browser.until("the block is there", &there).await;
    }

    /// Publishes what is open, and waits until it is done.
    pub(super) async fn publish(&self) {
        self.browser.click(".bar button.main").await;
        self.browser.click("dialog button.main").await;
        let said = "document.querySelector('dialog .is-good, dialog .remark.is-error')";
        self.browser.until_published(said).await;
        let words = "return document.querySelector('dialog').innerText";
        let good: bool = self
            .browser
            .run("return !!document.querySelector('dialog .is-good')")
            .await;
        assert!(good, "{}", self.browser.run::<String>(words).await);
    }

    pub(super) fn file(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.content(name)).unwrap()).unwrap()
    }

    /// A file of the content.
    pub(super) fn content(&self, name: &str) -> PathBuf {
        self.folder.path().join("content").join(name)
    }

    pub(super) async fn end(self, expected: &[&str]) {
        // Closing the desk first would leave its page without an answer.
        self.browser.driver.goto("about:blank").await.unwrap();
        self.browser.finish(expected).await;
    }
}

/// Starts the program on a folder, at a port.
fn program(folder: &TempDir, port: u16, further: &[&str]) -> Desk {
    program_with(folder, port, further, None)
}

/// The same where other programs stand in a folder.
fn program_with(folder: &TempDir, port: u16, further: &[&str], programs: Option<&Path>) -> Desk {
    let target = Path::new(crate::ROOT).join("target");
    let files = target.join("desk");
    assert!(
        files.is_dir(),
        "there is no target/desk: `cargo xtask desk` makes it"
    );
    let bundle = target.join("bundle");
    Desk::start_among(folder.path(), &files, &bundle, port, further, programs)
}

/// From an empty folder to a published article in two languages, without touching a file.
pub(super) async fn a_portal_and_an_article_are_written_and_published(engine: Engine) {
    let editor = Editor::come_in(engine, tempfile::tempdir().unwrap()).await;
    begin(&editor).await;
    write_in_vietnamese(&editor).await;
    translate(&editor).await;
    editor.publish().await;
    compare(&editor);
    editor.end(&[]).await;
}

/// Begins a portal, and an article in it.
pub(super) async fn begin(editor: &Editor) {
    let browser = &editor.browser;
    editor
        .write("input[name='name-vi']", "Cổng Hải Phòng")
        .await;
    editor.write("#origin", "portal.example").await;
    browser.click("button.main").await;
    let empty = "document.querySelector('.empty:not([hidden])')";
    browser.until("the desk is empty", empty).await;
    browser.click("a.button.main").await;
    editor.choose("#lang", "vi").await;
    editor.choose("#section", "culture").await;
    editor.write("#title", "Hồ Tam Bạc vào thu").await;
    let proposed = "document.querySelector('#slug').value === 'ho-tam-bac-vao-thu'";
    browser.until("a name is proposed", proposed).await;
    browser.click("button.main").await;
}

/// Writes with marks and blocks, moves one by the keyboard, and undoes that.
async fn write_in_vietnamese(editor: &Editor) {
    let browser = &editor.browser;
    let press = async |selector: &str, keys: TypingData| {
        browser.find(selector).await.send_keys(keys).await.unwrap();
    };
    let lead = ".is-lead .ProseMirror";
    editor.write(lead, "Những hàng phượng bên ").await;
    press(lead, Key::Control + "b").await;
    press(lead, "hồ Tam Bạc".into()).await;
    press(lead, Key::Control + "b").await;
    press(lead, " đã ngả màu.".into()).await;
    let paragraph = ".block:nth-child(1) .ProseMirror";
    editor
        .write(paragraph, "Một vòng hồ dài chừng hai cây số.")
        .await;
    press(paragraph, Key::Enter + "").await;
    let next = "document.activeElement.closest('.block:nth-child(2)')";
    browser.until("another paragraph is there", next).await;
    editor
        .write(".block:nth-child(2) .ProseMirror", "Đi lúc nào?")
        .await;
    editor
        .choose(".block:nth-child(2) .block-kind", "heading")
        .await;
    let heading = "document.querySelector('.is-heading textarea')?.value === 'Đi lúc nào?'";
    browser.until("it is a heading", heading).await;
    // By a key: what the program answers can move the page between pressing and letting go.
    press(".adder summary", Key::Enter + "").await;
    let kinds = "document.querySelector('.adder').open";
    browser.until("the kinds of blocks are shown", kinds).await;
    browser.click("[data-kind='list']").await;
    editor.write(".is-list .ProseMirror", "sáng sớm").await;
    press(".is-list .ProseMirror", Key::Alt + Key::Up).await;
    let moved = "document.querySelector('.block:nth-child(2) .is-list')";
    browser.until("it is moved", moved).await;
    press("body", Key::Control + "z").await;
    let back = "document.querySelector('.block:nth-child(3) .is-list')";
    browser.until("it is back", back).await;
    editor.save().await;
    let page = "!document.querySelector('iframe').hidden";
    browser.until("the page is beside it", page).await;
}

/// Makes a translation, and gives it another title.
async fn translate(editor: &Editor) {
    let browser = &editor.browser;
    browser.click(".langs li:nth-child(2) button").await;
    let open = "location.hash.endsWith('/en') && document.querySelector('.is-headline textarea')?.lang === 'en'";
    browser.until("the translation is open", open).await;
    let headline = browser.find(".is-headline textarea").await;
    headline.send_keys(Key::Control + "a").await.unwrap();
    headline.send_keys("Lake Tam Bạc in autumn").await.unwrap();
    editor.save().await;
}

/// Compares the files with those that somebody would have written by hand.
fn compare(editor: &Editor) {
    let folder = "articles/culture/ho-tam-bac-vao-thu";
    let body = json!([
        { "paragraph": "Một vòng hồ dài chừng hai cây số." },
        { "heading": "Đi lúc nào?" },
        { "list": ["sáng sớm"] },
    ]);
    let lead = "Những hàng phượng bên **hồ Tam Bạc** đã ngả màu.";
    let vietnamese = json!({ "headline": "Hồ Tam Bạc vào thu", "lead": lead, "body": body });
    assert_eq!(editor.file(&format!("{folder}/vi.json")), vietnamese);
    let mut english = editor.file(&format!("{folder}/en.json"));
    let stamp = english["translated_from"].take();
    assert_eq!(stamp.as_str().map(str::len), Some(10));
    let expected = json!({ "translated_from": null, "headline": "Lake Tam Bạc in autumn", "lead": lead, "body": body });
    assert_eq!(english, expected);
    let mut facts = editor.file(&format!("{folder}/article.json"));
    facts["published"].take();
    let source = json!({ "name": "Cổng Hải Phòng", "address": "https://portal.example" });
    assert_eq!(facts, json!({ "published": null, "source": source }));
    for page in ["vi", "en"] {
        let page = format!("site/{page}/culture/ho-tam-bac-vao-thu/index.html");
        assert!(editor.folder.path().join(&page).is_file(), "{page}");
    }
}

/// A folder with the sample content.
pub(super) fn sample() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::folder::copy(
        &Path::new(crate::ROOT).join("content"),
        &folder.path().join("content"),
    );
    folder
}

/// A folder with the smallest portal.
pub(super) fn small() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::folder::copy(
        &Path::new(crate::ROOT).join("tests/cases/base/content"),
        &folder.path().join("content"),
    );
    folder
}

/// What axe finds on every page of the desk.
pub(super) async fn axe_finds_nothing_on_the_desk(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    let browser = &editor.browser;
    let mut found = Findings::default();
    for (width, scheme) in [(1280, "light"), (1024, "dark"), (768, "light")] {
        emulate(browser, width, scheme).await;
        for (path, there) in [
            ("", ".articles tbody tr"),
            ("new", "#slug"),
            ("article/port/deep-water-port/vi", ".page .ProseMirror"),
        ] {
            editor.go(&format!("/#/{path}")).await;
            browser.find(there).await;
            found
                .add(browser, &format!("{path} at {width} in {scheme}"))
                .await;
            if path.starts_with("article") {
                for kind in ["picture", "gallery", "table", "event", "attachment"] {
                    editor.add(kind).await;
                }
                found
                    .add(browser, &format!("blocks at {width} in {scheme}"))
                    .await;
                for tab in ["facts", "messages"] {
                    browser.click(&format!("#tab-{tab}")).await;
                    found
                        .add(browser, &format!("{tab} at {width} in {scheme}"))
                        .await;
                }
                let wide: bool = browser
                    .run("return document.documentElement.scrollWidth > innerWidth")
                    .await;
                assert!(!wide, "the article is wider than {width}");
            }
        }
    }
    found.judge();
    // axe asks the page in the frame, which is another origin.
    editor.end(&["postMessage"]).await;
}

/// What is typed and not saved is there after a reload, can be undone, and a file that somebody else
/// changed is shown beside it.
pub(super) async fn nothing_that_was_typed_is_lost(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    let browser = &editor.browser;
    let path = "/#/article/port/deep-water-port/en";
    editor.go(path).await;
    editor.write(".is-headline textarea", " – typed").await;
    browser
        .until(
            "it is kept",
            "document.querySelector('.saving').dataset.state === 'unsaved'",
        )
        .await;
    browser.driver.refresh().await.unwrap();
    browser
        .until(
            "it is there again",
            "document.querySelector('.is-headline textarea')?.value.endsWith(' – typed')",
        )
        .await;
    let file = editor
        .folder
        .path()
        .join("content/articles/port/deep-water-port/en.json");
    let theirs = fs::read_to_string(&file).unwrap().replacen(
        "\"headline\": \"",
        "\"headline\": \"Theirs: ",
        1,
    );
    fs::write(&file, &theirs).unwrap();
    browser
        .find("body")
        .await
        .send_keys(Key::Control + "s")
        .await
        .unwrap();
    browser
        .until(
            "both are shown",
            "document.querySelectorAll('dialog.conflict mark').length > 1",
        )
        .await;
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    browser
        .click("dialog.conflict .actions button:nth-child(2)")
        .await;
    browser
        .until(
            "theirs is there",
            "document.querySelector('.is-headline textarea')?.value.startsWith('Theirs: ')",
        )
        .await;
    browser
        .find("body")
        .await
        .send_keys(Key::Control + "z")
        .await
        .unwrap();
    browser
        .until(
            "mine is back",
            "document.querySelector('.is-headline textarea')?.value.endsWith(' – typed')",
        )
        .await;
    editor.end(&["409"]).await;
}

/// What is typed while the program is killed, and not there, is kept when it is there again.
pub(super) async fn a_program_that_was_killed_is_gone_on_with(engine: Engine) {
    let mut editor = Editor::come_in(engine, sample()).await;
    editor.go("/#/article/port/deep-water-port/en").await;
    editor.write(".is-headline textarea", " – one").await;
    editor
        .browser
        .until(
            "it is kept",
            "document.querySelector('.saving').dataset.state === 'unsaved'",
        )
        .await;
    // SIGKILL, as a power cut would.
    editor.desk.server.program.kill().unwrap();
    editor.desk.server.program.wait().unwrap();
    editor.write(".is-headline textarea", " – two").await;
    let told = "document.querySelector('.notice.is-fixed')";
    editor.browser.until("the editor is told", told).await;
    editor.desk = program(&editor.folder, editor.desk.server.port, &[]);
    // Another tab comes in by the new address, and hands over what it got.
    let first = editor.browser.driver.window().await.unwrap();
    let other = editor.browser.driver.new_tab().await.unwrap();
    editor
        .browser
        .driver
        .switch_to_window(other.clone())
        .await
        .unwrap();
    editor.go(&format!("/#{}", editor.desk.token)).await;
    editor.browser.find(".articles tbody tr").await;
    editor
        .browser
        .driver
        .switch_to_window(first.clone())
        .await
        .unwrap();
    let back = "!document.querySelector('.notice.is-fixed') && document.querySelector('.saving').dataset.state === 'unsaved'";
    editor.browser.until("it goes on", back).await;
    editor.save().await;
    let saved = editor.file("articles/port/deep-water-port/en.json");
    let headline = saved["headline"].as_str().unwrap();
    assert!(headline.ends_with(" – one – two"), "{headline}");
    editor.browser.driver.switch_to_window(other).await.unwrap();
    editor.browser.driver.close_window().await.unwrap();
    editor.browser.driver.switch_to_window(first).await.unwrap();
    editor
        .end(&["ERR_CONNECTION", "401", "ERR_EMPTY_RESPONSE"])
        .await;
}

/// Two windows on one text: the slower one is told, keeps what it has, and the other's is a step back.
pub(super) async fn two_windows_on_one_text_lose_nothing(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    let path = "/#/article/port/deep-water-port/en";
    let driver = &editor.browser.driver;
    let headline = ".is-headline textarea";
    editor.go(path).await;
    editor.browser.find(headline).await;
    let first = driver.window().await.unwrap();
    let other = driver.new_tab().await.unwrap();
    driver.switch_to_window(other.clone()).await.unwrap();
    editor.go(path).await;
    editor.write(headline, " – other").await;
    let kept = "document.querySelector('.saving').dataset.state === 'unsaved'";
    editor.browser.until("the other is kept", kept).await;
    driver.switch_to_window(first.clone()).await.unwrap();
    editor.write(headline, " – first").await;
    let both = "document.querySelector('dialog.conflict')";
    editor.browser.until("both are shown", both).await;
    editor.browser.click("dialog.conflict button.main").await;
    let ends = |words: &str| {
        format!("document.querySelector('.is-headline textarea')?.value.endsWith(' – {words}')")
    };
    editor
        .browser
        .until(
            "the first is there",
            &format!("!{both} && {}", ends("first")),
        )
        .await;
    let body = editor.browser.find("body").await;
    body.send_keys(Key::Control + "z").await.unwrap();
    editor
        .browser
        .until("the other is a step back", &ends("other"))
        .await;
    driver.switch_to_window(other).await.unwrap();
    driver.close_window().await.unwrap();
    driver.switch_to_window(first).await.unwrap();
    editor.end(&["409"]).await;
}
