//! From the texts of one article to the files of its folder.

use super::article_media::{ArticleMedia, Find, Lookup};
use super::html;
use super::imported_article::{ImportedArticle, Text};
use super::loss::Loss;
use super::marks;
use super::media_blocks::{MediaBlocks, all_offered, carry};
use super::serialised::{self, Article, Version};
use editorial::content::stamp;
use editorial::json::MOST_BYTES;
use model::{Inline, Lang, Moment, plain_text};
use std::collections::HashSet;
use std::fmt;

/// The files of an article's folder, and what could not be carried over.
pub struct Assembled {
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The losses, each with the text that it is about.
    pub losses: Vec<(String, Loss)>,
    /// How many pictures there are.
    pub pictures: usize,
    /// Whether the whole article is a draft.
    pub draft: bool,
}

/// The difference in minutes from which on two dates count as different. WordPress records every
/// save.
const SUBSTANCE: i64 = 24 * 60;

/// The stamp of an earlier version that is not known.
const EARLIER: &str = "0000000000";

/// Why no article can be made. A partial one is never made.
#[derive(Debug, PartialEq, Eq)]
pub enum AssembleError {
    /// It has no texts.
    Empty,
    /// A file of it would be larger than any that is read: its name and its size in bytes.
    TooLong(String, usize),
}

impl fmt::Display for AssembleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is nothing in it that an article can hold"),
            Self::TooLong(name, bytes) => {
                let (size, most) = (bytes.div_ceil(1024), MOST_BYTES / 1024);
                write!(
                    f,
                    "it is too long: {name} would have {size} KiB, and a file can have {most} KiB; cut it into several"
                )
            }
        }
    }
}

/// A file of an article; an error where it is too large to be read.
fn file(name: String, bytes: Vec<u8>) -> Result<(String, Vec<u8>), AssembleError> {
    if bytes.len() > MOST_BYTES {
        Err(AssembleError::TooLong(name, bytes.len()))
    } else {
        Ok((name, bytes))
    }
}

/// Makes the files of an article.
///
/// # Errors
/// Where there are no texts, or where a file would be too large. No language is then made, because
/// translations must not lose their original unnoticed.
pub fn assemble(
    article: ImportedArticle,
    lookup: Lookup<'_>,
    find: Find<'_>,
) -> Result<Assembled, AssembleError> {
    let mut losses = Vec::new();
    let mut media = ArticleMedia::new(lookup, find);
    let cover = media.cover(&article.texts, &mut losses);
    let facts = facts(&article, cover.clone(), &mut losses).ok_or(AssembleError::Empty)?;
    let mut versions = Vec::new();
    for text in article.texts {
        let lang = text.lang;
        let subject = text.subject.clone();
        versions.push((
            lang,
            subject,
            text.draft,
            text.modified,
            version(
                text,
                cover.as_deref(),
                &article.former_hosts,
                &mut media,
                &mut losses,
            ),
        ));
    }
    for (lang, subject, _, _, version) in &mut versions {
        version.draft |= media.complete(*lang, cover.as_deref(), subject, &mut losses);
        version.pictures = media.texts(*lang);
        if version.draft {
            let what = "it is a draft until an editor has written what is missing";
            losses.push((subject.clone(), Loss::new(what, "")));
        }
    }
    let all_drafts = versions
        .iter()
        .all(|(_, _, draft, _, version)| *draft || version.draft);
    let facts = Article {
        pictures: media.files(),
        files: media.attached(),
        draft: all_drafts,
        author: facts.author.clone(),
        ..facts
    };
    let pictures = media.count();
    let mut files = vec![file("article.json".to_owned(), serialised::bytes(&facts))?];
    let mut original: Option<(String, Option<Moment>)> = None;
    for (lang, subject, draft, modified, mut version) in versions {
        version.draft = (version.draft || draft) && !all_drafts;
        version.author = version
            .author
            .filter(|author| facts.author.as_ref() != Some(author));
        // A translation that is older than the last change of its original was made from an earlier
        // version.
        if let Some((stamp, changed)) = &original {
            let is_current = modified
                .zip(*changed)
                .is_none_or(|(own, theirs)| own.minutes() >= theirs.minutes());
            version.translated_from = Some(if is_current {
                stamp.clone()
            } else {
                EARLIER.to_owned()
            });
            if !is_current {
                let what = "its original was changed after it: readers are told that this translation is older";
                losses.push((subject.clone(), Loss::new(what, "")));
            }
        }
        let bytes = serialised::bytes(&version);
        original.get_or_insert_with(|| (stamp::of(&bytes).unwrap_or_default(), modified));
        files.push(file(format!("{}.json", lang.tag()), bytes)?);
    }
    files.extend(media.into_files());
    Ok(Assembled {
        files,
        losses,
        pictures,
        draft: all_drafts,
    })
}

fn facts(
    article: &ImportedArticle,
    cover: Option<String>,
    losses: &mut Vec<(String, Loss)>,
) -> Option<Article> {
    let original = article.texts.first()?;
    for text in &article.texts[1..] {
        if (text.published.minutes() - original.published.minutes()).abs() > SUBSTANCE {
            let what = format!(
                "an article has one date for all languages, {}",
                original.published
            );
            losses.push((
                text.subject.clone(),
                Loss::new(what, &format!("this one was published {}", text.published)),
            ));
        }
    }
    let updated = original
        .modified
        .filter(|modified| modified.minutes() - original.published.minutes() >= SUBSTANCE);
    let first = Lang::ALL
        .into_iter()
        .find(|lang| article.texts.iter().any(|text| text.lang == *lang));
    Some(Article {
        published: original.published.to_string(),
        updated: updated.map(|moment| moment.to_string()),
        source: article.source.clone(),
        author: original.author.clone(),
        views: article
            .texts
            .iter()
            .map(|text| text.views)
            .fold(0, u64::saturating_add),
        cover,
        pictures: std::collections::BTreeMap::new(),
        files: std::collections::BTreeMap::new(),
        tags: article.tags.clone(),
        aliases: article.aliases.clone(),
        original: (first != Some(original.lang)).then(|| original.lang.tag()),
        draft: false,
    })
}

fn version(
    text: Text,
    cover: Option<&str>,
    former_hosts: &[String],
    media: &mut ArticleMedia<'_>,
    losses: &mut Vec<(String, Loss)>,
) -> Version {
    let Text {
        lang,
        subject,
        title,
        excerpt,
        mut body,
        author,
        machine,
        ..
    } = text;
    let mut noted: Vec<Loss> = excerpt.losses;
    noted.append(&mut body.losses);
    let (headline, changed) = marks::plain(&html::words(&title));
    if changed {
        noted.push(Loss::new("a headline was put on one line", &title));
    }
    let (lead, blocks) = lead(excerpt.blocks, body.blocks);
    let mut draft = false;
    let lead = lead.unwrap_or_else(|| {
        let words = Some(headline.clone())
            .filter(|words| !words.is_empty())
            .or_else(|| first_heading(&blocks));
        draft = words.is_none();
        let what = if draft {
            "there are no words in it"
        } else {
            "there is no paragraph: the title is the lead"
        };
        noted.push(Loss::new(what, words.as_deref().unwrap_or_default()));
        vec![Inline::Text(words.unwrap_or_else(|| "–".to_owned()))]
    });
    losses.extend(noted.into_iter().map(|loss| (subject.clone(), loss)));
    let mut media = MediaBlocks {
        lang,
        subject: &subject,
        cover,
        media,
        losses,
        former_hosts,
        listed: HashSet::new(),
        offered: all_offered(&blocks),
    };
    let (lead, mut written) = carry(&mut media, &lead);
    for block in blocks {
        let first = written.is_empty();
        written.extend(media.blocks(&block, first));
    }
    Version {
        headline: Some(headline).filter(|headline| !headline.is_empty()),
        author,
        lead: serialised::text(&lead),
        body: written,
        draft,
        machine,
        ..Version::default()
    }
}

/// The lead and the other blocks. The lead is the excerpt, or else the first paragraph.
fn lead(
    excerpt: Vec<html::Block>,
    mut blocks: Vec<html::Block>,
) -> (Option<Vec<Inline>>, Vec<html::Block>) {
    let words = |block: &html::Block| match block {
        html::Block::Paragraph(runs) if !matches!(&runs[..], [Inline::Link(_)]) => {
            Some(runs.clone())
        }
        _ => None,
    };
    let first = blocks.iter().position(|block| words(block).is_some());
    let mut excerpt = excerpt.into_iter();
    if let Some(lead) = excerpt.by_ref().find_map(|block| words(&block)) {
        let is_same = |at: &usize| {
            blocks
                .get(*at)
                .and_then(words)
                .is_some_and(|runs| plain_text(&runs) == plain_text(&lead))
        };
        if let Some(at) = first.filter(is_same) {
            blocks.remove(at);
        }
        return (Some(lead), excerpt.chain(blocks).collect());
    }
    let lead = first.map(|at| blocks.remove(at)).as_ref().and_then(words);
    (lead, blocks)
}

fn first_heading(blocks: &[html::Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        html::Block::Heading(words) | html::Block::Subheading(words) => Some(words.clone()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article_media::LibraryEntry;
    use crate::html::Body;
    use crate::serialised::Source;
    use crate::uploads::{Found, Missing};
    use editorial::check::Findings;
    use editorial::check::article::{Named, check_version};
    use editorial::content::article::BodyItem;
    use editorial::content::authored;
    use editorial::json;

    const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora");

    fn article(title: &str, html: &str) -> ImportedArticle {
        let text = Text {
            lang: Lang::En,
            subject: String::new(),
            title: title.to_owned(),
            excerpt: Body::default(),
            body: html::fragment(html, &|href| super::super::addresses::absolute(href, None)),
            cover: None,
            author: None,
            published: Moment::new("2014-09-03T16:10Z").unwrap(),
            modified: None,
            views: 0,
            draft: false,
            machine: false,
        };
        let source = Source {
            name: "a".to_owned(),
            address: "https://a.example/".to_owned(),
        };
        ImportedArticle {
            source,
            tags: vec![],
            aliases: vec![],
            texts: vec![text],
            former_hosts: vec![],
        }
    }

    fn nothing(_: &html::Picture) -> (LibraryEntry, Result<Found, Missing>) {
        (
            LibraryEntry::default(),
            Err(Missing::Reason("none".to_owned())),
        )
    }

    /// Assembles each payload as title and as text, and reads the result back. It has no problem
    /// and no addresses but those of the web, of mailboxes and of telephones.
    #[test]
    fn what_is_made_of_any_payload_has_no_problem() {
        let Ok(files) = std::fs::read_dir(CORPORA) else {
            return println!("{CORPORA} is not there");
        };
        let nothing_named = Named {
            pictures: Vec::new(),
            files: std::collections::BTreeMap::new(),
        };
        let mut tried = 0;
        for file in files
            .filter_map(Result::ok)
            .filter(|file| file.file_name().to_string_lossy().starts_with("xss-"))
        {
            for line in std::fs::read_to_string(file.path()).unwrap().lines() {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                let Some(payload) = row["payload"].as_str() else {
                    continue;
                };
                let made = assemble(
                    article(payload, &format!("<p>Before.</p>{payload}")),
                    &nothing,
                    &|_| None,
                )
                .unwrap();
                let (_, bytes) = made
                    .files
                    .iter()
                    .find(|(name, _)| name == "en.json")
                    .unwrap();
                let mut reading = json::read::<authored::version::Version>("en.json", bytes);
                assert_eq!(reading.problems, [], "{payload}");
                let mut findings = Findings::default();
                let value = reading.value.take().unwrap();
                let version =
                    check_version(&mut findings, reading.root(), value, Some(&nothing_named));
                assert_eq!(findings.problems, [], "{payload}");
                assert_eq!(plain_text(&version.lead), "Before.");
                let published: Vec<_> = version
                    .body
                    .iter()
                    .filter_map(|part| match part {
                        BodyItem::Block(block) => Some(serde_json::to_value(block).unwrap()),
                        _ => None,
                    })
                    .collect();
                for to in addresses(&serde_json::Value::from(published)) {
                    assert!(
                        ["https://", "http://", "mailto:", "tel:"]
                            .iter()
                            .any(|scheme| to.starts_with(scheme)),
                        "{to}"
                    );
                }
                tried += 1;
            }
        }
        assert!(tried > 8_000, "only {tried} payloads were tried");
    }

    /// The values of every key `to`.
    fn addresses(value: &serde_json::Value) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            if let Some(object) = value.as_object() {
                found.extend(
                    object
                        .get("to")
                        .and_then(|to| to.as_str())
                        .map(str::to_owned),
                );
                open.extend(object.values());
            }
            open.extend(value.as_array().into_iter().flatten());
        }
        found
    }

    #[test]
    fn a_text_that_is_too_long_is_said_to_be_too_long() {
        let long = |bytes: usize| super::file("en.json".to_owned(), vec![b' '; bytes]);
        assert!(long(MOST_BYTES).is_ok());
        let why = long(MOST_BYTES + 1).unwrap_err().to_string();
        assert_eq!(
            why,
            "it is too long: en.json would have 4097 KiB, and a file can have 4096 KiB; cut it into several"
        );
    }
}
