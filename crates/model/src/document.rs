//! The document: all that one page needs, in one file.

use super::{Article, Block, Entry, Inline, Lang, PageNumber, Site, Slug, Teaser};
use macros::Read;
use serde::{Deserialize, Serialize};

/// Everything that one address shows in one language. It stands as `index.json` beside the page's `index.html`, is
/// embedded in that page, and is what the API answers: the same bytes in all three places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What stands around the page.
    pub site: Site,
    /// The languages in which this very page exists, in the order of the tabs.
    pub languages: Vec<Lang>,
    /// The page.
    pub page: Page,
}

/// The page itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// A language's front page.
    Home(Box<Home>),
    /// A list of articles: a section, a tag, a month.
    Listing(Box<Listing>),
    /// The years and months in which something was published.
    Archive(Archive),
    /// All tags.
    Tags(Tags),
    /// The page that searches.
    Search(Search),
    /// An article.
    Article(Box<Article>),
    /// A page that stands for long: about, contacts.
    Standing(Standing),
    /// An article that is not there in this language.
    Untranslated(Untranslated),
    /// Nothing stands at this address.
    NotFound,
}

/// A language's front page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// The story that leads the page.
    pub lead: Option<Teaser>,
    /// The stories that the editors put beside it, in their order, with summary and cover.
    pub picks: Vec<Teaser>,
    /// The newest of each section, in the order of the navigation. Lead and picks are not repeated.
    pub sections: Vec<SectionBlock>,
    /// The most read articles, most read first, without summary and cover.
    pub most_read: Vec<Teaser>,
}

/// A section on the front page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SectionBlock {
    /// The section's name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Its newest articles, newest first.
    pub teasers: Vec<Teaser>,
}

/// A list of articles in one language, newest first.
///
/// Its parts are numbered from the oldest on, so that a part that is full never changes again: what is published next
/// goes to the front, which holds what is not in a numbered part yet, and at least one part's worth where there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// What the articles have in common.
    pub topic: Topic,
    /// What the list is about, in a sentence; on the front of a section only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Which part of the list this is.
    pub part: PageNumber,
    /// The part with the articles that came after these, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<PageNumber>,
    /// The part with the articles that came before these, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<PageNumber>,
    /// The articles. Those of a month have no summary and no cover.
    pub teasers: Vec<Teaser>,
}

/// What the articles of a list have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The section.
    Section(Entry),
    /// The tag.
    Tag(Entry),
    /// The month in which they were published.
    Month(Month),
}

/// A month of the calendar, in Việt Nam's time or whichever the moments were written in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Read,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Month {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
}

/// The years and months in which something was published in one language, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// The year that the page is about; `None` on the page of all years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The months, newest first.
    pub months: Vec<ArchiveMonth>,
}

/// A month in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArchiveMonth {
    /// The month.
    pub month: Month,
    /// How many articles there are from it.
    pub articles: u32,
}

/// All tags that an article in this language has, in the order of `site.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tags {
    /// The tags.
    pub tags: Vec<Entry>,
}

/// What the page that searches needs to know before anybody searches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// The years in which something was published in this language, newest first.
    pub years: Vec<u16>,
}

/// A page that stands for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// The paragraph that says what the page says.
    pub lead: Vec<Inline>,
    /// The text.
    pub body: Vec<Block>,
}

/// An article that is not there in this language, with the languages in which it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Untranslated {
    /// The section that the article stands in.
    pub section: Slug,
    /// The article's name in addresses.
    pub slug: Slug,
    /// The versions that there are, in the order of the tabs.
    pub versions: Vec<Version>,
}

/// An article's version in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The language.
    pub lang: Lang,
    /// The article's title in that language.
    pub title: String,
}
