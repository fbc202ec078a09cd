//! Printing: the article alone, black on white, in every theme.

use super::display_settings::open_tools;
use super::engine::Engine;
use super::pages::{Page, WITH_HEADLINE};
use super::session::Browser;
use super::upstream::at_root;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{Choice, Lang};
use serde_json::{Value, json};

/// The tool waits for all pictures to load, and prints once.
pub(super) async fn the_print_tool_prints_with_all_pictures(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    let note = "window.printed = []; window.print = () => window.printed.push([...document.querySelectorAll('main img')].filter((image) => !image.complete || !image.naturalWidth).length);";
    browser.site.before_every_page(note);
    browser.open_alive(&page.path).await;
    open_tools(&browser).await;
    browser.click(".tools-buttons > :first-child").await;
    browser.until("it prints", "printed.length").await;
    assert_eq!(
        browser.run::<Vec<usize>>("return printed").await,
        [0],
        "pictures are missing on paper"
    );
    browser.finish(&[]).await;
}

/// In every theme paper is white and text is black. Tools and frame are hidden; address, date and
/// source are shown. The PDF has one to six pages.
pub(super) async fn paper_is_black_on_white_in_every_theme(engine: Engine) {
    let browser = Browser::start(engine).await;
    let page = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    browser.open_alive(&page.path).await;
    let look = r"
        const colours = (selector) => {
            const style = getComputedStyle(document.querySelector(selector));
            return [style.color, style.backgroundColor];
        };
        const shown = (selector) => [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
        return {
            html: colours('html'), text: colours('.body > p')[0], link: colours('.body a, .byline a')[0],
            gone: ['.header', '.footer', '.tools', '.share', '.related', '.notices', '.section-nav'].filter(shown),
            there: ['h1', '.byline time', '.byline a', '.tools-address', '.article-lead', '.body', '.figure img'].filter((part) => !shown(part)),
            address: document.querySelector('.tools-address').textContent,
            after: getComputedStyle(document.querySelector('.byline a'), '::after').content,
        };
    ";
    for theme in Choice::Theme.values() {
        browser
            .run::<()>(&format!(
                "portalChoose('theme', '{}')",
                theme.replace("system", "")
            ))
            .await;
        let features = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
        browser
            .cdp(
                "Emulation.setEmulatedMedia",
                json!({ "media": "print", "features": features }),
            )
            .await;
        // A colour in transition is not final.
        browser
            .until("nothing fades", "document.getAnimations().length === 0")
            .await;
        let found: Value = browser.run(look).await;
        assert_eq!(
            found["html"],
            json!(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]),
            "{theme}"
        );
        assert_eq!(
            [&found["text"], &found["link"]],
            ["rgb(0, 0, 0)"; 2],
            "{theme}"
        );
        assert_eq!(
            [&found["gone"], &found["there"]],
            [&json!([]); 2],
            "{theme}"
        );
        assert_eq!(found["address"], page.canonical());
        assert!(
            found["after"]
                .as_str()
                .is_some_and(|after| after.contains("attr(href)") || after.contains("https://")),
            "{found}"
        );
        browser
            .cdp(
                "Emulation.setEmulatedMedia",
                json!({ "media": "", "features": [] }),
            )
            .await;
        let paper = browser
            .cdp("Page.printToPDF", json!({ "preferCSSPageSize": true }))
            .await;
        let bytes = STANDARD
            .decode(paper["data"].as_str().expect("the printer gets data"))
            .expect("it is base64");
        assert!(bytes.starts_with(b"%PDF-"), "the printer gets no PDF");
        let pages = bytes
            .windows(12)
            .filter(|piece| piece.starts_with(b"/Type /Page") && piece[11] != b's')
            .count();
        assert!((1..=6).contains(&pages), "{theme}: {pages} pages");
        if let Some(folder) = std::env::var_os("PORTAL_SCREENSHOTS") {
            std::fs::write(
                std::path::Path::new(&folder).join(format!("paper-{theme}.pdf")),
                bytes,
            )
            .unwrap();
        }
    }
    browser.finish(&[]).await;
}

/// On paper an address of four hundred characters takes a part of one line: the sentence around it stays readable.
pub(super) async fn a_long_address_on_paper_is_cut_off(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("vi/pages/about/").await;
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))
        .await;
    let measure = r"
        const link = document.querySelector('.body p a');
        link.href = 'https://portal.example/' + ARGUMENT;
        const paragraph = link.closest('p');
        return [paragraph.getBoundingClientRect().height, document.documentElement.scrollWidth];
    ";
    let with = |rest: &str| measure.replace("ARGUMENT", rest);
    let [short, _]: [f64; 2] = browser.run(&with("''")).await;
    let [long, width]: [f64; 2] = browser.run(&with("'%ED%95%AD'.repeat(45)")).await;
    let line: f64 = browser
        .run("return parseFloat(getComputedStyle(document.querySelector('.body p')).lineHeight)")
        .await;
    assert!(
        long <= short + 2.0 * line,
        "{short} became {long} in lines of {line}"
    );
    let view: f64 = browser.run("return innerWidth").await;
    assert!(width <= view, "{width} of {view}");
    browser.finish(&[]).await;
}
