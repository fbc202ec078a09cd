//! The attached files of one article's folder.

use super::Loader;
use super::folder_files::{FolderFiles, Kind, read_files};
use super::listing::Folder;
use crate::check::attached_file::{ENDINGS, MOST, flaw, is_attached};
use crate::content::article::AttachedFile;
use crate::diagnostics::{Failure, shown};
use crate::message;

/// The attached files of one folder.
pub type AttachedFiles = FolderFiles<AttachedFile>;

const KIND: Kind = Kind {
    matches: is_attached,
    most: (MOST as u64, || {
        message!("make it smaller, or link to where it is")
    }),
    elsewhere: || message!("put the file beside this one, and write its name alone"),
    mismatch: |name| {
        let help = message!(
            "files end in .{endings}; pictures stand under \"pictures\"",
            endings = ENDINGS.join(", .")
        );
        (
            message!("\"{name}\" is no file that can be published", name),
            help,
        )
    },
    unused: |by| {
        (
            message!("{by} does not use this file", by),
            message!("name it there under \"files\", or delete it"),
        )
    },
};

/// Reads all attached files of a folder.
pub(super) fn read_attached_files(
    loader: &mut Loader,
    folder: &Folder,
) -> Result<AttachedFiles, Failure> {
    read_files(loader, folder, &KIND, |findings, path, bytes| {
        let flaw = flaw(&shown(&path), bytes);
        let sound = flaw.is_none();
        findings.add_all(flaw);
        sound.then_some(AttachedFile {
            path,
            size: bytes.len() as u64,
        })
    })
}
