//! The HTML of pictures.

use crate::sample::{article, article_route, document, html, slug};
use crate::tree::{Element, page};
use model::route::Route;
use model::{Home, Lang, Page, Picture, Rendition, SectionBlock, Slug, Teaser};

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
