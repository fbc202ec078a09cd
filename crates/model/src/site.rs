//! The frame around every page: header, navigation, footer and head.

use super::route::Route;
use super::{Address, Inline, Lang, Moment, Picture, Slug};
use macros::Read;
use serde::{Deserialize, Serialize};

/// The portal itself in one language: what the header, the navigation, the footer and the head need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The language that all of it is in.
    pub lang: Lang,
    /// The languages of the portal, in the order of the tabs.
    #[serde(default = "all_languages", skip_serializing_if = "is_all")]
    pub languages: Vec<Lang>,
    /// Scheme and host, without a slash at the end: `https://portal.example`.
    pub origin: String,
    /// The path that the site stands under, with a slash at both ends: `/` or `/portal/`.
    pub base: String,
    /// The portal's name.
    pub name: String,
    /// Its slogan.
    pub slogan: String,
    /// What the footer says of cookies and tracking. It came later, so documents may lack it.
    #[serde(default)]
    pub note: String,
    /// The pictures above the name.
    pub banners: Vec<Banner>,
    /// The sections, in the order of the navigation.
    pub sections: Vec<Entry>,
    /// The standing pages, in the order of the footer.
    pub pages: Vec<Entry>,
    /// What every reader should know now, the gravest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// The agencies that readers may need too, in the order of the footer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<Agency>,
}

impl Site {
    /// A portal with its language, origin and base, and nothing else.
    pub fn bare(lang: Lang, origin: &str, base: &str) -> Self {
        Self {
            lang,
            languages: Lang::ALL.to_vec(),
            origin: origin.to_owned(),
            base: base.to_owned(),
            name: String::new(),
            slogan: String::new(),
            note: String::new(),
            banners: Vec::new(),
            sections: Vec::new(),
            pages: Vec::new(),
            notices: Vec::new(),
            agencies: Vec::new(),
        }
    }

    /// The full address of a page.
    pub fn address(&self, route: &Route) -> String {
        self.absolute(&route.href(&self.base))
    }

    /// The full address of a file below the site's base; of the base itself where `file` is empty.
    pub fn file_address(&self, file: &str) -> String {
        format!("{}{}{file}", self.origin, self.base)
    }

    /// The full address of a path from the host's root on: `/vi/port/`.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// The default of [`Site::languages`]. Most portals have all languages, so documents leave them
/// out.
fn all_languages() -> Vec<Lang> {
    Lang::ALL.to_vec()
}

#[expect(clippy::ptr_arg, reason = "serde passes what it serializes")]
fn is_all(languages: &Vec<Lang>) -> bool {
    languages[..] == Lang::ALL
}

/// What every reader should know now; it stands on every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its name in addresses: the page's part that shows it is called `notice-` and this.
    pub slug: Slug,
    /// How much it matters.
    pub level: Level,
    /// What it says.
    pub text: Vec<Inline>,
    /// When it was published.
    pub published: Moment,
    /// When it stops to matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

impl Notice {
    /// The id of the notice's element.
    pub fn anchor(&self) -> String {
        format!("notice-{}", self.slug)
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Good to know.
    Information,
    /// Something may go wrong.
    Warning,
    /// People are in danger.
    Emergency,
}

/// An agency with a portal of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// What it is called.
    pub name: String,
    /// Its portal.
    pub address: Address,
}

/// One of the pictures above the name, with a composition of its own for narrow screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Banner {
    /// The picture.
    pub wide: Picture,
    /// The file for narrow screens, from the site's base on.
    pub narrow: String,
    /// What it is, shown with it.
    pub caption: String,
}

/// A name that leads to a section or to a standing page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
}
