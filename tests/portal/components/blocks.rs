//! The HTML of the blocks of a body.

use super::article_page;
use crate::sample::article;
use crate::tree::{Element, page};
use leptos::prelude::*;
use model::Lang;

#[test]
fn every_block_becomes_its_element_and_links_to_our_pages_stay_in_the_language() {
    let body = article_page(Lang::En, &Lang::ALL).with_class("body");
    let names: Vec<String> = body.all().iter().map(Element::name).collect();
    for name in [
        "p",
        "strong",
        "em",
        "h2",
        "h3",
        "figure",
        "img",
        "ul",
        "ol",
        "blockquote",
        "table",
        "caption",
        "video",
        "track",
        "audio",
        "details",
        "dl",
        "time",
    ] {
        assert!(
            names.iter().any(|found| found == name),
            "no <{name}> in {names:?}"
        );
    }
    let links: Vec<_> = body
        .named("a")
        .iter()
        .map(|a| (a.attribute("href"), a.attribute("hreflang")))
        .take(2)
        .collect();
    assert_eq!(
        links,
        [
            (Some("/en/port/other/".to_owned()), None),
            (
                Some("https://outside.example/".to_owned()),
                Some("en".to_owned())
            ),
        ]
    );
    assert_eq!(
        body.with_class("quote-source").named("a")[0]
            .attribute("href")
            .as_deref(),
        Some("/en/port/said/")
    );
    let scopes: Vec<_> = body
        .named("th")
        .iter()
        .filter_map(|cell| cell.attribute("scope"))
        .collect();
    assert_eq!(scopes, ["col", "col", "row"]);
    let region = body.with_class("table");
    assert_eq!(region.attribute("tabindex").as_deref(), Some("0"));
    assert_eq!(region.attribute("aria-label").as_deref(), Some("Text"));
}

#[test]
fn a_heading_leads_to_itself_and_no_id_is_there_twice() {
    let page = article_page(Lang::En, &Lang::ALL);
    let heading = page.with_class("body").named("h2").remove(0);
    assert_eq!(
        (heading.attribute("id").as_deref(), heading.text().as_str()),
        (Some("part-share"), "Text")
    );
    let link = heading.named("a").remove(0);
    assert_eq!(
        (
            link.attribute("href").as_deref(),
            link.attribute("rel").as_deref(),
            link.text().as_str()
        ),
        (Some("#part-share"), Some("external"), "Text")
    );
    let mut ids: Vec<String> = page
        .all()
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    assert!(
        ids.contains(&"share".to_owned()),
        "the component's own id is still there: {ids:?}"
    );
}

#[test]
fn two_bodies_on_a_page_have_ids_of_their_own() {
    let blocks = article("Text").body;
    let html = leptos::prelude::Owner::new().with(|| {
        use leptos::prelude::*;
        use portal::components::Body;
        let (one, other) = (blocks.clone(), blocks.clone());
        view! {
            <Body blocks=one lang=Lang::Vi base="/".to_owned() />
            <Body blocks=other lang=Lang::En base="/".to_owned() ids="other" />
        }
        .to_html()
    });
    let mut ids: Vec<String> = page(&html)
        .all()
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect();
    assert_eq!(
        ids.len(),
        8,
        "two headings and two pictures of a gallery in each: {ids:?}"
    );
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8, "{ids:?}");
}

#[test]
fn a_gallery_is_named_and_each_of_its_pictures_leads_to_its_file() {
    let gallery = article_page(Lang::Ko, &Lang::ALL).with_class("gallery");
    assert_eq!(gallery.attribute("role").as_deref(), Some("group"));
    assert_eq!(gallery.attribute("aria-label").as_deref(), Some("Text"));
    let words = |name: &str| gallery.attribute(name).unwrap_or_default();
    assert_eq!(
        [
            "data-picture-of",
            "data-previous",
            "data-next",
            "data-close"
        ]
        .map(words),
        ["{total}장 중 {n}번째", "이전 사진", "다음 사진", "닫기"]
    );
    let links = gallery.named("a");
    assert_eq!(links.len(), 2);
    for link in links {
        assert_eq!(link.attribute("href").as_deref(), Some("/assets/a.svg"));
        assert_eq!(
            link.attribute("rel").as_deref(),
            Some("external"),
            "the program leaves the file to the browser"
        );
        assert_eq!(
            link.named("img")[0].attribute("alt").as_deref(),
            Some("Text")
        );
    }
    assert_eq!(
        gallery.with_class("figure-caption").text(),
        "Text 이미지: Text"
    );
}

#[test]
fn nothing_of_a_film_or_a_recording_is_loaded_before_a_reader_wants_it() {
    let page = article_page(Lang::Vi, &Lang::ALL);
    assert_eq!(page.named("iframe").len(), 0);
    let link = page.with_class("video-link");
    assert_eq!(
        link.attribute("href").as_deref(),
        Some("https://www.film.example/watch?v=1")
    );
    assert_eq!(
        link.attribute("rel").as_deref(),
        Some("external noopener noreferrer")
    );
    assert_eq!(link.text(), "Text 3:25 Xem trên film.example");
    let film = page.named("video").remove(0);
    assert_eq!(film.attribute("preload").as_deref(), Some("none"));
    assert!(film.attribute("controls").is_some() && film.attribute("autoplay").is_none());
    assert_eq!(film.attribute("aria-label").as_deref(), Some("Text"));
    let source = film.named("source").remove(0);
    let value = |element: &Element, name: &str| element.attribute(name).unwrap_or_default();
    assert_eq!(
        (value(&source, "src"), value(&source, "type")),
        ("/assets/film.webm".to_owned(), "video/webm".to_owned())
    );
    let track = film.named("track").remove(0);
    let told = ["kind", "src", "srclang", "label"].map(|name| value(&track, name));
    assert_eq!(told, ["captions", "/assets/film.vtt", "vi", "Tiếng Việt"]);
    let recording = page.named("audio").remove(0);
    assert_eq!(
        (value(&recording, "preload"), value(&recording, "src")),
        ("none".to_owned(), "/assets/talk.mp3".to_owned())
    );
    assert_eq!(
        page.with_class("audio-transcript").named("summary")[0].text(),
        "Lời ghi âm"
    );
}

#[test]
fn a_file_says_what_it_is_and_how_large_in_the_readers_language() {
    for (lang, about) in [
        (Lang::Vi, "Tài liệu PDF, 3,2 MB"),
        (Lang::En, "PDF document, 3.2 MB"),
        (Lang::ZhHans, "PDF文档，3.2 MB"),
    ] {
        let link = article_page(lang, &Lang::ALL).with_class("attachment-link");
        assert_eq!(link.text(), format!("Text {about}"));
        assert_eq!(link.attribute("download").as_deref(), Some("plan.pdf"));
        assert_eq!(link.attribute("href").as_deref(), Some("/assets/plan.pdf"));
    }
}

#[test]
fn facts_contacts_and_events_are_lists_of_terms_in_the_readers_language() {
    let page = article_page(Lang::En, &Lang::ALL);
    let terms = |class: &str| {
        let block = page.with_class(class);
        block
            .named("dt")
            .iter()
            .map(Element::text)
            .collect::<Vec<_>>()
    };
    assert_eq!(terms("key-facts"), ["Text"]);
    assert_eq!(
        terms("contact"),
        [
            "Address",
            "Telephone",
            "Fax",
            "E-mail",
            "Website",
            "Opening hours"
        ]
    );
    assert_eq!(terms("event"), ["When", "Where"]);
    for class in ["contact", "event"] {
        let block = page.with_class(class);
        assert_eq!(
            (
                block.attribute("role").as_deref(),
                block.attribute("aria-label").as_deref()
            ),
            (Some("group"), Some("Text"))
        );
    }
    let ways: Vec<_> = page
        .with_class("contact")
        .named("a")
        .iter()
        .filter_map(|way| way.attribute("href"))
        .collect();
    assert_eq!(
        ways,
        [
            "tel:+842250000001",
            "mailto:a@b.example",
            "https://b.example/"
        ]
    );
    let event = page.with_class("event");
    assert_eq!(event.named("time")[0].text(), "13 May 2026, 20:00");
    let file = event.with_class("event-calendar");
    let told = ["href", "type", "download", "aria-label"]
        .map(|name| file.attribute(name).unwrap_or_default());
    assert_eq!(
        told,
        [
            "/en/port/deep-water-port/event-1.ics",
            "text/calendar",
            "event-1.ics",
            "Add to calendar: Text"
        ]
    );
    let entries = page.with_class("timeline").named("li");
    assert_eq!(
        entries[0].named("time")[0].attribute("datetime").as_deref(),
        Some("1994-09")
    );
    assert_eq!(entries[0].text(), "September 1994Text");
    assert_eq!(entries[1].named("time").len(), 0);
}
