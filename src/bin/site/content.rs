//! The content as it was read and checked: texts parsed, pictures measured, nothing published yet. Whatever is in here
//! had no problem of its own.

use crate::article::PictureFile;
use crate::authored::site::PerLang;
use crate::catalogue::Item;
use crate::selection::Selection;
use portal::model::{Address, Block, Channel, Inline, Lang, Level, Moment, Slug};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All content.
pub(crate) struct Content {
    /// The portal itself.
    pub(crate) site: Site,
    /// What lists show of the articles, in the order of their folders.
    pub(crate) items: Vec<Item>,
    /// The standing pages, in the order of the footer.
    pub(crate) pages: Vec<Standing>,
    /// Every file that is published beside the pages: pictures, films, recordings, files to keep. With the hash of its
    /// bytes.
    pub(crate) media: Vec<(PathBuf, u64)>,
}

impl Content {
    /// Takes out what is not published: what `selection` leaves out, and versions in languages that the portal does not
    /// have; also notices whose time has not come, or is over.
    pub(crate) fn select(&mut self, selection: &Selection) {
        let languages = &self.site.languages;
        for item in &mut self.items {
            item.versions.retain(|(lang, version)| languages.contains(lang) && selection.includes_version(version));
        }
        self.items.retain(|item| selection.includes(item) && !item.versions.is_empty());
        self.site.notices.retain(|notice| selection.includes_notice(notice.published, notice.until));
    }
}

/// The portal itself.
pub(crate) struct Site {
    /// Scheme and host, without a slash at the end.
    pub(crate) origin: String,
    /// The portal's name.
    pub(crate) names: PerLang<String>,
    /// Its slogan.
    pub(crate) slogans: PerLang<String>,
    /// The pictures above the name.
    pub(crate) banners: Vec<Banner>,
    /// The sections, in the order of the navigation.
    pub(crate) sections: Vec<Section>,
    /// The languages that the portal has, in the order of the tabs.
    pub(crate) languages: Vec<Lang>,
    /// The section and slug of the story that leads the home page.
    pub(crate) lead: Option<(Slug, Slug)>,
    /// The sections and slugs of the stories beside it.
    pub(crate) picks: Vec<(Slug, Slug)>,
    /// The tags, in the order of `site.json`.
    pub(crate) tags: Vec<Tag>,
    /// The places that are called otherwise than in earlier articles.
    pub(crate) places: Vec<Place>,
    /// What every reader should know now.
    pub(crate) notices: Vec<Notice>,
    /// The agencies whose portals every page leads to.
    pub(crate) agencies: Vec<Agency>,
    /// Where articles are shared, in the languages that have a row of their own.
    pub(crate) share: BTreeMap<Lang, Vec<Channel>>,
    /// Whom to tell of a hole in the portal.
    pub(crate) security: Option<Security>,
}

/// Whom to tell of a hole in the portal.
pub(crate) struct Security {
    /// Where a hole can be reported, the best way first.
    pub(crate) contacts: Vec<Address>,
    /// Until when this is good.
    pub(crate) expires: Moment,
    /// The page that says how reports are dealt with.
    pub(crate) policy: Option<Address>,
    /// The languages in which a report can be written.
    pub(crate) languages: Vec<Lang>,
}

/// An agency that the portal's readers may need too.
pub(crate) struct Agency {
    /// What it is called.
    pub(crate) names: PerLang<String>,
    /// Its portal.
    pub(crate) address: Address,
}

/// A tag.
pub(crate) struct Tag {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
}

/// A place that is called otherwise than in earlier articles.
pub(crate) struct Place {
    /// Its name before.
    pub(crate) former: PerLang<String>,
    /// What it is now.
    pub(crate) present: PerLang<String>,
    /// Since when.
    pub(crate) since: Moment,
    /// Where more is said about the change.
    pub(crate) link: Option<Address>,
}

/// What every reader should know now.
pub(crate) struct Notice {
    /// Its name in feeds and addresses.
    pub(crate) slug: Slug,
    /// How much it matters.
    pub(crate) level: Level,
    /// What it says.
    pub(crate) texts: PerLang<Vec<Inline>>,
    /// When it is published.
    pub(crate) published: Moment,
    /// When it stops to matter.
    pub(crate) until: Option<Moment>,
}

/// A picture above the name.
pub(crate) struct Banner {
    /// The picture.
    pub(crate) wide: PictureFile,
    /// The picture for narrow screens.
    pub(crate) narrow: PictureFile,
    /// What it is, shown with it.
    pub(crate) captions: PerLang<String>,
    /// What it shows.
    pub(crate) alternatives: PerLang<String>,
}

/// A section.
pub(crate) struct Section {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
    /// What it is about.
    pub(crate) descriptions: PerLang<String>,
}

/// A standing page in all languages.
pub(crate) struct Standing {
    /// Its name in addresses.
    pub(crate) slug: Slug,
    /// What is written, by language.
    pub(crate) versions: BTreeMap<Lang, StandingVersion>,
}

/// A standing page in one language.
pub(crate) struct StandingVersion {
    /// Its title.
    pub(crate) title: String,
    /// The paragraph that says what the page says.
    pub(crate) lead: Vec<Inline>,
    /// The text.
    pub(crate) body: Vec<Block>,
}
