//! Makes blocks that show or offer files. Where neither the file nor its page is at hand, a link
//! remains.

mod carried;

use super::article_media::ArticleMedia;
use super::html::{self, Player};
use super::loss::Loss;
use super::marks;
use super::serialised::{self, Block};
use editorial::check::attached_file::Purpose;
use model::{Inline, Lang, Link, plain_text};
use std::collections::HashSet;

pub(super) use carried::carry;
use carried::list;

/// The context in which the blocks of a text are made.
pub(super) struct MediaBlocks<'a, 'b> {
    /// The language of the text.
    pub(super) lang: Lang,
    /// The name of the text in the report.
    pub(super) subject: &'a str,
    /// The name of the article's cover.
    pub(super) cover: Option<&'a str>,
    /// The pictures and files of the article.
    pub(super) media: &'a mut ArticleMedia<'b>,
    /// Losses, each with the text that it is about.
    pub(super) losses: &'a mut Vec<(String, Loss)>,
    /// The hosts of the old site.
    pub(super) former_hosts: &'a [String],
    /// The addresses of the old site that were listed.
    pub(super) listed: HashSet<String>,
    /// The addresses of files that paragraphs of their own offer.
    pub(super) offered: HashSet<String>,
}

impl MediaBlocks<'_, '_> {
    /// The blocks that an HTML block becomes. `first` is whether no block precedes them.
    pub(super) fn blocks(&mut self, block: &html::Block, first: bool) -> Vec<Block> {
        match block {
            html::Block::Picture(picture) => {
                let name = self.place(picture);
                // Some authors repeat the cover at the beginning of the text.
                let again = first && name.is_some() && name.as_deref() == self.cover;
                name.filter(|_| !again)
                    .map(Block::Picture)
                    .into_iter()
                    .collect()
            }
            html::Block::Gallery(pictures, title) => self.gallery(pictures, title),
            html::Block::Player(player) => vec![self.player(player)],
            html::Block::Paragraph(runs) => {
                let offered = offered(runs).and_then(|(to, title)| {
                    let file = self.media.attach(to, Purpose::Keeping)?;
                    Some(Block::Attachment {
                        title: marks::plain(&title).0,
                        file,
                    })
                });
                offered.map_or_else(|| self.written(block), |offered| vec![offered])
            }
            _ => self.written(block),
        }
    }

    /// A block of words, and what its links lead to.
    fn written(&mut self, block: &html::Block) -> Vec<Block> {
        let mut behind = Vec::new();
        let mut carry = |runs: &Vec<Inline>| {
            let (runs, mut blocks) = carry(self, runs);
            behind.append(&mut blocks);
            runs
        };
        let carried = match block {
            html::Block::Paragraph(runs) => html::Block::Paragraph(carry(runs)),
            html::Block::Quote(runs, source) => html::Block::Quote(carry(runs), source.clone()),
            html::Block::List(entries) => html::Block::List(entries.iter().map(carry).collect()),
            html::Block::Numbered(entries) => {
                html::Block::Numbered(entries.iter().map(carry).collect())
            }
            html::Block::Table(table) => {
                let rows = table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(&mut carry).collect());
                html::Block::Table(html::Table {
                    rows: rows.collect(),
                    ..table.clone()
                })
            }
            other => other.clone(),
        };
        serialised::block(&carried)
            .into_iter()
            .chain(behind)
            .collect()
    }

    fn place(&mut self, picture: &html::Picture) -> Option<String> {
        self.media
            .place(self.lang, picture, self.subject, self.losses)
    }

    /// A gallery of the pictures that were found, each once. A single one becomes a picture.
    fn gallery(&mut self, pictures: &[html::Picture], title: &str) -> Vec<Block> {
        let mut names: Vec<String> = Vec::new();
        let mut known = HashSet::new();
        for picture in pictures {
            let name = self.place(picture);
            names.extend(name.filter(|name| known.insert(name.clone())));
        }
        let title = Some(title.to_owned()).filter(|title| !title.is_empty());
        if names.len() > 1 {
            return vec![Block::Gallery {
                title,
                pictures: names,
            }];
        }
        let words = title.map(|title| Block::Paragraph(serialised::text(&[Inline::Text(title)])));
        names.into_iter().map(Block::Picture).chain(words).collect()
    }

    /// A film or a recording: its file where the uploads have it, else the page that shows it, else
    /// a link.
    fn player(&mut self, player: &Player) -> Block {
        let Player {
            element,
            title,
            source,
            to,
        } = player;
        let title = marks::plain(title).0;
        let title = if title.is_empty() {
            self.lose(
                format!("<{element}> has no title: write what it shows"),
                to.as_str(),
            );
            marks::plain(
                to.as_str()
                    .split("://")
                    .last()
                    .unwrap_or_default()
                    .trim_end_matches('/'),
            )
            .0
        } else {
            title
        };
        if let Some(file) = self.media.attach(source, Purpose::Film) {
            return Block::Video {
                title,
                address: None,
                file: Some(file),
            };
        }
        if let Some(file) = self.media.attach(source, Purpose::Recording) {
            return Block::Audio { title, file };
        }
        list(self, to.as_str(), &title);
        if element != "audio" && to.as_str().starts_with("https://") {
            return Block::Video {
                title,
                address: Some(to.as_str().to_owned()),
                file: None,
            };
        }
        self.lose(format!("<{element}> became a link"), to.as_str());
        let link = Link {
            to: to.clone(),
            text: vec![Inline::Text(title)],
            lang: None,
        };
        Block::Paragraph(serialised::text(&[Inline::Link(link)]))
    }

    fn lose(&mut self, what: String, excerpt: &str) {
        self.losses
            .push((self.subject.to_owned(), Loss::new(what, excerpt)));
    }
}

/// The addresses that paragraphs offer which are nothing but a link.
pub(super) fn all_offered(blocks: &[html::Block]) -> HashSet<String> {
    let of = |block: &html::Block| match block {
        html::Block::Paragraph(runs) => offered(runs).map(|(to, _)| to.to_owned()),
        _ => None,
    };
    blocks.iter().filter_map(of).collect()
}

/// The address and the words of a paragraph that is nothing but a link. A block of WordPress has
/// the link twice, as words and as a button.
fn offered(runs: &[Inline]) -> Option<(&str, String)> {
    let mut found: Option<(&str, String)> = None;
    for run in runs {
        match run {
            Inline::Link(link) => match &found {
                None => found = Some((link.to.as_str(), plain_text(&link.text))),
                Some((to, _)) if *to == link.to.as_str() => {}
                Some(_) => return None,
            },
            Inline::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    found.filter(|(_, title)| !title.trim().is_empty())
}
