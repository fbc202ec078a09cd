//! The checked content: texts are parsed, pictures are measured, and nothing in it has a problem of
//! its own.
//!
//! [`authored`] has the types of the files that editors write, [`article`] those of a checked
//! article. Of every article only an entry in the [`catalogue`] is held in memory, with its
//! [`stamp`] and [`summary`]. [`selection`] decides which articles a site contains. [`dates`] reads
//! other forms of dates, for helps. [`drawings`] has the portal's sign
//! and the form of its share cards. [`views`] has the view counts.
//! [`duties`] has what public bodies owe to the public besides news,
//! [`conformance`] how far they say that it can be reached. [`monitoring`] has the script that the
//! state may ask for.

pub mod article;
pub mod authored;
pub mod catalogue;
pub mod conformance;
pub mod dates;
pub mod drawings;
pub mod duties;
pub mod glossary;
pub mod monitoring;
pub mod selection;
pub mod stamp;
pub mod summary;
pub mod views;

use crate::content::article::PictureFile;
use crate::content::authored::site::PerLang;
use crate::content::catalogue::Item;
use crate::content::drawings::Drawings;
use crate::content::duties::Duties;
use crate::content::monitoring::Monitoring;
use crate::content::selection::Selection;
use crate::content::views::{Count, Counts, Views, ViewsFrom};
use model::{Address, Block, Channel, Inline, Lang, Level, Moment, Slug};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All content.
pub struct Content {
    /// The portal itself.
    pub site: Site,
    /// The catalogue of the articles, in the order of their folders.
    pub items: Vec<Item>,
    /// The standing pages, in the order of the footer.
    pub pages: Vec<Standing>,
    /// Every picture and attached file, with the hash of its bytes.
    pub media: Vec<(PathBuf, u64)>,
    /// The portal's own drawings.
    pub drawings: Drawings,
}

impl Content {
    /// When `selection` would choose otherwise next, although nothing changes but the time: the next
    /// publication, or the end of a notice. `None` where that never comes, or time has no say.
    pub fn next_change(&self, selection: &Selection) -> Option<Moment> {
        let now = selection.as_of?;
        let published = self
            .items
            .iter()
            .filter(|item| selection.drafts || !item.draft)
            .map(|item| item.published);
        let notices = self.site.notices.iter();
        let notices = notices.flat_map(|notice| [Some(notice.published), notice.until]);
        let events = self.items.iter().filter(|_| self.site.duties.calendar);
        let events = events.flat_map(|item| item.events().map(|event| duties::end_of(event.time)));
        published
            .chain(notices.flatten())
            .chain(events)
            .filter(|moment| moment.minutes() > now.minutes())
            .min_by_key(|moment| moment.minutes())
    }

    /// Removes the articles, versions and notices that `selection` leaves out, and versions in
    /// languages that the portal does not have.
    pub fn select(&mut self, selection: &Selection) {
        let languages = &self.site.languages;
        for item in &mut self.items {
            item.versions.retain(|(lang, version)| {
                languages.contains(lang) && selection.includes_version(version)
            });
        }
        self.items
            .retain(|item| selection.includes(item) && !item.versions.is_empty());
        self.site
            .notices
            .retain(|notice| selection.includes_notice(notice.published, notice.until));
        self.site.duties.now = selection.as_of;
    }

    /// Gives each article the view counts that readers see. `counts` has a say only where
    /// `site.json` chooses the counter; an article that it does not name has no views.
    pub fn show_views(&mut self, counts: Option<&Counts>) {
        let chosen = &mut self.site.views;
        let counts = counts.filter(|_| chosen.from == ViewsFrom::Counter);
        chosen.as_of = counts.map(|counts| counts.as_of);
        if let Some(totals) = counts
            .map(|counts| &counts.totals)
            .filter(|totals| !totals.is_empty())
        {
            let known = &mut self.site.duties.totals;
            *known = views::joined(known, totals);
        }
        for item in &mut self.items {
            let count = match chosen.from {
                ViewsFrom::Nothing => Count::default(),
                ViewsFrom::Content => Count {
                    total: item.views,
                    recent: item.views,
                },
                ViewsFrom::Counter => counts
                    .and_then(|counts| counts.articles.get(&views::key(item)))
                    .copied()
                    .unwrap_or_default(),
            };
            (item.views, item.recent_views) = (count.total, count.recent);
        }
    }
}

/// The portal itself.
pub struct Site {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// The portal's name.
    pub names: PerLang<String>,
    /// Its slogan.
    pub slogans: PerLang<String>,
    /// The pictures above the name.
    pub banners: Vec<Banner>,
    /// The sections, in the order of the navigation.
    pub sections: Vec<Section>,
    /// The languages that the portal has, in the order of the tabs.
    pub languages: Vec<Lang>,
    /// The section and slug of the story that leads the home page.
    pub lead: Option<(Slug, Slug)>,
    /// The sections and slugs of the stories next to the lead.
    pub picks: Vec<(Slug, Slug)>,
    /// The tags, in the order of `site.json`.
    pub tags: Vec<Tag>,
    /// The places that were renamed, or joined to another one, after articles had named them.
    pub places: Vec<RenamedPlace>,
    /// The notices of every page.
    pub notices: Vec<Notice>,
    /// The agencies whose portals every page leads to.
    pub agencies: Vec<Agency>,
    /// Where articles are shared, in the languages that have a row of their own.
    pub share: BTreeMap<Lang, Vec<Channel>>,
    /// Which view counts readers see.
    pub views: Views,
    /// The contacts for reports of vulnerabilities.
    pub security: Option<Security>,
    /// Where open pages ask for documents first, with a slash at its end: a path or another host.
    pub api: Option<String>,
    /// After how many seconds a visible page asks for news again.
    pub refresh_seconds: Option<u32>,
    /// The origins that the portal had before, the oldest first.
    pub former_origins: Vec<String>,
    /// The law that asks for standing pages: what each is called, and since and until when it is in
    /// force.
    pub legal_basis: Vec<(String, Option<Moment>, Option<Moment>)>,
    /// The standing pages of the footer, in its order. Some of them the build makes.
    pub pages: Vec<Slug>,
    /// The pages that the build makes of the rest of the content.
    pub duties: Duties,
    /// The state's monitoring script, where the portal has it.
    pub monitoring: Option<Monitoring>,
}

impl Site {
    /// The origin that the portal had first, which names that stay for ever are made of.
    pub fn first_origin(&self) -> &str {
        self.former_origins.first().unwrap_or(&self.origin)
    }

    /// Scheme and host of the API, where it is another host.
    pub fn api_origin(&self) -> Option<String> {
        let url = url::Url::parse(self.api.as_deref()?).ok()?;
        Some(url.origin().ascii_serialization())
    }
}

/// The contacts for reports of vulnerabilities, as in `security.txt` (RFC 9116).
pub struct Security {
    /// The addresses for reports, the preferred one first.
    pub contacts: Vec<Address>,
    /// The end of validity.
    pub expires: Moment,
    /// The page with the disclosure policy.
    pub policy: Option<Address>,
    /// The languages in which a report can be written.
    pub languages: Vec<Lang>,
}

/// An agency that the portal's readers may need too.
pub struct Agency {
    /// Its name.
    pub names: PerLang<String>,
    /// Its portal.
    pub address: Address,
}

/// A tag.
#[derive(Clone)]
pub struct Tag {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub names: PerLang<String>,
}

/// A place that was renamed, or joined to another one, after articles had named it.
pub struct RenamedPlace {
    /// Its former name.
    pub former: PerLang<String>,
    /// Its present name or status.
    pub present: PerLang<String>,
    /// The time of the change.
    pub since: Moment,
    /// A page about the change.
    pub link: Option<Address>,
}

/// A notice for every reader, on every page.
pub struct Notice {
    /// Its name in feeds and addresses.
    pub slug: Slug,
    /// How severe it is.
    pub level: Level,
    /// The text.
    pub texts: PerLang<Vec<Inline>>,
    /// When it is published.
    pub published: Moment,
    /// When it ends.
    pub until: Option<Moment>,
}

/// A picture above the name.
pub struct Banner {
    /// The picture.
    pub wide: PictureFile,
    /// The picture for narrow screens.
    pub narrow: PictureFile,
    /// The visible caption.
    pub captions: PerLang<String>,
    /// The alternative text.
    pub alternatives: PerLang<String>,
}

/// A section.
pub struct Section {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub names: PerLang<String>,
    /// Its description.
    pub descriptions: PerLang<String>,
}

/// A standing page in all languages.
pub struct Standing {
    /// Its name in addresses.
    pub slug: Slug,
    /// The versions by language.
    pub versions: BTreeMap<Lang, StandingVersion>,
}

/// A standing page in one language.
#[derive(Default)]
pub struct StandingVersion {
    /// Its title.
    pub title: String,
    /// The lead.
    pub lead: Vec<Inline>,
    /// The body.
    pub body: Vec<Block>,
}
