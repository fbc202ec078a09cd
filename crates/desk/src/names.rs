//! The names of the glossary in a document: which spellings are wrong, and what a name of the original
//! is called in the language of a translation.

use crate::form;
use crate::place::Place;
use crate::pointer::Pointer;
use editorial::content::glossary::Glossary;
use model::Lang;
use serde::Serialize;
use serde_json::Value;

/// A wrong spelling, with the right one.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The text that it stands in.
    pub at: Pointer,
    /// The spelling.
    pub wrong: String,
    /// What to write.
    pub right: String,
}

/// A name in two languages.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// As the original has it.
    pub there: String,
    /// As the translation should have it.
    pub here: String,
}

/// The wrong spellings in a document.
pub fn offers(glossary: &Glossary, place: &Place, document: &Value) -> Vec<Offer> {
    // In the glossary, wrong spellings are where they belong.
    if glossary.is_empty() || *place == Place::Glossary {
        return Vec::new();
    }
    let mut offers: Vec<Offer> = Vec::new();
    for at in form::words(place.kind(), document) {
        let text = document.pointer(&at.to_string()).and_then(Value::as_str);
        let (Some(text), Some(lang)) = (text, lang_of(place, &at)) else {
            continue;
        };
        for found in glossary.mentions(lang, text) {
            let right = glossary.right(found.name, lang).filter(|_| !found.is_right);
            let offer = right.map(|right| Offer {
                at: at.clone(),
                wrong: text[found.range].to_owned(),
                right: right.to_owned(),
            });
            offers.extend(offer.filter(|offer| !offers.contains(offer)));
        }
    }
    offers
}

/// A text with the right spelling wherever it has a wrong one. What only looks like it, such as a part of
/// another word or of an address, stays.
pub fn mended(glossary: &Glossary, place: &Place, at: &Pointer, text: &str, wrong: &str) -> String {
    let mut mended = text.to_owned();
    let Some(lang) = lang_of(place, at) else {
        return mended;
    };
    let found = glossary.mentions(lang, text).into_iter().rev();
    for found in found.filter(|found| !found.is_right && &text[found.range.clone()] == wrong) {
        if let Some(right) = glossary.right(found.name, lang) {
            mended.replace_range(found.range, right);
        }
    }
    mended
}

/// The names in a text, each with its form in another language.
pub fn pairs(glossary: &Glossary, text: &str, original: Lang, lang: Lang) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for found in glossary.mentions(original, text) {
        let here = glossary.right(found.name, lang);
        let there = glossary.right(found.name, original);
        let pair = there.zip(here).map(|(there, here)| Pair {
            there: there.to_owned(),
            here: here.to_owned(),
        });
        pairs.extend(pair.filter(|pair| !pairs.contains(pair)));
    }
    pairs
}

/// The language of a text: that of its document, or of the map that it stands in.
fn lang_of(place: &Place, at: &Pointer) -> Option<Lang> {
    match place {
        Place::Version(_, _, lang) | Place::Standing(_, lang) => Some(*lang),
        _ => at
            .parts()
            .iter()
            .rev()
            .find_map(|part| Lang::from_tag(part)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Checked;
    use serde_json::json;
    use std::fs;

    fn glossary() -> Glossary {
        let content = tempfile::tempdir().unwrap();
        fs::write(
            content.path().join("glossary.json"),
            r#"{ "names": [{ "right": { "vi": "Hải Phòng", "ko": "하이퐁" }, "wrong": { "ko": ["하이풍"], "vi": ["Hải phòng"] } }] }"#,
        )
        .unwrap();
        let checked = Checked::all(content.path(), None).unwrap();
        checked.glossary().clone()
    }

    #[test]
    fn a_wrong_spelling_is_offered_the_right_one_where_it_stands() {
        let place = Place::parse("articles/port/a/ko").unwrap();
        let document = json!({ "lead": "하이풍 하이풍", "body": [{ "paragraph": "하이퐁" }, { "list": ["하이풍은"] }] });
        let offers = offers(&glossary(), &place, &document);
        let at: Vec<String> = offers.iter().map(|offer| offer.at.to_string()).collect();
        assert_eq!(at, ["/lead", "/body/1/list/0"]);
        assert_eq!(offers[0].right, "하이퐁");
    }

    #[test]
    fn only_what_is_misspelled_is_mended() {
        let place = Place::parse("articles/port/a/ko").unwrap();
        let at = Pointer::parse("/lead").unwrap();
        let text = "**하이풍**에서 [하이풍](https://a.example/하이풍/), 신하이풍";
        assert_eq!(
            mended(&glossary(), &place, &at, text, "하이풍"),
            "**하이퐁**에서 [하이퐁](https://a.example/하이풍/), 신하이풍"
        );
        assert_eq!(mended(&glossary(), &place, &at, text, "없음"), text);
    }

    #[test]
    fn a_map_by_languages_knows_its_language() {
        let document = json!({ "names": { "vi": "Cổng Hải phòng", "en": "Hải phòng" } });
        let offers = offers(&glossary(), &Place::Site, &document);
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].at.to_string(), "/names/vi");
        assert!(super::offers(&glossary(), &Place::Glossary, &document).is_empty());
    }

    #[test]
    fn a_name_is_known_in_the_other_language() {
        let found = pairs(&glossary(), "Ở Hải Phòng, Hải Phòng", Lang::Vi, Lang::Ko);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].here, "하이퐁");
        assert!(pairs(&glossary(), "Ở Hải Phòng", Lang::Vi, Lang::Ja).is_empty());
    }
}
