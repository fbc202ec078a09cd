//! The pictures of one folder.

use super::Loader;
use super::folder_files::{FolderFiles, Kind, read_files};
use super::listing::Folder;
use crate::check::picture_file::raster::MAX_FILE;
use crate::check::picture_file::{ENDINGS, is_picture, measure, measure_header};
use crate::content::article::PictureFile;
use crate::diagnostics::{Failure, shown};
use crate::hash;
use crate::message;
use std::cell::RefCell;
use std::sync::Arc;

/// The pictures of one folder.
pub type Pictures = FolderFiles<PictureFile>;

const KIND: Kind = Kind {
    matches: is_picture,
    most: (MAX_FILE, || {
        message!("export it smaller: it is published at most 1920 pixels wide")
    }),
    elsewhere: || message!("put the picture beside this file, and write its name alone"),
    mismatch: |name| {
        (
            message!("\"{name}\" is not a picture", name),
            message!("pictures end in .{endings}", endings = ENDINGS.join(", .")),
        )
    },
    unused: |by| {
        (
            message!("{by} does not use this picture", by),
            message!("name it there, or delete it"),
        )
    },
};

/// Reads and measures all pictures of a folder. A picture with a cached size is not decoded.
pub(super) fn read_pictures(loader: &mut Loader, folder: &Folder) -> Result<Pictures, Failure> {
    let (skip_checks, known_sizes) = (loader.skip_checks, Arc::clone(&loader.known_sizes));
    let measured = RefCell::new(Vec::new());
    let pictures = read_files(loader, folder, &KIND, |findings, path, bytes| {
        let name = shown(&path);
        let hash = hash::CacheKey::default()
            .add(ending(&name))
            .add(bytes)
            .finish();
        let size = known_sizes.get(&hash).copied().map(Ok);
        match size.unwrap_or_else(|| {
            if skip_checks {
                measure_header(&name, bytes)
            } else {
                measure(&name, bytes)
            }
        }) {
            Ok((width, height)) => {
                measured.borrow_mut().push((hash, (width, height)));
                Some(PictureFile {
                    path,
                    width,
                    height,
                    credit: None,
                })
            }
            Err(problems) => {
                findings.add_all(problems);
                None
            }
        }
    });
    loader.measured.append(&mut measured.into_inner());
    pictures
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}
