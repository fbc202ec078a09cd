//! What is published of the smallest portal and of variations of it.

use super::*;
use crate::content::Content;
use crate::content_folder;
use portal::model::{Block, Inline, Level, Teaser};
use std::path::PathBuf;

const BASE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/base/content");

/// The base of the cases, with further articles in Vietnamese: slug and day of September 2014.
fn content(further: &[(&str, u8)]) -> Content {
    let folder = tempfile::tempdir().unwrap();
    let loaded = content_folder::load(Path::new(BASE)).unwrap();
    let mut content = loaded.content.unwrap();
    for (slug, day) in further {
        let section = folder.path().join("articles/port").join(slug);
        std::fs::create_dir_all(&section).unwrap();
        let facts = format!(
            r#"{{"published": "2014-09-{day:02}T08:00+07:00", "source": {{"name": "x", "address": "https://x.example/"}}}}"#
        );
        std::fs::write(section.join("article.json"), facts).unwrap();
        std::fs::write(section.join("vi.json"), r#"{"lead": "Tin ngắn. Rất ngắn.", "body": []}"#).unwrap();
    }
    for entry in
        ["site.json", "banners/port.svg", "banners/port-narrow.svg", "banners/flower.svg", "banners/flower-narrow.svg"]
    {
        let target: PathBuf = folder.path().join(entry);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(BASE).join(entry), target).unwrap();
    }
    content.articles.extend(content_folder::load(folder.path()).unwrap().content.unwrap().articles);
    content
}

fn published(path: &Path) -> Published {
    Published { file: format!("assets/{}", path.file_name().unwrap().to_string_lossy()), ..Published::default() }
}

fn documents(content: &Content, base: &str, pictures: &impl Fn(&Path) -> Published) -> Vec<(Route, Document)> {
    let items: Vec<Item> = content.articles.iter().filter_map(Item::of).collect();
    let publisher = Publisher::new(&content.site, &content.pages, &items, base, pictures);
    let article = |route: &Route| match route {
        Route::Article(_, section, slug) => {
            content.articles.iter().find(|article| article.section == *section && article.slug == *slug)
        }
        _ => None,
    };
    let routes = publisher.routes().into_iter();
    routes.map(|route| (route.clone(), publisher.document(&route, article(&route)).expect("every route"))).collect()
}

fn page(content: &Content, path: &str) -> Document {
    let documents = documents(content, "/portal/", &published);
    let found = documents.into_iter().find(|(route, _)| route.path() == path);
    found.unwrap_or_else(|| panic!("nothing stands at {path}")).1
}

fn slugs(teasers: &[Teaser]) -> Vec<&str> {
    teasers.iter().map(|teaser| teaser.slug.as_str()).collect()
}

#[test]
fn every_address_has_a_document_that_reads_back() {
    let all = documents(&content(&[]), "/", &published);
    // Five languages with eight pages each; two of them also have the article's year and month.
    assert_eq!(all.len(), 5 * 8 + 2 * 2);
    for (route, document) in all {
        assert_eq!(document.site.lang, route.lang());
        let bytes = serde_json::to_vec(&document).unwrap();
        assert_eq!(serde_json::from_slice::<Document>(&bytes).unwrap(), document, "{}", route.path());
    }
}

#[test]
fn an_article_has_its_pictures_its_own_author_and_the_languages_that_exist() {
    let content = content(&[]);
    let document = page(&content, "vi/port/deep-water-port/");
    assert_eq!(document.languages, [Lang::Vi, Lang::En]);
    assert_eq!(document.site.base, "/portal/");
    assert_eq!(document.site.banners[1].narrow, "assets/flower-narrow.svg");
    let Page::Article(article) = document.page else { panic!("no article") };
    let cover = article.cover.unwrap();
    assert_eq!((cover.file.as_str(), cover.width, cover.height), ("assets/harbour.svg", 64, 40));
    assert_eq!(
        (cover.alternative.as_str(), cover.credit.as_deref()),
        ("Tranh vẽ bến cảng", Some("Portal drawing office"))
    );
    assert_eq!(article.author.as_deref(), Some("Minh Hảo"));
    assert!(matches!(&article.body[2], Block::Picture(picture) if picture.caption.is_some()));
    let Page::Article(english) = page(&content, "en/port/deep-water-port/").page else { panic!("no article") };
    assert_eq!((english.author.as_deref(), english.section_name.as_str()), (Some("Minh Hao"), "Port"));
}

#[test]
fn an_article_that_is_not_translated_names_the_versions_that_there_are() {
    let document = page(&content(&[]), "ko/port/deep-water-port/");
    assert_eq!(document.languages, [Lang::Vi, Lang::En]);
    let Page::Untranslated(page) = document.page else { panic!("it was translated") };
    let versions: Vec<_> = page.versions.iter().map(|version| (version.lang, version.title.as_str())).collect();
    assert_eq!(
        versions,
        [(Lang::Vi, "Cảng nước sâu đón tàu lớn"), (Lang::En, "Deep-water port receives its largest ship")]
    );
}

#[test]
fn related_articles_are_the_four_before_it_in_time_then_those_after_it() {
    let content = content(&[("a", 1), ("b", 2), ("c", 4), ("d", 4), ("e", 5)]);
    let Page::Article(article) = page(&content, "vi/port/d/").page else { panic!("no article") };
    assert_eq!(slugs(&article.related), ["deep-water-port", "b", "a", "c"]);
    let Page::Article(newest) = page(&content, "vi/port/e/").page else { panic!("no article") };
    assert_eq!(slugs(&newest.related), ["c", "d", "deep-water-port", "b"]);
    assert!(article.related.iter().all(|teaser| teaser.summary.is_none() && teaser.cover.is_none()));
}

#[test]
fn a_section_lists_everything_newest_first() {
    let content = content(&[("a", 1), ("z", 9)]);
    let Page::Listing(section) = page(&content, "vi/port/").page else { panic!("no section") };
    assert_eq!(slugs(&section.teasers), ["z", "deep-water-port", "a"]);
    assert_eq!(section.teasers[0].title, "Tin ngắn");
    assert_eq!(section.teasers[0].summary.as_deref(), Some("Tin ngắn. Rất ngắn."));
    assert!(section.teasers[1].cover.is_some());
    let Page::Listing(empty) = page(&content, "ja/port/").page else { panic!("no section") };
    assert_eq!(
        (slugs(&empty.teasers), empty.topic),
        (vec![], Topic::Section(Entry { slug: Slug::new("port").unwrap(), name: "港湾".to_owned() }))
    );
}

#[test]
fn home_does_not_repeat_its_lead_and_shows_one_story_of_each_section_in_full() {
    let content = content(&[("a", 1), ("x", 8), ("y", 9), ("z", 10)]);
    let Page::Home(home) = page(&content, "vi/").page else { panic!("no home") };
    let lead = home.lead.unwrap();
    assert_eq!((lead.slug.as_str(), lead.cover.is_some(), lead.summary.is_some()), ("deep-water-port", true, true));
    assert_eq!(slugs(&home.sections[0].teasers), ["z", "y", "x"]);
    let full: Vec<bool> = home.sections[0].teasers.iter().map(|teaser| teaser.summary.is_some()).collect();
    assert_eq!(full, [true, false, false]);
}

#[test]
fn home_is_led_by_the_newest_where_the_chosen_story_is_not_translated() {
    let mut content = content(&[("z", 10)]);
    let z = content.articles.last().unwrap();
    content.site.lead = Some((z.section.clone(), z.slug.clone()));
    let Page::Home(english) = page(&content, "en/").page else { panic!("no home") };
    assert_eq!(english.lead.unwrap().slug.as_str(), "deep-water-port");
    assert!(english.sections.is_empty());
    let Page::Home(korean) = page(&content, "ko/").page else { panic!("no home") };
    assert_eq!((korean.lead, korean.sections), (None, Vec::new()));
}

#[test]
fn standing_pages_are_in_the_footer_of_every_page() {
    let content = content(&[]);
    let document = page(&content, "zh-Hans/404.html");
    assert_eq!((document.page, document.languages), (Page::NotFound, Lang::ALL.to_vec()));
    assert_eq!(document.site.pages[0].name, "关于");
    let Page::Standing(about) = page(&content, "en/pages/about/").page else { panic!("no page") };
    assert_eq!((about.title.as_str(), about.body.len()), ("About", 1));
}

#[test]
fn the_gravest_notice_comes_first_and_equally_grave_ones_keep_their_order() {
    let mut content = content(&[]);
    let notice = |level, text: &str| crate::content::Notice {
        level,
        texts: content.site.names.clone().map(|_, _| vec![Inline::Text(text.to_owned())]),
        until: None,
    };
    let notices = [
        notice(Level::Information, "a"),
        notice(Level::Emergency, "b"),
        notice(Level::Warning, "c"),
        notice(Level::Emergency, "d"),
    ];
    content.site.notices = notices.into();
    let shown = page(&content, "ko/").site.notices;
    let texts: Vec<String> = shown.iter().map(|notice| portal::model::plain_text(&notice.text)).collect();
    assert_eq!(texts, ["b", "d", "c", "a"]);
}
