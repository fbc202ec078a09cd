//! What is searched of an article, and what a result shows of it.

use crate::content::{Article, Part, Version};
use portal::i18n::date_time;
use portal::model::{Block, Inline, Lang, Moment, Slug, plain_text, title_from_lead};
use portal::route::Route;
use serde::Serialize;

/// An article in one language, for the search: the words that are searched and what a result shows. The script of the
/// search reads it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    /// The page's path below the site's base: `vi/port/deep-water-port/`.
    pub(crate) href: String,
    /// The article's title.
    pub(crate) title: String,
    /// The section's name in addresses.
    pub(crate) section: Slug,
    /// When it was published.
    pub(crate) published: Moment,
    /// The same as readers of the language write it.
    pub(crate) date: String,
    /// The text without marks: lead, headings, paragraphs, lists, tables, quotes, captions; a line for each.
    pub(crate) text: String,
}

impl Record {
    /// What is searched of an article in a language; `None` where it is not there in that language.
    pub(crate) fn of(article: &Article, lang: Lang) -> Option<Self> {
        let version = article.versions.get(&lang)?;
        let lead = plain_text(&version.lead);
        let title = version.headline.clone().unwrap_or_else(|| title_from_lead(&lead, lang));
        Some(Self {
            href: Route::Article(lang, article.section.clone(), article.slug.clone()).path(),
            title,
            section: article.section.clone(),
            published: article.facts.published,
            date: date_time(article.facts.published, lang),
            text: lines(article, version).join("\n"),
        })
    }
}

/// What is written in a version but its headline, without marks: the lead, the captions, the blocks; a line for each.
pub(crate) fn lines(article: &Article, version: &Version) -> Vec<String> {
    let caption = |name: &str| version.pictures.get(name).and_then(|picture| picture.caption.clone());
    let mut lines = vec![plain_text(&version.lead)];
    lines.extend(article.facts.cover.as_deref().and_then(caption));
    for part in &version.body {
        match part {
            Part::Picture(name) => lines.extend(caption(name)),
            Part::Block(block) => of_block(block, &mut lines),
        }
    }
    lines
}

fn of_block(block: &Block, lines: &mut Vec<String>) {
    let plain = |runs: &Vec<Inline>| plain_text(runs);
    match block {
        Block::Paragraph(runs) => lines.push(plain(runs)),
        Block::Heading(text) | Block::Subheading(text) => lines.push(text.clone()),
        Block::Picture(picture) => lines.extend(picture.caption.clone()),
        Block::List(entries) | Block::Numbered(entries) => lines.extend(entries.iter().map(plain)),
        Block::Quote(quote) => {
            lines.push(plain(&quote.text));
            lines.extend(quote.source.clone());
        }
        Block::Table(table) => {
            lines.extend([table.caption.clone(), table.header.join(" ")]);
            lines.extend(table.rows.iter().map(|row| row.iter().map(plain).collect::<Vec<_>>().join(" ")));
        }
    }
}
