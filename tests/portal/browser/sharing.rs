//! Sharing an article: share links, the Web Share API, the QR code, and copying the link.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::prerendered::Prerendered;
use super::session::Browser;
use super::steps::WITHOUT_CLIPBOARD;
use super::upstream::at_root;
use i18n::words;
use model::Lang;
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::Key;

/// The selector of the messages.
const STATUS: &str = ".share-status";

/// The exact share links of articles with and without a headline, in every language.
pub(super) async fn share_links_are_exact(engine: Engine) {
    let browser = Browser::start(engine).await;
    for lang in Lang::ALL {
        for below in [WITH_HEADLINE, WITHOUT_HEADLINE] {
            let page = Page::read(&at_root().folder, lang, below);
            browser.open_alive(&page.path).await;
            let links: Vec<(String, String)> = browser
                .run(
                    "return [...document.querySelectorAll('a.share-link')].map((a) => [a.getAttribute('href'), a.rel])",
                )
                .await;
            let title = Prerendered::read(&at_root().folder, &page)
                .share_title
                .expect("the file has a title to share");
            assert!(title.starts_with(&page.heading()), "{title}");
            let hrefs: Vec<&String> = links.iter().map(|(href, _)| href).collect();
            assert_eq!(
                hrefs,
                expected(lang, &page.canonical(), &title)
                    .iter()
                    .collect::<Vec<_>>()
            );
            assert!(
                links
                    .iter()
                    .all(|(_, rel)| rel == "external noopener noreferrer"),
                "{links:?}"
            );
        }
    }
    browser.finish(&[]).await;
}

/// The share links of a language, in order.
fn expected(lang: Lang, address: &str, title: &str) -> Vec<String> {
    let zalo = percent(base64(json!({ "url": address }).to_string().as_bytes()).as_bytes());
    let (page, title) = (percent(address.as_bytes()), percent(title.as_bytes()));
    let facebook = format!("https://www.facebook.com/sharer/sharer.php?u={page}");
    let x = format!("https://x.com/intent/tweet?text={title}&url={page}");
    let mail = format!("mailto:?subject={title}&body={title}%0D%0A{page}");
    match lang {
        Lang::Vi => {
            vec![
                facebook,
                format!("https://button-share.zalo.me/share_external?d={zalo}"),
                x,
                mail,
            ]
        }
        Lang::En => vec![
            facebook,
            x,
            format!("https://www.linkedin.com/sharing/share-offsite/?url={page}"),
            format!("https://wa.me/?text={title}%20{page}"),
            format!("https://t.me/share/url?url={page}&text={title}"),
            mail,
        ],
        Lang::Ko => vec![
            format!("https://share.naver.com/web/shareView?url={page}&title={title}"),
            format!("https://band.us/plugin/share?body={title}%0A{page}&route={page}"),
            facebook,
            x,
        ],
        Lang::Ja => vec![
            format!("https://social-plugins.line.me/lineit/share?url={page}&text={title}"),
            x,
            format!("https://b.hatena.ne.jp/entry/panel/?url={page}&btitle={title}"),
            facebook,
        ],
        Lang::ZhHans => vec![
            format!("https://service.weibo.com/share/share.php?url={page}&title={title}"),
            format!("https://connect.qq.com/widget/shareqq/index.html?url={page}&title={title}"),
            mail,
        ],
    }
}

/// A fake Web Share API; `window.answer` sets its next result.
const DEVICE: &str = "
    window.shares = [];
    window.answer = undefined;
    const share = (data) => {
        shares.push([data, navigator.userActivation?.isActive ?? true]);
        return answer ? Promise.reject(new DOMException('no', answer)) : Promise.resolve();
    };
    for (const [name, value] of Object.entries({ share, canShare: ({ url }) => Boolean(url) })) {
        Object.defineProperty(Navigator.prototype, name, { configurable: true, writable: true, value });
    }
";

/// The Web Share API gets title and address. A share that was cancelled or is already under way
/// shows no message; any other failure does.
pub(super) async fn the_devices_own_way_to_share_is_offered_first(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.before_every_page(DEVICE);
    let page = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    browser.open_alive(&page.path).await;
    let first =
        "const all = [...document.querySelectorAll('.share :is(a, button, summary, input)')];
        return [all[0].className, getComputedStyle(all[0]).visibility, all[0].textContent]";
    let first: [String; 3] = browser.run(first).await;
    let words = words(Lang::Vi);
    assert_eq!(first, ["share-native", "visible", words.share_with_app]);
    let title = Prerendered::read(&at_root().folder, &page)
        .share_title
        .unwrap();
    let shared = json!([{ "title": title, "url": page.canonical() }, true]);
    for (count, (answer, told)) in [
        ("undefined", ""),
        ("'AbortError'", ""),
        ("'NotAllowedError'", words.tools.share_failed),
        ("'AbortError'", ""),
        ("'DataError'", words.tools.share_failed),
        ("'InvalidStateError'", ""),
    ]
    .into_iter()
    .enumerate()
    {
        browser
            .run::<()>(&format!(
                "(window.wrappedJSObject ?? window).answer = {answer}"
            ))
            .await;
        browser.click(".share-native").await;
        let asked = format!("shares.length === {}", count + 1);
        browser
            .until(&format!("the device is asked, answering {answer}"), &asked)
            .await;
        browser.until_message(STATUS, told).await;
        assert_eq!(browser.run::<Value>("return shares.at(-1)").await, shared);
    }
    let ways: usize = browser
        .run("return document.querySelectorAll('.share-link').length")
        .await;
    assert_eq!(ways, 4);
    browser.finish(&[]).await;
}

/// Without the Web Share API the button is hidden and cannot be focused, and the layout is the
/// same.
pub(super) async fn without_a_way_of_the_device_there_is_no_button(engine: Engine) {
    let browser = Browser::start(engine).await;
    let tops = "return ['.share-heading', '.share-links', '.share-copy', '.share-status', '.related']
        .map((part) => Math.round(document.querySelector(part).getBoundingClientRect().top + scrollY))";
    let path = format!("en/{WITH_HEADLINE}");
    browser.site.before_every_page(
        "delete Navigator.prototype.share; delete Navigator.prototype.canShare;",
    );
    browser.open_alive(&path).await;
    let state = "const button = document.querySelector('.share-native'); button.focus();
        return [getComputedStyle(button).visibility, document.activeElement === button, navigator.share === undefined]";
    assert_eq!(
        browser.run::<Value>(state).await,
        json!(["hidden", false, true])
    );
    let without: Vec<f64> = browser.run(tops).await;
    browser.site.before_every_page(DEVICE);
    browser.open_alive(&path).await;
    assert_eq!(
        browser.run::<Value>(state).await,
        json!(["visible", true, false])
    );
    assert_eq!(browser.run::<Vec<f64>>(tops).await, without);
    browser.finish(&[]).await;
}

/// The QR code loads only when it is opened. Decoded from a dark screen, it gives the page's
/// address.
pub(super) async fn a_code_is_loaded_when_it_is_opened_and_holds_the_address(engine: Engine) {
    let browser = Browser::start(engine).await;
    if engine == Engine::Chromium {
        super::accessibility::emulate(&browser, 360, "dark").await;
    }
    let page = Page::read(&at_root().folder, Lang::ZhHans, WITH_HEADLINE);
    browser.open_alive(&page.path).await;
    browser
        .run::<()>("document.querySelector('.share-qr').scrollIntoView({ block: 'center' })")
        .await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(browser.site.requested_paths("qr.svg"), Vec::<String>::new());
    browser
        .find(".share-qr summary")
        .await
        .send_keys(Key::Enter + "")
        .await
        .unwrap();
    browser
        .until(
            "the code is there",
            "document.querySelector('.share-code').naturalWidth > 0",
        )
        .await;
    assert_eq!(
        browser.site.requested_paths("qr.svg"),
        [format!("/{}qr.svg", page.path)]
    );
    assert_eq!(camera(&browser).await, page.canonical());
    // The program is not reloaded, and the next page has its own code.
    let next = Page::read(&at_root().folder, Lang::ZhHans, WITHOUT_HEADLINE);
    browser.run::<()>(&format!("const link = document.createElement('a'); link.href = '/{}'; document.querySelector('main').prepend(link); link.textContent = 'next'; link.click()", next.path)).await;
    browser.until_page(&next).await;
    browser.click(".share-qr summary").await;
    browser
        .until(
            "the next code is there",
            "document.querySelector('.share-code').naturalWidth > 0",
        )
        .await;
    assert_eq!(camera(&browser).await, next.canonical());
    browser.finish(&[]).await;
}

/// Decodes the QR code from a screenshot, with an independent decoder.
pub(super) async fn camera(browser: &Browser) -> String {
    let code = browser.find(".share-code").await;
    code.scroll_into_view().await.unwrap();
    // The picture loads lazily, and without scripts a page cannot say when it has loaded.
    for _ in 0..400 {
        let picture = image::load_from_memory(&code.screenshot_as_png().await.unwrap())
            .unwrap()
            .to_luma8();
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let pixels = picture.into_raw();
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            pixels[y * width + x]
        });
        if let [code] = &seen.detect_grids()[..] {
            return code.decode().unwrap().1;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{:?}: there is no code to be read", browser.engine);
}

/// A click copies the page's address to the clipboard, and a message says so.
pub(super) async fn the_link_is_copied(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = Page::read(&at_root().folder, Lang::Ko, WITHOUT_HEADLINE);
    browser.open_alive(&page.path).await;
    browser.allow_clipboard().await;
    browser.click(".share-button").await;
    browser
        .until_message(STATUS, words(Lang::Ko).tools.link_copied)
        .await;
    browser.until_pasted(&page.canonical()).await;
    browser.finish(&[]).await;
}

/// If the clipboard refuses or is missing, the address is selected and a message says what to do.
pub(super) async fn where_copying_is_refused_the_address_is_selected(engine: Engine) {
    let browser = Browser::start(engine).await;
    let [refused, missing] = WITHOUT_CLIPBOARD;
    for (lang, obstacle) in [(Lang::Ja, refused), (Lang::ZhHans, missing)] {
        let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
        browser.open_alive(&page.path).await;
        browser.run::<()>(obstacle).await;
        browser.click(".share-button").await;
        browser
            .until_message(STATUS, words(lang).tools.copy_refused)
            .await;
        let script = "const field = document.activeElement; return [field.className, field.value, getSelection().toString() || field.value.slice(field.selectionStart, field.selectionEnd)]";
        let selected: [String; 3] = browser.run(script).await;
        assert_eq!(
            selected,
            [
                "share-address".to_owned(),
                page.canonical(),
                page.canonical()
            ]
        );
    }
    browser.finish(&[]).await;
}

/// Percent-encodes all bytes except the unreserved characters of RFC 3986.
fn percent(bytes: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    bytes
        .iter()
        .map(|&byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Base64 by RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits = group
            .iter()
            .chain([0; 2].iter())
            .take(3)
            .fold(0, |bits, &byte| bits << 8 | usize::from(byte));
        (0..4)
            .map(|at| {
                if at <= group.len() {
                    char::from(DIGITS[bits >> (18 - 6 * at) & 63])
                } else {
                    '='
                }
            })
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
