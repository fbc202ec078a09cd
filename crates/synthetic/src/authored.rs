//! A synthetic portal as editors write one (docs/content.md).

use super::{Article, Block, LANGUAGES, Portal, SECTIONS, Span, TAGS, Version};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const ALL_LANGUAGES: [&str; 5] = ["vi", "en", "ko", "ja", "zh-Hans"];
const NAMES: [&str; 5] = [
    "Cổng thông tin thử",
    "Trial portal",
    "시험 포털",
    "試験ポータル",
    "测试门户",
];
const SLOGANS: [&str; 5] = ["Chào bạn", "Welcome", "환영합니다", "ようこそ", "欢迎"];
const SECTION_NAMES: [[&str; 5]; 5] = [
    ["Văn hóa", "Culture", "문화", "文化", "文化"],
    ["Cảng biển", "Port", "항만", "港湾", "港口"],
    ["Thiên nhiên", "Nature", "자연", "自然", "自然"],
    ["Đầu tư", "Investment", "투자", "投資", "投资"],
    ["Đối tác", "Partners", "협력", "協力", "合作"],
];
const TAG: [&str; 5] = ["Chủ đề", "Topic", "주제", "話題", "主题"];
const ABOUT: [&str; 5] = ["Giới thiệu", "About", "소개", "案内", "关于"];

/// Writes the whole content folder.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(portal: &Portal, folder: &Path) -> io::Result<()> {
    write_frame(folder)?;
    (0..portal.len()).try_for_each(|number| write_article(&portal.article(number), folder))
}

/// Writes the whole content folder, with the words of the first language standing for those that a portal has not.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_in_every_language(portal: &Portal, content: &Path) -> io::Result<()> {
    write(portal, content)?;
    for article in (0..portal.len()).map(|number| portal.article(number)) {
        let folder = folder(&article, content);
        let words = fs::read(folder.join(format!("{}.json", LANGUAGES[0])))?;
        for language in ALL_LANGUAGES {
            let file = folder.join(format!("{language}.json"));
            if !file.exists() {
                fs::write(file, &words)?;
            }
        }
    }
    Ok(())
}

/// Writes everything but the articles.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_frame(folder: &Path) -> io::Result<()> {
    for name in ["port", "port-narrow", "flower", "flower-narrow"] {
        put(&folder.join(format!("banners/{name}.svg")), &drawing(name))?;
    }
    for (language, title) in ALL_LANGUAGES.iter().zip(ABOUT) {
        let page = format!(
            "{{ \"title\": \"{title}\", \"lead\": \"{title}.\", \"body\": [{{ \"paragraph\": \"{title}.\" }}] }}\n"
        );
        put(&folder.join(format!("pages/about/{language}.json")), &page)?;
    }
    put(&folder.join("site.json"), &site())
}

/// An article's folder within the content folder.
pub fn folder(article: &Article, content: &Path) -> PathBuf {
    content
        .join("articles")
        .join(article.section)
        .join(&article.slug)
}

/// Writes an article's folder.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_article(article: &Article, folder: &Path) -> io::Result<()> {
    let folder = self::folder(article, folder);
    put(&folder.join("article.json"), &facts(article))?;
    for (language, version) in LANGUAGES.iter().zip(&article.versions) {
        put(
            &folder.join(format!("{language}.json")),
            &text(version, article.picture.is_some()),
        )?;
    }
    article
        .picture
        .as_ref()
        .map_or(Ok(()), |bytes| fs::write(folder.join("harbour.png"), bytes))
}

fn put(file: &Path, text: &str) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(file, text)
}

/// The file with the facts that are the same in every language.
fn facts(article: &Article) -> String {
    let (year, month, day, hour, minute) = article.moment();
    let tags: Vec<String> = article
        .tags
        .iter()
        .map(|&tag| format!("\"{}\"", tag_slug(tag)))
        .collect();
    let picture = match article.picture {
        Some(_) => {
            ",\n  \"cover\": \"harbour\",\n  \"pictures\": { \"harbour\": { \"file\": \"harbour.png\" } }"
        }
        None => "",
    };
    format!(
        "{{\n  \"published\": \"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}+07:00\",\n  \
         \"source\": {{ \"name\": \"portal.example\", \"address\": \"https://portal.example/\" }},\n  \
         \"tags\": [{}],\n  \"views\": {}{picture}\n}}\n",
        tags.join(", "),
        article.views
    )
}

/// The file of one language.
fn text(version: &Version, with_picture: bool) -> String {
    let picture = if with_picture {
        ",\n  \"pictures\": { \"harbour\": { \"alternative\": \"Hải Phòng, drawn by numbers\" } }"
    } else {
        ""
    };
    let blocks: Vec<String> = version.body.iter().map(block).collect();
    format!(
        "{{\n  \"headline\": \"{}\",\n  \"author\": \"{}\",\n  \"lead\": \"{}\"{picture},\n  \"body\": [\n    {}\n  ]\n}}\n",
        version.headline,
        version.author,
        version.lead,
        blocks.join(",\n    ")
    )
}

/// The texts have letters, spaces and punctuation only: nothing that JSON would escape.
fn block(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("{{ \"heading\": \"{text}\" }}"),
        Block::Paragraph(spans) => format!("{{ \"paragraph\": \"{}\" }}", marked(spans, "")),
        Block::List(entries) => {
            let entries: Vec<String> = entries.iter().map(|entry| format!("\"{entry}\"")).collect();
            format!("{{ \"list\": [{}] }}", entries.join(", "))
        }
    }
}

/// A paragraph with its marks; links begin with `before`.
pub fn marked(spans: &[Span], before: &str) -> String {
    let mut text = String::new();
    for span in spans {
        let _ = match span {
            Span::Text(words) => write!(text, "{words}"),
            Span::Strong(words) => write!(text, "**{words}**"),
            Span::Link(section, slug, words) => {
                write!(text, "[{words}]({before}/{section}/{slug}/)")
            }
        };
    }
    text
}

/// A tag's slug.
pub fn tag_slug(tag: usize) -> String {
    format!("topic-{}", tag + 1)
}

fn site() -> String {
    let sections = SECTIONS.iter().zip(SECTION_NAMES).map(|(slug, names)| {
        let names = per_language(|language| names[language].to_owned());
        format!("{{ \"slug\": \"{slug}\", \"names\": {names}, \"descriptions\": {names} }}")
    });
    let tags = (0..TAGS).map(|tag| {
        let names = per_language(|language| format!("{} {}", TAG[language], tag + 1));
        format!("{{ \"slug\": \"{}\", \"names\": {names} }}", tag_slug(tag))
    });
    let banners = ["port", "flower"].map(|name| {
        let texts = per_language(|language| NAMES[language].to_owned());
        format!(
            "{{ \"wide\": \"banners/{name}.svg\", \"narrow\": \"banners/{name}-narrow.svg\", \
             \"captions\": {texts}, \"alternatives\": {texts} }}"
        )
    });
    format!(
        "{{\n  \"origin\": \"https://portal.example\",\n  \"names\": {},\n  \"slogans\": {},\n  \"banners\": [\n    {}\n  ],\n  \
         \"sections\": [\n    {}\n  ],\n  \"tags\": [\n    {}\n  ],\n  \"views\": {{ \"from\": \"content\" }},\n  \"pages\": [\"about\"],\n  \"languages\": [\"vi\", \"en\"]\n}}\n",
        per_language(|language| NAMES[language].to_owned()),
        per_language(|language| SLOGANS[language].to_owned()),
        banners.join(",\n    "),
        sections.collect::<Vec<_>>().join(",\n    "),
        tags.collect::<Vec<_>>().join(",\n    ")
    )
}

fn per_language(text: impl Fn(usize) -> String) -> String {
    let texts = ALL_LANGUAGES
        .iter()
        .enumerate()
        .map(|(number, language)| format!("\"{language}\": \"{}\"", text(number)));
    format!("{{ {} }}", texts.collect::<Vec<_>>().join(", "))
}

/// A small drawing, another one for each name.
fn drawing(name: &str) -> String {
    let width = name.len() * 20;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"300\" viewBox=\"0 0 {} 300\">\
         <rect width=\"{width}\" height=\"120\" fill=\"#246\"/></svg>\n",
        width * 6,
        width * 6
    )
}
