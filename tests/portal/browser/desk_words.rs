//! Translations, names, settings and emergencies on the editors' desk, in a browser.

use super::accessibility::{Findings, emulate};
use super::desk::{Editor, sample, small};
use super::engine::Engine;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;
use thirtyfour::Key;

const ARTICLE: &str = "articles/port/deep-water-port";

/// Writes a file of the content.
pub(super) fn put(folder: &TempDir, name: &str, value: &Value) {
    let file = folder.path().join("content").join(name);
    fs::write(file, serde_json::to_string_pretty(value).unwrap()).unwrap();
}

/// The original changes; the translation shows where and how, takes a new paragraph over, and is up to
/// date when somebody says so.
pub(super) async fn a_translation_follows_its_original(engine: Engine) {
    let editor = Editor::come_in(engine, sample()).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    editor.write(".is-headline textarea", " mới").await;
    let paragraph = ".block:nth-child(1) .ProseMirror";
    editor.write(paragraph, " Hết câu.").await;
    let words = browser.find(paragraph).await;
    words.send_keys(Key::Enter + "").await.unwrap();
    let next = "document.activeElement.closest('.block:nth-child(2)')";
    browser.until("another paragraph is there", next).await;
    editor
        .write(".block:nth-child(2) .ProseMirror", "Một đoạn mới.")
        .await;
    editor.save().await;
    // By the button, as an editor would.
    editor.go("/#/article/port/deep-water-port/ko").await;
    browser.click(".bar .is-beside").await;
    let shown = "location.hash.endsWith('/ko+vi') && document.querySelector('.is-headline .beside.is-words ins')?.textContent.includes('mới')";
    browser.until("what changed is marked", shown).await;
    let level = "(() => { const tops = [...document.querySelectorAll('.block.has-beside')].map((block) => [block, block.querySelector('.beside')]); \
                 return tops.length > 3 && tops.every(([block, beside]) => beside && Math.abs(block.getBoundingClientRect().top - beside.getBoundingClientRect().top) < 4); })()";
    browser
        .until("each part stands at the height of its own", level)
        .await;
    let said: String = browser
        .run("return document.querySelector('.beside-alone .beside-said').textContent")
        .await;
    assert!(!said.is_empty());
    browser.click(".beside-alone button").await;
    let taken = "document.querySelector('.block:nth-child(2) .ProseMirror')?.textContent === 'Một đoạn mới.' && !document.querySelector('.beside-alone')";
    browser
        .until("the paragraph is there to be translated", taken)
        .await;
    browser.click(".beside-head .is-done").await;
    let done = "document.querySelector('.beside-head p') && !document.querySelector('.beside-head .is-done') && !document.querySelector('.page ins, .page del')";
    browser.until("it is up to date", done).await;
    let translation = editor.file(&format!("{ARTICLE}/ko.json"));
    assert_eq!(
        translation["body"][1],
        json!({ "paragraph": "Một đoạn mới." })
    );
    let original = fs::read(editor.content(&format!("{ARTICLE}/vi.json"))).unwrap();
    let stamp = editorial::content::stamp::of(&original).unwrap();
    assert_eq!(translation["translated_from"], json!(stamp));
    editor.end(&["postMessage"]).await;
}

/// The work list leads from one translation to the next.
pub(super) async fn the_work_list_leads_to_the_next_translation(engine: Engine) {
    let folder = small();
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor
        .choose(".filters label:last-child select", "ko")
        .await;
    browser.click(".filters input[type='checkbox']").await;
    browser.click(".found .is-next").await;
    let open = "location.hash.endsWith('/ko+vi') && document.querySelector('.is-headline .beside')";
    browser.until("it was made and is open", open).await;
    let made = editor.file(&format!("{ARTICLE}/ko.json"));
    assert_eq!(made["draft"], json!(true));
    editor.end(&["postMessage"]).await;
}

/// A machine's draft is labelled until somebody says that it is right, and is no offer for publishing.
pub(super) async fn a_draft_of_a_machine_is_labelled(engine: Engine) {
    let folder = small();
    let program = folder.path().join("translate");
    fs::write(
        &program,
        "#!/bin/sh\nwhile read -r line; do echo \"$2: $line\"; done\n",
    )
    .unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let further = ["--translate-command", "./translate"];
    let editor = Editor::come_in_with(engine, folder, &further).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/en+vi").await;
    browser.click(".beside-head .is-machine").await;
    browser.click("dialog[open] button.main").await;
    let there = "document.querySelector('.is-headline textarea')?.value.startsWith('en: ') && document.querySelector('.notice.is-machine')";
    browser
        .until("the draft is there, and labelled", there)
        .await;
    editor.save().await;
    let saved = editor.file(&format!("{ARTICLE}/en.json"));
    assert_eq!(
        (&saved["machine"], &saved["draft"]),
        (&json!(true), &json!(true))
    );
    browser.click(".bar button.main").await;
    browser.find("dialog[open] h2").await;
    let ticks: usize = browser
        .run("return document.querySelectorAll('dialog[open] [type=checkbox]').length")
        .await;
    assert_eq!(ticks, 0);
    browser
        .click("dialog[open] .actions button:last-child")
        .await;
    browser.click(".notice .is-right").await;
    let right = "!document.querySelector('.notice.is-machine')";
    browser.until("it is right", right).await;
    editor.save().await;
    assert!(
        editor
            .file(&format!("{ARTICLE}/en.json"))
            .get("machine")
            .is_none()
    );
    editor.end(&["postMessage"]).await;
}

/// A name is written into the glossary, offered beside the original, and mends a wrong spelling.
pub(super) async fn names_are_offered_and_mended_with_one_press(engine: Engine) {
    let folder = small();
    let name = json!({
        "right": { "vi": "Cảng nước sâu", "en": "Deep-Water Port" },
        "wrong": { "en": ["Deep-water port"] },
    });
    put(&folder, "glossary.json", &json!({ "names": [name] }));
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/en").await;
    browser.click(".is-headline .is-mending").await;
    let mended = "document.querySelector('.is-headline textarea').value.startsWith('Deep-Water Port receives') && !document.querySelector('.is-headline .is-mending')";
    browser.until("it is mended", mended).await;
    editor.save().await;
    browser.click(".bar .is-beside").await;
    browser
        .click(".is-lead .name-offer, .is-headline .name-offer")
        .await;
    let offered = "[document.querySelector('.is-headline textarea').value, document.querySelector('.is-lead .ProseMirror').textContent].join(' ').split('Deep-Water Port').length === 3";
    browser.until("the name is written", offered).await;
    editor.go("/#/glossary").await;
    browser
        .find("[data-path='/names/0/right/ko'] textarea")
        .await;
    editor
        .write("[data-path='/names/0/right/ko'] textarea", "심해항")
        .await;
    editor.save().await;
    let glossary = editor.file("glossary.json");
    assert_eq!(glossary["names"][0]["right"]["ko"], "심해항");
    editor.end(&["postMessage"]).await;
}

/// An emergency notice wants every language and is asked for twice; it is on the site then, and gone
/// when it is taken away.
pub(super) async fn an_emergency_is_asked_for_twice_and_taken_away_again(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let browser = &editor.browser;
    browser.click(".bar .is-emergency").await;
    for lang in ["vi", "en", "ko", "ja"] {
        let field = format!("[name='notice-{lang}']");
        editor.write(&field, &format!("Alarm {lang}")).await;
    }
    browser.click(".emergency form button.main").await;
    let missing = "document.querySelector('.emergency .remark:not([hidden])') && document.activeElement.name === 'notice-zh-Hans'";
    browser
        .until("the missing language is named", missing)
        .await;
    editor.write("[name='notice-zh-Hans']", "Alarm zh").await;
    browser.click(".emergency form button.main").await;
    browser.find(".emergency .notice-texts").await;
    assert!(
        editor.file("site.json").get("notices").is_none(),
        "nobody has agreed yet"
    );
    browser.click(".emergency .is-danger").await;
    let done = "document.querySelector('.emergency .is-good')";
    browser.until_published(done).await;
    let page = |lang: &str| {
        fs::read_to_string(editor.folder.path().join(format!("site/{lang}/index.html"))).unwrap()
    };
    assert!(page("ja").contains("Alarm ja") && page("vi").contains("Alarm vi"));
    browser.click(".emergency .actions button").await;
    browser.click(".bar .is-emergency").await;
    browser.click(".standing-notices button").await;
    browser.click(".emergency button.main").await;
    browser.until_published(done).await;
    assert!(!page("ja").contains("Alarm ja"));
    assert!(editor.file("site.json").get("notices").is_none());
    editor.end(&[]).await;
}

/// Settings are changed in a form; a change on the disk and one in another window are shown beside it.
pub(super) async fn settings_are_changed_and_nothing_is_overwritten(engine: Engine) {
    let editor = Editor::come_in(engine, small()).await;
    let browser = &editor.browser;
    editor.go("/#/settings/slogans").await;
    let slogan = "[data-path='/slogans/en'] textarea";
    editor.write(slogan, " here").await;
    let kept = "document.querySelector('.saving').dataset.state === 'unsaved'";
    browser.until("it is kept", kept).await;
    let file = editor.content("site.json");
    let theirs = fs::read_to_string(&file)
        .unwrap()
        .replacen("\"Chào\"", "\"Xin chào\"", 1);
    fs::write(&file, &theirs).unwrap();
    let body = browser.find("body").await;
    body.send_keys(Key::Control + "s").await.unwrap();
    let both = "document.querySelectorAll('dialog.conflict mark').length > 1";
    browser.until("both are shown", both).await;
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    browser.click("dialog.conflict button.main").await;
    let saved = "document.querySelector('.saving').dataset.state === 'saved'";
    browser.until("mine is saved", saved).await;
    let site = editor.file("site.json");
    assert_eq!(site["slogans"]["en"], "Welcome here");
    assert_eq!(site["slogans"]["vi"], "Chào");
    let driver = &browser.driver;
    let first = driver.window().await.unwrap();
    let other = driver.new_tab().await.unwrap();
    driver.switch_to_window(other.clone()).await.unwrap();
    editor.go("/#/settings/slogans").await;
    editor.write(slogan, " other").await;
    browser.until("the other is kept", kept).await;
    driver.switch_to_window(first.clone()).await.unwrap();
    editor.write(slogan, " first").await;
    browser
        .until(
            "both are shown",
            "document.querySelector('dialog.conflict')",
        )
        .await;
    browser
        .click("dialog.conflict .actions button:nth-child(2)")
        .await;
    let theirs = "document.querySelector(\"[data-path='/slogans/en'] textarea\").value === 'Welcome here other'";
    browser.until("the other's is there", theirs).await;
    driver.switch_to_window(other).await.unwrap();
    driver.close_window().await.unwrap();
    driver.switch_to_window(first).await.unwrap();
    // A mistake stands at its field, and at the name of the key.
    browser.click("[data-key='picks']").await;
    browser.click("[data-path='/picks'] > button").await;
    editor
        .write("[data-path='/picks/0'] input", "port/nowhere")
        .await;
    let said = "document.querySelector(\"[data-path='/picks/0'] .remark.is-error\") && document.querySelector('.key.has-error')";
    browser.until("the mistake is named", said).await;
    editor.end(&["409"]).await;
}

/// What axe finds where translations, names and settings are.
pub(super) async fn axe_finds_nothing_where_translations_names_and_settings_are(engine: Engine) {
    let folder = sample();
    let name =
        json!({ "right": { "vi": "Hải Phòng", "ko": "하이퐁" }, "wrong": { "ko": ["하이풍"] } });
    put(&folder, "glossary.json", &json!({ "names": [name] }));
    let editor = Editor::come_in(engine, folder).await;
    let browser = &editor.browser;
    editor.go("/#/article/port/deep-water-port/vi").await;
    editor.write(".is-headline textarea", " mới").await;
    editor.save().await;
    let mut found = Findings::default();
    for (width, scheme) in [(1280, "light"), (1024, "dark"), (768, "light")] {
        emulate(browser, width, scheme).await;
        for (path, there) in [
            ("article/port/deep-water-port/ko+vi", ".beside.is-words ins"),
            ("settings/sections", "[data-path='/sections/0/slug'] input"),
            ("settings/notices", "[data-path='/notices'] > button"),
            ("glossary", "[data-path='/names/0/right/vi']"),
            ("pages", ".new-page input"),
            ("page/about/vi", ".page .ProseMirror"),
            ("page/about/en+vi", ".beside"),
            ("owed/questions/vi", ".surface .ProseMirror"),
            ("owed/register", "[data-path='/issuers']"),
            ("owed/assessment", "[data-path='/conformance']"),
        ] {
            editor.go(&format!("/#/{path}")).await;
            browser.find(there).await;
            found
                .add(browser, &format!("{path} at {width} in {scheme}"))
                .await;
            let wide: bool = browser
                .run("return document.documentElement.scrollWidth > innerWidth")
                .await;
            assert!(!wide, "{path} is wider than {width}");
        }
        browser.click(".bar .is-emergency").await;
        browser.find(".emergency textarea").await;
        found
            .add(browser, &format!("the emergency at {width} in {scheme}"))
            .await;
        browser
            .click(".emergency .actions button:nth-child(2)")
            .await;
    }
    found.judge();
    editor.end(&["postMessage"]).await;
}
