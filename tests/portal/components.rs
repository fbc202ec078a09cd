//! The HTML that components make of their props, in rendered pages.

use crate::sample::{article, article_route, document, html, slug};
use crate::tree::{Element, page};
use leptos::prelude::*;
use model::route::Route;
use model::{
    Archive, ArchiveMonth, Article, Entry, Home, Lang, Listing, Month, Page, PageNumber, Picture,
    Rendition, Search, SectionBlock, Slug, Standing, Tags, Teaser, Topic, Untranslated, Version,
};
use portal::components::{Parallel, Side};
use std::collections::BTreeSet;

fn article_page(lang: Lang, languages: &[Lang]) -> Element {
    page(&html(
        article_route(lang),
        document(
            lang,
            languages,
            "Text",
            Page::Article(Box::new(article("Text"))),
        ),
    ))
}

fn meta(page: &Element, key: &str, name: &str) -> Option<String> {
    let named = |element: &Element| element.attribute(key).as_deref() == Some(name);
    page.named("meta")
        .into_iter()
        .find(named)
        .and_then(|element| element.attribute("content"))
}

#[test]
fn the_language_tabs_lead_to_the_same_page_and_say_which_language_is_missing() {
    let page = article_page(Lang::Vi, &[Lang::Vi, Lang::En]);
    let tabs = page.with_class("language-tabs").named("a");
    let seen: Vec<_> = tabs
        .iter()
        .map(|tab| {
            let value = |name| tab.attribute(name).unwrap_or_default();
            (
                value("href"),
                value("lang"),
                value("hreflang"),
                value("title"),
                value("aria-current"),
                tab.text(),
            )
        })
        .collect();
    let tab = |tag: &str, name: &str, current: &str, text: &str| {
        let (tag, name) = (tag.to_owned(), name.to_owned());
        (
            format!("/{tag}/port/deep-water-port/"),
            tag.clone(),
            tag,
            name,
            current.to_owned(),
            text.to_owned(),
        )
    };
    assert_eq!(
        seen,
        [
            tab("vi", "Tiếng Việt", "true", "ViTiếng Việt"),
            tab("en", "English", "", "EnEnglish"),
            tab("ko", "한국어", "", "Kr한국어 (chưa có bản dịch)"),
            tab("ja", "日本語", "", "Ja日本語 (chưa có bản dịch)"),
            tab("zh-Hans", "简体中文", "", "Cn简体中文 (chưa có bản dịch)"),
        ]
    );
    assert_eq!(
        page.with_class("language-tabs")
            .attribute("aria-label")
            .as_deref(),
        Some("Ngôn ngữ")
    );
}

#[test]
fn the_head_names_the_page_and_all_its_versions() {
    let page = article_page(Lang::Ko, &[Lang::Vi, Lang::Ko]);
    assert_eq!(
        page.named("html")[0].attribute("lang").as_deref(),
        Some("ko")
    );
    assert_eq!(page.named("title")[0].text(), "Text – Text");
    assert_eq!(meta(&page, "name", "description").as_deref(), Some("Text"));
    assert_eq!(meta(&page, "name", "robots"), None);
    assert_eq!(
        meta(&page, "property", "og:type").as_deref(),
        Some("article")
    );
    let links: Vec<_> = page
        .named("link")
        .iter()
        .filter(|link| {
            ["canonical", "alternate"].contains(&link.attribute("rel").unwrap_or_default().as_str())
        })
        .filter(|link| link.attribute("type").is_none())
        .map(|link| {
            (
                link.attribute("hreflang").unwrap_or_default(),
                link.attribute("href").unwrap_or_default(),
            )
        })
        .collect();
    let address = |tag: &str| format!("https://portal.example/{tag}/port/deep-water-port/");
    assert_eq!(
        links,
        [
            (String::new(), address("ko")),
            ("vi".to_owned(), address("vi")),
            ("ko".to_owned(), address("ko")),
            ("x-default".to_owned(), address("vi")),
        ]
    );
}

#[test]
fn the_head_points_at_the_feeds_of_the_language_and_of_the_section_and_the_footer_at_the_first() {
    let page = article_page(Lang::Ko, &[Lang::Vi, Lang::Ko]);
    let feeds: Vec<_> = page
        .named("link")
        .iter()
        .filter_map(|link| {
            Some((
                link.attribute("rel")?,
                link.attribute("type")?,
                link.attribute("href")?,
            ))
        })
        .filter(|(rel, ..)| rel == "alternate")
        .map(|(_, kind, href)| (kind, href))
        .collect();
    let (atom, json) = (
        "application/atom+xml".to_owned(),
        "application/feed+json".to_owned(),
    );
    assert_eq!(
        feeds,
        [
            (atom.clone(), "/ko/feed.xml".to_owned()),
            (json.clone(), "/ko/feed.json".to_owned()),
            (atom, "/ko/port/feed.xml".to_owned()),
            (json, "/ko/port/feed.json".to_owned()),
        ]
    );
    let links = page.with_class("footer").named("a");
    let link = links
        .iter()
        .find(|link| link.attribute("href").as_deref() == Some("/ko/feed.xml"))
        .unwrap();
    // The router leaves such a link to the browser.
    assert_eq!(link.attribute("rel").as_deref(), Some("external"));
}

#[test]
fn the_footer_leads_to_the_portals_of_other_agencies_below_a_heading_of_its_own() {
    let mut shown = document(Lang::Ja, &Lang::ALL, "Text", Page::NotFound);
    let footer = page(&html(Route::NotFound(Lang::Ja), shown.clone()))
        .named("footer")
        .remove(0);
    let block = footer.with_class("agencies");
    assert_eq!(
        (
            block.name().as_str(),
            block.attribute("aria-labelledby").as_deref()
        ),
        ("nav", Some("agencies"))
    );
    let heading = &block.named("h2")[0];
    assert_eq!(
        (heading.attribute("id").as_deref(), heading.text().as_str()),
        (Some("agencies"), "関係機関")
    );
    let link = &block.named("a")[0];
    assert_eq!(
        (link.attribute("href").as_deref(), link.text().as_str()),
        (Some("https://agency.example/"), "Text")
    );
    shown.site.agencies.clear();
    let without = page(&html(Route::NotFound(Lang::Ja), shown))
        .named("footer")
        .remove(0);
    assert!(without.named("h2").is_empty() && without.named("nav").len() == 1);
}

/// The component counts the rows: a style sheet could count only what has loaded so far.
#[test]
fn the_front_page_says_how_many_sections_it_has_and_whether_the_lead_stands_alone() {
    let teaser = || article("Text").related.remove(0);
    let classes = |picks: usize, sections: usize| {
        let block = |number: usize| SectionBlock {
            slug: slug(&format!("s{number}")),
            name: "Text".to_owned(),
            teasers: vec![teaser()],
        };
        let home = Home {
            lead: Some(teaser()),
            picks: (0..picks).map(|_| teaser()).collect(),
            sections: (0..sections).map(block).collect(),
            most_read: Vec::new(),
        };
        let page = page(&html(
            Route::Home(Lang::En),
            document(Lang::En, &[Lang::En], "Text", Page::Home(Box::new(home))),
        ));
        ["home-top", "home-sections"].map(|name| page.with_class(name).attribute("class").unwrap())
    };
    assert_eq!(
        classes(2, 3),
        ["home-top", "home-sections home-sections-odd"]
    );
    assert_eq!(
        classes(0, 4),
        [
            "home-top home-top-alone",
            "home-sections home-sections-four-by-two"
        ]
    );
    assert_eq!(
        classes(1, 5),
        [
            "home-top",
            "home-sections home-sections-odd home-sections-two-by-two"
        ]
    );
}

/// The style sheets know nothing of where a teaser stands.
#[test]
fn every_teaser_is_told_what_it_looks_like() {
    let teasers = || vec![article("Text").related.remove(0); 2];
    let looks = |page: &Element| -> Vec<String> {
        let classes = page
            .all()
            .into_iter()
            .filter_map(|element| element.attribute("class"));
        let of_teasers = classes.filter_map(|classes| {
            classes
                .split_once(' ')
                .map(|(block, look)| (block.to_owned(), look.to_owned()))
        });
        of_teasers
            .filter(|(block, _)| block == "teaser" || block == "teaser-list")
            .map(|(_, look)| look)
            .collect()
    };
    let home = |picks: Vec<Teaser>| {
        let sections = vec![SectionBlock {
            slug: slug("port"),
            name: "Text".to_owned(),
            teasers: teasers(),
        }];
        let home = Home {
            lead: teasers().pop(),
            picks,
            sections,
            most_read: teasers(),
        };
        looks(&page(&html(
            Route::Home(Lang::En),
            document(Lang::En, &[Lang::En], "Text", Page::Home(Box::new(home))),
        )))
    };
    let below = [
        "teaser-list-led",
        "teaser-card",
        "teaser-brief",
        "teaser-list-ranked",
        "teaser-brief",
        "teaser-brief",
    ];
    let picks = [
        "teaser-lead",
        "teaser-list-picks",
        "teaser-pick teaser-pick-first",
        "teaser-pick",
    ];
    assert_eq!(home(teasers()), [&picks[..], &below].concat());
    assert_eq!(
        home(Vec::new()),
        [&["teaser-lead teaser-lead-alone"][..], &below].concat()
    );
    let list = |topic: Topic| {
        let listing = Listing {
            topic,
            description: None,
            part: PageNumber::FRONT,
            newer: None,
            older: None,
            teasers: teasers(),
        };
        let shown = document(
            Lang::En,
            &[Lang::En],
            "Text",
            Page::Listing(Box::new(listing)),
        );
        looks(&page(&html(
            Route::Section(Lang::En, slug("port"), PageNumber::FRONT),
            shown,
        )))
    };
    let topic = Entry {
        slug: slug("port"),
        name: "Text".to_owned(),
    };
    assert_eq!(
        list(Topic::Section(topic.clone())),
        ["teaser-row", "teaser-row"]
    );
    assert_eq!(list(Topic::Tag(topic)), ["teaser-row", "teaser-row"]);
    let month = Month {
        year: 2014,
        month: 9,
    };
    assert_eq!(
        list(Topic::Month(month)),
        ["teaser-list-lines", "teaser-line", "teaser-line"]
    );
    assert_eq!(
        looks(&article_page(Lang::En, &Lang::ALL)),
        ["teaser-list-columns", "teaser-brief"]
    );
}

#[test]
fn the_byline_is_written_as_its_language_writes_it() {
    for (lang, text) in [
        (
            Lang::Vi,
            "Đăng lúc 03/09/2014 16:10 Cập nhật 04/09/2014 08:05 Nguồn Text Đọc khoảng 3 phút 12.810 lượt xem",
        ),
        (
            Lang::En,
            "Published 3 September 2014, 16:10 Updated 4 September 2014, 08:05 Source Text 3 min read 12,810 views",
        ),
        (
            Lang::Ja,
            "掲載 2014年9月3日 16:10 更新 2014年9月4日 08:05 出典 Text 読了目安 約3分 閲覧 12,810回",
        ),
    ] {
        let byline = article_page(lang, &Lang::ALL).with_class("byline");
        let items: Vec<String> = byline.named("li").iter().map(Element::text).collect();
        assert_eq!(items.join(" "), text);
        let moments: Vec<_> = byline
            .named("time")
            .iter()
            .filter_map(|time| time.attribute("datetime"))
            .collect();
        assert_eq!(
            moments,
            ["2014-09-03T16:10+07:00", "2014-09-04T08:05+07:00"]
        );
    }
}

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
            "the router leaves the file to the browser"
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

#[test]
#[expect(clippy::too_many_lines, reason = "a table of every kind of page")]
fn every_page_has_one_main_heading_that_can_take_the_focus_and_the_same_landmarks() {
    let teaser = article("Text").related.remove(0);
    let block = SectionBlock {
        slug: slug("port"),
        name: "Text".to_owned(),
        teasers: vec![teaser.clone()],
    };
    let lead = Some(Teaser {
        slug: slug("lead"),
        ..teaser.clone()
    });
    let entry = || Entry {
        slug: slug("port"),
        name: "P".to_owned(),
    };
    let listing = |topic, part, teasers| {
        let (newer, older) = (
            (part != PageNumber::FRONT).then_some(PageNumber::FRONT),
            Some(PageNumber(1)),
        );
        Page::Listing(Box::new(Listing {
            topic,
            description: Some("D".to_owned()),
            part,
            newer,
            older,
            teasers,
        }))
    };
    let month = Month {
        year: 2014,
        month: 9,
    };
    let months = || vec![ArchiveMonth { month, articles: 2 }];
    let standing = Standing {
        slug: slug("about"),
        title: "About".to_owned(),
        lead: article("Text").lead,
        body: Vec::new(),
    };
    let versions = vec![Version {
        lang: Lang::En,
        title: "Title".to_owned(),
    }];
    let missing = Untranslated {
        section: slug("port"),
        slug: slug("deep-water-port"),
        versions,
    };
    let lang = Lang::Ja;
    for (route, shown) in [
        (
            Route::Home(lang),
            Page::Home(Box::new(Home {
                lead,
                picks: vec![teaser.clone()],
                sections: vec![block],
                most_read: vec![teaser.clone()],
            })),
        ),
        (
            Route::Home(lang),
            Page::Home(Box::new(Home {
                lead: None,
                picks: Vec::new(),
                sections: Vec::new(),
                most_read: Vec::new(),
            })),
        ),
        (
            Route::Section(lang, slug("port"), PageNumber(2)),
            listing(Topic::Section(entry()), PageNumber(2), vec![teaser.clone()]),
        ),
        (
            Route::Section(lang, slug("port"), PageNumber::FRONT),
            listing(Topic::Section(entry()), PageNumber::FRONT, Vec::new()),
        ),
        (
            Route::Tag(lang, slug("port"), PageNumber::FRONT),
            listing(Topic::Tag(entry()), PageNumber::FRONT, vec![teaser.clone()]),
        ),
        (
            Route::Month(lang, month, PageNumber::FRONT),
            listing(Topic::Month(month), PageNumber::FRONT, vec![teaser]),
        ),
        (
            Route::Archive(lang),
            Page::Archive(Archive {
                year: None,
                months: months(),
            }),
        ),
        (
            Route::Year(lang, 2014),
            Page::Archive(Archive {
                year: Some(2014),
                months: months(),
            }),
        ),
        (
            Route::Tags(lang),
            Page::Tags(Tags {
                tags: vec![entry()],
            }),
        ),
        (
            Route::Search(lang),
            Page::Search(Search { years: vec![2014] }),
        ),
        (
            article_route(lang),
            Page::Article(Box::new(article("Text"))),
        ),
        (
            Route::Standing(lang, slug("about")),
            Page::Standing(standing),
        ),
        (article_route(lang), Page::Untranslated(missing)),
        (Route::NotFound(lang), Page::NotFound),
    ] {
        let page = page(&html(
            route.clone(),
            document(lang, &Lang::ALL, "Text", shown),
        ));
        let headings = page.named("h1");
        assert_eq!(headings.len(), 1, "{route:?}");
        assert_eq!(
            headings[0].attribute("tabindex").as_deref(),
            Some("-1"),
            "{route:?}"
        );
        assert!(!headings[0].text().trim().is_empty(), "{route:?}");
        for landmark in ["header", "main", "footer"] {
            assert_eq!(page.named(landmark).len(), 1, "{landmark} of {route:?}");
        }
        assert_eq!(
            page.with_class("skip-link").attribute("href").as_deref(),
            Some("#content")
        );
        assert_eq!(
            page.named("main")[0].attribute("id").as_deref(),
            Some("content")
        );
        assert!(
            page.all()
                .iter()
                .all(|element| element.attribute("style").is_none()),
            "{route:?}"
        );
        let levels: Vec<u8> = page
            .all()
            .iter()
            .filter_map(|element| heading_level(&element.name()))
            .collect();
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{route:?} skips a level: {levels:?}"
        );
    }
}

fn heading_level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok()
}

#[test]
fn an_article_without_a_headline_shows_its_section_and_is_named_by_its_lead() {
    let mut without = article("Text");
    without.headline = None;
    let shown = document(
        Lang::En,
        &[Lang::En],
        "Text",
        Page::Article(Box::new(without)),
    );
    let page = page(&html(article_route(Lang::En), shown));
    let heading = &page.named("h1")[0];
    assert_eq!(
        (
            heading.text().as_str(),
            heading.attribute("class").as_deref()
        ),
        ("Text", Some("visually-hidden"))
    );
    assert_eq!(page.with_class("article-section-title").text(), "Text");
    assert_eq!(
        links(&page.with_class("breadcrumb")),
        [("/en/".to_owned(), "Home".to_owned())]
    );
}

/// The address and the text of each link of an element.
fn links(element: &Element) -> Vec<(String, String)> {
    element
        .named("a")
        .iter()
        .map(|link| (link.attribute("href").unwrap_or_default(), link.text()))
        .collect()
}

#[test]
fn an_article_says_what_it_is_below_what_came_around_it_and_what_became_of_it() {
    let page = article_page(Lang::En, &Lang::ALL);
    let link = |href: &str, text: &str| (href.to_owned(), text.to_owned());
    assert_eq!(
        links(&page.with_class("breadcrumb")),
        [link("/en/", "Home"), link("/en/port/", "Text")]
    );
    assert_eq!(
        page.with_class("breadcrumb")
            .attribute("aria-label")
            .as_deref(),
        Some("Breadcrumb")
    );
    let neighbours = page.with_class("neighbours");
    assert_eq!(
        neighbours.attribute("aria-label").as_deref(),
        Some("More in Text")
    );
    assert_eq!(
        links(&neighbours),
        [
            link("/en/port/newer/", "Newer article, Text"),
            link("/en/port/older/", "Older article, Text")
        ]
    );
    let rels: Vec<_> = neighbours
        .named("a")
        .iter()
        .filter_map(|link| link.attribute("rel"))
        .collect();
    assert_eq!(rels, ["prev", "next"]);
    assert_eq!(
        links(&page.with_class("places")),
        [link(
            "/en/port/other/",
            "Text: now Text (since 1 July 2025)"
        )]
    );
    let corrections = page.with_class("corrections");
    assert_eq!(corrections.named("h2")[0].text(), "Corrections and updates");
    assert_eq!(
        corrections.named("li")[0].text(),
        "4 September 2014, 08:05Text"
    );
    assert_eq!(
        page.with_class("cite-text").text(),
        "Text, “Text”, Text, 3 September 2014, https://portal.example/en/port/deep-water-port/"
    );
    let folded = page.with_class("cite");
    assert_eq!(
        (folded.name().as_str(), folded.attribute("open")),
        ("details", None)
    );
}

#[test]
fn an_article_can_be_read_beside_the_languages_that_it_is_there_in() {
    let choice =
        article_page(Lang::Ko, &[Lang::Vi, Lang::Ko, Lang::ZhHans]).with_class("parallel-choice");
    let seen: Vec<_> = choice
        .named("a")
        .iter()
        .map(|link| {
            ["href", "lang", "aria-current"].map(|name| link.attribute(name).unwrap_or_default())
        })
        .collect();
    let address = "/ko/port/deep-water-port/";
    assert_eq!(
        seen,
        [
            [&format!("{address}?with=vi"), "vi", ""],
            [&format!("{address}?with=zh-Hans"), "zh-Hans", ""],
            [address, "ko", "true"],
        ]
    );
    let alone = article_page(Lang::Ko, &[Lang::Ko]);
    assert!(
        !alone
            .all()
            .iter()
            .any(|element| element.attribute("class").as_deref() == Some("parallel-choice"))
    );
}

#[test]
fn what_there_is_nothing_of_takes_no_place() {
    let mut plain = article("Text");
    (plain.places, plain.history, plain.newer, plain.older) = (Vec::new(), Vec::new(), None, None);
    plain.author = None;
    let shown = document(
        Lang::Ja,
        &[Lang::Ja],
        "Text",
        Page::Article(Box::new(plain)),
    );
    let page = page(&html(article_route(Lang::Ja), shown));
    let classes: Vec<String> = page
        .all()
        .iter()
        .filter_map(|element| element.attribute("class"))
        .collect();
    for class in ["places", "corrections", "neighbours"] {
        assert!(!classes.iter().any(|known| known == class), "{class}");
    }
    assert_eq!(
        page.with_class("cite-text").text(),
        "「Text」『Text』2014年9月3日、https://portal.example/ja/port/deep-water-port/"
    );
}

/// Renders two versions of an article side by side, as the browser program does.
fn side_by_side(first: Article, second: Article) -> Element {
    let (first, second) = (Side::of(&first, Lang::Vi), Side::of(&second, Lang::Ko));
    let owner = Owner::new();
    page(
        &owner.with(|| {
            view! { <Parallel first=first second=second base="/".to_owned() /> }.to_html()
        }),
    )
}

#[test]
fn two_versions_stand_side_by_side_each_in_its_language_and_a_picture_once() {
    let beside = side_by_side(article("Một"), article("하나")).with_class("parallel");
    let pairs: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "parallel-pair"))
        .collect();
    assert_eq!(pairs.len(), 1 + article("").body.len());
    for pair in &pairs {
        let sides: Vec<Element> = pair
            .all()
            .into_iter()
            .filter(|element| is(element, "parallel-side"))
            .collect();
        let langs: Vec<_> = sides
            .iter()
            .filter_map(|side| side.attribute("lang"))
            .collect();
        assert_eq!(langs, ["vi", "ko"], "{}", pair.text());
        assert!(sides[0].text().contains("Một") && !sides[0].text().contains("하나"));
        assert!(sides[1].text().contains("하나") && !sides[1].text().contains("Một"));
    }
    let figures: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "figure"))
        .collect();
    assert_eq!(figures.len(), 1);
    let ids: Vec<String> = beside
        .all()
        .iter()
        .filter_map(|element| element.attribute("id"))
        .collect();
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
    assert_eq!(beside.with_class("parallel-caption").text(), "하나");
    // Internal links stay in the language of their side.
    let hrefs: Vec<_> = beside
        .named("a")
        .iter()
        .filter_map(|link| link.attribute("href"))
        .collect();
    assert!(
        hrefs.contains(&"/vi/port/other/".to_owned())
            && hrefs.contains(&"/ko/port/other/".to_owned())
    );
}

#[test]
fn what_one_version_lacks_stands_alone_beside_the_other() {
    let mut shorter = article("하나");
    shorter.body.remove(4);
    let beside = side_by_side(article("Một"), shorter).with_class("parallel");
    let pairs: Vec<Element> = beside
        .all()
        .into_iter()
        .filter(|element| is(element, "parallel-pair"))
        .collect();
    let sides = |pair: &Element| {
        pair.all()
            .into_iter()
            .filter(|element| is(element, "parallel-side"))
            .count()
    };
    let mut expected = vec![2; 1 + article("").body.len()];
    expected[5] = 1;
    assert_eq!(pairs.iter().map(sides).collect::<Vec<_>>(), expected);
}

fn is(element: &Element, class: &str) -> bool {
    element
        .attribute("class")
        .is_some_and(|classes| classes.split(' ').any(|known| known == class))
}

#[test]
fn a_page_that_is_not_translated_speaks_the_readers_language_and_offers_the_others() {
    let versions = vec![
        Version {
            lang: Lang::Vi,
            title: "Tiêu đề".to_owned(),
        },
        Version {
            lang: Lang::En,
            title: "Title".to_owned(),
        },
    ];
    let missing = Untranslated {
        section: slug("port"),
        slug: slug("deep-water-port"),
        versions,
    };
    let shown = document(
        Lang::Ko,
        &[Lang::Vi, Lang::En],
        "Text",
        Page::Untranslated(missing),
    );
    let page = page(&html(article_route(Lang::Ko), shown));
    assert_eq!(
        page.named("h1")[0].text(),
        "이 기사는 한국어로 제공되지 않습니다"
    );
    let list = page.with_class("version-list");
    let links: Vec<_> = list
        .named("a")
        .iter()
        .map(|a| (a.attribute("href").unwrap(), a.text()))
        .collect();
    assert_eq!(
        links,
        [
            ("/vi/port/deep-water-port/".to_owned(), "Tiêu đề".to_owned()),
            ("/en/port/deep-water-port/".to_owned(), "Title".to_owned()),
        ]
    );
    let on: Vec<_> = page
        .with_class("link-list-entries")
        .named("a")
        .iter()
        .filter_map(|a| a.attribute("href"))
        .collect();
    assert_eq!(on, ["/ko/port/", "/ko/archive/"]);
    assert_eq!(meta(&page, "name", "robots").as_deref(), Some("noindex"));
    let canonical = |link: &Element| link.attribute("rel").as_deref() == Some("canonical");
    assert!(!page.named("link").iter().any(canonical));
}

/// A photograph in three widths.
fn photograph() -> Picture {
    let rendition = |ending: &str, width| Rendition {
        file: format!("assets/a-{width}.{ending}"),
        width,
    };
    Picture {
        file: "assets/a-960.jpg".to_owned(),
        width: 960,
        height: 540,
        alternative: "Cranes".to_owned(),
        caption: None,
        credit: None,
        modern: [320, 640, 960]
            .map(|width| rendition("webp", width))
            .to_vec(),
        renditions: [320, 640].map(|width| rendition("jpg", width)).to_vec(),
    }
}

/// The attributes of each `source` and `img` inside the element with the class `around`.
fn pictures(page: &Element, around: &str) -> Vec<Vec<(String, String)>> {
    let names = [
        "type", "srcset", "sizes", "src", "alt", "width", "height", "loading", "decoding",
    ];
    let attributes = |element: &Element| {
        let value = |name: &str| Some((name.to_owned(), element.attribute(name)?));
        names.into_iter().filter_map(value).collect::<Vec<_>>()
    };
    let inside = page.with_class(around).all();
    inside
        .iter()
        .filter(|element| ["source", "img"].contains(&element.name().as_str()))
        .map(attributes)
        .collect()
}

#[test]
fn a_photograph_lets_the_browser_choose_and_a_drawing_has_one_file() {
    let mut shown = article("Text");
    shown.cover = Some(photograph());
    let page = page(&html(
        article_route(Lang::En),
        document(Lang::En, &[Lang::En], "Text", Page::Article(shown.into())),
    ));
    let values = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    };
    let sizes =
        "(min-width: 76rem) 56rem, (min-width: 64rem) 70vw, (min-width: 44rem) 40rem, 100vw";
    assert_eq!(
        pictures(&page, "figure"),
        [
            values(&[
                ("type", "image/webp"),
                (
                    "srcset",
                    "/assets/a-320.webp 320w, /assets/a-640.webp 640w, /assets/a-960.webp 960w"
                ),
                ("sizes", sizes),
            ]),
            values(&[
                (
                    "srcset",
                    "/assets/a-320.jpg 320w, /assets/a-640.jpg 640w, /assets/a-960.jpg 960w"
                ),
                ("sizes", sizes),
                ("src", "/assets/a-960.jpg"),
                ("alt", "Cranes"),
                ("width", "960"),
                ("height", "540"),
                ("decoding", "async"),
            ]),
        ]
    );
    assert_eq!(
        pictures(&page, "body")[..1],
        [values(&[
            ("src", "/assets/a.svg"),
            ("alt", "Text"),
            ("width", "1200"),
            ("height", "675"),
            ("loading", "lazy"),
            ("decoding", "async"),
        ])]
    );
}

#[test]
fn each_place_says_how_wide_its_pictures_are_and_only_what_stands_at_the_top_loads_at_once() {
    let teaser = |slug: Slug| Teaser {
        slug,
        cover: Some(photograph()),
        ..article("Text").related.remove(0)
    };
    let block = SectionBlock {
        slug: slug("port"),
        name: "Text".to_owned(),
        teasers: vec![teaser(slug("a")), teaser(slug("b"))],
    };
    let lead = Some(teaser(slug("lead")));
    let home = Page::Home(Box::new(Home {
        lead,
        picks: Vec::new(),
        sections: vec![block],
        most_read: Vec::new(),
    }));
    let page = page(&html(
        Route::Home(Lang::En),
        document(Lang::En, &[Lang::En], "Text", home),
    ));
    let seen = |around: &str| {
        let image = pictures(&page, around).swap_remove(1);
        let value = |name: &str| {
            image
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        (
            value("sizes").unwrap_or_default(),
            value("loading"),
            value("alt"),
        )
    };
    let (nothing, late) = (Some(String::new()), Some("lazy".to_owned()));
    let of_lead = "(min-width: 76rem) 44rem, (min-width: 48rem) 58vw, 100vw".to_owned();
    let of_section = "(min-width: 76rem) 37rem, (min-width: 48rem) 45vw, 100vw".to_owned();
    assert_eq!(seen("home-lead"), (of_lead, None, nothing.clone()));
    assert_eq!(seen("home-section"), (of_section, late, nothing));
}

#[test]
fn browsers_with_trusted_types_let_every_element_and_attribute_of_pictures_through() {
    let boot = include_str!("../../src/boot.js");
    let list = |name: &str| {
        let line = boot
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("const {name} =")))
            .unwrap();
        let (_, names) = line.split_once("(?:").unwrap();
        names
            .split([')', '|'])
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (tags, attributes) = (list("tags"), list("attributes"));
    for tag in ["picture", "source", "img"] {
        assert!(tags.iter().any(|known| known == tag), "{tag}");
    }
    for name in [
        "type", "srcset", "sizes", "src", "alt", "width", "height", "loading", "decoding", "media",
    ] {
        assert!(attributes.iter().any(|known| known == name), "{name}");
    }
}
