//! One text of an export: its title, dates, body, cover and author.

use super::plan::{Group, VIEWS};
use super::{Desk, subject};
use crate::import::addresses::{absolute, comparable};
use crate::import::assemble::Text;
use crate::import::loss::Loss;
use crate::import::shortcodes::{escaped, expand};
use crate::import::wxr::Item;
use crate::import::{dates, html, marks, slugs};
use portal::model::{Address, Lang, Moment};
use std::fmt::Write;

impl<'a> Desk<'a> {
    /// Reads a text.
    pub(super) fn text(&self, lang: Lang, item: &'a Item, group: &Group<'a>) -> Text {
        let mut losses: Vec<Loss> =
            group.notes.iter().filter(|(id, _)| *id == item.id).map(|(_, loss)| loss.clone()).collect();
        let resolve = |href: &str| self.address(href, item);
        let content = expand(&item.content, &|ids| self.gallery(ids, item), &mut losses);
        let mut body = html::fragment(&content, &resolve);
        let excerpt = html::fragment(&expand(&item.excerpt, &|_| String::new(), &mut losses), &resolve);
        let published = self.published(item, &mut losses);
        let draft = Self::is_draft(item, &mut losses);
        if item.comments > 0 {
            losses.push(Loss::new(format!("its comments ({}) were left out: this portal has none", item.comments), ""));
        }
        losses.append(&mut body.losses);
        body.losses = losses;
        Text {
            lang,
            subject: subject(Some(lang), item),
            title: item.title.clone(),
            excerpt,
            body,
            cover: self.cover(item),
            author: self.author(item),
            published,
            modified: self.moment(&item.modified, &item.modified_gmt),
            views: VIEWS.iter().find_map(|key| item.meta(key)?.parse().ok()).unwrap_or_default(),
            draft,
        }
    }

    /// Where a link leads: to an article that comes along, or to the web.
    fn address(&self, href: &str, item: &Item) -> Option<Address> {
        let base = if item.link.is_empty() { &self.export.site } else { &item.link };
        let whole = absolute(href, Some(base))?;
        let text = whole.as_str();
        let number = || {
            let is_site = comparable(text).starts_with(comparable(&self.export.site).trim_end_matches('/'));
            let query = text.split_once('?').filter(|_| is_site)?.1;
            let value =
                query.split('&').find_map(|pair| pair.strip_prefix("p=").or_else(|| pair.strip_prefix("page_id=")))?;
            self.places_by_id.get(&value.parse().ok()?)
        };
        let place = number().or_else(|| self.places.get(&comparable(text)).filter(|_| !text.contains('?')));
        place.map_or(Some(whole.clone()), |(section, slug)| Address::new(&format!("/{section}/{slug}/")).ok())
    }

    /// The HTML of a gallery: the pictures with these numbers, or all that belong to the text.
    fn gallery(&self, ids: &[u64], item: &Item) -> String {
        let mut pictures: Vec<&Item> = ids.iter().filter_map(|id| self.media.get(id).copied()).collect();
        if ids.is_empty() {
            pictures = self.media.values().copied().filter(|media| media.parent == item.id && item.id != 0).collect();
            pictures.sort_by_key(|media| (media.order, media.id));
        }
        let known: Vec<u64> = pictures.iter().map(|picture| picture.id).collect();
        let mut html = "<div class=\"gallery\">".to_owned();
        for picture in pictures {
            let (source, caption) = (escaped(&picture.attachment_url), &picture.excerpt);
            let _ = write!(
                html,
                "<figure><img src=\"{source}\" class=\"wp-image-{}\"><figcaption>{caption}</figcaption></figure>",
                picture.id
            );
        }
        // A picture that the export does not have is looked for and missed like any other.
        for id in ids.iter().filter(|id| !known.contains(id)) {
            let _ = write!(html, "<img src=\"(picture {id} of a gallery)\">");
        }
        html.push_str("</div>");
        html
    }

    fn cover(&self, item: &Item) -> Option<html::Picture> {
        let media = self.media.get(&item.meta("_thumbnail_id")?.parse().ok()?)?;
        let caption = marks::plain(&html::words(&media.excerpt)).0;
        Some(html::Picture {
            source: media.attachment_url.clone(),
            caption,
            media: Some(media.id),
            ..html::Picture::default()
        })
    }

    fn author(&self, item: &Item) -> Option<String> {
        let login = item.creator.as_str();
        let name = self.mapping.authors.get(login).or_else(|| self.export.authors.get(login));
        let name = name.map_or_else(|| slugs::decoded(login), Clone::clone);
        Some(marks::plain(&html::words(&escaped(&name))).0).filter(|name| !name.is_empty())
    }

    /// A date by the newsroom's clock: from UTC where it is there.
    fn moment(&self, local: &str, utc: &str) -> Option<Moment> {
        let exact = dates::moment(utc, 0).map(|moment| dates::at(moment, self.offset));
        exact.or_else(|| dates::moment(local, self.offset))
    }

    fn published(&self, item: &Item, losses: &mut Vec<Loss>) -> Moment {
        let own = self.moment(&item.date, &item.date_gmt);
        own.or_else(|| self.moment(&item.modified, &item.modified_gmt)).unwrap_or_else(|| {
            losses.push(Loss::new("it has no date: 2000-01-01 stands in for it", ""));
            Moment { year: 2000, month: 1, day: 1, hour: 0, minute: 0, offset: self.offset }
        })
    }

    /// Whether readers never saw it.
    fn is_draft(item: &Item, losses: &mut Vec<Loss>) -> bool {
        if !item.password.is_empty() {
            losses.push(Loss::new("a password protected it: it is a draft now", ""));
            return true;
        }
        match item.status.as_str() {
            "publish" | "future" => false,
            "private" => {
                losses.push(Loss::new("only those who were logged in could read it: it is a draft now", ""));
                true
            }
            _ => true,
        }
    }
}
