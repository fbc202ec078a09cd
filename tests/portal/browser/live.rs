//! `site live` in browsers: what is read is counted.

use super::child_process::ManagedChild;
use super::engine::{Engine, Setup};
use super::session::Browser;
use super::upstream::Upstream;
use crate::folder::copy;
use crate::live::{change, wait};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Serves the content of a folder with the real program, without a build. It ends with the tests.
pub(super) fn served(folder: &Path, further: &[&str], variables: &[(&str, &str)]) -> Arc<Upstream> {
    let bundle = Path::new(crate::ROOT).join("target/bundle");
    let (content, state) = (folder.join("content"), folder.join("live"));
    let usual = ["live", "--listen", "127.0.0.1:0", "--refresh", "1"].map(OsStr::new);
    let places = [
        ("--content", &content),
        ("--state", &state),
        ("--bundle", &bundle),
    ];
    let places = places.map(|(name, place)| [OsStr::new(name), place.as_os_str()]);
    let further: Vec<&OsStr> = further.iter().map(OsStr::new).collect();
    let variables: Vec<(&str, &OsStr)> = variables
        .iter()
        .map(|(name, value)| (*name, OsStr::new(value)))
        .collect();
    let live = ManagedChild::start(
        env!("CARGO_BIN_EXE_site").as_ref(),
        &[&usual[..], &places.concat(), &further].concat(),
        &variables,
    );
    let line = live.wait_for_line("serving at ");
    let port = line
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split([' ', '/']).next()?.parse().ok());
    let port = port.unwrap_or_else(|| panic!("no port in: {line}"));
    Arc::new(Upstream::by(live, port, state))
}

/// The heading of an article that the journey reads.
const OPERA: &str = "Nhà hát Thành phố: hơn một thế kỷ giữa lòng Hải Phòng";

/// How often each article was read, as the server has written it.
fn totals(folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    let export = ["views", "export", "--from", "live/views.sqlite"];
    let output = command.args(export).current_dir(folder).output().unwrap();
    let counted = fs::read(folder.join("content/views.json"));
    let Ok(counted) = counted.map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap()) else {
        return json!({ "said": String::from_utf8_lossy(&output.stderr) });
    };
    let articles = counted["articles"].as_object().unwrap();
    let total = |(name, of): (&String, &Value)| (name.clone(), of["total"].clone());
    articles.iter().map(total).collect()
}

/// An article counts when it is shown: opened by its address, or by a click, which fetches its document
/// and tells of it. What is only fetched ahead is nobody's view.
pub(super) async fn an_article_counts_when_it_is_shown(engine: Engine) {
    let project = tempfile::tempdir().unwrap();
    let folder = project.path();
    copy(
        &Path::new(crate::ROOT).join("content"),
        &folder.join("content"),
    );
    change(&folder.join("content/site.json"), |site| {
        site["views"] = json!({ "from": "counter" });
    });
    let site = served(folder, &[], &[]);
    let browser = Browser::with(engine, Setup::default(), Arc::clone(&site)).await;
    let [first, second] = ["en/port/deep-water-port/", "vi/culture/opera-house/"];
    browser.open_alive(first).await;
    browser.open_alive("vi/culture/").await;
    browser.follow(second).await;
    browser.until_shown(second, OPERA).await;
    browser.back().await;
    browser
        .until_shown("vi/culture/", "Thông tin văn hóa")
        .await;
    // Programs that say of themselves that they are programs are no readers.
    let is_reader: bool = browser
        .run("return !navigator.userAgent.includes('Headless')")
        .await;
    let expected = if is_reader {
        json!({ "port/deep-water-port": 1, "culture/opera-house": 1 })
    } else {
        json!({})
    };
    // Counts are written some seconds after they were counted.
    wait(&expected.to_string(), || {
        (totals(folder) == expected).then_some(())
    });
    browser.finish(&[]).await;
    site.stop();
}
