//! Places that were renamed after an article was published that names them.

use editorial::content::RenamedPlace;
use model::{Lang, Moment, Renamed};
use unicode_normalization::char::is_combining_mark;

/// The places that were renamed after `published`.
pub(super) fn changed_since(
    places: &[RenamedPlace],
    published: Moment,
    lang: Lang,
) -> impl Iterator<Item = Renamed> {
    let later = places
        .iter()
        .filter(move |place| published.minutes() < place.since.minutes());
    later.map(move |place| in_language(place, lang))
}

/// A place in a language.
pub(super) fn in_language(place: &RenamedPlace, lang: Lang) -> Renamed {
    Renamed {
        former: place.former.get(lang).clone(),
        present: place.present.get(lang).clone(),
        since: place.since,
        link: place.link.clone(),
    }
}

/// The renamed places that the text names, in the order of the table, each name once.
pub(super) fn named(
    places: &[RenamedPlace],
    published: Moment,
    lang: Lang,
    lines: &[String],
) -> Vec<Renamed> {
    let mut found: Vec<Renamed> = Vec::new();
    for place in changed_since(places, published, lang) {
        let is_new = !found.iter().any(|known| known.former == place.former);
        if is_new && lines.iter().any(|line| has_name(line, &place.former, lang)) {
            found.push(place);
        }
    }
    found
}

/// Whether a text has a name. Where spaces separate words, the name must be whole words. In Korean,
/// where particles follow a name, in Japanese and in Chinese it may be anywhere. Case counts,
/// because `Hải Dương` is a province and `hải dương` the ocean; only the first letter may be a
/// capital, at the beginning of a sentence.
fn has_name(text: &str, name: &str, lang: Lang) -> bool {
    if lang.is_wide() {
        return text.contains(name);
    }
    let mut letters = name.chars();
    let capital: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    [name, &capital].into_iter().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let inside =
                |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c));
            !inside(text[..at].chars().next_back())
                && !inside(text[at + name.len()..].chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_whole_words_where_there_are_spaces() {
        for (text, name, found) in [
            ("tỉnh Hải Dương, xưa", "Hải Dương", true),
            ("Hải Dương", "Hải Dương", true),
            ("Viện Hải dương học", "Hải Dương", false),
            ("vùng hải dương", "Hải Dương", false),
            ("Hải Dươngg", "Hải Dương", false),
            ("THải Dương", "Hải Dương", false),
            ("(Hải Dương–Hải Phòng)", "Hải Dương", true),
            ("Huyện Cát Hải", "huyện Cát Hải", true),
            ("huyện Cát Hải", "huyện Cát Hải", true),
            ("HUYỆN CÁT HẢI", "huyện Cát Hải", false),
            ("", "Hải Dương", false),
        ] {
            assert_eq!(has_name(text, name, Lang::Vi), found, "{text}");
        }
        assert!(has_name("Hai Duong’s lychees", "Hai Duong", Lang::En));
        assert!(!has_name("Hai Duongs", "Hai Duong", Lang::En));
    }

    #[test]
    fn a_name_is_found_anywhere_where_there_are_none() {
        assert!(has_name("옛 하이즈엉성은", "하이즈엉", Lang::Ko));
        assert!(has_name("旧ハイズオン省の村", "ハイズオン省", Lang::Ja));
        assert!(has_name("原海阳省某乡", "海阳省", Lang::ZhHans));
        assert!(!has_name("原海防市", "海阳省", Lang::ZhHans));
    }
}
