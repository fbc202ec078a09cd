//! Search records: the words of an article or a standing page that are searched, and what a result
//! shows.

use editorial::content::Standing;
use editorial::content::article::{Article, BodyItem, Version};
use i18n::{self, date_time};
use model::route::Route;
use model::{Block, Contact, Inline, Lang, Moment, Slug, When, plain_text, title_from_lead};
use serde::Serialize;

/// An article or a standing page in one language. The script of the search reads it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    /// The page's path below the site's base: `vi/port/deep-water-port/`.
    pub(crate) href: String,
    /// Its title.
    pub(crate) title: String,
    /// Section and date of an article; `None` for a standing page.
    #[serde(flatten)]
    pub(crate) article: Option<OfArticle>,
    /// The plain text: lead, headings, paragraphs, lists, tables, quotes, captions; one line each.
    pub(crate) text: String,
}

/// The fields that only articles have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OfArticle {
    /// The section's name in addresses.
    pub(crate) section: Slug,
    /// When it was published.
    pub(crate) published: Moment,
    /// The same, as readers of the language write it.
    pub(crate) date: String,
}

impl Record {
    /// The record of an article in a language; `None` where it has no version in that language.
    pub(crate) fn of(article: &Article, lang: Lang) -> Option<Self> {
        let version = article.versions.get(&lang)?;
        let lead = plain_text(&version.lead);
        let title = version
            .headline
            .clone()
            .unwrap_or_else(|| title_from_lead(&lead, lang));
        Some(Self {
            href: Route::Article(lang, article.section.clone(), article.slug.clone()).path(),
            title,
            article: Some(OfArticle {
                section: article.section.clone(),
                published: article.facts.published,
                date: date_time(article.facts.published, lang),
            }),
            text: lines(article, version, lang).join("\n"),
        })
    }

    /// The record of a standing page in a language; `None` where it has no version in that
    /// language.
    pub(crate) fn of_page(page: &Standing, lang: Lang) -> Option<Self> {
        let version = page.versions.get(&lang)?;
        let mut lines = vec![plain_text(&version.lead)];
        version
            .body
            .iter()
            .for_each(|block| block_lines(block, lang, &mut lines));
        Some(Self {
            href: Route::Standing(lang, page.slug.clone()).path(),
            title: version.title.clone(),
            article: None,
            text: lines.join("\n"),
        })
    }

    /// When it was published, in minutes. Standing pages are older than everything else.
    pub(crate) fn minutes(&self) -> i64 {
        self.article
            .as_ref()
            .map_or(i64::MIN, |article| article.published.minutes())
    }
}

/// The plain text of a version except its headline: lead, captions and blocks, one line each.
pub(crate) fn lines(article: &Article, version: &Version, lang: Lang) -> Vec<String> {
    let caption = |name: &str| {
        version
            .pictures
            .get(name)
            .and_then(|picture| picture.caption.clone())
    };
    let mut lines = vec![plain_text(&version.lead)];
    lines.extend(article.facts.cover.as_deref().and_then(caption));
    for item in &version.body {
        match item {
            BodyItem::Picture(name) => lines.extend(caption(name)),
            BodyItem::Gallery { title, pictures } => {
                lines.extend(title.clone());
                lines.extend(pictures.iter().filter_map(|name| caption(name)));
            }
            BodyItem::Film { video, .. } => lines.push(video.title.clone()),
            BodyItem::Recording {
                title, transcript, ..
            } => {
                lines.push(title.clone());
                lines.extend(transcript.iter().map(|runs| plain_text(runs)));
            }
            BodyItem::Attachment { title, .. } => lines.push(title.clone()),
            BodyItem::Block(block) => block_lines(block, lang, &mut lines),
        }
    }
    lines
}

/// Adds the words of a block that refers to no file.
pub(crate) fn block_lines(block: &Block, lang: Lang, lines: &mut Vec<String>) {
    let plain = |runs: &Vec<Inline>| plain_text(runs);
    match block {
        Block::Paragraph(runs) => lines.push(plain(runs)),
        Block::Heading(heading) | Block::Subheading(heading) => lines.push(heading.text.clone()),
        Block::List(entries) | Block::Numbered(entries) => lines.extend(entries.iter().map(plain)),
        Block::Quote(quote) => {
            lines.push(plain(&quote.text));
            lines.extend(quote.source.clone());
        }
        Block::Table(table) => {
            lines.extend([table.caption.clone(), table.header.join(" ")]);
            lines.extend(
                table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(plain).collect::<Vec<_>>().join(" ")),
            );
        }
        Block::Timeline(entries) => lines.extend(entries.iter().map(|entry| {
            let when = match &entry.when {
                When::Day(day) => i18n::day(*day, lang),
                When::Words(words) => words.clone(),
            };
            format!("{when} {}", plain(&entry.text))
        })),
        Block::KeyFacts(facts) => {
            lines.extend(facts.title.clone());
            lines.extend(
                facts
                    .facts
                    .iter()
                    .map(|fact| format!("{} {}", fact.name, plain(&fact.text))),
            );
        }
        Block::Contact(contact) => of_contact(contact, lines),
        Block::Event(event) => {
            lines.push(format!(
                "{} {}",
                event.name,
                i18n::event_time(event.time, lang)
            ));
            lines.extend(event.place.iter().chain(&event.address).cloned());
            lines.push(plain(&event.text));
        }
        // These refer to files, and are items of a body in their own right.
        Block::Picture(_)
        | Block::Gallery(_)
        | Block::Video(_)
        | Block::Audio(_)
        | Block::Attachment(_) => {}
    }
}

fn of_contact(contact: &Contact, lines: &mut Vec<String>) {
    let Contact {
        name,
        post,
        address,
        telephone,
        fax,
        email,
        web,
        hours,
    } = contact;
    lines.push(name.clone());
    lines.extend(post.iter().chain(address).cloned());
    lines.extend(
        [telephone, email, web]
            .into_iter()
            .flatten()
            .map(|line| line.text.clone()),
    );
    lines.extend(fax.iter().chain(hours).cloned());
}
