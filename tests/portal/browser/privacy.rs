//! Privacy: the portal stores nothing on the device and contacts no other host.

use super::engine::Engine;
use super::pages::{WITH_HEADLINE, WITHOUT_HEADLINE};
use super::session::Browser;
use serde_json::{Value, json};

/// After a visit nothing is stored, and no other host has received a request.
pub(super) async fn a_visit_leaves_no_trace_and_asks_nobody_else(engine: Engine) {
    let browser = Browser::complete(engine).await;
    for path in [
        format!("vi/{WITHOUT_HEADLINE}"),
        "en/".to_owned(),
        "en/port/".to_owned(),
    ] {
        browser.open_alive(&path).await;
    }
    browser.follow(&format!("en/{WITH_HEADLINE}")).await;
    browser
        .until(
            "the article comes",
            "document.querySelector('.share-button')",
        )
        .await;
    browser.click(".share-button").await;
    browser
        .until(
            "the reader is told",
            "document.querySelector('.share-status').textContent",
        )
        .await;
    browser.click(".language-tab[lang=ko]").await;
    browser
        .until(
            "the language changes",
            "document.documentElement.lang === 'ko'",
        )
        .await;
    let script = r"
        const done = arguments[arguments.length - 1];
        const quietly = async (ask) => { try { return await ask(); } catch { return []; } };
        const foreign = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith(location.origin + '/'));
        (async () => done({
            cookie: document.cookie,
            local: localStorage.length,
            session: sessionStorage.length,
            databases: (await quietly(() => indexedDB.databases())).length,
            caches: (await quietly(() => caches.keys())).length,
            workers: (await quietly(() => navigator.serviceWorker.getRegistrations())).length,
            foreign,
        }))();
    ";
    let found = browser
        .driver
        .execute_async(script, Vec::new())
        .await
        .unwrap();
    let nothing = json!({ "cookie": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "foreign": [] });
    assert_eq!(found.json(), &nothing);
    let cookies: Vec<Value> = browser
        .driver
        .get_all_cookies()
        .await
        .unwrap()
        .into_iter()
        .map(|cookie| json!(cookie))
        .collect();
    assert!(cookies.is_empty(), "{cookies:?}");
    let requests = browser.site.requests();
    assert!(requests.len() > 10, "the proxy has seen only {requests:?}");
    assert!(
        requests
            .iter()
            .all(|request| request.method == "GET" && !request.headers.contains("\ncookie:")),
        "{requests:#?}"
    );
    browser.finish(&[]).await;
}
