//! The folders to which pictures and files come: that of an article, and that of a document of the register.

use crate::place::Place;
use model::Slug;
use std::path::{Path, PathBuf};

/// What pictures and files belong to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// An article, as section and slug.
    Article(Slug, Slug),
    /// A document of the register.
    Document(Slug),
}

impl Home {
    /// The home whose files a document of the content names.
    pub fn of(place: &Place) -> Option<Self> {
        match place {
            Place::Facts(section, slug) => Some(Self::Article(section.clone(), slug.clone())),
            Place::Document(slug) => Some(Self::Document(slug.clone())),
            _ => None,
        }
    }

    /// The home of this article.
    pub fn of_article((section, slug): (&Slug, &Slug)) -> Self {
        Self::Article(section.clone(), slug.clone())
    }

    /// The document that names its files.
    pub fn place(&self) -> Place {
        match self {
            Self::Article(section, slug) => Place::Facts(section.clone(), slug.clone()),
            Self::Document(slug) => Place::Document(slug.clone()),
        }
    }

    /// Its article.
    pub fn article(&self) -> Option<(&Slug, &Slug)> {
        match self {
            Self::Article(section, slug) => Some((section, slug)),
            Self::Document(_) => None,
        }
    }

    /// Its own name in addresses.
    pub fn slug(&self) -> &Slug {
        match self {
            Self::Article(_, slug) | Self::Document(slug) => slug,
        }
    }

    /// What it is called among the drafts. No slug has a `+`, so that no two are called the same.
    pub fn name(&self) -> String {
        match self {
            Self::Article(section, slug) => format!("{section}+{slug}"),
            Self::Document(slug) => slug.to_string(),
        }
    }

    /// Where a file of it stands in the content.
    pub fn file(&self, content: &Path, name: &str) -> PathBuf {
        self.place().file(content).with_file_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_that_of_the_document_which_names_its_files() {
        for (name, own, file) in [
            (
                "articles/port/a/article",
                "port+a",
                "c/articles/port/a/x.pdf",
            ),
            ("documents/no-1/document", "no-1", "c/documents/no-1/x.pdf"),
        ] {
            let place = Place::parse(name).unwrap();
            let home = Home::of(&place).unwrap();
            assert_eq!((home.name().as_str(), home.place()), (own, place));
            assert_eq!(home.file(Path::new("c"), "x.pdf"), Path::new(file));
        }
        for name in ["articles/port/a/vi", "documents/register", "site"] {
            assert_eq!(Home::of(&Place::parse(name).unwrap()), None, "{name}");
        }
    }
}
