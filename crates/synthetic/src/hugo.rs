//! The same portal as users of Hugo write one: Markdown with front matter, one content folder for
//! each language.
//!
//! Front matter is JSON, which Hugo reads quickest.

use super::authored::{marked, tag_slug};
use super::{Article, Block, LANGUAGES, Portal, SECTIONS, TAGS, Version};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Writes the content of a Hugo site into its folder.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(portal: &Portal, folder: &Path) -> io::Result<()> {
    write_frame(folder)?;
    (0..portal.len()).try_for_each(|number| write_article(&portal.article(number), folder))
}

/// Writes everything but the articles.
fn write_frame(folder: &Path) -> io::Result<()> {
    for language in LANGUAGES {
        let content = folder.join("content").join(language);
        for section in SECTIONS {
            put(
                &content.join(section).join("_index.md"),
                &front(section, ""),
            )?;
        }
        for page in ["pages/about", "search"] {
            put(
                &content.join(format!("{page}.md")),
                &front(page, "About.\n"),
            )?;
        }
        put(
            &content.join("pages/_index.md"),
            "{\"title\": \"\", \"build\": {\"render\": \"never\"}}\n",
        )?;
        for tag in 0..TAGS {
            put(
                &content.join("tags").join(tag_slug(tag)).join("_index.md"),
                &front(&format!("Topic {}", tag + 1), ""),
            )?;
        }
    }
    Ok(())
}

fn front(title: &str, text: &str) -> String {
    format!("{{\"title\": \"{title}\"}}\n\n{text}")
}

/// Writes an article's versions and its picture, which Hugo copies as it is.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_article(article: &Article, folder: &Path) -> io::Result<()> {
    for (language, version) in LANGUAGES.iter().zip(&article.versions) {
        let file = folder
            .join("content")
            .join(language)
            .join(article.section)
            .join(format!("{}.md", article.slug));
        put(&file, &text(article, version, language))?;
    }
    let Some(bytes) = &article.picture else {
        return Ok(());
    };
    let pictures = folder.join("static/pictures");
    fs::create_dir_all(&pictures)?;
    fs::write(pictures.join(format!("{}.png", article.slug)), bytes)
}

fn put(file: &Path, text: &str) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(file, text)
}

fn text(article: &Article, version: &Version, language: &str) -> String {
    let (year, month, day, hour, minute) = article.moment();
    let tags: Vec<String> = article
        .tags
        .iter()
        .map(|&tag| format!("\"{}\"", tag_slug(tag)))
        .collect();
    let picture = match article.picture {
        Some(_) => format!(", \"picture\": \"pictures/{}.png\"", article.slug),
        None => String::new(),
    };
    let mut text = format!(
        "{{\"title\": \"{}\", \"date\": \"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00+07:00\", \
         \"tags\": [{}], \"months\": [\"{year}-{month:02}\"], \"years\": [\"{year}\"], \
         \"author\": \"{}\", \"views\": {}, \"lead\": \"{}\"{picture}}}\n",
        version.headline,
        tags.join(", "),
        version.author,
        article.views,
        version.lead,
    );
    for block in &version.body {
        let _ = match block {
            Block::Heading(heading) => write!(text, "\n## {heading}\n"),
            Block::Paragraph(spans) => {
                write!(text, "\n{}\n", marked(spans, &format!("/{language}")))
            }
            Block::List(entries) => write!(text, "\n- {}\n", entries.join("\n- ")),
        };
    }
    text
}
