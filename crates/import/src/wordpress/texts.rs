//! One text of an export: its title, dates, body, cover and author.

use super::authors::byline;
use super::dates::{first_published, is_unset, moment};
use super::import_index::{ImportIndex, library_entry};
use super::links::Links;
use super::page_data;
use super::plan::{Group, VIEWS};
use super::subjects::subject;
use super::surroundings::Around;
use crate::imported_article::Text;
use crate::loss::{Loss, excerpt};
use crate::multilingual::in_language;
use crate::portal::Portal;
use crate::shortcodes::expand;
use crate::vietnamese::crossed;
use crate::wxr::Item;
use crate::{html, marks};
use model::{Lang, Moment};
use std::cell::RefCell;

impl<'a> ImportIndex<'a> {
    /// Reads a text.
    pub(super) fn text(
        &self,
        lang: Lang,
        item: &'a Item,
        group: &Group<'a>,
        portal: &Portal,
    ) -> Text {
        let mut losses: Vec<Loss> = group
            .notes
            .iter()
            .filter(|(of, _)| std::ptr::eq(*of, item))
            .map(|(_, loss)| loss.clone())
            .collect();
        let links = Links {
            index: self,
            item,
            group,
            portal,
            losses: RefCell::default(),
        };
        let around = Around {
            index: self,
            item,
            lang,
        };
        let resolve = |href: &str| links.resolve(href);
        losses.extend(page_data::moved(item));
        let content = page_data::content(item);
        let content = expand(&content, &around, &mut losses);
        let excerpt = expand(&item.excerpt, &around, &mut losses);
        let [title, content, excerpt] =
            in_own_letters(lang, [&item.title, &content, &excerpt], &mut losses);
        let mut body = html::fragment(&content, &resolve);
        let excerpt = html::fragment(&excerpt, &resolve);
        losses.append(&mut links.losses.into_inner());
        let published = self.published(item, &mut losses);
        let draft = Self::is_draft(item, &mut losses) | lacks_sentences(item, &mut losses);
        if item.comments > 0 {
            losses.push(Loss::new(
                format!(
                    "its comments ({}) were left out: this portal has none",
                    item.comments
                ),
                "",
            ));
        }
        let cover = self.cover(lang, item, &mut losses);
        let author = byline(self, lang, item, &mut losses);
        let modified = self.modified(item, &mut losses);
        losses.append(&mut body.losses);
        body.losses = losses;
        Text {
            lang,
            subject: subject(Some(lang), item),
            title,
            excerpt,
            body,
            cover,
            author,
            published,
            modified,
            views: VIEWS
                .iter()
                .find_map(|key| item.meta(key)?.parse().ok())
                .unwrap_or_default(),
            draft,
            machine: item
                .listed
                .as_ref()
                .is_some_and(|listed| listed.by_machine > 0),
        }
    }

    fn cover(&self, lang: Lang, item: &Item, losses: &mut Vec<Loss>) -> Option<html::Picture> {
        let number = item.meta("_thumbnail_id")?;
        // WordPress keeps a 0 or a -1 where the cover was taken away.
        let media = match number.parse().map(|number| self.media(item, number)) {
            Ok(Some(media)) => media,
            Err(_) => return None,
            Ok(None) if number == "0" => return None,
            Ok(None) => {
                let what = "the cover was left out: the export has no picture of its number, or more than one";
                losses.push(Loss::new(what, number));
                return None;
            }
        };
        let caption = marks::plain(&html::words(&in_language(
            &library_entry(media).caption,
            lang,
        )))
        .0;
        Some(html::Picture {
            source: media.attachment_url.clone(),
            caption,
            media: media.number,
            ..html::Picture::default()
        })
    }

    fn published(&self, item: &Item, losses: &mut Vec<Loss>) -> Moment {
        let own = moment(&item.date, &item.date_gmt, self.offset);
        let published = first_published(item, self.offset);
        if own.is_none() {
            let shown = |date: &str| {
                if is_unset(date) {
                    String::new()
                } else {
                    excerpt(date)
                }
            };
            let what = if moment(&item.modified, &item.modified_gmt, self.offset).is_some() {
                format!(
                    "it has no date of publication: that of its last change, {published}, stands in for it"
                )
            } else {
                "it has no date: 2000-01-01 stands in for it".to_owned()
            };
            losses.push(Loss::new(what, &shown(&item.date)));
        }
        published
    }

    fn modified(&self, item: &Item, losses: &mut Vec<Loss>) -> Option<Moment> {
        let modified = moment(&item.modified, &item.modified_gmt, self.offset);
        if modified.is_none() && !is_unset(&item.modified) {
            losses.push(Loss::new(
                "the date of its last change is no date, and was left out",
                &item.modified,
            ));
        }
        modified
    }

    /// Whether a text becomes a draft.
    fn is_draft(item: &Item, losses: &mut Vec<Loss>) -> bool {
        if !item.password.is_empty() {
            losses.push(Loss::new("a password protected it: it is a draft now", ""));
            return true;
        }
        match item.status.as_str() {
            "publish" | "future" => false,
            "private" => {
                losses.push(Loss::new(
                    "only those who were logged in could read it: it is a draft now",
                    "",
                ));
                true
            }
            _ => true,
        }
    }
}

/// Whether a text was made of a list that lacks some of its sentences. Each of them is named.
fn lacks_sentences(item: &Item, losses: &mut Vec<Loss>) -> bool {
    let Some(listed) = &item.listed else {
        return false;
    };
    let what = "this sentence is in no list: it stays in the language of the original, and the text is a draft";
    let missing = listed.missing.iter();
    losses.extend(missing.map(|sentence| Loss::new(what, sentence)));
    if listed.by_machine > 0 {
        let what = format!(
            "a machine translated {} of its sentences: it is kept back until somebody says that it is right",
            listed.by_machine
        );
        losses.push(Loss::new(what, ""));
    }
    !listed.missing.is_empty()
}

/// The HTML of a text in the letters of its language.
fn in_own_letters(lang: Lang, html: [&str; 3], losses: &mut Vec<Loss>) -> [String; 3] {
    if lang != Lang::Vi {
        return html.map(str::to_owned);
    }
    let pieces = html.map(crossed);
    let count: usize = pieces.iter().map(|(_, count)| count).sum();
    if count > 0 {
        let what = format!("Ð, which is a letter of Icelandic, became Đ ({count})");
        losses.push(Loss::new(what, ""));
    }
    pieces.map(|(html, _)| html)
}
