//! Where links of a text lead: to articles of this import, to sections and tags, to files, or to the
//! web.

use super::import_index::ImportIndex;
use super::plan::{Group, mapped};
use crate::addresses::{MOST_ADDRESS, absolute, comparable};
use crate::loss::{Loss, excerpt};
use crate::portal::Portal;
use crate::slugs::fully_decoded;
use crate::wxr::{Export, Item};
use model::Address;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The hosts of an export's sites. Links to them lead to what is left behind.
pub(super) fn hosts(export: &Export) -> Vec<String> {
    let host = |site: &str| site.split('/').next().unwrap_or_default().to_owned();
    let sites = export.sites.keys().map(|site| host(site));
    // WordPress.com keeps files on another host than texts.
    let files = export
        .items
        .iter()
        .filter(|item| item.attachment_url.contains("://"));
    let files = files.map(|item| host(&comparable(&item.attachment_url)));
    let hosts: BTreeSet<String> = sites.chain(files).filter(|host| !host.is_empty()).collect();
    hosts.into_iter().collect()
}

/// What a query may hold besides what it asks for: who sent the reader, and how.
const TRACKING: [&str; 18] = [
    "utm_",
    "fbclid",
    "gclid",
    "zarsrc",
    "zalo",
    "mc_cid",
    "mc_eid",
    "ref",
    "source",
    "share",
    "amp",
    "replytocom",
    "print",
    "preview",
    "_ga",
    "igshid",
    "spm",
    "lang",
];

/// The first parts of the addresses of categories and tags.
const CATEGORIES: [&str; 6] = [
    "category",
    "chuyen-muc",
    "danh-muc",
    "chuyenmuc",
    "danhmuc",
    "cat",
];
const TAGS: [&str; 4] = ["tag", "tags", "the", "tu-khoa"];

/// The links of one text.
pub(super) struct Links<'a, 'b> {
    pub(super) index: &'b ImportIndex<'a>,
    pub(super) item: &'a Item,
    pub(super) group: &'b Group<'a>,
    pub(super) portal: &'b Portal,
    /// What was lost of links that lead somewhere all the same.
    pub(super) losses: RefCell<Vec<Loss>>,
}

/// Where a link leads.
enum Target {
    /// A page of this portal: its path.
    Page(String),
    /// An article of this portal that no reader may be led to.
    HeldBack,
    /// A file of the old site: its address.
    File(Address),
}

impl<'a> Links<'a, '_> {
    /// Resolves a link. `None` where a link may not lead there, or where readers will not see the
    /// article.
    pub(super) fn resolve(&self, href: &str) -> Option<Address> {
        let site = self.index.export.site(self.item);
        let site = site.map(|site| site.address.as_str()).unwrap_or_default();
        let own = self.item.link.as_str();
        let base = Some(own).filter(|link| !link.is_empty() && link.len() <= MOST_ADDRESS);
        let whole = absolute(href, Some(base.unwrap_or(site)))?;
        match self.target(whole.as_str()) {
            None => Some(whole),
            Some(Target::HeldBack) => None,
            Some(Target::File(address)) => Some(address),
            Some(Target::Page(path)) => {
                self.note_fragment(whole.as_str());
                Address::new(&path).ok()
            }
        }
    }

    fn note_fragment(&self, address: &str) {
        let Some((_, part)) = address.split_once('#').filter(|(_, part)| !part.is_empty()) else {
            return;
        };
        let what = format!(
            "a link led to a part of a page, #{}: it leads to the page now",
            excerpt(part)
        );
        self.losses.borrow_mut().push(Loss::new(what, address));
    }

    /// Where an address of the old site leads; `None` where nothing here has taken its place.
    fn target(&self, text: &str) -> Option<Target> {
        let at = comparable(text);
        let site = self.site_at(&at)?;
        let query = text.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let asked: Vec<(&str, &str)> = query
            .split(['&', ';'])
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .filter(|(key, _)| !key.is_empty())
            .collect();
        if let Some(target) = asked
            .iter()
            .find_map(|(key, value)| self.numbered(site, key, value))
        {
            return Some(target);
        }
        let is_tracking = |key: &str| TRACKING.iter().any(|known| key.starts_with(known));
        if asked.iter().any(|(key, _)| !is_tracking(key)) {
            return None;
        }
        self.at_path(site, &at)
    }

    /// What a query asks for by number: a text, a file, a category.
    fn numbered(&self, site: &'a str, key: &str, value: &str) -> Option<Target> {
        match key {
            "p" | "page_id" | "post" | "attachment_id" => {
                let number = value.parse().ok()?;
                let place = self.index.place_of(site, number);
                place
                    .map(|place| self.article(place))
                    .or_else(|| file(self.index.media_at_site(site, number)?))
            }
            "cat" => {
                let numbers = &self.index.export.sites.get(site)?.category_numbers;
                self.category(site, numbers.get(&value.parse().ok()?)?)
            }
            "tag" => self.tag(&fully_decoded(value)),
            _ => None,
        }
    }

    fn at_path(&self, site: &'a str, at: &str) -> Option<Target> {
        if let Some(place) = self.index.place_at(at) {
            return Some(self.article(place));
        }
        if let Some(media) = self.index.media_page(at) {
            return file(media);
        }
        let path = at
            .strip_prefix(site.trim_end_matches('/'))
            .unwrap_or_default();
        let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Some(Target::Page("/".to_owned()));
        }
        if let [.., "page", number] = parts[..]
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            parts.truncate(parts.len() - 2);
        }
        let (first, last) = (*parts.first()?, *parts.last()?);
        if parts.len() > 1 && CATEGORIES.contains(&first) {
            return self.category(site, last);
        }
        if parts.len() > 1 && TAGS.contains(&first) {
            return self.tag(last);
        }
        let is_file = last.contains('.') && !last.ends_with(".html") && !last.ends_with(".htm");
        if is_file
            || ["feed", "author", "wp-admin", "wp-content", "wp-login.php"].contains(&first)
            || last == "feed"
        {
            return None;
        }
        let name = last.trim_end_matches(".html").trim_end_matches(".htm");
        let place = self
            .index
            .place_named(site, name)
            .map(|place| self.article(place));
        place.or_else(|| self.category(site, last))
    }

    fn article(&self, place: &(model::Slug, model::Slug)) -> Target {
        if self.index.leads_to_nothing(self.group, place) {
            return Target::HeldBack;
        }
        Target::Page(format!("/{}/{}/", place.0, place.1))
    }

    fn category(&self, site: &str, slug: &str) -> Option<Target> {
        let known = self.index.export.sites.get(site);
        let section = mapped(slug, known, self.index.mapping)?;
        Some(Target::Page(format!("/{section}/")))
    }

    fn tag(&self, slug: &str) -> Option<Target> {
        let tag = self.portal.tag(slug, self.index.mapping)?;
        Some(Target::Page(format!("/tags/{tag}/")))
    }

    /// The site of an address: the one with the longest address above it, else the text's own,
    /// where that has the same host.
    fn site_at(&self, address: &str) -> Option<&'a str> {
        let sites = &self.index.export.sites;
        let known = |address: &str| sites.get_key_value(address).map(|(site, _)| &**site);
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
            [&self.item.link, &self.item.guid]
                .into_iter()
                .any(|own| at_host(own))
                .then_some(&*self.item.site)
        })
    }
}

/// A file of the old site.
fn file(media: &Item) -> Option<Target> {
    absolute(&media.attachment_url, None).map(Target::File)
}
