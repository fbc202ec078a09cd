//! A small portal to render, every text of which can be chosen.

use portal::app::{Asset, Assets, Icons, Shown, render};
use portal::model::{
    Address, Article, Banner, Block, Document, Entry, Inline, Lang, Level, Link, Moment, Notice, Page, Picture, Quote,
    Site, Slug, Source, Table, Teaser,
};
use portal::route::Route;
use std::sync::Arc;

/// A slug.
pub(crate) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

/// The portal around the page, with `text` wherever a text can stand.
pub(crate) fn site(lang: Lang, text: &str) -> Site {
    let banner = Banner { wide: picture(text), narrow: "assets/narrow.svg".to_owned(), caption: text.to_owned() };
    Site {
        lang,
        languages: Lang::ALL.to_vec(),
        origin: "https://portal.example".to_owned(),
        base: "/".to_owned(),
        name: text.to_owned(),
        slogan: text.to_owned(),
        banners: vec![banner.clone(), banner],
        sections: vec![Entry { slug: slug("port"), name: text.to_owned() }],
        pages: vec![Entry { slug: slug("about"), name: text.to_owned() }],
        notices: vec![Notice { level: Level::Warning, text: vec![Inline::Text(text.to_owned())], until: None }],
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

/// An article with every block there is, and `text` wherever a text can stand.
pub(crate) fn article(text: &str) -> Article {
    let words = || vec![Inline::Text(text.to_owned())];
    let link = Link { to: Address::new("/port/other/").unwrap(), text: words(), lang: None };
    let outside = Link { to: Address::new("https://outside.example/").unwrap(), text: words(), lang: Some(Lang::En) };
    let marked = vec![
        Inline::Strong(words()),
        Inline::Emphasis(words()),
        Inline::Link(link),
        Inline::Link(outside),
        Inline::Text(text.to_owned()),
    ];
    let table =
        Table { caption: text.to_owned(), header: vec![text.to_owned(); 2], rows: vec![vec![words(), words()]] };
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
        source: Source { name: text.to_owned(), address: Address::new("https://source.example/").unwrap() },
        author: Some(text.to_owned()),
        views: 12_810,
        cover: Some(picture(text)),
        lead: words(),
        body: vec![
            Block::Paragraph(marked),
            Block::Heading(text.to_owned()),
            Block::Subheading(text.to_owned()),
            Block::Picture(picture(text)),
            Block::List(vec![words()]),
            Block::Numbered(vec![words()]),
            Block::Quote(Quote { text: words(), source: Some(text.to_owned()) }),
            Block::Table(table),
        ],
        tags: vec![Entry { slug: slug("diplomacy"), name: text.to_owned() }],
        outdated: Some(Lang::Vi),
        related: vec![teaser],
    }
}

/// A document of the sample portal.
pub(crate) fn document(lang: Lang, languages: &[Lang], text: &str, page: Page) -> Document {
    Document { site: site(lang, text), languages: languages.to_vec(), page }
}

/// A page's HTML, as `site build` writes it.
pub(crate) fn html(route: Route, document: Document) -> String {
    let asset = |file: &str| Asset { file: format!("assets/{file}"), integrity: "sha384-x".to_owned() };
    let assets = Assets {
        early: asset("early.js"),
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
    };
    let data = serde_json::to_string(&document).unwrap().replace('<', "\\u003c");
    render(&Shown { route, document: Arc::new(document) }, &assets, &data, "fingerprint")
}

/// The route of the sample article.
pub(crate) fn article_route(lang: Lang) -> Route {
    Route::Article(lang, slug("port"), slug("deep-water-port"))
}
