//! The state's monitoring script, where an operator has switched it on: each page that a reader sees is
//! told once. Where it is off, nobody hears of a reader.

use super::engine::{Engine, Setup};
use super::pages::WITH_HEADLINE;
use super::session::Browser;
use super::upstream::{Upstream, at_root, build};
use crate::folder::copy;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

/// What the state's script does with its calls: it takes those that wait, and tells the server of each page.
/// `window.told` counts what has arrived.
const SCRIPT: &str = r#"(() => {
    const waiting = window._govaq ?? [];
    let tracker, site, address, title;
    window.told = 0;
    const calls = {
        setTrackerUrl: (value) => { tracker = value; },
        setSiteId: (value) => { site = value; },
        setCustomUrl: (value) => { address = value; },
        setDocumentTitle: (value) => { title = value; },
        trackPageView: async () => {
            const asked = new URLSearchParams({ site, path: new URL(address).pathname, title });
            await fetch(`${tracker}?${asked}`, { credentials: "omit" });
            window.told += 1;
        },
    };
    const take = ([name, value]) => calls[name]?.(value);
    waiting.forEach(take);
    window._govaq = { push: take };
})();"#;

/// A server that has the script, and hears of pages.
struct Monitor {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Monitor {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let port = listener.local_addr().expect("the port is bound").port();
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let hearing = Arc::clone(&heard);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let heard = Arc::clone(&hearing);
                thread::spawn(move || answer(client, &heard));
            }
        });
        Self { port, heard }
    }

    /// The paths of the pages that it has heard of since the last call, with what was told besides.
    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

/// Answers one request.
fn answer(mut client: TcpStream, heard: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(&client).lines();
    let Some(Ok(first)) = lines.next() else {
        return;
    };
    // The rest of the request is read, so that the connection is not reset.
    let _ = lines
        .by_ref()
        .take_while(|line| matches!(line, Ok(line) if !line.is_empty()))
        .count();
    let path = first.split(' ').nth(1).unwrap_or_default();
    let body = if path == "/embed/tracking.js" {
        SCRIPT
    } else {
        ""
    };
    if path != "/embed/tracking.js" {
        heard.lock().unwrap().push(path.to_owned());
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nAccess-Control-Allow-Origin: *\r\n\
         Cross-Origin-Resource-Policy: cross-origin\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = client.write_all(head.as_bytes());
    let _ = client.write_all(body.as_bytes());
}

/// The site with the script of a monitor on this machine.
fn with_monitoring() -> (Arc<Upstream>, &'static Monitor) {
    static SITE: LazyLock<(Arc<Upstream>, Monitor)> = LazyLock::new(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("with-monitoring");
        let _ = fs::remove_dir_all(&target);
        let content = target.join("content");
        copy(&Path::new(crate::ROOT).join("content"), &content);
        let monitor = Monitor::start();
        let at = format!("http://127.0.0.1:{}", monitor.port);
        let file = content.join("site.json");
        let mut site: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        site["monitoring"] = json!({
            "script": format!("{at}/embed/tracking.js"), "tracker": format!("{at}/tracking"),
            "site": "4064", "notice": "privacy",
        });
        fs::write(&file, site.to_string()).unwrap();
        let out = target.join("site");
        let quick = ["--no-cards", "--no-compression", "--content"].map(OsStr::new);
        build(&[&quick[..], &[content.as_os_str()]].concat(), &out);
        (Arc::new(Upstream::serve("/", out)), monitor)
    });
    (Arc::clone(&SITE.0), &SITE.1)
}

/// Each page is told once, with its own address and title: the first one, one after a click, one after a
/// step back, and none for a part of the same page. No policy is in the way.
pub(super) async fn each_page_that_is_read_is_told_once(engine: Engine) {
    let (site, monitor) = with_monitoring();
    let browser = Browser::with(engine, Setup::default(), site).await;
    let article = format!("vi/{WITH_HEADLINE}");
    browser.open_alive("vi/port/").await;
    browser
        .until("the first page is told", "window.told === 1")
        .await;
    browser.follow(&article).await;
    browser
        .until("the article is told", "window.told === 2")
        .await;
    let title: String = browser.run("return document.title").await;
    browser.run::<()>("location.hash = 'x'").await;
    browser.back().await;
    browser.back().await;
    browser
        .until("the section is told again", "window.told === 3")
        .await;
    let heard: Vec<Vec<(String, String)>> = monitor
        .heard()
        .iter()
        .map(|path| {
            let query = path
                .strip_prefix("/tracking?")
                .expect("nothing else is asked for");
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect()
        })
        .collect();
    let of = |name: &str| -> Vec<&str> {
        let find =
            |told: &'_ Vec<(String, String)>| told.iter().position(|(known, _)| known == name);
        heard
            .iter()
            .filter_map(|told| Some(told[find(told)?].1.as_str()))
            .collect()
    };
    assert_eq!(
        of("path"),
        ["/vi/port/", &format!("/{article}"), "/vi/port/"]
    );
    assert_eq!(of("site"), ["4064"; 3]);
    assert_eq!(of("title")[1], title);
    browser.finish(&[]).await;

    // The same portal without the switch.
    let browser = Browser::with(engine, Setup::default(), at_root()).await;
    browser.open_alive("vi/port/").await;
    browser.follow(&article).await;
    browser
        .until(
            "the article is there",
            "document.querySelector('main .article') !== null",
        )
        .await;
    let is_there: bool = browser
        .run("return '_govaq' in window || document.documentElement.outerHTML.includes('_govaq')")
        .await;
    assert!(!is_there);
    assert_eq!(monitor.heard(), Vec::<String>::new());
    browser.finish(&[]).await;
}
