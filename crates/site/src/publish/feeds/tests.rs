//! Texts come back from feeds unchanged, whatever they are.

use super::*;
use editorial::content::catalogue::ItemVersion;
use model::{Inline, Level, Notice};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use std::fs;

const ATOM_NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// Hostile texts, one a row. The file is optional and lies outside of the repository.
const INJECTIONS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/corpora/feed-xml-injection.ndjson"
);

/// Texts that a careless writer of XML or JSON gets wrong.
const TRAPS: [&str; 12] = [
    "]]>",
    "<![CDATA[",
    "<!--",
    "&amp;",
    "&#0;",
    "</title>",
    "<?xml",
    "\u{0}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{85}",
    "\r\n\t ",
    "\u{fffe}\u{ffff}\u{feff}\u{202e}\u{2028}",
    "👩🏽‍🚀🇻🇳",
    "海防港 하이퐁 ハイフォン đường",
];

fn texts() -> impl Strategy<Value = String> {
    let random = vec(any::<char>(), 0..12).prop_map(|chars| chars.into_iter().collect::<String>());
    let pieces = prop_oneof![random, select(&TRAPS[..]).prop_map(str::to_owned)];
    vec(pieces, 0..5).prop_map(|pieces| pieces.concat())
}

fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

fn entry(name: &str, text: &str) -> Entry {
    Entry {
        slug: slug(name),
        name: text.to_owned(),
    }
}

/// The portal with one section, all of it called `text`.
fn site(text: &str) -> Site {
    Site {
        name: text.to_owned(),
        slogan: text.to_owned(),
        sections: vec![entry("port", text)],
        ..Site::bare(Lang::Vi, "https://portal.example", "/portal/")
    }
}

/// An article in Vietnamese and Korean.
fn item(name: &str, published: &str, title: &str, summary: &str, author: Option<&str>) -> Item {
    let version = ItemVersion {
        title: title.to_owned(),
        summary: summary.to_owned(),
        author: author.map(str::to_owned),
        ..ItemVersion::default()
    };
    Item {
        tags: vec![slug("ships")],
        versions: vec![(Lang::Vi, version.clone()), (Lang::Ko, version)],
        ..Item::bare(
            slug("port"),
            slug(name),
            Moment::new(published).unwrap(),
            &[Lang::Vi],
        )
    }
}

/// Both formats of a feed.
fn written(site: &Site, items: &[&Item], tags: &[Entry], cards: bool) -> (String, Value) {
    let feed = Feed {
        site,
        section: site.sections.first(),
        items,
        tags,
        cards,
        first_origin: "https://first.example",
    };
    (atom(&feed), serde_json::from_str(&json(&feed)).unwrap())
}

/// A text as XML 1.0 can hold it (section 2.2).
fn in_xml(text: &str) -> String {
    let holds = |c: char| matches!(u32::from(c), 0x9 | 0xa | 0xd | 0x20..=0xd7ff | 0xe000..=0xfffd | 0x10000..);
    text.chars()
        .map(|c| if holds(c) { c } else { '\u{fffd}' })
        .collect()
}

/// Checks that every text comes back from both formats.
fn round_trip(title: &str, summary: &str, author: &str, name: &str) -> Result<(), TestCaseError> {
    let (site, tags) = (site(name), [entry("ships", name)]);
    let item = item(
        "largest-ship",
        "2014-09-03T16:10+07:00",
        title,
        summary,
        Some(author),
    );
    let (atom, json) = written(&site, &[&item], &tags, false);
    let document = roxmltree::Document::parse(&atom)
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    let entry = document
        .root_element()
        .children()
        .find(|node| node.has_tag_name((ATOM_NAMESPACE, "entry")))
        .unwrap();
    let child = |name: &str| {
        entry
            .children()
            .find(|node| node.has_tag_name((ATOM_NAMESPACE, name)))
            .unwrap()
    };
    // One text node each: nothing was parsed as markup.
    let text = |node: roxmltree::Node| {
        let texts: Vec<String> = node
            .children()
            .map(|part| part.text().unwrap_or_default().to_owned())
            .collect();
        (node.children().all(|part| part.is_text()), texts.concat())
    };
    let name_of = child("author")
        .children()
        .find(roxmltree::Node::is_element)
        .unwrap();
    prop_assert_eq!(text(child("title")), (true, in_xml(title)));
    prop_assert_eq!(text(child("summary")), (true, in_xml(summary)));
    prop_assert_eq!(text(name_of), (true, in_xml(author)));
    let labels: Vec<_> = entry
        .children()
        .filter_map(|node| node.attribute("label"))
        .collect();
    let name_in_xml = in_xml(name);
    prop_assert_eq!(labels, [name_in_xml.as_str(); 2]);
    let item = &json["items"][0];
    prop_assert_eq!(&item["title"], title);
    prop_assert_eq!(&item["content_text"], summary);
    prop_assert_eq!(&item["authors"][0]["name"], author);
    prop_assert_eq!(&item["tags"], &serde_json::json!([name, name]));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_goes_into_a_feed_comes_out_of_it(title in texts(), summary in texts(), author in texts(), name in texts()) {
        round_trip(&title, &summary, &author, &name)?;
    }
}

#[test]
fn no_hostile_text_becomes_markup_of_a_feed() {
    let mut payloads: Vec<String> = TRAPS.map(str::to_owned).to_vec();
    match fs::read_to_string(INJECTIONS) {
        Ok(rows) => payloads.extend(rows.lines().map(|row| {
            let row: Value = serde_json::from_str(row).unwrap();
            row["payload"].as_str().unwrap().to_owned()
        })),
        Err(_) => println!(
            "{INJECTIONS} is not there: only the {} texts of this file are tried",
            TRAPS.len()
        ),
    }
    for payload in &payloads {
        round_trip(payload, payload, payload, payload).unwrap();
    }
    println!(
        "{} texts were tried in every place of a feed",
        payloads.len()
    );
}

#[test]
fn a_feed_has_the_newest_twenty_and_the_moment_of_the_last_change() {
    let moments = (0..25).map(|day| format!("2014-09-{:02}T16:10+07:00", 28 - day));
    let mut items: Vec<Item> = moments
        .enumerate()
        .map(|(n, moment)| item(&format!("a{n}"), &moment, "t", "s", None))
        .collect();
    items[7].updated = Some(Moment::new("2020-01-01T00:00Z").unwrap());
    items[22].updated = Some(Moment::new("2021-01-01T00:00Z").unwrap());
    let items: Vec<&Item> = items.iter().collect();
    let (atom, json) = written(&site("Portal"), &items, &[], false);
    assert_eq!(atom.matches("<entry>").count(), LENGTH);
    assert_eq!(json["items"].as_array().unwrap().len(), LENGTH);
    assert!(
        atom.contains("<title>Portal – Portal</title>\n<subtitle>"),
        "{atom}"
    );
    assert!(
        atom.contains("</subtitle>\n<updated>2020-01-01T00:00:00+00:00</updated>"),
        "{atom}"
    );
    assert_eq!(
        json["items"][7]["date_modified"],
        "2020-01-01T00:00:00+00:00"
    );
    // Nobody is named, so the author is the portal.
    assert_eq!(json["items"][0]["authors"][0]["name"], "Portal");
}

#[test]
fn an_article_that_moved_stays_the_same_entry_at_its_new_address() {
    let mut item = item("new", "2014-09-03T16:10+07:00", "t", "s", None);
    item.aliases = vec![(slug("culture"), slug("old"))];
    let (atom, json) = written(&site("Portal"), &[&item], &[], true);
    let id = "tag:first.example,2014-09-03:vi/16:10+07:00";
    assert_eq!(json["items"][0]["id"], id);
    assert_eq!(
        json["items"][0]["url"],
        "https://portal.example/portal/vi/port/new/"
    );
    assert_eq!(
        json["items"][0]["_alternates"]["ko"],
        "https://portal.example/portal/ko/port/new/"
    );
    assert_eq!(
        json["items"][0]["image"],
        "https://portal.example/portal/cards/vi/port/new.png"
    );
    assert!(atom.contains(&format!("<id>{id}</id>")), "{atom}");
    assert!(
        atom.contains("hreflang=\"vi\" href=\"https://portal.example/portal/vi/port/new/\""),
        "{atom}"
    );
}

#[test]
fn the_name_of_an_entry_stays_whatever_moves_and_no_two_are_called_the_same() {
    let mut moved = item("new", "2014-09-03T16:10+07:00", "t", "s", None);
    let id = |items: &[&Item], at: usize| {
        written(&site("Portal"), items, &[], false).1["items"][at]["id"].clone()
    };
    let first = id(&[&moved], 0);
    for aliases in [["a", "b"], ["b", "a"]] {
        moved.aliases = aliases.map(|name| (slug("port"), slug(name))).to_vec();
        assert_eq!(id(&[&moved], 0), first);
    }
    // Another article at an address that this one had before.
    let other = item("a", "2014-09-03T16:11+07:00", "t", "s", None);
    assert_ne!(id(&[&moved, &other], 1), first);
    let twin = item("c", "2014-09-03T16:10+07:00", "t", "s", None);
    assert_ne!(id(&[&moved, &twin], 0), id(&[&moved, &twin], 1));
}

#[test]
fn an_empty_feed_is_a_feed() {
    let (atom, json) = written(&site("Portal"), &[], &[], false);
    assert!(roxmltree::Document::parse(&atom).is_ok());
    assert!(atom.contains("<updated>1970-01-01T00:00:00+00:00</updated>"));
    assert_eq!(json["items"], serde_json::json!([]));
}

fn notice(name: &str, level: Level, text: &str, until: Option<&str>) -> Notice {
    let moment = |text: &str| Moment::new(text).unwrap();
    Notice {
        slug: slug(name),
        level,
        text: vec![Inline::Text(text.to_owned())],
        published: moment("2014-09-10T07:30+07:00"),
        until: until.map(moment),
    }
}

#[test]
fn a_notice_is_an_entry_with_a_name_of_its_own_and_says_its_level() {
    let text = "Bão số 3. Tàu thuyền không ra khơi.";
    let mut site = site("Portal");
    site.notices = vec![
        notice(
            "storm-3",
            Level::Emergency,
            text,
            Some("2014-09-12T18:00+07:00"),
        ),
        notice("office-hours", Level::Information, "Nghỉ lễ", None),
    ];
    let item = item("largest-ship", "2014-09-03T16:10+07:00", "t", "s", None);
    let (atom, json) = written(&site, &[&item], &[], true);
    let entry = &json["items"][0];
    let address = "https://portal.example/portal/vi/#notice-storm-3";
    assert_eq!(
        (&entry["id"], &entry["url"]),
        (&Value::from(address), &Value::from(address))
    );
    assert_eq!(entry["title"], "Khẩn cấp – Bão số 3");
    assert_eq!(
        entry["content_text"],
        format!("{text}\nĐến 12/09/2014 18:00")
    );
    assert_eq!(entry["tags"], serde_json::json!(["Khẩn cấp"]));
    assert_eq!(entry["date_published"], "2014-09-10T07:30:00+07:00");
    assert_eq!(
        entry["_alternates"]["ko"],
        "https://portal.example/portal/ko/#notice-storm-3"
    );
    assert_eq!(json["items"][1]["title"], "Thông tin – Nghỉ lễ");
    assert_eq!(json["items"][1]["content_text"], "Nghỉ lễ");
    assert_eq!(json["items"].as_array().unwrap().len(), 3);
    assert!(
        atom.contains(&format!(
            "<id>{address}</id>\n<title>Khẩn cấp – Bão số 3</title>"
        )),
        "{atom}"
    );
    assert!(
        atom.contains(
            "term=\"emergency\" scheme=\"https://portal.example/portal/vi/\" label=\"Khẩn cấp\""
        ),
        "{atom}"
    );
    // The notice is newer than every article, so the feed changed last with it, whatever the clock
    // says.
    assert!(
        atom.contains("</subtitle>\n<updated>2014-09-10T07:30:00+07:00</updated>"),
        "{atom}"
    );
    assert_eq!(written(&site, &[&item], &[], true), (atom, json));
}
