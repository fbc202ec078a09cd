//! The portal that is imported into.

use crate::mapping::Mapping;
use crate::outcome::refuse;
use editorial::content::authored::site::Site;
use editorial::diagnostics::Failure;
use editorial::load;
use model::Slug;
use std::fs;
use std::path::Path;

/// The portal that is imported into.
pub struct Portal {
    /// `site.json`; `None` where there is none yet.
    pub site: Option<Site>,
}

impl Portal {
    /// Opens the portal of a content folder.
    ///
    /// # Errors
    /// Where there is no such folder, or `site.json` has mistakes.
    pub fn open(content: &Path) -> Result<Self, Failure> {
        if !content.is_dir() {
            return Err(Failure::new(format!(
                "there is no content folder {}",
                content.display()
            )));
        }
        if !content.join("site.json").exists() {
            return Ok(Self { site: None });
        }
        let (_, reading) = load::site_file(content)?;
        match reading.value {
            Some(site) if reading.problems.is_empty() => Ok(Self { site: Some(site) }),
            _ => Err(refuse(
                reading.problems,
                "site.json has mistakes: nothing was imported",
            )),
        }
    }

    /// Whether a section exists. Any section does where there is no `site.json`.
    pub fn has_section(&self, section: &Slug) -> bool {
        self.site
            .as_ref()
            .is_none_or(|site| site.sections.iter().any(|known| known.slug == *section))
    }

    /// Whether a tag exists.
    pub fn has_tag(&self, slug: &str) -> bool {
        self.site
            .as_ref()
            .is_some_and(|site| site.tags.iter().any(|known| known.slug.as_str() == slug))
    }

    /// The tag for a tag of WordPress: the mapped one, or else the one with the same slug.
    pub(crate) fn tag(&self, slug: &str, mapping: &Mapping) -> Option<String> {
        let mapped = mapping.tags.get(slug).map(Slug::to_string);
        mapped.or_else(|| self.has_tag(slug).then(|| slug.to_owned()))
    }
}

/// Reads a file.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::io("read", path, &error))
}
