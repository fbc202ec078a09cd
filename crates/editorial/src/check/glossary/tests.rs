use super::*;
use crate::json;

fn glossary() -> Glossary {
    let text = r#"{ "names": [
        { "right": { "vi": "Hải Phòng", "en": "Hải Phòng", "ko": "하이퐁", "ja": "ハイフォン", "zh-Hans": "海防" },
          "wrong": { "en": ["Haiphong", "Hai Phong"], "ko": ["하이풍"], "ja": ["ハイフォン市市"] } },
        { "right": { "vi": "Cảng Hải Phòng", "en": "Port of Hải Phòng" }, "wrong": { "en": ["Haiphong Port"] } },
        { "right": { "en": "Haiphong Port Holding" } }
    ] }"#;
    let mut findings = Findings::default();
    let glossary = read(&mut findings, text);
    assert!(findings.problems.is_empty(), "{:?}", findings.problems);
    glossary
}

fn read(findings: &mut Findings, text: &str) -> Glossary {
    let mut reading = json::read::<authored::glossary::Glossary>("glossary.json", text.as_bytes());
    findings.add_all(reading.problems.drain(..));
    let authored = reading.value.take().unwrap();
    check_glossary(findings, reading.root(), authored)
}

fn wrong(lang: Lang, text: &str) -> Vec<String> {
    let mentions = glossary().mentions(lang, text);
    mentions
        .into_iter()
        .filter(|found| !found.is_right)
        .map(|found| text[found.range].to_owned())
        .collect()
}

#[test]
fn wrong_spellings_are_found_as_whole_words() {
    assert_eq!(
        wrong(Lang::En, "In Haiphong, Hai Phong's port"),
        ["Haiphong", "Hai Phong"]
    );
    assert_eq!(wrong(Lang::En, "**Haiphong**"), ["Haiphong"]);
    assert_eq!(
        wrong(Lang::En, "Haiphongese and xHaiphong"),
        Vec::<String>::new()
    );
    assert_eq!(wrong(Lang::Ko, "하이풍에서"), ["하이풍"]);
    assert_eq!(wrong(Lang::Ko, "신하이풍"), Vec::<String>::new());
    assert_eq!(wrong(Lang::Ja, "はハイフォン市市の"), ["ハイフォン市市"]);
}

#[test]
fn addresses_are_no_words() {
    for text in [
        "see https://a.example/Haiphong for it",
        "see [it](https://a.example/Hai-Phong/Haiphong)",
        "write to Haiphong@a.example",
        "Haiphong.gov.vn",
        "<https://Haiphong.example/Hai>",
        "(www.Haiphong.example/x)",
    ] {
        assert_eq!(wrong(Lang::En, text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        wrong(Lang::En, "[Haiphong](https://a.example/)"),
        ["Haiphong"]
    );
    assert_eq!(wrong(Lang::En, "See Haiphong. Then"), ["Haiphong"]);
}

#[test]
fn a_longer_name_hides_what_stands_in_it() {
    assert_eq!(wrong(Lang::En, "the Haiphong Port"), ["Haiphong Port"]);
    assert_eq!(
        wrong(Lang::En, "the Haiphong Port Holding"),
        Vec::<String>::new()
    );
    let mentions = glossary().mentions(Lang::Vi, "Cảng Hải Phòng");
    assert_eq!(mentions.len(), 1);
    assert_eq!(mentions[0].name, 1);
}

/// The messages about a translation of an original.
fn compared(original: &str, translation: &str) -> Vec<String> {
    let mut findings = Findings::default();
    let there = json::read::<serde_json::Value>("vi.json", original.as_bytes());
    let here = json::read::<serde_json::Value>("en.json", translation.as_bytes());
    compare(
        &glossary(),
        &mut findings,
        (Lang::Vi, there.root()),
        (Lang::En, here.root()),
    );
    findings
        .warnings
        .iter()
        .map(|problem| {
            let at = problem.location.as_ref().map(|location| location.column);
            format!("{}: {}", at.unwrap_or_default(), problem.message)
        })
        .collect()
}

#[test]
fn a_translation_without_a_name_of_its_original_gets_a_hint_at_its_place() {
    let original = r#"{"lead":"Ở Hải Phòng","body":[{"paragraph":"Cảng Hải Phòng"}]}"#;
    assert_eq!(
        compared(
            original,
            r#"{"lead":"In the city","body":[{"paragraph":"The port"}]}"#
        ),
        [
            "9: the original names \"Hải Phòng\", and this text does not",
            "44: the original names \"Cảng Hải Phòng\", and this text does not"
        ]
    );
    let whole = r#"{"lead":"the port of hải phòng is in HẢI PHÒNG","body":[]}"#;
    assert_eq!(compared(original, whole), Vec::<String>::new());
    // A wrong spelling has its own message.
    let misspelled = r#"{"lead":"Haiphong Port, Haiphong","body":[]}"#;
    assert_eq!(compared(original, misspelled), Vec::<String>::new());
}

#[test]
fn a_spelling_is_right_or_wrong_and_there_once() {
    for (text, message) in [
        (
            r#"{"names":[{"right":{"vi":"A"}},{"right":{"vi":"A"}}]}"#,
            "there twice",
        ),
        (
            r#"{"names":[{"right":{"vi":"A"},"wrong":{"vi":["A"]}}]}"#,
            "both a right and a wrong",
        ),
        (r#"{"names":[{"right":{}}]}"#, "in no language"),
        (r#"{"names":[{"right":{"vi":" "}}]}"#, "is empty"),
        (
            r#"{"names":[{"right":{"vi":"A"},"wrong":{"en":["B"]}}]}"#,
            "no right spelling",
        ),
    ] {
        let mut findings = Findings::default();
        read(&mut findings, text);
        assert_eq!(findings.problems.len(), 1, "{text}");
        assert!(
            findings.problems[0].message.contains(message),
            "{:?}",
            findings.problems
        );
    }
    assert_eq!(Glossary::default().hash(), 0);
    assert_ne!(glossary().hash(), 0);
}
