//! The documents of a content folder, by name: `site`, `articles/port/new-bridge/article`,
//! `articles/port/new-bridge/vi`, `pages/about/vi`.

use model::{Lang, Slug};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};

/// A document. Its name is made of slugs and languages alone, so that it leads out of no folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    /// The portal itself.
    Site,
    /// The names of the portal.
    Glossary,
    /// What is the same in every language of an article.
    Facts(Slug, Slug),
    /// An article in one language.
    Version(Slug, Slug, Lang),
    /// A standing page in one language.
    Standing(Slug, Lang),
    /// What the documents of the register have in common.
    Register,
    /// A document of the register.
    Document(Slug),
    /// Questions and answers in one language.
    Questions(Lang),
    /// The assessment of accessibility.
    Assessment,
}

/// The kinds of documents, which have the same keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `site.json`
    Site,
    /// `glossary.json`
    Glossary,
    /// `article.json`
    Article,
    /// `<lang>.json` of an article
    Version,
    /// `<lang>.json` of a standing page
    Standing,
    /// `documents/register.json`
    Register,
    /// `document.json` of a document of the register
    Document,
    /// `questions/<lang>.json`
    Questions,
    /// `accessibility.json`
    Assessment,
}

impl Place {
    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.split('/').collect();
        let slug = |text| Slug::new(text).ok();
        match parts[..] {
            ["site"] => Some(Self::Site),
            ["glossary"] => Some(Self::Glossary),
            ["articles", section, article, "article"] => {
                Some(Self::Facts(slug(section)?, slug(article)?))
            }
            ["articles", section, article, lang] => Some(Self::Version(
                slug(section)?,
                slug(article)?,
                Lang::from_tag(lang)?,
            )),
            ["pages", page, lang] => Some(Self::Standing(slug(page)?, Lang::from_tag(lang)?)),
            ["documents", "register"] => Some(Self::Register),
            ["documents", document, "document"] => Some(Self::Document(slug(document)?)),
            ["questions", lang] => Some(Self::Questions(Lang::from_tag(lang)?)),
            ["accessibility"] => Some(Self::Assessment),
            _ => None,
        }
    }

    /// Its file.
    pub fn file(&self, content: &Path) -> PathBuf {
        content.join(format!("{self}.json"))
    }

    /// The name of its journal.
    pub fn journal(&self) -> String {
        format!("{}.jsonl", self.to_string().replace('/', "+"))
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Site => Kind::Site,
            Self::Glossary => Kind::Glossary,
            Self::Facts(..) => Kind::Article,
            Self::Version(..) => Kind::Version,
            Self::Standing(..) => Kind::Standing,
            Self::Register => Kind::Register,
            Self::Document(_) => Kind::Document,
            Self::Questions(_) => Kind::Questions,
            Self::Assessment => Kind::Assessment,
        }
    }

    /// The article that it belongs to.
    pub fn article(&self) -> Option<(&Slug, &Slug)> {
        match self {
            Self::Facts(section, slug) | Self::Version(section, slug, _) => Some((section, slug)),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => write!(f, "site"),
            Self::Glossary => write!(f, "glossary"),
            Self::Facts(section, slug) => write!(f, "articles/{section}/{slug}/article"),
            Self::Version(section, slug, lang) => {
                write!(f, "articles/{section}/{slug}/{}", lang.tag())
            }
            Self::Standing(slug, lang) => write!(f, "pages/{slug}/{}", lang.tag()),
            Self::Register => write!(f, "documents/register"),
            Self::Document(slug) => write!(f, "documents/{slug}/document"),
            Self::Questions(lang) => write!(f, "questions/{}", lang.tag()),
            Self::Assessment => write!(f, "accessibility"),
        }
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or_else(|| {
            format!(
                "\"{}\" is no document",
                editorial::diagnostics::short(&name)
            )
        })
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_a_file_in_the_folder_or_nowhere() {
        for (name, file) in [
            ("site", "c/site.json"),
            ("glossary", "c/glossary.json"),
            (
                "articles/port/a-1/article",
                "c/articles/port/a-1/article.json",
            ),
            ("articles/port/a/zh-Hans", "c/articles/port/a/zh-Hans.json"),
            ("pages/about/vi", "c/pages/about/vi.json"),
            ("documents/register", "c/documents/register.json"),
            ("documents/no-1/document", "c/documents/no-1/document.json"),
            ("questions/ko", "c/questions/ko.json"),
            ("accessibility", "c/accessibility.json"),
        ] {
            let place = Place::parse(name).unwrap();
            assert_eq!(place.file(Path::new("c")), Path::new(file));
            assert_eq!(place.to_string(), name);
        }
        for name in [
            "",
            "/site",
            "site/",
            "articles/../a/vi",
            "articles/port/../vi",
            "articles/port/a/..",
            "articles/port/a/fr",
            "articles/port/a/vi/x",
            "articles/Port/a/vi",
            "pages/about/article",
            "articles/port/a%2f/vi",
            "articles\\port\\a\\vi",
            "pages/./vi",
            "documents/../document",
            "documents/no-1",
            "questions/fr",
            "articles//a/vi",
            "site\0",
        ] {
            assert_eq!(Place::parse(name), None, "{name}");
        }
    }
}
