//! Searching, as a reader does it.

use super::accessibility::Findings;
use super::engine::{Engine, Setup};
use super::proxy::Fault;
use super::session::Browser;
use super::upstream::{at_root, below_a_path};
use i18n::{Finding, Words, tokens, words};
use model::Lang;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;
use thirtyfour::Key;

/// From the header to a result and back. No file of the search is requested before.
pub(super) async fn a_reader_searches_follows_a_result_and_comes_back(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("vi/").await;
    let early: Vec<String> = browser
        .site
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    assert!(
        early.iter().all(|path| !path.contains("search")),
        "asked for before anybody searches: {early:?}"
    );

    browser.click(".section-nav a[href$='/search/']").await;
    browser
        .until_shown("vi/search/", words(Lang::Vi).search)
        .await;
    browser
        .until("the form is there", "document.querySelector('#q')")
        .await;
    let loaded = browser
        .site
        .requests()
        .into_iter()
        .map(|request| request.path);
    let heavy: Vec<String> = loaded
        .filter(|path| path.contains("search") && path.contains(".wasm"))
        .collect();
    assert!(
        heavy.is_empty(),
        "asked for before anything is searched for: {heavy:?}"
    );

    let field = browser.find("#q").await;
    field.send_keys("duong cao toc").await.unwrap();
    field.send_keys(Key::Enter + "").await.unwrap();
    until_announced(&browser, &found(Lang::Vi, 4)).await;
    let address: String = browser
        .run("return location.pathname + location.search")
        .await;
    assert_eq!(address, "/vi/search/?q=duong+cao+toc");
    let focus: String = browser.run("return document.activeElement.id").await;
    assert_eq!(focus, "q", "the focus stays where the reader types");
    let marks: Vec<String> = browser.run(&texts(".search-excerpt mark")).await;
    assert!(
        marks.contains(&"đường".to_owned()) && marks.contains(&"cao".to_owned()),
        "marked: {marks:?}"
    );

    browser.mark_load().await;
    browser
        .run::<()>("document.querySelectorAll('.search-link')[3].scrollIntoView()")
        .await;
    let place: f64 = browser.run("return scrollY").await;
    let hits: Vec<String> = browser.run(&texts(".search-link")).await;
    let href: String = browser
        .run("return document.querySelectorAll('.search-link')[3].getAttribute('href')")
        .await;
    // A script clicks, because a pointer might have to scroll there first.
    browser
        .run::<()>("document.querySelectorAll('.search-link')[3].click()")
        .await;
    browser
        .until(
            "the article is there",
            &format!("location.pathname === '{href}' && document.querySelector('.article')"),
        )
        .await;
    browser.back().await;
    browser
        .until_shown("vi/search/", words(Lang::Vi).search)
        .await;
    until_announced(&browser, &found(Lang::Vi, 4)).await;
    let again: Vec<String> = browser.run(&texts(".search-link")).await;
    assert_eq!(again, hits);
    assert!(
        browser.is_marked_load().await,
        "the page was loaded in full"
    );
    browser
        .until(
            "the place on the page is the same",
            &format!("Math.abs(scrollY - {place}) < 3"),
        )
        .await;
    browser.finish(&[]).await;
}

/// An address with a query can be opened, changed by the form, and returned to.
pub(super) async fn an_address_with_a_query_is_shared_and_returned_to(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("ko/search/?q=%ED%95%AD%EA%B5%AC").await;
    until_announced(&browser, &found(Lang::Ko, 3)).await;
    assert_eq!(value(&browser, "q").await, "항구");
    let field = browser.find("#q").await;
    field.clear().await.unwrap();
    field.send_keys("세계유산").await.unwrap();
    browser.click(".search-form button").await;
    until_announced(&browser, &found(Lang::Ko, 2)).await;
    browser.back().await;
    until_announced(&browser, &found(Lang::Ko, 3)).await;
    assert_eq!(value(&browser, "q").await, "항구");
    browser.forward().await;
    until_announced(&browser, &found(Lang::Ko, 2)).await;
    // Markup in a query is plain text.
    browser
        .open_alive("en/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&section=%22%3E&year=x")
        .await;
    until_announced(&browser, &nothing(Lang::En)).await;
    assert_eq!(value(&browser, "q").await, "<img src=x onerror=alert(1)>");
    assert_eq!(
        (
            value(&browser, "section").await,
            value(&browser, "year").await
        ),
        (String::new(), String::new())
    );
    browser.finish(&[]).await;
}

/// A query in the address is answered without the program. Hydration keeps the results and the
/// typed text, and the next query needs no full load.
pub(super) async fn the_search_answers_before_the_program_and_is_taken_over(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open("ja/search/?q=%E6%B7%B1%E6%B0%B4").await;
    until_announced(&browser, &found(Lang::Ja, 1)).await;
    let programs: Vec<String> = browser.site.requested_paths(".wasm");
    assert!(
        programs
            .iter()
            .all(|path| path.starts_with("/assets/search-")),
        "asked for too early: {programs:?}"
    );
    let touch = "document.querySelector('#q').value = '港'; window.held = [...document.querySelectorAll('.search *')]";
    browser.run::<()>(touch).await;
    browser.alive("ja/search/").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let kept: [bool; 2] = browser
        .run("const now = [...document.querySelectorAll('.search *')]; return [now.length === held.length, now.every((node, at) => node === held[at])]")
        .await;
    assert_eq!(
        kept,
        [true, true],
        "{engine:?}: what was found is made anew"
    );
    assert_eq!(value(&browser, "q").await, "港", "what was typed is lost");
    browser.mark_load().await;
    browser
        .find("#q")
        .await
        .send_keys(Key::Enter + "")
        .await
        .unwrap();
    browser
        .until(
            "the address has the query",
            "location.search === '?q=%E6%B8%AF'",
        )
        .await;
    browser
        .until(
            "more is found",
            "document.querySelectorAll('.search-link').length > 1",
        )
        .await;
    assert!(
        browser.is_marked_load().await,
        "the page was loaded in full"
    );
    browser.finish(&[]).await;
}

/// If the program fails to load, each query is a full load.
pub(super) async fn without_the_program_the_search_answers(engine: Engine) {
    let browser = Browser::start(engine).await;
    let program = file(&browser.folder, "app-", ".wasm");
    browser.site.inject_fault(&program, Fault::Status(404));
    browser.open("en/search/").await;
    browser.sign().await;
    browser
        .until(
            "the program has stopped",
            "document.documentElement.dataset.app === 'failed'",
        )
        .await;
    browser
        .find("#q")
        .await
        .send_keys("hai phong".to_owned() + Key::Enter)
        .await
        .unwrap();
    until_announced(&browser, &found(Lang::En, 19)).await;
    browser.sign().await;
    browser
        .until(
            "the program has stopped again",
            "document.documentElement.dataset.app === 'failed'",
        )
        .await;
    browser.click(".search-more").await;
    browser
        .until(
            "all are shown",
            "document.querySelectorAll('.search-link').length === 19",
        )
        .await;
    let needs = browser.find(".search-needs").await;
    assert!(
        !needs.is_displayed().await.unwrap(),
        "it says that it cannot search"
    );
    browser.finish(&[".wasm"]).await;
}

/// Section and year filter the results, and are part of the address.
pub(super) async fn a_search_keeps_to_a_section_and_a_year(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("en/search/?q=hai+phong").await;
    until_announced(&browser, &found(Lang::En, 19)).await;
    let shown: Vec<String> = browser.run(&texts(".search-link")).await;
    assert_eq!(shown.len(), 10);
    browser.click(".search-more").await;
    browser
        .until(
            "all are shown",
            "document.querySelectorAll('.search-link').length === 19",
        )
        .await;
    let focus: bool = browser
        .run("return document.activeElement === document.querySelectorAll('.search-link')[10]")
        .await;
    assert!(focus, "the focus goes to the first of the new results");

    choose(&browser, "section", "nature").await;
    browser.click(".search-form button").await;
    until_announced(&browser, &found(Lang::En, 2)).await;
    let hrefs: Vec<String> = browser
        .run("return [...document.querySelectorAll('.search-link')].map((link) => link.pathname)")
        .await;
    assert!(
        hrefs.iter().all(|href| href.starts_with("/en/nature/")),
        "{hrefs:?}"
    );
    choose(&browser, "section", "").await;
    choose(&browser, "year", "2014").await;
    browser.click(".search-form button").await;
    until_announced(&browser, &found(Lang::En, 1)).await;
    let address: String = browser.run("return location.search").await;
    assert_eq!(address, "?q=hai+phong&year=2014");
    choose(&browser, "section", "nature").await;
    browser.click(".search-form button").await;
    until_announced(&browser, &nothing(Lang::En)).await;
    browser.finish(&[]).await;
}

/// If the newest part has enough articles, older ones are searched only on request. The announced
/// count is exact.
pub(super) async fn older_articles_are_searched_when_the_reader_asks(engine: Engine) {
    let browser = Browser::start(engine).await;
    let part = "\"articles\":10}";
    let listing = fs::read_to_string(browser.folder.join("search/en.json")).unwrap();
    assert!(
        listing.contains(part),
        "the newest part has another number of articles: {listing}"
    );
    let parts: Value = serde_json::from_str(&listing).unwrap();
    let newest = parts["parts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|part| part["from"] != 0)
        .unwrap();
    let since = newest["since"].as_str().unwrap().to_owned();
    browser.site.inject_fault(
        "search/en.json",
        Fault::Change(|json| json.replace("\"articles\":10}", "\"articles\":1000}")),
    );
    browser.open_alive("en/search/?q=hai+phong").await;
    // Ten articles and six standing pages, which are always searched.
    let said = Words::fill(
        words(Lang::En).finding.found_since.other,
        &[("n", "16"), ("since", &since)],
    );
    until_announced(&browser, &said).await;
    let early: Vec<String> = browser.site.requested_paths(".pf_index");
    assert_eq!(early.len(), 2, "{early:?}");
    let offered = |words: &str| {
        format!(
            "document.querySelector('.search-more')?.textContent === {}",
            json!(words)
        )
    };
    browser
        .until(
            "the other six are offered",
            &offered(words(Lang::En).finding.more),
        )
        .await;
    // The other six do not fill the next ten results, so older articles are searched as well.
    browser.click(".search-more").await;
    until_announced(&browser, &found(Lang::En, 19)).await;
    let shown: Vec<String> = browser.run(&texts(".search-link")).await;
    assert_eq!(shown.len(), 19);
    assert!(
        browser
            .run::<bool>("return document.querySelector('.search-more') === null")
            .await
    );
    browser.finish(&[]).await;
}

/// A standing page is found by its words, is labelled as one, and belongs to no section and no
/// year.
pub(super) async fn a_standing_page_is_found_and_is_of_no_section_and_no_year(engine: Engine) {
    let browser = Browser::start(engine).await;
    for (lang, asked) in [(Lang::Vi, "cong an cuu hoa"), (Lang::ZhHans, "紧急电话")] {
        browser
            .open_alive(&format!("{}/search/?q={asked}", lang.tag()))
            .await;
        until_announced(&browser, &found(lang, 1)).await;
        let shown: Vec<String> = browser.run(&texts(".search-facts")).await;
        assert_eq!(shown, [words(lang).finding.page]);
        assert!(
            browser
                .run::<bool>("return document.querySelector('.search-facts time') === null")
                .await
        );
        for narrowed in ["section=port", "year=2014"] {
            browser
                .open_alive(&format!("{}/search/?q={asked}&{narrowed}", lang.tag()))
                .await;
            until_announced(&browser, &nothing(lang)).await;
        }
        browser
            .open_alive(&format!("{}/search/?q={asked}", lang.tag()))
            .await;
        until_announced(&browser, &found(lang, 1)).await;
        browser.click(".search-link").await;
        browser
            .until(
                "the page is there",
                "location.pathname.endsWith('/pages/contacts/') && document.querySelector('.standing')",
            )
            .await;
    }
    browser.finish(&[]).await;
}

/// Without scripts the page says what the search needs, and links to archive, tags and sections.
pub(super) async fn without_scripts_the_search_says_so_and_leads_on(engine: Engine) {
    let setup = Setup {
        without_scripts: true,
        ..Setup::default()
    };
    let browser = Browser::with(engine, setup, at_root()).await;
    for lang in [Lang::Vi, Lang::Ja] {
        browser
            .open(&format!("{}/search/?q=port", lang.tag()))
            .await;
        let needs = browser.find(".search-needs").await;
        // A page on which scripts could run waits for some seconds.
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert!(
            needs.is_displayed().await.unwrap(),
            "{lang:?}: nothing says that it needs scripts"
        );
        assert_eq!(needs.text().await.unwrap(), words(lang).search_needs);
        assert!(
            !browser
                .find(".search-failed")
                .await
                .is_displayed()
                .await
                .unwrap()
        );
        for below in ["archive/", "tags/", "port/", "culture/"] {
            let link = format!(".search a[href='/{}/{below}']", lang.tag());
            assert!(
                browser.find(&link).await.is_displayed().await.unwrap(),
                "{lang:?}: no link to {below}"
            );
        }
    }
    browser.finish(&[]).await;
}

/// If a file of the search fails to load, a message says so, and a retry succeeds.
pub(super) async fn a_search_that_does_not_come_says_so_and_can_be_tried_again(engine: Engine) {
    let site = at_root();
    let named = |beginning: &str, ending: &str| file(&site.folder, beginning, ending);
    // A browser caches files that have a hash in their names: a session for each of these lists.
    let faults = [
        vec![
            (named("search-", ".js"), Fault::Status(500)),
            ("search/vi.json".to_owned(), Fault::Status(503)),
            ("search/vi.json".to_owned(), Fault::Html),
            (".pf_meta".to_owned(), Fault::Cut(20)),
            (".pf_index".to_owned(), Fault::Refuse),
            (".pf_index".to_owned(), Fault::WrongByte),
            (".pf_fragment".to_owned(), Fault::Status(500)),
        ],
        vec![(".wasm".to_owned(), Fault::Status(404))],
    ];
    for faults in faults {
        let browser = Browser::start(engine).await;
        for (end, fault) in faults {
            browser.open_alive("vi/").await;
            // By now the portal's own program has loaded.
            browser.site.inject_fault(&end, fault);
            failed_and_tried_again(&browser, &end).await;
        }
        browser
            .finish(&["search", "module", "Failed to load resource"])
            .await;
    }
}

async fn failed_and_tried_again(browser: &Browser, end: &str) {
    browser.click(".section-nav a[href$='/search/']").await;
    let form = "document.querySelector('#q')";
    let failed = "document.querySelector('.search')?.dataset.search === 'failed'";
    browser
        .until(
            "the form is there, or it failed",
            &format!("{form} || {failed}"),
        )
        .await;
    let ask = || "Lach Huyen".to_owned() + Key::Enter;
    if browser
        .run::<bool>(&format!("return Boolean({form})"))
        .await
    {
        browser.find("#q").await.send_keys(ask()).await.unwrap();
        browser
            .until(&format!("{end}: the failure is told"), failed)
            .await;
    }
    assert!(
        browser
            .find(".search-failed")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "{end}: nobody is told"
    );
    let said: String = browser
        .run("return document.querySelector('.search-failed p').textContent")
        .await;
    assert_eq!(said, words(Lang::Vi).search_failed);
    browser.site.clear_faults();
    browser.click(".search-failed button").await;
    if browser
        .run::<String>("return location.search")
        .await
        .is_empty()
    {
        browser.until("the form is there", form).await;
        browser.find("#q").await.send_keys(ask()).await.unwrap();
    }
    browser
        .until(
            &format!("{end}: it is found"),
            "document.querySelectorAll('.search-link').length > 3",
        )
        .await;
    assert!(
        !browser
            .find(".search-failed")
            .await
            .is_displayed()
            .await
            .unwrap(),
        "{end}: the failure stays"
    );
}

/// Below a path the links of the results have that path.
pub(super) async fn the_search_works_below_a_path(engine: Engine) {
    let browser = Browser::with(engine, Setup::default(), below_a_path()).await;
    browser.open_alive("ja/search/?q=%E6%B7%B1%E6%B0%B4").await;
    until_announced(&browser, &found(Lang::Ja, 1)).await;
    let href: String = browser
        .run("return document.querySelector('.search-link').getAttribute('href')")
        .await;
    assert_eq!(href, "/portal/ja/port/deep-water-port/");
    browser.finish(&[]).await;
}

/// axe-core finds no violation in the form and in the results.
pub(super) async fn axe_finds_nothing_in_the_search(engine: Engine) {
    let browser = Browser::start(engine).await;
    let mut findings = Findings::default();
    for lang in Lang::ALL {
        let tag = lang.tag();
        browser.open_alive(&format!("{tag}/search/?q=2025")).await;
        browser
            .until(
                "something is found",
                "document.querySelector('.search-link')",
            )
            .await;
        findings
            .add(&browser, &format!("what is found in {tag}"))
            .await;
    }
    findings.judge();
    browser.finish(&[]).await;
}

/// Script and native tool split a text into the same words.
pub(super) async fn script_and_tool_take_the_same_words_from_a_text(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("vi/").await;
    let texts: Vec<String> = corpus().into_iter().collect();
    let module = module(&browser);
    for texts in texts.chunks(400) {
        let script = format!(
            "return import('{module}').then(({{ words }}) => {}.map((text) => words(text).map(({{ word }}) => word)))",
            json!(texts)
        );
        let theirs: Vec<Vec<String>> = browser.run(&script).await;
        for (text, theirs) in texts.iter().zip(theirs) {
            assert_eq!(
                theirs,
                tokens(text),
                "{engine:?} takes other words from {text:?}"
            );
        }
    }
    browser.finish(&[]).await;
}

/// The queries of `tests/search/<lang>.json` find what they should. All run in one page.
pub(super) async fn every_query_finds_what_it_should(engine: Engine) {
    let browser = Browser::start(engine).await;
    browser.open_alive("vi/").await;
    let module = module(&browser);
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let tag = lang.tag();
        let queries = queries(lang);
        assert!(queries.len() >= 40, "{tag} has {} queries", queries.len());
        let asked: Vec<&String> = queries.iter().map(|query| &query.asked).collect();
        let script = format!(
            "return import('{module}').then(({{ find }}) => Promise.all({}.map(async (asked) => {{
                const {{ shown }} = await find({{ lang: '{tag}', query: asked }});
                return shown.map(({{ href }}) => href);
            }})))",
            json!(asked)
        );
        let answers: Vec<Vec<String>> = browser.run(&script).await;
        for (Query { asked, finds }, answer) in queries.iter().zip(answers) {
            let first = &answer[..answer.len().min(3)];
            let missing = finds
                .iter()
                .any(|path| !first.contains(&format!("{tag}/{path}/")));
            if missing || (finds.is_empty() && !answer.is_empty()) {
                wrong.push(format!(
                    "{tag}: “{asked}” should find {finds:?} and finds {answer:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.finish(&[]).await;
}

/// A query with the pages that must be among its first three results. An empty list means no
/// result.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    asked: String,
    finds: Vec<String>,
}

fn queries(lang: Lang) -> Vec<Query> {
    let file = Path::new(crate::ROOT)
        .join("tests/search")
        .join(format!("{}.json", lang.tag()));
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// All texts of the content and of the queries, and edge cases of Unicode.
fn corpus() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = Lang::ALL
        .into_iter()
        .flat_map(queries)
        .map(|query| query.asked)
        .collect();
    let mut open = ["articles", "pages"]
        .map(|folder| Path::new(crate::ROOT).join("content").join(folder))
        .to_vec();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                collect(
                    &serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap(),
                    &mut texts,
                );
            }
        }
    }
    let difficult = [
        "",
        " ",
        "\u{301}",
        "\u{301}\u{ff9e}a",
        "a\u{301}\u{323}b",
        "ＡＢＣ１２３",
        "ﾊﾟﾋﾟﾌﾟ ｶﾞｷﾞ",
        "㎡㈱①Ⅻ℃",
        "ﬁﬂ ﬃ",
        "ĐƯỜNG đường Ðð",
        "İSTANBUL ıi",
        "ΣΑΣ ΌΔΟΣ",
        "Straße STRASSE ẞ",
        "12.810 12,810 1.2.3 .5 5. 1..2 1,,2 a.1 1.a",
        "１２．３４５",
        "港1.5港",
        "ー々〇〆",
        "한국어 ᄒᆞᆫ글 ㅎㅏㄴ",
        "𠮷野家 𩸽",
        "नमस्ते สวัสดี العَرَبِيَّة",
        "👩‍👩‍👧 1️⃣ 🇻🇳",
        "a\u{200b}b\u{ad}c",
        "_a_b_ a-b a’b",
        "\u{a78f} a\u{a78f}b",
        "x\u{fe0f}y",
        "Ⓐⓑ ⅷ ½ ²",
        "か\u{3099}は\u{309a} ガ ゞ",
        "e\u{0}f\ttab\nline",
    ];
    texts.extend(difficult.map(str::to_owned));
    texts
}

fn collect(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => _ = texts.insert(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(map) => map.values().for_each(|value| collect(value, texts)),
        _ => {}
    }
}

/// The name of the only asset of the site with this prefix and suffix.
pub(super) fn file(site: &Path, beginning: &str, ending: &str) -> String {
    let names = fs::read_dir(site.join("assets"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut found: Vec<String> = names
        .filter(|name| name.starts_with(beginning) && name.ends_with(ending))
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn module(browser: &Browser) -> String {
    format!("/assets/{}", file(&browser.folder, "search-", ".js"))
}

/// The announcement of this many results.
fn found(lang: Lang, count: u64) -> String {
    i18n::plural(&words(lang).finding.found, count, lang)
}

/// The announcement of no results.
fn nothing(lang: Lang) -> String {
    let Finding { none, advice, .. } = &words(lang).finding;
    Words::fill("{none} {advice}", &[("none", none), ("advice", advice)])
}

/// Waits until this text is announced.
async fn until_announced(browser: &Browser, what: &str) {
    let expression = format!(
        "document.querySelector('.search-status[role=status]')?.textContent === {}",
        json!(what)
    );
    browser
        .until(&format!("“{what}” is said"), &expression)
        .await;
    tokio::time::sleep(Duration::from_millis(50)).await;
}

async fn value(browser: &Browser, id: &str) -> String {
    browser
        .run(&format!("return document.getElementById('{id}').value"))
        .await
}

/// Chooses an option and raises its `change` event.
async fn choose(browser: &Browser, id: &str, value: &str) {
    let script = format!(
        "const field = document.getElementById('{id}'); field.value = '{value}'; field.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    browser.run::<()>(&script).await;
}

fn texts(selector: &str) -> String {
    format!(
        "return [...document.querySelectorAll('{selector}')].map((element) => element.textContent)"
    )
}
