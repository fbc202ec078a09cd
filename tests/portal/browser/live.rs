//! `site live` in browsers: what a CMS publishes is there without a build, and what is read is counted.

use super::engine::{Engine, Setup};
use super::session::Browser;
use super::upstream::Upstream;
use crate::folder::copy;
use crate::live::{change, start_with, wait};
use crate::syncing::strapi::{Strapi, publish};
use crate::syncing::{configure, empty_portal};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Serves the content of a folder with the real program, without a build.
fn served(folder: &Path, further: &[&str], variables: &[(&str, &str)]) -> Arc<Upstream> {
    let bundle = folder.join("bundle");
    let _ = fs::remove_dir_all(&bundle);
    copy(&Path::new(crate::ROOT).join("target/bundle"), &bundle);
    let server = start_with(folder, further, variables);
    let port = server.port;
    Arc::new(Upstream::by(server, port, folder.join("live")))
}

/// An editor publishes in Strapi; a reader sees it, and sees what is changed and taken back. Nobody
/// builds anything, or syncs by hand.
pub(super) async fn what_a_cms_publishes_is_there_without_a_build(engine: Engine) {
    let strapi = Strapi::start(None);
    let newsroom = empty_portal();
    let folder = newsroom.path();
    configure(
        folder,
        &strapi.address(""),
        json!({"token": "STRAPI_TOKEN_OF_TESTS"}),
    );
    let token = [("STRAPI_TOKEN_OF_TESTS", strapi.token.as_str())];
    let site = served(folder, &["--sync", "1s"], &token);
    let browser = Browser::with(engine, Setup::default(), Arc::clone(&site)).await;
    browser.open("vi/port/").await;
    let lists = |path: &str| format!("document.querySelector('main a[href=\"/{path}\"]') !== null");
    let absent = "document.querySelector('main .teaser') === null";
    browser.until("the list is empty", absent).await;

    let id = publish(&strapi);
    // Its address is that of the language which was there first.
    let [english, article] = wait("Ships come in.", || {
        let paths = ["new-berth", "ben-moi"]
            .map(|slug| ["en", "vi"].map(|lang| format!("{lang}/port/{slug}/")));
        let is_there = |path: &String| answer(&site, path).contains("Ships come in.");
        paths.into_iter().find(|[english, _]| is_there(english))
    });
    let (english, article) = (english.as_str(), article.as_str());
    browser.open("vi/port/").await;
    browser.until("the list has it", &lists(article)).await;
    browser.sign().await;
    browser.alive("vi/port/").await;
    browser.follow(article).await;
    browser.until_shown(article, "Bến mới mở cửa").await;
    let cover = "document.querySelector('main .article img')?.naturalWidth > 0";
    browser.until("its picture is there", cover).await;

    // A reader who comes back to the page is offered what was changed meanwhile.
    strapi.write(
        "PUT",
        &format!("/api/articles/{id}?locale=vi&status=published"),
        &json!({"title": "Bến mới đón tàu"}),
    );
    wait_for(&site, article, "Bến mới đón tàu");
    browser.open(article).await;
    browser.until_shown(article, "Bến mới đón tàu").await;

    // The other language has its own text, and goes alone.
    browser.open(english).await;
    browser.until_shown(english, "New berth opens").await;
    strapi.write(
        "DELETE",
        &format!("/api/articles/{id}?locale=en"),
        &json!({}),
    );
    wait("the text goes", || {
        (!answer(&site, english).contains("Ships come in.")).then_some(())
    });
    browser.open(article).await;
    browser.until_shown(article, "Bến mới đón tàu").await;
    browser.finish(&[]).await;
}

/// What a server answers.
fn answer(site: &Upstream, path: &str) -> String {
    let head = format!("GET /{path} HTTP/1.1");
    let answer = site.ask(&[&head, "Host: localhost"]).unwrap();
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn wait_for(site: &Upstream, path: &str, words: &str) {
    wait(words, || answer(site, path).contains(words).then_some(()));
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
    let browser = Browser::with(engine, Setup::default(), site).await;
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
}
