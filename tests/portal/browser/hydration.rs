//! The take-over of a prerendered page: hydration if its nodes are unchanged, else a fresh mount.

use super::engine::Engine;
use super::pages::{self, Page, WITH_HEADLINE, WITHOUT_HEADLINE};
use super::prerendered::Prerendered;
use super::proxy::{Change, Fault};
use super::session::Browser;
use super::snapshot::PageSnapshot;
use super::upstream::at_root;
use super::walk;
use model::Lang;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Records every node of the portal and the position of every element.
const RECORD_NODES: &str = r"
    const root = document.getElementById('portal');
    const nodes = () => {
        const walker = document.createTreeWalker(root), found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        return found;
    };
    const boxes = () => [...root.querySelectorAll('*')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return `${element.localName}.${element.className} ${x} ${y} ${width} ${height}`;
    });
    window.held = { nodes: nodes(), boxes: boxes() };
    window.compare = () => {
        const now = { nodes: nodes(), boxes: boxes() };
        const lost = held.nodes.filter((node) => !root.contains(node)).map((node) => node.nodeName);
        const moved = held.boxes.filter((box, at) => box !== now.boxes[at]);
        return { lost, moved, before: held.nodes.length, after: now.nodes.length };
    };
    return document.documentElement.dataset.app ?? 'no scripts';
";

/// Records the nodes and positions of a page before its take-over.
pub(super) async fn record_nodes(browser: &Browser, path: &str) {
    // Content that is still loading may move the rest.
    browser
        .until(
            &format!("{path} is complete"),
            "document.readyState === 'complete'",
        )
        .await;
    assert_eq!(
        browser.run::<String>(RECORD_NODES).await,
        "asleep",
        "{path} was taken over without a sign of a reader"
    );
}

/// Hydration keeps every single node where it is, and nothing moves on the screen.
pub(super) async fn the_take_over_keeps_every_node_and_moves_nothing(engine: Engine) {
    let browser = Browser::start(engine).await;
    if engine == Engine::Chromium {
        let observe = r"
            window.shifts = [];
            const rect = ({ x, y, width, height }) => `${x},${y} ${width}×${height}`;
            const source = ({ node, previousRect, currentRect }) =>
                `${node?.localName ?? node?.nodeName}.${node?.className} ${rect(previousRect)} -> ${rect(currentRect)}`;
            const entry = ({ value, sources }) => `${value}: ${sources.map(source).join('; ')}`;
            // What had no size before has not moved: it has come.
            const moved = ({ sources }) => !sources.length || sources.some(({ previousRect }) => previousRect.width && previousRect.height);
            new PerformanceObserver((list) => shifts.push(...list.getEntries().filter(moved).map(entry)))
                .observe({ type: 'layout-shift', buffered: true });";
        browser.site.before_every_page(observe);
    }
    for page in pages::every_kind_in(&at_root().folder, Lang::Ja) {
        browser.open(&page.path).await;
        record_nodes(&browser, &page.path).await;
        browser.alive(&page.path).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        let difference: Value = browser.run("return compare()").await;
        let nodes = &difference["before"];
        let expected = json!({ "lost": [], "moved": [], "before": nodes, "after": nodes });
        assert_eq!(difference, expected, "{engine:?}: {}", page.path);
        if engine == Engine::Chromium {
            let shifts: Vec<String> = browser.run("return shifts").await;
            assert_eq!(
                shifts,
                Vec::<String>::new(),
                "the layout of {} shifts",
                page.path
            );
        }
    }
    browser.finish(&["404"]).await;
}

/// If a translator wraps texts, or an extension removes or adds a part, the portal mounts afresh,
/// once, and works.
pub(super) async fn a_page_changed_before_the_take_over_is_mounted_afresh(engine: Engine) {
    let browser = Browser::start(engine).await;
    let changes: [(&str, Change); 3] = [
        ("a translator wraps texts", |html| wrap_texts(&html)),
        ("a part is taken away", |html| {
            cut(&html, "<footer", "</footer>")
        }),
        ("a part is put in", |html| {
            html.replacen("<main", "<aside>Buy!</aside><main", 1)
        }),
    ];
    let page = Page::read(&at_root().folder, Lang::Vi, "port/");
    let article = Page::read(&at_root().folder, Lang::Vi, WITH_HEADLINE);
    for (what, change) in changes {
        browser
            .site
            .inject_fault(&format!("/{}", page.path), Fault::Change(change));
        browser.open_alive(&page.path).await;
        let parts: [usize; 6] = browser
            .run("return ['header', 'main', 'footer', 'aside', 'font', '#portal'].map((part) => document.querySelectorAll(part).length)")
            .await;
        assert_eq!(
            parts,
            [1, 1, 1, 0, 0, 1],
            "{engine:?}: header, main, footer, aside, font, portal after {what}"
        );
        browser.mark_load().await;
        browser.follow_to(&article).await;
        assert!(
            browser.is_marked_load().await,
            "{engine:?}: no living portal after {what}"
        );
        browser.site.clear_faults();
    }
    browser.finish(&[]).await;
}

/// A page without its embedded document requests it.
pub(super) async fn a_page_without_its_document_asks_for_it(engine: Engine) {
    let browser = Browser::start(engine).await;
    let lose = |html: String| cut(&html, "<script type=\"application/json\"", "</script>");
    let page = Page::read(&at_root().folder, Lang::Ko, "port/");
    browser
        .site
        .inject_fault(&format!("/{}", page.path), Fault::Change(lose));
    browser.open_alive(&page.path).await;
    PageSnapshot::at(&browser).await.check(&page);
    browser.finish(&[]).await;
}

/// An additional attribute does no harm: the page is hydrated as it is.
pub(super) async fn an_attribute_more_does_no_harm(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.site.inject_fault(
        "/en/port/",
        Fault::Change(|html| html.replacen("<main", "<main data-dark-reader=\"on\"", 1)),
    );
    browser.open("en/port/").await;
    record_nodes(&browser, "en/port/").await;
    browser.alive("en/port/").await;
    assert_eq!(
        browser.run::<Value>("return compare().lost").await,
        json!([])
    );
    browser.finish(&[]).await;
}

/// On every kind of page in a language of each script, the text is the same in the file and after a fresh
/// mount; on every page in one language, in the file and after hydration. [`super::audit`] compares
/// every kind of page in every language after hydration.
pub(super) async fn every_page_has_the_same_text_in_its_file_taken_over_and_mounted_afresh(
    engine: Engine,
) {
    let browser = Browser::start(engine).await;
    let folder = &at_root().folder;
    // The search page gets its form from a script of its own: `searching.rs` tests it. An address that
    // leads nowhere has no file.
    let has_text = |path: &String| {
        !path.ends_with("/search/") && folder.join(path).join("index.html").is_file()
    };
    let mut audited = BTreeSet::new();
    for lang in [Lang::Vi, Lang::Ja] {
        let pages = walk::every_page(folder, lang).into_iter();
        audited.extend(pages.map(|page| page.path).filter(has_text));
    }
    let all = walk::every_path(&folder.join("vi")).into_iter();
    let others: BTreeSet<String> = all
        .map(|below| format!("vi/{below}"))
        .filter(|path| has_text(path) && !audited.contains(path))
        .collect();
    assert!(
        audited.contains("vi/") && audited.contains("ja/") && others.len() > audited.len() / 2,
        "front pages or articles are missing: {audited:?} {others:?}"
    );
    for path in others {
        let written = written(folder, &path);
        browser.open_alive(&path).await;
        assert_eq!(portal_text(&browser).await, written, "{path} taken over");
    }
    for path in audited {
        let written = written(folder, &path);
        browser
            .site
            .inject_fault(&format!("/{path}"), Fault::Change(without_fingerprint));
        browser.open_alive(&path).await;
        assert_eq!(
            portal_text(&browser).await,
            written,
            "{path} mounted afresh"
        );
        browser.site.clear_faults();
    }
    browser.finish(&[]).await;
}

/// The text in a page's file.
fn written(folder: &Path, path: &str) -> String {
    let file = folder.join(path).join("index.html");
    Prerendered::parse(&fs::read_to_string(file).unwrap()).portal
}

/// The same for a fresh mount of four pages, for engines in which all pages would take too long.
pub(super) async fn a_fresh_mount_says_what_the_file_says(engine: Engine) {
    let browser = Browser::start(engine).await;
    for (lang, below) in [
        (Lang::Vi, ""),
        (Lang::Ko, "port/"),
        (Lang::En, WITH_HEADLINE),
        (Lang::ZhHans, WITHOUT_HEADLINE),
    ] {
        let page = Page::read(&at_root().folder, lang, below);
        browser.site.inject_fault(
            &format!("/{}", page.path),
            Fault::Change(without_fingerprint),
        );
        browser.open_alive(&page.path).await;
        assert_eq!(
            portal_text(&browser).await,
            Prerendered::read(&at_root().folder, &page).portal,
            "{}",
            page.path
        );
    }
    browser.finish(&[]).await;
}

/// The text of everything that is hydrated, as [`Prerendered::portal`] has it.
pub(super) async fn portal_text(browser: &Browser) -> String {
    let script = r"
        const filled = (node) => {
            if (node.nodeType === Node.TEXT_NODE) return node.data;
            const children = [...node.childNodes].filter((child) => child.nodeType !== Node.COMMENT_NODE);
            const text = children.map(filled).join('');
            return children.length === 1 && text === ' ' ? '' : text;
        };
        return filled(document.getElementById('portal'));
    ";
    browser.run(script).await
}

fn without_fingerprint(html: String) -> String {
    html.replacen("data-fingerprint=\"", "data-fingerprint=\"other-", 1)
}

/// Wraps some texts in `font` elements, as browser translators do.
fn wrap_texts(html: &str) -> String {
    let Some(at) = html.find("<main") else {
        return html.to_owned();
    };
    let (before, main) = html.split_at(at);
    let main = main.replace(
        "<p class=\"section-description\">",
        "<p class=\"section-description\"><font>",
    );
    let main = main.replacen("</p>", "</font></p>", 1).replacen(
        "<h3 class=\"teaser-title\">",
        "<h3><font>hi</font>",
        1,
    );
    format!("{before}{main}")
}

/// Removes the first range from `begin` to `end`, both included.
fn cut(html: &str, begin: &str, end: &str) -> String {
    let from = html.find(begin).expect("the part is there");
    let to = from + html[from..].find(end).expect("the part has an end") + end.len();
    format!("{}{}", &html[..from], &html[to..])
}
