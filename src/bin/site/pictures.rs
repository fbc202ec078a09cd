//! The content's pictures as they are published: drawings as they are, photographs anew in several widths, upright and
//! without what cameras write into them (where a picture was taken, with what, by whom).
//!
//! What was made of a photograph stays in the cache under the hash of its bytes, so that a later build reads the file and
//! writes what is there. The same bytes give the same files on every build.

mod decode;
mod renditions;

use crate::assets;
use crate::cache::Cache;
use crate::failure::Failure;
use crate::hash;
use crate::output::Output;
use portal::model::Rendition;
use rayon::prelude::*;
use renditions::{Encoded, Format};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// A picture as it is published: everything about it but its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Published {
    /// The file, from the site's base on.
    pub(crate) file: String,
    /// The same picture in a modern format, narrowest first.
    pub(crate) modern: Vec<Rendition>,
    /// The same picture in other widths, narrowest first.
    pub(crate) renditions: Vec<Rendition>,
}

/// The content's pictures by their files in the content folder.
#[derive(Debug)]
pub(crate) struct Pictures {
    published: HashMap<PathBuf, Published>,
    decoded: usize,
}

impl Pictures {
    /// Writes pictures into the site, several at a time.
    ///
    /// # Errors
    /// Where one cannot be read, decoded or written.
    pub(crate) fn write<'a>(
        files: impl Iterator<Item = &'a Path>,
        cache: &Cache,
        output: &mut Output,
    ) -> Result<Self, Failure> {
        let files: BTreeSet<&Path> = files.collect();
        let press = Press { cache, output: Mutex::new(output), decoded: AtomicUsize::new(0) };
        let published = files.into_par_iter().map(|file| Ok((file.to_path_buf(), press.publish(file)?)));
        let published = published.collect::<Result<_, Failure>>()?;
        Ok(Self { published, decoded: press.decoded.into_inner() })
    }

    /// A picture; one without a file where it is not there.
    pub(crate) fn published(&self, file: &Path) -> Published {
        self.published.get(file).cloned().unwrap_or_default()
    }

    /// How many photographs were made anew because the cache did not have them.
    pub(crate) fn decoded(&self) -> usize {
        self.decoded
    }
}

/// What pictures are written with.
struct Press<'a> {
    cache: &'a Cache,
    output: Mutex<&'a mut Output>,
    decoded: AtomicUsize,
}

impl Press<'_> {
    fn publish(&self, file: &Path) -> Result<Published, Failure> {
        let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        if ending == "svg" {
            return Ok(Published { file: self.write(&name, &bytes)?, ..Published::default() });
        }
        let encoded = self.encoded(file, &bytes)?;
        let (mut modern, mut renditions) = (Vec::new(), Vec::new());
        for picture in encoded.pictures {
            let named = format!("{stem}-{}.{}", picture.width, picture.format.ending());
            let rendition = Rendition { file: self.write(&named, &picture.bytes)?, width: picture.width };
            if picture.format == Format::WebP { &mut modern } else { &mut renditions }.push(rendition);
        }
        let widest = renditions.pop().map(|rendition| rendition.file);
        Ok(Published { file: widest.unwrap_or_default(), modern, renditions })
    }

    /// What there is of a photograph: from the cache, or made now.
    fn encoded(&self, file: &Path, bytes: &[u8]) -> Result<Encoded, Failure> {
        let key = format!("{} {}", renditions::SETTINGS, hash::long(bytes));
        let known = self.cache.get("pictures", &key).and_then(|entry| postcard::from_bytes::<Encoded>(&entry).ok());
        if let Some(encoded) = known {
            return Ok(encoded);
        }
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let failure = |reason: String| {
            Failure::new(format!("the picture {} cannot be decoded ({reason}): export it anew", file.display()))
        };
        let encoded = decode::decode(bytes).and_then(|source| renditions::encode(&source)).map_err(failure)?;
        if let Ok(entry) = postcard::to_stdvec(&encoded) {
            self.cache.put("pictures", &key, &entry);
        }
        Ok(encoded)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<String, Failure> {
        let file = assets::hashed_name(name, bytes);
        self.output.lock().unwrap_or_else(PoisonError::into_inner).write(&file, bytes)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests;
