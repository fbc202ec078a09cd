//! Sharing an article: exact addresses, and the link to copy.

use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::prerendered::Prerendered;
use super::session::Browser;
use super::upstream::at_root;
use portal::i18n::words;
use portal::model::Lang;
use serde_json::{Value, json};
use thirtyfour::Key;

/// The four links of an article, with and without a headline, in every language, to the byte.
pub(super) async fn share_links_are_exact(engine: Engine) {
    let browser = Browser::start(engine).await;
    for lang in Lang::ALL {
        for below in [WITH_HEADLINE, WITHOUT_HEADLINE] {
            let page = Page::read(&at_root().folder, lang, below);
            browser.open_alive(&page.path).await;
            let links: Vec<(String, String, String)> = browser
                .run("return [...document.querySelectorAll('.share-link')].map((a) => [a.getAttribute('href'), a.rel, a.getAttribute('aria-label') ?? a.textContent])")
                .await;
            let title = Prerendered::read(&at_root().folder, &page).share_title.expect("the file has a title to share");
            assert!(title.starts_with(&page.heading()), "{title}");
            let (address, title) = (percent(page.canonical().as_bytes()), percent(title.as_bytes()));
            let zalo = percent(base64(json!({ "url": page.canonical() }).to_string().as_bytes()).as_bytes());
            let expected = [
                format!("https://www.facebook.com/sharer/sharer.php?u={address}"),
                format!("https://button-share.zalo.me/share_external?d={zalo}"),
                format!("https://x.com/intent/tweet?text={title}&url={address}"),
                format!("mailto:?subject={title}&body={title}%0D%0A{address}"),
            ];
            assert_eq!(links.iter().map(|(href, ..)| href).collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
            assert!(links.iter().all(|(_, rel, _)| rel == "external noopener noreferrer"), "{links:?}");
            let names: Vec<&str> = links.iter().map(|(.., name)| name.as_str()).collect();
            assert!(
                names.iter().zip(["Facebook", "Zalo", "X"]).all(|(name, network)| name.contains(network)),
                "{names:?}"
            );
        }
    }
    browser.finish(&[]).await;
}

/// After a click, the page's address is on the clipboard, and the reader is told so.
pub(super) async fn the_link_is_copied(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = Page::read(&at_root().folder, Lang::Ko, WITHOUT_HEADLINE);
    browser.open_alive(&page.path).await;
    if engine == Engine::Chromium {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": browser.site.origin() });
        browser.cdp("Browser.grantPermissions", permissions).await;
    }
    browser.click(".share-button").await;
    until_told(&browser, words(Lang::Ko).link_copied).await;
    // Read back as a reader would: pasted somewhere else.
    browser.run::<()>("const field = document.createElement('textarea'); field.id = 'elsewhere'; document.querySelector('main').prepend(field)").await;
    browser.find("#elsewhere").await.send_keys(Key::Control + "v").await.unwrap();
    let expression = format!("document.getElementById('elsewhere').value === {}", Value::from(page.canonical()));
    browser.until("the address is pasted", &expression).await;
    browser.finish(&[]).await;
}

/// Where the clipboard refuses, or is not there at all, the address is selected and the reader is told what to do.
pub(super) async fn where_copying_is_refused_the_address_is_selected(engine: Engine) {
    let browser = Browser::start(engine).await;
    let refuse = "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
    let remove = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })";
    for (lang, obstacle) in [(Lang::Ja, refuse), (Lang::ZhHans, remove)] {
        let page = Page::read(&at_root().folder, lang, WITH_HEADLINE);
        browser.open_alive(&page.path).await;
        browser.run::<()>(obstacle).await;
        browser.click(".share-button").await;
        until_told(&browser, words(lang).copy_refused).await;
        let script = "const field = document.activeElement; return [field.id, field.value, getSelection().toString() || field.value.slice(field.selectionStart, field.selectionEnd)]";
        let selected: [String; 3] = browser.run(script).await;
        assert_eq!(selected, ["page-address".to_owned(), page.canonical(), page.canonical()]);
    }
    browser.finish(&[]).await;
}

async fn until_told(browser: &Browser, what: &str) {
    let expression = format!("document.querySelector('.share-status').textContent === {}", Value::from(what));
    browser.until(&format!("the reader is told “{what}”"), &expression).await;
}

/// RFC 3986: everything but the unreserved characters by its bytes.
fn percent(bytes: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    bytes.iter().map(|&byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits = group.iter().chain([0; 2].iter()).take(3).fold(0, |bits, &byte| bits << 8 | usize::from(byte));
        (0..4)
            .map(|at| if at <= group.len() { char::from(DIGITS[bits >> (18 - 6 * at) & 63]) } else { '=' })
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
