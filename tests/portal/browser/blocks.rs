//! Interactive blocks: the gallery viewer, heading anchors, calendar files.

use super::engine::Engine;
use super::proxy::Fault;
use super::session::Browser;
use i18n::{Words, words};
use model::Lang;
use serde_json::Value;
use thirtyfour::Key;

/// An article with a gallery of three pictures and an event.
const ARTICLE: &str = "culture/red-flamboyant-festival/";

fn path(lang: Lang) -> String {
    format!("{}/{ARTICLE}", lang.tag())
}

/// Waits until the viewer shows and announces the picture with this number, of three.
async fn until_viewed(browser: &Browser, lang: Lang, number: usize) {
    let said = Words::fill(
        words(lang).picture_of,
        &[("n", &number.to_string()), ("total", "3")],
    );
    let expression = format!(
        "document.querySelector('dialog.viewer[open] [role=status]')?.textContent.startsWith({}) \
         && document.querySelector('.viewer-stage img').src === document.querySelectorAll('.gallery-link')[{}].href",
        Value::from(said),
        number - 1
    );
    browser
        .until(&format!("picture {number} is shown"), &expression)
        .await;
}

async fn press(browser: &Browser, key: Key) {
    browser
        .driver
        .active_element()
        .await
        .unwrap()
        .send_keys(key + "")
        .await
        .unwrap();
}

/// The keyboard opens a picture, goes through all of them and closes the viewer. The focus then
/// returns to the link.
pub(super) async fn a_gallery_is_gone_through_by_the_keyboard(engine: Engine) {
    let browser = Browser::start(engine).await;
    let lang = Lang::Ko;
    browser.open_alive(&path(lang)).await;
    browser
        .run::<()>("document.querySelectorAll('.gallery-link')[1].focus()")
        .await;
    press(&browser, Key::Enter).await;
    until_viewed(&browser, lang, 2).await;
    for (key, number) in [
        (Key::Right, 3),
        (Key::Right, 3),
        (Key::Home, 1),
        (Key::Left, 1),
        (Key::End, 3),
        (Key::Left, 2),
    ] {
        press(&browser, key).await;
        until_viewed(&browser, lang, number).await;
    }
    let caption: String = browser
        .run("return document.querySelector('.viewer-stage figcaption').textContent.trim()")
        .await;
    let own: String = browser
        .run("return document.querySelectorAll('.gallery figcaption')[1].textContent.trim()")
        .await;
    assert_eq!(caption, own);
    press(&browser, Key::Escape).await;
    let back = "!document.querySelector('.viewer') && document.activeElement === document.querySelectorAll('.gallery-link')[1]";
    browser
        .until("the viewer is gone and the focus is where it was", back)
        .await;
    let address: String = browser.run("return location.pathname").await;
    assert!(address.ends_with(&path(lang)), "{address}");
    browser.finish(&[]).await;
}

/// The same with a pointer. The buttons have names in the reader's language. If the viewer's script
/// fails to load, the link opens the picture file.
pub(super) async fn a_gallery_is_gone_through_by_its_buttons_and_follows_its_links_where_the_viewer_does_not_come(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let lang = Lang::Vi;
    browser.open_alive(&path(lang)).await;
    browser.click(".gallery-link").await;
    until_viewed(&browser, lang, 1).await;
    let names: Vec<String> =
        browser.run("return [...document.querySelectorAll('.viewer button')].map((button) => button.ariaLabel ?? button.getAttribute('aria-label'))").await;
    let words = words(lang);
    assert_eq!(
        names,
        [words.close, words.previous_picture, words.next_picture]
    );
    let named: bool = browser
        .run("return document.querySelector('.viewer').getAttribute('aria-label') === document.querySelector('.gallery').getAttribute('aria-label')")
        .await;
    assert!(named, "the viewer is called as the gallery");
    browser.click(".viewer-next").await;
    until_viewed(&browser, lang, 2).await;
    browser.click(".viewer-previous").await;
    until_viewed(&browser, lang, 1).await;
    let idle: String = browser
        .run("return document.querySelector('.viewer-previous').getAttribute('aria-disabled')")
        .await;
    assert_eq!(idle, "true");
    browser.click(".viewer-close").await;
    browser
        .until("the viewer is gone", "!document.querySelector('.viewer')")
        .await;
    browser.finish(&[]).await;

    let browser = Browser::start(engine).await;
    let script = std::fs::read_dir(browser.folder.join("assets"))
        .unwrap()
        .filter_map(Result::ok);
    let mut scripts = script.map(|file| file.file_name().into_string().unwrap());
    let script = scripts
        .find(|name| name.starts_with("gallery-") && name.ends_with(".js"))
        .unwrap();
    browser.site.inject_fault(&script, Fault::Status(404));
    browser.open_alive(&path(lang)).await;
    let file: String = browser
        .run("return new URL(document.querySelector('.gallery-link').href).pathname")
        .await;
    browser.click(".gallery-link").await;
    browser
        .until(
            "the picture itself is shown",
            &format!("location.pathname === {}", Value::from(file)),
        )
        .await;
    // A bare picture file has no icon, so the browser asks for `favicon.ico`.
    browser.finish(&["gallery-", "favicon.ico"]).await;
}

/// A heading's link puts its anchor into the address, and such an address scrolls to the heading:
/// on the current page and on a cold load.
pub(super) async fn a_heading_leads_to_itself_and_an_address_to_its_heading(engine: Engine) {
    let browser = Browser::start(engine).await;
    let at_top = |id: &str| {
        format!(
            "location.hash === '#{id}' && Math.abs(document.getElementById('{id}').getBoundingClientRect().top) < 80"
        )
    };
    for lang in [Lang::En, Lang::Ja] {
        browser.open_alive(&path(lang)).await;
        let id: String = browser
            .run("return document.querySelectorAll('.body h2')[1].id")
            .await;
        assert_eq!(
            id,
            if lang == Lang::En {
                "part-why-the-flamboyant"
            } else {
                "part-2"
            }
        );
        browser.click(&format!("#{id} > a")).await;
        browser
            .until("the heading is at the top", &at_top(&id))
            .await;
        browser.open("").await;
        browser.open_alive(&format!("{}#{id}", path(lang))).await;
        browser
            .until("the loaded page is at its heading", &at_top(&id))
            .await;
    }
    browser.finish(&[]).await;
}

/// The link leads to a calendar file of the right type and date.
pub(super) async fn an_event_brings_a_file_for_calendars(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive(&path(Lang::Vi)).await;
    let (status, kind, text): (u16, String, String) = browser
        .run("return fetch(document.querySelector('.event-calendar').href).then(async (answer) => [answer.status, answer.headers.get('content-type'), await answer.text()])")
        .await;
    assert_eq!(
        (status, kind.as_str()),
        (200, "text/calendar; charset=utf-8")
    );
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("DTSTART;VALUE=DATE:20260513\r\n"),
        "{text}"
    );
    browser.finish(&[]).await;
}
