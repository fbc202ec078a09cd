//! `site.json`: the portal itself.

use portal::model::{Lang, Level, Moment, Slug};
use serde::Deserialize;

/// The portal itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Site {
    /// Scheme and host of the public address.
    pub(crate) origin: String,
    /// The portal's name.
    pub(crate) names: PerLang<String>,
    /// Its slogan.
    pub(crate) slogans: PerLang<String>,
    /// The two pictures above the name.
    pub(crate) banners: [Banner; 2],
    /// The sections, in the order of the navigation.
    pub(crate) sections: Vec<Section>,
    /// The standing pages, in the order of the footer.
    pub(crate) pages: Vec<Slug>,
    /// The languages that the portal has; all where it is left out.
    pub(crate) languages: Option<Vec<Lang>>,
    /// The story that leads the home page: `section/slug`.
    pub(crate) lead: Option<String>,
    /// The stories beside it: `section/slug`.
    #[serde(default)]
    pub(crate) picks: Vec<String>,
    /// The tags that articles may have.
    #[serde(default)]
    pub(crate) tags: Vec<Tag>,
    /// What every reader should know now.
    #[serde(default)]
    pub(crate) notices: Vec<Notice>,
}

/// A tag.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Tag {
    /// Its name in addresses and in `article.json`.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
}

/// What every reader should know now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Notice {
    /// How much it matters.
    pub(crate) level: Level,
    /// What it says; may carry marks.
    pub(crate) texts: PerLang<String>,
    /// When it stops to matter.
    pub(crate) until: Option<Moment>,
}

/// A picture above the name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Banner {
    /// The file, from the content folder on.
    pub(crate) wide: String,
    /// The file for narrow screens.
    pub(crate) narrow: String,
    /// What it is, shown with it.
    pub(crate) captions: PerLang<String>,
    /// What it shows, for someone who cannot see it.
    pub(crate) alternatives: PerLang<String>,
}

/// A section.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Section {
    /// Its name in addresses and its folder's name.
    pub(crate) slug: Slug,
    /// Its name.
    pub(crate) names: PerLang<String>,
    /// What it is about, in a sentence.
    pub(crate) descriptions: PerLang<String>,
}

/// One value for each language, none of them left out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with a text for each language")]
pub(crate) struct PerLang<T> {
    vi: T,
    en: T,
    ko: T,
    ja: T,
    #[serde(rename = "zh-Hans")]
    zh_hans: T,
}

impl<T> PerLang<T> {
    /// The value for a language.
    pub(crate) fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
            Lang::Ko => &self.ko,
            Lang::Ja => &self.ja,
            Lang::ZhHans => &self.zh_hans,
        }
    }

    /// The same for each value.
    pub(crate) fn map<U>(self, mut change: impl FnMut(Lang, T) -> U) -> PerLang<U> {
        PerLang {
            vi: change(Lang::Vi, self.vi),
            en: change(Lang::En, self.en),
            ko: change(Lang::Ko, self.ko),
            ja: change(Lang::Ja, self.ja),
            zh_hans: change(Lang::ZhHans, self.zh_hans),
        }
    }
}
