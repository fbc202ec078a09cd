//! The content as it was read and checked: texts parsed, pictures measured, nothing published yet. Whatever is in here
//! had no problem of its own.
//!
//! [`authored`] is the shape of what editors write, [`article`] what becomes of an article once it is checked. Of every
//! article only what lists show is held in memory: the [`catalogue`], with [`stamp`] and [`summary`]. [`selection`] says
//! what is in a site: no drafts, and nothing that is published later. [`dates`] reads dates as others write them.

pub mod article;
pub mod authored;
pub mod catalogue;
pub mod dates;
pub mod selection;
pub mod stamp;
pub mod summary;

use crate::content::article::PictureFile;
use crate::content::authored::site::PerLang;
use crate::content::catalogue::Item;
use crate::content::selection::Selection;
use model::{Address, Block, Channel, Inline, Lang, Level, Moment, Slug};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All content.
pub struct Content {
    /// The portal itself.
    pub site: Site,
    /// What lists show of the articles, in the order of their folders.
    pub items: Vec<Item>,
    /// The standing pages, in the order of the footer.
    pub pages: Vec<Standing>,
    /// Every file that is published beside the pages: pictures, films, recordings, files to keep. With the hash of its
    /// bytes.
    pub media: Vec<(PathBuf, u64)>,
}

impl Content {
    /// Takes out what is not published: what `selection` leaves out, and versions in languages that the portal does not
    /// have; also notices whose time has not come, or is over.
    pub fn select(&mut self, selection: &Selection) {
        let languages = &self.site.languages;
        for item in &mut self.items {
            item.versions.retain(|(lang, version)| languages.contains(lang) && selection.includes_version(version));
        }
        self.items.retain(|item| selection.includes(item) && !item.versions.is_empty());
        self.site.notices.retain(|notice| selection.includes_notice(notice.published, notice.until));
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
    /// The sections and slugs of the stories beside it.
    pub picks: Vec<(Slug, Slug)>,
    /// The tags, in the order of `site.json`.
    pub tags: Vec<Tag>,
    /// The places that are called otherwise than in earlier articles.
    pub places: Vec<Place>,
    /// What every reader should know now.
    pub notices: Vec<Notice>,
    /// The agencies whose portals every page leads to.
    pub agencies: Vec<Agency>,
    /// Where articles are shared, in the languages that have a row of their own.
    pub share: BTreeMap<Lang, Vec<Channel>>,
    /// Whom to tell of a hole in the portal.
    pub security: Option<Security>,
}

/// Whom to tell of a hole in the portal.
pub struct Security {
    /// Where a hole can be reported, the best way first.
    pub contacts: Vec<Address>,
    /// Until when this is good.
    pub expires: Moment,
    /// The page that says how reports are dealt with.
    pub policy: Option<Address>,
    /// The languages in which a report can be written.
    pub languages: Vec<Lang>,
}

/// An agency that the portal's readers may need too.
pub struct Agency {
    /// What it is called.
    pub names: PerLang<String>,
    /// Its portal.
    pub address: Address,
}

/// A tag.
pub struct Tag {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub names: PerLang<String>,
}

/// A place that is called otherwise than in earlier articles.
pub struct Place {
    /// Its name before.
    pub former: PerLang<String>,
    /// What it is now.
    pub present: PerLang<String>,
    /// Since when.
    pub since: Moment,
    /// Where more is said about the change.
    pub link: Option<Address>,
}

/// What every reader should know now.
pub struct Notice {
    /// Its name in feeds and addresses.
    pub slug: Slug,
    /// How much it matters.
    pub level: Level,
    /// What it says.
    pub texts: PerLang<Vec<Inline>>,
    /// When it is published.
    pub published: Moment,
    /// When it stops to matter.
    pub until: Option<Moment>,
}

/// A picture above the name.
pub struct Banner {
    /// The picture.
    pub wide: PictureFile,
    /// The picture for narrow screens.
    pub narrow: PictureFile,
    /// What it is, shown with it.
    pub captions: PerLang<String>,
    /// What it shows.
    pub alternatives: PerLang<String>,
}

/// A section.
pub struct Section {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub names: PerLang<String>,
    /// What it is about.
    pub descriptions: PerLang<String>,
}

/// A standing page in all languages.
pub struct Standing {
    /// Its name in addresses.
    pub slug: Slug,
    /// What is written, by language.
    pub versions: BTreeMap<Lang, StandingVersion>,
}

/// A standing page in one language.
pub struct StandingVersion {
    /// Its title.
    pub title: String,
    /// The paragraph that says what the page says.
    pub lead: Vec<Inline>,
    /// The text.
    pub body: Vec<Block>,
}
