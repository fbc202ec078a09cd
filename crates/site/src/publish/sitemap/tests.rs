//! The parts of the sitemap: what each holds, and which of them a new article changes.

use super::*;

use model::Slug;

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

fn site() -> Site {
    Site::bare(Lang::Vi, "https://portal.example", "/")
}

fn item(name: &str, published: &str, languages: &[Lang]) -> Item {
    Item::bare(
        slug("port"),
        slug(name),
        Moment::new(published).unwrap(),
        languages,
    )
}

const SEPTEMBER: Month = Month {
    year: 2014,
    month: 9,
};

#[test]
fn every_version_is_listed_with_all_versions() {
    let article = item("ship", "2014-09-03T16:10+07:00", &[Lang::Vi, Lang::Ko]);
    let [part] = &month(&site(), SEPTEMBER, &[&article])[..] else {
        panic!("one part")
    };
    assert_eq!(part.path, "sitemaps/2014-09.xml");
    assert_eq!(part.changed, Some(article.published));
    assert_eq!(part.text.matches("<url>").count(), 2);
    for lang in ["vi", "ko"] {
        let link =
            format!("hreflang=\"{lang}\" href=\"https://portal.example/{lang}/port/ship/\"/>");
        assert_eq!(part.text.matches(&link).count(), 2, "{link}");
    }
    let default = "hreflang=\"x-default\" href=\"https://portal.example/vi/port/ship/\"/>";
    assert_eq!(part.text.matches(default).count(), 2);
}

#[test]
fn a_new_article_leaves_the_full_parts_of_its_month_as_they_are() {
    let site = site();
    let limits = Limits {
        urls: 4,
        bytes: 1_000_000,
    };
    let items: Vec<Item> = (1..=9)
        .map(|day| {
            item(
                &format!("a{day}"),
                &format!("2014-09-0{day}T00:00Z"),
                &[Lang::Vi],
            )
        })
        .collect();
    let parts_of = |items: &[&Item]| parts("2014-09", articles(&site, items), limits);
    let newest_first: Vec<&Item> = items.iter().rev().collect();
    let (before, after) = (parts_of(&newest_first[1..]), parts_of(&newest_first));
    let paths: Vec<&str> = after.iter().map(|part| part.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "sitemaps/2014-09.xml",
            "sitemaps/2014-09-2.xml",
            "sitemaps/2014-09-3.xml"
        ]
    );
    assert_eq!(before.len(), 2);
    assert_eq!(before[..], after[..2]);
}

#[test]
fn no_part_is_larger_than_it_may_be() {
    let site = site();
    let items: Vec<Item> = (10..40)
        .map(|number| item(&format!("a{number}"), "2014-09-03T00:00Z", &Lang::ALL))
        .collect();
    let items: Vec<&Item> = items.iter().collect();
    let parts = parts(
        "2014-09",
        articles(&site, &items),
        Limits {
            urls: 50_000,
            bytes: 20_000,
        },
    );
    assert!(parts.len() > 2);
    assert!(parts.iter().all(|part| part.text.len() <= 20_000));
    assert_eq!(
        parts
            .iter()
            .map(|part| part.text.matches("<url>").count())
            .sum::<usize>(),
        150
    );
    assert_eq!((LIMITS.urls, LIMITS.bytes), (50_000, 50_000_000));
}

#[test]
fn pages_of_lists_are_their_fronts_and_search_is_none() {
    let front = Route::Section(Lang::Vi, slug("port"), model::PageNumber::FRONT);
    let routes = [
        Route::Home(Lang::Vi),
        front.clone(),
        front.at_part(model::PageNumber(2)),
        Route::Search(Lang::Vi),
    ];
    let parts = pages(
        &site(),
        routes.into_iter().map(|route| (route, vec![Lang::Vi])),
    );
    let [part] = &parts[..] else {
        panic!("one part")
    };
    // The root, home and the section's front.
    assert_eq!(part.text.matches("<url>").count(), 3);
    assert!(
        !part.text.contains("lastmod")
            && !part.text.contains("search")
            && !part.text.contains("/page/")
    );
}
