//! The pictures of one folder.

use super::Loader;
use super::listing::Folder;
use super::siblings::{Kind, Siblings};
use crate::check::picture_file::raster::MAX_FILE;
use crate::check::picture_file::{ENDINGS, glance, is_picture, measure};
use crate::content::article::PictureFile;
use crate::diagnostics::{Failure, shown};
use crate::hash;
use std::cell::RefCell;
use std::sync::Arc;

/// The pictures of one folder.
pub type Pictures = Siblings<PictureFile>;

const KIND: Kind = Kind {
    is_one: is_picture,
    most: (MAX_FILE, "export it smaller: it is published at most 1920 pixels wide"),
    elsewhere: "put the picture beside this file, and write its name alone",
    not_one: || ("is not a picture", format!("pictures end in .{}", ENDINGS.join(", ."))),
    unused: ("picture", "name it there, or delete it"),
};

impl Loader {
    /// Reads and measures all pictures of a folder. A picture with a cached size is not decoded.
    pub(super) fn pictures(&mut self, folder: &Folder) -> Result<Pictures, Failure> {
        let (again, known) = (self.again, Arc::clone(&self.known));
        let measured = RefCell::new(Vec::new());
        let pictures = self.beside(folder, &KIND, |findings, path, bytes| {
            let name = shown(&path);
            let hash = hash::CacheKey::default().add(ending(&name)).add(bytes).finish();
            let size = known.get(&hash).copied().map(Ok);
            match size.unwrap_or_else(|| if again { glance(&name, bytes) } else { measure(&name, bytes) }) {
                Ok((width, height)) => {
                    measured.borrow_mut().push((hash, (width, height)));
                    Some(PictureFile { path, width, height, credit: None })
                }
                Err(problems) => {
                    findings.add_all(problems);
                    None
                }
            }
        });
        self.measured.append(&mut measured.into_inner());
        pictures
    }
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}
