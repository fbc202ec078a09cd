//! From an editor in a real CMS to a reader in a browser: through a built site, and through `site live`.

use super::engine::{Engine, Setup};
use super::live::served;
use super::session::Browser;
use super::upstream::{Upstream, build};
use crate::live::wait;
use crate::syncing::strapi::Strapi;
use crate::syncing::wagtail::Wagtail;
use crate::syncing::wordpress::WordPress;
use crate::syncing::{Newsroom, empty_portal, sync};
use std::ffi::OsStr;
use std::sync::Arc;

pub(super) async fn what_strapi_publishes_reaches_readers(engine: Engine) {
    a_reader_follows::<Strapi>(engine).await;
}

pub(super) async fn what_wagtail_publishes_reaches_readers(engine: Engine) {
    a_reader_follows::<Wagtail>(engine).await;
}

pub(super) async fn what_wordpress_publishes_reaches_readers(engine: Engine) {
    a_reader_follows::<WordPress>(engine).await;
}

/// The section of the article.
const LIST: &str = "vi/port/";

/// The headline that it gets later.
const LATER: &str = "Bến mới đón tàu";

/// An editor publishes an article in two languages, changes one, and takes the other back. Readers of
/// the live site see all of it; nobody builds anything, or syncs by hand. Readers of a built site see what
/// there was when it was built.
async fn a_reader_follows<C: Newsroom>(engine: Engine) {
    let cms = C::open();
    let newsroom = empty_portal();
    let folder = newsroom.path();
    cms.configure(folder);
    let site = served(folder, &["--sync", "1s"], &cms.variables());
    let browser = Browser::with(engine, Setup::default(), Arc::clone(&site)).await;
    browser.open(LIST).await;
    let absent = "document.querySelector('main .teaser') === null";
    browser.until("the list is empty", absent).await;

    let published = cms.publish();
    // Its address is that of the language which was there first.
    let [english, article] = wait("Ships come in.", || {
        let paths = ["new-berth", "ben-moi"]
            .map(|slug| ["en", "vi"].map(|lang| format!("{lang}/port/{slug}/")));
        let is_there = |path: &String| answer(&site, path).contains("Ships come in.");
        paths.into_iter().find(|[english, _]| is_there(english))
    });
    let (english, article) = (english.as_str(), article.as_str());
    it_is_found(&browser, article, C::HEADLINE).await;
    it_is_in_a_built_site(engine, &cms).await;

    cms.retitle(&published, LATER);
    wait(LATER, || {
        answer(&site, article).contains(LATER).then_some(())
    });
    browser.open(article).await;
    browser.until_shown(article, LATER).await;

    // The other language has its own text, and goes alone.
    browser.open(english).await;
    browser.until_shown(english, "New berth opens").await;
    cms.withdraw(&published);
    wait("the text goes", || {
        (!answer(&site, english).contains("Ships come in.")).then_some(())
    });
    browser.open(article).await;
    browser.until_shown(article, LATER).await;
    browser.finish(&[]).await;
    site.stop();
}

/// What the CMS has is brought over and built, and read in both languages.
async fn it_is_in_a_built_site<C: Newsroom>(engine: Engine, cms: &C) {
    let newsroom = empty_portal();
    let folder = newsroom.path();
    cms.configure(folder);
    sync(folder, 0, &[], &cms.variables());
    let (content, out) = (folder.join("content"), folder.join("site"));
    let quick = ["--no-cards", "--no-compression", "--content"].map(OsStr::new);
    build(&[&quick[..], &[content.as_os_str()]].concat(), &out);
    let site = Arc::new(Upstream::serve("/", out));
    let browser = Browser::with(engine, Setup::default(), Arc::clone(&site)).await;
    it_is_found(&browser, "vi/port/new-berth/", C::HEADLINE).await;
    let english = "en/port/new-berth/";
    browser.follow(english).await;
    browser.until_shown(english, "New berth opens").await;
    let has_text = "document.querySelector('main').textContent.includes('Ships come in.')";
    browser.until("it has its text", has_text).await;
    browser.finish(&[]).await;
    site.stop();
}

/// A reader finds an article with its picture in the list.
async fn it_is_found(browser: &Browser, article: &str, headline: &str) {
    browser.open(LIST).await;
    let lists = format!("document.querySelector('main a[href=\"/{article}\"]') !== null");
    browser.until("the list has it", &lists).await;
    browser.alive(LIST).await;
    browser.follow(article).await;
    browser.until_shown(article, headline).await;
    let cover = "document.querySelector('main .article img')?.naturalWidth > 0";
    browser.until("its picture is there", cover).await;
}

/// What a server answers.
fn answer(site: &Upstream, path: &str) -> String {
    let head = format!("GET /{path} HTTP/1.1");
    let answer = site.ask(&[&head, "Host: localhost"]).unwrap();
    String::from_utf8_lossy(&answer.body).into_owned()
}
