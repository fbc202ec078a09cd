//! The document: all that one page needs, in one file.

use super::{Article, Block, Inline, Lang, Site, Slug, Teaser};
use serde::{Deserialize, Serialize};

/// Everything that one address shows in one language. It stands as `index.json` beside the page's `index.html`, is
/// embedded in that page, and is what the API answers: the same bytes in all three places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// A language's front page.
    Home(Home),
    /// A section's list.
    Section(Section),
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// The story that leads the page.
    pub lead: Option<Teaser>,
    /// The newest of each section, in the order of the navigation. The lead is not repeated.
    pub sections: Vec<SectionBlock>,
}

/// A section on the front page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionBlock {
    /// The section's name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Its newest articles, newest first.
    pub teasers: Vec<Teaser>,
}

/// A section's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Its articles in this language, newest first.
    pub teasers: Vec<Teaser>,
}

/// A page that stands for long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The language.
    pub lang: Lang,
    /// The article's title in that language.
    pub title: String,
}
