//! A small portal to render, with a chosen text in every place.

use model::route::Route;
use model::{
    Address, Agency, Article, Attachment, Audio, Banner, Block, Contact, Correction, Dated, Day,
    Document, Entry, Event, EventTime, Fact, File, Gallery, Heading, Inline, KeyFacts, Lang,
    Length, Level, Line, Link, Moment, Notice, Page, Picture, Quote, Renamed, Site, Slug, Source,
    Table, Teaser, Video, When,
};
use portal::app::{Asset, Assets, Finish, Icons, STYLE_HASH, Shell, Shown, render};
use std::sync::Arc;

/// A slug.
pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

/// The portal around the page, with `text` in every place for a text.
pub(crate) fn site(lang: Lang, text: &str) -> Site {
    let banner = Banner {
        wide: picture(text),
        narrow: "assets/narrow.svg".to_owned(),
        caption: text.to_owned(),
    };
    Site {
        lang,
        languages: Lang::ALL.to_vec(),
        origin: "https://portal.example".to_owned(),
        base: "/".to_owned(),
        name: text.to_owned(),
        slogan: text.to_owned(),
        banners: vec![banner.clone(), banner],
        sections: vec![Entry {
            slug: slug("port"),
            name: text.to_owned(),
        }],
        pages: vec![Entry {
            slug: slug("about"),
            name: text.to_owned(),
        }],
        notices: vec![notice("storm", Level::Warning, text, None)],
        agencies: vec![Agency {
            name: text.to_owned(),
            address: Address::new("https://agency.example/").unwrap(),
        }],
        note: text.to_owned(),
    }
}

/// A notice of September 2014.
pub(crate) fn notice(name: &str, level: Level, text: &str, until: Option<&str>) -> Notice {
    Notice {
        slug: slug(name),
        level,
        text: vec![Inline::Text(text.to_owned())],
        published: Moment::new("2014-09-01T09:00+07:00").unwrap(),
        until: until.map(|until| Moment::new(until).unwrap()),
    }
}

fn picture(text: &str) -> Picture {
    Picture {
        file: "assets/a.svg".to_owned(),
        width: 1200,
        height: 675,
        alternative: text.to_owned(),
        caption: Some(text.to_owned()),
        credit: Some(text.to_owned()),
        modern: Vec::new(),
        renditions: Vec::new(),
    }
}

/// An article with every kind of block, and `text` in every place for a text.
pub(crate) fn article(text: &str) -> Article {
    let words = || vec![Inline::Text(text.to_owned())];
    let link = Link {
        to: Address::new("/port/other/").unwrap(),
        text: words(),
        lang: None,
    };
    let outside = Link {
        to: Address::new("https://outside.example/").unwrap(),
        text: words(),
        lang: Some(Lang::En),
    };
    let marked = vec![
        Inline::Strong(words()),
        Inline::Emphasis(words()),
        Inline::Link(link),
        Inline::Link(outside),
        Inline::Text(text.to_owned()),
    ];
    let table = Table {
        caption: text.to_owned(),
        header: vec![text.to_owned(); 2],
        rows: vec![vec![words(), words()]],
    };
    let teaser = Teaser {
        section: slug("port"),
        slug: slug("other"),
        title: text.to_owned(),
        published: Moment::new("2014-09-02T08:00+07:00").unwrap(),
        summary: Some(text.to_owned()),
        cover: Some(picture(text)),
    };
    Article {
        section: slug("port"),
        section_name: text.to_owned(),
        slug: slug("deep-water-port"),
        headline: Some(text.to_owned()),
        published: Moment::new("2014-09-03T16:10+07:00").unwrap(),
        updated: Some(Moment::new("2014-09-04T08:05+07:00").unwrap()),
        source: Source {
            name: text.to_owned(),
            address: Address::new("https://source.example/").unwrap(),
        },
        author: Some(text.to_owned()),
        views: Some(12_810),
        views_as_of: None,
        minutes: 3,
        cover: Some(picture(text)),
        lead: words(),
        body: vec![
            Block::Paragraph(marked),
            Block::Heading(Heading {
                id: slug("share"),
                text: text.to_owned(),
            }),
            Block::Subheading(Heading {
                id: slug("share-2"),
                text: text.to_owned(),
            }),
            Block::Picture(picture(text)),
            Block::List(vec![words()]),
            Block::Numbered(vec![words()]),
            Block::Quote(Quote {
                text: words(),
                source: Some(text.to_owned()),
                link: Address::new("/port/said/").ok(),
            }),
            Block::Table(table),
        ]
        .into_iter()
        .chain(files(text))
        .chain(facts(text))
        .collect(),
        tags: vec![Entry {
            slug: slug("diplomacy"),
            name: text.to_owned(),
        }],
        outdated: Some(Lang::Vi),
        places: vec![Renamed {
            former: text.to_owned(),
            present: text.to_owned(),
            since: Moment::new("2025-07-01T00:00+07:00").unwrap(),
            link: Some(Address::new("/port/other/").unwrap()),
        }],
        history: vec![Correction {
            at: Moment::new("2014-09-04T08:05+07:00").unwrap(),
            text: words(),
        }],
        newer: Some(Teaser {
            slug: slug("newer"),
            ..teaser.clone()
        }),
        older: Some(Teaser {
            slug: slug("older"),
            ..teaser.clone()
        }),
        share: None,
        related: vec![teaser],
    }
}

/// The blocks that show or offer files.
fn files(text: &str) -> [Block; 5] {
    let file = |name: &str| File {
        file: format!("assets/{name}"),
        name: name.to_owned(),
        size: 3_249_000,
    };
    let film = Video {
        title: text.to_owned(),
        address: Some(Address::new("https://www.film.example/watch?v=1").unwrap()),
        length: Some(Length::new("3:25").unwrap()),
        poster: Some(picture(text)),
        file: None,
        captions: None,
    };
    let own = Video {
        file: Some(file("film.webm")),
        captions: Some(file("film.vtt")),
        ..film.clone()
    };
    [
        Block::Gallery(Gallery {
            title: Some(text.to_owned()),
            pictures: vec![picture(text), picture(text)],
        }),
        Block::Video(film),
        Block::Video(own),
        Block::Audio(Audio {
            title: text.to_owned(),
            file: file("talk.mp3"),
            length: Some(Length::new("12:00").unwrap()),
            transcript: vec![vec![Inline::Text(text.to_owned())]],
        }),
        Block::Attachment(Attachment {
            title: text.to_owned(),
            file: file("plan.pdf"),
        }),
    ]
}

/// The blocks of short facts: timeline, key facts, contact, events.
fn facts(text: &str) -> [Block; 5] {
    let words = || vec![Inline::Text(text.to_owned())];
    let line = |to: &str| {
        Some(Line {
            text: text.to_owned(),
            to: Address::new(to).unwrap(),
        })
    };
    let day = |text: &str| Day::new(text).unwrap();
    let event = |time, number: u8| {
        Block::Event(Event {
            name: text.to_owned(),
            time,
            place: Some(text.to_owned()),
            address: Some(text.to_owned()),
            text: words(),
            calendar: format!("en/port/deep-water-port/event-{number}.ics"),
        })
    };
    [
        Block::Timeline(vec![
            Dated {
                when: When::Day(day("1994-09")),
                text: words(),
            },
            Dated {
                when: When::Words(text.to_owned()),
                text: words(),
            },
        ]),
        Block::KeyFacts(KeyFacts {
            title: Some(text.to_owned()),
            facts: vec![Fact {
                name: text.to_owned(),
                text: words(),
            }],
        }),
        Block::Contact(Contact {
            name: text.to_owned(),
            post: Some(text.to_owned()),
            address: Some(text.to_owned()),
            telephone: line("tel:+842250000001"),
            fax: Some(text.to_owned()),
            email: line("mailto:a@b.example"),
            web: line("https://b.example/"),
            hours: Some(text.to_owned()),
        }),
        event(
            EventTime::Hours {
                begin: Moment::new("2026-05-13T20:00+07:00").unwrap(),
                end: None,
            },
            1,
        ),
        event(
            EventTime::Days {
                begin: day("2026-05-13"),
                end: Some(day("2026-05-15")),
            },
            2,
        ),
    ]
}

/// A document of the sample portal.
pub(crate) fn document(lang: Lang, languages: &[Lang], text: &str, page: Page) -> Document {
    Document {
        site: site(lang, text),
        languages: languages.to_vec(),
        page,
    }
}

/// A page's HTML, as `site build` writes it.
pub(crate) fn html(route: Route, document: Document) -> String {
    let asset = |file: &str| Asset {
        file: format!("assets/{file}"),
        integrity: "sha384-x".to_owned(),
    };
    let assets = Assets {
        early: "early()".into(),
        style: asset("style.css"),
        script: asset("app.js"),
        icon: "favicon.svg".to_owned(),
        icons: Icons {
            small: "assets/icon-192.png".to_owned(),
            large: "assets/icon-512.png".to_owned(),
            maskable: "assets/icon-maskable.png".to_owned(),
            touch: "assets/icon-touch.png".to_owned(),
        },
        cards: true,
        policy: "default-src 'none'".to_owned(),
        page_policy: format!("default-src 'none'; style-src '{STYLE_HASH}'"),
        api: String::new(),
        monitoring: None,
        refresh: None,
    };
    let data = serde_json::to_string(&document)
        .unwrap()
        .replace('<', "\\u003c");
    let shell = Shell::new(&document.site, &assets);
    let shown = Shown {
        route,
        document: Arc::new(document),
    };
    let finish = Finish {
        style_hash: STYLE_HASH,
        styles: "",
        fingerprint: "fingerprint",
        data: &data,
    };
    shell.page(&render(&shown, &assets, None), &finish)
}

/// The route of the sample article.
pub(crate) fn article_route(lang: Lang) -> Route {
    Route::Article(lang, slug("port"), slug("deep-water-port"))
}
