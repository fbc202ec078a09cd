//! Publishes the content's pictures and files. Drawings and files stay as they are. Photographs are
//! encoded anew in several widths, upright and without the metadata of cameras (place, device,
//! person).
//!
//! The renditions of a photograph are cached under the hash of its bytes. The same bytes give the
//! same files in every build.

pub(crate) mod arrival;
mod renditions;

use crate::media::cache::Cache;
use crate::output::hashed_file;
use crate::output::{Output, UnitState};
use crate::stages::Count;
use editorial::check::attached_file::is_attached;
use editorial::check::picture_file::raster;
use editorial::diagnostics::Failure;
use editorial::hash;
use model::Rendition;
use rayon::prelude::*;
use renditions::{Encoded, Format};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The published files of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Published {
    /// The file, or the widest one of a photograph, as a path below the site's base.
    pub(crate) file: String,
    /// The same picture in a modern format, narrowest first.
    pub(crate) modern: Vec<Rendition>,
    /// The same picture in other widths, narrowest first.
    pub(crate) renditions: Vec<Rendition>,
}

/// The published pictures, by their files in the content folder.
#[derive(Debug)]
pub(crate) struct Pictures {
    published: HashMap<PathBuf, Published>,
    #[cfg(test)]
    decoded: usize,
}

impl Pictures {
    /// Writes pictures into the site, several at a time.
    ///
    /// # Errors
    /// Where one cannot be read, decoded or written.
    pub(crate) fn write(
        files: &[(PathBuf, u64)],
        cache: &Cache,
        output: &Output,
        count: &Count,
    ) -> Result<Self, Failure> {
        let writer = PictureWriter {
            cache,
            output,
            decoded: AtomicUsize::new(0),
        };
        // Files with the same bytes and the same name are one picture.
        let mut different: BTreeMap<String, &Path> = BTreeMap::new();
        for (path, hash) in files {
            different.entry(unit(path, *hash)).or_insert(path);
        }
        let made = different
            .into_par_iter()
            .map(|(id, path)| Ok((writer.publish(&id, path, count)?, id)));
        let made: HashMap<String, Published> = made
            .map(|made: Result<_, Failure>| made.map(|(published, id)| (id, published)))
            .collect::<Result<_, _>>()?;
        let published = files
            .iter()
            .filter_map(|(path, hash)| Some((path.clone(), made.get(&unit(path, *hash))?.clone())));
        Ok(Self {
            published: published.collect(),
            #[cfg(test)]
            decoded: writer.decoded.into_inner(),
        })
    }

    /// The published files of a picture; empty where the picture is unknown.
    pub(crate) fn published(&self, file: &Path) -> Published {
        self.published.get(file).cloned().unwrap_or_default()
    }

    #[cfg(test)]
    /// How many photographs were made anew because the cache did not have them.
    pub(crate) fn decoded(&self) -> usize {
        self.decoded
    }
}

/// Makes and writes pictures.
struct PictureWriter<'a> {
    cache: &'a Cache,
    output: &'a Output,
    /// How many photographs were made anew because the cache did not have them.
    decoded: AtomicUsize,
}

impl PictureWriter<'_> {
    /// Writes a picture, or keeps what the last build wrote.
    fn publish(&self, id: &str, file: &Path, count: &Count) -> Result<Published, Failure> {
        let key = hash::of(renditions::SETTINGS.as_bytes());
        let (state, note) = self.output.unit_with_note(id, key, || {
            // What a new picture is made of matters to nobody who only compares: its pages differ anyhow.
            let (published, files) = if self.output.compares() {
                Default::default()
            } else {
                self.make(file)?
            };
            let note =
                postcard::to_stdvec(&published).map_err(|error| Failure::new(error.to_string()))?;
            Ok((files, note))
        })?;
        count.one(state == UnitState::Written);
        postcard::from_bytes(&note)
            .map_err(|error| Failure::new(format!("{}: {error}", file.display())))
    }

    /// Makes a picture's files.
    fn make(&self, file: &Path) -> Result<(Published, Files), Failure> {
        let bytes = fs::read(file).map_err(|error| Failure::io("read", file, &error))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        if ending == "svg" || is_attached(&name) {
            let file = hashed_file::hashed_name(&name, &bytes);
            return Ok((
                Published {
                    file: file.clone(),
                    ..Published::default()
                },
                vec![(file, bytes)],
            ));
        }
        let encoded = self.encoded(file, &bytes)?;
        // Two sources of one name may give the same rendition, so its name carries the source's
        // hash.
        let source = format!(
            "{:016x}",
            hash::CacheKey::default()
                .add(name.as_bytes())
                .add(&bytes)
                .finish()
        );
        let (mut modern, mut renditions, mut files) = (Vec::new(), Vec::new(), Files::new());
        for picture in encoded.pictures {
            let named = format!(
                "{stem}-{}-{}.{}",
                &source[..6],
                picture.width,
                picture.format.ending()
            );
            let rendition = Rendition {
                file: hashed_file::hashed_name(&named, &picture.bytes),
                width: picture.width,
            };
            files.push((rendition.file.clone(), picture.bytes));
            if picture.format == Format::WebP {
                &mut modern
            } else {
                &mut renditions
            }
            .push(rendition);
        }
        let widest = renditions.pop().map(|rendition| rendition.file);
        Ok((
            Published {
                file: widest.unwrap_or_default(),
                modern,
                renditions,
            },
            files,
        ))
    }

    /// The renditions of a photograph: from the cache, or made now.
    fn encoded(&self, file: &Path, bytes: &[u8]) -> Result<Encoded, Failure> {
        let key = format!("{} {}", renditions::SETTINGS, hash::long(bytes));
        let known = self
            .cache
            .get("pictures", &key)
            .and_then(|entry| postcard::from_bytes::<Encoded>(&entry).ok());
        if let Some(encoded) = known {
            return Ok(encoded);
        }
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let failure = |reason: String| {
            Failure::new(format!(
                "the picture {} cannot be decoded ({reason}): export it anew",
                file.display()
            ))
        };
        let encoded = made(bytes).map_err(failure)?;
        if let Ok(entry) = postcard::to_stdvec(&encoded) {
            self.cache.put("pictures", &key, &entry);
        }
        Ok(encoded)
    }
}

/// Makes the renditions of a photograph. Waits until there is memory for its pixels.
fn made(bytes: &[u8]) -> Result<Encoded, String> {
    let format = image::guess_format(bytes).map_err(|error| error.to_string())?;
    let header = raster::header(format, bytes).map_err(|flaw| flaw.to_string())?;
    let _permit = header.permit();
    raster::decode(format, bytes)
        .map_err(|flaw| flaw.to_string())
        .and_then(renditions::encode)
}

/// Paths and bytes.
type Files = Vec<(String, Vec<u8>)>;

/// The id of a picture's unit.
fn unit(path: &Path, hash: u64) -> String {
    format!(
        "picture {hash:016x} {}",
        path.file_name().unwrap_or_default().to_string_lossy()
    )
}

#[cfg(test)]
mod tests;
