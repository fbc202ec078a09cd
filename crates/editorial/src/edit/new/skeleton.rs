//! The initial content of new files. Each passes `site check` unchanged.

use crate::content::stamp::NOT_WORDS;
use crate::json::{Kind, Node, tree};
use model::{Lang, Moment};
use serde_json::to_string;
use std::fmt::Write;

/// The placeholder texts of a language.
struct Words {
    headline: &'static str,
    lead: &'static str,
    text: &'static str,
    title: &'static str,
    page: &'static str,
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Vi => Words {
            headline: "Tiêu đề bài viết",
            lead: "Viết ở đây một đoạn cho biết bài viết nói về điều gì.",
            text: "Viết nội dung ở đây.",
            title: "Tên trang",
            page: "Viết ở đây một đoạn cho biết trang này nói về điều gì.",
        },
        Lang::En => Words {
            headline: "Headline of the article",
            lead: "Say here in one paragraph what the article says.",
            text: "Write the text here.",
            title: "Title of the page",
            page: "Say here in one paragraph what the page says.",
        },
        Lang::Ko => Words {
            headline: "기사 제목",
            lead: "기사의 요지를 한 문단으로 적어 주세요.",
            text: "본문을 적어 주세요.",
            title: "페이지 제목",
            page: "이 페이지의 요지를 한 문단으로 적어 주세요.",
        },
        Lang::Ja => Words {
            headline: "記事の見出し",
            lead: "記事の要点を一段落で書いてください。",
            text: "ここに本文を書いてください。",
            title: "ページの題名",
            page: "ページの要点を一段落で書いてください。",
        },
        Lang::ZhHans => Words {
            headline: "文章标题",
            lead: "请用一段话概括文章内容。",
            text: "请在这里撰写正文。",
            title: "页面标题",
            page: "请用一段话概括页面内容。",
        },
    }
}

/// `article.json`. The portal itself is the source until an editor writes another one.
pub(super) fn article(
    schemas: Option<&str>,
    published: Moment,
    source: &str,
    address: &str,
) -> String {
    let [name, address] = [source, address].map(text);
    let schema = schema(schemas, "article");
    format!(
        "{{\n{schema}  \"draft\": true,\n  \"published\": \"{published}\",\n  \"source\": {{\n    \"name\": {name},\n    \
         \"address\": {address}\n  }}\n}}\n"
    )
}

/// `glossary.json`.
pub(super) fn glossary(schemas: Option<&str>) -> String {
    format!("{{\n{}  \"names\": []\n}}\n", schema(schemas, "glossary"))
}

/// `<lang>.json` of an article.
pub(super) fn version(schemas: Option<&str>, lang: Lang) -> String {
    let Words {
        headline,
        lead,
        text,
        ..
    } = words(lang);
    file(
        schemas,
        "version",
        &[],
        [("headline", headline), ("lead", lead)],
        text,
    )
}

/// `<lang>.json` of a standing page.
pub(super) fn standing(schemas: Option<&str>, lang: Lang) -> String {
    let Words {
        title, page, text, ..
    } = words(lang);
    file(
        schemas,
        "standing",
        &["  \"draft\": true,\n"],
        [("title", title), ("lead", page)],
        text,
    )
}

fn file(
    schemas: Option<&str>,
    kind: &str,
    first: &[&str],
    keys: [(&str, &str); 2],
    body: &str,
) -> String {
    let mut file = format!("{{\n{}{}", schema(schemas, kind), first.concat());
    for (key, value) in keys {
        let _ = writeln!(file, "  \"{key}\": {},", text(value));
    }
    let _ = write!(
        file,
        "  \"body\": [\n    {{\n      \"paragraph\": {}\n    }}\n  ]\n}}\n",
        text(body)
    );
    file
}

/// `<lang>.json` of a translation: a copy of the original's words, to be replaced; `None` where the
/// original is not JSON.
pub(super) fn translation(schemas: Option<&str>, original: &str, stamp: &str) -> Option<String> {
    let original = original.strip_prefix('\u{feff}').unwrap_or(original);
    let Node {
        kind: Kind::Object(members),
        ..
    } = tree(original)?
    else {
        return None;
    };
    let words = members
        .iter()
        .filter(|member| !NOT_WORDS.contains(&member.key.as_str()));
    let words: Vec<&str> = words
        .map(|member| &original[member.key_range.start..member.value.range.end])
        .collect();
    let schema = schema(schemas, "version");
    let head = format!("{schema}  \"translated_from\": \"{stamp}\",\n  \"draft\": true");
    Some(format!(
        "{{\n{head}{}\n}}\n",
        words
            .iter()
            .fold(String::new(), |all, word| all + ",\n  " + word)
    ))
}

/// The line that names the schema, where there is a folder of them.
pub(super) fn schema(schemas: Option<&str>, kind: &str) -> String {
    schemas.map_or_else(String::new, |schemas| {
        format!("  \"$schema\": \"{schemas}/{kind}.schema.json\",\n")
    })
}

/// A text as a JSON literal.
pub(super) fn text(text: &str) -> String {
    // Serialising a text cannot fail.
    to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::stamp;

    #[test]
    fn a_translation_begins_as_its_original_with_another_head() {
        let original = "{\n  \"$schema\": \"x\",\n  \"draft\": true,\n  \"lead\": \"đ\",\n  \"body\": [{ \"paragraph\": \"a\" }]\n}\n";
        let made = translation(Some("../schemas"), original, "0123456789").unwrap();
        assert_eq!(
            made,
            "{\n  \"$schema\": \"../schemas/version.schema.json\",\n  \"translated_from\": \"0123456789\",\n  \"draft\": true,\n  \
             \"lead\": \"đ\",\n  \"body\": [{ \"paragraph\": \"a\" }]\n}\n"
        );
        assert_eq!(stamp::of(made.as_bytes()), stamp::of(original.as_bytes()));
        assert_eq!(translation(None, "[", "0123456789"), None);
    }

    #[test]
    fn names_with_quotation_marks_stay_names() {
        let made = article(
            None,
            Moment::new("2026-05-13T08:30+07:00").unwrap(),
            "The \"Portal\"",
            "https://a.example",
        );
        let value: serde_json::Value = serde_json::from_str(&made).unwrap();
        assert_eq!(value["source"]["name"], "The \"Portal\"");
    }
}
