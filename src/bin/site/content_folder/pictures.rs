//! The pictures of one folder.

use super::beside::{Beside, Kind};
use super::listing::{Folder, shown};
use super::{Failure, Loader};
use crate::content::PictureFile;
use crate::picture_file::{ENDINGS, is_picture, measure};

/// The pictures of one folder.
pub(crate) type Pictures = Beside<PictureFile>;

const KIND: Kind = Kind {
    is_one: is_picture,
    elsewhere: "put the picture beside this file, and write its name alone",
    not_one: || ("is not a picture", format!("pictures end in .{}", ENDINGS.join(", ."))),
    unused: ("picture", "name it there, or delete it"),
};

impl Loader {
    /// Reads and measures all pictures of a folder.
    pub(super) fn pictures(&mut self, folder: &Folder) -> Result<Pictures, Failure> {
        self.beside(folder, &KIND, |findings, path, bytes| match measure(&shown(&path), bytes) {
            Ok((width, height)) => Some(PictureFile { path, width, height, credit: None }),
            Err(problems) => {
                findings.add_all(problems);
                None
            }
        })
    }
}
