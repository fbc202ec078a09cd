//! A page has in itself the styles of what stands in it: it looks the same before its style sheet
//! comes and after.

use super::accessibility::emulate;
use super::engine::Engine;
use super::pages::{self, Page};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use super::walk;
use model::Lang;
use std::collections::BTreeMap;

/// What can be seen of every element, and of what styles put before and after it: a hash of each, or
/// all of it of the one with this name.
const LOOK: &str = r"
    const wanted = arguments[0];
    const hash = (text) => {
        let sum = 0;
        for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
        return String(sum);
    };
    const look = {};
    const add = (name, element, part, box) => {
        if (wanted && wanted !== name) return;
        const style = getComputedStyle(element, part);
        if (part && style.content === 'none') return;
        const text = box + [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; ');
        look[name] = wanted ? text : hash(text);
    };
    [document.documentElement, document.body, ...document.querySelectorAll('#portal, #portal *, .chooser, .chooser *')]
        .forEach((element, number) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const name = `${number} ${element.localName}.${element.className}`;
            add(name, element, null, `box: ${x},${y} ${width}×${height}; `);
            for (const part of ['::before', '::after']) add(name + part, element, part, '');
        });
    return look;
";

/// Compares every kind of page without its style sheet and with it. What a page has of the style
/// sheet does not depend on the window.
pub(super) async fn a_page_looks_the_same_before_its_style_sheet_comes(engine: Engine) {
    let browser = Browser::start(engine).await;
    let folder = &at_root().folder;
    let paths = |pages: Vec<Page>| pages.into_iter().map(|page| page.path);
    let without_language = walk::WITHOUT_LANGUAGE.map(str::to_owned);
    let wide: Vec<String> = paths(pages::every_kind_in(folder, Lang::Ja)).collect();
    let narrow = paths(walk::every_page(folder, Lang::Vi))
        .chain(without_language)
        .collect();
    let mut faults = Vec::new();
    for (width, paths) in [(360, narrow), (1280, wide)] {
        emulate(&browser, width, "light").await;
        for path in paths {
            let before = look(&browser, &path, "", Styles::OfThePage).await;
            let after = look(&browser, &path, "", Styles::All).await;
            assert!(before.len() > 20, "{path} has {} elements", before.len());
            let differs = before
                .keys()
                .chain(after.keys())
                .find(|element| before.get(*element) != after.get(*element));
            if let Some(element) = differs {
                let before = look(&browser, &path, element, Styles::OfThePage).await;
                let after = look(&browser, &path, element, Styles::All).await;
                let text = |look: &BTreeMap<String, String>| {
                    look.get(element).cloned().unwrap_or_default()
                };
                let (before, after) = (text(&before), text(&after));
                let (one, other) = differing(&before, &after);
                faults.push(format!(
                    "{path} at {width}, {element}: {one:?} becomes {other:?}"
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "the style sheet changes {} pages:\n{}",
        faults.len(),
        faults.join("\n")
    );
    browser.finish(&["404", ".css"]).await;
}

/// The styles that a page gets.
enum Styles {
    /// Those that it has in itself.
    OfThePage,
    /// Its style sheet too.
    All,
}

/// Opens a page, and looks at it, or at one element, when all of it is there but the program: a page
/// without a document asks for that at once, and would be taken over at any moment. The program never
/// comes, because a browser that has it once does not ask again.
async fn look(
    browser: &Browser,
    path: &str,
    element: &str,
    styles: Styles,
) -> BTreeMap<String, String> {
    browser.site.clear_faults();
    browser.site.hold(".wasm");
    if matches!(styles, Styles::OfThePage) {
        browser.site.inject_fault(".css", Fault::Status(404));
    }
    browser.open(path).await;
    // The search is there when its script has filled its place.
    let there = "document.readyState === 'complete' \
        && document.querySelector('.search-place')?.childElementCount !== 0";
    browser.until("the page is there", there).await;
    browser
        .driver
        .execute(LOOK, vec![element.into()])
        .await
        .unwrap_or_else(|error| panic!("{path} cannot be looked at: {error}"))
        .convert()
        .expect("a look is a map of texts")
}

/// The first declarations in which two styles differ.
fn differing<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    one.split("; ")
        .zip(other.split("; "))
        .find(|(one, other)| one != other)
        .unwrap_or((one, other))
}
