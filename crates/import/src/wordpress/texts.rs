//! One text of an export: its title, dates, body, cover and author.

use super::dates::{first_published, is_unset, moment};
use super::import_index::{ImportIndex, library_entry};
use super::plan::{Group, VIEWS};
use super::subjects::subject;
use crate::addresses::{MOST_ADDRESS, absolute, comparable};
use crate::imported_article::Text;
use crate::loss::{Loss, excerpt};
use crate::shortcodes::{escaped, expand};
use crate::wxr::Item;
use crate::{html, marks, slugs};
use model::{Address, Lang, Moment};
use std::fmt::Write;

/// The longest name of an author, in bytes.
const MOST_NAME: usize = 1_000;

impl<'a> ImportIndex<'a> {
    /// Reads a text.
    pub(super) fn text(&self, lang: Lang, item: &'a Item, group: &Group<'a>) -> Text {
        let mut losses: Vec<Loss> = group
            .notes
            .iter()
            .filter(|(of, _)| std::ptr::eq(*of, item))
            .map(|(_, loss)| loss.clone())
            .collect();
        let resolve = |href: &str| self.address(href, item, group);
        let content = expand(&item.content, &|ids| self.gallery(ids, item), &mut losses);
        let mut body = html::fragment(&content, &resolve);
        let excerpt = html::fragment(
            &expand(&item.excerpt, &|_| String::new(), &mut losses),
            &resolve,
        );
        let published = self.published(item, &mut losses);
        let draft = Self::is_draft(item, &mut losses);
        if item.comments > 0 {
            losses.push(Loss::new(
                format!(
                    "its comments ({}) were left out: this portal has none",
                    item.comments
                ),
                "",
            ));
        }
        let cover = self.cover(item, &mut losses);
        let author = self.author(item, &mut losses);
        let modified = self.modified(item, &mut losses);
        losses.append(&mut body.losses);
        body.losses = losses;
        Text {
            lang,
            subject: subject(Some(lang), item),
            title: item.title.clone(),
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
        }
    }

    /// Resolves a link: to an article of this import, or to the web. `None` where a link may not
    /// lead there, or where readers will not see the article.
    fn address(&self, href: &str, item: &Item, group: &Group<'_>) -> Option<Address> {
        let site = self
            .export
            .site(item)
            .map(|site| site.address.as_str())
            .unwrap_or_default();
        let base =
            Some(item.link.as_str()).filter(|link| !link.is_empty() && link.len() <= MOST_ADDRESS);
        let whole = absolute(href, Some(base.unwrap_or(site)))?;
        let text = whole.as_str();
        let at = comparable(text);
        let number = || {
            let query = text.split_once('?')?.1;
            let value = query.split('&').find_map(|pair| {
                pair.strip_prefix("p=")
                    .or_else(|| pair.strip_prefix("page_id="))
            })?;
            self.place_of(self.site_at(&at, item)?, value.parse().ok()?)
        };
        let place = number().or_else(|| self.place_at(&at).filter(|_| !text.contains('?')));
        match place {
            None => Some(whole),
            Some(place) if self.leads_to_nothing(group, place) => None,
            Some((section, slug)) => Address::new(&format!("/{section}/{slug}/")).ok(),
        }
    }

    /// The site of an address: the one with the longest address above it, else the text's own,
    /// where that has the same host.
    fn site_at<'b>(&'b self, address: &str, item: &'b Item) -> Option<&'b str> {
        let known = |address: &str| {
            self.export
                .sites
                .get_key_value(address)
                .map(|(site, _)| &**site)
        };
        let host = address.split('/').next().unwrap_or_default();
        let mut above = address;
        while let Some((rest, _)) = above
            .rsplit_once('/')
            .filter(|_| address.len() <= MOST_ADDRESS)
        {
            if let Some(site) = known(above) {
                return Some(site);
            }
            above = rest;
        }
        let at_host = |address: &str| comparable(address).split('/').next() == Some(host);
        known(&format!("{host}/")).or_else(|| {
            [&item.link, &item.guid]
                .into_iter()
                .any(|own| at_host(own))
                .then_some(&*item.site)
        })
    }

    /// The HTML of a gallery: the pictures with these numbers, or all that belong to the text.
    fn gallery(&self, ids: &[u64], item: &Item) -> String {
        let mut html = "<div class=\"gallery\">".to_owned();
        let mut picture = |picture: &Item| {
            let (source, caption) = (
                escaped(&picture.attachment_url),
                library_entry(picture).caption,
            );
            let class = picture
                .number
                .map(|number| format!(" class=\"wp-image-{number}\""))
                .unwrap_or_default();
            let _ = write!(
                html,
                "<figure><img src=\"{source}\"{class}><figcaption>{caption}</figcaption></figure>"
            );
        };
        if ids.is_empty() {
            self.media_of(item).into_iter().for_each(&mut picture);
        }
        let (known, missing): (Vec<_>, Vec<_>) = ids
            .iter()
            .map(|id| (id, self.media(item, *id)))
            .partition(|(_, media)| media.is_some());
        known
            .into_iter()
            .filter_map(|(_, media)| media)
            .for_each(picture);
        // A picture that the export lacks is looked up and reported like any other.
        for (id, _) in missing {
            let _ = write!(html, "<img src=\"(picture {id} of a gallery)\">");
        }
        html.push_str("</div>");
        html
    }

    fn cover(&self, item: &Item, losses: &mut Vec<Loss>) -> Option<html::Picture> {
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
        let caption = marks::plain(&html::words(&library_entry(media).caption)).0;
        Some(html::Picture {
            source: media.attachment_url.clone(),
            caption,
            media: media.number,
            ..html::Picture::default()
        })
    }

    fn author(&self, item: &Item, losses: &mut Vec<Loss>) -> Option<String> {
        let login = item.creator.as_str();
        let known = || self.export.site(item)?.authors.get(login);
        let name = self.mapping.authors.get(login).or_else(known);
        let name = name.map_or_else(|| slugs::decoded(login), Clone::clone);
        if name.len() > MOST_NAME {
            losses.push(Loss::new(
                format!("its author was left out: a name of more than {MOST_NAME} bytes is none"),
                &name,
            ));
            return None;
        }
        Some(marks::plain(&html::words(&escaped(&name))).0).filter(|name| !name.is_empty())
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
