//! Citations of articles, in the form of each language.

use super::format::date;
use super::words::{Words, words};
use model::{Lang, Moment};

/// The facts that a citation needs.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The author, where one is named.
    pub author: Option<&'a str>,
    /// The article's title.
    pub title: &'a str,
    /// The portal's name.
    pub site: &'a str,
    /// The moment of publication.
    pub published: Moment,
    /// The article's full address.
    pub address: &'a str,
}

/// A citation in the language's order and with its quotation marks. Quotation marks inside the
/// title become the language's nested ones.
pub fn citation(cited: &Cited, lang: Lang) -> String {
    let words = words(lang);
    let marks: Vec<char> = words.citation_marks.chars().collect();
    let inner = |c: char| {
        marks
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
    };
    let title: String = cited.title.chars().map(inner).collect();
    let pattern = if cited.author.is_some() {
        words.citation
    } else {
        words.citation_unsigned
    };
    Words::fill(
        pattern,
        &[
            ("author", cited.author.unwrap_or_default()),
            ("title", &title),
            ("site", cited.site),
            ("date", &date(cited.published, lang)),
            ("address", cited.address),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cite(author: Option<&str>, title: &str, site: &str, lang: Lang) -> String {
        let published = Moment::new("2014-09-03T16:10+07:00").unwrap();
        let address = "https://p.example/a/";
        citation(
            &Cited {
                author,
                title,
                site,
                published,
                address,
            },
            lang,
        )
    }

    #[test]
    fn a_citation_is_written_as_each_language_writes_it() {
        for (lang, author, title, site, expected) in [
            (
                Lang::Vi,
                "Minh Hảo",
                "“Cảng xanh” đón tàu",
                "Thông tin đối ngoại",
                "Minh Hảo, “‘Cảng xanh’ đón tàu”, Thông tin đối ngoại, 03/09/2014, https://p.example/a/",
            ),
            (
                Lang::En,
                "Minh Hao",
                "A “green” port’s year",
                "External Information",
                "Minh Hao, “A ‘green’ port’s year”, External Information, 3 September 2014, https://p.example/a/",
            ),
            (
                Lang::Ko,
                "민하오",
                "‘푸른 항구’의 한 해",
                "대외정보",
                "민하오, 「‘푸른 항구’의 한 해」, 『대외정보』, 2014년 9월 3일, https://p.example/a/",
            ),
            (
                Lang::Ja,
                "編集部",
                "「緑の港」の一年",
                "対外情報",
                "編集部「『緑の港』の一年」『対外情報』2014年9月3日、https://p.example/a/",
            ),
            (
                Lang::ZhHans,
                "编辑部",
                "读《海防》",
                "对外信息",
                "编辑部：《读〈海防〉》，对外信息，2014年9月3日，https://p.example/a/",
            ),
        ] {
            assert_eq!(cite(Some(author), title, site, lang), expected);
        }
    }

    #[test]
    fn where_nobody_is_named_the_title_comes_first() {
        for (lang, expected) in [
            (Lang::Vi, "“T”, S, 03/09/2014, https://p.example/a/"),
            (Lang::En, "“T”, S, 3 September 2014, https://p.example/a/"),
            (
                Lang::Ko,
                "「T」, 『S』, 2014년 9월 3일, https://p.example/a/",
            ),
            (Lang::Ja, "「T」『S』2014年9月3日、https://p.example/a/"),
            (Lang::ZhHans, "《T》，S，2014年9月3日，https://p.example/a/"),
        ] {
            assert_eq!(cite(None, "T", "S", lang), expected);
        }
    }

    #[test]
    fn what_is_cited_is_not_looked_at_again() {
        assert_eq!(
            cite(Some("{title}"), "{address}", "{date}", Lang::En),
            "{title}, “{address}”, {date}, 3 September 2014, https://p.example/a/"
        );
    }
}
