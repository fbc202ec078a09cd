//! Several languages within one text, as qTranslate and its successors write them: `[:vi]…[:en]…[:]`,
//! `<!--:vi-->…<!--:-->`, `{:vi}…{:}`, and `[trp_language language="vi"]…[/trp_language]` of
//! `TranslatePress`.

use model::Lang;

/// The language that a plug-in's code stands for; `None` where this portal has none of it.
pub(crate) fn language_of(code: &str) -> Option<Lang> {
    let code = code.trim().to_ascii_lowercase().replace('_', "-");
    let (first, rest) = code.split_once('-').unwrap_or((&code, ""));
    match (first, rest) {
        ("zh" | "cn", "" | "cn" | "hans" | "sg" | "hans-cn") => Some(Lang::ZhHans),
        // `uk` is Ukrainian to plug-ins.
        ("zh" | "cn" | "uk" | "us", _) => None,
        _ => Lang::from_alias(first),
    }
}

/// Codes of languages that WordPress sites have and this portal has not.
const OTHERS: [&str; 33] = [
    "fr", "de", "ru", "es", "it", "pt", "pt-br", "pt-pt", "nl", "pl", "uk", "tr", "ar", "hi", "id",
    "ms", "th", "lo", "km", "my", "tw", "hk", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "sv", "da",
    "fi", "nb", "cs", "hu", "el",
];

/// Whether a text is the code of a language, of this portal or of another.
pub(crate) fn is_code(text: &str) -> bool {
    let code = text.to_ascii_lowercase().replace('_', "-");
    language_of(&code).is_some() || OTHERS.contains(&code.as_str())
}

/// A piece of a text: its language, where it has one, and its words.
type Piece<'a> = (Option<&'a str>, &'a str);

/// The forms of a mark: its beginning and its end.
const FORMS: [(&str, &str); 4] = [
    ("[:", "]"),
    ("<!--:", "-->"),
    ("{:", "}"),
    ("[trp_language language=", "]"),
];

/// The end of the mark of `TranslatePress`.
const END: &str = "[/trp_language]";

/// The first mark of a text: where it begins and ends, and its code, which is empty where it ends a
/// language.
fn mark(text: &str) -> Option<(usize, usize, &str)> {
    let of_form = |(begin, end): &(&str, &str)| {
        text.match_indices(begin).find_map(|(at, _)| {
            let inside = &text[at + begin.len()..];
            let near = inside
                .char_indices()
                .nth(20)
                .map_or(inside.len(), |(at, _)| at);
            let length = inside[..near].find(end)?;
            let code = inside[..length].trim_matches(['"', '\'', ' ']);
            let is_mark = code.is_empty() || is_code(code);
            is_mark.then_some((at, at + begin.len() + length + end.len(), code))
        })
    };
    let ends = text.find(END).map(|at| (at, at + END.len(), ""));
    FORMS
        .iter()
        .filter_map(of_form)
        .chain(ends)
        .min_by_key(|(at, ..)| *at)
}

/// The pieces of a text. A text without a language has one.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut code) = (text, None);
    while let Some((begin, end, next)) = mark(rest) {
        pieces.push((code, &rest[..begin]));
        code = Some(next).filter(|next| !next.is_empty());
        rest = &rest[end..];
    }
    pieces.push((code, rest));
    // The marks that end a language mean nothing where none begins.
    if pieces.iter().all(|(code, _)| code.is_none()) {
        return vec![(None, text)];
    }
    pieces
}

/// The codes of the languages in some texts, each once, in their order.
pub(crate) fn codes<'a>(texts: &[&'a str]) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for (code, _) in texts.iter().flat_map(|text| pieces(text)) {
        if let Some(code) = code.filter(|code| !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes
}

/// What a text says in the language of a code: its own words, and those of no language.
pub(crate) fn in_code(text: &str, code: &str) -> String {
    chosen(text, |own| own.eq_ignore_ascii_case(code))
}

/// What a text says in a language. A text without languages is the same in all.
pub(crate) fn in_language(text: &str, lang: Lang) -> String {
    chosen(text, |own| language_of(own) == Some(lang))
}

fn chosen(text: &str, is_own: impl Fn(&str) -> bool) -> String {
    let is_own = |(code, _): &Piece<'_>| code.is_none_or(&is_own);
    pieces(text)
        .into_iter()
        .filter(is_own)
        .map(|(_, words)| words)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_of_a_text_is_read_in_every_form() {
        for text in [
            "[:vi]Cảng[:en]Port[:zh-hant]港[:] 2019",
            "<!--:vi-->Cảng<!--:--><!--:en-->Port<!--:--><!--:zh-hant-->港<!--:--> 2019",
            "{:vi}Cảng{:}{:en}Port{:}{:zh-hant}港{:} 2019",
            "[trp_language language=\"vi\"]Cảng[/trp_language][trp_language language=en]Port[/trp_language][trp_language language='zh-hant']港[/trp_language] 2019",
        ] {
            assert_eq!(codes(&[text]), ["vi", "en", "zh-hant"], "{text}");
            assert_eq!(in_code(text, "en"), "Port 2019");
            assert_eq!(in_language(text, Lang::Vi), "Cảng 2019");
            assert_eq!(in_language(text, Lang::Ko), " 2019");
        }
    }

    #[test]
    fn a_text_without_languages_stays_as_it_is() {
        for text in ["", "[:] a {:} [:xx]", "{: x }", "[caption] <!--more--> [:"] {
            assert_eq!(codes(&[text]), Vec::<&str>::new());
            assert_eq!(in_language(text, Lang::Vi), text);
        }
    }

    #[test]
    fn codes_of_plug_ins_are_read() {
        for (code, lang) in [
            ("vi", Some(Lang::Vi)),
            ("en_US", Some(Lang::En)),
            ("ko-KR", Some(Lang::Ko)),
            ("zh-hans", Some(Lang::ZhHans)),
            ("zh_CN", Some(Lang::ZhHans)),
            ("zh-hant", None),
            ("zh_TW", None),
            ("uk", None),
            ("fr", None),
        ] {
            assert_eq!(language_of(code), lang, "{code}");
        }
    }
}
