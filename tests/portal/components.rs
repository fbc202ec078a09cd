//! The HTML that components make of their props, in rendered pages.

mod articles;
mod blocks;
mod pictures;

use crate::sample::{article, article_route, document, html, slug};
use crate::tree::{Element, page};
use model::route::Route;
use model::{
    Archive, ArchiveMonth, Entry, Home, Lang, Listing, Month, Page, PageNumber, Search,
    SectionBlock, Standing, Tags, Teaser, Topic, Untranslated, Version,
};

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
    // The program leaves such a link to the browser.
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

/// The address and the text of each link of an element.
fn links(element: &Element) -> Vec<(String, String)> {
    element
        .named("a")
        .iter()
        .map(|link| (link.attribute("href").unwrap_or_default(), link.text()))
        .collect()
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
