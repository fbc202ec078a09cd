//! `site.json`: the portal itself.

use super::form::{
    ApiAddress, BannerName, ChannelWord, FormerOrigin, Integrity, LanguageTag, LevelForm, MailForm,
    Marked, MomentForm, MonitoredSite, MonitoringAddress, Origin, SecurityContact, SlugForm, Story,
    ViewsFromForm, WebAddress, Words,
};
use super::words::{Language, NoticeLevel, ViewsWord};
use model::{Lang, Moment, Slug};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The portal itself.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Site {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// Scheme and host of the public address.
    #[schemars(with = "Origin")]
    pub origin: String,
    /// The portal's name.
    #[schemars(with = "PerLang<Words>")]
    pub names: PerLang<String>,
    /// Its slogan.
    #[schemars(with = "PerLang<Words>")]
    pub slogans: PerLang<String>,
    /// The two pictures above the name.
    pub banners: [Banner; 2],
    /// The sections, in the order of the navigation.
    #[schemars(length(min = 1))]
    pub sections: Vec<Section>,
    /// The standing pages, in the order of the footer.
    #[schemars(with = "Vec<SlugForm>")]
    pub pages: Vec<Slug>,
    /// The languages that the portal has; all where it is left out.
    #[schemars(with = "Option<Vec<LanguageTag>>", length(min = 1))]
    pub languages: Option<Vec<Language>>,
    /// The story that leads the home page: `section/slug`.
    #[schemars(with = "Option<Story>")]
    pub lead: Option<String>,
    /// The stories beside it: `section/slug`.
    #[serde(default)]
    #[schemars(with = "Vec<Story>")]
    pub picks: Vec<String>,
    /// The tags that articles may have.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// The places that have had another name, or belonged to another one, since earlier articles were published.
    #[serde(default)]
    pub places: Vec<Place>,
    /// What every reader should know now.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The agencies whose portals every page leads to.
    #[serde(default)]
    pub agencies: Vec<Agency>,
    /// Where articles are shared, for the languages in which that is not the usual row.
    #[serde(default)]
    #[schemars(with = "PerSomeLang<BTreeSet<ChannelWord>>")]
    pub share: PerSomeLang<Vec<String>>,
    /// The view counts that readers see; none where it is left out.
    pub views: Option<Views>,
    /// The standing pages that the law asks a public body of Viet Nam for, in English too.
    pub duties: Option<Duties>,
    /// Whom to tell of a hole in the portal, for `/.well-known/security.txt` (RFC 9116).
    pub security: Option<Security>,
    /// The address of a server that has the portal's documents as they are now, such as `site live`, with a slash at
    /// its end: a path on the portal's host, or another host. Open pages ask it first, and then their own host.
    #[schemars(with = "Option<ApiAddress>")]
    pub api: Option<String>,
    /// After how many seconds a visible page asks for notices and new texts again. Where it is left out, it asks only
    /// when its reader comes back to it.
    #[schemars(range(min = 10, max = 86_400))]
    pub refresh_seconds: Option<u32>,
    /// The origins that the portal had before, or that its content was imported from, the oldest first. Links that still
    /// lead there are named.
    #[serde(default)]
    #[schemars(with = "BTreeSet<FormerOrigin>")]
    pub former_origins: Vec<String>,
    /// Whether there is a page that leads to all others.
    #[serde(default)]
    pub site_map: bool,
    /// Whether the events of all articles have pages of their own, month by month.
    #[serde(default)]
    pub calendar: bool,
    /// Whether there is a page with the view counts.
    #[serde(default)]
    pub statistics: bool,
    /// The mailbox for errors in articles and translations. Each article has a link to it.
    #[schemars(with = "Option<MailForm>")]
    pub report_errors: Option<String>,
    /// The state's monitoring of public portals (EMC): a script of another host in every page. Off where it is left out.
    pub monitoring: Option<Monitoring>,
}

/// A script of another host that tells its operator of each page that is read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Monitoring {
    /// The address of the script.
    #[schemars(with = "MonitoringAddress")]
    pub script: String,
    /// The hash that the script must have (Subresource Integrity); its host must allow other sites to load it then.
    #[schemars(with = "Option<Integrity>")]
    pub integrity: Option<String>,
    /// The address that the script sends what it sees to.
    #[schemars(with = "MonitoringAddress")]
    pub tracker: String,
    /// The number that the portal has there.
    #[schemars(with = "MonitoredSite")]
    pub site: String,
    /// The standing page with the privacy notice. What the script does is said at its beginning, in every language.
    #[schemars(with = "SlugForm")]
    pub notice: Slug,
}

/// The view counts that readers see.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Views {
    /// Where they come from: the articles' own files, or a counter.
    #[schemars(with = "ViewsFromForm")]
    pub from: ViewsWord,
    /// How many days “most read” looks back where a counter counts; 7 where it is left out.
    #[schemars(range(min = 1, max = 365))]
    pub window_days: Option<u16>,
}

/// Whom to tell of a hole in the portal.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Security {
    /// Where a hole can be reported, the best way first.
    #[schemars(with = "Vec<SecurityContact>", length(min = 1))]
    pub contacts: Vec<String>,
    /// Until when this is good, at most a year from now. The file is left out from then on.
    #[schemars(with = "MomentForm")]
    pub expires: Moment,
    /// The page that says how reports are dealt with.
    #[schemars(with = "Option<WebAddress>")]
    pub policy: Option<String>,
    /// The languages in which a report can be written.
    #[serde(default)]
    #[schemars(with = "Vec<LanguageTag>")]
    pub languages: Vec<Language>,
}

/// The standing pages that the law asks public bodies of Viet Nam for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Duties {
    /// The page on organisation, functions, tasks and powers of the agency and its units.
    #[schemars(with = "SlugForm")]
    pub organisation: Slug,
    /// The page on how to reach the competent officials.
    #[schemars(with = "SlugForm")]
    pub contacts: Slug,
    /// The law that asks for them, each with the time in which it is in force.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// A law that asks for something.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct LegalBasis {
    /// What it is called, with the article.
    #[schemars(with = "Words")]
    pub name: String,
    /// Since when it is in force; always where it is left out.
    #[schemars(with = "Option<MomentForm>")]
    pub from: Option<Moment>,
    /// Until when; without an end where it is left out.
    #[schemars(with = "Option<MomentForm>")]
    pub until: Option<Moment>,
}

/// A tag.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Tag {
    /// Its name in addresses and in `article.json`.
    #[schemars(with = "SlugForm")]
    pub slug: Slug,
    /// Its name.
    #[schemars(with = "PerLang<Words>")]
    pub names: PerLang<String>,
}

/// A place that has had another name, or belonged to another one, since earlier articles were published.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Place {
    /// Its name before, as articles write it.
    #[schemars(with = "PerLang<Words>")]
    pub former: PerLang<String>,
    /// What it is now; stands behind “now”: part of the city of Hai Phong.
    #[schemars(with = "PerLang<Words>")]
    pub present: PerLang<String>,
    /// Since when. Articles that were published before it and have the former name carry a note.
    #[schemars(with = "MomentForm")]
    pub since: Moment,
    /// Where more is said about the change: a page of this portal or of the web.
    #[schemars(with = "Option<Words>")]
    pub link: Option<String>,
}

/// What every reader should know now.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Notice {
    /// Its name in feeds and addresses, the same for as long as it stands.
    #[schemars(with = "SlugForm")]
    pub slug: Slug,
    /// How much it matters.
    #[schemars(with = "LevelForm")]
    pub level: NoticeLevel,
    /// What it says; may carry marks.
    #[schemars(with = "PerLang<Marked>")]
    pub texts: PerLang<String>,
    /// When it is published. It is on no page before.
    #[schemars(with = "MomentForm")]
    pub published: Moment,
    /// When it stops to matter. It is on no page from then on.
    #[schemars(with = "Option<MomentForm>")]
    pub until: Option<Moment>,
}

/// An agency that the portal's readers may need too.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Agency {
    /// What it is called.
    #[schemars(with = "PerLang<Words>")]
    pub names: PerLang<String>,
    /// Its portal.
    #[schemars(with = "WebAddress")]
    pub address: String,
}

/// A picture above the name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Banner {
    /// The file, from the content folder on.
    #[schemars(with = "BannerName")]
    pub wide: String,
    /// The file for narrow screens.
    #[schemars(with = "BannerName")]
    pub narrow: String,
    /// What it is, shown with it.
    #[schemars(with = "PerLang<Words>")]
    pub captions: PerLang<String>,
    /// What it shows, for someone who cannot see it.
    #[schemars(with = "PerLang<Words>")]
    pub alternatives: PerLang<String>,
}

/// A section.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Section {
    /// Its name in addresses and its folder's name.
    #[schemars(with = "SlugForm")]
    pub slug: Slug,
    /// Its name.
    #[schemars(with = "PerLang<Words>")]
    pub names: PerLang<String>,
    /// What it is about, in a sentence.
    #[schemars(with = "PerLang<Words>")]
    pub descriptions: PerLang<String>,
}

/// One value for some of the languages.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with a list for some of the languages"
)]
pub struct PerSomeLang<T> {
    vi: Option<T>,
    en: Option<T>,
    ko: Option<T>,
    ja: Option<T>,
    #[serde(rename = "zh-Hans")]
    zh_hans: Option<T>,
}

impl<T> Default for PerSomeLang<T> {
    fn default() -> Self {
        Self {
            vi: None,
            en: None,
            ko: None,
            ja: None,
            zh_hans: None,
        }
    }
}

impl<T> PerSomeLang<T> {
    /// The values that are present.
    pub fn values(self) -> BTreeMap<Lang, T> {
        let all = [
            (Lang::Vi, self.vi),
            (Lang::En, self.en),
            (Lang::Ko, self.ko),
            (Lang::Ja, self.ja),
            (Lang::ZhHans, self.zh_hans),
        ];
        all.into_iter()
            .filter_map(|(lang, value)| Some((lang, value?)))
            .collect()
    }
}

/// One value for each language, none of them left out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with a text for each language"
)]
pub struct PerLang<T> {
    vi: T,
    en: T,
    ko: T,
    ja: T,
    #[serde(rename = "zh-Hans")]
    zh_hans: T,
}

impl<T> PerLang<T> {
    /// The value for a language.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
            Lang::Ja => &self.ja,
            Lang::ZhHans => &self.zh_hans,
        }
    }

    /// Applies `change` to each value.
    pub fn map<U>(self, mut change: impl FnMut(Lang, T) -> U) -> PerLang<U> {
        PerLang {
            vi: change(Lang::Vi, self.vi),
            en: change(Lang::En, self.en),
            ko: change(Lang::Ko, self.ko),
            ja: change(Lang::Ja, self.ja),
            zh_hans: change(Lang::ZhHans, self.zh_hans),
        }
    }
}
