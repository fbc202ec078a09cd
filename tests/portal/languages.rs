//! A page is in one language: text in another one is marked as such, and exceptions (names, units,
//! file types) are in a reviewed list.

use crate::published::{Published, sample};
use model::Lang;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// The attributes that are read out or shown, including those of heads that are shown elsewhere.
const SPOKEN: [&str; 7] = [
    "alt",
    "aria-label",
    "aria-description",
    "title",
    "placeholder",
    "label",
    "content",
];

/// Words in Latin script in every language: names, units, file types, the tabs' labels.
const NAMES: &str = include_str!("languages/names.txt");

/// Words in Vietnamese texts that are not Vietnamese syllables: names and loanwords.
const VIETNAMESE: &str = include_str!("languages/vietnamese.txt");

/// The words of a list: one to a line, `#` begins a remark.
fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|word| !word.is_empty())
}

/// A text without tokens that belong to no language: addresses, mailboxes, numbers of laws,
/// placeholders.
fn without_codes(text: &str) -> String {
    let is_code = |word: &str| {
        let host = word.split('/').next().unwrap_or_default();
        let dotted = host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty());
        let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        word.contains("://")
            || word.contains('@')
            || (dotted
                && host.split('.').all(letters)
                && host.chars().any(|c| c.is_ascii_alphabetic()))
            || (word.contains('/') && word.starts_with(|c: char| c.is_ascii_digit()))
    };
    let breaks = |c: char| {
        c.is_whitespace()
            || "()[]“”‘’\"'「」『』《》、，。；：！？,;!?".contains(c)
            || !is_latin_or_sign(c)
    };
    let mut kept = String::new();
    let mut rest = text.to_owned();
    while let Some((before, after)) = rest.split_once('{') {
        kept.push_str(before);
        rest = after
            .split_once('}')
            .map_or(String::new(), |(_, after)| after.to_owned());
    }
    kept.push_str(&rest);
    kept.split(breaks)
        .map(|word| word.trim_end_matches(['.', ':']))
        .filter(|word| !is_code(word))
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || ('\u{c0}'..='\u{24f}').contains(&c)
        || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

fn is_latin_or_sign(c: char) -> bool {
    is_latin(c) || c.is_ascii_digit() || c.is_ascii_punctuation()
}

/// The Latin words of a text.
fn latin_words(text: &str) -> Vec<String> {
    let text = without_codes(text);
    let words = text
        .split(|c: char| !is_latin(c))
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a word could be a Vietnamese syllable without a mark. Syllables that end in c, ch, p or
/// t always have a mark, so “that” or “not” is none.
fn can_be_vietnamese(word: &str) -> bool {
    const ONSETS: [&str; 27] = [
        "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
        "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
    ];
    const RHYMES: [&str; 55] = [
        "a", "ai", "am", "an", "ang", "anh", "ao", "au", "ay", "e", "em", "en", "eng", "eo", "i",
        "ia", "im", "in", "inh", "iu", "o", "oa", "oai", "oam", "oan", "oang", "oanh", "oay", "oe",
        "oen", "oeo", "oi", "om", "on", "ong", "oong", "u", "ua", "uan", "uang", "uanh", "uay",
        "ui", "um", "un", "ung", "uy", "uya", "uyn", "uynh", "uyu", "y", "ya", "yn", "ynh",
    ];
    let word = word.to_lowercase();
    ONSETS.iter().any(|onset| {
        word.strip_prefix(onset)
            .is_some_and(|rhyme| RHYMES.contains(&rhyme))
    })
}

/// Whether a Latin word belongs to another language than this one.
fn is_foreign(word: &str, lang: Lang) -> bool {
    let known = |list: &'static str| listed(list).any(|name| name == word);
    match lang {
        Lang::En => false,
        Lang::Vi => {
            let marked = !word.is_ascii();
            let short = word.chars().count() == 1;
            !marked && !short && !can_be_vietnamese(word) && !known(NAMES) && !known(VIETNAMESE)
        }
        // A single letter is a label: a person A, the points of a list.
        _ => word.chars().count() > 1 && !known(NAMES),
    }
}

/// The first character of a script that a language is not written in.
fn foreign_script(text: &str, lang: Lang) -> Option<char> {
    let hangul =
        |c: char| ('\u{1100}'..='\u{11ff}').contains(&c) || ('\u{ac00}'..='\u{d7a3}').contains(&c);
    let kana = |c: char| ('\u{3041}'..='\u{30fa}').contains(&c);
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    text.chars().find(|&c| match lang {
        Lang::Vi | Lang::En => hangul(c) || kana(c) || han(c),
        Lang::Ko => kana(c),
        Lang::Ja => hangul(c),
        Lang::ZhHans => hangul(c) || kana(c),
    })
}

/// The words and the first script of a text that are foreign to a language.
fn residue(text: &str, lang: Lang) -> Vec<String> {
    let words = latin_words(text)
        .into_iter()
        .filter(|word| is_foreign(word, lang));
    words
        .chain(foreign_script(text, lang).map(|c| c.to_string()))
        .collect()
}

/// The number of texts of a site, and each foreign word with the first page and text that has it.
fn residue_of(site: &Published) -> (usize, BTreeMap<(Lang, String), String>) {
    let (mut texts, mut found) = (0, BTreeMap::new());
    for (file, page) in site.pages() {
        let Some(lang) = Lang::from_tag(file.split('/').next().unwrap_or_default()) else {
            continue;
        };
        let of_head = page.named("meta").into_iter().filter(|meta| {
            let name = meta
                .attribute("name")
                .or(meta.attribute("property"))
                .unwrap_or_default();
            [
                "description",
                "og:title",
                "og:description",
                "og:site_name",
                "og:image:alt",
            ]
            .contains(&name.as_str())
        });
        let of_head = of_head.filter_map(|meta| meta.attribute("content"));
        let body = page
            .named("body")
            .into_iter()
            .chain(page.named("title"))
            .flat_map(|part| part.localised_texts(&SPOKEN));
        // Text without a language of its own is in the page's.
        let own = body
            .filter(|(tag, _)| tag.is_empty() || tag == lang.tag())
            .map(|(_, text)| text);
        for text in own.chain(of_head) {
            texts += 1;
            for word in residue(&text, lang) {
                found
                    .entry((lang, word))
                    .or_insert_with(|| format!("{file}: {}", text.trim()));
            }
        }
    }
    (texts, found)
}

fn lines(found: BTreeMap<(Lang, String), String>) -> Vec<String> {
    found
        .into_iter()
        .map(|((lang, word), place)| format!("{}: {word} in {place}", lang.tag()))
        .collect()
}

#[test]
fn no_page_has_words_of_another_language() {
    let (texts, found) = residue_of(sample());
    assert!(texts > 5_000, "only {texts} texts were read");
    let found = lines(found);
    assert!(
        found.is_empty(),
        "{} words; those that are right stand in tests/portal/languages/:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Includes the words that no prerendered page has, such as messages about slow and failed loads.
#[test]
fn no_word_of_the_interface_is_of_another_language() {
    fn texts(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
            Value::Object(values) => values.values().for_each(|value| texts(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    for lang in Lang::ALL {
        let file = format!("locales/{}.json", lang.tag());
        let words = fs::read(format!("{}/{file}", crate::ROOT)).unwrap();
        let mut said = Vec::new();
        texts(&serde_json::from_slice(&words).unwrap(), &mut said);
        assert!(said.len() > 60, "{file} has only {} texts", said.len());
        for text in said {
            found.extend(
                residue(&text, lang)
                    .into_iter()
                    .map(|word| ((lang, word), format!("{file}: {text}"))),
            );
        }
    }
    assert_eq!(lines(found), Vec::<String>::new());
}

#[test]
fn a_word_that_was_left_in_another_language_is_noticed() {
    for (lang, text, expected) in [
        (Lang::Vi, "Chia sẻ bài viết này: Share", vec!["Share"]),
        (Lang::Vi, "Bài viết của the city", vec!["city"]),
        (
            Lang::Vi,
            "Hải Phòng có cảng sâu, tin mới nhất hôm nay",
            vec![],
        ),
        (
            Lang::Vi,
            "Xem https://haiphong.gov.vn/home hoặc head@haiphong.example, theo 42/2022/NĐ-CP",
            vec![],
        ),
        (Lang::Ko, "하이퐁 Port 소식", vec!["Port"]),
        (Lang::Ko, "하이퐁の港", vec!["の"]),
        (Lang::Ja, "ハイフォンのHòn港", vec!["Hòn"]),
        (Lang::Ja, "閲覧 {n}回", vec![]),
        (Lang::ZhHans, "阅读 more", vec!["more"]),
        (Lang::En, "The port 항구", vec!["항"]),
    ] {
        assert_eq!(residue(text, lang), expected, "{text}");
    }
    // The same in a page, in texts and attributes. Text that is marked as another language keeps
    // that language.
    let page = crate::tree::page(
        "<title>t</title><body><p>p<a lang=en title=en>en</a><img alt=alt><script>s</script>\
         <button aria-label=label><span lang=ko>ko</span>b</button></p>",
    );
    let said: Vec<String> = page
        .localised_texts(&SPOKEN)
        .into_iter()
        .map(|(lang, text)| format!("{lang}:{text}"))
        .collect();
    assert_eq!(
        said,
        [
            ":t", ":p", "en:en", "en:en", ":alt", ":label", "ko:ko", ":b"
        ]
    );
}
