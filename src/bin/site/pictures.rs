//! The content's pictures as they are published.

use crate::assets;
use crate::failure::Failure;
use crate::output::Output;
use crate::stages::Count;
use portal::model::Rendition;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A picture as it is published: everything about it but its texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Published {
    /// The file, from the site's base on.
    pub(crate) file: String,
    /// The same picture in a modern format, narrowest first.
    pub(crate) modern: Vec<Rendition>,
    /// The same picture in other widths, narrowest first.
    pub(crate) renditions: Vec<Rendition>,
}

/// The content's pictures by their files in the content folder.
pub(crate) struct Pictures(HashMap<PathBuf, Published>);

impl Pictures {
    /// Writes pictures into the site.
    ///
    /// # Errors
    /// Where one cannot be read or written.
    pub(crate) fn write<'a>(
        files: impl Iterator<Item = &'a Path>,
        output: &Output,
        count: &Count,
    ) -> Result<Self, Failure> {
        let mut published = HashMap::new();
        for file in files {
            let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let file_name = assets::publish(output, &name, &bytes)?.file;
            count.one(true);
            published.insert(file.to_path_buf(), Published { file: file_name, ..Published::default() });
        }
        Ok(Self(published))
    }

    /// A picture; one without a file where it is not there.
    pub(crate) fn published(&self, file: &Path) -> Published {
        self.0.get(file).cloned().unwrap_or_default()
    }
}
