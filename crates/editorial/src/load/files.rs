//! The attached files of one article's folder.

use super::Loader;
use super::listing::Folder;
use super::siblings::{Kind, Siblings};
use crate::check::attached_file::{ENDINGS, MOST, flaw, is_attached};
use crate::content::article::AttachedFile;
use crate::diagnostics::{Failure, shown};

/// The attached files of one folder.
pub type Files = Siblings<AttachedFile>;

const KIND: Kind = Kind {
    is_one: is_attached,
    most: (MOST as u64, "make it smaller, or link to where it is"),
    elsewhere: "put the file beside this one, and write its name alone",
    not_one: || {
        let help = format!("files end in .{}; pictures stand under \"pictures\"", ENDINGS.join(", ."));
        ("is no file that can be published", help)
    },
    unused: ("file", "name it there under \"files\", or delete it"),
};

impl Loader {
    /// Reads all attached files of a folder.
    pub(super) fn attached(&mut self, folder: &Folder) -> Result<Files, Failure> {
        self.beside(folder, &KIND, |findings, path, bytes| {
            let flaw = flaw(&shown(&path), bytes);
            let sound = flaw.is_none();
            findings.add_all(flaw);
            sound.then_some(AttachedFile { path, size: bytes.len() as u64 })
        })
    }
}
