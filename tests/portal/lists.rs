//! Navigation in rendered pages: lists and their parts, the archive, tags, notices, the home page.

use crate::sample::{article, article_route, document, html, notice, slug};
use crate::tree::{Element, page};
use model::route::Route;
use model::{
    Archive, ArchiveMonth, Entry, Home, Lang, Level, Listing, Moment, Month, Page, PageNumber,
    SectionBlock, Tags, Teaser, Topic,
};

const SEPTEMBER: Month = Month {
    year: 2014,
    month: 9,
};

fn teaser(name: &str, published: &str) -> Teaser {
    let published = Moment::new(published).unwrap();
    Teaser {
        slug: slug(name),
        title: name.to_owned(),
        published,
        ..article("Text").related.remove(0)
    }
}

fn entry() -> Entry {
    Entry {
        slug: slug("port"),
        name: "Port".to_owned(),
    }
}

/// A part of the section's list in English.
fn part(part: PageNumber, newer: Option<PageNumber>, older: Option<PageNumber>) -> Element {
    let teasers = vec![
        teaser("later", "2014-09-03T16:10+07:00"),
        teaser("sooner", "2014-01-31T08:00+07:00"),
    ];
    let listing = Listing {
        topic: Topic::Section(entry()),
        description: None,
        part,
        newer,
        older,
        teasers,
    };
    let shown = document(
        Lang::En,
        &Lang::ALL,
        "Text",
        Page::Listing(Box::new(listing)),
    );
    page(&html(Route::Section(Lang::En, slug("port"), part), shown))
}

/// Renders an English page that exists in Vietnamese and English only.
fn in_two_languages(route: Route, shown: Page) -> Element {
    page(&html(
        route,
        document(Lang::En, &[Lang::Vi, Lang::En], "Text", shown),
    ))
}

fn month() -> Page {
    let teasers = vec![teaser("later", "2014-09-03T16:10+07:00")];
    let topic = Topic::Month(SEPTEMBER);
    let (part, newer, older) = (PageNumber::FRONT, None, None);
    Page::Listing(Box::new(Listing {
        topic,
        description: None,
        part,
        newer,
        older,
        teasers,
    }))
}

/// Address, relation and text of each link.
fn links(element: &Element) -> Vec<(String, String, String)> {
    let value = |link: &Element, name| link.attribute(name).unwrap_or_default();
    element
        .named("a")
        .iter()
        .map(|link| (value(link, "href"), value(link, "rel"), link.text()))
        .collect()
}

fn link(href: &str, rel: &str, text: &str) -> (String, String, String) {
    (href.to_owned(), rel.to_owned(), text.to_owned())
}

fn has_class(page: &Element, class: &str) -> bool {
    page.all().iter().any(|element| {
        element
            .attribute("class")
            .is_some_and(|names| names.split(' ').any(|n| n == class))
    })
}

#[test]
fn a_numbered_part_says_which_one_it_is_and_names_its_neighbours() {
    let page = part(PageNumber(3), Some(PageNumber(4)), Some(PageNumber(2)));
    assert_eq!(
        page.named("h1")[0].text(),
        "Port – earlier articles, part 3"
    );
    assert_eq!(
        page.named("title")[0].text(),
        "Port – earlier articles, part 3 – Text"
    );
    assert_eq!(
        page.with_class("section-description").text(),
        "From 31 January 2014 to 3 September 2014"
    );
    let steps = page.with_class("steps");
    assert_eq!(
        steps.attribute("aria-label").as_deref(),
        Some("Other pages of this list")
    );
    assert_eq!(
        links(&steps),
        [
            link("/en/port/", "", "Newest articles"),
            link("/en/port/page/4/", "prev", "Newer articles, part 4"),
            link("/en/port/page/2/", "next", "Older articles, part 2"),
            link("/en/archive/", "", "Archive"),
        ]
    );
}

#[test]
fn a_numbered_part_has_an_address_of_its_own_and_no_counterpart_in_other_languages() {
    let page = part(PageNumber(3), Some(PageNumber(4)), Some(PageNumber(2)));
    let addresses: Vec<_> = page
        .named("link")
        .iter()
        .filter(|link| {
            link.attribute("rel").as_deref() == Some("canonical")
                || link.attribute("hreflang").is_some()
        })
        .map(|link| link.attribute("href").unwrap_or_default())
        .collect();
    assert_eq!(addresses, ["https://portal.example/en/port/page/3/"]);
    let tabs: Vec<_> = links(&page.with_class("language-tabs"))
        .into_iter()
        .map(|(href, ..)| href)
        .collect();
    assert_eq!(
        tabs,
        [
            "/vi/port/",
            "/en/port/page/3/",
            "/ko/port/",
            "/ja/port/",
            "/zh-Hans/port/"
        ]
    );
}

#[test]
fn the_newest_numbered_part_leads_back_to_the_front_and_the_front_leads_on() {
    let newest = part(PageNumber(4), Some(PageNumber::FRONT), Some(PageNumber(3)));
    assert_eq!(
        links(&newest.with_class("steps"))[..2],
        [
            link("/en/port/", "prev", "Newest articles"),
            link("/en/port/page/3/", "next", "Older articles, part 3")
        ]
    );
    let front = part(PageNumber::FRONT, None, Some(PageNumber(4)));
    assert_eq!(front.named("h1")[0].text(), "Port");
    assert_eq!(
        links(&front.with_class("steps"))[0],
        link("/en/port/page/4/", "next", "Older articles, part 4")
    );
    let only = part(PageNumber::FRONT, None, None);
    assert_eq!(
        links(&only.with_class("steps")),
        [link("/en/archive/", "", "Archive")]
    );
}

#[test]
fn the_front_of_a_month_leads_to_each_of_its_parts() {
    let Page::Listing(mut listing) = month() else {
        unreachable!("a month is a list")
    };
    listing.older = Some(PageNumber(3));
    let route = Route::Month(Lang::En, SEPTEMBER, PageNumber::FRONT);
    let steps = in_two_languages(route, Page::Listing(listing)).with_class("steps");
    assert_eq!(
        links(&steps)[..3],
        [
            link(
                "/en/archive/2014/09/page/3/",
                "next",
                "Older articles, part 3"
            ),
            link("/en/archive/2014/09/page/2/", "", "Older articles, part 2"),
            link("/en/archive/2014/09/page/1/", "", "Older articles, part 1"),
        ]
    );
}

#[test]
fn the_archive_has_its_years_for_headings_and_says_how_many_articles_a_month_has() {
    let months = [(2014, 9, 12), (2014, 8, 1), (2013, 12, 1_000)];
    let months = months.map(|(year, month, articles)| ArchiveMonth {
        month: Month { year, month },
        articles,
    });
    let archive = Page::Archive(Archive {
        year: None,
        months: months.to_vec(),
    });
    let page = page(&html(
        Route::Archive(Lang::En),
        document(Lang::En, &Lang::ALL, "Text", archive),
    ));
    let main = &page.named("main")[0];
    let headings: Vec<String> = main.named("h2").iter().map(Element::text).collect();
    assert_eq!(headings, ["2014", "2013"]);
    let counts: Vec<String> = main.named("p").iter().map(Element::text).collect();
    assert_eq!(counts, ["13 articles", "1,000 articles"]);
    assert_eq!(
        links(main),
        [
            link("/en/", "", "Home"),
            link("/en/archive/2014/", "", "2014"),
            link("/en/archive/2014/09/", "", "September 2014, 12 articles"),
            link("/en/archive/2014/08/", "", "August 2014, 1 article"),
            link("/en/archive/2013/", "", "2013"),
            link("/en/archive/2013/12/", "", "December 2013, 1,000 articles"),
        ]
    );
}

#[test]
fn a_year_and_a_month_lead_back_to_what_stands_above_them() {
    let year = Archive {
        year: Some(2014),
        months: vec![ArchiveMonth {
            month: SEPTEMBER,
            articles: 12,
        }],
    };
    let year = in_two_languages(Route::Year(Lang::En, 2014), Page::Archive(year));
    assert_eq!(year.named("title")[0].text(), "2014 – Archive – Text");
    assert_eq!(
        links(&year.with_class("breadcrumb")),
        [
            link("/en/", "", "Home"),
            link("/en/archive/", "", "Archive")
        ]
    );
    let month = in_two_languages(
        Route::Month(Lang::En, SEPTEMBER, PageNumber::FRONT),
        month(),
    );
    assert_eq!(month.named("h1")[0].text(), "September 2014");
    assert_eq!(
        month.named("title")[0].text(),
        "September 2014 – Archive – Text"
    );
    let above = month.with_class("breadcrumb");
    assert_eq!(
        links(&above),
        [
            link("/en/", "", "Home"),
            link("/en/archive/", "", "Archive"),
            link("/en/archive/2014/", "", "2014")
        ]
    );
    assert_eq!(above.attribute("aria-label").as_deref(), Some("Breadcrumb"));
}

#[test]
fn the_tab_of_a_language_without_articles_leads_to_the_nearest_page_and_says_why() {
    let shown = in_two_languages(
        Route::Month(Lang::En, SEPTEMBER, PageNumber::FRONT),
        month(),
    );
    let tabs: Vec<_> = links(&shown.with_class("language-tabs"))
        .into_iter()
        .map(|(href, _, text)| (href, text))
        .collect();
    let tab = |href: &str, text: &str| (href.to_owned(), text.to_owned());
    assert_eq!(
        tabs,
        [
            tab("/vi/archive/2014/09/", "ViTiếng Việt"),
            tab("/en/archive/2014/09/", "EnEnglish"),
            tab("/ko/archive/", "Kr한국어 (no articles)"),
            tab("/ja/archive/", "Ja日本語 (no articles)"),
            tab("/zh-Hans/archive/", "Cn简体中文 (no articles)"),
        ]
    );
    let languages: Vec<_> = shown
        .named("link")
        .iter()
        .filter_map(|link| link.attribute("hreflang"))
        .collect();
    assert_eq!(languages, ["vi", "en", "x-default"]);
}

#[test]
fn an_articles_tags_lead_to_their_lists() {
    let shown = document(
        Lang::En,
        &Lang::ALL,
        "Text",
        Page::Article(Box::new(article("Text"))),
    );
    let page = page(&html(article_route(Lang::En), shown));
    let list = page.with_class("link-list-tags");
    assert_eq!(links(&list), [link("/en/tags/diplomacy/", "", "Text")]);
    assert_eq!(list.attribute("aria-labelledby").as_deref(), Some("tags"));
    assert_eq!(page.with_class("article-tags-name").text(), "Topics");
    assert_eq!(
        page.with_class("article-tags-name")
            .attribute("id")
            .as_deref(),
        Some("tags")
    );
    assert_eq!(
        page.with_class("related-heading").text(),
        "Related articles"
    );
}

#[test]
fn a_list_with_nothing_in_it_says_so() {
    let empty = [
        (Route::Tags(Lang::En), Page::Tags(Tags { tags: Vec::new() })),
        (
            Route::Archive(Lang::En),
            Page::Archive(Archive {
                year: None,
                months: Vec::new(),
            }),
        ),
    ];
    for (route, shown) in empty {
        let page = page(&html(
            route.clone(),
            document(Lang::En, &Lang::ALL, "Text", shown),
        ));
        let text = page.named("main")[0].text();
        assert!(
            text.contains("There is no article in English here yet."),
            "{route:?}: {text}"
        );
    }
}

#[test]
fn an_outdated_translation_says_so_and_leads_to_the_original() {
    let shown = document(
        Lang::En,
        &Lang::ALL,
        "Text",
        Page::Article(Box::new(article("Text"))),
    );
    let outdated = page(&html(article_route(Lang::En), shown)).with_class("outdated");
    let link = &outdated.named("a")[0];
    assert_eq!(
        outdated.text(),
        "The original has been changed since this translation was made. Read the newer original (Tiếng Việt)"
    );
    assert_eq!(
        link.attribute("href").as_deref(),
        Some("/vi/port/deep-water-port/")
    );
    assert_eq!(link.attribute("hreflang").as_deref(), Some("vi"));
    assert_eq!(
        link.named("span")[0].attribute("lang").as_deref(),
        Some("vi")
    );
    let mut current = article("Text");
    current.outdated = None;
    let shown = document(
        Lang::En,
        &Lang::ALL,
        "Text",
        Page::Article(Box::new(current)),
    );
    assert!(!has_class(
        &page(&html(article_route(Lang::En), shown)),
        "outdated"
    ));
}

#[test]
fn notices_stand_on_every_page_and_say_their_level_in_words() {
    let mut shown = document(Lang::Vi, &Lang::ALL, "Text", Page::NotFound);
    shown.site.notices = vec![
        notice(
            "storm",
            Level::Emergency,
            "Text",
            Some("2014-09-03T16:10+07:00"),
        ),
        notice("tide", Level::Warning, "Text", None),
        notice("hours", Level::Information, "Text", None),
    ];
    let with = page(&html(Route::NotFound(Lang::Vi), shown.clone()));
    let sections = with.named("section").into_iter();
    let regions: Vec<Element> = sections
        .filter(|element| element.attribute("class").as_deref() == Some("notices"))
        .collect();
    let names: Vec<_> = regions
        .iter()
        .filter_map(|region| region.attribute("aria-label"))
        .collect();
    assert_eq!(names, ["Khẩn cấp", "Thông báo"]);
    let levels: Vec<String> = regions
        .iter()
        .flat_map(|region| region.named("strong"))
        .map(|level| level.text())
        .collect();
    assert_eq!(levels, ["Khẩn cấp", "Cảnh báo", "Thông tin"]);
    let ids: Vec<_> = regions
        .iter()
        .flat_map(|region| region.named("li"))
        .filter_map(|li| li.attribute("id"))
        .collect();
    assert_eq!(ids, ["notice-storm", "notice-tide", "notice-hours"]);
    let times: Vec<_> = regions[0]
        .named("time")
        .iter()
        .map(|time| (time.attribute("datetime").unwrap(), time.text()))
        .collect();
    assert_eq!(
        times,
        [
            (
                "2014-09-01T09:00+07:00".to_owned(),
                "Đăng lúc 01/09/2014 09:00".to_owned()
            ),
            (
                "2014-09-03T16:10+07:00".to_owned(),
                "Đến 03/09/2014 16:10".to_owned()
            ),
        ]
    );
    shown.site.notices.clear();
    assert!(!has_class(
        &page(&html(Route::NotFound(Lang::Vi), shown)),
        "notices"
    ));
}

/// A screen reader meets an emergency first, and does not announce it again on the next page.
#[test]
fn an_emergency_stands_before_everything_but_the_way_past_it_and_is_no_live_region() {
    let mut shown = document(Lang::Ko, &Lang::ALL, "Text", Page::NotFound);
    shown.site.notices = vec![
        notice("storm", Level::Emergency, "Text", None),
        notice("tide", Level::Warning, "Text", None),
    ];
    let page = page(&html(Route::NotFound(Lang::Ko), shown));
    let portal = page
        .all()
        .into_iter()
        .find(|element| element.attribute("id").as_deref() == Some("portal"))
        .unwrap();
    let order: Vec<String> = portal
        .all()
        .into_iter()
        .filter_map(|element| {
            match (
                element.name().as_str(),
                element.attribute("class").as_deref(),
            ) {
                (_, Some("skip-link")) => Some("skip link".to_owned()),
                ("section", Some("notices")) => element.attribute("aria-label"),
                ("header" | "main" | "footer", _) => Some(element.name()),
                _ => None,
            }
        })
        .collect();
    assert_eq!(
        order,
        ["skip link", "긴급", "header", "알림", "main", "footer"]
    );
    for region in page
        .all()
        .into_iter()
        .filter(|element| element.attribute("class").as_deref() == Some("notices"))
    {
        for element in region.all().into_iter().chain([region]) {
            let live = ["role", "aria-live", "aria-atomic"].map(|name| element.attribute(name));
            assert_eq!(live, [None, None, None], "{}", element.name());
        }
    }
}

#[test]
fn the_front_page_has_the_story_that_leads_the_picks_the_sections_and_what_is_read_most() {
    let of = |name| teaser(name, "2014-09-03T16:10+07:00");
    let sections = vec![SectionBlock {
        slug: slug("port"),
        name: "Port".to_owned(),
        teasers: vec![of("newest")],
    }];
    let home = Home {
        lead: Some(of("lead")),
        picks: vec![of("pick-one"), of("pick-two")],
        sections,
        most_read: vec![of("most"), of("second")],
    };
    let shown = document(Lang::En, &Lang::ALL, "Text", Page::Home(Box::new(home)));
    let main = page(&html(Route::Home(Lang::En), shown))
        .named("main")
        .remove(0);
    let is_heading = |element: &Element| ["h1", "h2", "h3"].contains(&element.name().as_str());
    let headings: Vec<String> = main
        .all()
        .iter()
        .filter(|element| is_heading(element))
        .map(|h| format!("{} {}", h.name(), h.text()))
        .collect();
    assert_eq!(
        headings,
        [
            "h1 Text",
            "h2 lead",
            "h2 Editors’ picks",
            "h3 pick-one",
            "h3 pick-two",
            "h2 Port",
            "h3 newest",
            "h2 Most read",
            "h3 most",
            "h3 second",
        ]
    );
    assert_eq!(main.named("ol").len(), 1);
    assert_eq!(
        links(&main.named("ol")[0])[0],
        link("/en/port/most/", "", "most")
    );
}

#[test]
fn where_nothing_is_found_the_page_leads_on() {
    let page = page(&html(
        Route::NotFound(Lang::En),
        document(Lang::En, &Lang::ALL, "Text", Page::NotFound),
    ));
    assert_eq!(
        links(&page.named("main")[0]),
        [
            link("/en/", "", "Go to the home page"),
            link("/en/search/", "", "Search"),
            link("/en/archive/", "", "Archive"),
        ]
    );
    let footer = links(&page.named("footer")[0]);
    assert_eq!(
        footer[..2],
        [
            link("/en/archive/", "", "Archive"),
            link("/en/tags/", "", "Topics")
        ]
    );
}
