//! Texts whose letters are not those of the language that nothing but a default gives them.

use crate::html;
use crate::wxr::Item;
use model::Lang;
use unicode_script::{Script, UnicodeScript};

/// The most characters that are looked at.
const MOST: usize = 4_000;

/// Why a text is not in a language, as its letters say; `None` where they agree.
pub(crate) fn doubt(item: &Item, lang: Lang) -> Option<String> {
    let text = if item.content.trim().is_empty() {
        &item.title
    } else {
        &item.content
    };
    let text: String = text.chars().take(MOST).collect();
    let words = html::words(&text);
    let mut counts = [0_usize; 4];
    for c in words.chars().filter(|c| c.is_alphabetic()) {
        let place = match c.script() {
            Script::Latin => 0,
            Script::Hangul => 1,
            Script::Hiragana | Script::Katakana => 2,
            Script::Han => 3,
            _ => continue,
        };
        counts[place] += 1;
    }
    let [latin, korean, kana, han] = counts;
    let all = latin + korean + kana + han;
    if all < 4 {
        return None;
    }
    let mostly = |count: usize| count * 5 >= all * 4;
    let what = match lang {
        Lang::Vi | Lang::En if mostly(korean) => "it is in Korean letters",
        Lang::Vi | Lang::En if mostly(kana + han) && kana > 0 => "it is in Japanese letters",
        Lang::Vi | Lang::En if mostly(han) => "it is in Chinese characters",
        Lang::Ko if mostly(latin) || mostly(kana + han) => "it is not in Korean letters",
        Lang::Ja if mostly(latin) || mostly(korean) => "it is not in Japanese letters",
        Lang::ZhHans if mostly(latin) || mostly(korean) || kana * 10 >= all => {
            "it is not in Chinese characters"
        }
        _ => return None,
    };
    Some(what.to_owned())
}
