//! Tests with the fonts of this machine: cards are nothing without them, so they must be there.

use super::*;
use image::RgbImage;
use rayon::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Odd texts. They stand beside the repository where they are there at all.
const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

/// Where a title may stand: from its left edge to its right, and from above its first line to below
/// its last.
const TITLE: [u32; 4] = [309, 895, 190, 510];

/// The columns of the middle square, which is all that several networks show.
const SQUARE: std::ops::Range<u32> = 285..915;

fn text(lang: Lang, title: &str) -> CardText {
    let (site_name, section, date) = match lang {
        Lang::Vi => (
            "Thông tin đối ngoại Hải Phòng",
            "Cảng và biển",
            "3 tháng 9, 2014",
        ),
        Lang::En => (
            "Hải Phòng External Information",
            "Port and sea",
            "3 September 2014",
        ),
        Lang::Ko => ("하이퐁 대외정보", "항만과 바다", "2014년 9월 3일"),
        Lang::Ja => ("ハイフォン対外情報", "港と海", "2014年9月3日"),
        Lang::ZhHans => ("海防对外信息", "港口与海洋", "2014年9月3日"),
    };
    let [site_name, section, date, title] = [site_name, section, date, title].map(str::to_owned);
    CardText {
        lang,
        site_name,
        section,
        title,
        date,
    }
}

fn cards() -> Cards {
    let fonts = Fonts::of_this_machine().unwrap_or_else(|missing| panic!("{missing}"));
    Cards::new(fonts, &Drawings::default()).unwrap()
}

fn picture(png: &[u8]) -> RgbImage {
    image::load_from_memory(png).unwrap().to_rgb8()
}

/// The white pixels of a picture.
fn white(picture: &RgbImage) -> Vec<(u32, u32)> {
    let pixels = picture
        .enumerate_pixels()
        .filter(|(.., pixel)| pixel.0.iter().all(|&value| value > 230));
    pixels.map(|(x, y, _)| (x, y)).collect()
}

/// The white pixels of a card's title.
fn title(png: &[u8]) -> Vec<(u32, u32)> {
    let mut pixels = white(&picture(png));
    pixels.retain(|&(_, y)| y > 180);
    pixels
}

fn is_within(pixels: &[(u32, u32)]) -> bool {
    let [left, right, top, bottom] = TITLE;
    pixels
        .iter()
        .all(|&(x, y)| (left..right).contains(&x) && (top..bottom).contains(&y))
}

const TITLES: [(Lang, &str); 5] = [
    (
        Lang::Vi,
        "Nhà hát Thành phố: hơn một thế kỷ giữa lòng Hải Phòng",
    ),
    (Lang::En, "Four harbours that keep a light on for Hai Phong"),
    (Lang::Ko, "하이퐁 오페라하우스, 도심을 지켜 온 한 세기"),
    (Lang::Ja, "ハイフォン・オペラハウス 街の中心で刻んだ一世紀"),
    (Lang::ZhHans, "海防大剧院：伫立市中心的百年舞台"),
];

#[test]
fn a_card_has_its_title_in_every_language_in_a_small_picture_of_the_size_that_networks_want() {
    let cards = cards();
    for (lang, words) in TITLES {
        let png = cards.draw(&text(lang, words));
        assert_eq!(picture(&png).dimensions(), (1200, 630));
        assert!(png.len() < 40_000, "{lang:?}: {} bytes", png.len());
        let pixels = title(&png);
        assert!(
            pixels.len() > 5000 && is_within(&pixels),
            "{lang:?}: {} pixels",
            pixels.len()
        );
        let blank = cards.draw(&text(lang, ""));
        assert!(title(&blank).is_empty(), "{lang:?}");
    }
}

#[test]
fn sign_and_words_stand_in_the_square_that_messengers_cut_out() {
    let cards = cards();
    for (lang, words) in TITLES {
        let white = white(&picture(&cards.draw(&text(lang, words))));
        assert!(white.iter().all(|(x, _)| SQUARE.contains(x)), "{lang:?}");
        let of_the_sign = white.iter().filter(|&&(x, y)| x < 405 && y < 130);
        assert!(of_the_sign.count() > 500, "{lang:?}: the sign is cut off");
        let of_the_name = white.iter().filter(|&&(x, y)| x > 415 && y < 130);
        assert!(of_the_name.count() > 300, "{lang:?}: the name is cut off");
    }
}

#[test]
fn the_same_han_characters_have_the_forms_of_each_language() {
    let cards = cards();
    let same = |lang| CardText {
        lang,
        ..text(Lang::En, "骨直角")
    };
    let [korean, japanese, chinese] =
        [Lang::Ko, Lang::Ja, Lang::ZhHans].map(|lang| title(&cards.draw(&same(lang))));
    assert!(
        japanese != chinese && korean != chinese,
        "骨 and 直 are written differently in Chinese"
    );
    assert!(japanese.len() > 5000 && chinese.len() > 5000);
}

#[test]
fn the_same_words_give_the_same_bytes_whatever_was_drawn_before() {
    let first = cards();
    let pictures = || TITLES.map(|(lang, words)| text(lang, words));
    let drawn = pictures().map(|card| first.draw(&card));
    let mut again: Vec<Vec<u8>> = pictures()
        .iter()
        .rev()
        .map(|card| first.draw(card))
        .collect();
    again.reverse();
    assert!(again == drawn);
    let second = cards();
    let parallel: Vec<Vec<u8>> = pictures()
        .par_iter()
        .map(|card| second.draw(card))
        .collect();
    assert!(parallel == drawn);
}

#[test]
fn vietnamese_is_the_same_however_its_marks_are_written() {
    let cards = cards();
    let words = "Tiếng Việt ưỡng ẩu";
    let loose: String = unicode_normalization::UnicodeNormalization::nfd(words).collect();
    assert_ne!(words, loose);
    assert!(cards.draw(&text(Lang::Vi, words)) == cards.draw(&text(Lang::Vi, &loose)));
}

#[test]
fn a_title_that_is_too_long_ends_in_an_ellipsis_within_its_place() {
    let cards = cards();
    for (lang, words) in TITLES {
        let [long, longer] = [12, 200]
            .map(|times| title(&cards.draw(&text(lang, &format!("{words} ").repeat(times)))));
        assert!(is_within(&long) && long.len() > 9_000, "{lang:?}");
        assert!(
            long == longer,
            "{lang:?}: what does not fit changes nothing"
        );
        let word: String = words.split_whitespace().collect::<String>().repeat(30);
        assert!(
            is_within(&title(&cards.draw(&text(lang, &word)))),
            "{lang:?}"
        );
    }
    let names = CardText {
        site_name: "W".repeat(200),
        section: "W ".repeat(200),
        date: "W".repeat(99),
        ..text(Lang::En, "")
    };
    let card = picture(&cards.draw(&names));
    // The quay begins below.
    assert!(
        white(&card)
            .iter()
            .all(|&(x, y)| SQUARE.contains(&x) && y < 560)
    );
}

#[test]
fn what_no_font_has_is_left_out() {
    let cards = cards();
    let plain = cards.draw(&text(Lang::Vi, "Hoa phượng nở"));
    for odd in [
        "Hoa phượng \u{1f33a}nở",
        "Hoa\u{200b} phượng nở\u{202e}",
        "  Hoa\u{2028}phượng\tnở\n",
        "Hoa phượng nở \u{1f1fb}\u{1f1f3}",
    ] {
        assert!(cards.draw(&text(Lang::Vi, odd)) == plain, "{odd:?}");
    }
}

#[test]
fn no_text_stops_the_drawing_or_leaves_its_place() {
    let cards = cards();
    let mut texts: Vec<String> = [
        "\0",
        "\u{feff}",
        "\u{10ffff}",
        "a\u{301}".repeat(500).as_str(),
        "\u{fdfd}",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("a{}", "\u{302}\u{323}\u{331}".repeat(3000)));
    texts.push("W".repeat(100_000));
    texts.push("ก็็็็็็็็็็็็็็็็็็็็ ที่สุด".to_owned());
    match fs::read_to_string(Path::new(CORPORA).join("unicode-torture.ndjson")) {
        Ok(rows) => texts.extend(rows.lines().filter_map(|row| {
            Some(
                serde_json::from_str::<Value>(row)
                    .ok()?
                    .get("payload")?
                    .as_str()?
                    .to_owned(),
            )
        })),
        Err(_) => println!("{CORPORA} is not there: only the texts of this file are tried"),
    }
    if let Ok(rows) = fs::read_to_string(Path::new(CORPORA).join("unicode-blns.json")) {
        texts.extend(
            serde_json::from_str::<Vec<String>>(&rows)
                .unwrap()
                .into_iter()
                .step_by(3),
        );
    }
    let blank = cards
        .written(&CardText::of_portal(Lang::Vi, "", ""))
        .pixels()
        .to_vec();
    for (words, lang) in texts.iter().zip([Lang::Vi, Lang::Ja].into_iter().cycle()) {
        let card = CardText {
            site_name: words.clone(),
            section: words.clone(),
            date: words.clone(),
            ..text(lang, words)
        };
        let canvas = cards.written(&card);
        let changed = (0..)
            .zip(canvas.pixels().iter().zip(&blank))
            .filter(|(_, (pixel, blank))| pixel != blank);
        let out: Vec<(u32, u32)> = changed.map(|(at, _)| (at % 1200, at / 1200)).collect();
        let out: Vec<_> = out
            .into_iter()
            .filter(|(x, y)| !SQUARE.contains(x) || *y > 570)
            .collect();
        assert!(
            out.is_empty(),
            "{:?}: {out:?}",
            words.chars().take(40).collect::<String>()
        );
    }
}

#[test]
fn another_sign_and_another_form_give_other_cards() {
    let fonts = || Fonts::of_this_machine().unwrap_or_else(|missing| panic!("{missing}"));
    let svg = |view: &str, inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\">{inside}</svg>")
    };
    let sign = svg("0 0 8 8", "<path fill=\"#00ff00\" d=\"M0 0h8v8H0z\"/>");
    let form = svg(
        "0 0 1200 630",
        "<path fill=\"#ffffff\" d=\"M0 0h1200v630H0z\"/><rect id=\"sign\" x=\"1000\" y=\"10\" width=\"150\" height=\"100\"/>\
         <rect id=\"title\" x=\"100\" y=\"300\" width=\"1000\" height=\"300\" fill=\"#000000\"/>",
    );
    let form = editorial::check::drawings::card("card.svg", form.as_bytes()).unwrap();
    let own = Drawings {
        sign: Some(sign.clone()),
        card: Some(form),
    };
    let card = text(Lang::En, "A title in black");
    let cards = Cards::new(fonts(), &own).unwrap();
    let png = cards.draw(&card);
    let drawn = picture(&png);
    assert_eq!(
        drawn.get_pixel(1075, 60).0,
        [0, 255, 0],
        "the sign, in the middle of its box"
    );
    assert_eq!(
        drawn.get_pixel(1010, 60).0,
        [255, 255, 255],
        "it is as wide as it is high"
    );
    let black: Vec<(u32, u32)> = drawn
        .enumerate_pixels()
        .filter(|(.., pixel)| pixel.0 == [0, 0, 0])
        .map(|(x, y, _)| (x, y))
        .collect();
    assert!(
        black.len() > 2000
            && black
                .iter()
                .all(|&(x, y)| (95..1105).contains(&x) && (300..600).contains(&y))
    );
    let with_sign = Cards::new(
        fonts(),
        &Drawings {
            sign: Some(sign),
            card: None,
        },
    )
    .unwrap();
    let plain = Cards::new(fonts(), &Drawings::default()).unwrap();
    let keys = [cards.key(&card), with_sign.key(&card), plain.key(&card)];
    assert!(
        keys[0] != keys[1] && keys[1] != keys[2],
        "none is taken from the cache for another"
    );
    assert!(with_sign.draw(&card) != plain.draw(&card));
}

#[test]
fn a_card_that_the_cache_has_is_not_drawn_again() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).unwrap();
    let cards = cards();
    let card = text(Lang::Ko, "하이퐁");
    let (first, drawn) = cards.make(&card, &cache);
    assert!(drawn);
    assert!(cards.make(&card, &Cache::open(folder.path()).unwrap()) == (first, false));
    for other in [
        CardText {
            lang: Lang::Ja,
            ..card.clone()
        },
        CardText {
            title: "하이".to_owned(),
            ..card.clone()
        },
        CardText {
            date: String::new(),
            ..card.clone()
        },
        CardText {
            section: format!("{} ", card.section),
            ..card.clone()
        },
    ] {
        assert!(cards.make(&other, &cache).1, "{other:?}");
    }
}

#[test]
fn an_articles_card_has_its_day_and_the_portals_card_its_slogan() {
    let published = Moment::new("2014-09-03T16:10+07:00").unwrap();
    let card = CardText::of_article(Lang::Ja, "ハイフォン対外情報", "港と海", "題", published);
    assert_eq!(card, text(Lang::Ja, "題"));
    let cards = cards();
    let [with, without] = ["Chào thành phố cảng xanh", ""].map(|slogan| {
        cards.draw(&CardText::of_portal(
            Lang::Vi,
            "Thông tin đối ngoại Hải Phòng",
            slogan,
        ))
    });
    assert!(title(&with) == title(&without) && with != without);
}

#[test]
fn cards_are_written_to_their_paths() {
    let folder = tempfile::tempdir().unwrap();
    let output = Output::begin(
        &folder.path().join("site"),
        crate::output::WriteOptions::default(),
    )
    .unwrap();
    let cards = cards();
    let items: Vec<(String, CardText)> = TITLES
        .map(|(lang, words)| {
            (
                format!("cards/{}/port/a.png", lang.tag()),
                text(lang, words),
            )
        })
        .to_vec();
    for (path, card) in items {
        assert_eq!(
            cards
                .write(path.clone(), &card, &Cache::none(), &output)
                .unwrap(),
            UnitState::Written
        );
        assert!(output.read(&path).unwrap() == cards.draw(&card), "{path}");
    }
}

#[test]
fn fonts_that_are_missing_are_named_with_what_installs_them() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("NotoSans-Regular.ttf"), "no font").unwrap();
    let missing =
        Fonts::in_folders(&[folder.path().to_owned(), PathBuf::from("nowhere")]).unwrap_err();
    assert_eq!(
        missing.families,
        [
            "Noto Sans",
            "Noto Sans CJK KR",
            "Noto Sans CJK JP",
            "Noto Sans CJK SC"
        ]
    );
    let text = missing.to_string();
    for package in [
        "fonts-noto-core fonts-noto-cjk",
        "google-noto-sans-fonts",
        "noto-fonts-cjk",
        "font-noto-sans-cjk",
    ] {
        assert!(text.contains(package), "{text}");
    }
}
