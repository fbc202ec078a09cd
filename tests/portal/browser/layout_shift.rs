//! A page on a slow connection: it arrives in pieces, and each of them is painted.

use super::accessibility::emulate;
use super::engine::{Engine, Setup};
use super::gate::Gate;
use super::pages::{self, Page};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::at_root;
use model::Lang;
use std::collections::BTreeSet;

/// Records every layout shift with the elements that moved.
const OBSERVE: &str = r"
    window.shifts = [];
    const rect = ({ x, y, width, height }) => `${x},${y} ${width}×${height}`;
    const name = (node) => `${node?.localName ?? node?.nodeName}.${node?.className ?? name(node?.parentElement)}`;
    const source = ({ node, previousRect, currentRect }) =>
        `${node ? name(node) : 'what CSS adds'} ${rect(previousRect)} -> ${rect(currentRect)}`;
    const entry = ({ value, sources }) => `${value}: ${sources.map(source).join('; ')}`;
    // What had no size before has not moved: it has come.
    // And a space at the end of a line takes a place that nobody sees until something follows it.
    // What stands at the end of its line grows towards the beginning, and its end stays.
    const grows = (before, after) => before.y === after.y && Math.abs(before.right - after.right) < 1;
    const seen = ({ node, previousRect, currentRect }) => previousRect.width && previousRect.height
        && node?.data?.trim() !== '' && !grows(previousRect, currentRect);
    const moved = ({ sources }) => !sources.length || sources.some(seen);
    new PerformanceObserver((list) => shifts.push(...list.getEntries().filter(moved).map(entry)))
        .observe({ type: 'layout-shift', buffered: true });";

/// Path, length of the HTML so far, and whether it is complete, after the next paint.
const PROGRESS: &str = r"
    const done = arguments[arguments.length - 1];
    requestAnimationFrame(() => requestAnimationFrame(() =>
        done([location.pathname, document.documentElement.innerHTML.length, document.readyState === 'complete'])));";

/// After this many looks without new content the next piece is sent.
const MAX_LOOKS: usize = 20;

/// Wherever the connection stalls, painted content stays in place. Checks one page of each kind, in
/// Japanese at desktop width and in Vietnamese at phone width.
pub(super) async fn a_page_that_comes_in_pieces_moves_nothing(engine: Engine) {
    let setup = Setup {
        while_loading: true,
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    browser.site.before_every_page(OBSERVE);
    let mut faults = Vec::new();
    for (lang, width) in [(Lang::Ja, 1280), (Lang::Vi, 360)] {
        emulate(&browser, width, "light").await;
        for page in pages::every_kind_in(&at_root().folder, lang) {
            let pieces = deliver(&browser, &page).await;
            assert!(pieces > 10, "{} came in {pieces} pieces", page.path);
            let shifts: Vec<String> = browser.run("return shifts").await;
            faults.extend(
                shifts
                    .into_iter()
                    .map(|shift| format!("{} at {width} pixels: {shift}", page.path)),
            );
        }
    }
    assert!(
        faults.is_empty(),
        "{} layouts shift:\n{}",
        faults.len(),
        faults.join("\n")
    );
    // The next page may open before a picture of the last one has loaded.
    browser.finish(&["404", "icon from the Manifest"]).await;
}

/// Delivers a page piece by piece, each after the previous one was painted. Returns the number of
/// pieces.
async fn deliver(browser: &Browser, page: &Page) -> usize {
    let gate = Gate::default();
    browser.site.clear_faults();
    browser.site.inject_fault(
        &format!("/{}", page.path),
        Fault::Pieces(cuts, gate.clone()),
    );
    browser.open(&page.path).await;
    let (mut seen, mut pieces, mut looks) = (0, 0, 0);
    loop {
        let (path, length, complete) = progress(browser).await;
        if path != format!("/{}", page.path) {
            continue;
        }
        if complete {
            return pieces;
        }
        looks += 1;
        // A piece may contain nothing that a browser shows before the next one arrives.
        if length > seen || looks > MAX_LOOKS {
            (seen, pieces, looks) = (length, pieces + 1, 0);
            gate.step();
        }
    }
}

async fn progress(browser: &Browser) -> (String, usize, bool) {
    match browser.driver.execute_async(PROGRESS, Vec::new()).await {
        Ok(seen) => seen.convert().expect("the script answers so"),
        // The previous page is being unloaded.
        Err(_) => (String::new(), 0, false),
    }
}

/// The cuts, as byte offsets: after the first start tag of each name and class, and within the
/// first words of headings.
fn cuts(html: &str) -> Vec<usize> {
    let from = html.find("id=\"portal\"").unwrap_or_default();
    let (mut known, mut cuts) = (BTreeSet::new(), Vec::new());
    for (at, _) in html[from..].match_indices('<') {
        let Some(end) = html[from + at..].find('>').map(|end| from + at + end + 1) else {
            break;
        };
        let tag = &html[from + at + 1..end];
        let class = tag
            .split_once("class=\"")
            .and_then(|(_, rest)| rest.split('"').next())
            .unwrap_or_default();
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        if !name.starts_with(['/', '!']) && known.insert((name.to_owned(), class.to_owned())) {
            cuts.push(end);
            if !["h1", "h2", "h3"].contains(&name)
                && !class.ends_with("-title")
                && !class.ends_with("-name")
            {
                continue;
            }
            let text = html[end..].find('<').unwrap_or_default();
            let half = html[end..end + text]
                .char_indices()
                .nth(3)
                .map(|(half, _)| end + half);
            cuts.extend(half.filter(|half| *half > end));
        }
    }
    cuts.dedup();
    cuts
}
