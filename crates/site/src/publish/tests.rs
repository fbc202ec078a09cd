//! The documents of the smallest portal and of variations of it.

mod batches;

use super::*;
use editorial::content::Content;
use editorial::content::selection::Selection;
use editorial::load::{self, article_cache::ArticleCache};
use model::{Block, Channel, File, Inline, Level, Moment, Teaser};
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

const BASE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/cases/base/content"
);

/// A content folder, loaded.
struct Loaded {
    folder: TempDir,
    content: Content,
}

impl Loaded {
    fn load(folder: TempDir) -> Self {
        let loaded = load::load(
            folder.path(),
            &mut ArticleCache::default(),
            &Selection::EVERYTHING,
        )
        .unwrap();
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        Self {
            content: loaded.content.unwrap(),
            folder,
        }
    }
}

/// The base of the cases, with further articles in Vietnamese: slug and day of September 2014.
fn content(further: &[(&str, u8)]) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new(BASE), folder.path());
    for (slug, day) in further {
        let section = folder.path().join("articles/port").join(slug);
        fs::create_dir_all(&section).unwrap();
        let facts = format!(
            r#"{{"published": "2014-09-{day:02}T08:00+07:00", "source": {{"name": "x", "address": "https://x.example/"}}}}"#
        );
        fs::write(section.join("article.json"), facts).unwrap();
        fs::write(
            section.join("vi.json"),
            r#"{"lead": "Tin ngắn. Rất ngắn.", "body": []}"#,
        )
        .unwrap();
    }
    Loaded::load(folder)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn published(path: &Path) -> Published {
    Published {
        file: format!("assets/{}", path.file_name().unwrap().to_string_lossy()),
        ..Published::default()
    }
}

fn documents(
    loaded: &Loaded,
    base: &str,
    pictures: &impl Fn(&Path) -> Published,
) -> Vec<(Route, Document)> {
    let content = &loaded.content;
    let publisher = Publisher::new(
        &content.site,
        &content.pages,
        &content.items,
        base,
        pictures,
    );
    let article = |route: &Route| match route {
        Route::Article(_, section, slug) => {
            let item = content
                .items
                .iter()
                .find(|item| item.section == *section && item.slug == *slug)?;
            load::reread(loaded.folder.path(), item).unwrap()
        }
        _ => None,
    };
    let document = |route: Route| {
        let read = article(&route);
        let document = publisher
            .document(&route, read.as_ref())
            .expect("every route");
        (route, document)
    };
    publisher.routes().into_iter().map(document).collect()
}

fn page(content: &Loaded, path: &str) -> Document {
    let documents = documents(content, "/portal/", &published);
    let found = documents
        .into_iter()
        .find(|(route, _)| route.path() == path);
    found
        .unwrap_or_else(|| panic!("nothing stands at {path}"))
        .1
}

fn files_of(loaded: &Loaded, route: &Route, document: &Document) -> Vec<(String, Vec<u8>)> {
    let content = &loaded.content;
    let publisher = Publisher::new(
        &content.site,
        &content.pages,
        &content.items,
        "/portal/",
        &published,
    );
    publisher.further_files(route, document)
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
        assert_eq!(
            serde_json::from_slice::<Document>(&bytes).unwrap(),
            document,
            "{}",
            route.path()
        );
    }
}

#[test]
fn an_article_has_its_pictures_its_own_author_and_the_languages_that_exist() {
    let content = content(&[]);
    let document = page(&content, "vi/port/deep-water-port/");
    assert_eq!(document.languages, [Lang::Vi, Lang::En]);
    assert_eq!(document.site.base, "/portal/");
    assert_eq!(document.site.banners[1].narrow, "assets/flower-narrow.svg");
    let Page::Article(article) = document.page else {
        panic!("no article")
    };
    let cover = article.cover.unwrap();
    assert_eq!(
        (cover.file.as_str(), cover.width, cover.height),
        ("assets/harbour.svg", 64, 40)
    );
    assert_eq!(
        (cover.alternative.as_str(), cover.credit.as_deref()),
        ("Tranh vẽ bến cảng", Some("Portal drawing office"))
    );
    assert_eq!(article.author.as_deref(), Some("Minh Hảo"));
    assert!(matches!(&article.body[2], Block::Picture(picture) if picture.caption.is_some()));
    let Page::Article(english) = page(&content, "en/port/deep-water-port/").page else {
        panic!("no article")
    };
    assert_eq!(
        (english.author.as_deref(), english.section_name.as_str()),
        (Some("Minh Hao"), "Port")
    );
}

#[test]
fn an_article_that_is_not_translated_names_the_versions_that_there_are() {
    let document = page(&content(&[]), "ko/port/deep-water-port/");
    assert_eq!(document.languages, [Lang::Vi, Lang::En]);
    let Page::Untranslated(page) = document.page else {
        panic!("it was translated")
    };
    let versions: Vec<_> = page
        .versions
        .iter()
        .map(|version| (version.lang, version.title.as_str()))
        .collect();
    assert_eq!(
        versions,
        [
            (Lang::Vi, "Cảng nước sâu đón tàu lớn"),
            (Lang::En, "Deep-water port receives its largest ship")
        ]
    );
}

#[test]
fn related_articles_are_the_four_before_it_in_time_then_those_after_it() {
    let content = content(&[("a", 1), ("b", 2), ("c", 4), ("d", 4), ("e", 5)]);
    let Page::Article(article) = page(&content, "vi/port/d/").page else {
        panic!("no article")
    };
    assert_eq!(slugs(&article.related), ["deep-water-port", "b", "a", "c"]);
    let Page::Article(newest) = page(&content, "vi/port/e/").page else {
        panic!("no article")
    };
    assert_eq!(slugs(&newest.related), ["c", "d", "deep-water-port", "b"]);
    assert!(
        article
            .related
            .iter()
            .all(|teaser| teaser.summary.is_none() && teaser.cover.is_none())
    );
}

#[test]
fn an_article_leads_to_its_neighbours_in_the_section_and_only_the_newest_one_gets_another() {
    let neighbours = |loaded: &Loaded, path: &str| {
        let Page::Article(article) = page(loaded, path).page else {
            panic!("no article")
        };
        let slug = |teaser: Option<Teaser>| teaser.map(|teaser| teaser.slug.to_string());
        (slug(article.newer), slug(article.older))
    };
    let named = |newer: Option<&str>, older: Option<&str>| {
        (newer.map(str::to_owned), older.map(str::to_owned))
    };
    let older = [("a", 1), ("b", 1), ("c", 1), ("d", 2), ("e", 2)];
    let before = content(&[&older[..], &[("f", 4)]].concat());
    assert_eq!(
        neighbours(&before, "vi/port/f/"),
        named(None, Some("deep-water-port"))
    );
    assert_eq!(
        neighbours(&before, "vi/port/deep-water-port/"),
        named(Some("f"), Some("d"))
    );
    assert_eq!(neighbours(&before, "vi/port/c/"), named(Some("b"), None));
    // In English it is alone.
    assert_eq!(
        neighbours(&before, "en/port/deep-water-port/"),
        named(None, None)
    );
    let after = content(&[&older[..], &[("f", 4), ("g", 5)]].concat());
    let keys = |loaded: &Loaded| {
        let content = &loaded.content;
        let publisher = Publisher::new(
            &content.site,
            &content.pages,
            &content.items,
            "/",
            &published,
        );
        let key = |slug| {
            publisher.key(&Route::Article(
                Lang::Vi,
                Slug::new("port").unwrap(),
                Slug::new(slug).unwrap(),
            ))
        };
        ["deep-water-port", "f"].map(key)
    };
    let (old, new) = (keys(&before), keys(&after));
    assert_eq!(old[0], new[0], "an older article would be made again");
    assert_ne!(old[1], new[1]);
    assert_eq!(
        neighbours(&after, "vi/port/f/"),
        named(Some("g"), Some("deep-water-port"))
    );
}

/// A row of the table of places for `site.json`.
fn place(former: &str, since: &str) -> String {
    let per_lang = |text: &str| {
        let values = Lang::ALL.map(|lang| format!("\"{}\": \"{text}\"", lang.tag()));
        format!("{{{}}}", values.join(", "))
    };
    format!(
        r#"{{"former": {}, "present": {}, "since": "{since}", "link": "/port/deep-water-port/"}}"#,
        per_lang(former),
        per_lang("X")
    )
}

#[test]
fn an_article_has_the_places_that_it_names_and_that_changed_after_it() {
    let loaded = content(&[("a", 5), ("b", 7)]);
    let folder = loaded.folder.path();
    for slug in ["a", "b"] {
        let file = folder.join("articles/port").join(slug).join("vi.json");
        edit(&file, "[]", r#"[{"list": ["Về **huyện Cũ** xưa."]}]"#);
    }
    let rows = [
        place("huyện Cũ", "2014-09-06T00:00+07:00"),
        place("huyện", "2014-09-07T08:00+07:00"),
        place("xã Cũ", "2025-07-01T00:00+07:00"),
        place("huyện Cũ", "2025-07-01T00:00+07:00"),
    ];
    edit(
        &folder.join("site.json"),
        "{",
        &format!("{{\"places\": [{}],", rows.join(", ")),
    );
    let loaded = Loaded::load(loaded.folder);
    let named = |path: &str| {
        let Page::Article(article) = page(&loaded, path).page else {
            panic!("no article")
        };
        let places = article.places.into_iter();
        places
            .map(|place| (place.former, place.since.to_string(), place.link.is_some()))
            .collect::<Vec<_>>()
    };
    let old = |name: &str, since: &str| (name.to_owned(), since.to_owned(), true);
    assert_eq!(
        named("vi/port/a/"),
        [
            old("huyện Cũ", "2014-09-06T00:00+07:00"),
            old("huyện", "2014-09-07T08:00+07:00")
        ]
    );
    assert_eq!(
        named("vi/port/b/"),
        [old("huyện Cũ", "2025-07-01T00:00+07:00")]
    );
}

#[test]
fn a_section_lists_everything_newest_first() {
    let content = content(&[("a", 1), ("z", 9)]);
    let Page::Listing(section) = page(&content, "vi/port/").page else {
        panic!("no section")
    };
    assert_eq!(slugs(&section.teasers), ["z", "deep-water-port", "a"]);
    assert_eq!(section.teasers[0].title, "Tin ngắn");
    assert_eq!(
        section.teasers[0].summary.as_deref(),
        Some("Tin ngắn. Rất ngắn.")
    );
    assert!(section.teasers[1].cover.is_some());
    let Page::Listing(empty) = page(&content, "ja/port/").page else {
        panic!("no section")
    };
    assert_eq!(
        (slugs(&empty.teasers), empty.topic),
        (
            vec![],
            Topic::Section(Entry {
                slug: Slug::new("port").unwrap(),
                name: "港湾".to_owned()
            })
        )
    );
}

#[test]
fn home_does_not_repeat_its_lead_and_shows_one_story_of_each_section_in_full() {
    let content = content(&[("a", 1), ("x", 8), ("y", 9), ("z", 10)]);
    let Page::Home(home) = page(&content, "vi/").page else {
        panic!("no home")
    };
    let lead = home.lead.unwrap();
    assert_eq!(
        (
            lead.slug.as_str(),
            lead.cover.is_some(),
            lead.summary.is_some()
        ),
        ("deep-water-port", true, true)
    );
    assert_eq!(slugs(&home.sections[0].teasers), ["z", "y", "x"]);
    let full: Vec<bool> = home.sections[0]
        .teasers
        .iter()
        .map(|teaser| teaser.summary.is_some())
        .collect();
    assert_eq!(full, [true, false, false]);
}

#[test]
fn home_is_led_by_the_newest_where_the_chosen_story_is_not_translated() {
    let mut content = content(&[("z", 10)]);
    let z = content
        .content
        .items
        .iter()
        .find(|item| item.slug.as_str() == "z")
        .unwrap();
    content.content.site.lead = Some((z.section.clone(), z.slug.clone()));
    let Page::Home(english) = page(&content, "en/").page else {
        panic!("no home")
    };
    assert_eq!(english.lead.unwrap().slug.as_str(), "deep-water-port");
    assert!(english.sections.is_empty());
    let Page::Home(korean) = page(&content, "ko/").page else {
        panic!("no home")
    };
    assert_eq!((korean.lead, korean.sections), (None, Vec::new()));
}

#[test]
fn standing_pages_are_in_the_footer_of_every_page() {
    let content = content(&[]);
    let document = page(&content, "zh-Hans/404.html");
    assert_eq!(
        (document.page, document.languages),
        (Page::NotFound, Lang::ALL.to_vec())
    );
    assert_eq!(document.site.pages[0].name, "关于");
    let Page::Standing(about) = page(&content, "en/pages/about/").page else {
        panic!("no page")
    };
    assert_eq!((about.title.as_str(), about.body.len()), ("About", 1));
}

#[test]
fn the_gravest_notice_comes_first_and_equally_grave_ones_keep_their_order() {
    let mut loaded = content(&[]);
    let names = loaded.content.site.names.clone();
    let notice = |level, text: &str| editorial::content::Notice {
        slug: Slug::new(text).unwrap(),
        level,
        texts: names
            .clone()
            .map(|_, _| vec![Inline::Text(text.to_owned())]),
        published: Moment::new("2014-09-03T16:10+07:00").unwrap(),
        until: None,
    };
    let notices = [
        notice(Level::Information, "a"),
        notice(Level::Emergency, "b"),
        notice(Level::Warning, "c"),
        notice(Level::Emergency, "d"),
    ];
    loaded.content.site.notices = notices.into();
    let shown = page(&loaded, "ko/").site.notices;
    let texts: Vec<String> = shown
        .iter()
        .map(|notice| model::plain_text(&notice.text))
        .collect();
    assert_eq!(texts, ["b", "d", "c", "a"]);
}

#[test]
fn a_share_row_stands_in_a_document_only_where_it_is_not_the_usual_one() {
    let mut loaded = content(&[]);
    let row = |loaded: &Loaded, path: &str| match page(loaded, path).page {
        Page::Article(article) => article.share,
        _ => panic!("no article stands at {path}"),
    };
    assert_eq!(row(&loaded, "vi/port/deep-water-port/"), None);
    let rows = [
        (Lang::Vi, vec![Channel::WeChat, Channel::X]),
        (Lang::En, Channel::usual(Lang::En).to_vec()),
    ];
    loaded.content.site.share = BTreeMap::from(rows);
    assert_eq!(
        row(&loaded, "vi/port/deep-water-port/"),
        Some(vec![Channel::WeChat, Channel::X])
    );
    assert_eq!(row(&loaded, "en/port/deep-water-port/"), None);
}

#[test]
fn a_list_is_cut_into_parts_that_stay_when_something_is_published() {
    let many: Vec<(String, u8)> = (0..130)
        .map(|number| (format!("n{number:03}"), 1 + number / 6))
        .collect();
    let listed = |count: usize| -> Vec<(Route, Vec<String>)> {
        let further: Vec<(&str, u8)> = many[..count]
            .iter()
            .map(|(slug, day)| (slug.as_str(), *day))
            .collect();
        let all = documents(&content(&further), "/", &published);
        let lists = all
            .into_iter()
            .filter_map(|(route, document)| match (&route, document.page) {
                (Route::Section(Lang::Vi, ..), Page::Listing(list)) => Some((
                    route,
                    list.teasers
                        .iter()
                        .map(|teaser| teaser.slug.to_string())
                        .collect(),
                )),
                _ => None,
            });
        lists.collect()
    };
    for count in [0, 22, 46, 47, 48, 71, 129] {
        let parts = listed(count);
        let mut slugs: Vec<String> = parts.iter().flat_map(|(_, slugs)| slugs.clone()).collect();
        slugs.sort();
        slugs.dedup();
        assert_eq!(slugs.len(), count + 1, "every article stands in one part");
        for (route, slugs) in &parts {
            let size = if matches!(route, Route::Section(_, _, PageNumber::FRONT)) {
                0..48
            } else {
                24..25
            };
            assert!(
                size.contains(&slugs.len()),
                "{} has {} articles",
                route.path(),
                slugs.len()
            );
        }
        assert_eq!(parts.len(), ((count + 1) / 24).saturating_sub(1) + 1);
    }
    // The newest is the last of `many`, but articles of one day are in the order of their
    // addresses.
    let (before, after) = (listed(120), listed(126));
    for (route, slugs) in before
        .into_iter()
        .filter(|(route, _)| !matches!(route, Route::Section(_, _, PageNumber::FRONT)))
    {
        assert!(
            after.contains(&(route.clone(), slugs)),
            "{} changed",
            route.path()
        );
    }
}

#[test]
fn neighbouring_parts_lead_to_each_other() {
    let many: Vec<(String, u8)> = (0..100)
        .map(|number| (format!("n{number:03}"), 1 + number / 6))
        .collect();
    let further: Vec<(&str, u8)> = many
        .iter()
        .map(|(slug, day)| (slug.as_str(), *day))
        .collect();
    let all = documents(&content(&further), "/", &published);
    let steps: Vec<(u32, Option<PageNumber>, Option<PageNumber>)> = all
        .into_iter()
        .filter_map(|(route, document)| match (route, document.page) {
            (Route::Section(Lang::Vi, _, part), Page::Listing(list)) => {
                Some((part.0, list.newer, list.older))
            }
            _ => None,
        })
        .collect();
    let part = |number| Some(PageNumber(number));
    assert_eq!(
        steps,
        [
            (0, None, part(3)),
            (1, part(2), None),
            (2, part(3), part(1)),
            (3, Some(PageNumber::FRONT), part(2))
        ]
    );
}

/// A change of the content, with its name.
type Change = (&'static str, fn(&Path));
fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Gives an article a file of each kind, and the blocks that show or offer them.
fn with_every_kind_of_file(root: &Path) {
    let article = root.join("articles/port/n07");
    let files: [(&str, &[u8]); 4] = [
        ("film.webm", b"\x1a\x45\xdf\xa3"),
        ("film.vtt", b"WEBVTT\n"),
        ("talk.mp3", b"ID3\x04"),
        ("plan.pdf", b"%PDF-1.7"),
    ];
    for (name, bytes) in files {
        fs::write(article.join(name), bytes).unwrap();
    }
    let names = r#"{"files": {"film": "film.webm", "words": "film.vtt", "talk": "talk.mp3", "plan": "plan.pdf"},"#;
    edit(&article.join("article.json"), "{", names);
    let blocks = r#"[
        {"video": {"title": "Phim", "file": "film", "captions": "words"}},
        {"audio": {"title": "Nghe", "file": "talk"}},
        {"attachment": {"title": "Bản vẽ", "file": "plan"}}
    ]"#;
    edit(&article.join("vi.json"), "[]", blocks);
}

#[test]
fn files_are_published_under_their_paths_with_their_names_and_sizes() {
    let loaded = content(&[("n07", 1)]);
    with_every_kind_of_file(loaded.folder.path());
    let loaded = Loaded::load(loaded.folder);
    assert_eq!(
        loaded
            .content
            .media
            .iter()
            .filter(|(path, _)| path.to_string_lossy().contains("n07"))
            .count(),
        4
    );
    let Page::Article(article) = page(&loaded, "vi/port/n07/").page else {
        panic!("no article")
    };
    let [
        Block::Video(film),
        Block::Audio(talk),
        Block::Attachment(plan),
    ] = &article.body[..]
    else {
        panic!("{:?}", article.body)
    };
    let file = |file: &File| (file.file.clone(), file.name.clone(), file.size);
    let told = |name: &str, size| (format!("assets/{name}"), name.to_owned(), size);
    assert_eq!(film.file.as_ref().map(file), Some(told("film.webm", 4)));
    assert_eq!(film.captions.as_ref().map(file), Some(told("film.vtt", 7)));
    assert_eq!(file(&talk.file), told("talk.mp3", 4));
    assert_eq!(file(&plan.file), told("plan.pdf", 8));
}

#[test]
fn each_event_of_a_page_has_a_file_of_its_own() {
    let loaded = content(&[("n07", 1)]);
    let events = r#"[{"event": {"name": "Một", "begin": "2026-05-13"}}, {"event": {"name": "Hai", "begin": "2026-05-14"}}]"#;
    edit(
        &loaded.folder.path().join("articles/port/n07/vi.json"),
        "[]",
        events,
    );
    let loaded = Loaded::load(loaded.folder);
    let document = page(&loaded, "vi/port/n07/");
    let route = Route::Article(
        Lang::Vi,
        Slug::new("port").unwrap(),
        Slug::new("n07").unwrap(),
    );
    let files = files_of(&loaded, &route, &document);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["vi/port/n07/event-1.ics", "vi/port/n07/event-2.ics"]
    );
    let text = String::from_utf8(files[1].1.clone()).unwrap();
    assert!(
        text.contains("\r\nUID:20140901T010000Z/event-2@")
            && text.contains("\r\nDTSTAMP:20140901T010000Z\r\n"),
        "{text}"
    );
}

/// The articles besides the base's: slug and day.
fn further() -> Vec<(String, u8)> {
    (0..28)
        .map(|number| (format!("n{number:02}"), 1 + number))
        .collect()
}

/// A content folder with [`further`] articles.
fn larger() -> Loaded {
    let further = further();
    content(
        &further
            .iter()
            .map(|(slug, day)| (slug.as_str(), *day))
            .collect::<Vec<_>>(),
    )
}

/// Changes that editors make.
#[expect(clippy::too_many_lines, reason = "a table")]
fn changes() -> [Change; 19] {
    [
        ("nothing", |_| ()),
        ("a body", |root| {
            edit(
                &root.join("articles/port/n07/vi.json"),
                "[]",
                r#"[{"paragraph": "Thêm."}]"#,
            );
        }),
        ("a lead", |root| {
            edit(
                &root.join("articles/port/n07/vi.json"),
                "Tin ngắn.",
                "Tin dài.",
            );
        }),
        ("a headline", |root| {
            edit(
                &root.join("articles/port/deep-water-port/en.json"),
                "headline\": \"",
                "headline\": \"New: ",
            );
        }),
        ("views", |root| {
            edit(
                &root.join("articles/port/n07/article.json"),
                "{",
                "{\"views\": 9,",
            );
        }),
        ("a date", |root| {
            edit(
                &root.join("articles/port/n07/article.json"),
                "T08:00",
                "T09:00",
            );
        }),
        ("a translation", |root| {
            fs::write(
                root.join("articles/port/n07/ko.json"),
                r#"{"lead": "짧은 소식.", "body": []}"#,
            )
            .unwrap();
        }),
        ("one article less", |root| {
            fs::remove_dir_all(root.join("articles/port/n07")).unwrap();
        }),
        ("an outdated translation", |root| {
            edit(
                &root.join("articles/port/deep-water-port/en.json"),
                "{",
                "{\"translated_from\": \"0123456789\",",
            );
        }),
        ("the slogan", |root| {
            edit(
                &root.join("site.json"),
                "\"slogans\": { \"vi\": \"",
                "\"slogans\": { \"vi\": \"X ",
            );
        }),
        ("a tag", |root| {
            let names = r#"{"vi": "T", "en": "T", "ko": "T", "ja": "T", "zh-Hans": "T"}"#;
            edit(
                &root.join("site.json"),
                "{",
                &format!("{{\"tags\": [{{\"slug\": \"t\", \"names\": {names}}}],"),
            );
            edit(
                &root.join("articles/port/n07/article.json"),
                "{",
                "{\"tags\": [\"t\"],",
            );
        }),
        ("a place that was renamed later", |root| {
            edit(
                &root.join("articles/port/n07/vi.json"),
                "Rất ngắn.",
                "Về Cũ.",
            );
            edit(
                &root.join("site.json"),
                "{",
                &format!("{{\"places\": [{}],", place("Cũ", "2025-07-01T00:00+07:00")),
            );
        }),
        ("a place that was renamed before", |root| {
            edit(
                &root.join("site.json"),
                "{",
                &format!(
                    "{{\"places\": [{}],",
                    place("Tin", "2014-09-20T00:00+07:00")
                ),
            );
        }),
        ("a correction", |root| {
            let history = r#"{"history": [{"at": "2014-10-01T08:00+07:00", "text": "x"}],"#;
            edit(&root.join("articles/port/n07/vi.json"), "{", history);
            edit(
                &root.join("articles/port/n07/article.json"),
                "{",
                "{\"updated\": \"2014-10-01T08:00+07:00\",",
            );
        }),
        ("the bytes of a file", |root| {
            with_every_kind_of_file(root);
            fs::write(
                root.join("articles/port/n07/plan.pdf"),
                "%PDF-1.7 another one",
            )
            .unwrap();
        }),
        ("an event of a standing page", |root| {
            let event = r#""body": [{"event": {"name": "Mở cửa", "begin": "2026-05-13"}},"#;
            edit(&root.join("pages/about/vi.json"), "\"body\": [", event);
        }),
        ("a share row", |root| {
            edit(
                &root.join("site.json"),
                "{",
                "{\"share\": {\"vi\": [\"x\"]},",
            );
        }),
        ("an empty share row", |root| {
            edit(&root.join("site.json"), "{", "{\"share\": {\"vi\": []},");
        }),
        ("a standing page", |root| {
            edit(
                &root.join("pages/about/vi.json"),
                "\"lead\": \"",
                "\"lead\": \"X ",
            );
        }),
    ]
}

/// A page with the same key is not made again, so the key must change wherever the page does.
#[test]
fn the_key_of_a_page_changes_whenever_the_page_does() {
    let keys = |loaded: &Loaded| -> BTreeMap<String, (u64, String)> {
        let content = &loaded.content;
        let publisher = Publisher::new(
            &content.site,
            &content.pages,
            &content.items,
            "/",
            &published,
        );
        let all = documents(loaded, "/", &published).into_iter();
        all.map(|(route, document)| {
            (
                route.path(),
                (
                    publisher.key(&route),
                    serde_json::to_string(&document).unwrap(),
                ),
            )
        })
        .collect()
    };
    let plain = keys(&larger());
    let with_files = larger();
    with_every_kind_of_file(with_files.folder.path());
    let with_files = keys(&Loaded::load(with_files.folder));
    for (what, change) in changes() {
        let loaded = larger();
        change(loaded.folder.path());
        let before = if what == "the bytes of a file" {
            &with_files
        } else {
            &plain
        };
        let after = keys(&Loaded::load(loaded.folder));
        let changed = |(path, (_, document)): (&String, &(u64, String))| {
            before.get(path).is_some_and(|(_, known)| known != document)
        };
        let shown = after.iter().filter(|entry| changed(*entry)).count();
        assert!(
            shown > 0 || ["nothing", "views"].contains(&what),
            "{what}: no page shows it"
        );
        let mut needless = 0;
        for (path, (key, document)) in &after {
            let Some((known, same)) = before.get(path) else {
                continue;
            };
            assert!(
                key != known || document == same,
                "{what}: {path} changed, and its key did not"
            );
            needless += usize::from(key != known && document == same);
        }
        assert!(
            needless <= 40,
            "{what}: {needless} pages would be made again although they stay the same"
        );
        assert!(
            what != "nothing" || needless == 0,
            "{needless} keys changed with nothing"
        );
    }
}

#[test]
fn the_portal_has_the_pages_that_it_lists_and_no_others() {
    let further: Vec<(String, u8)> = (0..60)
        .map(|number| (format!("a-{number}"), 1 + number % 28))
        .collect();
    let further: Vec<(&str, u8)> = further
        .iter()
        .map(|(slug, day)| (slug.as_str(), *day))
        .collect();
    let loaded = content(&further);
    let content = &loaded.content;
    let publisher = Publisher::new(
        &content.site,
        &content.pages,
        &content.items,
        "/",
        &published,
    );
    let routes = publisher.routes();
    let slug = |text: &str| Slug::new(text).unwrap();
    let number = PageNumber;
    let mut others = Vec::new();
    for lang in Lang::ALL {
        for section in ["port", "nothing"].map(slug) {
            others.extend((0..5).map(|at| Route::Section(lang, section.clone(), number(at))));
            others.extend((0..5).map(|at| Route::Tag(lang, section.clone(), number(at))));
            others.push(Route::Article(lang, section.clone(), slug("nothing")));
            others.push(Route::Standing(lang, section));
        }
        for year in [1999, 2014] {
            others.push(Route::Year(lang, year));
            for month in [8, 9].map(|month| model::Month { year, month }) {
                others.extend((0..3).map(|at| Route::Month(lang, month, number(at))));
            }
        }
    }
    for route in routes.iter().chain(&others) {
        assert_eq!(publisher.has(route), routes.contains(route), "{route:?}");
    }
    assert!(routes.contains(&Route::Section(Lang::Vi, slug("port"), number(1))));
}

#[test]
fn the_next_change_is_the_next_publication_or_the_end_of_a_notice() {
    let mut loaded = content(&[("later", 20), ("sooner", 10)]);
    let at = |text: &str| Moment::new(text).unwrap();
    let selection = |now: &str| Selection {
        drafts: false,
        as_of: Some(at(now)),
    };
    let content = &mut loaded.content;
    let (sooner, later) = (at("2014-09-10T08:00+07:00"), at("2014-09-20T08:00+07:00"));
    let now = "2014-09-09T08:00+07:00";
    assert_eq!(content.next_change(&selection(now)), Some(sooner));
    let after = content.next_change(&selection("2014-09-10T08:00+07:00"));
    assert_eq!(after, Some(later));
    assert_eq!(
        content.next_change(&selection("2014-09-20T08:00+07:00")),
        None
    );
    assert_eq!(content.next_change(&Selection::EVERYTHING), None);
    let draft = content
        .items
        .iter_mut()
        .find(|item| item.slug.as_str() == "sooner");
    draft.unwrap().draft = true;
    assert_eq!(content.next_change(&selection(now)), Some(later));
    let until = at("2014-09-09T12:00+07:00");
    content.site.notices.push(editorial::content::Notice {
        slug: Slug::new("storm").unwrap(),
        level: Level::Warning,
        texts: content.site.names.clone().map(|_, _| Vec::new()),
        published: at("2014-09-01T08:00+07:00"),
        until: Some(until),
    });
    assert_eq!(content.next_change(&selection(now)), Some(until));
}
