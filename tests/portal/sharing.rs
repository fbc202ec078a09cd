//! The share row in each language, and the QR codes of a whole site.

use crate::published::published;
use crate::sample::{article, article_route, document, html};
use crate::tree::{Element, page};
use model::{Article, Channel, Lang, Page};

fn share(lang: Lang, row: Option<Vec<Channel>>) -> Element {
    let article = Article {
        share: row,
        ..article("Text")
    };
    page(&html(
        article_route(lang),
        document(lang, &Lang::ALL, "Text", Page::Article(article.into())),
    ))
    .with_class("share")
}

/// The ways to share in order: the label and the accessible name of each.
fn ways(share: &Element) -> Vec<(String, String)> {
    let links = share.with_class("share-links").all();
    let links = links
        .iter()
        .filter(|element| ["a", "summary"].contains(&element.name().as_str()));
    links
        .map(|link| (link.text(), link.attribute("aria-label").unwrap()))
        .collect()
}

#[test]
fn every_language_has_the_networks_of_its_readers_under_the_names_that_they_know() {
    let rows: [(Lang, &[(&str, &str)]); 5] = [
        (
            Lang::Vi,
            &[
                ("Facebook", "Chia sẻ qua Facebook"),
                ("Zalo", "Chia sẻ qua Zalo"),
                ("X", "Chia sẻ qua X"),
                ("Thư điện tử", "Gửi qua thư điện tử"),
            ],
        ),
        (
            Lang::En,
            &[
                ("Facebook", "Share on Facebook"),
                ("X", "Share on X"),
                ("LinkedIn", "Share on LinkedIn"),
                ("WhatsApp", "Share on WhatsApp"),
                ("Telegram", "Share on Telegram"),
                ("E-mail", "Send by e-mail"),
            ],
        ),
        (
            Lang::Ko,
            &[
                ("네이버", "네이버 공유하기"),
                ("밴드", "밴드 공유하기"),
                ("페이스북", "페이스북 공유하기"),
                ("X", "X 공유하기"),
            ],
        ),
        (
            Lang::Ja,
            &[
                ("LINE", "LINEで共有"),
                ("X", "Xで共有"),
                ("はてなブックマーク", "はてなブックマークで共有"),
                ("Facebook", "Facebookで共有"),
            ],
        ),
        (
            Lang::ZhHans,
            &[
                ("微信", "分享到微信"),
                ("微博", "分享到微博"),
                ("QQ", "分享到QQ"),
                ("邮件", "用电子邮件发送"),
            ],
        ),
    ];
    for (lang, row) in rows {
        let expected: Vec<_> = row
            .iter()
            .map(|(label, name)| ((*label).to_owned(), (*name).to_owned()))
            .collect();
        assert_eq!(ways(&share(lang, None)), expected);
    }
}

#[test]
fn what_a_link_shows_is_a_part_of_its_name_in_every_language() {
    for lang in Lang::ALL {
        let all = ways(&share(lang, Some(Channel::ALL.to_vec())));
        assert_eq!(all.len(), Channel::ALL.len());
        for (label, name) in all {
            // Within a name the label may be in lower case: “Send by e-mail”.
            let shown = label.to_lowercase();
            assert!(
                name.to_lowercase().contains(&shown),
                "{lang:?}: {label} is not in {name}"
            );
        }
    }
}

#[test]
fn an_editors_row_stands_in_place_of_the_usual_one() {
    let row = vec![Channel::Threads, Channel::Qzone, Channel::KakaoStory];
    let shown: Vec<String> = ways(&share(Lang::Vi, Some(row)))
        .into_iter()
        .map(|(label, _)| label)
        .collect();
    assert_eq!(shown, ["Threads", "Qzone", "KakaoStory"]);
    let none = share(Lang::Vi, Some(Vec::new()));
    assert_eq!(ways(&none), []);
    assert_eq!(none.with_class("share-button").text(), "Sao chép liên kết");
}

#[test]
fn links_open_safely_and_each_has_its_drawing() {
    let share = share(Lang::En, Some(Channel::ALL.to_vec()));
    for link in share.named("a") {
        assert_eq!(
            link.attribute("rel").as_deref(),
            Some("external noopener noreferrer")
        );
        assert_eq!(link.attribute("target"), None);
        let href = link.attribute("href").unwrap();
        assert!(
            href.starts_with("https://") || href.starts_with("mailto:?"),
            "{href}"
        );
    }
    let style = include_str!("../../style/components/share.css");
    let drawings = include_str!("../../style/drawings/share.svg");
    let cells = drawings.matches("<path").count();
    for channel in Channel::ALL {
        let rule = style
            .split(&format!(".share-{} {{", channel.word()))
            .nth(1)
            .unwrap();
        let cell = rule
            .split("--cell: ")
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .unwrap();
        assert!(
            (2..cells).contains(&cell.parse().unwrap()),
            "{channel:?} has the drawing {cell}"
        );
        assert_eq!(
            style.matches(&format!("--cell: {cell};")).count(),
            1,
            "{channel:?} shares its drawing"
        );
    }
    for drawing in drawings.lines() {
        assert!(
            drawing.len() < 300,
            "{} bytes for one drawing: {drawing}",
            drawing.len()
        );
    }
}

#[test]
fn wechat_opens_a_code_that_is_loaded_only_then() {
    let share = share(Lang::ZhHans, None);
    let details = &share.named("details")[0];
    assert_eq!(details.attribute("open"), None);
    let image = &details.named("img")[0];
    let values = ["src", "alt", "width", "height", "loading"]
        .map(|name| image.attribute(name).unwrap_or_default());
    assert_eq!(
        values,
        [
            "/zh-Hans/port/deep-water-port/qr.svg",
            "本页网址的二维码",
            "192",
            "192",
            "lazy"
        ]
    );
    assert!(details.text().contains("微信"));
    assert!(self::share(Lang::Vi, None).named("details").is_empty());
}

#[test]
fn a_code_stands_beside_every_article_that_is_shared_on_wechat_and_nowhere_else() {
    let site = published();
    let mut with_code = 0;
    for (file, page) in site.pages() {
        let wanted = page
            .all()
            .iter()
            .any(|element| element.attribute("class").as_deref() == Some("share-qr"));
        let code = file.replace("index.html", "qr.svg");
        assert_eq!(
            site.files.contains_key(&code) && file.ends_with("index.html"),
            wanted,
            "{file}"
        );
        assert!(!wanted || file.starts_with("zh-Hans/"), "{file}");
        with_code += usize::from(wanted);
    }
    let codes = site
        .files
        .keys()
        .filter(|file| file.ends_with("/qr.svg"))
        .count();
    assert_eq!(codes, with_code);
    assert!(codes >= 5, "only {codes} articles have a code");
}
