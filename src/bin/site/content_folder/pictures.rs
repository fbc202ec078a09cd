//! The pictures of one folder: each is measured once, and each is used.

use super::listing::{Folder, shown};
use super::{Failure, Loader, names};
use crate::check::Findings;
use crate::content::PictureFile;
use crate::picture_file::{ENDINGS, is_picture, measure};
use crate::problem::Problem;
use crate::read::{Spot, nearest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The pictures of one folder.
pub(crate) struct Pictures {
    folder: PathBuf,
    /// The files; `None` for one with problems of its own.
    files: BTreeMap<String, Option<PictureFile>>,
    used: BTreeSet<String>,
}

impl Loader {
    /// Reads all pictures of a folder.
    pub(super) fn pictures(&mut self, folder: &Folder) -> Result<Pictures, Failure> {
        let mut files = BTreeMap::new();
        for name in folder.files.iter().filter(|name| is_picture(name)) {
            let path = folder.path.join(name);
            let bytes = self.bytes(&path)?;
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            if let Err((message, help)) = names::slug(stem) {
                self.findings.add(Problem::with_file(shown(&path), message).help(help));
            }
            let file = match measure(&shown(&path), &bytes) {
                Ok((width, height)) => Some(PictureFile { path, width, height, credit: None }),
                Err(problems) => {
                    self.findings.problems.extend(problems);
                    None
                }
            };
            files.insert(name.clone(), file);
        }
        Ok(Pictures { folder: folder.path.clone(), files, used: BTreeSet::new() })
    }
}

impl Pictures {
    /// The picture that is named at `spot`.
    pub(crate) fn find(&mut self, findings: &mut Findings, spot: Spot<'_>, name: &str) -> Option<PictureFile> {
        self.used.insert(name.to_owned());
        if let Some(file) = self.files.get(name) {
            return file.clone();
        }
        let (message, help) = if let Some((_, file)) = name.rsplit_once(['/', '\\']) {
            self.excuse(file);
            (
                format!("\"{name}\" leads to another folder"),
                "put the picture beside this file, and write its name alone".to_owned(),
            )
        } else if is_picture(name) {
            let meant = nearest(name, self.files.keys().map(String::as_str)).map(str::to_owned);
            self.used.extend(meant.clone());
            let message = match meant {
                Some(right) => format!("there is no file \"{name}\": did you mean \"{right}\"?"),
                None => format!("there is no file \"{name}\""),
            };
            (message, format!("it must stand in {}", shown(&self.folder)))
        } else {
            (format!("\"{name}\" is not a picture"), format!("pictures end in .{}", ENDINGS.join(", .")))
        };
        findings.add(spot.problem(message).help(help));
        None
    }

    /// Counts a picture as used although it was named wrongly.
    pub(crate) fn excuse(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }

    /// Notes the pictures that nobody named.
    pub(crate) fn unused(&self, findings: &mut Findings, by: &str) {
        for name in self.files.keys().filter(|&name| !self.used.contains(name)) {
            let message = format!("{by} does not use this picture");
            findings
                .add(Problem::with_file(shown(&self.folder.join(name)), message).help("name it there, or delete it"));
        }
    }
}
