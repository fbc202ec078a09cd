//! Names for addresses, proposed from a title in any language of the portal.

use any_ascii::any_ascii;
use import::{UniqueSlugs, fold};
use model::{Lang, Slug};

/// A slug for a title. Where the title says nothing in Latin letters, `otherwise` is taken. One that
/// is taken already gets a number.
pub fn propose(
    title: &str,
    lang: Lang,
    otherwise: &Slug,
    is_taken: impl Fn(&Slug) -> bool,
) -> Slug {
    let wanted = fold(&spelled(title, lang)).unwrap_or_else(|| otherwise.clone());
    UniqueSlugs::default().take(&wanted, is_taken)
}

/// A title in Latin letters.
fn spelled(title: &str, lang: Lang) -> String {
    match lang {
        // `fold` knows what becomes of Latin letters with marks.
        Lang::Vi | Lang::En => title.to_owned(),
        Lang::Ja => japanese(title),
        Lang::Ko => any_ascii(title),
        Lang::ZhHans => title
            .chars()
            .map(|c| {
                if is_han(c) {
                    format!(" {}", any_ascii(&c.to_string()))
                } else {
                    c.to_string()
                }
            })
            .collect(),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30ff}')
}

/// A Japanese title. How its Chinese characters are read, no table of characters knows, and without
/// them the endings say nothing; so only words in katakana and Latin letters are spelled.
fn japanese(title: &str) -> String {
    let mut text = String::new();
    let mut is_doubled = false;
    for c in title.chars() {
        match c {
            'ー' => {}
            'ッ' => is_doubled = true,
            'ャ' | 'ュ' | 'ョ' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' => contract(&mut text, c),
            c if is_katakana(c) => {
                let sound = any_ascii(&c.to_string()).to_lowercase();
                text.extend(sound.chars().next().filter(|_| is_doubled));
                text.push_str(&sound);
                is_doubled = false;
            }
            c if c.is_ascii() => text.push(c),
            _ => text.push(' '),
        }
    }
    text
}

/// Adds a small kana, which makes one sound with the one before it: フ and ォ are `fo`.
fn contract(text: &mut String, small: char) {
    let (vowel, glides) = match small {
        'ャ' => ('a', true),
        'ュ' => ('u', true),
        'ョ' => ('o', true),
        'ァ' => ('a', false),
        'ィ' => ('i', false),
        'ゥ' => ('u', false),
        'ェ' => ('e', false),
        _ => ('o', false),
    };
    if text.ends_with(['a', 'i', 'u', 'e', 'o']) {
        text.pop();
    }
    if glides && !text.ends_with(['h', 'j']) {
        text.push('y');
    }
    text.push(vowel);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_any_language_gives_a_name() {
        let otherwise = Slug::new("port-2026-11-30").unwrap();
        for (lang, title, slug) in [
            (Lang::Vi, "Hồ Tam Bạc vào thu", "ho-tam-bac-vao-thu"),
            (
                Lang::En,
                "The bridge opens: “on time”",
                "the-bridge-opens-on-time",
            ),
            (Lang::Ko, "하이퐁 항만", "haipong-hangman"),
            (Lang::ZhHans, "海防港", "hai-fang-gang"),
            (
                Lang::Ja,
                "ハイフォンの新しいコンテナ・ショップ",
                "haifon-kontena-shoppu",
            ),
            (Lang::Ja, "カットバの写真 2026", "kattoba-2026"),
            (Lang::Ja, "港湾都市", "port-2026-11-30"),
            (Lang::Vi, "…", "port-2026-11-30"),
            (Lang::En, "con", "port-2026-11-30"),
        ] {
            let proposed = propose(title, lang, &otherwise, |_| false);
            assert_eq!(proposed.as_str(), slug, "{title}");
        }
        let taken = |slug: &Slug| slug.as_str() == "a";
        assert_eq!(propose("A", Lang::En, &otherwise, taken).as_str(), "a-2");
    }
}
